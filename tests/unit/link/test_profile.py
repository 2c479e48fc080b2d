"""Profiles as data: what they are packed into, which key they make, which flags they need."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pybuild.errors import BuildFailure, UserError
from pybuild.link import profile
from pybuild.link.profile import GENERATE, USE, WHOLE, Profile, collect, compile_flags, place, unit_key
from pybuild.link.toolchain import Linker, Toolchain

GCC = Toolchain("gcc", ("gcc",), Path("/usr/bin/gcc"), "12.2.0", "x86_64-linux-gnu", "id", Linker("GNU ld", (2, 40), None, "id"))
CLANG = replace(GCC, family="clang", command=("clang",), version="14.0.6")


def test_packing_and_back() -> None:
    one = Profile({"b": b"2", "a": b"1"})
    assert Profile.unpack(one.pack()) == one
    assert one.pack() == Profile({"a": b"1", "b": b"2"}).pack()


@pytest.mark.parametrize("data", [b"", b"x", b"\xe9", Profile({"a": b"1"}).pack()[:-1]])
def test_damage_is_noticed(data: bytes) -> None:
    with pytest.raises(ValueError):
        Profile.unpack(data)


def test_a_unit_has_its_own_part_or_all_of_it() -> None:
    assert Profile({"a": b"1"}).of("a") == b"1"
    assert Profile({"a": b"1"}).of("b") is None
    assert Profile({WHOLE: b"1"}).of("b") == b"1"


def test_keys_depend_on_a_units_own_part_only() -> None:
    assert unit_key("k", Profile({"a": b"1", "b": b"2"}), "a") == unit_key("k", Profile({"a": b"1", "b": b"3"}), "a")
    assert unit_key("k", Profile({"a": b"1"}), "a") != unit_key("k", Profile({"a": b"2"}), "a")
    assert unit_key("k", Profile({}), "a") != "k"


def test_flags_of_each_phase() -> None:
    assert compile_flags(GCC, "") == compile_flags(CLANG, "") == ()
    assert compile_flags(GCC, GENERATE) == compile_flags(CLANG, GENERATE) == ("-fprofile-generate",)
    assert {"-fprofile-use", "-fprofile-partial-training"} <= set(compile_flags(GCC, USE))
    assert "-fprofile-partial-training" not in compile_flags(replace(GCC, version="9.4.0"), USE)
    assert not any(flag.startswith("-fprofile") for flag in compile_flags(CLANG, USE))  # with the file's name


def test_where_the_compiler_looks(tmp_path: Path) -> None:
    assert place(GCC, Profile({"a": b"1"}), "a", tmp_path / "k.o") == ()
    assert (tmp_path / "k.gcda").read_bytes() == b"1"
    assert place(GCC, Profile({"a": b"1"}), "b", tmp_path / "l.o") == ()
    assert not (tmp_path / "l.gcda").exists()
    assert place(CLANG, Profile({WHOLE: b"2"}), "a", tmp_path / "k.o") == (f"-fprofile-use={tmp_path}/program.profdata",)
    assert (tmp_path / "program.profdata").read_bytes() == b"2"


def test_gccs_files_are_found_by_the_objects_keys(tmp_path: Path) -> None:
    (tmp_path / "k1.gcda").write_bytes(b"1")
    (tmp_path / "other.gcda").write_bytes(b"of a library")
    assert collect(None, tmp_path, [("a", "k1"), ("b", "k2")]) == Profile({"a": b"1"})
    assert collect(None, tmp_path, [("b", "k2")]) is None


def test_clangs_files_are_joined(tmp_path: Path) -> None:
    joiner = tmp_path / "llvm-profdata"
    joiner.write_text('#!/bin/sh\n[ "$1" = merge ] && shift 2 && out=$1 && shift && cat "$@" > "$out"\n')
    joiner.chmod(0o755)
    assert collect(joiner, tmp_path, []) is None
    (tmp_path / "1.profraw").write_bytes(b"one ")
    (tmp_path / "2.profraw").write_bytes(b"two")
    assert collect(joiner, tmp_path, []) == Profile({WHOLE: b"one two"})


def test_files_that_cannot_be_joined(tmp_path: Path) -> None:
    joiner = tmp_path / "llvm-profdata"
    joiner.write_text("#!/bin/sh\necho unsupported version >&2\nexit 1\n")
    joiner.chmod(0o755)
    (tmp_path / "1.profraw").write_bytes(b"one ")
    with pytest.raises(BuildFailure, match="unsupported version"):
        collect(joiner, tmp_path, [])


def test_zig_makes_no_profiles() -> None:
    with pytest.raises(UserError, match="pgo cannot be had with zig") as caught:
        profile.check(replace(GCC, family="zig"))
    assert caught.value.diagnostics[0].hint


def test_clang_needs_llvm_profdata(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile.probe, "find_program", lambda name: None)
    with pytest.raises(UserError, match="needs llvm-profdata"):
        profile.check(CLANG)
    assert profile.check(GCC) is None
