"""Pi by random points (pyperformance: scimark)."""

import bm_scimark
import harness


def work():
    """Check: what came out for pi."""
    return bm_scimark.MonteCarlo(150_000)


if __name__ == "__main__":
    harness.main(work)
