"""C → objects → executable: toolchains, libpython, SCons, and the cache in front of them."""

from pybuild.link.ahead import link_ahead
from pybuild.link.build import link_executable
from pybuild.link.toolchain import find_toolchain

__all__ = ["find_toolchain", "link_ahead", "link_executable"]
