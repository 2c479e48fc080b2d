"""What the models say of a field beyond its type, and the types of values that several tables share.

Goes in: nothing but TOML's own values.  Comes out: the base class of every table, the marks that other files of this
stage read off a field (`NotYet`, `Tagged`, `MergedBy`, `Expected`, `AlsoCalled`), and string types with the checks of their shape (what a
value means, and whether it exists, is for the stage that resolves it).  It is separate from the tables so that `models.py`
reads as the description of a manifest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, NoReturn

from pydantic import AfterValidator, BaseModel, ConfigDict, Strict
from pydantic_core import PydanticCustomError

REFUSED = "refused"  # the pydantic error type of every check below; ctx carries `hint`


@dataclass(frozen=True)
class NotYet:
    """The stage behind this field does not exist in this version: using it is an error, never silence.

    With nothing given the whole key is meant; `values` restricts it to these values, which `note` then describes.  An issue that
    brings the stage removes the mark (and moves the note into the description), and nothing else has to change.
    """

    values: tuple[str, ...] = ()
    note: str = ""

    @property
    def whole(self) -> bool:
        """Whether the key itself is not available, whatever its value."""
        return not self.values


@dataclass(frozen=True)
class Tagged:
    """The field's table is one of several kinds, told apart by its keys: merging replaces it instead of mixing kinds."""


@dataclass(frozen=True)
class MergedBy:
    """The field's array of tables merges by the value of `key` in each, instead of being appended to."""

    key: str


@dataclass(frozen=True)
class Expected:
    """What to write, in the user's words, for a field that takes values of several shapes."""

    text: str


@dataclass(frozen=True)
class AlsoCalled:
    """What other tools call the words of this field, for the hint of who writes it here: `words[theirs]` is ours."""

    words: Mapping[str, str]


def key_of(name: str) -> str:
    """The key in TOML of the attribute `name`: `from_` is `from`, `output_dir` is `output-dir`."""
    return name.rstrip("_").replace("_", "-")


class Table(BaseModel):
    """A table of the manifest: kebab-case keys, no unknown ones, no conversions between types."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        defer_build=True,  # only the classes that validate get a validator: a third of the import time
        alias_generator=key_of,
    )


def refuse(message: str, hint: str = "") -> NoReturn:
    """Reject the value that is being validated: `message` is shown, `hint` is the next step."""
    raise PydanticCustomError(REFUSED, "{message}", {"message": message, "hint": hint})


def _check(predicate: Callable[[str], None]) -> AfterValidator:
    def validate(value: str) -> str:
        predicate(value)
        return value

    return AfterValidator(validate)


def _text(value: str) -> None:
    if not value.strip():
        refuse("an empty string says nothing here", "write a value, or leave the key out")
    if any(ord(c) < 32 or ord(c) == 127 for c in value):
        refuse("control characters are not allowed here")


def is_file_name(value: str) -> bool:
    """Whether a file could be called `value`, for all that a manifest asks of it."""
    return not ("/" in value or "\\" in value or value in {".", ".."})


def _file_name(value: str) -> None:
    if not is_file_name(value):
        refuse(f"`{value}` cannot be the name of a file", "use a name without `/` and `\\`")


def _posix(value: str) -> None:
    if "\\" in value:
        refuse("paths use `/` on every system", f"write `{value.replace(chr(92), '/')}`")


_DOTTED = r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"
_SEGMENT = re.compile(r"\*{1,2}|[\w-]+")


def _module_pattern(value: str) -> None:
    if not all(_SEGMENT.fullmatch(part) for part in value.split(".")):
        refuse(
            f"`{value}` is not a module pattern",
            "`a` is a and its submodules, `a.*` one level below, `a.**` a and everything below, `**.tests` anywhere",
        )


def _glibc(value: str) -> None:
    if not re.fullmatch(r"\d+\.\d+", value):
        refuse(f"`{value}` is not a version of glibc", 'write it like "2.28"')


def _attribute(value: str) -> None:
    if not re.fullmatch(rf"{_DOTTED}\.[^\W\d]\w*", value):
        refuse(f"`{value}` is not module.attribute", 'write it like "acme.__version__"')


Text = Annotated[str, _check(_text)]
FileName = Annotated[Text, _check(_file_name)]
PosixPath = Annotated[Text, _check(_posix)]
ModulePattern = Annotated[Text, _check(_module_pattern)]
GlibcVersion = Annotated[Text, _check(_glibc)]
Attribute = Annotated[Text, _check(_attribute)]

# TOML arrays arrive as lists and are kept as tuples; the items stay strict.
Texts = Annotated[tuple[Text, ...], Strict(False)]
PosixPaths = Annotated[tuple[PosixPath, ...], Strict(False)]
ModulePatterns = Annotated[tuple[ModulePattern, ...], Strict(False)]
