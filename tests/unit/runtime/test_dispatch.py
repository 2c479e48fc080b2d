"""One executable, many programs: which entry point starts, and what it knows of how it was started."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.unit.runtime.building import script
from tests.unit.runtime.conftest import Built, Maker, clean_environment

SHOW = "import sys\nprint({name!r}, sys.argv, sys.executable, sys.orig_argv, sep='|')\n"


def suite(make: Maker, **options: object) -> Built:
    files = {"acme.py": SHOW.format(name="acme"), "ctl.py": SHOW.format(name="ctl"), "my-tool 2.py": SHOW.format(name="my tool")}
    entries = [script("acme.py", aliases=("acme-cli",)), script("ctl.py", default=False), script("my-tool 2.py", default=False)]
    return make(files, entries, **options)


def fields(text: str) -> list[str]:
    return text.rstrip("\n").split("|")


@pytest.fixture
def program(make_one: Maker) -> Built:
    return suite(make_one)


def test_file_name_selects_the_entry_point(program: Built) -> None:
    assert fields(program.output())[0] == "acme"
    assert fields(program.output(program="ctl"))[0] == "ctl"
    assert fields(program.output(program="my-tool 2"))[0] == "my tool"


def test_alias_and_exe_suffix_select_it_too(program: Built) -> None:
    assert fields(program.output(program="acme-cli"))[0] == "acme"
    shutil.copy(program.path, program.folder / "ctl.exe")
    assert fields(program.output(program="ctl.exe"))[0] == "ctl"


def test_hard_link_copy_and_rename(program: Built) -> None:
    (program.folder / "hard").mkdir()
    os.link(program.path, program.folder / "hard" / "ctl")
    assert fields(program.output(program="hard/ctl"))[0] == "ctl"
    shutil.copy(program.path, program.folder / "hard" / "my-tool 2")
    assert fields(program.output(program="hard/my-tool 2"))[0] == "my tool"
    (program.folder / "ctl").unlink()
    program.path.rename(program.folder / "ctl")
    assert fields(program.output(program="ctl"))[0] == "ctl"


def test_link_from_another_folder(program: Built, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    link = tmp_path / "bin" / "ctl"
    link.symlink_to(program.folder / "ctl")
    ran = subprocess.run([link, "x"], capture_output=True, text=True, env=clean_environment())
    assert fields(ran.stdout) == ["ctl", str([str(link), "x"]), str(program.folder / "ctl"), str([str(link), "x"])]


def test_chain_of_links(program: Built, tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(program.folder)
    (tmp_path / "ctl").symlink_to("a/ctl")
    assert fields(program.output(program=tmp_path / "ctl"))[0] == "ctl"


def test_relative_path(program: Built) -> None:
    ran = subprocess.run(["demo.dist/ctl"], capture_output=True, text=True, cwd=program.folder.parent, env=clean_environment())
    assert fields(ran.stdout) == ["ctl", "['demo.dist/ctl']", str(program.folder / "ctl"), "['demo.dist/ctl']"]


def test_found_on_path_argv0_is_the_path_as_for_a_console_script(program: Built) -> None:
    environment = clean_environment({"PATH": f"/nonexistent:{program.folder}"})
    ran = subprocess.run(["/bin/sh", "-c", "exec ctl a"], capture_output=True, text=True, env=environment)
    assert fields(ran.stdout) == ["ctl", str([str(program.folder / "ctl"), "a"]), str(program.folder / "ctl"), "['ctl', 'a']"]


def test_another_program_of_that_name_on_path_is_not_taken_for_it(program: Built, tmp_path: Path) -> None:
    (tmp_path / "decoy").mkdir()
    (tmp_path / "decoy" / "ctl").write_text("#!/bin/sh\n")
    (tmp_path / "decoy" / "ctl").chmod(0o755)
    ran = subprocess.run(
        ["ctl"], executable=program.path, capture_output=True, text=True, env=clean_environment({"PATH": str(tmp_path / "decoy")})
    )
    assert fields(ran.stdout)[1] == str([str(program.folder / "ctl")])


def test_exec_under_another_name(program: Built) -> None:
    ran = subprocess.run(["ctl", "1"], executable=program.path, capture_output=True, text=True, env=clean_environment())
    assert fields(ran.stdout)[0] == "ctl"
    assert fields(ran.stdout)[3] == "['ctl', '1']"


def test_unknown_name_takes_the_default(program: Built) -> None:
    shutil.copy(program.path, program.folder / "something")
    assert fields(program.output(program="something"))[0] == "acme"


def test_empty_argv_takes_the_default(program: Built, tmp_path: Path) -> None:
    caller = tmp_path / "caller.c"
    caller.write_text("#include <unistd.h>\nint main(int c, char **v) { char *none[] = {0}; (void)c; return execv(v[1], none); }\n")
    subprocess.run(["gcc", caller, "-o", tmp_path / "caller"], check=True)
    ran = subprocess.run([tmp_path / "caller", program.path], capture_output=True, text=True, env=clean_environment())
    assert fields(ran.stdout)[0] == "acme", ran.stderr  # (newer kernels make it an empty string)


def test_unknown_name_without_default_lists_the_names(make_one: Maker) -> None:
    files = {"a.py": "", "b.py": ""}
    built = make_one(files, [script("a.py", default=False, aliases=("x", "y")), script("b.py", default=False)])
    shutil.copy(built.path, built.folder / "other")
    ran = built.run(program="other")
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr == (
        "other: there is no entry point other in this program; it has:\n  a (also x, y)\n  b\n"
        "Start it through a link or copy with one of these names, or set PYBUILD_ENTRY_POINT.\n"
    )


def test_environment_overrides_and_is_consumed(make_one: Maker) -> None:
    code = "import os, sys\nprint('b', os.environ.get('PYBUILD_ENTRY_POINT'), sys.executable)\n"
    built = make_one({"a.py": "print('a')", "b.py": code}, [script("a.py"), script("b.py", default=False)])
    assert built.output(env={"PYBUILD_ENTRY_POINT": "b"}) == f"b None {built.folder / 'b'}\n"
    assert built.output(env={"PYBUILD_ENTRY_POINT": ""}) == "a\n"
    ran = built.run(env={"PYBUILD_ENTRY_POINT": "c"})
    assert ran.returncode == 2
    assert "there is no entry point c (PYBUILD_ENTRY_POINT) in this program" in ran.stderr


def test_environment_does_not_count_where_the_manifest_forbids_it(make_one: Maker) -> None:
    built = make_one({"a.py": "print('a')", "b.py": ""}, [script("a.py"), script("b.py", default=False)], entry_override=False)
    assert built.output(env={"PYBUILD_ENTRY_POINT": "b"}) == "a\n"


def test_program_without_links_beside_it_names_its_own_file(program: Built, tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    shutil.copy(program.path, tmp_path / "alone" / "program")
    link = tmp_path / "ctl"
    link.symlink_to("alone/program")
    assert fields(program.output(program=link))[2] == str(tmp_path / "alone" / "program")


def test_runs_in_a_folder_that_was_moved_and_has_odd_characters(program: Built, tmp_path: Path) -> None:
    moved = tmp_path / "é ü\tx\udcff"
    program.folder.rename(moved)
    ran = subprocess.run([moved / "ctl"], capture_output=True, env=clean_environment())
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith(b"ctl|")
