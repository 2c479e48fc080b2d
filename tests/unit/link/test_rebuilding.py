"""What is made again and what is taken from the cache; what a failure, a full disk, an interrupt or a second build leave behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pybuild.cache import Cache
from pybuild.errors import BuildFailure
from pybuild.progress import Silent, Stage
from tests.unit.link.linking import link, make_plan, run, small_runtime, with_compiler


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def wrapper(folder: Path, script: str, name: str = "wrapped-gcc") -> Path:
    """A compiler that runs `script` (sh) before it becomes gcc."""
    path = folder / name
    path.write_text(f'#!/bin/sh\n{script}\nexec gcc "$@"\n')
    path.chmod(0o755)
    return path


def left_over(cache: Cache) -> list[Path]:
    return [*(cache.root / "work").glob("*"), *(path for path in cache.root.rglob(".*") if path.is_file())]


class Counting(Silent):
    """A Progress that keeps what the stage said."""

    def __init__(self) -> None:
        super().__init__()
        self.expected = 0
        self.done: list[str] = []

    def stage(self, name: str):  # type: ignore[no-untyped-def]
        from contextlib import nullcontext

        return nullcontext(self)

    def total(self, count: int) -> None:
        self.expected = count

    def advance(self, count: int = 1, detail: str = "") -> None:
        self.done.append(detail)


def test_nothing_is_started_when_everything_is_cached(tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime, plan = small_runtime(tmp_path), make_plan(tmp_path)
    first = link(runtime, plan, cache)
    assert (first.compiled, first.reused) == (2, 0)

    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError(f"started {arguments}")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    second = link(runtime, plan, cache)
    assert (second.compiled, second.reused, second.path, second.key) == (0, 2, first.path, first.key)


def test_progress_counts_what_is_compiled_and_the_link(tmp_path: Path, cache: Cache) -> None:
    progress = Counting()
    _: Stage = progress
    link(small_runtime(tmp_path), make_plan(tmp_path), cache, progress)
    assert progress.expected == 3
    assert sorted(progress.done[:2]) == ["importer/other.c", "launcher/main.c"]
    assert progress.done[2:] == ["link"]


def test_one_changed_source_is_one_compile(tmp_path: Path, cache: Cache) -> None:
    runtime, plan = small_runtime(tmp_path), make_plan(tmp_path)
    link(runtime, plan, cache)
    source = runtime / "importer/other.c"
    source.write_text(source.read_text().replace("return 1", "return 2"))
    again = link(runtime, plan, cache)
    assert (again.compiled, again.reused) == (1, 1)


def test_a_changed_header_compiles_all(tmp_path: Path, cache: Cache) -> None:
    runtime, plan = small_runtime(tmp_path), make_plan(tmp_path)
    link(runtime, plan, cache)
    (runtime / "launcher/greeting.h").write_text('#define PB_GREETING "good bye"\n')
    again = link(runtime, plan, cache)
    assert again.compiled == 2
    assert "good bye" in run(again).stderr


@pytest.mark.parametrize("options", [{"optimize": "size"}, {"optimize": "debug"}, {"cflags": ("-DX",)}])
def test_other_compile_flags_are_other_objects(tmp_path: Path, cache: Cache, options: dict[str, object]) -> None:
    runtime, plan = small_runtime(tmp_path), make_plan(tmp_path)
    first = link(runtime, plan, cache)
    second = link(runtime, with_compiler(plan, **options), cache)
    assert second.compiled == 2
    assert second.key != first.key


def test_other_link_flags_link_again_and_compile_nothing(tmp_path: Path, cache: Cache) -> None:
    runtime, plan = small_runtime(tmp_path), make_plan(tmp_path)
    first = link(runtime, plan, cache)
    second = link(runtime, with_compiler(plan, ldflags=("-Wl,-z,now",)), cache)
    assert (second.compiled, second.reused) == (0, 2)
    assert second.key != first.key


def test_a_replaced_compiler_is_asked_and_compiles_again(tmp_path: Path, cache: Cache) -> None:
    runtime = small_runtime(tmp_path)
    plan = with_compiler(make_plan(tmp_path), cc=str(wrapper(tmp_path, ":")))
    assert link(runtime, plan, cache).compiled == 2
    assert link(runtime, plan, cache).compiled == 0
    wrapper(tmp_path, ": # another one")
    assert link(runtime, plan, cache).compiled == 2


def test_a_compile_error_shows_what_the_compiler_said(tmp_path: Path, cache: Cache) -> None:
    runtime = small_runtime(tmp_path)
    (runtime / "importer/other.c").write_text("int pb_other(void) { return nonsense; }\n")
    with pytest.raises(BuildFailure) as caught:
        link(runtime, make_plan(tmp_path), cache)
    message = caught.value.diagnostics[0].message
    assert "gcc" in message
    assert "could not compile importer/other.c: exit status 1" in message
    assert "nonsense" in message
    assert caught.value.diagnostics[0].hint
    assert not (cache.root / "executable").exists()
    assert left_over(cache) == []


def test_what_was_compiled_before_an_error_is_kept(tmp_path: Path, cache: Cache) -> None:
    runtime = small_runtime(tmp_path)
    plan = with_compiler(make_plan(tmp_path), ldflags=("-Wl,--no-such-flag",))
    with pytest.raises(BuildFailure, match=r"could not link the program with libpython.*no-such-flag|(?s:.*)no-such-flag"):
        link(runtime, plan, cache)
    assert left_over(cache) == []
    again = link(runtime, make_plan(tmp_path), cache)
    assert (again.compiled, again.reused) == (0, 2)


def test_missing_headers_of_the_c_library_name_the_package(tmp_path: Path, cache: Cache) -> None:
    runtime = small_runtime(tmp_path)
    cc = wrapper(tmp_path, 'case "$*" in *other.c*) echo "other.c:1:10: fatal error: stdio.h: No such file or directory"; exit 1;; esac')
    with pytest.raises(BuildFailure) as caught:
        link(runtime, with_compiler(make_plan(tmp_path), cc=str(cc)), cache)
    assert "install it: " in caught.value.diagnostics[0].hint


def test_a_full_disk_is_named(tmp_path: Path, cache: Cache) -> None:
    """What a compiler says on a full disk; its files are limited for real in the next test."""
    runtime = small_runtime(tmp_path)
    cc = wrapper(tmp_path, 'case "$*" in *other.c*) echo "error: writing other.o: No space left on device"; exit 1;; esac')
    with pytest.raises(BuildFailure) as caught:
        link(runtime, with_compiler(make_plan(tmp_path), cc=str(cc)), cache)
    assert str(cache.root) in caught.value.diagnostics[0].hint
    assert "PYBUILD_CACHE_DIR" in caught.value.diagnostics[0].hint
    assert left_over(cache) == []


LIMITED = """
import resource, sys
from pathlib import Path
from pybuild.cache import Cache
from pybuild.errors import PybuildError
from tests.unit.link.linking import link, make_plan
folder, cache, size = Path(sys.argv[1]), Cache(Path(sys.argv[2])), int(sys.argv[3])
plan = make_plan(folder)
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    print(link(folder / "small_runtime", plan, cache).path)
except PybuildError as error:
    print(type(error).__name__, error.diagnostics[0].message, error.diagnostics[0].hint, sep="\\n")
