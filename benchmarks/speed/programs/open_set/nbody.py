"""The outer planets, 20,000 steps (pyperformance: nbody)."""

import bm_nbody
import harness

_START = [(list(place), list(speed), mass) for place, speed, mass in bm_nbody.SYSTEM]


def work():
    """Check: the system's energy before and after."""
    for (place, speed, _), (first_place, first_speed, _) in zip(bm_nbody.SYSTEM, _START):
        place[:] = first_place
        speed[:] = first_speed
    bm_nbody.offset_momentum(bm_nbody.BODIES[bm_nbody.DEFAULT_REFERENCE])
    before = bm_nbody.report_energy()
    bm_nbody.advance(0.01, 20_000)
    return before, bm_nbody.report_energy()


if __name__ == "__main__":
    harness.main(work)
