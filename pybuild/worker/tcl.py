"""Operation `tcl`: where the scripts of Tcl and Tk lie that this interpreter's tkinter uses.

Goes in: nothing.  Comes out: `folders`, the name that each folder has below a common one → its path; empty where there is no tkinter, or
where the scripts are part of the library (Tcl 9).  Tcl tells its own folder.  Tk would need a display to tell; it looks beside Tcl's first,
and then where its library says.
"""

# ruff: noqa: PTH112, PTH113, PTH118, PTH123
# (plain strings, as in the other operations)

from __future__ import annotations

import os
import re
from typing import Any


def tcl(header: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
    """The folders of scripts."""
    try:
        import _tkinter
        import tkinter

        library = str(tkinter.Tcl().eval("info library"))
    except Exception:  # no tkinter, or one whose Tcl does not start
        return {"folders": {}}
    above, name = os.path.split(library)
    folders = {name: library, "tcl8": os.path.join(above, "tcl8")}
    tk = f"tk{_tkinter.TK_VERSION}"
    for place in (os.path.join(above, tk), *_in_library(tk)):
        if os.path.isfile(os.path.join(place, "tk.tcl")):
            folders[tk] = place
            break
    return {"folders": {name: folder for name, folder in sorted(folders.items()) if os.path.isdir(folder)}}


def _in_library(tk: str) -> list[str]:
    """The folders called `tk` that the loaded library of Tk names."""
    try:
        with open("/proc/self/maps") as stream:
            paths = {line.split(maxsplit=5)[-1].strip() for line in stream if "libtk" in line}
        contents = [_read(path) for path in sorted(paths)]
    except OSError:
        return []
    pattern = re.compile(rb"/[\x21-\x7e]*/" + re.escape(tk.encode()) + rb"(?=\0)")
    return [found.decode() for content in contents for found in pattern.findall(content)]


def _read(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()
