"""The way onto the disk: everything is written in a hidden folder beside the result, which then takes its place by rename.

Whatever fails before the rename (a full disk, an interrupt, a kill) leaves the previous result whole.  The hidden folder is
locked while its build lives; folders whose build is dead are swept by the next one.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pybuild.errors import BuildFailure, PybuildError, UserError

_PREFIX, _SUFFIX = ".pybuild-", ".tmp"
_FULL = (errno.ENOSPC, errno.EDQUOT)
_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
CHOOSE = "[build] output-dir or --output-dir"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextmanager
def staging(output_dir: Path, choose: str = CHOOSE) -> Iterator[Path]:
    """A locked, hidden, private folder in `output_dir`, removed at the end with whatever is still in it.

    Raises UserError when `output_dir` cannot be a folder or cannot be written, BuildFailure for any other failed write;
    `choose` is what the user can set to get another folder.
    """
    with disk_errors(output_dir, choose):
        make_folder(output_dir, choose)
        sweep(output_dir)
        folder, lock = _locked_folder(output_dir)
        try:
            yield folder
        finally:
            os.close(lock)
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def disk_errors(output_dir: Path, choose: str = CHOOSE) -> Iterator[None]:
    """Turn the OSErrors of writing below `output_dir` into errors with a cause and a next step."""
    try:
        yield
    except OSError as error:
        raise _explain(error, output_dir, choose) from error


def _explain(error: OSError, output_dir: Path, choose: str) -> PybuildError:
    what = _file_of(error, output_dir)
    why = error.strerror or str(error)
    untouched = "the previous result is untouched"
    if error.errno in _FULL:
        hint = f"free some space, or choose another folder with {choose}; {untouched}"
        return BuildFailure.of(f"no space left on the disk of {output_dir}", hint=hint)
    if not (what.is_relative_to(output_dir) or output_dir.is_relative_to(what)):
        return BuildFailure.of(f"cannot read {what}: {why}", hint=untouched)
    if error.errno in _DENIED:
        return UserError.of(f"the folder {output_dir} cannot be written: {why} ({what})", hint=f"choose another with {choose}")
    return BuildFailure.of(f"writing the result failed: {what}: {why}", hint=untouched)


def _file_of(error: OSError, default: Path) -> Path:
    """The file that an error is about: of two (a copy, both open) the one that was written."""
    name = error.filename2 or error.filename
    return Path(os.fsdecode(name)) if isinstance(name, str | bytes) else default


@contextmanager
def cache_errors(root: Path) -> Iterator[None]:
    """The same for writing below the cache's `root`, and reading what lies elsewhere."""
    try:
        yield
    except OSError as error:
        what = _file_of(error, root)
        if error.errno in _FULL:
            raise BuildFailure.of(
                f"no space left on the disk of the cache {root}", hint="free some space (pybuild cache prune), or set PYBUILD_CACHE_DIR"
            ) from error
        if what.is_relative_to(root):
            raise BuildFailure.of(f"the cache {root} cannot be used: {error.strerror} ({what})", hint="set PYBUILD_CACHE_DIR") from error
        raise BuildFailure.of(f"cannot read {what}: {error.strerror or error}", hint="build again if it has changed meanwhile") from error


def make_folder(output_dir: Path, choose: str = CHOOSE) -> None:
    """Create `output_dir`.  Raises UserError when a file is in the way, OSError otherwise."""
    try:
        output_dir.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        file = next((p for p in (output_dir, *output_dir.parents) if p.exists() and not p.is_dir()), output_dir)
        hint = f"remove the file, or choose another folder with {choose}"
        raise UserError.of(f"the folder {output_dir} cannot be made: {file} is a file", hint=hint) from error


def _locked_folder(output_dir: Path) -> tuple[Path, int]:
    """A fresh folder and the descriptor that holds its lock; tries again should a sweeper have come between the two."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, suffix=_SUFFIX, dir=output_dir))
        try:
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            continue
        with suppress(OSError):  # a file system without locks: nobody sweeps there either
            fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.is_dir():
            return folder, lock
        os.close(lock)


def sweep(output_dir: Path) -> None:
    """Remove the hidden folders of builds that no longer live."""
    with os.scandir(output_dir) as entries:
        stale = [e.path for e in entries if e.name.startswith(_PREFIX) and e.name.endswith(_SUFFIX) and e.is_dir(follow_symlinks=False)]
    for path in stale:
        try:
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)
        except OSError:
            pass  # its build lives
        finally:
            os.close(lock)


def replace_folder(new: Path, final: Path) -> None:
    """Put the folder `new` at `final`; an old folder there is afterwards beside where `new` was.  Raises OSError."""
    if not final.exists():
        new.rename(final)
    elif not _exchange(new, final):
        old = new.with_name(new.name + ".old")
        final.rename(old)
        try:
            new.rename(final)
        except BaseException:
            old.rename(final)
            raise


def _exchange(a: Path, b: Path) -> bool:
    """Swap two paths in one step (renameat2, Linux 3.15); False where kernel, C library or file system cannot."""
    import ctypes  # only needed when there is something to replace

    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _RENAME_EXCHANGE) == 0)
