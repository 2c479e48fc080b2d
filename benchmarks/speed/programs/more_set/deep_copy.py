"""Copies of nested data, dataclasses and objects with __reduce__ (pyperformance: deepcopy)."""

import copy

import bm_deepcopy
import harness


def work():
    """Check: a copy is equal and new."""
    bm_deepcopy.benchmark(150)
    bm_deepcopy.benchmark_reduce(4_000)
    bm_deepcopy.benchmark_memo(400)
    one = bm_deepcopy.A("text", [1, [2]], False)
    other = copy.deepcopy(one)
    return one == other, one is other, one.lst[1] is other.lst[1]


if __name__ == "__main__":
    harness.main(work)
