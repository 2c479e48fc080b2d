"""C → objects → executable: toolchains, libpython, SCons, and the cache in front of them."""

from pybuild.link.ahead import link_ahead
from pybuild.link.build import link_executable

__all__ = ["link_ahead", "link_executable"]
