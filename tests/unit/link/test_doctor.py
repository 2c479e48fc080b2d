"""`diagnose` finds what a build finds, and says what to install for the rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pybuild.cache import Cache
from pybuild.link.doctor import Finding, diagnose
from pybuild.resolve.model import CompilerOptions
from tests.unit.link.linking import any_python, make_plan, with_compiler


def by_name(findings: list[Finding]) -> dict[str, Finding]:
    assert len({finding.name for finding in findings}) == len(findings)
    return {finding.name: finding for finding in findings}


def test_what_a_build_takes_is_found_with_path_and_version(tmp_path: Path) -> None:
    findings = by_name(diagnose(any_python(), make_plan(tmp_path), Cache(tmp_path)))
    gcc = findings["C compiler (gcc)"]
    assert (gcc.status, gcc.path and gcc.path.name) == ("ok", "gcc")
    assert gcc.version.startswith("gcc ")
    assert "taken by a build" in gcc.note
    assert findings["Python headers"].status == "ok"
    assert findings["linker"].version.startswith("GNU ld ")
    assert findings["SCons"].status == "ok"
    assert {"clang", "zig", "ld", "mold", "ld.lld", "strip", "patchelf", "ccache", "sccache", "distcc", "icecc", "glibc", "libzstd"} <= set(
        findings
    )
    assert {"libpython, static", "libpython, shared"} <= set(findings)


def test_on_a_bare_machine_everything_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    bare = replace(any_python(), base_prefix=tmp_path, config={"INCLUDEPY": str(tmp_path), "LIBDIR": str(tmp_path)})
    findings = by_name(diagnose(bare, None, Cache(tmp_path / "cache"), CompilerOptions(launcher=("ccache",))))
    missing = {name for name, finding in findings.items() if finding.status == "missing"}
    assert missing == {"C compiler (auto)", "Python headers", "libpython, static", "libpython, shared", "ccache"}
    for name in (*missing, "gcc", "clang", "zig", "ld", "strip", "patchelf", "distcc", "libzstd"):
        assert "install" in findings[name].note, findings[name]


def test_without_an_interpreter_only_programs_are_looked_at(tmp_path: Path) -> None:
    findings = by_name(diagnose(None, None, Cache(tmp_path)))
    assert "Python headers" not in findings
    assert "C compiler (auto)" in findings


def test_what_the_plan_forces_is_missing_what_it_does_not_is_a_warning(tmp_path: Path) -> None:
    library = tmp_path / f"libpython{any_python().short_version}.a"
    library.write_bytes(b"")
    static_only = replace(
        any_python(), base_prefix=tmp_path, config={**any_python().config, "LIBDIR": str(tmp_path), "LIBPL": str(tmp_path)}
    )
    free = by_name(diagnose(None, make_plan(tmp_path, static_only), Cache(tmp_path)))
    assert (free["libpython, static"].status, free["libpython, shared"].status) == ("ok", "warning")
    forced = by_name(diagnose(None, make_plan(tmp_path, static_only, libpython="shared"), Cache(tmp_path)))
    assert (forced["libpython, static"].status, forced["libpython, shared"].status) == ("ok", "missing")


def test_a_launcher_that_does_not_fit_the_compiler_is_found(tmp_path: Path) -> None:
    from tests.unit.link.linking import has_compiler

    if not has_compiler("zig"):
        pytest.skip("zig is not installed")
    launcher = tmp_path / "distcc"
    launcher.write_text("#!/bin/sh\n")
    launcher.chmod(0o755)
    plan = with_compiler(make_plan(tmp_path), cc="zig", launcher=(str(launcher),))
    finding = by_name(diagnose(None, plan, Cache(tmp_path)))[str(launcher)]
    assert finding.status == "missing"
    assert "cannot start `zig cc`" in finding.note
