"""Merging: which section comes after which, and what it does to what was there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pybuild.errors import UserError
from tests.unit.manifest.loading import ENTRY, LINUX, load, merge, settings

ORDER = """
product.company = "base"
[profile.small.target.linux]
product.company = "small on linux"
[target.'python_version >= "3.11"']
product.company = "python"
[target.linux]
product.company = "linux"
[target.windows]
product.company = "windows"
[profile.small]
inherits = "release"
product.company = "small"
[profile.release]
product.company = "release"
[profile.release.target.linux]
product.company = "release on linux"
[profile.default]
product.company = "default"
"""


def company(folder: Path, text: str, *sets: str, profile: str | None = None, **markers: str) -> str | None:
    return merge(folder, text, *sets, profile=profile, markers=markers).model.product.company


# --- the order of sections


def drop(text: str, *companies: str) -> str:
    """`text` without the lines that set these."""
    return "\n".join(line for line in text.split("\n") if line not in {f'product.company = "{name}"' for name in companies})


def test_matching_targets_come_after_the_base_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = drop(ORDER, "default")
    assert company(tmp_path, text) == "linux"
    assert company(tmp_path, drop(text, "linux")) == "python"
    assert company(tmp_path, drop(text, "linux"), python_version="3.9") == "base"


def test_a_profile_comes_after_targets_and_after_the_profiles_it_inherits_from(tmp_path: Path) -> None:
    assert company(tmp_path, ORDER, profile="small") == "small on linux"
    assert company(tmp_path, drop(ORDER, "small on linux"), profile="small") == "small"
    assert company(tmp_path, drop(ORDER, "small on linux", "small"), profile="small") == "release on linux"
    assert company(tmp_path, drop(ORDER, "small on linux", "small", "release on linux"), profile="small") == "release"
    assert company(tmp_path, drop(ORDER, "small on linux", "small", "release on linux", "release"), profile="small") == "default"


def test_the_default_profile_is_used_without_profile_and_need_not_be_written(tmp_path: Path) -> None:
    assert company(tmp_path, ORDER) == "default"
    assert company(tmp_path, 'product.company = "base"') == company(tmp_path, 'product.company = "base"', profile="default") == "base"


def test_every_chain_begins_with_default_which_therefore_inherits_from_none(tmp_path: Path) -> None:
    text = '[profile.default]\nproduct.company = "default"\n[profile.a]\ninherits = "b"\n[profile.b]\n'
    assert company(tmp_path, text, profile="a") == "default"
    with pytest.raises(UserError, match="default → b → default"):
        company(tmp_path, text.replace("[profile.a]", 'inherits = "b"\n[profile.a]'))


def test_the_command_line_comes_last_and_in_order(tmp_path: Path) -> None:
    assert company(tmp_path, ORDER, "product.company=one", "product.company=two", profile="small") == "two"


# --- what merging does


def test_tables_merge_and_scalars_replace(tmp_path: Path) -> None:
    merged = merge(tmp_path, '[compiler]\ncc = "gcc"\noptimize = "size"\n[target.linux]\ncompiler.cc = "clang"').model.compiler
    assert (merged.cc, merged.optimize) == ("clang", "size")


def test_arrays_append(tmp_path: Path) -> None:
    text = '[compiler]\ncflags = ["-a"]\n[target.linux]\ncompiler.cflags = ["-b"]\n[profile.x]\ncompiler.cflags = ["-c"]'
    assert merge(tmp_path, text, profile="x").model.compiler.cflags == ("-a", "-b", "-c")


def test_arrays_of_tables_append(tmp_path: Path) -> None:
    text = """
[[data]]
from = "a"
to = "a"
[[modules.rule]]
module = "a"
action = "warn"
[[target.linux.data]]
from = "b"
to = "b"
[[target.linux.modules.rule]]
module = "b"
action = "error"
"""
    model = merge(tmp_path, text).model
    assert [d.from_ for d in model.data] == ["a", "b"]
    assert [r.module for r in model.modules.rule] == ["a", "b"]


def test_replace_replaces_an_array(tmp_path: Path) -> None:
    text = '[compiler]\ncflags = ["-a"]\n[target.linux]\ncompiler.cflags = { replace = ["-b"] }\n[profile.x]\ncompiler.cflags = ["-c"]'
    assert merge(tmp_path, text, profile="x").model.compiler.cflags == ("-b", "-c")


def test_replace_where_there_was_nothing_is_the_array(tmp_path: Path) -> None:
    assert merge(tmp_path, 'compiler.cflags = { replace = ["-b"] }').model.compiler.cflags == ("-b",)


def test_replace_of_entry_points_and_of_aliases(tmp_path: Path) -> None:
    text = """
