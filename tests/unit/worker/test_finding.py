"""Finding modules in the target, without importing anything."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from pybuild.interpreter import WorkerPool


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with modules of all kinds."""
    folder = tmp_path / "root"
    for name in (
        "plain.py",
        "package/__init__.py",
        "package/sub.py",
        "package/inner/__init__.py",
        "spread/part.py",
        "package/bare/deep.py",
    ):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("raise AssertionError('imported')\n")
    return folder


def find(pool: WorkerPool, roots: list[Path], *names: tuple[str, list[Path] | None]) -> list[Any]:
    asked = [(name, None if locations is None else [str(location) for location in locations]) for name, locations in names]
    return pool.call("find", roots=[str(folder) for folder in roots], names=asked)["found"]


def test_kinds(pool: WorkerPool, root: Path) -> None:
    found = find(pool, [root], ("plain", None), ("package", None), ("spread", None), ("sys", None), ("nowhere", None))
    assert found == [
        ["source", str(root / "plain.py"), None, []],
        ["source", str(root / "package/__init__.py"), [str(root / "package")], []],
        ["namespace", "", [str(root / "spread")], []],
        ["builtin", "", None, []],
        None,
    ]


def test_submodules_are_looked_for_in_their_packages_locations(pool: WorkerPool, root: Path) -> None:
    inside = [root / "package"]
    found = find(pool, [root], ("package.sub", inside), ("package.inner", inside), ("package.bare", inside), ("package.none", inside))
    assert [item and item[0] for item in found] == ["source", "source", "namespace", None]


def test_the_standard_library(pool: WorkerPool) -> None:
    found = find(pool, [], ("os", None), ("json", None), ("_json", None), ("_frozen_importlib", None))
    assert [item[0] for item in found] == ["source", "source", "extension" if found[2][1] else "builtin", "frozen"]
    assert found[0][1].endswith("os.py")


def test_a_namespace_package_is_made_of_all_folders(pool: WorkerPool, root: Path, tmp_path: Path) -> None:
    (tmp_path / "second/spread").mkdir(parents=True)
    assert find(pool, [root, tmp_path / "second"], ("spread", None))[0][2] == [str(root / "spread"), str(tmp_path / "second/spread")]


