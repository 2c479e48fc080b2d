"""Tables for terminals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]], right: Iterable[int] = ()) -> str:
    """`rows` under `head`, each column as wide as its widest cell; columns in `right` are aligned right."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in [list(head), *cells]) for i in range(len(head))]
    to_right = frozenset(right)

    def line(row: Sequence[str]) -> str:
        return "  ".join(c.rjust(w) if i in to_right else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))).rstrip()

    return "\n".join([line(head), "  ".join("-" * width for width in widths), *map(line, cells)])
