"""Command lines by which a source starts its own Python: what `-m` names and what the text behind `-c` imports.

Goes in: the expressions of a source, in the order of its statements.  Comes out: records of modules that are run, and texts that are
to be scanned like a source.  A command line is a list, a tuple, the arguments of a call, or a string with `sys.executable` in it, as
far as it is written out; names that hold `sys.executable`, lists that begin with it, and constant texts are known by what was last
assigned to them above.  Python's options before `-m` and `-c` are read as Python reads them.
"""

from __future__ import annotations

import ast
import inspect
import re
import shlex
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .conditions import dotted

_EXECUTABLE = "\0"  # the word that is sys.executable
_UNKNOWN = "\1"  # a word, or any number of them, that the text does not show
_MODULE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-#0 +]*[\d.*]*[a-zA-Z]")
_ANY_OPTION = re.compile(rb"-[a-zA-Z]*[mc]")
_WRAPPERS = {"str", "fspath", "fsdecode", "quote", "Path", "PurePath", "normpath", "abspath", "as_posix"}


def may_start_python(source: bytes) -> bool:
    """Whether `source` may hold such a command line, by its text alone."""
    return b"executable" in source and _ANY_OPTION.search(source) is not None


class Started(NamedTuple):
    """What a command line runs: a module's name, or a program's text."""

    line: int
    module: str = ""
    text: str = ""


