"""Fast Fourier transform and back (pyperformance: scimark)."""

import bm_scimark
import harness


def work():
    """Check: some of the values."""
    size = 2 * 1024
    data = bm_scimark.copy_vector(bm_scimark.Random(7).RandomVector(size))
    for _ in range(10):
        bm_scimark.FFT_transform(size, data)
        bm_scimark.FFT_inverse(size, data)
    return [data[n] for n in range(0, size, 211)]


if __name__ == "__main__":
    harness.main(work)
