"""Operations `distributions`: which installed distribution owns a file, and where its metadata lies; and `entry_points`: the
plug-ins of all of them.

Goes in: files of modules, for the program's own also their places below the program's folder (`own`, "" for others), and names
of distributions that are asked for by name.  Comes out: for every file the index of its
distribution or -1, for every name likewise, and the distributions found: name, version, metadata files.

A distribution owns what its RECORD (wheel) or installed-files.txt (egg-info) lists; an editable install owns what lies below
the folder its direct_url.json names.  A file of a source folder that none of these has belongs to the distribution that has installed
such a file: it is built from these sources.
"""

# ruff: noqa: PTH113, PTH118, PTH119, PTH120
# (plain strings: this runs for every module)

from __future__ import annotations

import json
import os
import re
import urllib.parse
from importlib.metadata import Distribution, PathDistribution
from importlib.metadata import distributions as installed
from typing import Any

# paths of the machine it was installed on; of no use to a program that is moved elsewhere
_LEFT_OUT = {"direct_url.json", "installed-files.txt", "SOURCES.txt", "zip-safe", "not-zip-safe"}


_MODULE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


class _Installed:
    """One distribution: what it owns and its metadata files."""

    def __init__(self, distribution: Distribution) -> None:
        self.name: str = distribution.metadata["Name"] or ""
        self.version: str = distribution.version or ""
        path = getattr(distribution, "_path", None)
        self.folder = str(path) if isinstance(distribution, PathDistribution) and path is not None else ""
        self.base = os.path.dirname(self.folder)
        listed = _record(distribution)
        self.owned = {line for line in listed if not line.startswith("..")}
        self.tops = {line.partition("/")[0] for line in self.owned}
        self.editable = _editable(distribution)

    def metadata_files(self) -> dict[str, str]:
        """File name → path of what importlib.metadata may be asked for."""
        if os.path.isfile(self.folder):
            return {"PKG-INFO": self.folder}
        try:
            entries = sorted(os.scandir(self.folder), key=lambda entry: entry.name)
        except OSError:
            return {}
        return {entry.name: entry.path for entry in entries if entry.is_file() and entry.name not in _LEFT_OUT}


def distributions(header: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
    """Owners of `header["files"]` and the distributions called `header["names"]`."""
    everything = _all()
    by_name = {_normalized(item.name): number for number, item in reversed(list(enumerate(everything)))}
    by_top: dict[tuple[str, str], list[int]] = {}
    for number, item in enumerate(everything):
        for top in item.tops:
            by_top.setdefault((item.base, top), []).append(number)
    owners = [_owner(file, own, everything, by_top) for file, own in zip(header["files"], header["own"], strict=True)]
    named = [by_name.get(_normalized(name), -1) for name in header["names"]]
    wanted = sorted({number for number in (*owners, *named) if number >= 0})
    place = {number: position for position, number in enumerate(wanted)}
    return {
        "owners": [place.get(number, -1) for number in owners],
        "named": [place.get(number, -1) for number in named],
        "found": [[everything[n].name, everything[n].version, everything[n].metadata_files()] for n in wanted],
    }


def entry_points(header: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
    """Of every group that is not of scripts: `[name, module, distribution]` of each entry point."""
    groups: dict[str, list[list[str]]] = {}
    seen: set[str] = set()
    for distribution in installed():
        try:
            name: str = distribution.metadata["Name"] or ""
            points = list(distribution.entry_points)
        except Exception:  # a damaged installation, as in `_all`
            continue
        if not name or _normalized(name) in seen:
            continue
        seen.add(_normalized(name))
        for point in points:
            module = point.value.partition(":")[0].partition("[")[0].strip()
            if point.group not in ("console_scripts", "gui_scripts") and _MODULE.fullmatch(module):
                groups.setdefault(point.group, []).append([point.name, module, name])
    return {"groups": {group: sorted(groups[group]) for group in sorted(groups)}}


def _all() -> list[_Installed]:
    """Every installed distribution once: the first on `sys.path` hides later ones of its name."""
    seen: set[str] = set()
    result = []
    for distribution in installed():
        try:
            item = _Installed(distribution)
        except Exception:  # a damaged installation of something must not break the build of something else
            continue
        if item.name and _normalized(item.name) not in seen:
            seen.add(_normalized(item.name))
            result.append(item)
    return result


def _owner(file: str, own: str, everything: list[_Installed], by_top: dict[tuple[str, str], list[int]]) -> int:
    folder = file
    while (parent := os.path.dirname(folder)) != folder:
        candidates = by_top.get((parent, os.path.basename(folder)))
        if candidates:
            relative = os.path.relpath(file, parent).replace(os.sep, "/")
            exact = [number for number in candidates if relative in everything[number].owned]
            return (exact or candidates)[0]
        folder = parent
    best, depth = -1, 0
    for number, item in enumerate(everything):
        if item.editable and file.startswith(item.editable + os.sep) and len(item.editable) > depth:
            best, depth = number, len(item.editable)
    if best < 0 and own:
        return next((number for number, item in enumerate(everything) if own in item.owned), -1)
    return best


def _record(distribution: Distribution) -> list[str]:
    """Paths that the distribution lists, relative to its site-packages folder."""
    text = distribution.read_text("RECORD")
    if text:
        return [line.rpartition(",")[0].rpartition(",")[0].strip('"') for line in text.splitlines()]
    folder = os.path.basename(str(getattr(distribution, "_path", "")))
    text = distribution.read_text("installed-files.txt")
    if text:
        return [os.path.normpath(os.path.join(folder, line)) for line in text.splitlines()]
    return [*(distribution.read_text("SOURCES.txt") or "").splitlines(), *(distribution.read_text("top_level.txt") or "").split()]


def _editable(distribution: Distribution) -> str:
    """The project folder of an editable install, "" for others."""
    try:
        data = json.loads(distribution.read_text("direct_url.json") or "{}")
    except ValueError:
        return ""
    url = data.get("url", "")
    if not data.get("dir_info", {}).get("editable") or not url.startswith("file://"):
        return ""
    return os.path.realpath(urllib.parse.unquote(urllib.parse.urlsplit(url).path))


def _normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
