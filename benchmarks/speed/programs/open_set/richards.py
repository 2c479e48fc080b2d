"""An operating system's scheduler (pyperformance: richards)."""

import bm_richards
import harness


def work():
    """Check: `run` compares the counts of packets and holds itself."""
    return bm_richards.Richards().run(4)


if __name__ == "__main__":
    harness.main(work)
