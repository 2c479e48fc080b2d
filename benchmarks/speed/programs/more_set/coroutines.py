"""Fibonacci's numbers by awaiting (pyperformance: coroutines)."""

import bm_coroutines
import harness


def work():
    """Check: the number."""
    coroutine = bm_coroutines.fibonacci(27)
    try:
        while True:
            coroutine.send(None)
    except StopIteration as end:
        return end.value


if __name__ == "__main__":
    harness.main(work)
