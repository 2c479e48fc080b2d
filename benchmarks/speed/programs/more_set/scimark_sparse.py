"""Multiplication of a sparse matrix in arrays (pyperformance: scimark)."""

from array import array

import bm_scimark
import harness


def work():
    """Check: the sum of the product."""
    size, in_row = 600, 10
    x = array("d", [(n * 13) % 29 / 29.0 for n in range(size)])
    y = array("d", [0.0]) * size
    values = array("d", [(n * 7) % 53 / 53.0 for n in range(size * in_row)])
    columns = array("i", [(n * 37) % size for n in range(size * in_row)])
    rows = array("i", [n * in_row for n in range(size + 1)])
    bm_scimark.SparseCompRow_matmult(size, y, values, rows, columns, x, 100)
    return sum(y)


if __name__ == "__main__":
    harness.main(work)
