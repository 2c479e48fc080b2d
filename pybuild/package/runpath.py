"""Editing a file's run path in place.

Goes in: the bytes of an ELF file and the run path it shall have.  Comes out: bytes of the same length.  Only ever shorter
paths are wanted here (parts that name the building machine are dropped), so the new text fits where the old one was, no
section moves, and what patchelf has to do to make room (which has broken files) is not needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

_RPATH, _RUNPATH, _NULL = 15, 29, 0
_STRING_TAGS = ("DT_NEEDED", "DT_SONAME", "DT_RPATH", "DT_RUNPATH", "DT_AUXILIARY", "DT_FILTER", "DT_CONFIG", "DT_DEPAUDIT", "DT_AUDIT")


class SharedStringError(Exception):
    """The run path's text is also (part of) another string of the file and cannot be overwritten."""


def edit_run_path(data: bytes, parts: Sequence[str], *, as_rpath: bool) -> bytes:
    """`data` with `parts` as its run path; none removes it.  `as_rpath` turns DT_RUNPATH into DT_RPATH.

    The old text is overwritten with zeros.  Raises SharedStringError when it cannot be.
    """
    from elftools.elf.elffile import ELFFile

    edited = bytearray(data)
    elf = ELFFile(BytesIO(data))
    for segment in elf.iter_segments():
        if segment["p_type"] == "PT_DYNAMIC":
            _Edit(elf, segment, edited).apply(":".join(parts).encode(), as_rpath)
    return bytes(edited)


class _Edit:
    """The dynamic section of one file, and the bytes that are changed."""

    def __init__(self, elf: Any, dynamic: Any, data: bytearray) -> None:
        self._elf = elf
        self._dynamic = dynamic
        self._data = data
        self._entries = [(tag.entry.d_tag, tag.entry.d_val) for tag in dynamic.iter_tags()]
        self._values: dict[str, int] = {tag: value for tag, value in self._entries if isinstance(tag, str)}
        self._strings: int = next(iter(elf.address_offsets(self._values["DT_STRTAB"])))

    def apply(self, text: bytes, as_rpath: bool) -> None:
        offsets = {value for tag, value in self._entries if tag in ("DT_RPATH", "DT_RUNPATH")}
        for offset in sorted(offsets):
            self._overwrite(offset, text)
        self._rewrite_tags(text, as_rpath)

    def _overwrite(self, offset: int, text: bytes) -> None:
        """Replace the string at `offset` of the string table, and make sure that nothing else refers into it."""
        start = self._strings + offset
        end = self._data.index(b"\0", start)
        if bytes(self._data[start:end]) == text:
            return
        if len(text) > end - start:
            raise SharedStringError("the new run path is longer than the old one")
        if offset and self._data[start - 1] != 0:
            raise SharedStringError("the run path is the end of another string")
        inside = [other for other in self._references() if offset <= other < offset + end - start]
        if any(other - offset <= len(text) for other in inside):
            raise SharedStringError("the run path holds other strings of the file")
        keep = min(inside, default=offset + end - start) - offset  # what others refer to stays as it is
        self._data[start : start + keep] = text.ljust(keep, b"\0")

    def _references(self) -> Iterator[int]:
        """Every offset into the string table but those of the run path."""
        for tag, value in self._entries:
            if tag in _STRING_TAGS and tag not in ("DT_RPATH", "DT_RUNPATH"):
                yield value
        yield from self._symbol_names()
        yield from self._version_names("DT_VERNEED", "DT_VERNEEDNUM", self._elf.structs.Elf_Verneed, self._elf.structs.Elf_Vernaux, "vn")
        yield from self._version_names("DT_VERDEF", "DT_VERDEFNUM", self._elf.structs.Elf_Verdef, self._elf.structs.Elf_Verdaux, "vd")

    def _symbol_names(self) -> Iterator[int]:
        if "DT_SYMTAB" not in self._values:
            return
        from struct import Struct

        size = self._elf.structs.Elf_Sym.sizeof()
        first = next(iter(self._elf.address_offsets(self._values["DT_SYMTAB"])))
        names = Struct(("<" if self._elf.little_endian else ">") + f"I{size - 4}x")  # st_name is first in both classes
        table = memoryview(self._data)[first : first + size * self._dynamic.num_symbols()]
        yield from (name for (name,) in names.iter_unpack(table))

    def _version_names(self, tag: str, count: str, outer: Any, inner: Any, prefix: str) -> Iterator[int]:
        from elftools.common.utils import struct_parse

        if tag not in self._values:
            return
        position = next(iter(self._elf.address_offsets(self._values[tag])))
        for _ in range(self._values.get(count, 0)):
            head = struct_parse(outer, self._elf.stream, position)
            if prefix == "vn":
                yield head["vn_file"]
            auxiliary = position + head[f"{prefix}_aux"]
            for _ in range(head[f"{prefix}_cnt"]):
                entry = struct_parse(inner, self._elf.stream, auxiliary)
                yield entry[f"{prefix}a_name"]
                auxiliary += entry[f"{prefix}a_next"]
            position += head[f"{prefix}_next"]

    def _rewrite_tags(self, text: bytes, as_rpath: bool) -> None:
        """Write the dynamic entries anew: without the run path's if it is empty (the rest moves up), else with the wanted tag."""
        word = 8 if self._elf.elfclass == 64 else 4
        order = "little" if self._elf.little_endian else "big"
        start = self._dynamic["p_offset"]
        size = 2 * word
        raw = [bytes(self._data[start + i * size : start + (i + 1) * size]) for i in range(len(self._entries))]
        kept = []
        for entry in raw:
            tag = int.from_bytes(entry[:word], order)  # type: ignore[arg-type]
            if tag in (_RPATH, _RUNPATH):
                if not text:
                    continue
                if as_rpath:
                    entry = _RPATH.to_bytes(word, order) + entry[word:]  # type: ignore[arg-type]
            kept.append(entry)
        self._data[start : start + len(raw) * size] = b"".join(kept).ljust(len(raw) * size, b"\0")