[[entry-point]]
name = "b"
run = "b"
aliases = ["b1"]
[profile.aliases]
entry-point = [{ name = "b", aliases = { replace = ["b2"] } }]
[profile.all]
entry-point = { replace = [{ name = "c", run = "c", aliases = { replace = ["c1"] } }] }
"""
    assert [(e.name, e.aliases) for e in merge(tmp_path, text, profile="aliases").model.entry_point] == [("b", ("b2",)), ("acme", ())]
    assert [(e.name, e.aliases) for e in merge(tmp_path, text, profile="all").model.entry_point] == [("c", ("c1",))]


def test_entry_points_merge_by_name(tmp_path: Path) -> None:
    text = """
[[entry-point]]
name = "a"
run = "a:main"
aliases = ["a1"]
[target.linux]
entry-point = [{ name = "new", run = "new" }, { name = "a", run = "a:linux", aliases = ["a2"], default = true }]
"""
    entries = merge(tmp_path, text).model.entry_point
    assert [e.name for e in entries] == ["a", "acme", "new"]
    assert (entries[0].run, entries[0].aliases, entries[0].default) == ("a:linux", ("a1", "a2"), True)


def test_run_may_come_from_a_section(tmp_path: Path) -> None:
    text = '[[entry-point]]\nname = "a"\n[target.linux]\nentry-point = [{ name = "a", run = "a.linux" }]\n'
    assert merge(tmp_path, text).model.entry_point[0].run == "a.linux"
    with pytest.raises(UserError, match="entry point `a` says nothing to run"):
        merge(tmp_path, text, markers={"sys_platform": "win32"})


@pytest.mark.parametrize(
    ("base", "over", "result"),
    [
        ('{ attr = "a.b" }', '{ file = "VERSION" }', {"file": "VERSION"}),
        ('{ file = "VERSION" }', '"1.0"', "1.0"),
        ('"1.0"', '{ attr = "a.b" }', {"attr": "a.b"}),
        ('{ attr = "a.b" }', '{ attr = "c.d" }', {"attr": "c.d"}),
    ],
)
def test_a_value_of_another_kind_replaces(tmp_path: Path, base: str, over: str, result: object) -> None:
    version = merge(tmp_path, f"[product]\nversion = {base}\n[target.linux]\nproduct.version = {over}").model.product.version
    assert (version if isinstance(version, str | None) else version.model_dump(by_alias=True)) == result


def test_an_array_replaces_a_word_and_a_word_an_array(tmp_path: Path) -> None:
    text = """
[build]
entry-points = ["b"]
[profile.all]
build.entry-points = "project.scripts"
[profile.one]
inherits = "all"
build.entry-points = ["c"]
"""
    loaded = load(tmp_path, text, pyproject='[project]\nname = "x"\n[project.scripts]\na = "a:main"\nb = "b:main"\nc = "c:main"\n')
    assert [[e.name for e in loaded.merge(LINUX, p).model.entry_point] for p in (None, "all", "one")] == [["b"], ["a", "b", "c"], ["c"]]


def test_native_none_stays_different_from_native_empty(tmp_path: Path) -> None:
    assert merge(tmp_path, "").model.modules.native is None
    assert merge(tmp_path, "modules.native = []").model.modules.native == ()


# --- conditions that decide the Python


def python(folder: Path, text: str, *sets: str, profile: str | None = None) -> str | None:
    setting = load(folder, text + "\n" + ENTRY).python_setting({**LINUX, "sys_platform": "linux"}, profile, settings(*sets))
    return setting.value if setting else None


def test_the_python_is_known_before_conditions_on_python_are(tmp_path: Path) -> None:
    text = """
