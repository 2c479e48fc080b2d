"""Many bodies in a tree of squares (pyperformance: barnes_hut)."""

import bm_barnes_hut
import harness


def work():
    """Check: the energy at the end."""
    particles = bm_barnes_hut.create_deterministic_galaxy(60, 500.0, 400.0)
    for _ in range(60):
        bm_barnes_hut.advance_system(particles, 0.5, bm_barnes_hut.TIME_STEP, 1000, 800)
    return bm_barnes_hut.calculate_system_energy(particles)


if __name__ == "__main__":
    harness.main(work)
