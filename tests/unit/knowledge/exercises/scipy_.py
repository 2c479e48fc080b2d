"""scipy: subpackages as attributes, and what the compiled modules import from each other."""

import numpy as np
import scipy

scipy.linalg.svd(np.eye(2))
scipy.optimize.minimize(lambda x: (x**2).sum(), [1, 2])
scipy.stats.norm.pdf(0)
scipy.stats.qmc.Sobol(2).random(4)
scipy.signal.butter(2, 0.5)
scipy.sparse.csgraph.dijkstra(scipy.sparse.csr_matrix(np.eye(3)))
scipy.sparse.linalg.spsolve(scipy.sparse.csc_matrix(np.eye(3)), np.ones(3))
scipy.spatial.Delaunay(np.random.default_rng(1).random((9, 2)))
scipy.spatial.transform.Rotation.from_euler("x", 1).as_matrix()
scipy.interpolate.CubicSpline([1, 2, 3], [1, 2, 3])
scipy.integrate.quad(lambda x: x, 0, 1)
scipy.special.gamma(3)
scipy.ndimage.gaussian_filter(np.eye(5), 1)
