"""Which blobs of a payload are compressed together, and the compressing.

Goes in: the blobs with what they are and when they are needed.  Comes out: for each the frame that it lies in, and the frames.

Modules are small and alike, so several are compressed as one frame (a frame for each was a quarter larger); what is imported when the
program starts and what may never be are not mixed, so that a start unpacks little in vain.  Where a frame ends depends on the names of
what is in it: after a change of one module almost all frames are what they were, and come from the cache.  What an ordinary start
needs before anything else, and whatever gains little, stays as it is and is read where it is mapped.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from pybuild.cache import Cache, digest

KIND = "packed"
LEVEL = 12
_LAYOUT = "packed 1"  # changes when a frame is made in another way
_LIKELY = 8  # one name of so many may end a frame that is large enough
_MOST = 2  # any name ends one that is so many times larger
_SMALL_START = 64 << 10  # what is imported at the start stays as it is up to so many bytes
_WORTH = 0.9  # a frame that is not smaller by a tenth is not worth unpacking


class Need(IntEnum):
    """When a module is needed, as far as the imports tell."""

    START = 0  # by the interpreter itself
    IMPORT = 1  # by what the entry points import on their way in
    CALL = 2  # by functions
    LATER = 3  # by nothing that can be seen: found by name, or never


# How large a frame should be: of what is imported by chance as little as possible is unpacked in vain.
_ENOUGH = {Need.IMPORT: 256 << 10, Need.CALL: 128 << 10, Need.LATER: 384 << 10}


@dataclass(frozen=True)
class Blob:
    """Bytes of the payload before they are read; those of one `kind` are alike."""

    name: str
    kind: str
    need: Need
    size: int
    read: Callable[[], bytes]
    order: int = 0  # before the name


@dataclass(frozen=True)
class Frame:
    """The compressed bytes of several blobs (by their numbers), which lie in it one after the other."""

    members: tuple[int, ...]
    data: bytes
    size: int


def pack(blobs: Sequence[Blob], cache: Cache | None, jobs: int) -> Iterator[Frame]:
    """The frames of `blobs`, in their order; blobs that are in none stay as they are.

    Raises OSError.  Frames that are not in the cache are made by `jobs` threads.
    """
    groups = list(_groups(blobs))
    packer = _Packer(blobs, cache)
    if len(groups) < 2 or jobs < 2:
        made = map(packer.frame, groups)
        yield from (frame for frame in made if frame is not None)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(jobs) as threads:
        yield from (frame for frame in threads.map(packer.frame, groups) if frame is not None)


def _groups(blobs: Sequence[Blob]) -> Iterator[tuple[int, ...]]:
    """The numbers of the blobs of each frame."""
    order = sorted((n for n, blob in enumerate(blobs) if blob.need is not Need.START and blob.size), key=lambda n: _place(blobs[n]))
    first = sum(blobs[n].size for n in order if blobs[n].need is Need.IMPORT)
    if first <= _SMALL_START:
        order = [n for n in order if blobs[n].need is not Need.IMPORT]
    group: list[int] = []
    size = 0
    for n in order:
        blob = blobs[n]
        if group and _ends(blobs[group[-1]], blob, size):
            yield tuple(group)
            group, size = [], 0
        group.append(n)
        size += blob.size
    if group:
        yield tuple(group)


def _ends(last: Blob, blob: Blob, size: int) -> bool:
    """Whether a frame of `size` bytes, up to `last`, ends before `blob`."""
    if (blob.need, blob.kind) != (last.need, last.kind):
        return True
    enough = _ENOUGH[blob.need]
    likely = zlib.crc32(blob.name.encode("utf-8", "surrogateescape")) % _LIKELY == 0
    return size + blob.size > _MOST * enough or (likely and size >= enough)


def _place(blob: Blob) -> tuple[int, str, int, str]:
    return blob.need, blob.kind, blob.order, blob.name


@dataclass(frozen=True)
class _Packer:
    blobs: Sequence[Blob]
    cache: Cache | None

    def frame(self, members: tuple[int, ...]) -> Frame | None:
        """The frame of these blobs, None when it is not worth it."""
        content = b"".join(self.blobs[n].read() for n in members)
        if len(content) > LIMIT:
            return None
        data = self._compressed(content)
        return Frame(members, data, len(content)) if len(data) <= _WORTH * len(content) else None

    def _compressed(self, content: bytes) -> bytes:
        """The zstd frame of `content`, from the cache or made; in the cache it follows its CRC."""
        key = digest(_LAYOUT, str(LEVEL), content)
        known = self.cache.get(KIND, key) if self.cache else None
        if known and zlib.crc32(known[4:]).to_bytes(4, "little") == known[:4]:
            return known[4:]
        import zstandard  # 10 ms that a build with every frame in the cache need not pay

        data = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True, write_content_size=True).compress(content)
        if self.cache:
            self.cache.put(KIND, key, zlib.crc32(data).to_bytes(4, "little") + data)
        return data


LIMIT = 64 << 20  # of a frame's content: the launcher takes no larger one
