"""The articles and what is in stock of them, read from the data file that lies in the package."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources


@dataclass(frozen=True, order=True)
class Article:
    """One thing that the warehouse keeps."""

    number: str
    title: str
    price: Decimal
    stock: int
    tags: tuple[str, ...] = ()

    @property
    def value(self) -> Decimal:
        """What is in stock of it is worth this much."""
        return self.price * self.stock


@cache
def articles() -> tuple[Article, ...]:
    """Every article, by number."""
    text = resources.files("acme").joinpath("data", "catalogue.json").read_text(encoding="utf-8")
    rows = json.loads(text, parse_float=Decimal)
    return tuple(sorted(Article(**{**row, "tags": tuple(row["tags"])}) for row in rows))


def find(number: str) -> Article:
    """The article `number`.  Raises KeyError."""
    for article in articles():
        if article.number == number:
            return article
    raise KeyError(number)
