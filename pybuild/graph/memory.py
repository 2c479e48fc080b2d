"""What the last build of the same project learned about its files, so that the next one need not ask again.

Goes in: the cache and what all answers depend on (interpreter, search path, flags, the worker's code).  Comes out: answers that
are still true: finds and listings while the folders they come from hold the same names, scans while the file has the same size
and times.  One file in the cache per project, replaced when something in it has changed; a wrong or damaged one costs time,
never correctness.

A file or folder that changed a moment before it was looked at may change again without its time telling: such a time is not kept.
"""

# ruff: noqa: PTH116, PTH208
# (plain strings: this runs for every module)

from __future__ import annotations

import json
import os
import time
from typing import Any

from pybuild.cache import Cache, digest

_FORMAT = "memory 1"
_MOMENT = 50_000_000  # ns: coarser than any file system's clock that builds are made on


def _trusted(status: os.stat_result, now: int) -> list[int]:
    if now - max(status.st_mtime_ns, status.st_ctime_ns) < _MOMENT:
        return [0, 0, 0]
    return [status.st_mtime_ns, status.st_ctime_ns, status.st_size]


# ends of names that may matter to an answer; names without a dot may be packages
_ENDS = (".py", ".pyc", ".so", ".pyd", ".pth", ".dist-info", ".egg-info", ".egg-link")


def _names(folder: str) -> str:
    """Digest of the names in `folder` that may be modules or installed distributions."""
    try:
        names = [name for name in os.listdir(folder) if name.endswith(_ENDS) or ("." not in name and name != "__pycache__")]
        return digest(*sorted(names))
    except NotADirectoryError:  # an archive
        return _file(folder)
    except OSError:
        return ""


def _file(archive: str) -> str:
    """Digest of what tells that an archive is another one."""
    try:
        status = os.stat(archive)
    except OSError:
        return ""
    return digest(str(status.st_mtime_ns), str(status.st_ctime_ns), str(status.st_size))


def _read(cache: Cache, key: str) -> dict[str, Any]:
    """What `Memory.save` wrote, empty when there is nothing whole."""
    seal, _, text = (cache.get("memory", key) or b"").partition(b"\n")
    if not text or seal.decode("latin-1") != digest(text):
        return {}
    data: dict[str, Any] = json.loads(text)
    return data


class Memory:
    """The answers of earlier builds, looked up and filled in; `save` writes them when there is anything new."""

    def __init__(self, cache: Cache, *depends_on: str) -> None:
        self._cache = cache
        self._key = digest(_FORMAT, *depends_on)
        self._changed = False
        self._checked: dict[str, bool] = {}
        data = _read(cache, self._key)
        self._folders: dict[str, list[Any]] = data.get("folders", {})  # path → [mtime, digest of names]
        self._found: dict[str, list[Any]] = data.get("found", {})  # name → [answer, folders]
        self._files: dict[str, list[Any]] = data.get("files", {})  # path → [stamp, key, scan]
        self._answers: dict[str, list[Any]] = data.get("answers", {})  # question → [answer, folders]
        self._used: set[str] = set()

    def folder_unchanged(self, folder: str) -> bool:
        """Whether `folder` holds the names that it held when it was last looked at."""
        known = self._checked.get(folder)
        if known is None:
            known = self._checked[folder] = self._check(folder)
        return known

    def _all_unchanged(self, folders: list[str]) -> bool:
        """Whether all are unchanged; all are looked at, since the answer that replaces the old one depends on all."""
        unchanged = True
        for folder in folders:
            unchanged &= self.folder_unchanged(folder)
        return unchanged

    def _check(self, folder: str) -> bool:
        """Look at the folder once a build; from then on it counts as it is now."""
        now = time.time_ns()
        try:
            status = os.stat(folder)
            stamp = _trusted(status, now)[0]
        except OSError:
            stamp = -1
        old = self._folders.get(folder)
        if old is not None and stamp and old[0] == stamp:
            return True
        names = _names(folder) if stamp != -1 else ""
        self._folders[folder] = [stamp, names]
        same = old is not None and old[1] == names
        self._changed |= old is None or not same or old[0] != stamp
        return same

    def find(self, name: str) -> list[Any] | None:
        """`[answer]` to an earlier find of `name` that is still true, else None."""
        entry = self._found.get(name)
        if entry is None:
            return None
        if not self._all_unchanged(entry[1]):
            return None
        self._used.add(name)
        return entry[:1]

    def learn_find(self, name: str, answer: list[Any] | None, folders: list[str]) -> None:
        """Keep the `answer` to a find that came from `folders`."""
        for folder in folders:
            self.folder_unchanged(folder)
        self._found[name] = [answer, folders]
        self._used.add(name)
        self._changed = True

    def answer(self, question: str) -> Any:
        """The answer to an earlier question that is still true, else None."""
        entry = self._answers.get(question)
        if entry is None or not self._all_unchanged(entry[1]):
            return None
        self._used.add(question)
        return entry[0]

    def learn_answer(self, question: str, answer: Any, folders: list[str]) -> None:
        """Keep the `answer` to a question that depends on the names in `folders` alone."""
        for folder in folders:
            self.folder_unchanged(folder)
        self._answers[question] = [answer, folders]
        self._used.add(question)
        self._changed = True

    def scan(self, path: str) -> tuple[str, dict[str, Any]] | None:
        """Cache key and scan of the file, when it is as it was."""
        entry = self._files.get(path)
        if entry is None:
            return None
        try:
            status = os.stat(path)
        except OSError:
            return None
        if entry[0] != [status.st_mtime_ns, status.st_ctime_ns, status.st_size]:
            return None
        self._used.add(path)
        return entry[1], entry[2]

    def learn_scan(self, path: str, status: os.stat_result, key: str, scan: dict[str, Any]) -> None:
        """Keep the scan of a file whose `status` was taken before it was read."""
        self._files[path] = [_trusted(status, time.time_ns()), key, scan]
        self._used.add(path)
        self._changed = True

    def save(self) -> None:
        """Write what this build used, if anything is new.  A full disk only costs the next build time."""
        used = self._used
        if not self._changed and len(used) == len(self._found) + len(self._files) + len(self._answers):
            return
        found = {name: entry for name, entry in self._found.items() if name in used}
        answers = {name: entry for name, entry in self._answers.items() if name in used}
        needed = {folder for entry in (*found.values(), *answers.values()) for folder in entry[1]}
        data = {
            "folders": {folder: entry for folder, entry in self._folders.items() if folder in needed},
            "found": found,
            "files": {path: entry for path, entry in self._files.items() if path in used},
            "answers": answers,
        }
        text = json.dumps(data, separators=(",", ":")).encode()
        try:
            self._cache.put("memory", self._key, digest(text).encode() + b"\n" + text)
        except OSError:
            return