def test_a_regular_module_anywhere_beats_folders(pool: WorkerPool, root: Path, tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    (tmp_path / "second/spread.py").write_text("")
    assert find(pool, [root, tmp_path / "second"], ("spread", None))[0][0] == "source"


def test_other_files_of_the_name_in_the_programs_folders_are_told(pool: WorkerPool, root: Path, tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    (tmp_path / "second/plain.py").write_text("")
    assert find(pool, [root, tmp_path / "second"], ("plain", None))[0][3] == [str(tmp_path / "second/plain.py")]


def test_a_package_that_extends_its_path_lies_in_all_its_folders(pool: WorkerPool, root: Path, tmp_path: Path) -> None:
    (root / "old").mkdir()
    (root / "old/__init__.py").write_text("__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n")
    (tmp_path / "second/old").mkdir(parents=True)
    assert find(pool, [root, tmp_path / "second"], ("old", None))[0][2] == [str(root / "old"), str(tmp_path / "second/old")]


def test_archives_are_told_apart(pool: WorkerPool, tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("zipped.py", "")
    assert find(pool, [tmp_path / "a.zip"], ("zipped", None))[0][0] == "archive"


def test_submodules_of_a_package(pool: WorkerPool, root: Path) -> None:
    (root / "package/__pycache__").mkdir()
    (root / "package/data").mkdir()
    (root / "package/data/readme.txt").write_text("")
    (root / "package/with-dash.py").write_text("")
    answer = pool.call("submodules", name="package", locations=[str(root / "package")], deep=True)
    assert answer["names"] == ["package.bare", "package.bare.deep", "package.inner", "package.sub", "package.with-dash"]
    flat = pool.call("submodules", name="package", locations=[str(root / "package")], deep=False)
    assert "package.bare.deep" not in flat["names"]
    assert flat["folders"] == [str(root / "package")]


EDITABLE = """
import sys
from importlib.machinery import PathFinder
from importlib.util import spec_from_file_location
class Finder:
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name == "mapped":
            return spec_from_file_location(name, {init!r}, submodule_search_locations=[{folder!r}])
sys.meta_path.append(Finder)
"""


@pytest.fixture
def environment(target: Any, tmp_path: Path) -> Path:
    """A virtual environment of the target, without pip."""
    subprocess.run([target.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    return tmp_path / "venv"


class Environment:
    """What a pool needs to know of an interpreter."""

    def __init__(self, folder: Path) -> None:
        self.executable = folder / "bin/python"


def site_packages(environment: Path) -> Path:
    return next(environment.glob("lib/python3*/site-packages"))


def test_editable_installs_of_both_kinds(environment: Path, root: Path, tmp_path: Path) -> None:
    """By a `.pth` file with a folder, and by a finder that a `.pth` file installs."""
    mapped = tmp_path / "elsewhere"
    mapped.mkdir()
    (mapped / "__init__.py").write_text("")
    packages = site_packages(environment)
    (packages / "plain.pth").write_text(f"{root}\n")
    (packages / "finder_of_mapped.py").write_text(EDITABLE.format(init=str(mapped / "__init__.py"), folder=str(mapped)))
    (packages / "mapped.pth").write_text("import finder_of_mapped\n")
    with WorkerPool(Environment(environment)) as pool:
        found = find(pool, [], ("plain", None), ("mapped", None))
    assert [item[1] for item in found] == [str(root / "plain.py"), str(mapped / "__init__.py")]


def test_distutils_is_that_of_setuptools_where_it_sees_to_that(environment: Path) -> None:
    packages = site_packages(environment)
    for name in ("setuptools/__init__.py", "setuptools/_distutils/__init__.py", "setuptools/_distutils/core.py", "_distutils_hack.py"):
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_text("")
    (packages / "_distutils_hack.py").write_text("import sys\nclass F:\n    def find_spec(*_): return None\nsys.meta_path.insert(0, F())\n")
    with WorkerPool(Environment(environment)) as pool:
        (before,) = find(pool, [], ("distutils", None))
    assert before is None or "setuptools" not in before[1]
    (packages / "distutils-precedence.pth").write_text("import _distutils_hack\n")
    with WorkerPool(Environment(environment)) as pool:
        package, core = find(pool, [], ("distutils", None), ("distutils.core", [str(packages / "setuptools/_distutils")]))
    assert package == ["source", str(packages / "distutils-precedence.pth"), [str(packages / "setuptools/_distutils")], []]
    assert core[1] == str(packages / "setuptools/_distutils/core.py")


def test_pythonpath_does_not_count(environment: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(root))
    with WorkerPool(Environment(environment)) as pool:
        assert find(pool, [], ("plain", None)) == [None]


def test_distributions(environment: Path, tmp_path: Path) -> None:
    """Owners by RECORD, by the folder of an editable install; and distributions by name."""
    packages = site_packages(environment)
    for name in ("acme/__init__.py", "shared/one.py", "shared/two.py"):
        (packages / name).parent.mkdir(exist_ok=True)
        (packages / name).write_text("")
    project = tmp_path / "project"
    (project / "src/mine").mkdir(parents=True)
    (project / "src/mine/__init__.py").write_text("")
    install(packages, "Acme-Tools", "1.2", ["acme/__init__.py"])
    install(packages, "one", "1", ["shared/one.py"])
    install(packages, "two", "2", ["shared/two.py"])
    install(packages, "mine", "3", [], {"direct_url.json": f'{{"url": "{project.as_uri()}", "dir_info": {{"editable": true}}}}'})
    files = [packages / "acme/__init__.py", packages / "shared/two.py", project / "src/mine/__init__.py", tmp_path / "stray.py"]
    files.append(tmp_path / "other/src/acme/__init__.py")  # the sources of what is installed
    own = ["", "", "mine/__init__.py", "stray.py", "acme/__init__.py"]
    with WorkerPool(Environment(environment)) as pool:
        answer = pool.call("distributions", files=[str(file) for file in files], own=own, names=["acme.tools", "ONE", "nobody"])
    names = [item[0] for item in answer["found"]]
    assert [names[owner] if owner >= 0 else None for owner in answer["owners"]] == ["Acme-Tools", "two", "mine", None, "Acme-Tools"]
    assert [names[owner] if owner >= 0 else None for owner in answer["named"]] == ["Acme-Tools", "one", None]
    metadata = {item[0]: item[2] for item in answer["found"]}
    assert set(metadata["Acme-Tools"]) == {"METADATA", "RECORD", "entry_points.txt"}
    assert "direct_url.json" not in metadata["mine"]


def test_entry_points(environment: Environment) -> None:
    packages = site_packages(environment)
    text = "[console_scripts]\na = acme:main\n[acme.plugins]\nb = acme.b:load [extra]\na = acme.a\nbad = not a module\n"
    install(packages, "Acme-Tools", "1.2", [], {"entry_points.txt": text})
    install(packages, "more", "1", [], {"entry_points.txt": "[acme.plugins]\nc = more\n[other]\nd = more.d:x.y\n"})
    with WorkerPool(Environment(environment)) as pool:
        groups = pool.call("entry_points")["groups"]
    assert groups == {
        "acme.plugins": [["a", "acme.a", "Acme-Tools"], ["b", "acme.b", "Acme-Tools"], ["c", "more", "more"]],
        "other": [["d", "more.d", "more"]],
    }


def install(packages: Path, name: str, version: str, files: list[str], extra: dict[str, str] | None = None) -> None:
    folder = packages / f"{name.replace('-', '_').lower()}-{version}.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (folder / "entry_points.txt").write_text("[console_scripts]\n")
    (folder / "RECORD").write_text("".join(f"{file},sha256=x,1\n" for file in files) + f"{folder.name}/RECORD,,\n")
    for file, text in (extra or {}).items():
        (folder / file).write_text(text)
