"""A tree walked by `yield from` (pyperformance: generators)."""

import bm_generators
import harness

_TREE = bm_generators.tree(range(50_000))


def work():
    """Check: the sum."""
    total = 0
    for _ in range(3):
        for value in _TREE:
            total += value
    return total


if __name__ == "__main__":
    harness.main(work)
