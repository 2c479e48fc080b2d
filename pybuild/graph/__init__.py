"""The module graph: which modules the program needs, found by following imports from its entry points."""

from __future__ import annotations

from pybuild.graph.build import build_graph

__all__ = ["build_graph"]
