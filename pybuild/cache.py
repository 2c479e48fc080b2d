"""The content cache: files named by the hash of everything they were made from.

Goes in: a kind ("module", "object", ...) and a key (hex digest of the inputs).  Comes out: the path of the finished file.
A file appears by rename only, so a reader never sees half of one and two builds may run at once; whoever comes second
overwrites with the same bytes.  Root: `$PYBUILD_CACHE_DIR`, else the user's cache folder as platformdirs knows it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


def cache_root() -> Path:
    """The folder of the cache; not created here."""
    asked = os.environ.get("PYBUILD_CACHE_DIR")
    if asked:
        return Path(asked).absolute()
    import platformdirs  # 10 ms of import that a build with its own cache folder need not pay

    return Path(platformdirs.user_cache_dir("pybuild", appauthor=False))


def digest(*parts: str | bytes) -> str:
    """Hex digest (128 bits of BLAKE2b) of `parts`, each length-prefixed so that no two lists of parts collide by concatenation."""
    h = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        h.update(len(data).to_bytes(8, "little"))
        h.update(data)
    return h.hexdigest()


def write_atomically(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write `data` beside `path` and rename: `path` is either the old file or the whole new one.  Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fd, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(fd, "wb") as stream:
            stream.write(data)
            os.fchmod(stream.fileno(), mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@dataclass(frozen=True)
class Cache:
    """The content cache below `root`."""

    root: Path

    @classmethod
    def default(cls) -> Cache:
        """The user's cache."""
        return cls(cache_root())

    def path(self, kind: str, key: str) -> Path:
        """Where the file of `key` lies or would lie."""
        return self.root / kind / key[:2] / key[2:]

    def get(self, kind: str, key: str) -> bytes | None:
        """The content, or None when it is not cached (or cannot be read)."""
        try:
            return self.path(kind, key).read_bytes()
        except OSError:
            return None

    def put(self, kind: str, key: str, data: bytes, mode: int = 0o644) -> Path:
        """Store `data` under `key`; returns the file's path.  Raises OSError (full disk, read-only folder)."""
        target = self.path(kind, key)
        write_atomically(target, data, mode)
        return target

    def find(self, kind: str, key: str) -> Path | None:
        """The path of the file of `key`, or None; an empty one (a crash of the machine) counts as absent."""
        target = self.path(kind, key)
        try:
            return target if target.stat().st_size > 0 else None
        except OSError:
            return None

    def adopt(self, kind: str, key: str, file: Path, mode: int = 0o644) -> Path:
        """Move the finished `file`, which has to lie below the cache's root, in under `key`.  Raises OSError."""
        target = self.path(kind, key)
        target.parent.mkdir(parents=True, exist_ok=True)
        file.chmod(mode)
        file.replace(target)
        return target

    @contextmanager
    def lock(self, kind: str, key: str) -> Iterator[None]:
        """Hold the lock of (`kind`, `key`) against other processes: the same thing is not made twice at once."""
        import fcntl

        target = self.root / "locks" / f"{kind}-{key}"
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield
