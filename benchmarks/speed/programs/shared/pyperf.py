"""Stands in for pyperf, which pyperformance's programs import: they are driven by `harness` here."""

from time import perf_counter

__all__ = ["Runner", "perf_counter"]


class Runner:
    """What the programs' own command lines would make."""

    def __init__(self, *args, **kwargs):
        raise RuntimeError("this program is started through its wrapper")
