"""What a user gets wrong, and what a machine gets wrong: the whole message, the exit status, and the previous result left whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.support import Pybuild, clean_environment, execute, find_pythons

PYTHON = find_pythons()[0].executable
GOOD = '[build]\nmode = "standalone"\n[[entry-point]]\nname = "app"\nrun = "app.py"\n'


class Project:
    """A project that has been built once, so that there is something to lose."""

    def __init__(self, folder: Path, pybuild: Pybuild) -> None:
        self.folder = folder
        self.pybuild = pybuild
        self.program = folder / "dist" / "app.dist" / "app"
        self.write("app.py", "print('the previous result')\n")
        self.write("pybuild.toml", GOOD)
        pybuild.build("--python", PYTHON, folder=folder)

    def write(self, name: str, text: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def fails(self, status: int, *arguments: str) -> str:
        """Build, which has to fail; the previous result has to be whole.  Returns the message."""
        ran = self.pybuild("build", "--quiet", "--python", str(PYTHON), *arguments, folder=self.folder)
        assert (ran.status, ran.out) == (status, ""), ran
        assert execute([self.program]).out == "the previous result\n"
        assert os.listdir(self.folder / "dist") == ["app.dist"]
        return ran.err


@pytest.fixture
def project(tmp_path: Path, pybuild: Pybuild) -> Project:
    return Project(tmp_path, pybuild)


def test_an_unreadable_manifest(project: Project) -> None:
    (project.folder / "pybuild.toml").unlink()
    (project.folder / "pybuild.toml").mkdir()
    message = project.fails(2, "--manifest", "pybuild.toml")
    assert message.startswith("error: ")
    assert "pybuild.toml" in message
    assert "folder" in message or "directory" in message


def test_a_manifest_that_does_not_exist(project: Project) -> None:
    message = project.fails(2, "--manifest", "no-such.toml")
    assert "no-such.toml" in message


def test_a_manifest_that_is_not_utf8(project: Project) -> None:
    project.write("pybuild.toml", b"# ok\n# caf\xe9\n" + GOOD.encode())
    message = project.fails(2)
    assert "UTF-8" in message
    assert "pybuild.toml:2:6" in message


def test_a_manifest_that_is_not_toml(project: Project) -> None:
    project.write("pybuild.toml", '[build]\nmode = "standalone\n')
    message = project.fails(2)
    assert "pybuild.toml:2:" in message
    assert 'mode = "standalone' in message


def test_all_errors_of_a_manifest_at_once_each_with_its_place(project: Project) -> None:
    project.write("pybuild.toml", '[build]\nmdoe = "standalone"\noutput-dir = 3\n[[entry-point]]\nname = "app"\nrn = "app.py"\n')
    message = project.fails(2)
    assert message.count("error: ") >= 3
    assert "pybuild.toml:2:1\n" in message
    assert "mode" in message
    assert "pybuild.toml:3:14\n" in message
    assert "pybuild.toml:6:1\n" in message
    assert "^^^^" in message


def test_the_same_errors_as_data(project: Project) -> None:
    project.write("pybuild.toml", '[build]\nmdoe = "standalone"\n[[entry-point]]\nname = "app"\nrun = "app.py"\n')
    for command in ("check", "build"):
        ran = project.pybuild(command, "--output-format", "json", folder=project.folder)
        assert (ran.status, ran.err) == (2, "")
        (found,) = json.loads(ran.stdout)["diagnostics"]
        assert (found["severity"], found["line"], found["column"]) == ("error", 2, 1)
        assert found["path"] == str(project.folder / "pybuild.toml")
        assert found["text"] == 'mdoe = "standalone"'
        assert "mode" in found["hint"]


def test_what_the_module_graph_finds_wrong_with_the_manifest_has_its_place_too(project: Project) -> None:
    project.write(
        "pybuild.toml",
        '[modules]\ninclude = ["json", "json.nothing"]\n\n[[entry-point]]\nname = "app"\nrun  =  "jsn.tool:main"\n',
    )
    ran = project.pybuild("build", "--output-format", "json", folder=project.folder)
    assert ran.status == 2
    found = [(d["line"], d["column"], d["width"], d["text"]) for d in json.loads(ran.stdout)["diagnostics"]]
    assert found == [(6, 9, 15, 'run  =  "jsn.tool:main"'), (2, 20, 14, 'include = ["json", "json.nothing"]')]
    message = project.fails(2)
    assert f'pybuild.toml:6:9\n  |\n6 | run  =  "jsn.tool:main"\n  |         {"^" * 15}\n' in message


def test_a_key_whose_stage_comes_later(project: Project) -> None:
    project.write("pybuild.toml", GOOD.replace("standalone", "onefile"))
    message = project.fails(2)
    assert "not available in this version" in message
    assert "pybuild.toml:2:8" in message


def test_two_entry_points_of_one_name(project: Project) -> None:
    project.write("pybuild.toml", GOOD + '[[entry-point]]\nname = "app"\nrun = "app.py"\n')
    message = project.fails(2)
    assert "app" in message
    assert "pybuild.toml:" in message


def test_a_name_that_no_file_can_have(project: Project) -> None:
    project.write("pybuild.toml", GOOD.replace('name = "app"', 'name = "a/b"'))
    assert "--> pybuild.toml:4:8\n" in project.fails(2)


@pytest.mark.parametrize("run", ["missing.py", "missing.module", "json.tool:"])
def test_an_entry_that_does_not_exist(project: Project, run: str) -> None:
    project.write("pybuild.toml", GOOD.replace('run = "app.py"', f'run = "{run}"'))
    message = project.fails(2)
    assert "pybuild.toml:" in message
    assert run.partition(":")[0] in message


def test_a_syntax_error_in_an_entry_is_shown_as_python_shows_it(project: Project) -> None:
    source = "x = 1\ndef broken(:\n    pass\n"
    project.write("app.py", source)
    python = execute([PYTHON, "app.py"], folder=project.folder)
    message = project.fails(2)
    shown = [line.strip() for line in python.err.splitlines() if not line.lstrip().startswith("File")]
    for line in shown:
        assert line in message
    assert "app.py" in message
    assert "2" in message


def test_a_cyclic_profile(project: Project) -> None:
    project.write("pybuild.toml", GOOD + '[profile.one]\ninherits = "two"\n[profile.two]\ninherits = "one"\n')
    message = project.fails(2, "--profile", "one")
    assert "one" in message
    assert "two" in message
    assert "pybuild.toml:" in message


def test_an_unknown_profile(project: Project) -> None:
    assert "releas" in project.fails(2, "--profile", "releas")


def test_helpers_of_one_name_in_two_folders(project: Project) -> None:
    for folder in ("one", "two"):
        project.write(f"{folder}/tool_{folder}.py", "import helper\nprint(helper.NAME)\n")
        project.write(f"{folder}/helper.py", f"NAME = '{folder}'\n")
    project.write(
        "pybuild.toml",
        '[build]\nmode = "standalone"\n[[entry-point]]\nname = "one"\nrun = "one/tool_one.py"\n'
        '[[entry-point]]\nname = "two"\nrun = "two/tool_two.py"\n',
    )
    message = project.fails(2)
    assert "helper" in message
    assert "one/helper.py" in message
    assert "two/helper.py" in message


def test_an_output_folder_that_is_a_file(project: Project) -> None:
    project.write("taken", "a file")
    message = project.fails(2, "--output-dir", "taken")
    assert "taken" in message
    assert (project.folder / "taken").read_text() == "a file"


def _can_mount() -> bool:
    done = subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False) if os.geteuid() == 0 else None
    return done is not None and done.returncode == 0


def test_an_output_folder_that_is_not_writable(project: Project) -> None:
    closed = project.folder / "closed"
    closed.mkdir(mode=0o555)
    command = [sys.executable, "-m", "pybuild", "build", "--quiet", "--python", PYTHON, "--output-dir", "closed"]
    if os.geteuid() == 0:  # permissions do not stop root, a read-only disk does
        if not _can_mount():
            pytest.skip("needs a mount namespace, or a user who is not root")
        command = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o ro none closed && exec "$@"', "sh", *command]
    ran = execute(command, folder=project.folder, environment=clean_environment(PYBUILD_CACHE_DIR=str(project.pybuild.cache)))
    assert (ran.status, ran.out) == (2, ""), ran
    assert "closed" in ran.err
    assert not any(closed.iterdir())
    assert execute([project.program]).out == "the previous result\n"


@pytest.mark.skipif(not _can_mount(), reason="needs a mount namespace")
@pytest.mark.parametrize("size", ["64k", "2m", "5m"])
def test_a_full_disk_leaves_the_previous_result(project: Project, size: str) -> None:
    """The output folder lies on a disk that is too small, whatever the point at which it is full."""
    small = project.folder / "small"
    small.mkdir()
    build = '"$2" -m pybuild build --quiet --python "$3" --output-dir small'
    script = f'mount -t tmpfs -o size={size} none "$1" && {build}; status=$?; ls -A "$1"; exit $status'
    environment = clean_environment(PYBUILD_CACHE_DIR=str(project.pybuild.cache))
    command = ["unshare", "--mount", "sh", "-c", script, "sh", small, sys.executable, PYTHON]
    ran = execute(command, folder=project.folder, environment=environment)
    assert (ran.status, ran.out) == (1, ""), ran
    assert f"error: no space left on the disk of {small}" in ran.err
    assert "help: free some space" in ran.err
    assert "Traceback" not in ran.err
    assert execute([project.program]).out == "the previous result\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_the_previous_result(tmp_path: Path, number: signal.Signals) -> None:
    """A cold build of another text, interrupted as soon as its first stage has reported."""
    project = Project(tmp_path, Pybuild(tmp_path / "cache"))
    project.write("app.py", "import asyncio, unittest, xml.dom.minidom, email.mime.text, http.server, sqlite3\nprint('the next')\n")
    command = [sys.executable, "-m", "pybuild", "build", "--python", str(PYTHON)]
    environment = clean_environment(PYBUILD_CACHE_DIR=str(tmp_path / "another-cache"))
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        process.stderr.readline()  # the first stage is done
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert process.returncode == (130 if number is signal.SIGINT else 143), (out, err)
    assert "Traceback" not in err
    assert out == ""
    assert execute([project.program]).out == "the previous result\n"
    assert os.listdir(tmp_path / "dist") == ["app.dist"]