"""


@pytest.mark.parametrize("size", [100, 1000, 100_000])
def test_no_half_file_where_no_file_can_be_finished(tmp_path: Path, cache: Cache, size: int) -> None:
    runtime = small_runtime(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, tmp_path, cache.root, str(size)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert done.stdout.startswith("BuildFailure\n"), done.stdout + done.stderr
    assert "PYBUILD_CACHE_DIR" in done.stdout
    assert left_over(cache) == []
    assert not (cache.root / "executable").exists()
    assert run(link(runtime, make_plan(tmp_path), cache)).returncode == 3


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(BuildFailure) as caught:
        link(small_runtime(tmp_path), make_plan(tmp_path), Cache(file / "cache"))
    assert str(file) in caught.value.diagnostics[0].message
    assert "PYBUILD_CACHE_DIR" in caught.value.diagnostics[0].hint


LINK = """
import sys
from pathlib import Path
from pybuild.cache import Cache
from tests.unit.link.linking import link, make_plan, with_compiler
folder, cache, cc = Path(sys.argv[1]), Cache(Path(sys.argv[2])), sys.argv[3]
made = link(folder / "small_runtime", with_compiler(make_plan(folder), cc=cc), cache)
print(made.compiled, made.key)
"""


def test_an_interrupt_ends_the_compilers_and_leaves_nothing(tmp_path: Path, cache: Cache) -> None:
    small_runtime(tmp_path)
    started, never = tmp_path / "started", tmp_path / "never"
    os.mkfifo(started)
    os.mkfifo(never)
    cc = wrapper(tmp_path, f'case "$*" in *main.c*) echo $$ > {started}; read line < {never};; esac')
    build = subprocess.Popen(
        [sys.executable, "-c", LINK, tmp_path, cache.root, cc],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a script's background job ignores it, and its children do
    )
    compiler = int(started.read_text())  # blocks until the compiler runs
    build.send_signal(signal.SIGINT)
    _, errors = build.communicate()
    assert b"KeyboardInterrupt" in errors
    assert left_over(cache) == []
    assert not (cache.root / "executable").exists()
    assert not alive(compiler)


def alive(pid: int) -> bool:
    """Whether the process still runs (one that is dead but not yet waited for does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        return False


def test_two_builds_at_once_compile_each_file_once(tmp_path: Path, cache: Cache) -> None:
    small_runtime(tmp_path)
    log = tmp_path / "log"
    cc = wrapper(tmp_path, f'case " $* " in *" -c "*) echo compiled >> {log};; esac')

    def build(_: int) -> list[str]:
        command = [sys.executable, "-c", LINK, tmp_path, cache.root, cc]
        return subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]).stdout.split()

    with ThreadPoolExecutor(3) as threads:
        results = list(threads.map(build, range(3)))
    assert sorted(compiled for compiled, _ in results) == ["0", "0", "2"]
    assert len({key for _, key in results}) == 1
    assert log.read_text().split() == ["compiled", "compiled"]


