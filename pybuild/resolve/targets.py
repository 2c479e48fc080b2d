"""Where a file may be placed: POSIX paths below the program's folder that nothing can bend out of it.

Goes in: the `to` of a table of the manifest, or a path made from it.  Comes out: the normal form, or TargetError with what is wrong.
The same text must mean the same on every system, so what only one system would read differently (a backslash, a drive letter) is refused
on all.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_DRIVE = re.compile(r"^[A-Za-z]:")
TOKEN = re.compile(r"\{([A-Z][A-Z_]*)\}")


class TargetError(Exception):
    """The text is no place below the program's folder; `hint` is the next step."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def normal_target(text: str) -> PurePosixPath:
    """`text` without `.` and `..`, relative to the program's folder; `PurePosixPath(".")` is that folder itself.

    Raises TargetError when it leads out of the folder on any supported system, at any point of the way.
    """
    if "\\" in text:
        raise TargetError(f"{text!r} has a backslash", "folders are separated by '/' on every system")
    if text.startswith("/") or _DRIVE.match(text):
        raise TargetError(f"{text!r} is an absolute path", "targets are relative to the program's folder")
    _check_characters(text)
    if token := TOKEN.search(text):
        raise TargetError(
            f"the token {token[0]} cannot be used in a target",
            "targets are relative to the program's folder, which is the same wherever it is installed",
        )
    parts: list[str] = []
    for part in text.split("/"):
        if part == "..":
            if not parts:
                raise TargetError(f"{text!r} leads out of the program's folder", "targets stay below it; remove the '..'")
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return PurePosixPath(*parts)


def file_target(folder: PurePosixPath, below: str) -> PurePosixPath:
    """The target of a file found at `below` (a path without `..`) when its tree goes to `folder`.  Raises TargetError."""
    _check_characters(below)
    return folder / below


def _check_characters(text: str) -> None:
    if any(ord(c) < 32 or c == "\x7f" for c in text):
        raise TargetError(f"{text!r} has a control character", "rename the file")
    try:
        encoded = [part.encode() for part in text.split("/")]
    except UnicodeEncodeError as error:
        raise TargetError(f"{text!r} is not UTF-8", "rename the file: its name could not be written on another system") from error
    if any(len(part) > 255 for part in encoded):
        raise TargetError(f"{text[:40]!r}... has a name of more than 255 bytes", "no file system takes it; choose a shorter one")
