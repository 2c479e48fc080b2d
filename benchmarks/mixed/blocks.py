"""What a block of generated code is, and how one is written.

Goes in: a template with `$names`, and what they stand for.  Comes out: a `Block`: lines of Python and an expression that uses them.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from string import Template

NOUNS = ("order", "invoice", "customer", "parcel", "route", "ledger", "report", "ticket", "stock", "price", "tariff", "address", "account")
VERBS = ("check", "collect", "merge", "plan", "rank", "reduce", "scan", "split", "trace", "update", "weigh", "select", "convert", "balance")


@dataclass(frozen=True)
class Block:
    """`lines` define something at module level; `use` is an expression that runs it and is an int."""

    lines: tuple[str, ...]
    use: str


Maker = Callable[[random.Random, str, str], Block]
"""Makes a block from a source of numbers, a noun, and a suffix that makes its names unique in the module."""


def block(template: str, use: str, **values: object) -> Block:
    """Fill in `template` (indented as in the caller's source).  Raises KeyError for a name that has no value."""
    texts = {name: str(value) for name, value in values.items()}
    text = Template(textwrap.dedent(template).strip("\n")).substitute(texts)
    return Block(tuple(text.split("\n")), Template(use).substitute(texts))


def indented(lines: list[str], depth: int) -> str:
    """`lines` for a place in a template that is `depth` blanks deep (the first line is where the placeholder is)."""
    return ("\n" + " " * depth).join(lines)
