"""A Python 3.11 to record with, and a cache for the recorder's extension that the whole run shares."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pybuild.hints import Hints, load_hints
from tests.end_to_end.support import clean_environment, find_pythons


@dataclass(frozen=True)
class Ended:
    """A finished process."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Recorder:
    """Programs in `folder`, run plainly and under the recorder by the same Python."""

    python: Path
    cache: Path
    folder: Path

    @property
    def output(self) -> Path:
        return self.folder / "record.json"

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def plain(self, *words: str | Path, stdin: str = "") -> Ended:
        return self._run([self.python, *words], stdin)

    def pybuild(self, *words: str | Path, stdin: str = "") -> Ended:
        return self._run([sys.executable, "-m", "pybuild", *words], stdin)

    def record(self, *words: str | Path, stdin: str = "", options: tuple[str, ...] = ()) -> Ended:
        return self.pybuild("record", "--python", self.python, "--output", self.output, *options, *words, stdin=stdin)

    def alike(self, *words: str | Path, stdin: str = "") -> Ended:
        """Run both ways; nothing that can be seen from outside may differ."""
        plain, recorded = self.plain(*words, stdin=stdin), self.record(*words, stdin=stdin)
        assert recorded == plain
        return recorded

    def hints(self) -> Hints:
        return load_hints([self.output])

    def functions(self) -> dict[str, dict[str, Any]]:
        """The recorded functions of the program itself, as JSON, by qualified name."""
        found = self.hints().document
        assert found is not None
        return {entry["qualname"]: entry for entry in found["functions"] if entry["first-party"]}

    def _run(self, command: list[str | Path], stdin: str) -> Ended:
        environment = clean_environment(PYBUILD_CACHE_DIR=str(self.cache))
        done = subprocess.run(
            command, cwd=self.folder, env=environment, input=stdin, capture_output=True, text=True, timeout=120, check=False
        )
        return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def recorder_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recorder-cache")


@pytest.fixture
def recorder(recorder_cache: Path, tmp_path: Path) -> Recorder:
    pythons = {python.version: python.executable for python in find_pythons()}
    if "3.11" not in pythons:
        pytest.skip("needs Python 3.11 with its headers")
    return Recorder(pythons["3.11"], recorder_cache, tmp_path)
