"""numpy: what its C code imports when it goes wrong."""

import contextlib
import pickle

import numpy as np

a = np.random.default_rng(1).random((4, 4))
print(np.linalg.inv(a) @ a, np.fft.fft(a), np.mean(a), np.array(["2020-01-01"], dtype="M8"), repr(np.dtype("i4,f8")))
with contextlib.suppress(FloatingPointError), np.errstate(all="raise"):
    np.array([1.0]) / 0
with contextlib.suppress(ValueError):
    np.array([1, 2]) + np.array([1, 2, 3])
with contextlib.suppress(TypeError):
    np.add(object(), 1)
pickle.loads(pickle.dumps((a, np.random.default_rng(1))))
a.ctypes.data  # noqa: B018
np.ma.array([1])
np.polynomial.Polynomial([1, 2])(3)
