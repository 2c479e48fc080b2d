"""pybuild: one typed TOML file in, a native program out."""

from __future__ import annotations

__version__ = "0.1.0"
