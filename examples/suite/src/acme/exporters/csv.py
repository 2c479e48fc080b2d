"""Comma separated values: a module whose name is also one of the standard library."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from ..catalogue import Article


def export(articles: Sequence[Article]) -> str:
    """The articles as CSV with a head."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("number", "title", "price", "stock"))
    writer.writerows((a.number, a.title, a.price, a.stock) for a in articles)
    return out.getvalue().rstrip("\n")
