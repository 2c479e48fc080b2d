"""The shipped form of a shared object: stripped, its run path rid of the building machine, its text too.

Goes in: a `Binary` of the closure.  Comes out: the file to copy: the original where nothing is to be changed, else a copy in
the content cache (kind "binary") that is made once per content and treatment.

Stripping has broken files that other tools had rearranged before (patchelf in wheels), so a stripped copy is used only
when what the dynamic linker maps of it is byte for byte what it maps of the original.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pybuild.cache import Cache, digest
from pybuild.errors import BuildFailure
from pybuild.package.closure import Binary, kept_run_path, needs_executables_path
from pybuild.package.elf import ElfFacts
from pybuild.package.program import file_digest
from pybuild.package.runpath import SharedStringError, edit_run_path

_KIND = "binary"
_DIGEST_KIND = "binary-digest"
_LAYOUT = "1"  # to be raised when the treatment changes


@dataclass(frozen=True)
class Tools:
    """The optional programs, None where the machine has none."""

    strip: Path | None
    patchelf: Path | None

    @classmethod
    def probe(cls) -> Tools:
        """Those that PATH finds."""
        strip, patchelf = shutil.which("strip"), shutil.which("patchelf")
        return cls(Path(strip) if strip else None, Path(patchelf) if patchelf else None)

    def strip_identity(self) -> str:
        """What a stripped copy depends on; empty without strip."""
        if self.strip is None:
            return ""
        status = self.strip.stat()
        return repr((str(self.strip), status.st_size, status.st_mtime_ns))


@dataclass(frozen=True)
class Treatment:
    """What is to be changed in one file."""

    strip: bool
    run_path: tuple[str, ...] | None  # None: stays as it is
    as_rpath: bool
    forget: bool

    @classmethod
    def of(cls, binary: Binary, tools: Tools) -> Treatment:
        """What the file of `binary` needs."""
        facts = binary.facts
        raw = facts.runpath or facts.rpath
        parts = kept_run_path(binary)
        as_rpath = bool(facts.runpath) and needs_executables_path(binary)
        unchanged = not raw or (tuple(raw.split(":")) == parts and not as_rpath)
        return cls(facts.symbols and tools.strip is not None, None if unchanged else parts, as_rpath, facts.machine_paths)

    def __bool__(self) -> bool:
        return self.strip or self.run_path is not None or self.forget


@dataclass(frozen=True)
class Preparer:
    """Makes the shipped form of files.  `forget` takes the building machine's folders out of bytes."""

    cache: Cache
    tools: Tools
    forget: Callable[[bytes], bytes]
    forget_identity: str

    def is_ready(self, binary: Binary) -> bool:
        """Whether `prepare` has nothing to make."""
        treatment = Treatment.of(binary, self.tools)
        return not treatment or self.cache.path(_KIND, self._key(binary.facts, treatment)).is_file()

    def prepare(self, binary: Binary) -> tuple[Path, str]:
        """The file to copy, and the digest of its content.  Raises OSError and BuildFailure."""
        treatment = Treatment.of(binary, self.tools)
        if not treatment:
            return binary.item.source, binary.facts.content
        key = self._key(binary.facts, treatment)
        path = self.cache.path(_KIND, key)
        if not path.is_file():
            self.cache.put(_KIND, key, self._treat(binary, treatment))
        return path, self._content(path, key)

    def _content(self, path: Path, key: str) -> str:
        """The digest of the treated file: its key will not do, which two projects with the same result need not share."""
        stored = self.cache.get(_DIGEST_KIND, key)
        if stored is not None:
            return stored.decode()
        content = file_digest(path)
        self.cache.put(_DIGEST_KIND, key, content.encode())
        return content

    def _key(self, facts: ElfFacts, treatment: Treatment) -> str:
        strip = self.tools.strip_identity() if treatment.strip else ""
        forget = self.forget_identity if treatment.forget else ""
        return digest(_LAYOUT, facts.content, strip, repr(treatment.run_path), repr(treatment.as_rpath), forget)

    def _treat(self, binary: Binary, treatment: Treatment) -> bytes:
        data = binary.item.source.read_bytes()
        if treatment.strip:
            data = strip_symbols(data, self.tools)
        if treatment.run_path is not None:
            data = self._edit(data, binary, treatment.run_path, treatment.as_rpath)
        return self.forget(data) if treatment.forget else data

    def _edit(self, data: bytes, binary: Binary, parts: Sequence[str], as_rpath: bool) -> bytes:
        try:
            return edit_run_path(data, parts, as_rpath=as_rpath)
        except SharedStringError as error:
            if self.tools.patchelf is not None:
                return _patchelf(self.tools.patchelf, data, parts, binary.item.source)
            raise BuildFailure.of(
                f"the run path of {binary.item.source} cannot be edited in place: {error}", hint="install patchelf (pip install patchelf)"
            ) from error


