"""The measured programs: the generated one, and how the others are put together."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from benchmarks.mixed import data_blocks, object_blocks
from benchmarks.mixed.program import LINES, MODULES, PACKAGE, SCRIPT, generate, module_text
from benchmarks.speed.sources import SourceMissing, Sources

PROGRAMS = Path("benchmarks/speed/programs").resolve()


def run(script: Path, *arguments: str) -> str:
    answer = subprocess.run([sys.executable, script, *arguments], cwd=script.parent, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_the_generated_program_has_the_lines_that_are_asked_for(tmp_path: Path) -> None:
    assert generate(tmp_path) == LINES == 22_560
    files = [*(tmp_path / PACKAGE).glob("m*.py"), tmp_path / SCRIPT]
    assert len(files) == MODULES == 60
    assert sum(len(path.read_text().splitlines()) for path in files) == LINES


def test_it_is_the_same_each_time() -> None:
    assert module_text(7, 376, seed=3) == module_text(7, 376, seed=3) != module_text(7, 376, seed=4)


def test_it_runs_and_all_its_modules_have_a_part_in_the_check_value(tmp_path: Path) -> None:
    generate(tmp_path, modules=5, lines=1500)
    first = run(tmp_path / SCRIPT)
    assert first.strip().isdigit()
    module = tmp_path / PACKAGE / "m002.py"
    module.write_text(module.read_text().replace("    total = WEIGHTS", "    total = 1 + WEIGHTS"))
    assert run(tmp_path / SCRIPT) != first


def test_every_kind_of_block_is_in_it() -> None:
    text = "".join(module_text(number, 376, seed=3) for number in range(59))
    for word in (
        "nonlocal ",
        "match ",
        "yield ",
        "lambda ",
        "@dataclasses.dataclass",
        "super()",
        "finally:",
        "__slots__",
        "argparse",
        "while ",
    ):
        assert word in text
    assert len(data_blocks.MAKERS) + len(object_blocks.MAKERS) >= 16


def test_a_program_gets_the_modules_that_it_imports(tmp_path: Path) -> None:
    sources = Sources(tmp_path / "none", Path(sysconfig.get_path("stdlib")))
    script = sources.provide(PROGRAMS / "open_set" / "fib.py", tmp_path / "fib")
    assert sorted(path.name for path in script.parent.iterdir()) == ["fib.py", "harness.py"]
    assert run(script, "1") == "317811\n"


def test_parts_of_the_standard_library_become_the_programs_own_without_c(tmp_path: Path) -> None:
    sources = Sources(tmp_path / "none", Path(sysconfig.get_path("stdlib")))
    script = sources.provide(PROGRAMS / "more_set" / "json_pure.py", tmp_path / "json_pure")
    probe = script.with_name("probe.py")
    probe.write_text("import own_json.decoder as d, own_json.encoder as e\nprint(d.scanstring is d.py_scanstring, e.c_make_encoder)\n")
    assert run(probe) == "True None\n"


def test_what_was_not_fetched_is_named(tmp_path: Path) -> None:
    sources = Sources(tmp_path / "none", Path(sysconfig.get_path("stdlib")))
    with pytest.raises(SourceMissing, match="make bench-setup"):
        sources.provide(PROGRAMS / "open_set" / "nbody.py", tmp_path / "nbody")
