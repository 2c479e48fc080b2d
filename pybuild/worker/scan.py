"""Import scan of a source: every import statement with its line and the conditions it stands under.

Goes in: a source's bytes.  Comes out: a dictionary of plain lists that goes into the cache and to the parent as JSON:

    imports     records, see `flags.py`
    all         names of a constant `__all__` (for `from package import *`)
    codecs      canonical names of codecs with extension modules behind them that a constant names
    any_codec   a codec is chosen by something that is not a constant
    metadata    distributions whose metadata is asked for by a constant name
    builtins    `help`, `breakpoint` where they are called
    computed    lines of `__import__` and the like with a name that is not a constant
    constants   names that hold what a condition on the target comes to, true or false, or another module's constant: [level, module, name]

Only statements are walked; expressions are looked at only in sources whose text shows that there may be something to find.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from . import expressions, flags
from .borrowed import Borrowed
from .commands import Commands, may_start_python
from .conditions import UNKNOWN, Conditions, dotted, imported

# what a function's body keeps
_FAR = flags.IN_FUNCTION | flags.TYPE_CHECKING | flags.UNREACHABLE | flags.MAIN_ONLY | flags.CONDITIONAL | flags.BRANCH
_CATCHING = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_CATCHING_SYNTAX = frozenset({"SyntaxError", "Exception", "BaseException"})
_ENDS = ast.Return | ast.Raise | ast.Continue | ast.Break


def scan_source(source: bytes, filename: str) -> dict[str, Any]:
    """The scan of `source`, which is known to compile.  Raises RecursionError or MemoryError where it is too deep for `ast`."""
    commands = may_start_python(source)
    triggers = commands or expressions.triggers(source)
    if b"import" not in source and b"[" not in source and not triggers:
        return {"imports": []}
    scanner = _Scanner(ast.parse(source, filename), triggers, commands)
    scanner.walk()
    result: dict[str, Any] = {"imports": scanner.imports}
    if scanner.all_names:
        result["all"] = scanner.all_names
    if constants := scanner.borrowed.exported() | scanner.constants:
        result["constants"] = constants
    result.update(scanner.found.result())
    return result


class _Scanner:
    """Walks the statements of one module; `imports` is what it finds."""

    def __init__(self, tree: ast.Module, triggers: bool, commands: bool) -> None:
        self.tree = tree
        self.imports: list[list[Any]] = []
        self.all_names: list[str] = []
        self.conditions = Conditions()
        self.found = expressions.Found(self.imports, Commands() if commands else None)
        self.look_inside = triggers
        self.tries = 0
        self.constants: dict[str, Any] = {}
        self.borrowed = Borrowed(tree)
        self.deciding: list[Any] | None = None  # another module's constant on which hangs what is walked

    def walk(self) -> None:
        """Walk the module, then the programs that it starts as `python -c TEXT`."""
        self.block(self.tree.body, 0, "", 0)
        for text, (line, state, where) in self.found.programs.items():
            try:
                inner = _Scanner(ast.parse(text), triggers=True, commands=True)
                inner.walk()
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue  # it does not run either
            for _, inner_state, level, module, names, *_ in inner.imports:
                self._record(line, state | (inner_state & ~flags.MAIN_ONLY), level, module, names, where, 0)
            self.found.merge(inner.found)

    def block(self, body: list[ast.stmt], state: int, where: str, attempt: int) -> bool:
        """Walk `body`; true when the target never gets past its end.

        `attempt` is the number of the try that guards it (negative: its handler).
        """
        ended = False
        for node in body:
            if getattr(node, "type_params", None):  # class A[T]: the interpreter itself imports typing
                self._record(node.lineno, state, 0, "typing", None, where, attempt)
            if self.look_inside:
                self.found.look(node, state, where, attempt)
            method = _WALK.get(type(node))
            if method(self, node, state, where, attempt) if method is not None else isinstance(node, _ENDS):
                ended = True
                state |= flags.UNREACHABLE
        return ended

    def _record(self, line: int, state: int, level: int, module: str, names: list[str] | None, where: str, attempt: int) -> None:
        record: list[Any] = [line, state, level, module, names, where]
        if attempt or self.deciding:
            record.append(attempt)
        if self.deciding:
            record.append(self.deciding)
        self.imports.append(record)

    def import_(self, node: ast.Import, state: int, where: str, attempt: int) -> bool:
        for alias in node.names:
            self._record(node.lineno, state, 0, alias.name, None, where, attempt)
        self.borrowed.imported(node, where)
        return False

    def import_from(self, node: ast.ImportFrom, state: int, where: str, attempt: int) -> bool:
        module = node.module or ""
        self._record(node.lineno, state, node.level, module, [alias.name for alias in node.names], where, attempt)
        self.borrowed.imported(node, where)
        if node.level == 0 and module in ("sys", "os", "platform"):
            for alias in node.names:
                value, result = imported(module, alias.name)
                if value is not UNKNOWN:
                    self.conditions.names[alias.asname or alias.name] = value
                if result is not UNKNOWN:
                    self.conditions.calls[alias.asname or alias.name] = result
        return False

    def if_(self, node: ast.If, state: int, where: str, attempt: int) -> bool:
        verdict = self.conditions.verdict(node.test)
        known = flags.CONDITIONAL if verdict.why == "target" else 0
        if verdict.holds is True:
            ended = self.block(node.body, state | known, where, attempt)
            self.block(node.orelse, state | flags.UNREACHABLE, where, attempt)
            return ended
        if verdict.holds is False:
            dead = {"type-checking": flags.TYPE_CHECKING, "main": flags.MAIN_ONLY}.get(verdict.why, flags.UNREACHABLE)
            self.block(node.body, state | dead, where, attempt)
            return self.block(node.orelse, state | known, where, attempt) and verdict.why != "main"
        outer, state = self.deciding, state | flags.BRANCH
        holds, fails = self.borrowed.asked(node.test)
        self.deciding = holds or outer
        ended = self.block(node.body, state, where, attempt)
        self.deciding = fails or outer
        ended = self.block(node.orelse, state, where, attempt) and ended
        self.deciding = outer
        return ended

    def try_(self, node: ast.Try | ast.TryStar, state: int, where: str, attempt: int) -> bool:
        catching = [handler for handler in node.handlers if _catches(handler.type)]
        inside = state | _caught(handler.type for handler in node.handlers)
        if catching:
            self.tries += 1
            number = self.tries
            self.block(node.body, inside | flags.OPTIONAL, where, number)
        else:
            self.block(node.body, inside, where, attempt)
        for handler in node.handlers:
            if handler in catching:
                guarded = attempt > 0  # by a try around this one
                self.block(handler.body, state | flags.FALLBACK, where, attempt if guarded else -number)
            else:
                self.block(handler.body, state, where, attempt)
        self.block(node.orelse, state, where, attempt)
        return self.block(node.finalbody, state, where, attempt)

    def with_(self, node: ast.With | ast.AsyncWith, state: int, where: str, attempt: int) -> bool:
        suppresses = False
        for item in node.items:
            call = item.context_expr
            if isinstance(call, ast.Call) and dotted(call.func).split(".")[-1] == "suppress":
                suppresses = True
                state |= _caught(call.args)
                if any(_catches(type_) for type_ in call.args):
                    self.tries += 1
                    state, attempt = state | flags.OPTIONAL, self.tries
        return self.block(node.body, state, where, attempt) and not suppresses

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, state: int, where: str, attempt: int) -> bool:
        inner = f"{where}.{node.name}" if where else node.name
        self.block(node.body, state & _FAR | flags.IN_FUNCTION, inner, 0)
        return False

    def class_(self, node: ast.ClassDef, state: int, where: str, attempt: int) -> bool:
        inner = f"{where}.{node.name}" if where else node.name
        self.block(node.body, state, inner, attempt)
        return False

    def loop(self, node: ast.For | ast.AsyncFor | ast.While, state: int, where: str, attempt: int) -> bool:
        self.block(node.body, state, where, attempt)
        self.block(node.orelse, state, where, attempt)
        return False

    def match(self, node: ast.Match, state: int, where: str, attempt: int) -> bool:
        for case in node.cases:
            self.block(case.body, state | flags.BRANCH, where, attempt)
        return False

    def assign(self, node: ast.Assign, state: int, where: str, attempt: int) -> bool:
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Name) and not where:
            self._bind(node.targets[0].id, node.value, state)
        return False

    def ann_assign(self, node: ast.AnnAssign, state: int, where: str, attempt: int) -> bool:
        if isinstance(node.target, ast.Name) and node.value is not None and not where:
            self._bind(node.target.id, node.value, state)
        return False

    def aug_assign(self, node: ast.AugAssign, state: int, where: str, attempt: int) -> bool:
        if isinstance(node.target, ast.Name) and node.target.id == "__all__" and not where:
            self._bind("__all__", node.value, state)
        return False

    def assert_(self, node: ast.Assert, state: int, where: str, attempt: int) -> bool:
        verdict = self.conditions.verdict(node.test)
        return verdict.holds is False and verdict.why == "target"

    def expression(self, node: ast.Expr, state: int, where: str, attempt: int) -> bool:
        call = node.value
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            return False
        name = dotted(call.func)
        if name in ("__all__.extend", "__all__.append") and call.args and not where:
            value = call.args[0]
            self._bind("__all__", value if name.endswith("extend") else ast.List([value]), state)
        return name in ("sys.exit", "os._exit")

    def _bind(self, name: str, value: ast.expr, state: int) -> None:
        """A module-level `name = value`: part of `__all__`, or a condition's constant if nothing else in the module binds the name."""
        if name == "__all__":
            names = self.conditions.value(value)
            if isinstance(names, tuple):
                self.all_names.extend(item for item in names if isinstance(item, str))
            return
        if isinstance(value, ast.Constant) or state & (flags.UNREACHABLE | flags.TYPE_CHECKING):
            return
        known = self.conditions.value(value)
        if known is not UNKNOWN and isinstance(known, bool | str) and self._bound_once(name):
            self.conditions.names[name] = known
            if isinstance(known, bool):
                self.constants[name] = known

    def _bound_once(self, name: str) -> bool:
        count = 0
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load):
                count += 1
            elif isinstance(node, ast.Global) and name in node.names:
                return False
        return count == 1


