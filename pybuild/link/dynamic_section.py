"""What zig's linker does not write into the dynamic section of an executable, written afterwards.

Goes in: an executable that `zig cc` linked.  Comes out: the same with DT_RPATH and DT_SONAME.  zig ignores
`--disable-new-dtags`, so that the run path is a DT_RUNPATH, which does not hold for what extension modules need in their turn; and it
drops the SONAME of an executable, without which an extension module that names libpython as needed maps a second one.
"""

from __future__ import annotations

import struct

from pybuild.errors import BuildFailure

_DT_SONAME, _DT_RPATH = 14, 15
_ENTRY = struct.Struct("<qQ")  # d_tag, d_val of a 64-bit little-endian ELF file


def zig_run_path(run_path: str, soname: str) -> str:
    """The `-rpath` to link with, so that the string `soname` is in the file as well; `finish_zig` takes the two apart."""
    return f"{run_path}:{soname}" if run_path else soname


def finish_zig(data: bytes, run_path: str, soname: str) -> bytes:
    """`data` with the run path as DT_RPATH, and with DT_SONAME when `soname` is not empty (it was linked with `zig_run_path` of both).

    With a run path the SONAME takes the entry of DT_HASH, which nothing reads where there is a DT_GNU_HASH; without one it takes the
    run path's own.  Raises BuildFailure when what zig linked has another form.
    """
    if not run_path and not soname:
        return data
    from io import BytesIO

    from elftools.elf.dynamic import DynamicSection  # slow imports, for zig's links only
    from elftools.elf.elffile import ELFFile

    elf = ELFFile(BytesIO(data))
    section, strings = elf.get_section_by_name(".dynamic"), elf.get_section_by_name(".dynstr")
    tags = [(tag.entry.d_tag, tag.entry.d_val) for tag in section.iter_tags()] if isinstance(section, DynamicSection) else []
    value = dict(tags)
    found = next((name for name in ("DT_RUNPATH", "DT_RPATH") if name in value), None)
    enough_entries = not (run_path and soname) or {"DT_HASH", "DT_GNU_HASH"} <= value.keys()
    if section is None or strings is None or found is None or not enough_entries:
        raise BuildFailure.of("zig linked an executable of an unexpected form (run path or hash tables)", hint='use [compiler] cc = "gcc"')
    place = {name: section["sh_offset"] + index * _ENTRY.size for index, (name, _) in enumerate(tags)}
    made = bytearray(data)
    string = strings["sh_offset"] + value[found]
    if run_path:
        _ENTRY.pack_into(made, place[found], _DT_RPATH, value[found])
        made[string + len(run_path.encode())] = 0
    if soname and run_path:
        _ENTRY.pack_into(made, place["DT_HASH"], _DT_SONAME, value[found] + len(run_path.encode()) + 1)
    elif soname:
        _ENTRY.pack_into(made, place[found], _DT_SONAME, value[found])
    return bytes(made)
