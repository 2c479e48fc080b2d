"""The content cache: files named by the hash of everything they were made from.

Goes in: a kind ("module", "object", ...) and a key (hex digest of the inputs).  Comes out: the path of the finished file.
A file appears by rename only, so a reader never sees half of one and two builds may run at once; whoever comes second
overwrites with the same bytes.  A file that is used is touched, so that `cache_upkeep.prune` knows what nobody needs.
Root: `$PYBUILD_CACHE_DIR`, else the user's cache folder as platformdirs knows it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


_TOUCH_AFTER = 600.0  # seconds: a file that is used is touched, but not at every use


def _touch(state: os.stat_result, file: int | Path) -> None:
    """Set the time of change of `file` (whose state is `state`) to now, when the last touch is long enough ago."""
    if time.time() - state.st_mtime > _TOUCH_AFTER:
        with suppress(OSError):  # another user's cache, or a read-only one
            os.utime(file)


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
            with self.path(kind, key).open("rb") as stream:
                _touch(os.fstat(stream.fileno()), stream.fileno())
                return stream.read()
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
            state = target.stat()
        except OSError:
            return None
        _touch(state, target)
        return target if state.st_size > 0 else None

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

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Tell `prune` that a build is running: it then leaves alone what was used lately.  Any number of builds may hold it."""
        import fcntl

        try:
            self.builds_lock.parent.mkdir(parents=True, exist_ok=True)
            stream = self.builds_lock.open("ab")
        except OSError:  # a cache that cannot be written cannot be pruned either
            yield
            return
        with stream:
            fcntl.flock(stream, fcntl.LOCK_SH)
            yield

    @property
    def builds_lock(self) -> Path:
        """The file that running builds lock together, and `prune` alone."""
        return self.root / "locks" / "builds"
