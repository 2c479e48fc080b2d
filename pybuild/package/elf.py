"""What the dynamic linker will ask of a file, read from the file (never by running it or `ldd`), and remembered.

Goes in: a path.  Comes out: `ElfFacts`: what it needs, where it looks, the highest glibc version it asks for.  Only the
program headers, the dynamic section and the version tables are parsed, by pyelftools; the answer is kept in the content
cache under the file's path, size, inode and time, so that a later build opens neither the file nor pyelftools.
"""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Any

from pybuild.cache import Cache, digest

_KIND = "elf"
_LAYOUT = "2"  # to be raised when ElfFacts or the way to them changes
ELF_MAGIC = b"\x7fELF"


@dataclass(frozen=True)
class ElfFacts:
    """A file as the dynamic linker sees it; everything but `content` is empty when it is no ELF file."""

    content: str  # hex digest of the bytes
    elf: bool = False
    machine: str = ""  # "EM_X86_64-64"
    program: bool = False  # has an interpreter: can be started
    soname: str = ""
    needed: tuple[str, ...] = ()
    rpath: str = ""  # DT_RPATH as written
    runpath: str = ""  # DT_RUNPATH as written
    glibc: str = ""  # highest GLIBC_x.y of the version table, "2.34"
    glibc_symbol: str = ""  # a symbol that asks for it
    symbols: bool = False  # has a symbol table or debug information that strip would remove
    machine_paths: bool = False  # contains one of the paths that were asked about


def read_facts(path: Path, cache: Cache, private_paths: Sequence[bytes] = ()) -> ElfFacts:
    """The facts of `path`, from the cache where it has not changed; `private_paths`: see `machine_paths`.  Raises OSError."""
    status = path.stat()
    key = digest(_LAYOUT, os.fsencode(path), repr((status.st_size, status.st_mtime_ns, status.st_ino)), *private_paths)
    stored = cache.get(_KIND, key)
    if stored is not None:
        return _restore(stored)
    facts = parse(path.read_bytes(), private_paths)
    cache.put(_KIND, key, json.dumps(asdict(facts)).encode())
    return facts


def _restore(stored: bytes) -> ElfFacts:
    fields = json.loads(stored)
    fields["needed"] = tuple(fields["needed"])
    return ElfFacts(**fields)


def is_elf(path: Path) -> bool:
    """Whether the file begins as an ELF file does.  Raises OSError."""
    with path.open("rb") as stream:
        return stream.read(4) == ELF_MAGIC


def parse(data: bytes, private_paths: Sequence[bytes] = ()) -> ElfFacts:
    """The facts of a file with the content `data`; a damaged ELF file counts as none."""
    content = blake2b(data, digest_size=16).hexdigest()
    if not data.startswith(ELF_MAGIC):
        return ElfFacts(content)
    from elftools.common.exceptions import ELFError
    from elftools.elf.elffile import ELFFile

    try:
        return _parse_elf(ELFFile(BytesIO(data)), data, content, private_paths)
    except (ELFError, UnicodeError, IndexError, ValueError):
        return ElfFacts(content)


def _parse_elf(elf: Any, data: bytes, content: str, private_paths: Sequence[bytes]) -> ElfFacts:
    strings: dict[str, list[str]] = {}
    glibc = symbol = ""
    program = False
    for segment in elf.iter_segments():
        program = program or segment["p_type"] == "PT_INTERP"
        if segment["p_type"] != "PT_DYNAMIC":
            continue
        for tag in segment.iter_tags():
            for name in ("needed", "soname", "rpath", "runpath"):
                if hasattr(tag, name):
                    strings.setdefault(name, []).append(getattr(tag, name))
        glibc, symbol = _highest_glibc(elf, segment, data)
    return ElfFacts(
        content=content,
        elf=True,
        machine=f"{elf['e_machine']}-{elf.elfclass}",
        program=program,
        soname="".join(strings.get("soname", [])),
        needed=tuple(strings.get("needed", [])),
        rpath=":".join(strings.get("rpath", [])),
        runpath=":".join(strings.get("runpath", [])),
        glibc=glibc,
        glibc_symbol=symbol,
        symbols=_has_symbols(elf, len(data)),
        machine_paths=any(path in data for path in private_paths),
    )


def _has_symbols(elf: Any, size: int) -> bool:
    """Whether strip has something to remove, and may: data behind the last section (a payload) would be lost."""
    end = elf["e_shoff"] + elf["e_shnum"] * elf["e_shentsize"]
    found = False
    for section in elf.iter_sections():
        if section["sh_type"] != "SHT_NOBITS":
            end = max(end, section["sh_offset"] + section["sh_size"])
        found = found or section["sh_type"] == "SHT_SYMTAB" or section.name.startswith((".debug_", ".zdebug_"))
    return found and end >= size


def version_key(version: str) -> tuple[int, ...]:
    """ "2.34" as (2, 34); parts that are no numbers count as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def _highest_glibc(elf: Any, dynamic: Any, data: bytes) -> tuple[str, str]:
    """The highest version GLIBC_x.y in the table of needed versions, and the first symbol, by name, that needs it."""
    tags = {tag.entry.d_tag: tag.entry.d_val for tag in dynamic.iter_tags()}
    versions = {name: number for name, number in _needed_versions(elf, tags) if name.startswith("GLIBC_") and name[6:7].isdigit()}
    if not versions:
        return "", ""
    highest = max(versions, key=lambda name: version_key(name[6:]))
    return highest[6:], _symbol_of(elf, dynamic, tags, data, versions[highest])


def _needed_versions(elf: Any, tags: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Name and number of each needed version: the chain of Elf_Verneed, each with its chain of Elf_Vernaux."""
    from elftools.common.utils import parse_cstring_from_stream, struct_parse

    if "DT_VERNEED" not in tags:
        return
    names = _offset(elf, tags["DT_STRTAB"])
    position = _offset(elf, tags["DT_VERNEED"])
    for _ in range(tags.get("DT_VERNEEDNUM", 0)):
        need = struct_parse(elf.structs.Elf_Verneed, elf.stream, position)
        auxiliary = position + need["vn_aux"]
        for _ in range(need["vn_cnt"]):
            entry = struct_parse(elf.structs.Elf_Vernaux, elf.stream, auxiliary)
            name: bytes = parse_cstring_from_stream(elf.stream, names + entry["vna_name"]) or b""
            yield name.decode(), entry["vna_other"]
            auxiliary += entry["vna_next"]
        position += need["vn_next"]


def _symbol_of(elf: Any, dynamic: Any, tags: dict[str, int], data: bytes, number: int) -> str:
    """The first symbol, by name, that has the version `number`; empty when there is none."""
    if "DT_VERSYM" not in tags:
        return ""
    start = _offset(elf, tags["DT_VERSYM"])
    numbers = array("H", data[start : start + 2 * dynamic.num_symbols()])
    if not elf.little_endian:
        numbers.byteswap()
    return min((dynamic.get_symbol(i).name for i, n in enumerate(numbers) if n & 0x7FFF == number), default="")


def _offset(elf: Any, address: int) -> int:
    """The place in the file of what is mapped at `address`."""
    offset: int = next(iter(elf.address_offsets(address)))
    return offset
