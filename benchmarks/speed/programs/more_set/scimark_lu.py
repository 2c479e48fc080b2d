"""LU decomposition of a matrix of arrays (pyperformance: scimark)."""

from array import array

import bm_scimark
import harness


def work():
    """Check: the diagonal and the pivots."""
    size = 100
    matrix = bm_scimark.Random(7).RandomMatrix(bm_scimark.ArrayList(size, size))
    result = bm_scimark.ArrayList(size, size)
    pivot = array("i", [0]) * size
    for _ in range(2):
        bm_scimark.LU(result, matrix, pivot)
    return sum(result[n][n] for n in range(size)), list(pivot)


if __name__ == "__main__":
    harness.main(work)
