"""Operation `names`: which names a module's own level binds, to tell whether an entry point's function is there before the program runs.

Goes in: a source file's path.  Comes out: the names, and `open` when the text does not show them all (a star import,
`globals()`, a module `__getattr__`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Any

_OPEN = re.compile(rb"\bglobals\s*\(|\bvars\s*\(|\bexec\s*\(|\bsetattr\s*\(|sys\s*\.\s*modules|\bglobal\s+\w")


def names(header: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
    """Names bound by the module at `header["path"]`; one that cannot be read or parsed is open."""
    try:
        with open(header["path"], "rb") as stream:  # noqa: PTH123
            source = stream.read()
        bound = set(_bound(ast.parse(source).body))
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return {"names": [], "open": True}
    return {"names": sorted(bound), "open": bool("*" in bound or "__getattr__" in bound or _OPEN.search(source))}


def _bound(body: Iterable[ast.stmt]) -> Iterator[str]:
    """Names that statements bind at their own level, `*` for a star import."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or (alias.name.partition(".")[0] if isinstance(node, ast.Import) else alias.name)
            continue
        for child in ast.iter_child_nodes(node):
            yield from _stored(child)
        for field in ("body", "orelse", "finalbody"):
            yield from _bound(getattr(node, field, ()))
        for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            yield from _bound(part.body)


def _stored(node: ast.AST) -> Iterator[str]:
    """Names that an expression, a target or a pattern stores."""
    if isinstance(node, ast.stmt | ast.Lambda):
        return
    for child in ast.walk(node):
        if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
            yield child.id
        elif isinstance(child, ast.MatchAs | ast.MatchStar) and child.name:
            yield child.name