def test_folders_of_builds_that_were_killed_are_swept(tmp_path: Path, cache: Cache) -> None:
    old, new = cache.root / "work/link-old", cache.root / "work/link-new"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "linked").write_bytes(b"half")
    os.utime(old, (0, 0))
    link(small_runtime(tmp_path), make_plan(tmp_path), cache)
    assert (old.exists(), new.exists()) == (False, True)


def test_flags_with_blanks_dollars_and_quotes_reach_the_compiler(tmp_path: Path, cache: Cache) -> None:
    """SCons expands `$` and shells split at blanks; neither may happen to a user's flags or folders."""
    folder = tmp_path / "a folder with $HOME and 'quotes'"
    runtime = small_runtime(folder)
    main = runtime / "launcher/main.c"
    main.write_text(main.read_text().replace("PB_GREETING, PB", "PB_GREETING EXTRA, PB"))
    plan = with_compiler(make_plan(folder), cflags=('-DEXTRA=" a $b \\" ${c} \'"',))
    executable = link(runtime, plan, Cache(folder / "cache $x"))
    assert run(executable).stderr == "hello a $b \" ${c} ', static: 1\n" or run(executable).stderr == "hello a $b \" ${c} ', static: 0\n"


def test_relative_folders_in_flags_are_the_projects(tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = small_runtime(tmp_path)
    (tmp_path / "include").mkdir()
    (tmp_path / "include/extra.h").write_text('#define PB_EXTRA "extra"\n')
    main = runtime / "launcher/main.c"
    main.write_text("#include <extra.h>\n" + main.read_text().replace("PB_GREETING, PB", "PB_EXTRA, PB"))
    monkeypatch.chdir("/")
    executable = link(runtime, with_compiler(make_plan(tmp_path), cflags=("-Iinclude",)), cache)
    assert run(executable).stderr.startswith("extra, ")
