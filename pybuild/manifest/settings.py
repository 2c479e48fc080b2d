"""Values of the manifest given on the command line: `--set KEY=VALUE` and the options that stand for one.

Goes in: a key and a text.  Comes out: a tree that is merged last, in which arrays replace.  The text is read as TOML where that
fits the key, else it is the string itself: `compiler.jobs=4` is a number, `product.version=1.10` and `build.mode=onefile`
are strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pybuild.errors import Diagnostic
from pybuild.manifest.checking import check
from pybuild.manifest.models import Manifest
from pybuild.manifest.origin import Node, Where, from_option
from pybuild.manifest.structure import fields_of

if TYPE_CHECKING:
    from pybuild.request import Setting

_SECTIONS = ("target", "profile")


def read_setting(setting: Setting) -> tuple[Node | None, list[Diagnostic]]:
    """The tree of `setting`, or what is wrong with it."""
    shown = f"{setting.option} {setting.key}={setting.value}" if setting.option == "--set" else f"{setting.option} {setting.value}"
    keys = _parse_key(setting.key)
    if keys is None:
        message = f"{shown}: `{setting.key}` is not a key"
        return None, [Diagnostic(message, hint="write it like in the manifest: `--set compiler.cc=clang`", code="manifest-setting")]
    if keys[0] in _SECTIONS:
        message = f"{shown}: sections are written in the manifest"
        key = ".".join(keys[2:]) if keys[2:] and keys[2] in fields_of(Manifest) else "KEY"
        return None, [Diagnostic(message, hint=f"set the key itself: `--set {key}=...`", code="manifest-setting")]
    readings = [nest(keys, value) for value in _readings(setting.value)]
    found: list[Diagnostic] = []
    for values in readings:
        problems = check(Manifest, values, Where(lambda path, key: None))
        if not problems:
            return from_option(values, setting.option), []
        found = found or problems
    return None, [Diagnostic(f"{shown}: {d.message}", hint=d.hint, code=d.code) for d in found]


def _readings(text: str) -> list[Any]:
    """What `text` may mean: its value as TOML, then the string."""
    import tomli

    try:
        values = tomli.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return [text]
    return (
        [values["value"], text]
        if len(values) == 1 and not isinstance(values["value"], str)
        else [values["value"] if len(values) == 1 else text]
    )


def _parse_key(text: str) -> list[str] | None:
    """The parts of a dotted key; None when it is none."""
    import tomli

    try:
        inner: Any = tomli.loads(f"{text} = 0")
    except (ValueError, RecursionError):
        return None
    keys: list[str] = []
    while isinstance(inner, Mapping):
        if len(inner) != 1:
            return None
        ((key, inner),) = inner.items()
        keys.append(key)
    return keys


def nest(keys: list[str], value: Any) -> dict[str, Any]:
    """`value` below `keys`."""
    for key in reversed(keys):
        value = {key: value}
    return dict(value)
