"""Telephone bills with decimals (pyperformance: telco; its loop here returns the sums)."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Context, Decimal, getcontext

import harness


def calls(number):
    """Durations of calls in seconds, always the same."""
    state = 4711
    for _ in range(number):
        state = (state * 69069 + 1) % 4294967296
        yield state % 30_000


def bill(durations):
    """The sums of prices, of basic tax and of tax on distant calls."""
    getcontext().rounding = ROUND_DOWN
    rates = [Decimal("0.0013"), Decimal("0.00894")]
    cent = Decimal("0.01")
    banker = Context(rounding=ROUND_HALF_EVEN)
    basic_tax = Decimal("0.0675")
    distant_tax = Decimal("0.0341")
    total = basic = distant = Decimal("0")
    lines = []
    for duration in durations:
        is_distant = duration & 1
        price = banker.quantize(rates[is_distant] * duration, cent)
        tax = (price * basic_tax).quantize(cent)
        basic += tax
        sum_ = price + tax
        if is_distant:
            tax = (price * distant_tax).quantize(cent)
            distant += tax
            sum_ += tax
        total += sum_
        lines.append(str(sum_))
    return str(total), str(basic), str(distant), len("\n".join(lines))


_CALLS = list(calls(80_000))


def work():
    """Check: the sums."""
    return bill(_CALLS)


if __name__ == "__main__":
    harness.main(work)
