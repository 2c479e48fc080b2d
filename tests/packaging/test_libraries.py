"""Shared libraries of a standalone folder: found through ELF headers, placed where they are found again, and free of this machine.

The stand-in for the launcher loads a shipped extension module, so what counts is that the dynamic linker is content, from
another folder and with the building machine's libraries gone.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pybuild.errors import BuildFailure
from pybuild.package.elf import parse
from pybuild.package.model import Result
from tests.packaging.elf_samples import calls, library, returns
from tests.packaging.sample_plans import Sample


def site(sample: Sample) -> Path:
    return sample.prefix / "lib/python3/site-packages"


def extension(sample: Sample, target: str, path: Path) -> None:
    """`path` is an extension module that the program imports."""
    sample.extensions.append((target.split(".")[0].replace("/", "."), path, target))


def answer(result: Result, target: str, moved: Path) -> str:
    """What the extension module says when the folder is elsewhere and the installation is gone."""
    shutil.move(result.path, moved)
    return subprocess.check_output([moved / "hello", moved / target], text=True).strip()


def relative(result: Result) -> set[str]:
    return {path.relative_to(result.path).as_posix() for path in result.files}


def test_a_library_of_the_system_goes_to_lib(sample: Sample, tmp_path: Path) -> None:
    inner = library(sample.folder / "opt/libinner.so.1", returns("inner", 6))
    outer = library(site(sample) / "pkg/outer.so", calls("inner"), needs=[inner], run_path=str(inner.parent))
    extension(sample, "pkg/outer.so", outer)
    result = sample.package()
    assert {"pkg/outer.so", "lib/libinner.so.1"} <= relative(result)
    shutil.rmtree(inner.parent)
    assert answer(result, "pkg/outer.so", tmp_path / "moved") == "7"


def test_libraries_of_libraries_follow(sample: Sample, tmp_path: Path) -> None:
    deep = library(sample.folder / "opt/libdeep.so", returns("deep", 4))
    middle = library(
        sample.folder / "opt/libmiddle.so", "int deep(void); int middle(void) { return deep() + 1; }", needs=[deep], run_path="$ORIGIN"
    )
    outer = library(site(sample) / "outer.so", calls("middle"), needs=[middle], run_path=str(middle.parent))
    extension(sample, "outer.so", outer)
    result = sample.package()
    assert {"lib/libdeep.so", "lib/libmiddle.so"} <= relative(result)
    shutil.rmtree(deep.parent)
    assert answer(result, "outer.so", tmp_path / "moved") == "6"


def test_the_rpath_of_a_loader_counts_for_what_it_loads(sample: Sample, tmp_path: Path) -> None:
    deep = library(sample.folder / "opt/a/libdeep.so", returns("deep", 4))
    middle = library(sample.folder / "opt/b/libmiddle.so", "int deep(void); int middle(void) { return deep(); }", needs=[deep])
    outer = library(
        site(sample) / "outer.so",
        calls("middle"),
        needs=[middle],
        run_path=f"{deep.parent}:{middle.parent}",
        old_tag=True,
        flags=[f"-Wl,-rpath-link,{deep.parent}"],
    )
    extension(sample, "outer.so", outer)
    result = sample.package()
    shutil.rmtree(sample.folder / "opt")
    assert answer(result, "outer.so", tmp_path / "moved") == "5"


def test_libraries_that_a_wheel_brings_keep_their_place(sample: Sample, tmp_path: Path) -> None:
    inner = library(site(sample) / "pkg.libs/libinner-1234.so", returns("inner", 1))
    outer = library(site(sample) / "pkg/core/outer.so", calls("inner"), needs=[inner], run_path="$ORIGIN/../../pkg.libs")
    extension(sample, "pkg/core/outer.so", outer)
    result = sample.package()
    assert "pkg.libs/libinner-1234.so" in relative(result)
    assert not any(name.startswith("lib/") for name in relative(result))
    assert (result.path / "pkg/core/outer.so").read_bytes() == outer.read_bytes() or parse(outer.read_bytes()).symbols
    shutil.rmtree(site(sample))
    assert answer(result, "pkg/core/outer.so", tmp_path / "moved") == "2"


def test_a_wheels_library_and_a_systems_one_together(sample: Sample, tmp_path: Path) -> None:
    """DT_RUNPATH would switch off the executable's own run path, so it becomes DT_RPATH."""
    near = library(site(sample) / "pkg.libs/libnear.so", returns("near", 1))
    far = library(sample.folder / "opt/libfar.so", returns("far", 2))
    outer = library(
        site(sample) / "pkg/outer.so",
        "int near(void); int far(void); int answer(void) { return near() + far(); }",
        needs=[near, far],
        run_path=f"$ORIGIN/../pkg.libs:{far.parent}",
    )
    extension(sample, "pkg/outer.so", outer)
    result = sample.package()
    facts = parse((result.path / "pkg/outer.so").read_bytes())
    assert (facts.rpath, facts.runpath) == ("$ORIGIN/../pkg.libs", "")
    shutil.rmtree(site(sample))
    shutil.rmtree(far.parent)
    assert answer(result, "pkg/outer.so", tmp_path / "moved") == "3"


