"""Records for the tests: documents with what a test does not speak of filled in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pybuild.worker.recorder_document import render

HASH = "0123456789abcdef0123456789abcdef"
MAGIC = "a70d0d0a"


def function(qualname: str = "f", *, module: str = "acme", line: int = 1, hash: str = HASH, calls: int = 1, **more: Any) -> dict[str, Any]:
    """An entry of `functions`."""
    numbers = {"calls": calls, "resumptions": 0, "watched": 1, "ticks": 0}
    return {"module": module, "qualname": qualname, "line": line, "hash": hash, "first-party": True, **numbers, **more}


def document(*functions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A record of one run."""
    run = {"target": "x.py", "calls": 1, "ticks": 0}
    base = {"format": 1, "python": "3.11.7", "magic": MAGIC, "runs": [run], "modules": {}, "functions": list(functions)}
    return {**base, **more}


def write(path: Path, *functions: dict[str, Any], **more: Any) -> Path:
    """The file of a record."""
    path.write_text(render(document(*functions, **more)), encoding="utf-8")
    return path