class Commands:
    """Knows what names of one module hold; `.name` stands for an attribute, whatever of."""

    def __init__(self) -> None:
        self._known: dict[str, list[str]] = {}

    def imported(self, statement: ast.Import | ast.ImportFrom) -> None:
        """Take note of `from sys import executable`."""
        if isinstance(statement, ast.ImportFrom) and statement.module == "sys":
            for alias in statement.names:
                if alias.name == "executable":
                    self._known[alias.asname or alias.name] = [_EXECUTABLE]

    def started_by(self, statement: ast.stmt, expressions: Iterable[ast.AST]) -> Iterator[Started]:
        """What `statement`, with `expressions` in it, runs; take note of what it assigns."""
        for node in expressions:
            yield from self._started(node)
        yield from self._extended(statement)
        self._assigned(statement)

    def _assigned(self, statement: ast.stmt) -> None:
        """Take note of what a name holds from now on."""
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target, value = statement.targets[0], statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            target, value = statement.target, statement.value
        else:
            return
        name = _key(target)
        words = self._list(value) or self._word(value)
        if name and words and words != [_UNKNOWN]:
            self._known[name] = words
        elif name:
            self._known.pop(name, None)

    def _extended(self, statement: ast.stmt) -> Iterator[Started]:
        """What `command += [...]`, `command.extend([...])` and `command.append(...)` complete."""
        if isinstance(statement, ast.AugAssign) and isinstance(statement.op, ast.Add):
            name, more = _key(statement.target), self._list(statement.value)
        elif isinstance(statement, ast.Expr) and isinstance(call := statement.value, ast.Call) and len(call.args) == 1:
            method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
            if not isinstance(call.func, ast.Attribute) or method not in ("extend", "append"):
                return
            name, more = _key(call.func.value), self._word(call.args[0]) if method == "append" else self._list(call.args[0])
        else:
            return
        if name in self._known:
            self._known[name] = [*self._known[name], *(more or [_UNKNOWN])]
            yield from _runs(self._known[name], statement.lineno)

    def _started(self, node: ast.AST) -> Iterator[Started]:
        """What the command line that `node` is, if it is one, runs."""
        if isinstance(node, ast.Call):
            yield from _runs(self._items(node.args), node.lineno)
        elif isinstance(node, ast.List | ast.Tuple | ast.BinOp | ast.JoinedStr):
            yield from _runs(self._list(node), node.lineno)
            yield from _runs(self._text(node), node.lineno)

    def _list(self, node: ast.expr) -> list[str]:
        """The words of a list or tuple, [] for anything else."""
        if isinstance(node, ast.List | ast.Tuple):
            return self._items(node.elts)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left, right = self._list(node.left), self._list(node.right)
            return [*(left or [_UNKNOWN]), *(right or [_UNKNOWN])] if left or right else []
        if isinstance(node, ast.Call) and dotted(node.func) == "list" and len(node.args) == 1:
            return self._list(node.args[0])
        known = self._known.get(_key(node), [])
        return known if len(known) > 1 or known == [_EXECUTABLE] else []

    def _items(self, nodes: Iterable[ast.expr]) -> list[str]:
        words: list[str] = []
        for node in nodes:
            words += (self._list(node.value) or [_UNKNOWN]) if isinstance(node, ast.Starred) else self._word(node)
        return words

    def _word(self, node: ast.expr) -> list[str]:
        """The one word that `node` is."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return [node.value]
        if self._is_executable(node):
            return [_EXECUTABLE]
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in ("dedent", "cleandoc") and len(node.args) == 1:
            text = self._word(node.args[0])[0]
            return [inspect.cleandoc(text)] if text not in (_EXECUTABLE, _UNKNOWN) else [_UNKNOWN]
        known = self._known.get(_key(node), [])
        return known if len(known) == 1 else [_UNKNOWN]

    def _is_executable(self, node: ast.expr) -> bool:
        if dotted(node) == "sys.executable" or self._known.get(_key(node)) == [_EXECUTABLE]:
            return True
        if isinstance(node, ast.BoolOp):
            return any(self._is_executable(value) for value in node.values)
        if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else dotted(node.func)
            return name in _WRAPPERS and self._is_executable(node.args[0])
        return isinstance(node, ast.JoinedStr) and len(node.values) == 1 and self._template(node) == _EXECUTABLE

    def _text(self, node: ast.expr) -> list[str]:
        """The words of a string for a shell."""
        template = self._template(node) if isinstance(node, ast.BinOp | ast.JoinedStr) else ""
        if _EXECUTABLE not in template:
            return []
        try:
            words = shlex.split(template)
        except ValueError:
            return []
        return [word if word == _EXECUTABLE or _UNKNOWN not in word else _UNKNOWN for word in words]

    def _template(self, node: ast.expr) -> str:
        """A string with marks in the place of what is not constant; "" for what is no string."""
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else ""
        if isinstance(node, ast.JoinedStr):
            return "".join(self._template(value) for value in node.values)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return self._template(node.left) + self._template(node.right)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant):
            values = iter(self._items(node.right.elts) if isinstance(node.right, ast.Tuple) else self._word(node.right))
            return _PLACEHOLDER.sub(lambda match: _marked(next(values, _UNKNOWN)), self._template(node.left))
        value = node.value if isinstance(node, ast.FormattedValue) else node
        return _marked(self._word(value)[0])


def _marked(word: str) -> str:
    """A word as part of a shell's text: one that is not a mark or plain is not known."""
    return word if word == _EXECUTABLE or _MODULE.fullmatch(word) else _UNKNOWN


def _key(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return f".{node.attr}" if isinstance(node, ast.Attribute) else ""


def _runs(words: list[str], line: int) -> Iterator[Started]:
    for position, word in enumerate(words):
        if word == _EXECUTABLE:
            yield from _read(words[position + 1 :], line)


def _read(words: list[str], line: int) -> Iterator[Started]:
    """What Python's arguments `words` run (https://docs.python.org/3/using/cmdline.html)."""
    rest = iter(words)
    for word in rest:
        if word in (_EXECUTABLE, _UNKNOWN):
            continue
        if word == "--check-hash-based-pycs":
            next(rest, "")
            continue
        if not word.startswith("-") or word in ("-", "--"):
            return
        for position, letter in enumerate(word[1:], 2):
            if letter not in "cmWX":
                continue
            value = word[position:] or next(rest, "")
            if letter == "m" and _MODULE.fullmatch(value):
                yield Started(line, module=value)
            elif letter == "c" and value not in ("", _EXECUTABLE, _UNKNOWN):
                yield Started(line, text=value)
            if letter in "cm":
                return
            break
