"""A player of Go that tries moves at random (pyperformance: go)."""

import bm_go
import harness


def work():
    """Check: the move."""
    return bm_go.versus_cpu()


if __name__ == "__main__":
    harness.main(work)
