"""What an `if` on the platform, the version, TYPE_CHECKING or `__name__` comes to on the target, as far as its text shows.

Goes in: the test's AST and what the module's own names are known to hold.  Comes out: a `Verdict`.  The worker runs in the
Python that is built for, so its own `sys.platform`, `sys.version_info`, ... are the target's.
"""

from __future__ import annotations

import ast
import operator
import os
import sys
from collections.abc import Callable
from typing import Any, NamedTuple


class Verdict(NamedTuple):
    """`holds` is None when only the running program can tell; `why` is "target", "type-checking", "main" or "" (a plain constant)."""

    holds: bool | None
    why: str = ""


UNDECIDED = Verdict(None)


class _Unknown:
    """The value of an expression that the text does not show."""


UNKNOWN = _Unknown()

_UNAME = os.uname() if hasattr(os, "uname") else None
_SYSTEM = _UNAME.sysname if _UNAME else "Windows"

# what dotted names of the standard library hold on the target
_TARGET: dict[str, Any] = {
    "sys.platform": sys.platform,
    "sys.version_info": tuple(sys.version_info),
    "sys.version_info.major": sys.version_info[0],
    "sys.version_info.minor": sys.version_info[1],
    "sys.version_info.micro": sys.version_info[2],
    "sys.hexversion": sys.hexversion,
    "sys.maxsize": sys.maxsize,
    "sys.byteorder": sys.byteorder,
    "sys.implementation.name": sys.implementation.name,
    "sys.builtin_module_names": sys.builtin_module_names,
    "os.name": os.name,
    "six.PY2": False,
    "six.PY3": True,
}
_CALLS: dict[str, Any] = {
    "platform.system": _SYSTEM,
    "platform.python_implementation": "CPython",
    "platform.machine": _UNAME.machine if _UNAME else UNKNOWN,
}
# `from MODULE import NAME`: NAME then stands for MODULE.NAME
IMPORTABLE = {("sys", "platform"), ("sys", "version_info"), ("sys", "maxsize"), ("sys", "byteorder"), ("sys", "hexversion"), ("os", "name")}
IMPORTABLE_CALLS = {("platform", "system"), ("platform", "python_implementation"), ("platform", "machine")}

