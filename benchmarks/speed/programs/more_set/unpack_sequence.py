"""Unpacking of tuples and lists, 400 times in a row (pyperformance: unpack_sequence)."""

import bm_unpack_sequence
import harness


def work():
    """Check: nothing comes out of it but that it ran."""
    return bm_unpack_sequence.bench_all(3_000) > 0


if __name__ == "__main__":
    harness.main(work)
