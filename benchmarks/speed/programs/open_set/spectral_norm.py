"""The spectral norm of an infinite matrix, cut to 130 x 130 (pyperformance: spectral_norm)."""

import bm_spectral_norm
import harness


def work():
    """Check: the norm.  The loop is that of `bench_spectral_norm`, which keeps its result for itself."""
    u = [1] * bm_spectral_norm.DEFAULT_N
    for _ in range(10):
        v = bm_spectral_norm.eval_AtA_times_u(u)
        u = bm_spectral_norm.eval_AtA_times_u(v)
    product = square = 0
    for one, other in zip(u, v):
        product += one * other
        square += other * other
    return (product / square) ** 0.5


if __name__ == "__main__":
    harness.main(work)
