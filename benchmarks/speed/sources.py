"""Where the measured programs' sources come from.

Goes in: a cache folder.  Comes out: the same folder with pyperformance, pyaes and pystone in it, as published (`set_up`), and the files
that a program imports, copied beside it (`provide`).  Done before anything is measured, so that a measurement needs no network.
"""

from __future__ import annotations

import ast
import hashlib
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import progress

_HERE = Path(__file__).resolve().parent
_REQUIREMENTS = _HERE / "requirements.txt"
_SHARED = _HERE / "programs" / "shared"
# Python 3.6 was the last with pystone in its test package (PSF licence); 3.6.15's is version 1.2, whose text this is the digest of.
_PYSTONE_SHA256 = "16e554f8be38a5588dc078d1d699f19911d35c79379c2069f20c388ce811b6c6"
_PYSTONE_URL = "https://raw.githubusercontent.com/python/cpython/v3.6.15/Lib/test/pystone.py"
_PYSTONE_INSTALLED = (".pyenv/versions/3.*/lib/python3.*/test/pystone.py",)
# Modules of the standard library that are measured as a program's own: copied under another name, with their C parts left out.
_OWN_COPIES = {"own_json": "json", "own_tomllib": "tomllib", "own_pickle": "pickle.py"}
_C_PARTS = ("_json", "_pickle")


class SourceMissing(RuntimeError):
    """A program cannot be put together; says what is missing and where it is looked for."""


@dataclass(frozen=True)
class Sources:
    """The set-up cache: `root` has `pyperformance/`, `pyaes/` and `pystone.py`; `stdlib` is the standard library of the target Python."""

    root: Path
    stdlib: Path

    @property
    def ready(self) -> bool:
        """Whether `set_up` has run with the present requirements."""
        mark = self.root / "requirements.txt"
        return mark.exists() and mark.read_bytes() == _REQUIREMENTS.read_bytes()

    def set_up(self) -> None:
        """Fetch what is missing.  Raises SourceMissing when pip cannot install; only pystone may be missing: that is said."""
        if not self.ready:
            progress(f"fetching the programs' sources into {self.root}")
            shutil.rmtree(self.root, ignore_errors=True)
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-compile"]
            command: list[str | Path] = [*pip, "--require-hashes", "--target", self.root, "--requirement", _REQUIREMENTS]
            if subprocess.run(command, stdout=sys.stderr).returncode:
                raise SourceMissing(f"the programs' sources cannot be installed (pip says why above); they are listed in {_REQUIREMENTS}")
            shutil.copy(_REQUIREMENTS, self.root / "requirements.txt")
        if not (self.root / "pystone.py").exists():
            try:
                (self.root / "pystone.py").write_bytes(_pystone())
            except SourceMissing as error:
                progress(str(error))

    def provide(self, script: Path, folder: Path) -> Path:
        """Copy `script` and everything of ours that it imports into `folder` (made anew); returns the script there."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        copied = Path(shutil.copy(script, folder))
        for name in _imported(script):
            self._copy(name, folder)
        return copied

    def _copy(self, name: str, folder: Path) -> None:
        if name.startswith("bm_"):
            if name == "bm_pystone":
                shutil.copy(self._known(self.root / "pystone.py", "Python 3.6's test package"), folder / "bm_pystone.py")
                return
            source = self._known(self.root / "pyperformance" / "data-files" / "benchmarks" / name / "run_benchmark.py", "pyperformance")
            shutil.copy(source, folder / f"{name}.py")
            shutil.copy(_SHARED / "pyperf.py", folder)
            if (source.parent / "data").is_dir():
                shutil.copytree(source.parent / "data", folder / "data", dirs_exist_ok=True)
            for needed in _imported(source):
                self._copy(needed, folder)
        elif name == "pyaes":
            shutil.copytree(self._known(self.root / "pyaes", "the package index"), folder / "pyaes", dirs_exist_ok=True)
        elif name in _OWN_COPIES:
            _own_copy(self.stdlib / _OWN_COPIES[name], folder, name)
        elif (_SHARED / f"{name}.py").exists():
            shutil.copy(_SHARED / f"{name}.py", folder)

    def _known(self, path: Path, origin: str) -> Path:
        if not path.exists():
            raise SourceMissing(f"{path.name} of {origin} is not in {self.root}: run `make bench-setup` where the network can be reached")
        return path


def _imported(script: Path) -> Iterator[str]:
    """The top-level names that `script` imports."""
    for node in ast.walk(ast.parse(script.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.split(".")[0]


def _pystone() -> bytes:
    """Pystone 1.2 as published: of an installed Python 3.6, else of CPython's repository.  Raises SourceMissing."""
    for pattern in _PYSTONE_INSTALLED:
        for path in sorted(Path.home().glob(pattern)):
            if hashlib.sha256(path.read_bytes()).hexdigest() == _PYSTONE_SHA256:
                return path.read_bytes()
    try:
        with urllib.request.urlopen(_PYSTONE_URL, timeout=20) as answer:
            text = bytes(answer.read())
    except (urllib.error.URLError, OSError) as error:
        raise SourceMissing(
            f"pystone is left out: no Python 3.6 is installed in ~/.pyenv and {_PYSTONE_URL} cannot be read ({error})"
        ) from error
    if hashlib.sha256(text).hexdigest() != _PYSTONE_SHA256:
        raise SourceMissing(f"pystone is left out: {_PYSTONE_URL} is not the text that is expected")
    return text


def _own_copy(source: Path, folder: Path, name: str) -> None:
    """Copy a module or package of the standard library as `name`, so that it is first-party, without the C code that stands in for it."""
    target = folder / (f"{name}.py" if source.is_file() else name)
    if source.is_file():
        shutil.copy(source, target)
    else:
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    for path in [target] if source.is_file() else target.glob("*.py"):
        text = path.read_text(encoding="utf-8").replace(f"from {source.stem} import", f"from {name} import")
        for part in _C_PARTS:
            text = text.replace(f"from {part} import", f"from {part}_left_out import")
        path.write_text(text, encoding="utf-8")