def _catches(type_: ast.expr | None, names: frozenset[str] = _CATCHING) -> bool:
    """Whether a handler for `type_` catches a failed import, or another exception by the `names` of its classes."""
    if type_ is None:
        return True
    if isinstance(type_, ast.Tuple):
        return any(_catches(item, names) for item in type_.elts)
    return dotted(type_).split(".")[-1] in names


def _caught(types: Iterable[ast.expr | None]) -> int:
    """The flag of what handlers for `types` guard, when one of them catches a SyntaxError."""
    return flags.CAUGHT if any(_catches(type_, _CATCHING_SYNTAX) for type_ in types) else 0


_WALK: dict[type[ast.stmt], Any] = {
    ast.Import: _Scanner.import_,
    ast.ImportFrom: _Scanner.import_from,
    ast.If: _Scanner.if_,
    ast.Try: _Scanner.try_,
    ast.TryStar: _Scanner.try_,
    ast.With: _Scanner.with_,
    ast.AsyncWith: _Scanner.with_,
    ast.FunctionDef: _Scanner.function,
    ast.AsyncFunctionDef: _Scanner.function,
    ast.ClassDef: _Scanner.class_,
    ast.For: _Scanner.loop,
    ast.AsyncFor: _Scanner.loop,
    ast.While: _Scanner.loop,
    ast.Match: _Scanner.match,
    ast.Assign: _Scanner.assign,
    ast.AnnAssign: _Scanner.ann_assign,
    ast.AugAssign: _Scanner.aug_assign,
    ast.Assert: _Scanner.assert_,
    ast.Expr: _Scanner.expression,
}
