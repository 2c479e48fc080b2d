"""The interpreter that is built for: which one it is, what it is like, and worker processes that run in it."""

from __future__ import annotations

from pybuild.interpreter.choose import choose_interpreter
from pybuild.interpreter.describe import describe
from pybuild.interpreter.pool import WorkerPool

__all__ = ["WorkerPool", "choose_interpreter", "describe"]
