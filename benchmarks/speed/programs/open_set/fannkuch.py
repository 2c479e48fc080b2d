"""Pancake flips of all permutations of nine (pyperformance: fannkuch)."""

import bm_fannkuch
import harness


def work():
    """Check: the most flips."""
    return bm_fannkuch.fannkuch(9)


if __name__ == "__main__":
    harness.main(work)