def test_a_package_of_the_programs_name_gives_way_with_its_libraries(sample: Sample, tmp_path: Path) -> None:
    inner = library(site(sample) / "hello/.libs/libinner.so", returns("inner", 1))
    outer = library(site(sample) / "hello/core/outer.so", calls("inner"), needs=[inner], run_path="$ORIGIN/../.libs")
    extension(sample, "hello/core/outer.so", outer)
    result = sample.package()
    assert {"hello", "hello.pkg/core/outer.so", "hello.pkg/.libs/libinner.so"} <= relative(result)
    shutil.rmtree(site(sample))
    assert answer(result, "hello.pkg/core/outer.so", tmp_path / "moved") == "2"


def test_a_library_in_a_package_of_the_programs_name_is_found_from_elsewhere(sample: Sample, tmp_path: Path) -> None:
    inner = library(site(sample) / "hello/.libs/libinner.so", returns("inner", 1))
    outer = library(site(sample) / "other/outer.so", calls("inner"), needs=[inner], run_path="$ORIGIN/../hello/.libs")
    extension(sample, "other/outer.so", outer)
    result = sample.package()
    shutil.rmtree(site(sample))
    assert answer(result, "other/outer.so", tmp_path / "moved") == "2"


def test_a_run_path_that_would_leave_the_folder_is_dropped(sample: Sample, tmp_path: Path) -> None:
    """As in conda, where extension modules lead up to the installation's lib."""
    inner = library(sample.prefix / "lib/libinner.so", returns("inner", 1))
    outer = library(site(sample) / "pkg/outer.so", calls("inner"), needs=[inner], run_path="$ORIGIN/../../../..")
    extension(sample, "pkg/outer.so", outer)
    result = sample.package()
    facts = parse((result.path / "pkg/outer.so").read_bytes())
    assert (facts.rpath, facts.runpath) == ("", "")
    assert answer(result, "pkg/outer.so", tmp_path / "moved") == "2"


def test_what_every_linux_has_is_not_copied(sample: Sample) -> None:
    extension(sample, "outer.so", library(site(sample) / "outer.so", flags=["-lm", "-lc"]))
    assert not any("lib/" in name for name in relative(sample.package()))


def test_a_library_that_nobody_has_is_a_warning_that_names_who_needs_it(sample: Sample) -> None:
    gone = library(sample.folder / "opt/libgone.so", returns("gone", 1))
    extension(sample, "pkg/outer.so", library(site(sample) / "pkg/outer.so", calls("gone"), needs=[gone]))
    gone.unlink()
    sample.package()
    (warning,) = sample.progress.warnings
    assert "libgone.so" in warning.message and "pkg/outer.so" in warning.message and warning.hint


def test_a_library_that_another_module_will_have_loaded_is_no_warning(sample: Sample) -> None:
    provider = library(site(sample) / "pkg/lib/libshared.so", returns("shared", 1))
    extension(sample, "pkg/outer.so", library(site(sample) / "pkg/outer.so", calls("shared"), needs=[provider]))
    sample.data.append((provider, "pkg/lib/libshared.so"))
    sample.package()
    assert sample.progress.warnings == []


