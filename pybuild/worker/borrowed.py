"""Constants of other modules that decide about imports: `from ._compat import PY314`, then `if PY314:`.

Goes in: a module's imports, and the tests of its `if`s.  Comes out: which constant of which module a test asks for.  What that holds on
the target only the other module's scan tells; the graph puts the two together.
"""

from __future__ import annotations

import ast
import sys
from typing import Any

from .conditions import dotted

_STDLIB = sys.stdlib_module_names


class Borrowed:
    """The names of one module that are imported from others."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._names: dict[str, tuple[int, str, str]] = {}  # name → level, module, its name there
        self._modules: dict[str, str] = {}  # name → the module that it stands for
        self._own: set[str] | None = None

    def imported(self, node: ast.Import | ast.ImportFrom, where: str) -> None:
        """Take note of an import of the module itself, not of one in a function or class, nor from the standard library."""
        if where or (isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").partition(".")[0] in _STDLIB):
            return
        for alias in node.names:
            if isinstance(node, ast.ImportFrom):
                self._names[alias.asname or alias.name] = (node.level, node.module or "", alias.name)
            else:
                self._modules[alias.asname or alias.name] = alias.name

    def exported(self) -> dict[str, Any]:
        """Names in capitals, which may be asked for here in turn."""
        capitals = {name: list(origin) for name, origin in self._names.items() if name.isupper()}
        for name in self._assigned() if capitals else ():
            capitals.pop(name, None)
        return capitals

    def asked(self, test: ast.expr) -> tuple[list[Any] | None, list[Any] | None]:
        """Which constant must hold, or not hold, for `test` to hold, as `[level, module, name, whether]`; and for it not to hold."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            holds, fails = self.asked(test.operand)
            return fails, holds
        if isinstance(test, ast.BoolOp):
            parts = [self.asked(part) for part in test.values]
            if isinstance(test.op, ast.And):
                return next((holds for holds, _ in parts if holds), None), None
            return None, next((fails for _, fails in parts if fails), None)
        name = dotted(test)
        origin = self._origin(name)
        if origin is None or name.partition(".")[0] in self._rebound():
            return None, None
        return [*origin, True], [*origin, False]

    def _origin(self, name: str) -> tuple[int, str, str] | None:
        first, _, last = name.rpartition(".")
        if not first:
            return self._names.get(last)
        if first in self._modules:
            return 0, self._modules[first], last
        if first in self._names:
            level, module, inner = self._names[first]
            return level, f"{module}.{inner}" if module else inner, last
        return None

    def _assigned(self) -> set[str]:
        """Names that statements of the module's own level assign."""
        names: set[str] = set()
        for statement in self._tree.body:
            if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
                for target in statement.targets if isinstance(statement, ast.Assign) else [statement.target]:
                    names.update(node.id for node in ast.walk(target) if isinstance(node, ast.Name))
        return names

    def _rebound(self) -> set[str]:
        """Names that the module binds by other means than an import, anywhere in it."""
        if self._own is None:
            self._own = set()
            for node in ast.walk(self._tree):
                if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                    self._own.add(node.id)
                elif isinstance(node, ast.arg):
                    self._own.add(node.arg)
        return self._own
