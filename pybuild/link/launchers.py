"""Programs that are put before compile commands: ccache, sccache, distcc, icecc.

Goes in: `[compiler] launcher`.  Comes out: the same words, when the program exists and can work with the compiler.
"""

from __future__ import annotations

from pathlib import Path

from pybuild.errors import UserError
from pybuild.link.packages import install_hint, meant
from pybuild.link.probe import find_program
from pybuild.link.toolchain import Toolchain

KNOWN = ("ccache", "sccache", "distcc", "icecc")


def launcher_prefix(launcher: tuple[str, ...], toolchain: Toolchain) -> tuple[str, ...]:
    """The words before the compiler's name.  Raises UserError for a program that is missing or cannot start `zig cc`."""
    if not launcher:
        return ()
    name = Path(launcher[0]).name
    if find_program(launcher[0]) is None:
        by_path = f"{meant(name, KNOWN)}install it, or name it by its absolute path"
        hint = install_hint(name) if name in KNOWN else by_path
        raise UserError.of(f"[compiler] launcher: {launcher[0]} is not in PATH", hint=f"{hint}, or remove it from launcher")
    if toolchain.family == "zig" and name in KNOWN:
        raise UserError.of(
            f"[compiler] launcher: {name} cannot start `zig cc`, a command of two words",
            hint='use cc = "gcc" or "clang" with it, or no launcher (zig and pybuild both cache what they compile)',
        )
    return launcher
