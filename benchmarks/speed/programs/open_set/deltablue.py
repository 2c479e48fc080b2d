"""A solver of one-way constraints (pyperformance: deltablue)."""

import bm_deltablue
import harness


def work():
    """Check: how often the planner has marked; the program itself prints what did not come out as it must."""
    marks = []
    for _ in range(40):
        bm_deltablue.delta_blue(100)
        marks.append(bm_deltablue.planner.current_mark)
    return marks


if __name__ == "__main__":
    harness.main(work)
