"""What is shown of what compilers say: the first error in a few lines, files that fail alike by name; all of it is in a log."""

from __future__ import annotations

from pathlib import Path

import pytest

from pybuild.cache import Cache
from pybuild.errors import BuildFailure
from pybuild.link.failures import LINES, Failed, compile_failure, excerpt, first_error, link_failure
from pybuild.link.scons import Finished
from tests.unit.link.linking import link, make_plan, small_runtime, with_compiler

LONG = "\n".join(
    [
        *(f"other.c:{n}:1: warning: unused variable 'w{n}' [-Wunused-variable]" for n in range(20)),
        "In file included from launcher/main.c:3:",
        "                 from other.h:1,",
        "launcher/greeting.h: In function 'greet':",
        "launcher/greeting.h:7:5: error: 'nonsense' undeclared",
        "    7 |     nonsense;",
        "      |     ^~~~~~~~",
        *(f"launcher/main.c:{n}:1: error: unknown type name 't{n}'" for n in range(30)),
        "compilation terminated.",
    ]
)


def failed(name: str, text: str, status: int = 1) -> Failed:
    return Failed(("gcc", "-c", f"{name} 1.c"), Finished(name, status, text))


def test_an_excerpt_begins_with_what_leads_to_the_first_error() -> None:
    lines = excerpt(LONG).splitlines()
    assert lines[:4] == [
        "In file included from launcher/main.c:3:",
        "                 from other.h:1,",
        "launcher/greeting.h: In function 'greet':",
        "launcher/greeting.h:7:5: error: 'nonsense' undeclared",
    ]
    assert len(lines) == LINES + 1
    assert lines[-1] == f"... ({20 + 6 + 31 - LINES} more lines)"


def test_short_output_is_shown_whole() -> None:
    text = "\n".join(f"note {n}" for n in range(LINES))
    assert excerpt(f"\n{text}\n") == text
    assert excerpt("") == ""


def test_without_an_error_the_last_lines_are_shown() -> None:
    lines = excerpt("\n".join(f"line {n}" for n in range(100))).splitlines()
    assert lines[0] == f"line {100 - LINES}"
    assert lines[-1] == f"... ({100 - LINES} more lines)"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (LONG, "launcher/greeting.h:7:5: error: 'nonsense' undeclared"),
        ("ld: warning: x not found\n/usr/bin/ld: a.o: undefined reference to `f'\ncollect2: error: ld returned 1", None),
        ("gcc: fatal error: no input files", None),
        ("something\nelse", "else"),
        ("", ""),
    ],
)
def test_the_first_error(text: str, line: str | None) -> None:
    expected = next(one for one in text.splitlines() if "undefined reference" in one or "fatal" in one) if line is None else line
    assert first_error(text) == expected


def test_files_that_fail_alike_are_told_once(tmp_path: Path) -> None:
    alike = [failed(f"part/{name}.c", f"part/{name}.c:{n}:7: error: no such thing") for n, name in enumerate("abcdef")]
    error = compile_failure("gcc 12", [*alike, failed("own.c", "own.c:1: error: its own fault")], (), Cache(tmp_path), "key")
    first, second = error.diagnostics
    assert first.message.splitlines() == [
        "gcc 12 could not compile part/a.c: exit status 1",
        "part/a.c:0:7: error: no such thing",
        "nor could it compile part/b.c, part/c.c, part/d.c and 2 more",
    ]
    assert second.message.startswith("gcc 12 could not compile own.c: ")


def test_many_files_that_fail_in_many_ways_are_not_all_shown(tmp_path: Path) -> None:
    error = compile_failure("gcc 12", [failed(f"{n}.c", f"error: {'x' * n}") for n in range(1, 9)], (), Cache(tmp_path), "key")
    assert len(error.diagnostics) == 3
    assert error.diagnostics[2].message.splitlines()[-1] == "nor could it compile 4.c, 5.c, 6.c and 2 more"


def test_all_is_in_the_log_with_the_commands(tmp_path: Path) -> None:
    error = compile_failure("gcc 12", [failed("a.c", LONG), failed("b.c", "", -9)], (), Cache(tmp_path), "0123456789abcdef")
    log = tmp_path / "log" / "compile-0123456789ab.log"
    assert all(diagnostic.hint.splitlines()[-1].endswith(f": {log}") for diagnostic in error.diagnostics)
    text = log.read_text()
    assert text.startswith("$ gcc -c 'a.c 1.c'\n")
    assert LONG in text
    assert text.endswith("killed by SIGKILL\n")
    assert error.diagnostics[1].message == "gcc 12 could not compile b.c: killed by SIGKILL; it said nothing"
    link_failure("gcc 12", "libpython", failed("link", "again"), (), Cache(tmp_path), "0123456789abcdef")
    link_failure("gcc 12", "libpython", failed("link", "and again"), (), Cache(tmp_path), "0123456789abcdef")
    assert sorted(path.name for path in log.parent.iterdir()) == ["compile-0123456789ab.log", "link-0123456789ab.log"]


def test_a_log_that_cannot_be_written_is_not_promised(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file")
    (diagnostic,) = compile_failure("gcc 12", [failed("a.c", "error: x")], (), Cache(tmp_path), "key").diagnostics
    assert str(tmp_path) not in diagnostic.hint
    assert diagnostic.hint


def test_the_users_own_options_are_suspected(tmp_path: Path) -> None:
    (diagnostic,) = compile_failure("gcc 12", [failed("a.c", "error: x")], ("-DA B",), Cache(tmp_path), "key").diagnostics
    assert diagnostic.hint.startswith("see whether [compiler] cflags is the reason: '-DA B'\n")
    (diagnostic,) = link_failure("gcc 12", "libpython", failed("link", "error: x"), ("-Wl,-x",), Cache(tmp_path), "key").diagnostics
    assert diagnostic.hint.startswith("see whether [compiler] ldflags is the reason: -Wl,-x\n")


class Told:
    """A Progress that keeps the details."""

    def __init__(self) -> None:
        self.details: list[str] = []

    def stage(self, name: str) -> object:
        from pybuild.progress import Silent

        return Silent().stage(name)

    def warn(self, diagnostic: object) -> None:
        pass

    def detail(self, text: str) -> None:
        self.details.append(text)


def test_a_real_compiler_that_says_much(tmp_path: Path) -> None:
    """The error is short, --verbose and the log have everything."""
    runtime = small_runtime(tmp_path)
    (runtime / "importer/other.c").write_text(
        "".join(f'#warning "number {n}"\n' for n in range(40)) + "int pb_other(void) { return nonsense; }\n"
    )
    told = Told()
    with pytest.raises(BuildFailure) as caught:
        link(runtime, with_compiler(make_plan(tmp_path), jobs=1), Cache(tmp_path / "cache"), told)  # type: ignore[arg-type]
    (diagnostic,) = caught.value.diagnostics
    assert "'nonsense' undeclared" in diagnostic.message.replace("‘", "'").replace("’", "'")
    assert len(diagnostic.message.splitlines()) <= LINES + 2
    (log,) = (tmp_path / "cache" / "log").iterdir()
    assert "number 39" in log.read_text()
    assert "number 39" in "".join(told.details)
