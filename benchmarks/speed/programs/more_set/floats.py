"""Points with slots, normalised (pyperformance: float)."""

import bm_float
import harness


def work():
    """Check: the largest coordinates."""
    return bm_float.benchmark(120_000)


if __name__ == "__main__":
    harness.main(work)
