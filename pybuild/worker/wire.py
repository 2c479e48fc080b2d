"""The format of a request and of an answer, for both ends of the pipe.

A frame is a 4-byte little-endian length, a JSON object of that many bytes, and the blobs whose sizes its key `blobs` lists.
Reading returns the frame's raw header and blobs; an end of file at a frame's border is None, within a frame EOFError.
"""

from __future__ import annotations

import json
import os
from typing import Any

_CHUNK = 1 << 20


def read_exactly(fd: int, size: int) -> bytes:
    """`size` bytes of `fd`, fewer only at the end of the file.  Raises OSError."""
    parts = []
    left = size
    while left:
        part = os.read(fd, min(left, _CHUNK))
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def write_all(fd: int, data: bytes) -> None:
    """Write all of `data` to `fd`, which blocks.  Raises OSError (EPIPE when the other end is gone)."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def encode(header: dict[str, Any], blobs: tuple[bytes, ...] = ()) -> bytes:
    """The frame of `header` and `blobs`."""
    if blobs:
        header = {**header, "blobs": [len(blob) for blob in blobs]}
    text = json.dumps(header, separators=(",", ":")).encode()
    return b"".join((len(text).to_bytes(4, "little"), text, *blobs))


def decode(text: bytes) -> dict[str, Any]:
    """The header of a frame from its bytes."""
    header: dict[str, Any] = json.loads(text)
    return header


def read_header(fd: int) -> bytes | None:
    """The raw header of the next frame; None at the end.  Raises EOFError when the frame is cut, OSError."""
    prefix = read_exactly(fd, 4)
    if not prefix:
        return None
    size = int.from_bytes(prefix, "little")
    text = read_exactly(fd, size)
    if len(prefix) < 4 or len(text) < size:
        raise EOFError("the frame ends early")
    return text


def read_blobs(fd: int, header: dict[str, Any]) -> list[bytes]:
    """The blobs that follow `header`.  Raises EOFError when they are cut, OSError."""
    blobs = []
    for size in header.get("blobs", ()):
        blob = read_exactly(fd, size)
        if len(blob) < size:
            raise EOFError("the frame ends early")
        blobs.append(blob)
    return blobs
