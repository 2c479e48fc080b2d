"""A puzzle solved with sets (pyperformance: meteor_contest)."""

import bm_meteor_contest
import harness

_BOARD, _CTI, _PIECES = bm_meteor_contest.get_puzzle(bm_meteor_contest.WIDTH, bm_meteor_contest.HEIGHT)
_FOOTPRINTS = bm_meteor_contest.get_footprints(_BOARD, _CTI, _PIECES)
_NEIGHBOURS = bm_meteor_contest.get_senh(_BOARD, _CTI)


def work():
    """Check: the solutions, as the program's own function compares them."""
    solutions = []
    bm_meteor_contest.solve(
        bm_meteor_contest.SOLVE_ARG,
        0,
        frozenset(range(len(_BOARD))),
        [-1] * len(_BOARD),
        list(range(len(_PIECES))),
        solutions,
        _FOOTPRINTS,
        _NEIGHBOURS,
    )
    return solutions == bm_meteor_contest.SOLUTIONS, solutions[0], solutions[-1]


if __name__ == "__main__":
    harness.main(work)
