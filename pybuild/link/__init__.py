"""C → objects → executable: toolchains, libpython, SCons, and the cache in front of them."""

from pybuild.link.build import link_executable

__all__ = ["link_executable"]
