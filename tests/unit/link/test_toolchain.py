"""Finding and identifying compilers and linkers."""

from __future__ import annotations

from pathlib import Path

import pytest

from pybuild.cache import Cache
from pybuild.errors import UserError
from pybuild.link import probe
from pybuild.link.packages import install_hint, package_manager
from pybuild.link.toolchain import find_toolchain, missing_compiler, parse_linker

GCC = "Using built-in specs.\nCOLLECT_GCC=gcc\nTarget: x86_64-linux-gnu\nThread model: posix\ngcc version 12.2.0 (Debian 12.2.0-14)"
CLANG = "Debian clang version 14.0.6\nTarget: x86_64-pc-linux-gnu\nThread model: posix\nInstalledDir: /usr/bin"


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH of one folder, empty."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder: Path, name: str, answer: str, log: Path | None = None) -> Path:
    """A program that prints `answer` whatever it is asked, and notes in `log` that it ran."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    note = f'echo "$0 $*" >> {log}\n' if log else ""
    lines = "\n".join(f"echo '{line}'" for line in answer.splitlines())
    file.write_text(f"#!/bin/sh\n{note}{lines}\n")
    file.chmod(0o755)
    return file


@pytest.mark.parametrize(
    ("answer", "shown", "target"), [(GCC, "gcc 12.2.0", "x86_64-linux-gnu"), (CLANG, "clang 14.0.6", "x86_64-pc-linux-gnu")]
)
def test_a_compiler_is_known_by_what_it_says_not_by_its_name(path: Path, cache: Cache, answer: str, shown: str, target: str) -> None:
    program(path, "cc", answer)
    toolchain = find_toolchain("auto", cache)
    assert (str(toolchain), toolchain.target, toolchain.command) == (shown, target, ("cc",))


def test_auto_takes_gcc_before_clang_before_cc(path: Path, cache: Cache) -> None:
    program(path, "cc", CLANG)
    assert find_toolchain("auto", cache).command == ("cc",)
    program(path, "clang", CLANG)
    assert find_toolchain("auto", cache).command == ("clang",)
    program(path, "gcc", GCC)
    assert find_toolchain("auto", cache).command == ("gcc",)


def test_a_compiler_may_be_a_path(path: Path, cache: Cache, tmp_path: Path) -> None:
    file = program(tmp_path / "elsewhere", "my-gcc-13", GCC)
    toolchain = find_toolchain(str(file), cache)
    assert (toolchain.family, toolchain.command, toolchain.path) == ("gcc", (str(file),), file)


def test_zig_is_found_in_path_and_among_installed_packages(
    path: Path, cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    file = program(tmp_path / "site/ziglang", "zig", CLANG)
    assert find_toolchain("zig", cache, site_packages=(tmp_path / "site",)).command == (str(file), "cc")
    program(path, "zig", CLANG)
    toolchain = find_toolchain("zig", cache, site_packages=(tmp_path / "site",))
    assert (toolchain.family, toolchain.command) == ("zig", ("zig", "cc"))


@pytest.mark.parametrize(
    ("cc", "message", "hint"),
    [
        ("auto", "no C compiler found (looked for gcc, clang, cc, zig in PATH)", "pip install ziglang"),
        ("gcc", "gcc is not in PATH", "install it: "),
        ("clang", "clang is not in PATH", "install it: "),
        ("zig", "neither zig in PATH nor the Python package ziglang found", "pip install ziglang"),
        ("/opt/none/gcc", "/opt/none/gcc", "absolute path"),
    ],
)
def test_a_missing_compiler_says_what_to_install(
    path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch, cc: str, message: str, hint: str
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UserError) as caught:
        find_toolchain(cc, cache)
    assert message in caught.value.diagnostics[0].message
    assert hint in caught.value.diagnostics[0].hint
    assert caught.value.exit_status == 2


def test_what_is_no_compiler_is_refused_with_what_it_said(path: Path, cache: Cache) -> None:
    program(path, "true", "I am no compiler")
    with pytest.raises(UserError, match=r"true is neither gcc nor clang nor zig.*I am no compiler"):
        find_toolchain("true", cache)


def test_a_compiler_is_asked_once_and_again_when_its_file_changes(path: Path, cache: Cache, tmp_path: Path) -> None:
    log = tmp_path / "log"
    program(path, "gcc", GCC, log)
    first = find_toolchain("gcc", cache)
    asked = log.read_text()
    assert find_toolchain("gcc", cache) == first
    assert log.read_text() == asked
    program(path, "gcc", GCC.replace("12.2.0", "13.1.0"), log)
    second = find_toolchain("gcc", cache)
    assert second.version == "13.1.0"
    assert second.identity != first.identity
    assert log.read_text() != asked


def test_another_linker_is_another_identity(path: Path, cache: Cache) -> None:
    gcc = program(path, "gcc", GCC)
    script = gcc.read_text().splitlines()
    gcc.write_text("\n".join([script[0], 'case "$*" in *fuse-ld=mold*) echo mold 2.31.0; exit;; esac', *script[1:]]))
    usual, mold = find_toolchain("gcc", cache).linker, find_toolchain("gcc", cache, ("-fuse-ld=mold",)).linker
    assert (mold.kind, mold.version) == ("mold", (2, 31, 0))
    assert mold.identity != usual.identity


def test_two_empty_caches_give_one_identity(tmp_path: Path) -> None:
    """gcc names a new temporary file in each answer."""
    assert find_toolchain("gcc", Cache(tmp_path / "one")) == find_toolchain("gcc", Cache(tmp_path / "two"))


@pytest.mark.parametrize(
    ("text", "kind", "version"),
    [
        ("GNU ld (GNU Binutils for Debian) 2.40\nCopyright", "GNU ld", (2, 40)),
        ("GNU ld version 2.35.2-24.el9", "GNU ld", (2, 35, 2)),
        ("GNU ld (GNU Binutils) 2.43.1\nCopyright", "GNU ld", (2, 43, 1)),
        ("GNU gold (GNU Binutils for Debian 2.40) 1.16\n", "gold", (1, 16)),
        ("mold 1.10.1 (compatible with GNU ld)", "mold", (1, 10, 1)),
        ("Debian LLD 14.0.6 (compatible with GNU linkers)", "LLD", (14, 0, 6)),
        ("ld: something else", "unknown", ()),
    ],
)
def test_linkers_by_what_they_print(text: str, kind: str, version: tuple[int, ...]) -> None:
    assert parse_linker(text) == (kind, version)


def test_a_damaged_answer_is_asked_again(cache: Cache, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert probe.remember(cache, "what", [file], lambda: 1) == 1
    assert probe.remember(cache, "what", [file], lambda: 2) == 1
    for stored in (cache.root / "probe").rglob("*"):
        if stored.is_file():
            stored.write_text("{")
    assert probe.remember(cache, "what", [file], lambda: 3) == 3


@pytest.mark.parametrize(
    ("text", "manager", "hint"),
    [
        ("ID=debian\n", "apt", "install it: apt install python3.12-dev"),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', "apt", "install it: apt install python3.12-dev"),
        ("ID=fedora\n", "dnf", "install it: dnf install python3.12-devel"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "dnf", "install it: dnf install python3.12-devel"),
        ("ID=alpine\n", "apk", "install it: apk add python3-dev"),
        ("ID=arch\n", "pacman", "install it: pacman -S python"),
    ],
)
def test_packages_are_named_as_this_distribution_does(tmp_path: Path, text: str, manager: str, hint: str) -> None:
    (tmp_path / "os-release").write_text(f"NAME=x\n{text}")
    assert package_manager(tmp_path / "os-release") == manager
    assert install_hint("headers", "3.12", manager) == hint


def test_on_an_unknown_distribution_all_are_named(tmp_path: Path) -> None:
    (tmp_path / "os-release").write_text("ID=mine\n")
    assert package_manager(tmp_path / "os-release") == ""
    assert package_manager(tmp_path / "none") == ""
    hint = install_hint("gcc", manager="")
    assert hint == "install it: apt install gcc libc6-dev, or dnf install gcc, or apk add gcc musl-dev, or pacman -S gcc"


@pytest.mark.parametrize(
    ("cc", "hint"), [("gccc", 'did you mean "gcc"? '), ("clnag", 'did you mean "clang"? '), ("x/y", "name a program in PATH")]
)
def test_a_compiler_that_is_none_gets_the_nearest(cc: str, hint: str) -> None:
    assert missing_compiler(cc).diagnostics[0].hint.startswith(hint)
