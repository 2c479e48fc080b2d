"""What is built again, and what not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.support import Pybuild, Ran, clean_environment, execute, find_pythons

PYTHON = find_pythons()[0].executable


class Project:
    """A script that uses one module of its own and one of the standard library's; built and started again and again."""

    def __init__(self, folder: Path, pybuild: Pybuild) -> None:
        self.folder = folder
        self.pybuild = pybuild
        (folder / "app.py").write_text("import shop\nprint(shop.price(2))\n")
        (folder / "shop.py").write_text("import colorsys\n\ndef price(n):\n    return n * 10\n")
        (folder / "pybuild.toml").write_text('[build]\nmode = "standalone"\n[[entry-point]]\nname = "app"\nrun = "app.py"\n')

    def build(self, *arguments: str) -> dict[str, object]:
        return self.pybuild.build("--python", PYTHON, *arguments, folder=self.folder)

    def start(self) -> Ran:
        return execute([self.folder / "dist" / "app.dist" / "app"])


@pytest.fixture
def project(tmp_path: Path, pybuild: Pybuild) -> Project:
    return Project(tmp_path, pybuild)


def test_nothing_changed_is_up_to_date_and_touches_no_file(project: Project) -> None:
    assert project.build()["status"] == "built"
    before = {path: path.lstat().st_mtime_ns for path in (project.folder / "dist").rglob("*")}
    assert project.build()["status"] == "up-to-date"
    assert {path: path.lstat().st_mtime_ns for path in (project.folder / "dist").rglob("*")} == before
    ran = project.pybuild("build", "--python", PYTHON, folder=project.folder)
    assert ran.out.startswith("up to date: dist/app.dist")


def test_nothing_changed_imports_no_stage_and_starts_no_process(project: Project) -> None:
    project.build()
    command = [sys.executable, "-X", "importtime", "-m", "pybuild", "build", "--output-format", "json", "--python", PYTHON]
    ran = execute(command, folder=project.folder, environment=clean_environment(PYBUILD_CACHE_DIR=str(project.pybuild.cache)))
    assert json.loads(ran.stdout)["status"] == "up-to-date"
    imported = {line.rpartition("|")[2].strip() for line in ran.err.splitlines() if line.startswith("import time:")}
    assert "pybuild.uptodate" in imported
    heavy = {"pybuild.manifest.models", "rich.console", "SCons.Script", "elftools", "pybuild.pipeline", "pybuild.planning", "tomli"}
    assert imported & heavy == set()


@pytest.fixture
def alone(tmp_path: Path) -> Project:
    """A project whose cache nobody else uses."""
    (tmp_path / "alone").mkdir()
    return Project(tmp_path / "alone", Pybuild(tmp_path / "own cache"))


def test_a_changed_module_of_bytecode_is_noticed_and_links_nothing(alone: Project) -> None:
    project = alone
    with (project.folder / "pybuild.toml").open("a") as manifest:
        manifest.write("[modules]\nnative = []\n")
    project.build()
    (project.folder / "shop.py").write_text("def price(n):\n    return n * 11\n")
    ran = project.pybuild("build", "--python", PYTHON, "--verbose", folder=project.folder)
    assert ran.status == 0, ran
    assert project.start().out == "22\n"
    objects = project.pybuild.cache / "object"
    assert not any(
        path.stat().st_mtime_ns > (project.folder / "shop.py").stat().st_mtime_ns for path in objects.rglob("*") if path.is_file()
    )


def test_a_module_that_comes_to_shadow_another_is_noticed_and_so_is_its_end(project: Project) -> None:
    (project.folder / "shop.py").write_text("import colorsys\n\ndef price(n):\n    return getattr(colorsys, 'PRICE', 1) * n\n")
    project.build()
    assert project.start().out == "2\n"
    (project.folder / "colorsys.py").write_text("PRICE = 5\n")
    assert project.build()["status"] == "built"
    assert project.start().out == "10\n"
    (project.folder / "colorsys.py").unlink()
    assert project.build()["status"] == "built"
    assert project.start().out == "2\n"


def test_a_package_that_comes_to_shadow_a_module_is_noticed(project: Project) -> None:
    project.build()
    (project.folder / "shop").mkdir()
    (project.folder / "shop" / "__init__.py").write_text("def price(n):\n    return 'from the package'\n")
    project.build()
    assert project.start().out == "from the package\n"


def test_a_removed_module_that_is_needed_becomes_a_warning_with_its_chain(project: Project) -> None:
    project.build()
    (project.folder / "shop.py").unlink()
    ran = project.pybuild("build", "--python", PYTHON, folder=project.folder)
    assert ran.status == 0
    assert "shop" in ran.err
    assert "app.py:1" in ran.err
    assert b"No module named 'shop'" in project.start().stderr
    again = project.pybuild("build", "--python", PYTHON, folder=project.folder)
    assert again.out.startswith("up to date")
    assert "app.py:1" in again.err  # what was warned of is still so


