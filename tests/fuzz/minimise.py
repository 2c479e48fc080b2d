"""Makes a program that differs small: statements are deleted or replaced by their bodies, expressions by their parts, as long as
it differs.

Candidates are built together, a batch to a binary, since a build costs more than what is in it.
"""

from __future__ import annotations

import ast
import copy
import random
import warnings
from collections.abc import Callable, Iterator

Differs = Callable[[dict[str, str]], list[str]]  # sources by name -> names of those that differ
WIDTH = 40


def minimise(source: str, differs: Differs, rounds: int = 60) -> str:
    """The smallest program found; `source` itself if its text after unparsing does not differ any more."""
    best = ast.unparse(ast.parse(source))
    if differs({"candidate_0": best}) != ["candidate_0"]:
        return source
    chance = random.Random(0)
    for number in range(rounds):
        pool = [text for text in dict.fromkeys(candidates(best)) if len(text) < len(best) and compiles(text)]
        pool.sort(key=len)
        tried = pool[: WIDTH // 2] + chance.sample(pool, min(len(pool), WIDTH // 2))
        named = {f"candidate_{number}_{i}": text for i, text in enumerate(dict.fromkeys(tried))}
        found = [named[name] for name in differs(named)] if named else []
        if found:
            best = min(found, key=len)
        elif len(pool) <= WIDTH:
            break
    return best


def compiles(source: str) -> bool:
    """Whether `source` is Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "candidate", "exec")
    except SyntaxError:
        return False
    return True


def candidates(source: str) -> Iterator[str]:
    """Programs that are a little smaller than `source`: each without a run of statements, or with an expression made simpler."""
    tree = ast.parse(source)
    count = sum(1 for _ in bodies(tree))
    for index in range(count):
        length = len(body_at(tree, index))
        size = length
        while size:
            for start in range(0, length, size):
                yield edited(tree, index, start, size, [])
            size //= 2
        for position, statement in enumerate(body_at(tree, index)):
            inner = [part for name in ("body", "orelse", "finalbody") for part in getattr(statement, name, [])]
            if inner:
                yield edited(tree, index, position, 1, inner)
    yield from simpler_expressions(tree)


def bodies(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every list of statements."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            value = getattr(node, name, None)
            if isinstance(value, list) and value:
                yield value


def body_at(tree: ast.AST, index: int) -> list[ast.stmt]:
    """The list of statements with this number."""
    return next(body for i, body in enumerate(bodies(tree)) if i == index)


def edited(tree: ast.AST, index: int, start: int, size: int, instead: list[ast.stmt]) -> str:
    """The program with some statements replaced; a body keeps at least `pass`."""
    changed = copy.deepcopy(tree)
    body = body_at(changed, index)
    handlers = bool(body) and isinstance(body[0], (ast.ExceptHandler, ast.match_case))
    body[start : start + size] = copy.deepcopy(instead)
    if not body and not handlers:
        body.append(ast.Pass())
    try:
        return ast.unparse(ast.fix_missing_locations(changed))
    except (ValueError, IndexError, AttributeError):
        return ""


def simpler_expressions(tree: ast.AST) -> Iterator[str]:
    """The program with one expression replaced by one of its parts, or by a constant."""
    count = sum(isinstance(node, ast.expr) for node in ast.walk(tree))
    for index in range(count):
        original = [node for node in ast.walk(tree) if isinstance(node, ast.expr)][index]
        if isinstance(original, (ast.Name, ast.Constant)):
            continue
        parts = [child for child in ast.iter_child_nodes(original) if isinstance(child, ast.expr)]
        for part in [*parts[:3], ast.Constant(0)]:
            yield ast.unparse(ast.fix_missing_locations(Replace(index, part).visit(copy.deepcopy(tree))))


class Replace(ast.NodeTransformer):
    """Puts `part` in the place of the expression with a number (in the order of `ast.walk`)."""

    def __init__(self, index: int, part: ast.expr) -> None:
        self.index, self.part = index, part

    def visit(self, node: ast.AST) -> ast.AST:
        """Only the whole tree is given; the expression is found by its number."""
        target = [one for one in ast.walk(node) if isinstance(one, ast.expr)][self.index]
        for parent in ast.walk(node):
            for name, value in ast.iter_fields(parent):
                if value is target:
                    setattr(parent, name, copy.deepcopy(self.part))
                elif isinstance(value, list) and any(item is target for item in value):
                    setattr(parent, name, [copy.deepcopy(self.part) if item is target else item for item in value])
        return node
