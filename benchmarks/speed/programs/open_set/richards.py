"""An operating system's scheduler (pyperformance: richards)."""

import bm_richards
import harness


def work():
    """Check: the counts of packets and holds, which `run` also compares itself."""
    right = bm_richards.Richards().run(4)
    return right, bm_richards.taskWorkArea.holdCount, bm_richards.taskWorkArea.qpktCount


if __name__ == "__main__":
    harness.main(work)
