"""A solver of a board game (pyperformance: hexiom)."""

import bm_hexiom
import harness


def work():
    """Check: the program compares its solutions with the known ones itself."""
    for level in (2, 10, 20, 25, 30):
        bm_hexiom.main(1, level)
    return sorted(bm_hexiom.LEVELS)


if __name__ == "__main__":
    harness.main(work)
