"""Takes the building machine's folders out of a linked file.

Goes in: the bytes of an executable or a shared library, and folders.  Comes out: the same bytes, the folders' names overwritten.
libpython contains the prefix that it was configured with as a C string (the last resort of its path search, which pybuild's launcher
never lets it come to).  It tells who built the program and where, and would make two machines' results differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pybuild.interpreter.model import Interpreter
from pybuild.link.python_library import SYSTEM_PREFIXES


def private_prefixes(interpreter: Interpreter) -> tuple[Path, ...]:
    """The prefixes that libpython may contain and that say something of this machine (`/usr` does not)."""
    named = [interpreter.base_prefix, *(Path(interpreter.config[key]) for key in ("prefix", "exec_prefix") if interpreter.config.get(key))]
    every = [*named, *(path.resolve() for path in named)]
    return tuple(dict.fromkeys(path for path in every if path.is_absolute() and path not in SYSTEM_PREFIXES))


def forget_folders(data: bytes, folders: Iterable[Path]) -> bytes:
    """`data` with each mention of `folders` (as a path or the beginning of one) made anonymous; the length stays.

    All but the last component is overwritten with slashes: `/home/me/3.11.7/lib` becomes `/////////3.11.7/lib`, still absolute.
    The last component and what follows it must stay: linkers store a string that is the end of another one only once, so the version
    "3.11.7" may well be the tail of this very string.
    """
    for folder in sorted({str(folder).encode() for folder in folders}, key=len, reverse=True):
        head = folder.rindex(b"/")
        replacement = b"/" * head + folder[head:]
        data = re.sub(re.escape(folder) + rb"(?=[\0/:\n])", lambda _, new=replacement: new, data)  # type: ignore[misc]
    return data
