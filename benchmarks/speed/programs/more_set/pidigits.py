"""Digits of pi by long integers (pyperformance: pidigits)."""

import bm_pidigits
import harness


def work():
    """Check: the digits."""
    return "".join(map(str, bm_pidigits.calc_ndigits(1_500)))


if __name__ == "__main__":
    harness.main(work)
