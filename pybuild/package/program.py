"""Building the result in its hidden folder: the executable with its payload, the links, the files beside it.

Everything that is written gets a fixed mode and a modification time that depends on its content alone (or
`SOURCE_DATE_EPOCH`), so that two builds of the same input are equal for every tool that compares, and two different ones
are not, for tools (rsync, make) that compare size and time only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from pybuild.cache import Cache
from pybuild.link.model import Executable
from pybuild.package.payload import Payload

PROGRAM_MODE = 0o755
FILE_MODE = 0o644
_BASE_TIME = 946_684_800  # 2000-01-01
_TIME_SPAN = 1 << 28  # 8.5 years


def write_executable(path: Path, executable: Executable, payload: Payload, cache: Cache, jobs: int) -> None:
    """The launcher with `payload` behind it, at `path`.  Raises OSError.

    The payload of a standalone program is compressed where the launcher can unpack it; an accelerated one is small, is built often
    and shipped never.
    """
    from pybuild.package.packing import pack
    from pybuild.package.payload import write_payload

    shutil.copyfile(executable.path, path)
    with path.open("r+b") as stream:
        stream.seek(0, os.SEEK_END)
        packs = executable.zstd and payload.mode == "standalone"
        write_payload(stream, payload, (lambda blobs: pack(blobs, cache, jobs)) if packs else None)
    path.chmod(PROGRAM_MODE)
    set_time(path, file_digest(path))


def file_digest(path: Path) -> str:
    """Hex BLAKE2b of the file's content.  Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def set_time(path: Path, content: str) -> None:
    """Give `path` the modification time that belongs to the digest `content`."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    time = int(epoch) if epoch.isdigit() else _BASE_TIME + int(content[:16], 16) % _TIME_SPAN
    os.utime(path, (time, time), follow_symlinks=False)


def is_program(path: Path) -> bool:
    """Whether `path` is an executable that pybuild made: it ends with a payload's trailer."""
    from pybuild.package.payload import TRAILER_MAGIC, TRAILER_SIZE

    try:
        with path.open("rb") as stream:
            stream.seek(-TRAILER_SIZE, os.SEEK_END)
            return stream.read(len(TRAILER_MAGIC)) == TRAILER_MAGIC
    except OSError:
        return False
