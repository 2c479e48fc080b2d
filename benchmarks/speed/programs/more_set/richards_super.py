"""The scheduler with `super()` in every class (pyperformance: richards_super)."""

import bm_richards_super
import harness


def work():
    """Check: `run` compares the counts of packets and holds itself."""
    return bm_richards_super.Richards().run(3)


if __name__ == "__main__":
    harness.main(work)
