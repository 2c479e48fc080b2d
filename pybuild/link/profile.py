"""Profiles of the C compiler: what instrumented code counts in a run, and what is compiled by it then.

Goes in: the folder into which an instrumented program has written its counts.  Comes out: a `Profile`, plain data that is kept in the
cache: of gcc a file for each object, of clang one for the whole program.  Keys are units' names, so that it does not matter where and
when something was compiled.
"""

from __future__ import annotations

import marshal
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pybuild.cache import digest
from pybuild.errors import BuildFailure, UserError
from pybuild.link import probe
from pybuild.link.packages import install_hint
from pybuild.link.toolchain import Toolchain

GENERATE, USE = "generate", "use"
WHOLE = ""  # the name under which a profile of the whole program is kept
_PARTIAL = 10  # the gcc from which one may say that the run did not reach everything


@dataclass(frozen=True)
class Profile:
    """The counts of one run, by the unit that they are of."""

    files: Mapping[str, bytes]

    def of(self, unit: str) -> bytes | None:
        """What the unit is compiled by; None when it did not run."""
        return self.files.get(WHOLE, self.files.get(unit))

    def pack(self) -> bytes:
        """As bytes, equal for equal profiles."""
        return marshal.dumps(sorted(self.files.items()), 2)

    @staticmethod
    def unpack(data: bytes) -> Profile:
        """The inverse of `pack`.  Raises ValueError."""
        try:
            return Profile(dict(marshal.loads(data)))
        except (EOFError, TypeError) as error:
            raise ValueError(str(error)) from error


def compile_flags(toolchain: Toolchain, phase: str) -> tuple[str, ...]:
    """The flags of every compile that instruments (GENERATE) or goes by a profile (USE)."""
    if phase == GENERATE:
        return ("-fprofile-generate",)
    if phase != USE:
        return ()
    if toolchain.family == "clang":
        return ("-Wno-profile-instr-unprofiled", "-Wno-profile-instr-out-of-date", "-Wno-backend-plugin")
    major = int(toolchain.version.partition(".")[0])
    partial = ("-fprofile-partial-training",) if major >= _PARTIAL else ()
    return ("-fprofile-use", *partial, "-Wno-missing-profile", "-Wno-coverage-mismatch")


def link_flags(phase: str) -> tuple[str, ...]:
    """The flags of the link."""
    return ("-fprofile-generate",) if phase == GENERATE else ()


def unit_key(key: str, profile: Profile, unit: str) -> str:
    """The key of an object that is compiled by `profile`."""
    return digest("profile 1", key, profile.of(unit) or b"")


def place(toolchain: Toolchain, profile: Profile, unit: str, output: Path) -> tuple[str, ...]:
    """Put what `unit` is compiled by where the compiler looks for it; returns the flags that say so.  `output` is the object's path."""
    data = profile.of(unit)
    if data is None:
        return ()
    if toolchain.family == "clang":
        path = output.with_name("program.profdata")
        if not path.exists():
            path.write_bytes(data)
        return (f"-fprofile-use={path}",)
    output.with_suffix(".gcda").write_bytes(data)
    return ()


def check(toolchain: Toolchain) -> Path | None:
    """The program that joins clang's profiles, None for gcc.  Raises UserError where no profile can be made."""
    if toolchain.family == "gcc":
        return None
    if toolchain.family != "clang":
        raise UserError.of(
            f"[compiler] pgo cannot be had with {toolchain}",
            hint='set [compiler] cc to "gcc" or "clang", or pgo to false',
            code="pgo-compiler",
        )
    _, answer = probe.output_of([*toolchain.command, "-print-prog-name=llvm-profdata"])
    name = answer.strip() or "llvm-profdata"
    major = toolchain.version.partition(".")[0]
    found = next((path for one in (name, f"llvm-profdata-{major}", "llvm-profdata") if (path := probe.find_program(one))), None)
    if found is None:
        raise UserError.of(
            "[compiler] pgo with clang needs llvm-profdata, which is not on this machine", hint=install_hint("llvm"), code="pgo-compiler"
        )
    return found


def environment(folder: Path) -> dict[str, str]:
    """What tells an instrumented program to write into `folder`, whichever compiler has made it."""
    return {"GCOV_PREFIX": str(folder), "GCOV_PREFIX_STRIP": "99", "LLVM_PROFILE_FILE": str(folder / "%p-%m.profraw")}


def collect(joiner: Path | None, folder: Path, units: Iterable[tuple[str, str]]) -> Profile | None:
    """The profile that a run has left in `folder`, None without any; `units` are the instrumented program's: names and objects' keys.

    Raises BuildFailure when clang's files cannot be joined.
    """
    if joiner is None:
        found = {name: file.read_bytes() for name, key in units if (file := folder / f"{key}.gcda").is_file()}
        return Profile(found) if found else None
    raw = sorted(folder.glob("*.profraw"))
    if not raw:
        return None
    joined = folder / "program.profdata"
    done = subprocess.run([joiner, "merge", "-o", joined, *raw], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildFailure.of(
            f"[compiler] pgo: {joiner} cannot join the profiles: {done.stderr.strip()[-400:]}",
            hint="it must be of the same version as clang",
            code="pgo",
        )
    return Profile({WHOLE: joined.read_bytes()})
