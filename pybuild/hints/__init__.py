"""Records of what runs of a program did: made by `pybuild record`, merged, and read by the compiler.

    load_hints(files, python="", magic="") -> Hints
        the merged records; UserError when one is unreadable or of another Python
    merge_files(files, output) -> dict
        `pybuild record --merge`

    Hints
        .function(module, qualname, content_hash, line=0) -> FunctionRecord | None
        .digest(module, functions=None) -> str          # for cache keys
        .stale(functions) -> Diagnostic | None          # the warning about records of other sources
        .modules, .recorded(module), .imported

`module` is the name of the graph's node (`@hello.py` for a script); `content_hash` is `pybuild.worker.recorder_hash.content_hash` of the
code object, which only the target interpreter can tell.
"""

from __future__ import annotations

from pybuild.hints.model import FunctionRecord, Hints, LoopRecord, SiteRecord, TypeCounts
from pybuild.hints.reading import load_hints, merge_files

__all__ = ["FunctionRecord", "Hints", "LoopRecord", "SiteRecord", "TypeCounts", "load_hints", "merge_files"]
