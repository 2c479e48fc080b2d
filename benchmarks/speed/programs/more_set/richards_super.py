"""The scheduler with `super()` in every class (pyperformance: richards_super)."""

import bm_richards_super
import harness


def work():
    """Check: the counts of packets and holds, which `run` also compares itself."""
    right = bm_richards_super.Richards().run(3)
    return right, bm_richards_super.taskWorkArea.holdCount, bm_richards_super.taskWorkArea.qpktCount


if __name__ == "__main__":
    harness.main(work)
