"""One run tells all that is wrong with a manifest, in the order of the file: keys and values, the Python that is asked for, and the
files that are named in vain.  What is right in a faulty manifest is looked at; what only follows from a fault is not told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pybuild.cache import Cache
from pybuild.cli.diagnostics import Style, render
from pybuild.errors import UserError
from pybuild.planning import make_plan
from pybuild.progress import Silent
from pybuild.request import BuildRequest, Setting


@dataclass
class Project:
    folder: Path
    cache: Cache
    settings: list[Setting] = field(default_factory=list)
    profile: str | None = None

    def wrong(self, text: str, name: str = "pybuild.toml") -> list[tuple[int, str]]:
        """Line and message of everything that is wrong with the manifest `text`."""
        (self.folder / name).write_text(text)
        self.request = BuildRequest(self.folder, self.folder / name, (), self.profile, tuple(self.settings))
        with pytest.raises(UserError) as caught:
            make_plan(self.request, self.cache, Silent())
        self.shown = [render(diagnostic, Style(False), self.folder) for diagnostic in caught.value.diagnostics]
        return [(d.place.line if d.place else 0, d.message) for d in caught.value.diagnostics]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project on a machine whose only Python that can be asked for by a version is 3.12.1."""
    python = tmp_path / "home/.pyenv/versions/3.12.1/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("\x7fELF")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", "/nowhere")
    for name in ("VIRTUAL_ENV", "PYENV_ROOT", "XDG_DATA_HOME", "UV_PYTHON_INSTALL_DIR", "MISE_DATA_DIR", "ASDF_DATA_DIR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "app.py").write_text("")
    return Project(tmp_path / "project", Cache(tmp_path / "cache"))


GOOD = '[[entry-point]]\nname = "app"\nrun = "app.py"\n'


def test_a_python_that_is_not_there(project: Project) -> None:
    project.wrong('[build]\npython = "3.99"\n' + GOOD)
    assert project.shown == [
        "error: [build] python: no Python 3.99 was found on PATH or among the version managers' Pythons\n"
        " --> pybuild.toml:2:10\n"
        "  |\n"
        '2 | python = "3.99"\n'
        "  |          ^^^^^^\n"
        "  = help: there is 3.12.1; or give the path of a Python or of a virtual environment"
    ]


def test_a_python_that_is_none(project: Project) -> None:
    (project.folder / "not-python").write_text("")
    assert [line for line, _ in project.wrong('[build]\npython = "not-python"\n' + GOOD)] == [2]
    assert [line for line, _ in project.wrong('[build]\npython = "no/such/folder"\n' + GOOD)] == [2]
    assert "--> pybuild.toml:2:10\n" in project.shown[0]


def test_a_python_in_pyproject(project: Project) -> None:
    text = '[project]\nname = "x"\n[tool.pybuild.build]\npython = "3.99"\n[[tool.pybuild.entry-point]]\nname = "app"\nrun = "app.py"\n'
    project.wrong(text, "pyproject.toml")
    assert "--> pyproject.toml:4:10\n" in project.shown[0]


def test_a_python_of_a_profile(project: Project) -> None:
    project.profile = "old"
    assert [line for line, _ in project.wrong(GOOD + '[profile.old.build]\npython = "3.99"\n')] == [5]


def test_a_python_of_the_command_line_has_no_place(project: Project) -> None:
    project.settings = [Setting("build.python", "3.99", "--python")]
    assert project.wrong('[build]\npython = "3.12"\n' + GOOD) == [
        (0, "--python: no Python 3.99 was found on PATH or among the version managers' Pythons")
    ]


def test_keys_values_python_and_files(project: Project) -> None:
    found = project.wrong(
        '[[entry-point]]\nname = "one"\nrun = "missing.py"\nalias = "uno"\n'
        '[[data]]\nfrom = "missing.txt"\nto = "./"\n'
        '[build]\nmode = "standalon"\npython = "3.99"\nsource-roots = ["missing"]\n'
        '[[library]]\nfrom = "missing.so"\n'
    )
    assert [line for line, _ in found] == [3, 4, 6, 9, 10, 11, 13]


def test_files_after_an_error_of_the_whole(project: Project) -> None:
    """Contradictions are seen when sections are merged."""
    found = project.wrong('[build]\npython-flags = ["isolated", "use-environment"]\n[[entry-point]]\nname = "one"\nrun = "missing.py"\n')
    assert [line for line, _ in found] == [2, 5]


def test_files_with_a_broken_profile(project: Project) -> None:
    found = project.wrong('[[entry-point]]\nname = "one"\nrun = "missing.py"\n[profile.a]\ninherits = "b"\n[profile.b]\ninherits = "a"\n')
    assert [line for line, _ in found] == [3, 5]


def test_files_with_a_setting_that_fits_no_key(project: Project) -> None:
    project.settings = [Setting("build.mode", "standalon", "--mode")]
    assert [line for line, _ in project.wrong(GOOD.replace("app.py", "missing.py"))] == [0, 3]


def test_files_in_the_order_of_the_manifest(project: Project) -> None:
    found = project.wrong('[[data]]\nfrom = "missing.txt"\nto = "./"\n' + GOOD.replace("app.py", "missing.py"))
    assert [line for line, _ in found] == [2, 6]


@pytest.mark.parametrize(
    "text",
    [
        '[build]\nsource-rots = ["lib"]\n[product]\nversion = { attr = "acme.VERSION" }\n' + GOOD,  # where acme is, is not known
        '[build]\npython = "3.99"\n[[data]]\npackage = "babel"\n' + GOOD,  # nor in which Python to look for it
        '[[data]]\nfrm = "assets"\nto = "./"\n' + GOOD,  # `from` was meant
        '[[entry-point]]\nname = "app"\nrn = "app.py"\n',  # that there is nothing to run is told once, at the key
        '[[entry-point]]\nname = 3\nrun = "app.py"\n',
    ],
)
def test_what_follows_from_a_fault_is_not_told(project: Project, text: str) -> None:
    found = project.wrong(text)
    assert len(found) == (2 if "rn =" in text else 1), found


def test_a_manifest_that_is_not_toml_is_told_alone(project: Project) -> None:
    assert [line for line, _ in project.wrong("[build\n" + GOOD)] == [1]
