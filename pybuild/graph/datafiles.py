"""Data files and libraries that package knowledge names, as files with targets.

Goes in: a node and glob patterns relative to its folder.  Comes out: `GraphData`, and the folders that were listed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pybuild.graph.model import GraphData
from pybuild.graph.nodes import Node


def data_files(node: Node, patterns: tuple[str, ...], library: bool, reason: str) -> Iterator[tuple[GraphData, list[str]]]:
    """What `patterns` match in the folder of `node`.  Raises ValueError for a pattern that leaves the search path entry."""
    home = PurePosixPath(node.name.replace(".", "/")) if node.is_package else PurePosixPath(node.name.replace(".", "/")).parent
    folders = [Path(folder) for folder in node.found.locations] if node.found.locations else [Path(node.found.origin).parent]
    for pattern in patterns:
        ups = 0
        while pattern.startswith("../"):
            pattern, ups = pattern[3:], ups + 1
        if ups > len(home.parts) or ".." in PurePosixPath(pattern).parts:
            raise ValueError(f"knowledge of {node.name}: {pattern!r} leaves the folder that {node.name} is searched in")
        target_home = PurePosixPath(*home.parts[: len(home.parts) - ups])
        for folder in folders:
            base = Path(*folder.parts[: len(folder.parts) - ups])
            for file in sorted(base.glob(pattern + "/*" if pattern.endswith("**") else pattern)):
                if file.is_file() and "__pycache__" not in file.parts:
                    target = target_home / file.relative_to(base).as_posix()
                    yield GraphData(file, str(target), reason, library), [os.fspath(base), os.fspath(file.parent)]