def strip_symbols(data: bytes, tools: Tools) -> bytes:
    """`data` without symbol table and debug information, or unchanged when strip cannot do it without touching what is mapped."""
    assert tools.strip is not None
    with tempfile.TemporaryDirectory(prefix="pybuild-strip-") as folder:
        before, after = Path(folder, "before"), Path(folder, "after")
        before.write_bytes(data)
        done = subprocess.run([tools.strip, "--strip-unneeded", "-o", after, before], capture_output=True, check=False)
        if done.returncode or not after.is_file():
            return data
        stripped = after.read_bytes()
    return stripped if same_image(data, stripped) else data


def same_image(original: bytes, edited: bytes) -> bool:
    """Whether the dynamic linker maps the same from both files, but for the ELF header's account of sections."""
    from elftools.common.exceptions import ELFError

    try:
        return list(_image(original)) == list(_image(edited))
    except (ELFError, ValueError):
        return False


def _image(data: bytes) -> Iterator[tuple[object, ...]]:
    """What a loader sees, segment by segment: place, rights, alignment, and the bytes of what is mapped.  ValueError when misaligned."""
    from elftools.elf.elffile import ELFFile

    elf = ELFFile(BytesIO(data))
    tables = elf["e_ehsize"], elf["e_phoff"], elf["e_phoff"] + elf["e_phnum"] * elf["e_phentsize"]
    yield elf["e_type"], elf["e_machine"], elf["e_entry"], elf["e_flags"]
    for segment in elf.iter_segments():
        yield segment["p_type"], segment["p_vaddr"], segment["p_filesz"], segment["p_memsz"], segment["p_flags"], segment["p_align"]
        if segment["p_type"] != "PT_LOAD":
            continue
        offset, align = segment["p_offset"], segment["p_align"]
        if align > 1 and offset % align != segment["p_vaddr"] % align:
            raise ValueError("a segment is not aligned")
        content = bytearray(data[offset : offset + segment["p_filesz"]])
        if len(content) != segment["p_filesz"]:
            raise ValueError("a segment is cut off")
        for start, end in ((0, tables[0]), (tables[1], tables[2])):  # header and program headers: compared above
            low, high = max(start - offset, 0), min(end - offset, len(content))
            if low < high:
                content[low:high] = bytes(high - low)
        yield (bytes(content),)


def _patchelf(patchelf: Path, data: bytes, parts: Sequence[str], source: Path) -> bytes:
    """`data` with its run path set by patchelf, always as DT_RPATH, so that the executable's own stays effective."""
    with tempfile.TemporaryDirectory(prefix="pybuild-patchelf-") as folder:
        file = Path(folder, "file")
        file.write_bytes(data)
        how = ["--force-rpath", "--set-rpath", ":".join(parts)] if parts else ["--remove-rpath"]
        done = subprocess.run([patchelf, *how, file], capture_output=True, text=True, errors="replace", check=False)
        if done.returncode:
            raise BuildFailure.of(f"patchelf failed on {source}: {done.stderr.strip() or os.strerror(done.returncode)}")
        return file.read_bytes()
