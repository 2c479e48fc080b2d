"""numpy: a matrix product, linear algebra, random numbers, a Fourier transform."""

import numpy as np

rng = np.random.default_rng(7)
a = rng.standard_normal((40, 40))
print(f"{np.trace(a @ a.T):.6f}")
x = np.linalg.solve(a, np.ones(40))
print(np.allclose(a @ x, 1), f"{np.linalg.det(a[:3, :3]):.6f}")
print(np.round(np.linalg.svd(a[:3, :3], compute_uv=False), 6))
print(np.round(np.linalg.eigvalsh(a[:3, :3] + a[:3, :3].T), 6))
print(np.round(np.abs(np.fft.fft(np.arange(6.0))), 6), np.array(["b", "a"]).argsort())