def test_a_named_library_brings_its_own_libraries(sample: Sample, tmp_path: Path) -> None:
    inner = library(sample.folder / "opt/libinner.so", returns("inner", 1))
    outer = library(sample.project / "vendor/libouter.so.2", calls("inner"), needs=[inner], run_path=str(inner.parent))
    sample.libraries.append((outer, "vendor/libouter.so.2"))
    result = sample.package()
    assert {"vendor/libouter.so.2", "lib/libinner.so"} <= relative(result)
    shutil.rmtree(inner.parent)
    assert answer(result, "vendor/libouter.so.2", tmp_path / "moved") == "2"


def test_a_named_library_is_found_by_the_modules_that_need_it(sample: Sample, tmp_path: Path) -> None:
    vendor = library(sample.project / "vendor/libvendor.so.2", returns("vendor", 1))
    extension(sample, "outer.so", library(site(sample) / "outer.so", calls("vendor"), needs=[vendor]))
    sample.libraries.append((vendor, "libvendor.so.2"))
    result = sample.package()
    assert sample.progress.warnings == []
    assert answer(result, "outer.so", tmp_path / "moved") == "2"


def test_files_are_stripped_and_nothing_names_the_building_machine(sample: Sample, tmp_path: Path) -> None:
    source = f'const char *where = "{sample.prefix}/share/x"; {returns("answer", 42)}'
    path = library(site(sample) / "outer.so", source, run_path=str(sample.prefix / "lib"), flags=["-g"])
    extension(sample, "outer.so", path)
    result = sample.package()
    shipped = (result.path / "outer.so").read_bytes()
    assert parse(path.read_bytes()).symbols and not parse(shipped).symbols
    assert str(sample.prefix).encode() not in shipped
    assert len(shipped) < path.stat().st_size
    assert answer(result, "outer.so", tmp_path / "moved") == "42"


def test_data_behind_the_elf_file_is_not_stripped_away(sample: Sample) -> None:
    path = library(site(sample) / "outer.so", flags=["-g"])
    path.write_bytes(path.read_bytes() + b"precious")
    extension(sample, "outer.so", path)
    shipped = (sample.package().path / "outer.so").read_bytes()
    assert shipped.endswith(b"precious") and len(shipped) == path.stat().st_size


def test_a_file_that_claims_to_be_elf_and_is_not_is_copied_as_it_is(sample: Sample) -> None:
    path = site(sample) / "odd.so"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\x7fELF and then nothing")
    sample.data.append((path, "odd.so"))
    assert (sample.package().path / "odd.so").read_bytes() == path.read_bytes()


def test_an_extension_that_needs_the_static_libpython_is_served_by_the_executable(sample: Sample, tmp_path: Path) -> None:
    from tests.packaging.elf_samples import LOADER, compile_c

    shared = library(sample.prefix / "lib/libpython3.so.1.0", returns("inner", 1))
    flags = ["-ldl", "-Wl,-rpath,$ORIGIN/lib", "-Wl,--disable-new-dtags", "-Wl,--export-dynamic", "-Wl,-soname,libpython3.so.1.0"]
    sample.launcher = compile_c(tmp_path / "own-launcher", LOADER + returns("inner", 10), *flags)
    outer = library(site(sample) / "outer.so", calls("inner"), needs=[shared], run_path=str(shared.parent))
    extension(sample, "outer.so", outer)
    result = sample.package()
    assert not any("libpython" in name for name in relative(result))
    assert answer(result, "outer.so", tmp_path / "moved") == "11"


def test_a_shared_libpython_is_shipped(sample: Sample, tmp_path: Path) -> None:
    from tests.packaging.elf_samples import LOADER, compile_c

    sample.libpython = library(sample.prefix / "lib/libpython3.so.1.0", returns("answer", 5), run_path=str(sample.prefix / "lib"))
    flags = ["-ldl", "-Wl,--no-as-needed", str(sample.libpython), "-Wl,-rpath,$ORIGIN/lib", "-Wl,--disable-new-dtags"]
    sample.launcher = compile_c(tmp_path / "own-launcher", LOADER, *flags)
    result = sample.package()
    assert "lib/libpython3.so.1.0" in relative(result)
    shutil.rmtree(sample.prefix)
    assert answer(result, "lib/libpython3.so.1.0", tmp_path / "moved") == "5"


def test_a_library_that_cannot_be_read_is_a_failure_with_its_name(sample: Sample) -> None:
    path = site(sample) / "gone.so"
    extension(sample, "gone.so", path)
    with pytest.raises(BuildFailure, match=r"gone\.so"):
        sample.package()
