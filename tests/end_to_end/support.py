"""What the end-to-end tests share: the Pythons of this machine, the real command line, and comparing a program run both ways."""

from __future__ import annotations

import functools
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

SUPPORTED = ("3.11", "3.12", "3.13")
CASES = Path(__file__).parent / "cases"

_ASK = """
import json, os, sys, sysconfig
names = ("LIBPL", "LIBDIR", "LIBRARY", "LDLIBRARY", "INSTSONAME", "INCLUDEPY", "MULTIARCH")
print(json.dumps({"version": sys.version_info[:2], "base": sys.base_prefix, "stdlib": sysconfig.get_path("stdlib"),
                  "config": {name: sysconfig.get_config_var(name) or "" for name in names}}))
"""


@dataclass(frozen=True)
class Python:
    """A Python that programs can be built for; `libraries` are the kinds of libpython that it has."""

    version: str
    executable: Path
    stdlib: Path
    libraries: tuple[str, ...]


def _candidates() -> Iterator[Path]:
    """Executables worth asking: from the environment, this one's base, PATH, and pyenv's folders."""
    asked = os.environ.get("PYBUILD_TEST_PYTHONS")
    if asked is not None:
        yield from map(Path, asked.split(os.pathsep))
        return
    yield Path(sys.base_prefix, "bin", f"python{sys.version_info.major}.{sys.version_info.minor}")
    for version in SUPPORTED:
        yield from sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))
    for version in SUPPORTED:
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            yield Path(folder, f"python{version}")


@functools.cache
def find_pythons() -> tuple[Python, ...]:
    """One Python of each supported version that is found, with its headers and a libpython."""
    found: dict[str, Python] = {}
    for executable in _candidates():
        if executable.is_file() and os.access(executable, os.X_OK):
            python = _ask(executable)
            if python and python.version in SUPPORTED and python.libraries:
                found.setdefault(python.version, python)
    return tuple(found[version] for version in SUPPORTED if version in found)


def _ask(executable: Path) -> Python | None:
    answer = subprocess.run([executable, "-I", "-c", _ASK], capture_output=True, text=True, check=False)
    if answer.returncode:
        return None
    told = json.loads(answer.stdout)
    config = told["config"]
    version = ".".join(map(str, told["version"]))
    real = Path(told["base"], "bin", f"python{version}")
    if not Path(config["INCLUDEPY"], "Python.h").is_file():
        return None
    folders = [Path(config[key]) for key in ("LIBPL", "LIBDIR") if config[key]]
    folders += [folder / config["MULTIARCH"] for folder in folders if config["MULTIARCH"]]
    names = {"static": (f"libpython{version}.a", f"libpython{version}-pic.a"), "shared": (f"libpython{version}.so.1.0",)}
    libraries = tuple(kind for kind, files in names.items() if any((folder / file).is_file() for folder in folders for file in files))
    return Python(version, real if real.is_file() else executable, Path(told["stdlib"]), libraries)


@dataclass(frozen=True)
class Target:
    """A Python and a way to link it: what everything is built for once."""

    python: Python
    libpython: str

    def __str__(self) -> str:
        return f"{self.python.version}-{self.libpython}"


def targets() -> list[Target]:
    """Every Python of this machine with every kind of libpython it has."""
    return [Target(python, library) for python in find_pythons() for library in python.libraries]


@dataclass(frozen=True)
class Ran:
    """How a process ended and what it wrote."""

    status: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        """stdout as text."""
        return self.stdout.decode(errors="surrogateescape")

    @property
    def err(self) -> str:
        """stderr as text."""
        return self.stderr.decode(errors="surrogateescape")


def clean_environment(**extra: str) -> dict[str, str]:
    """A small environment that is the same for everything that is compared."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", **extra}


def execute(
    command: Sequence[str | Path],
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    stdin: bytes = b"",
    executable: Path | None = None,
    timeout: float = 120,
) -> Ran:
    """Run `command`; with `executable` its first word is only argv[0]."""
    done = subprocess.run(
        [str(word) for word in command],
        executable=executable,
        cwd=folder,
        env=dict(environment) if environment is not None else clean_environment(),
        input=stdin,
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Pybuild:
    """The real command line, in a process of its own, with a cache for the whole test run."""

    cache: Path

    def __call__(self, *arguments: str | Path, folder: Path, timeout: float = 300, **extra: str) -> Ran:
        """Run pybuild in `folder`, whatever comes of it; `extra` is added to the environment."""
        environment = clean_environment(PYBUILD_CACHE_DIR=str(self.cache), **extra)
        return execute([sys.executable, "-m", "pybuild", *arguments], folder=folder, environment=environment, timeout=timeout)

    def build(self, *arguments: str | Path, folder: Path, timeout: float = 300, **extra: str) -> dict[str, object]:
        """Build; the answer as data.  Fails the test when the build fails."""
        ran = self("build", "--output-format", "json", *arguments, folder=folder, timeout=timeout, **extra)
        if ran.status:
            pytest.fail(f"pybuild build {' '.join(map(str, arguments))} ended with {ran.status}\n{ran.out}\n{ran.err}")
        answer = json.loads(ran.stdout)
        assert isinstance(answer, dict)
        return answer


@dataclass(frozen=True)
class Run:
    """One way to start a case: arguments, environment and input, as its `# run:` line says."""

    case: str
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] | None = None
    stdin: bytes = b""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.case}-{self.line}" + (f"-{self.arguments[0]}" if self.arguments else "")


def runs_of(script: Path) -> Iterator[Run]:
    """The runs that a case's header asks for: `# run: ARGUMENTS env:NAME=VALUE stdin:'TEXT'`."""
    for number, line in enumerate(script.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("# run:"):
            continue
        words = shlex.split(line.removeprefix("# run:"))
        environment = dict(word.removeprefix("env:").split("=", 1) for word in words if word.startswith("env:"))
        stdin = "".join(word.removeprefix("stdin:") for word in words if word.startswith("stdin:"))
        arguments = tuple(word for word in words if not word.startswith(("env:", "stdin:")))
        yield Run(script.stem, arguments, environment, stdin.encode().decode("unicode_escape").encode("latin-1"), number)


def normalise(text: str, *folders: Path) -> str:
    """`text` with tracebacks as they are where no source is at hand, and without the folders that differ by nature."""
    for folder in sorted(map(str, folders), key=len, reverse=True):
        text = text.replace(f"{folder}/", "")
    lines: list[str] = []
    in_frame = ""
    for line in text.splitlines(keepends=True):
        frame = re.match(r"[ |+-]*(?=File \")", line)
        if frame:
            in_frame = frame[0]
        elif in_frame and line.startswith(f"{in_frame}  ") and not line.startswith(f"{in_frame}  File"):
            continue  # the source line, and what is marked in it
        elif lines and re.search(r"\.py:\d+: \w*Warning: ", lines[-1]) and line.startswith("  "):
            continue  # the same below a warning
        else:
            in_frame = ""
        lines.append(re.sub(r"0x[0-9a-f]{6,}", "0x…", line))
    return "".join(lines)