def test_the_manifest_and_options_count(project: Project) -> None:
    project.build()
    with (project.folder / "pybuild.toml").open("a") as stream:
        stream.write('aliases = ["other"]\n')
    assert project.build()["status"] == "built"
    assert (project.folder / "dist" / "app.dist" / "other").exists()
    assert project.build("--mode", "accelerated")["status"] == "built"
    assert project.build()["status"] == "up-to-date"


def test_a_manifest_that_appears_nearer_is_taken(project: Project, tmp_path: Path) -> None:
    below = tmp_path / "below"
    below.mkdir()
    assert project.pybuild.build("--python", PYTHON, folder=below)["path"] == str(tmp_path / "dist" / "app.dist")
    (below / "other.py").write_text("print('other')\n")
    (below / "pybuild.toml").write_text('[[entry-point]]\nname = "other"\nrun = "other.py"\n')
    assert project.pybuild.build("--python", PYTHON, folder=below)["path"] == str(below / "dist" / "other.dist")


def test_a_damaged_or_removed_result_is_made_again(project: Project) -> None:
    project.build()
    program = project.folder / "dist" / "app.dist" / "app"
    program.write_bytes(b"damaged")
    assert project.build()["status"] == "built"
    assert project.start().out == "20\n"
    program.unlink()
    project.build()
    assert project.start().out == "20\n"


def test_an_emptied_cache_is_no_harm(tmp_path: Path) -> None:
    project = Project(tmp_path, Pybuild(tmp_path / "own-cache"))
    project.build()
    assert project.pybuild("cache", "prune", "--all", folder=tmp_path).status == 0
    told = json.loads(project.pybuild("cache", "info", "--output-format", "json", folder=tmp_path).stdout)
    assert set(told["kinds"]) <= {"results"}
    project.build()
    assert project.start().out == "20\n"
    assert os.listdir(tmp_path / "dist") == ["app.dist"]


EDITS = {
    "a data file's text": lambda folder: (folder / "assets" / "deep" / "a.txt").write_text("other"),
    "a file that a glob matches": lambda folder: (folder / "assets" / "deep" / "b.txt").write_text("new"),
    "a folder that a glob crosses": lambda folder: (
        (folder / "assets" / "more").mkdir(),
        (folder / "assets" / "more" / "c.txt").write_text("c"),
    ),
    "a data file that is gone": lambda folder: (folder / "assets" / "x.txt").unlink(),
    "the file with the version": lambda folder: (folder / "VERSION").write_text("2.0"),
    "the pyproject beside": lambda folder: (folder / "pyproject.toml").write_text('[project]\nname = "other"\n'),
    "a source root that was not there": lambda folder: (folder / "src").mkdir(),
    "a venv beside the manifest": lambda folder: subprocess.run([PYTHON, "-m", "venv", "--without-pip", folder / ".venv"], check=True),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_whatever_was_looked_at_counts(edit: Callable[[Path], object], pybuild: Pybuild, tmp_path: Path) -> None:
    (tmp_path / "assets" / "deep").mkdir(parents=True)
    (tmp_path / "assets" / "deep" / "a.txt").write_text("a")
    (tmp_path / "assets" / "x.txt").write_text("x")
    (tmp_path / "VERSION").write_text("1.0")
    (tmp_path / "app.py").write_text("print(1)\n")
    (tmp_path / "pybuild.toml").write_text(
        '[product]\nversion = { file = "VERSION" }\n[build]\nmode = "standalone"\n[[entry-point]]\nname = "app"\nrun = "app.py"\n'
        '[[data]]\nfrom = "assets/**/*.txt"\nto = "assets/"\n'
    )
    assert pybuild.build(folder=tmp_path)["status"] == "built"
    assert pybuild.build(folder=tmp_path)["status"] == "up-to-date"
    edit(tmp_path)
    assert pybuild.build(folder=tmp_path)["status"] == "built"


def test_a_package_that_is_installed_later_is_noticed(pybuild: Pybuild, tmp_path: Path) -> None:
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True)
    (tmp_path / "app.py").write_text("try:\n    import late\nexcept ImportError:\n    late = None\nprint(late and late.NAME)\n")
    program = str(pybuild.build("app.py", folder=tmp_path)["executable"])
    assert execute([program]).out == "None\n"
    assert pybuild.build("app.py", folder=tmp_path)["status"] == "up-to-date"
    (site,) = (tmp_path / ".venv" / "lib").glob("python*/site-packages")
    (site / "late.py").write_text("NAME = 'installed'\n")
    assert pybuild.build("app.py", folder=tmp_path)["status"] == "built"
    assert execute([program]).out == "installed\n"


def test_a_changed_native_module_compiles_itself_alone(alone: Project) -> None:
    project = alone
    project.build()
    (project.folder / "shop.py").write_text("def price(n):\n    return n * 11\n")
    changed = (project.folder / "shop.py").stat().st_mtime_ns
    assert project.pybuild("build", "--python", PYTHON, folder=project.folder).status == 0
    assert project.start().out == "22\n"
    objects = [path for path in (project.pybuild.cache / "object").rglob("*") if path.is_file()]
    assert sum(path.stat().st_mtime_ns > changed for path in objects) <= 1
