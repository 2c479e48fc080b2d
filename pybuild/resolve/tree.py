"""Reading file trees for data files: whole folders and globs, sorted, never out of their boundary.

Goes in: a folder, or a folder and a glob below it.  Comes out: the files, each with its path below that folder, in the order of their
paths, and which folders were listed (a later build must find them unchanged).  It stands alone so that what a pattern means is the
same on every system and for every table of the manifest: `/` separates, `*`, `?` and `[...]` stay within a name, `**` crosses folders,
letters' case counts, a wildcard does not match a leading dot, and only files match.

Links are followed, and what they lead to is taken; a link that leads out of the boundary or back into itself is an error.
"""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

NOT_DATA = frozenset({"__pycache__", ".git", ".hg", ".svn"})  # folders that are never taken unless a pattern spells them out
_MAGIC = re.compile(r"[*?\[]")


class TreeError(Exception):
    """Something in the tree cannot be taken; the text says what, without a place in the manifest."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file: where it is, and its POSIX path below the folder that was asked for."""

    path: Path
    below: str


def is_glob(text: str) -> bool:
    """Whether `text` has a wildcard."""
    return bool(_MAGIC.search(text))


def split_glob(pattern: str) -> tuple[str, tuple[str, ...]]:
    """The literal folder that `pattern` begins with (may be empty), and the rest by component.

    Raises TreeError for `**` beside other characters, where tools differ in what it means, and for `..` behind a wildcard.
    """
    parts = [part for part in pattern.split("/") if part not in ("", ".")]
    for part in parts:
        if "**" in part and part != "**":
            raise TreeError(f"'**' must stand alone between slashes, not as in {part!r}")
    # the last component is never part of the base: a glob of a literal name and nothing else is a path, not a glob
    first = next((i for i, part in enumerate(parts) if is_glob(part)), max(len(parts) - 1, 0))
    if ".." in parts[first:]:
        raise TreeError("'..' cannot follow a wildcard")
    base = "/".join(parts[:first])
    if pattern.startswith("/"):
        base = "/" + base
    return base, tuple(parts[first:])


@lru_cache(maxsize=256)
def _matcher(component: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(component))


def _matches(component: str, name: str) -> bool:
    if name.startswith(".") and not component.startswith("."):
        return False
    return name not in NOT_DATA and _matcher(component).match(name) is not None


def leaves_out(pattern: str, below: str) -> bool:
    """Whether `pattern` stands for the path `below`, or for a folder that it lies in; hidden files are like all others here."""
    parts, names = [part for part in pattern.split("/") if part not in ("", ".")], below.split("/")

    def matches(i: int, j: int) -> bool:
        if i == len(parts):
            return j > 0
        if parts[i] == "**":
            return (i + 1 == len(parts) and j < len(names)) or any(matches(i + 1, k) for k in range(j, len(names)))
        return j < len(names) and _matcher(parts[i]).match(names[j]) is not None and matches(i + 1, j + 1)

    return matches(0, 0)


class Tree:
    """Lists folders, each once.

    `boundary` is the real folder that nothing may lead out of (None: no boundary); `leave_out` are real folders that are passed over
    (the output folder, which may lie inside a data folder).
    """

    def __init__(self, boundary: Path | None, leave_out: frozenset[str] = frozenset()) -> None:
        self.boundary = boundary
        self.leave_out = leave_out
        self.listed: dict[Path, tuple[os.DirEntry[str], ...]] = {}

    def folder(self, base: Path) -> list[Found]:
        """Every file below `base`, hidden ones included.  Raises TreeError."""
        return sorted(self._walk(base, "", ()), key=lambda found: found.below.split("/"))

    def glob(self, base: Path, components: tuple[str, ...]) -> list[Found]:
        """The files below `base` that `components` match.  Raises TreeError."""
        if components and components[-1] == "**":
            components += ("*",)
        found = {item.below: item for item in self._expand(base, "", components, ())}
        return sorted(found.values(), key=lambda item: item.below.split("/"))

    def check(self, path: Path) -> None:
        """Raise TreeError if `path`, with its links resolved, lies outside the boundary."""
        if self.boundary is None:
            return
        real = Path(os.path.realpath(path))
        if real != self.boundary and not real.is_relative_to(self.boundary):
            raise TreeError(f"{str(path)!r} leads out of the project, to {str(real)!r}")

    def _list(self, folder: Path, ancestors: tuple[str, ...]) -> tuple[tuple[os.DirEntry[str], ...], tuple[str, ...]]:
        real = os.path.realpath(folder)
        if real in ancestors:
            raise TreeError(f"{str(folder)!r} is a link that leads back to a folder it lies in")
        if folder not in self.listed:
            self.check(folder)
            try:
                with os.scandir(folder) as entries:
                    self.listed[folder] = tuple(sorted(entries, key=lambda entry: entry.name))
            except OSError as error:
                raise TreeError(f"the folder {str(folder)!r} cannot be read: {error.strerror}") from error
        return self.listed[folder], (*ancestors, real)

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        """Whether `entry` is a folder to enter; False for a file.  Raises TreeError for anything else."""
        if entry.is_dir():
            return os.path.realpath(entry.path) not in self.leave_out
        if entry.is_symlink():
            self.check(Path(entry.path))
            if not entry.is_file():
                raise TreeError(f"{entry.path!r} is a link that leads nowhere")
        elif not entry.is_file():
            raise TreeError(f"{entry.path!r} is neither a file nor a folder")
        return False

    def _walk(self, folder: Path, below: str, ancestors: tuple[str, ...]) -> Iterator[Found]:
        entries, ancestors = self._list(folder, ancestors)
        for entry in entries:
            if entry.name in NOT_DATA:
                continue
            inner = below + entry.name
            if self._is_folder(entry):
                yield from self._walk(folder / entry.name, inner + "/", ancestors)
            elif not entry.is_dir():
                yield Found(folder / entry.name, inner)

    def _expand(self, folder: Path, below: str, components: tuple[str, ...], ancestors: tuple[str, ...]) -> Iterator[Found]:
        head, rest = components[0], components[1:]
        if head == "**":
            yield from self._expand(folder, below, rest, ancestors)
            entries, inside = self._list(folder, ancestors)
            for entry in entries:
                if _matches("*", entry.name) and entry.is_dir() and self._is_folder(entry):
                    yield from self._expand(folder / entry.name, f"{below}{entry.name}/", components, inside)
        elif is_glob(head):
            entries, inside = self._list(folder, ancestors)
            for entry in entries:
                if not _matches(head, entry.name):
                    continue
                is_folder = self._is_folder(entry)
                if rest and is_folder:
                    yield from self._expand(folder / entry.name, f"{below}{entry.name}/", rest, inside)
                elif not rest and not entry.is_dir():
                    yield Found(folder / entry.name, below + entry.name)
        else:
            path = folder / head
            if not rest and path.is_file():
                self.check(path)
                yield Found(path, below + head)
            elif rest and path.is_dir():
                _, inside = self._list(folder, ancestors)
                yield from self._expand(path, f"{below}{head}/", rest, inside)
