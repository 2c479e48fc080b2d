"""Eight queens by brute force, all generators (pyperformance: nqueens)."""

import bm_nqueens
import harness


def work():
    """Check: the solutions."""
    solutions = list(bm_nqueens.n_queens(8))
    return len(solutions), solutions[0], solutions[-1]


if __name__ == "__main__":
    harness.main(work)
