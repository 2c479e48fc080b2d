"""The payload: everything the launcher reads at run time, appended to the executable and mapped.

Goes in: a `Payload` value.  Comes out: bytes that `runtime_c/launcher/payload.c` understands; the same value gives the same bytes.
The format is documented in docs/design/payload.md: blobs (code, sources, metadata files), as they are or several in a compressed frame,
then the index, then a trailer by which the program finds both from the end of its own file.

A program needs Python code of ours for what is rare at run time: the modules in `SUPPORT_MODULES`, whose sources lie in
`pybuild.resources.folder("runtime_py")`.  The packager compiles them like any other module (co_filename `NAME.py`) and puts them
into every payload, standalone and accelerated, with root "" and target `NAME.py`; they are imported only when asked for.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from pybuild.compiler.model import CompiledModule
from pybuild.package.packing import LIMIT, Blob, Frame, Need
from pybuild.resolve.model import PythonFlags

SUPPORT_MODULES = ("_pybuild_folders", "_pybuild_metadata", "_pybuild_resources", "_pybuild_site", "_pybuild_sources")
TRAILER_MAGIC = b"pybuild\x01"  # the trailer is the last TRAILER_SIZE bytes of the file and begins with it
TRAILER_SIZE = 32
ALIGNMENT = 4096  # of the payload in its file: what is mapped begins on a page

_FORMAT = 2
_TRAILER = struct.Struct("<8sQQI")  # magic, size of the whole payload, size of the index, its CRC; then the trailer's own CRC
_HEADER = struct.Struct("<4I 16I 12I 2I")
_MODULE = struct.Struct("<6I 4I Q2I Q2I")
_ENTRY = struct.Struct("<8I 4I")
_DISTRIBUTION = struct.Struct("<2I 2I")
_FILE = struct.Struct("<2I Q2I")
_PAIR = struct.Struct("<2I")
_FRAME = struct.Struct("<Q2I")
_PACKED = 1 << 63  # bit of a blob's offset: it counts from the start of an unpacked frame
_NO_BLOB = (0, 0, 0)
_KINDS = {"function": 1, "module": 2, "script": 3}


@dataclass(frozen=True)
class PayloadModule:
    """One module as the importer serves it.

    `root` says what `target` is relative to: "" for the program's folder (standalone), else an absolute folder of the
    building machine (accelerated mode: `__file__` is root + "/" + target).
    `code` is None for namespace packages and extension modules.  `source` is the text's bytes with keep-source.
    `extension` is True for a shared object found at root/target.
    `search_locations`: for namespace packages of accelerated mode the absolute folders; empty means the folder of `target`.
    """

    name: str
    target: str
    root: str = ""
    is_package: bool = False
    is_namespace: bool = False
    extension: bool = False
    code: CompiledModule | None = None
    source: bytes | None = None
    search_locations: tuple[str, ...] = ()
    first_party: bool = False
    need: Need = Need.LATER
    order: int = 0  # modules with neighbouring numbers are used together


@dataclass(frozen=True)
class PayloadEntry:
    """One entry point: `kind` "function" | "module" | "script"; `module` the key of the module table that is run or imported."""

    name: str
    aliases: tuple[str, ...]
    default: bool
    kind: str
    module: str
    function: str = ""


@dataclass(frozen=True)
class Payload:
    """All of it."""

    mode: str  # "standalone" | "accelerated"
    product_name: str
    product_version: str
    pybuild_version: str
    flags: PythonFlags
    entries: tuple[PayloadEntry, ...]
    modules: tuple[PayloadModule, ...]
    distributions: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)  # "name-version.dist-info" → file name → content
    entry_override: bool = True
    # accelerated mode: the installation that the program uses; empty in standalone
    prefix: str = ""
    base_prefix: str = ""
    stdlib_dir: str = ""
    sys_path: tuple[str, ...] = ()
    excluded: Mapping[str, str] = field(default_factory=dict)  # module → the rule that excluded it (for later messages)


Pack = Callable[[Sequence[Blob]], Iterable[Frame]]


def write_payload(stream: BinaryIO, payload: Payload, pack: Pack | None = None) -> int:
    """Append `payload` to `stream` (the executable, positioned at its end) at the next page.

    `pack` compresses: only for a launcher that was linked with zstd.  Returns the number of bytes written with the padding.
    Raises OSError, and ValueError for what the format cannot hold.
    """
    padding = -stream.tell() % ALIGNMENT
    stream.write(bytes(padding))
    return padding + sum(stream.write(chunk) for chunk in encode(payload, pack))


def encode(payload: Payload, pack: Pack | None = None) -> Iterator[bytes]:
    """The payload's bytes in order; one frame, or one module's code or source, is in memory at a time."""
    modules = sorted(payload.modules, key=lambda module: _text(module.name))
    folders = sorted(payload.distributions.items(), key=lambda item: _text(item[0]))
    distributions = [(folder, sorted(files.items(), key=lambda item: _text(item[0]))) for folder, files in folders]
    blobs = [*_module_blobs(modules), *_metadata_blobs(distributions)]
    places = _Places(blobs)
    yield from places.write_frames(pack(blobs) if pack else ())
    yield from places.write_rest()
    place = iter(places.places)
    records = [
        (module, next(place) if module.code else _NO_BLOB, next(place) if module.source is not None else _NO_BLOB) for module in modules
    ]
    metadata = [(folder, [(name, next(place)) for name, _ in files]) for folder, files in distributions]
    index = _Index(payload, records, metadata, places.frames).encode()
    yield index
    trailer = _TRAILER.pack(TRAILER_MAGIC, places.size + len(index) + TRAILER_SIZE, len(index), zlib.crc32(index))
    yield trailer + struct.pack("<I", zlib.crc32(trailer))


def _module_blobs(modules: Iterable[PayloadModule]) -> Iterator[Blob]:
    for module in modules:
        if module.code is not None:
            yield Blob(module.name, "code", module.need, module.code.size, module.code.read, module.order)
        if module.source is not None:
            source = module.source
            yield Blob(module.name, "source", Need.LATER, len(source), lambda source=source: source)  # type: ignore[misc]


def _metadata_blobs(distributions: Iterable[tuple[str, list[tuple[str, bytes]]]]) -> Iterator[Blob]:
    for folder, files in distributions:
        for name, content in files:
            yield Blob(f"{folder}/{name}", "metadata", Need.LATER, len(content), lambda content=content: content)  # type: ignore[misc]


_Place = tuple[int, int, int]  # of a blob: offset in the payload, size, CRC; or offset in the frame with the bit, size, the frame's number


class _Places:
    """Places frames and blobs one after the other, each at a multiple of 8."""

    def __init__(self, blobs: Sequence[Blob]) -> None:
        self._blobs = blobs
        self.size = 0
        self.places = [_NO_BLOB] * len(blobs)
        self.frames: list[tuple[int, int, int]] = []  # offset, stored size, size

    def write_frames(self, frames: Iterable[Frame]) -> Iterator[bytes]:
        """Yield the frames; their members have places then."""
        for frame in frames:
            start = 0
            for member in frame.members:
                size = self._blobs[member].size
                self.places[member] = (_PACKED | start, size, len(self.frames))
                start += size
            if start != frame.size or start > LIMIT:
                raise ValueError(f"a frame of {frame.size} bytes with blobs of {start}")
            self.frames.append((self.size, len(frame.data), frame.size))
            yield from self._write(frame.data)

    def write_rest(self) -> Iterator[bytes]:
        """Yield the blobs that are in no frame."""
        for number, blob in enumerate(self._blobs):
            if self.places[number] is _NO_BLOB:
                content = blob.read()
                self.places[number] = (self.size, len(content), zlib.crc32(content))
                yield from self._write(content)

    def _write(self, content: bytes) -> Iterator[bytes]:
        padding = bytes(-len(content) % 8)
        self.size += len(content) + len(padding)
        yield content
        yield padding


class _Index:
    """Builds the index: a header, tables of fixed-size records, and the strings that they name by (offset, length)."""

    def __init__(
        self,
        payload: Payload,
        modules: list[tuple[PayloadModule, _Place, _Place]],
        distributions: list[tuple[str, list[tuple[str, _Place]]]],
        frames: list[tuple[int, int, int]],
    ) -> None:
        self._payload = payload
        self._modules = modules
        self._distributions = distributions
        self._frames = frames
        self._strings = bytearray(b"\0")
        self._known: dict[bytes, tuple[int, int]] = {b"": (0, 0)}
        self._lists: list[tuple[int, int]] = []

    def encode(self) -> bytes:
        payload = self._payload
        files = [file for _, places in self._distributions for file in places]
        tables = [
            b"".join(map(self._entry, payload.entries)),
            b"".join(self._module(*record) for record in self._modules),
            b"".join(self._distribution_records()),
            b"".join(_FILE.pack(*self._string(name), *blob) for name, blob in files),
            b"".join(
                _PAIR.pack(*self._string(name)) + _PAIR.pack(*self._string(reason))
                for name, reason in sorted(payload.excluded.items(), key=lambda item: _text(item[0]))
            ),
        ]
        counts = [len(payload.entries), len(self._modules), len(self._distributions), len(files), len(payload.excluded)]
        texts = [
            payload.product_name,
            payload.product_version,
            payload.pybuild_version,
            payload.prefix,
            payload.base_prefix,
            payload.stdlib_dir,
        ]
        fixed_texts = [number for text in texts for number in self._string(text)]
        sys_path = self._list(payload.sys_path)
        tables.append(b"".join(_PAIR.pack(*item) for item in self._lists))
        counts.append(len(self._lists))
        tables.append(bytes(self._strings))
        counts.append(len(self._strings))
        tables[-1] += bytes(-len(tables[-1]) % 8)
        tables.append(b"".join(_FRAME.pack(*frame) for frame in self._frames))
        counts.append(len(self._frames))
        places, offset = [], _HEADER.size
        for table, count in zip(tables, counts, strict=True):
            places += [offset, count]
            offset += len(table)
        if offset >= 1 << 32:
            raise ValueError("the program's module table is larger than 4 GiB")
        flags = (payload.mode == "standalone") | payload.entry_override << 1
        header = _HEADER.pack(_FORMAT, flags, _flag_bits(payload.flags), 0, *places, *fixed_texts, *sys_path)
        return header + b"".join(tables)

    def _string(self, text: str) -> tuple[int, int]:
        raw = _text(text)
        place = self._known.get(raw)
        if place is None:
            if b"\0" in raw:
                raise ValueError(f"a name holds a NUL character: {text!r}")
            place = self._known[raw] = (len(self._strings), len(raw))
            self._strings += raw + b"\0"
        return place

    def _list(self, texts: tuple[str, ...]) -> tuple[int, int]:
        start = len(self._lists)
        self._lists += [self._string(text) for text in texts]
        return start, len(texts)

    def _module(self, module: PayloadModule, code: _Place, source: _Place) -> bytes:
        has_code, has_source = module.code is not None, module.source is not None
        flags = (
            module.is_package | module.is_namespace << 1 | module.extension << 2 | has_code << 3 | has_source << 4 | module.first_party << 5
        )
        names = (*self._string(module.name), *self._string(module.target), *self._string(module.root))
        return _MODULE.pack(*names, flags, *self._list(module.search_locations), 0, *code, *source)

    def _entry(self, entry: PayloadEntry) -> bytes:
        names = (*self._string(entry.name), *self._string(entry.module), *self._string(entry.function))
        return _ENTRY.pack(*names, *self._list(entry.aliases), _KINDS[entry.kind], entry.default, 0, 0)

    def _distribution_records(self) -> Iterator[bytes]:
        first = 0
        for folder, places in self._distributions:
            yield _DISTRIBUTION.pack(*self._string(folder), first, len(places))
            first += len(places)


def _text(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _flag_bits(flags: PythonFlags) -> int:
    bits = (
        flags.no_asserts,
        flags.no_docstrings,
        flags.isolated,
        flags.unbuffered,
        flags.no_warnings,
        flags.utf8_mode,
        flags.dev_mode,
        flags.dont_write_bytecode,
        flags.hash_seed_zero,
        flags.safe_path,
        flags.bytes_warning,
    )
    return sum(bit << position for position, bit in enumerate(bits))
