"""Accelerated programs see on sys.path what `python` in the source root sees, and so do their children.

The modules that are found there were not known to the build: their names are made at run time.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.end_to_end.support import Pybuild, Python, clean_environment, execute

TELL = """
import importlib, json, multiprocessing, os, subprocess, sys

def plugin():
    return importlib.import_module("".join(["plug", "in"])).NAME

def seen():
    return [plugin(), list(dict.fromkeys(sys.path))]

def child(*arguments):
    ran = subprocess.run([sys.executable, *arguments], capture_output=True, text=True)
    return [ran.stdout, ran.stderr]

def tell():
    told = {"itself": seen()}
    for method in ("fork", "spawn", "forkserver"):
        with multiprocessing.get_context(method).Pool(1) as pool:
            told[method] = pool.apply(seen)
    told["-c"] = child("-c", "import plugin, pkg.tell, sys; print(pkg.tell.plugin(), plugin.NAME, sys.path[0])")
    told["-m"] = child("-m", "plugin")
    told["-m pkg"] = child("-m", "pkg.told")
    print(json.dumps(told))
"""
FILES = {
    "src/pkg/__init__.py": "",
    "src/pkg/tell.py": TELL,
    "src/pkg/told.py": "from pkg.tell import seen\nif __name__ == '__main__':\n    print(seen())\n",
    "src/pkg/__main__.py": "from pkg.tell import tell\nif __name__ == '__main__':\n    tell()\n",
    "src/plugin.py": "NAME = 'of the source root'\nif __name__ == '__main__':\n    print('run', __name__)\n",
    "scripts/script.py": "from pkg.tell import tell\nif __name__ == '__main__':\n    import beside\n    print(beside.NAME)\n    tell()\n",
}
MANIFEST = """
[build]
mode = "accelerated"
source-roots = ["src"]
[modules]
include = ["pkg.told"]
exclude = ["plugin", "beside"]
[[entry-point]]
name = "function"
run = "pkg.tell:tell"
[[entry-point]]
name = "module"
run = "pkg.tell_main"
[[entry-point]]
name = "package"
run = "pkg"
[[entry-point]]
name = "script"
run = "scripts/script.py"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {**FILES, "src/pkg/tell_main.py": FILES["src/pkg/__main__.py"], "scripts/beside.py": "NAME = 'beside'\n"}
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "pybuild.toml").write_text(MANIFEST)
    return tmp_path


def test_modules_that_the_build_did_not_know_are_found_as_python_finds_them(pybuild: Pybuild, python: Python, project: Path) -> None:
    pybuild.build("--python", python.executable, folder=project)
    src = project / "src"
    interpreted = _told([python.executable, "-s", "-m", "pkg"], src)
    assert interpreted["itself"][0] == "of the source root"
    for name in ("module", "package", "function"):
        assert _told([project / "dist" / name], src) == interpreted, name


def test_the_folder_of_the_program_does_not_matter(pybuild: Pybuild, python: Python, project: Path) -> None:
    pybuild.build("--python", python.executable, folder=project)
    told = _told([project / "dist" / "package"], Path("/"))
    for way in ("itself", "fork", "spawn", "forkserver"):
        assert told[way] == told["itself"]
    assert told["itself"][1][0] == str(project / "src")
    assert told["-m"] == ["run __main__\n", ""]
    assert told["-c"][1] == ""


def test_a_script_has_its_own_folder_first(pybuild: Pybuild, python: Python, project: Path) -> None:
    pybuild.build("--python", python.executable, folder=project)
    ran = execute([project / "dist" / "script"], folder=project)
    assert ran.out.splitlines()[0] == "beside", ran.err
    told = json.loads(ran.out.splitlines()[1])
    assert told["itself"][1][:2] == [str(project / "scripts"), str(project / "src")]
    assert told["spawn"] == told["itself"]


def _told(command: list[str | Path], folder: Path) -> dict[str, list[object]]:
    ran = execute(command, folder=folder, environment=clean_environment(PYTHONDONTWRITEBYTECODE="1"))
    assert (ran.status, ran.err) == (0, "")
    told = json.loads(ran.out)
    assert isinstance(told, dict)
    return told
