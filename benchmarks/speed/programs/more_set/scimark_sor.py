"""Successive over-relaxation on an object that looks like a matrix (pyperformance: scimark)."""

import bm_scimark
import harness


def work():
    """Check: a row of the matrix."""
    matrix = bm_scimark.Array2D(70, 70)
    for y in range(70):
        for x in range(70):
            matrix[x, y] = (x * 31 + y * 17) % 101 / 101.0
    bm_scimark.SOR_execute(1.25, matrix, 10, bm_scimark.Array2D)
    return [matrix[x, 35] for x in range(0, 70, 7)]


if __name__ == "__main__":
    harness.main(work)
