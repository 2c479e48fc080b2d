"""The commands, by their effect: one project, looked at, started, linked and cleaned."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pybuild import __version__
from tests.end_to_end.support import Pybuild, clean_environment, execute, find_pythons

PYTHON = find_pythons()[0].executable
EXIT = "import sys\nprint(sys.argv[1:])\nsys.exit(len(sys.argv))\n"


MANIFEST = """[product]
name = "acme"
[build]
mode = "accelerated"
[[entry-point]]
name = "acme"
run = "acme.cli:main"
aliases = ["acme-cli"]
default = true
[[entry-point]]
name = "exits"
run = "exits.py"
[profile.release]
build.keep-source = true
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two programs that share a module, which nothing but a function imports."""
    (tmp_path / "src" / "acme").mkdir(parents=True)
    (tmp_path / "src" / "acme" / "__init__.py").write_text("")
    (tmp_path / "src" / "acme" / "cli.py").write_text("import json\n\ndef main():\n    from acme import deep\n    print(deep.NAME)\n")
    (tmp_path / "src" / "acme" / "deep.py").write_text("import acme.deeper\nNAME = 'deep'\n")
    (tmp_path / "src" / "acme" / "deeper.py").write_text("try:\n    import tomlkit_or_not\nexcept ImportError:\n    pass\n")
    (tmp_path / "exits.py").write_text(EXIT)
    (tmp_path / "pybuild.toml").write_text(MANIFEST)
    return tmp_path


def test_version_and_help(pybuild: Pybuild, tmp_path: Path) -> None:
    assert pybuild("--version", folder=tmp_path).out == f"pybuild {__version__}\n"
    help_text = pybuild("--help", folder=tmp_path).out
    for command in ("build", "run", "check", "show", "schema", "tree", "why", "link", "clean", "cache", "doctor"):
        assert re.search(rf"^  {command} ", help_text, re.MULTILINE), command
    assert "--install-completion" in help_text
    assert pybuild(folder=tmp_path).status == 2  # no command: the help, and a mistake


def test_an_unknown_option_is_the_users_mistake(pybuild: Pybuild, project: Path) -> None:
    ran = pybuild("build", "--no-such-option", folder=project)
    assert ran.status == 2
    assert "--no-such-option" in ran.err


def test_build_ends_with_path_size_and_time(pybuild: Pybuild, project: Path) -> None:
    ran = pybuild("build", "--python", PYTHON, "--verbose", folder=project)
    assert ran.status == 0, ran
    assert re.fullmatch(r"built dist/acme \([\d.]+ MB(, needs glibc [\d.]+)?\) in [\d.]+ s", ran.out.splitlines()[-1])
    for stage in ("manifest", "resolve"):
        assert re.search(rf"^  {stage} +\d+\.\d+ s", ran.out, re.MULTILINE)
        assert re.search(rf"^{stage}: .*in \d+\.\d\d s$", ran.err, re.MULTILINE)  # plain lines, no terminal
    assert "\x1b" not in ran.err + ran.out


def test_quiet_says_nothing(pybuild: Pybuild, project: Path) -> None:
    ran = pybuild("build", "--python", PYTHON, "--quiet", folder=project)
    assert (ran.status, ran.out, ran.err) == (0, "", "")


def test_build_as_data(pybuild: Pybuild, project: Path) -> None:
    built = pybuild.build("--python", PYTHON, folder=project)
    assert built["path"] == built["executable"] == str(project / "dist" / "acme")
    assert built["programs"] == {name: str(project / "dist" / name) for name in ("acme", "acme-cli", "exits")}
    assert built["size"] == (project / "dist" / "acme").stat().st_size


def test_scripts_without_a_manifest(pybuild: Pybuild, tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("print('one')\n")
    (tmp_path / "my-two 2.py").write_text("print('two')\n")
    built = pybuild.build("--python", PYTHON, "one.py", "--main", "my-two 2.py", "--mode", "standalone", folder=tmp_path)
    programs = built["programs"]
    assert isinstance(programs, dict)
    assert list(programs) == ["one", "my-two 2"]
    assert [execute([program]).out for program in programs.values()] == ["one\n", "two\n"]
    assert built["path"] == str(tmp_path / "dist" / "one.dist")


def test_run_builds_what_changed_and_becomes_the_program(pybuild: Pybuild, project: Path) -> None:
    ran = pybuild("run", "exits", "--python", PYTHON, "--", "--python", "two words", "--", folder=project)
    assert (ran.status, ran.out) == (4, "['--python', 'two words', '--']\n")
    assert pybuild("run", "--quiet", "--python", PYTHON, folder=project).out == "deep\n"
    assert pybuild("run", "acme-cli", "--python", PYTHON, folder=project).out == "deep\n"
    (project / "exits.py").write_text("print('changed')\n")
    assert pybuild("run", "exits", "--python", PYTHON, folder=project).out == "changed\n"
    unknown = pybuild("run", "nobody", "--python", PYTHON, folder=project)
    assert unknown.status == 2
    assert "acme, acme-cli, exits" in unknown.err


def test_signals_of_run_are_the_programs(pybuild: Pybuild, project: Path) -> None:
    (project / "exits.py").write_text("import os, signal\nprint(os.getpid(), flush=True)\nsignal.pause()\n")
    pybuild.build("--python", PYTHON, folder=project)
    command = [sys.executable, "-m", "pybuild", "run", "--quiet", "--python", str(PYTHON), "exits"]
    environment = clean_environment(PYBUILD_CACHE_DIR=str(pybuild.cache))
    with subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert int(process.stdout.readline()) == process.pid
        process.send_signal(signal.SIGUSR1)
        assert process.wait(timeout=60) == -signal.SIGUSR1


def test_check_says_that_all_is_right(pybuild: Pybuild, project: Path) -> None:
    ran = pybuild("check", "--python", PYTHON, folder=project)
    assert (ran.status, ran.out) == (0, "pybuild.toml is right: accelerated build of acme, exits into dist\n")
    assert json.loads(pybuild("check", "--python", PYTHON, "--output-format", "json", folder=project).out)["diagnostics"] == []


@pytest.mark.parametrize("run", ["acme.absent", "acme.absent:main"])
def test_check_looks_for_the_modules_that_are_named(pybuild: Pybuild, project: Path, run: str) -> None:
    ran = pybuild("check", "--python", PYTHON, "--main", run, folder=project)
    assert (ran.status, ran.out) == (2, "")
    assert "there is no module 'acme.absent'" in ran.err


def test_show_with_the_origin_of_every_value(pybuild: Pybuild, project: Path) -> None:
    shown = pybuild("show", "--profile", "release", "--mode", "standalone", "--python", PYTHON, folder=project).out
    assert 'mode = "standalone"' in shown
    assert "keep-source = true" in shown
    origin = pybuild("show", "--origin", "--profile", "release", "--mode", "standalone", "--python", PYTHON, folder=project).out
    lines = {line.split(" = ")[0]: line for line in origin.splitlines() if " = " in line}
    assert lines["mode"].endswith("# --mode")
    assert "pybuild.toml:14" in lines["keep-source"]
    assert lines["libpython"].endswith("# default")
    data = json.loads(pybuild("show", "--output-format", "json", "--python", PYTHON, folder=project).out)
    assert data["build"]["mode"] == "accelerated"


def test_schema_is_a_schema(pybuild: Pybuild, tmp_path: Path) -> None:
    schema = json.loads(pybuild("schema", folder=tmp_path).out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert "entry-point" in schema["properties"]
    assert pybuild("schema", "--out", "schema.json", folder=tmp_path).out == ""
    assert json.loads((tmp_path / "schema.json").read_text()) == schema


def test_tree_shows_who_imports_what(pybuild: Pybuild, project: Path) -> None:
    ran = pybuild("tree", "--python", PYTHON, folder=project)
    assert ran.status == 0, ran
    lines = ran.out.splitlines()
    assert any(line.startswith("acme.cli") for line in lines)
    assert "├── json :1" in lines or "└── json :1" in lines
    assert any("acme.deep :4" in line for line in lines)
    assert any("acme.deeper :1" in line for line in lines)
    assert re.search(r"^\d+ modules: \d+ first-party, \d+ third-party, \d+ stdlib$|^\d+ modules: .*", lines[-1])
    data = json.loads(pybuild("tree", "--output-format", "json", "--python", PYTHON, folder=project).out)
    assert {"importer": "acme.deep", "imported": "acme.deeper"}.items() <= next(
        edge for edge in data["edges"] if edge["importer"] == "acme.deep" and edge["imported"] == "acme.deeper"
    ).items()


def test_why_shows_the_chain_with_its_lines(pybuild: Pybuild, project: Path) -> None:
    ran = pybuild("why", "acme.deeper", "--python", PYTHON, folder=project)
    assert ran.status == 0, ran
    chain = [line.split(maxsplit=1) for line in ran.out.splitlines() if line.startswith("  ")]
    assert [place for place, _ in chain] == ["pybuild.toml:6", "src/acme/cli.py:4", "src/acme/deep.py:1"]
    assert chain[-1][1] == "acme.deep imports acme.deeper"
    missing = pybuild("why", "tomlkit_or_not", "--python", PYTHON, folder=project)
    assert missing.status == 0
    assert "src/acme/deeper.py:2" in missing.out
    unknown = pybuild("why", "acme.deepr", "--python", PYTHON, folder=project)
    assert unknown.status == 2
    assert "did you mean acme.deeper" in unknown.err


def test_tree_and_why_take_entry_points_too(pybuild: Pybuild, project: Path) -> None:
    """By name and by alias; a script is called like its file, too."""
    whole = pybuild("tree", "acme.cli", "--python", PYTHON, folder=project).out
    assert whole.startswith("acme.cli\n")
    assert pybuild("tree", "acme-cli", "--python", PYTHON, folder=project).out == whole
    assert pybuild("tree", "acme-cli", "acme.cli", "--python", PYTHON, folder=project).out == whole
    both = pybuild("tree", "acme", "--python", PYTHON, folder=project).out  # the entry point, and the package of that name
    assert both.splitlines()[:-1] == [*whole.splitlines()[:-1], "acme"]
    assert pybuild("tree", "exits", "--python", PYTHON, folder=project).out.startswith("exits.py\n")
    assert pybuild("tree", "exits.py", "--python", PYTHON, folder=project).out.startswith("exits.py\n")
    why = pybuild("why", "acme-cli", "--python", PYTHON, folder=project).out.splitlines()
    assert why[0] == f"entry point acme-cli starts acme.cli (first-party, source, {project / 'src/acme/cli.py'})"
    assert why[2:] == ["  pybuild.toml:6  entry point: acme.cli"]
    assert pybuild("why", "acme", "--python", PYTHON, folder=project).out.startswith("acme (first-party, source, ")
    for command in ("tree", "why"):
        ran = pybuild(command, "acme-clii", "--python", PYTHON, folder=project)
        assert (ran.status, ran.out) == (2, "")
        assert "did you mean acme-cli or acme.cli" in ran.err


def test_link_makes_and_removes_links_elsewhere(pybuild: Pybuild, project: Path, tmp_path: Path) -> None:
    bin_dir = tmp_path / "bin"
    assert pybuild("link", "--bin-dir", "bin", "--python", PYTHON, folder=project).status == 0
    assert sorted(os.listdir(bin_dir)) == ["acme", "acme-cli", "exits"]
    assert execute(["acme"], environment=clean_environment(PATH=str(bin_dir))).out == "deep\n"
    assert execute([bin_dir / "exits", "x"]).status == 2
    (bin_dir / "exits").unlink()
    (bin_dir / "exits").write_text("somebody else's")
    refused = pybuild("link", "--bin-dir", "bin", "--python", PYTHON, folder=project)
    assert refused.status == 2
    assert str(bin_dir / "exits") in refused.err
    assert pybuild("link", "--bin-dir", "bin", "--remove", "--python", PYTHON, folder=project).status == 0
    assert os.listdir(bin_dir) == ["exits"]


def test_clean_removes_what_was_built_and_nothing_else(pybuild: Pybuild, project: Path) -> None:
    for mode in ("accelerated", "standalone"):
        pybuild.build("--python", PYTHON, "--mode", mode, folder=project)
    (project / "dist" / "mine.txt").write_text("not built")
    dry = pybuild("clean", "--dry-run", folder=project)
    assert dry.out.count("would remove") == 2
    ran = pybuild("clean", folder=project)
    assert ran.status == 0, ran
    assert os.listdir(project / "dist") == ["mine.txt"]
    assert pybuild("clean", folder=project).out == "nothing to remove\n"


def test_doctor_names_compiler_headers_and_libpython(pybuild: Pybuild, project: Path) -> None:
    ran = pybuild("doctor", "--python", PYTHON, folder=project)
    assert ran.status == 0, ran
    for what in ("C compiler", "Python headers", "libpython", "linker", "ccache", "glibc"):
        assert what in ran.out
    options = ("--python", PYTHON, "--set", "compiler.cc=gcc", "--output-format", "json")
    poor = pybuild("doctor", *options, folder=project, PATH="/nonexistent")
    assert poor.status == 1
    findings = {finding["name"]: finding for finding in json.loads(poor.out)}
    assert findings["C compiler (gcc)"]["status"] == "missing"
    assert "gcc" in findings["C compiler (gcc)"]["note"]


def test_cache_info_and_prune(project: Path, tmp_path: Path) -> None:
    pybuild = Pybuild(tmp_path / "cache of this test")
    pybuild.build("--python", PYTHON, folder=project)
    told = json.loads(pybuild("cache", "info", "--output-format", "json", folder=project).out)
    assert told["path"] == str(pybuild.cache)
    assert told["bytes"] == sum(kind["bytes"] for kind in told["kinds"].values()) > 0
    assert pybuild("cache", "prune", folder=project).out == "removed 0 files, 0 B\n"
    assert pybuild("cache", "prune", "--max-size", "lots", folder=project).status == 2
    assert not pybuild("cache", "prune", "--all", folder=project).out.startswith("removed 0 files")


def test_completion_for_the_shell(pybuild: Pybuild, tmp_path: Path) -> None:
    ran = pybuild(folder=tmp_path, _PYBUILD_COMPLETE="complete_bash", COMP_WORDS="pybuild bu", COMP_CWORD="1")
    assert ran.out.split() == ["build"]


def test_a_bug_is_called_a_bug(pybuild: Pybuild, project: Path) -> None:
    broken = project / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import pybuild.planning\n\ndef load(request):\n    raise RuntimeError('the cause')\n\npybuild.planning.load = load\n"
    )
    ran = pybuild("build", "--python", PYTHON, folder=project, PYTHONPATH=str(broken))
    assert ran.status == 1
    assert "internal error: RuntimeError: the cause" in ran.err
    assert "bug in pybuild" in ran.err
    assert "Traceback" not in ran.err
    assert "Traceback" in pybuild("build", "--verbose", "--python", PYTHON, folder=project, PYTHONPATH=str(broken)).err