_COMPARE: dict[type, Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.eq,
    ast.IsNot: operator.ne,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
_METHODS = {"startswith", "endswith", "lower", "upper"}
_PLAIN = (str, int, float, bool, tuple, type(None))


def dotted(node: ast.expr) -> str:
    """`a.b.c` of a chain of attributes on a name, "" for anything else; `_sys` and `_os` count as `sys` and `os`."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    name = node.id
    parts.append(name[1:] if name in ("_sys", "_os", "_platform") else name)
    return ".".join(reversed(parts))


class Conditions:
    """Evaluates tests; `names` maps the module's own names to values, `calls` names of imported functions to what they return."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {}
        self.calls: dict[str, Any] = {}

    def verdict(self, test: ast.expr) -> Verdict:
        """What `test` comes to."""
        if isinstance(test, ast.BoolOp):
            return self._combine(test)
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            inner = self.verdict(test.operand)
            return UNDECIDED if inner.holds is None or inner.why == "main" else Verdict(not inner.holds, inner.why)
        if isinstance(test, ast.Name | ast.Attribute):
            name = test.id if isinstance(test, ast.Name) else test.attr
            if name in ("TYPE_CHECKING", "MYPY"):
                return Verdict(False, "type-checking")
        if _is_main(test):
            return Verdict(False, "main")
        value = self.value(test)
        if value is UNKNOWN:
            return UNDECIDED
        return Verdict(bool(value), "" if isinstance(test, ast.Constant) else "target")

    def _combine(self, test: ast.BoolOp) -> Verdict:
        verdicts = [self.verdict(part) for part in test.values]
        decisive = isinstance(test.op, ast.Or)  # one such operand decides
        for verdict in verdicts:
            if verdict.holds is decisive:
                return verdict
        if any(verdict.holds is None for verdict in verdicts):
            return UNDECIDED
        return verdicts[0]

    def value(self, node: ast.expr) -> Any:
        """The value of `node` on the target, or UNKNOWN."""
        try:
            return self._value(node)
        except (TypeError, ValueError, IndexError, KeyError, AttributeError):
            return UNKNOWN

    def _value(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, _PLAIN) else UNKNOWN
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            items = [self._value(item) for item in node.elts]
            return UNKNOWN if UNKNOWN in items else tuple(items)
        if isinstance(node, ast.Name):
            return self.names.get(node.id, UNKNOWN)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Subscript):
            return self._subscript(node)
        if isinstance(node, ast.Compare):
            return self._compare(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.BoolOp) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)):
            verdict = self.verdict(node)
            return UNKNOWN if verdict.holds is None or verdict.why in ("main", "type-checking") else verdict.holds
        return UNKNOWN

    def _attribute(self, node: ast.Attribute) -> Any:
        if isinstance(node.value, ast.Name) and node.attr in ("major", "minor", "micro"):
            version = self.names.get(node.value.id, UNKNOWN)
            if isinstance(version, tuple):
                return version[("major", "minor", "micro").index(node.attr)]
        return _TARGET.get(dotted(node), UNKNOWN)

    def _subscript(self, node: ast.Subscript) -> Any:
        value = self._value(node.value)
        if value is UNKNOWN:
            return UNKNOWN
        if isinstance(node.slice, ast.Slice):
            bounds = [None if part is None else self._value(part) for part in (node.slice.lower, node.slice.upper, node.slice.step)]
            return UNKNOWN if UNKNOWN in bounds else value[slice(*bounds)]
        index = self._value(node.slice)
        return UNKNOWN if index is UNKNOWN else value[index]

    def _compare(self, node: ast.Compare) -> Any:
        left = self._value(node.left)
        for op, right_node in zip(node.ops, node.comparators, strict=True):
            right = self._value(right_node)
            if left is UNKNOWN or right is UNKNOWN:
                return UNKNOWN
            if not _COMPARE[type(op)](left, right):
                return False
            left = right
        return True

    def _call(self, node: ast.Call) -> Any:
        if node.keywords:
            return UNKNOWN
        if isinstance(node.func, ast.Name) and node.func.id == "hasattr":
            return _hasattr(node)
        name = dotted(node.func)
        if not node.args and (name in _CALLS or name in self.calls):
            return self.calls.get(name, _CALLS.get(name, UNKNOWN))
        if isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS:
            value = self._value(node.func.value)
            arguments = [self._value(argument) for argument in node.args]
            if isinstance(value, str) and UNKNOWN not in arguments:
                return getattr(value, node.func.attr)(*arguments)
        return UNKNOWN


def imported(module: str, name: str) -> tuple[Any, Any]:
    """What `from module import name` binds: (a value or UNKNOWN, what a call of it returns or UNKNOWN)."""
    if (module, name) in IMPORTABLE:
        return _TARGET[f"{module}.{name}"], UNKNOWN
    if (module, name) in IMPORTABLE_CALLS:
        return UNKNOWN, _CALLS[f"{module}.{name}"]
    return UNKNOWN, UNKNOWN


def _is_main(test: ast.expr) -> bool:
    """Whether `test` is `__name__ == "__main__"`, either way round."""
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq)):
        return False
    sides = (test.left, test.comparators[0])
    names = [side.id for side in sides if isinstance(side, ast.Name)]
    texts = [side.value for side in sides if isinstance(side, ast.Constant)]
    return names == ["__name__"] and texts == ["__main__"]


def _hasattr(node: ast.Call) -> Any:
    """`hasattr(os, "fork")`; of `sys` only names that no program sets itself."""
    if len(node.args) != 2 or not isinstance(node.args[1], ast.Constant):
        return UNKNOWN
    module, name = dotted(node.args[0]), str(node.args[1].value)
    if module == "os":
        return hasattr(os, name)
    if module == "sys" and name in ("pypy_version_info", "pypy_translation_info", "getwindowsversion", "winver", "getandroidapilevel"):
        return hasattr(sys, name)
    return UNKNOWN
