"""From times to figures: medians, ratios, how sure they are, means over programs.

Goes in: the seconds of each run, by runner, taken in alternation.  Comes out: `Ratio` values.  Nothing here measures.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_RESAMPLES = 2000


@dataclass(frozen=True)
class Ratio:
    """How many times as fast as the base a runner is, and the lower end of the 95% interval of that."""

    value: float
    low: float


def ratio(base: Sequence[float], other: Sequence[float], *, seed: str = "") -> Ratio:
    """Median of `base` by median of `other`.

    The interval is a percentile bootstrap (Efron): turns are drawn with replacement, both runners' times of a turn together, because
    what slowed the machine in that turn met both.  `low` is the 2.5% quantile of 2,000 draws.
    """
    rng = random.Random(f"{seed}:{len(base)}")
    turns = range(min(len(base), len(other)))
    drawn = []
    for _ in range(_RESAMPLES):
        chosen = rng.choices(turns, k=len(turns))
        drawn.append(statistics.median(base[turn] for turn in chosen) / statistics.median(other[turn] for turn in chosen))
    drawn.sort()
    return Ratio(statistics.median(base) / statistics.median(other), drawn[int(_RESAMPLES * 0.025)])


def geometric_mean(values: Iterable[float]) -> float:
    """exp of the mean of the logarithms; NaN of nothing."""
    logarithms = [math.log(value) for value in values]
    return math.exp(statistics.fmean(logarithms)) if logarithms else math.nan