[build]
python = "base"
[target.linux]
build.python = "linux"
[target.windows]
build.python = "windows"
[target.'python_version >= "3.11"']
product.company = "x"
[profile.x]
build.python = "x"
[profile.x.target.'sys_platform == "linux"']
build.python = "x on linux"
"""
    assert python(tmp_path, text) == "linux"
    assert python(tmp_path, text, profile="x") == "x on linux"
    assert python(tmp_path, text, "build.python=3.12", profile="x") == "3.12"
    assert python(tmp_path, "[build]") is None


def test_the_python_setting_knows_its_origin(tmp_path: Path) -> None:
    setting = load(tmp_path, '[build]\npython = ".venv"\n' + ENTRY).python_setting(LINUX)
    assert setting is not None
    assert str(setting.origin) == "pybuild.toml:2 [build]"


# --- defaults


def test_source_roots_default_to_src_if_there_is_one(tmp_path: Path) -> None:
    assert merge(tmp_path, "").model.build.source_roots == (".",)
    (tmp_path / "src").mkdir()
    assert merge(tmp_path, "").model.build.source_roots == ("src",)
    assert merge(tmp_path, 'build.source-roots = ["lib"]').model.build.source_roots == ("lib",)


def test_the_product_is_called_like_the_default_else_first_entry_point(tmp_path: Path) -> None:
    assert merge(tmp_path, "").model.product.name == "acme"
    assert merge(tmp_path, '[[entry-point]]\nname = "b"\nrun = "b"').model.product.name == "b"
    assert (
        merge(
            tmp_path, '[[entry-point]]\nname = "b"\nrun = "b"\n[target.linux]\nentry-point = [{ name = "acme", default = true }]'
        ).model.product.name
        == "acme"
    )


def test_whatever_is_not_written_has_the_models_default(tmp_path: Path) -> None:
    model = merge(tmp_path, "").model
    assert (model.build.mode, model.build.libpython, model.build.entry_override, model.compiler.jobs) == (
        "standalone",
        "auto",
        True,
        "auto",
    )


# --- where values come from


def test_every_value_knows_its_origin(tmp_path: Path) -> None:
    text = """[build]
mode = "standalone"
[compiler]
cflags = ["-a"]
[target.linux]
compiler.cflags = [
    "-b",
]
[profile.x]
compiler = { cc = "clang" }
"""
    merged = merge(tmp_path, text, "compiler.jobs=2", profile="x")
    shown = {path: str(merged.origin(path)) for path in ("build.mode", "build.python", "compiler.cc", "compiler.jobs", "build.output-dir")}
    assert shown == {
        "build.mode": "pybuild.toml:2 [build]",
        "build.python": "default",
        "compiler.cc": "pybuild.toml:10 [profile.x.compiler]",
        "compiler.jobs": "--set",
        "build.output-dir": "default",
    }
    assert [merged.origin(("compiler", "cflags", i)).short for i in (0, 1)] == ["pybuild.toml:4", "pybuild.toml:7"]
    assert str(merged.origin(("compiler", "cflags", 1))) == "pybuild.toml:7 [target.linux.compiler]"
    place = merged.place("build.mode")
    assert place is not None
    assert (place.path, place.line, place.column, place.text, place.width) == (tmp_path / "pybuild.toml", 2, 8, 'mode = "standalone"', 12)
    assert merged.place("compiler.jobs") is None


def test_a_merged_entry_point_has_an_origin_for_every_key(tmp_path: Path) -> None:
    merged = merge(tmp_path, '[target.linux]\nentry-point = [{ name = "acme", aliases = ["a"] }]')
    paths = [("entry-point", 0, "run"), ("entry-point", 0, "aliases", 0), ("entry-point", 0, "default")]
    assert [str(merged.origin(path)) for path in paths] == [
        "pybuild.toml:5 [[entry-point]]",
        "pybuild.toml:2 [[target.linux.entry-point]]",
        "default",
    ]


def test_what_was_looked_at_is_known(tmp_path: Path) -> None:
    merged = merge(tmp_path, "")
    assert set(merged.inputs) == {tmp_path / "pybuild.toml", tmp_path / "pyproject.toml", tmp_path / "src"}
