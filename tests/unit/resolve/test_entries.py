"""Entry points: what `run` means, which names are fit, and what is refused with which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from pybuild.errors import Diagnostic, Place
from pybuild.resolve.entries import Entries, EntryRequest, RunError, check_name, parse_run, resolve_entries, script_targets
from pybuild.resolve.model import EntryKind
from pybuild.resolve.packages import Finder


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")


def resolved(project: Path, *requests: EntryRequest) -> Entries:
    return resolve_entries(requests, project, lambda folders: Finder((*folders, project / "src"), (".so",)).find)


def diagnostics(project: Path, *requests: EntryRequest) -> list[Diagnostic]:
    return list(resolved(project, *requests).diagnostics)


# -- run


@pytest.mark.parametrize(
    ("text", "kind", "module", "function"),
    [
        ("acme.cli:main", EntryKind.FUNCTION, "acme.cli", "main"),
        ("acme:App.run", EntryKind.FUNCTION, "acme", "App.run"),
        ("acme.cli : main", EntryKind.FUNCTION, "acme.cli", "main"),
        ("acme", EntryKind.MODULE, "acme", ""),
        ("acme.cli", EntryKind.MODULE, "acme.cli", ""),
        ("ünïcode.mödule", EntryKind.MODULE, "ünïcode.mödule", ""),
    ],
)
def test_functions_and_modules(tmp_path: Path, text: str, kind: EntryKind, module: str, function: str) -> None:
    run = parse_run(text, tmp_path)
    assert (run.kind, run.module, run.function, run.script) == (kind, module, function, None)


@pytest.mark.parametrize(
    "text", ["hello.py", "my-tool.py", "my tool.py", "tools/no suffix", "./tool", "tools/x.pyw", "über.py", "a b/c-d.py"]
)
def test_a_script_is_named_by_its_path(tmp_path: Path, text: str) -> None:
    put(tmp_path, text)
    run = parse_run(text, tmp_path)
    assert (run.kind, run.script) == (EntryKind.SCRIPT, tmp_path / text)


def test_a_script_may_lie_anywhere(tmp_path: Path) -> None:
    put(tmp_path, "project/x", "other/tool.py")
    for text in ("../other/tool.py", str(tmp_path / "other/tool.py")):
        assert parse_run(text, tmp_path / "project").script == tmp_path / "other/tool.py"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "'run' is empty", "module:function"),
        ("  ", "'run' is empty", "module:function"),
        ("tools\\x.py", "backslash", "'/'"),
        ("tools/acmectk.py", "does not exist", "did you mean 'tools/acmectl.py'?"),
        ("acmectk.py", "does not exist", "paths are relative to"),
        ("nowhere/x.py", "does not exist", "there is no folder"),
        ("src/acme/cli.py:main", "does not exist", "'module:function'"),
        ("src/acme", "is a folder", "name the package: 'acme'"),
        ("tools/", "is a folder", "main.py"),
        ("my-tool", "neither a module's name nor a script's path", "did you mean the script 'my-tool.py'?"),
        ("no-such", "neither a module's name nor a script's path", "did you mean 'no_such'?"),
        ("1tool", "neither a module's name nor a script's path", "letters, digits"),
        ("acme..cli", "neither a module's name nor a script's path", "letters, digits"),
        ("acme.cli:", "'' is not a function's name", "package.module:function"),
        (":main", "'' is not a module's name", ""),
        ("acme.cli:main()", "'main()' is not a function's name", "package.module:function"),
        ("acme-cli:main", "'acme-cli' is not a module's name", "did you mean 'acme_cli'?"),
    ],
)
def test_what_cannot_be_run_says_why_and_what_to_write(tmp_path: Path, text: str, message: str, hint: str) -> None:
    put(tmp_path, "tools/acmectl.py", "src/acme/__init__.py", "src/acme/cli.py", "my-tool.py")
    with pytest.raises(RunError) as error:
        parse_run(text, tmp_path)
    assert message in str(error.value)
    assert hint in error.value.hint


def test_a_package_is_run_through_its_main_module(tmp_path: Path) -> None:
    put(tmp_path, "src/acme/__init__.py", "src/acme/__main__.py", "src/acme/one.py", "src/space/__main__.py")
    points = resolved(tmp_path, EntryRequest("a", "acme"), EntryRequest("b", "acme.one"), EntryRequest("c", "space")).points
    assert [point.module for point in points] == ["acme.__main__", "acme.one", "space.__main__"]


def test_a_package_without_main_module_cannot_be_run(tmp_path: Path) -> None:
    put(tmp_path, "src/acme/__init__.py")
    (problem,) = diagnostics(tmp_path, EntryRequest("a", "acme"))
    assert problem.message == "the package 'acme' cannot be run: it has no __main__ module"
    assert "acme/__main__.py" in problem.hint
    assert "'acme:main'" in problem.hint


def test_a_function_of_a_package_needs_no_main_module(tmp_path: Path) -> None:
    put(tmp_path, "src/acme/__init__.py")
    assert resolved(tmp_path, EntryRequest("a", "acme:main")).points[0].module == "acme"


def test_a_module_that_is_not_found_is_left_to_the_graph(tmp_path: Path) -> None:
    assert resolved(tmp_path, EntryRequest("a", "nowhere")).points[0].module == "nowhere"


# -- scripts


def test_a_script_is_a_node_of_its_own(tmp_path: Path) -> None:
    put(tmp_path, "tools/my-tool 2.py")
    entries = resolved(tmp_path, EntryRequest("t", "tools/my-tool 2.py"))
    (point,) = entries.points
    assert (point.module, point.script_target, point.script) == ("@my-tool 2.py", "my-tool 2.py", tmp_path / "tools/my-tool 2.py")
    assert entries.folders == (tmp_path / "tools",)


def test_scripts_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    put(tmp_path, "a/run.py", "b/run.py", "c.py", "run.py")
    requests = [EntryRequest(str(i), text) for i, text in enumerate(("a/run.py", "b/run.py", "c.py", "run.py"))]
    assert [point.script_target for point in resolved(tmp_path, *requests).points] == ["a/run.py", "b/run.py", "c.py", "run.py"]


def test_scripts_of_one_name_outside_the_project(tmp_path: Path) -> None:
    scripts = [tmp_path / "project/x/run.py", tmp_path / "other/run.py"]
    assert list(script_targets(scripts, tmp_path / "project").values()) == ["project/x/run.py", "other/run.py"]


def test_two_programs_may_run_one_script(tmp_path: Path) -> None:
    put(tmp_path, "run.py")
    entries = resolved(tmp_path, EntryRequest("a", "run.py"), EntryRequest("b", "./run.py"))
    assert [point.module for point in entries.points] == ["@run.py", "@run.py"]
    assert entries.folders == (tmp_path,)


def test_a_script_behind_a_link_finds_its_helpers_beside_the_real_file(tmp_path: Path) -> None:
    """As CPython does: sys.path[0] is the folder of the file that the link leads to."""
    put(tmp_path, "real/tool.py")
    (tmp_path / "tool.py").symlink_to("real/tool.py")
    entries = resolved(tmp_path, EntryRequest("t", "tool.py"))
    assert entries.folders == (tmp_path / "real",)
    assert entries.points[0].script == tmp_path / "tool.py"


# -- names


@pytest.mark.parametrize("name", ["acme", "acme-cli", "my tool", "a.b", "7z", "über", ".hidden", "a" * 200, "-x", "acme+", "exe"])
def test_names_that_are_fit(name: str) -> None:
    assert check_name(name) == ""


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "a/b", "/", "a\\b", "a\0b", "a\nb", "a:b", "a*", 'a"', " a", "a ", "a.", "acme.exe", "acme.EXE", "a" * 201, "\udcff"],
)
def test_names_that_are_no_file_names(name: str) -> None:
    assert check_name(name) != ""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (EntryRequest("a", "m"), EntryRequest("a", "n")),
        (EntryRequest("a", "m", ("x",)), EntryRequest("b", "n", ("x",))),
        (EntryRequest("a", "m"), EntryRequest("b", "n", ("a",))),
        (EntryRequest("a", "m", ("b",)), EntryRequest("b", "n")),
    ],
)
def test_a_name_is_given_once(tmp_path: Path, first: EntryRequest, second: EntryRequest) -> None:
    (problem,) = diagnostics(tmp_path, first, second)
    assert "two programs are called" in problem.message


def test_an_alias_of_its_own_name_is_refused(tmp_path: Path) -> None:
    assert len(diagnostics(tmp_path, EntryRequest("a", "m", ("a",)))) == 1


def test_both_places_of_a_name_are_shown(tmp_path: Path) -> None:
    manifest = tmp_path / "pybuild.toml"
    first = EntryRequest("a", "m", places={"name": Place(manifest, 3)})
    second = EntryRequest("b", "n", ("a",), places={"aliases.0": Place(manifest, 9)})
    (problem,) = diagnostics(tmp_path, first, second)
    assert "pybuild.toml:3" in problem.message
    assert problem.place == Place(manifest, 9)


def test_there_is_one_default(tmp_path: Path) -> None:
    (problem,) = diagnostics(tmp_path, EntryRequest("a", "m", default=True), EntryRequest("b", "n", default=True))
    assert "both the default" in problem.message


def test_all_errors_come_at_once(tmp_path: Path) -> None:
    found = diagnostics(tmp_path, EntryRequest("a/b", "x.py"), EntryRequest("c", "y.py"))
    assert len(found) == 3
