"""From the module graph to what is embedded: bytecode of every module that has any."""

from __future__ import annotations

from pybuild.compiler.bytecode import compile_program
from pybuild.compiler.native import expected_program

__all__ = ["compile_program", "expected_program"]
