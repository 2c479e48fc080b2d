"""What is generated from the models: the JSON schema, the reference page, and the text of `pybuild show`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli

from pybuild.manifest import load_manifest, schema_json
from pybuild.manifest.__main__ import GENERATED
from pybuild.manifest.fields import NotYet, Table
from pybuild.manifest.models import Document, Manifest
from pybuild.manifest.structure import fields_of, item_type, mark, tables_in, value_type
from tests.unit.manifest.loading import LINUX, merge

CHECKOUT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", GENERATED)
def test_the_committed_file_is_what_the_models_say(name: str) -> None:
    """`python -m pybuild.manifest` writes them again."""
    assert (CHECKOUT / name).read_text(encoding="utf-8") == GENERATED[name]()


def every_table(table: type[Table], seen: set[type[Table]]) -> Iterator[type[Table]]:
    if table in seen:
        return
    seen.add(table)
    yield table
    for field in fields_of(table).values():
        item, free = item_type(field.annotation), value_type(field.annotation)
        for inner in (*tables_in(field.annotation), *(tables_in(item) if item is not None else ()), *((free,) if free else ())):
            yield from every_table(inner, seen)


TABLES = list(every_table(Document, set()))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_every_field_has_a_description_and_every_key_is_kebab_case(table: type[Table]) -> None:
    for key, field in fields_of(table).items():
        assert field.description
        assert field.description.endswith(".")
        assert key == key.lower().replace("_", "-")
    assert table.__doc__


# --- schema

SCHEMA = json.loads(schema_json())


def available(table: type[Table]) -> set[str]:
    return {key for key, field in fields_of(table).items() if not ((later := mark(field, NotYet)) and later.whole)}


@pytest.mark.parametrize("name", SCHEMA["$defs"])
def test_the_schema_has_the_keys_that_are_available(name: str) -> None:
    (table,) = [table for table in TABLES if table.__name__ == name]
    assert set(SCHEMA["$defs"][name]["properties"]) == available(table)
    assert SCHEMA["$defs"][name]["additionalProperties"] is False


def test_the_schema_of_a_document_has_its_sections() -> None:
    assert set(SCHEMA["properties"]) == available(Document)
    assert SCHEMA["properties"]["target"]["additionalProperties"] == {"$ref": "#/$defs/Manifest"}
    assert SCHEMA["properties"]["profile"]["additionalProperties"] == {"$ref": "#/$defs/Profile"}


def test_the_schema_knows_only_words_that_are_available() -> None:
    assert SCHEMA["$defs"]["Build"]["properties"]["mode"]["enum"] == ["accelerated", "standalone"]


def test_the_schema_lets_an_array_be_replaced_where_tables_merge() -> None:
    def replaceable(table: str, key: str) -> bool:
        return any("replace" in choice.get("properties", {}) for choice in SCHEMA["$defs"][table]["properties"][key].get("anyOf", ()))

    assert replaceable("Compiler", "cflags")
    assert replaceable("EntryPoint", "aliases")
    assert replaceable("Manifest", "data")
    assert not replaceable("Data", "patterns")


def test_an_entry_point_in_a_section_needs_only_its_name() -> None:
    assert SCHEMA["$defs"]["EntryPoint"]["required"] == ["name"]


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (inner for key, inner in value.items() if key == "$ref")
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_every_reference_of_the_schema_is_there_and_null_is_not() -> None:
    assert {reference.removeprefix("#/$defs/") for reference in references(SCHEMA)} == set(SCHEMA["$defs"])
    assert '"null"' not in schema_json()
    assert ": null" not in schema_json()


# --- show


def test_show_prints_every_value_with_defaults(tmp_path: Path) -> None:
    text = 'build.mode = "accelerated"\nmodules.native = []\n[[data]]\nfrom = "a"\nto = "b/"'
    assert merge(tmp_path, text, "linux.max-glibc=2.28", 'product.version={ file = "V" }').show() == SHOWN


SHOWN = """\
[product]
name = "acme"
version = { file = "V" }

[build]
mode = "accelerated"
output-dir = "dist"
source-roots = ["."]
libpython = "auto"
keep-source = false
entry-override = true
python-flags = []

[[entry-point]]
name = "acme"
run = "acme.cli:main"
aliases = []
default = false

[modules]
include = []
exclude = []
native = []
native-hot = true
bytecode = []

[[data]]
from = "a"
to = "b/"
patterns = []
exclude = []

[compiler]
cc = "auto"
optimize = "speed"
launcher = []
jobs = "auto"
lto = "auto"
pgo = false
cflags = []
ldflags = []
count = false

[hints]
files = []

[linux]
max-glibc = "2.28"
"""


def test_show_origin_says_which_section_and_line_gave_each_value(tmp_path: Path) -> None:
    text = """[compiler]
cflags = ["-a"]
[target.linux]
compiler.cflags = ["-b"]
[target.'python_version >= "3"'.build]
keep-source = true"""
    shown = merge(tmp_path, text, "compiler.jobs=2").show(origin=True)
    assert [" ".join(line.split()) for line in shown.split("\n") if line.startswith(("cflags", "keep-source", "jobs", "cc", "run"))] == [
        "keep-source = true # pybuild.toml:6 [target.'python_version >= \"3\"'.build]",
        'run = "acme.cli:main" # pybuild.toml:9 [[entry-point]]',
        'cc = "auto" # default',
        "jobs = 2 # --set",
        'cflags = ["-a", "-b"] # pybuild.toml:2 [compiler], pybuild.toml:4 [target.linux.compiler]',
    ]


@pytest.mark.parametrize("profile", ["default", "release", "debug"])
@pytest.mark.parametrize("origin", [False, True])
def test_what_is_shown_is_a_manifest_that_means_the_same(tmp_path: Path, profile: str, origin: bool) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n[project.scripts]\nacme-server = "acme.server:main"\n')
    (tmp_path / "pybuild.toml").write_text((CHECKOUT / "pybuild.toml.example").read_text())
    first = load_manifest(tmp_path / "pybuild.toml").merge(LINUX, profile)
    (tmp_path / "pybuild.toml").write_text(first.show(origin=origin))
    assert load_manifest(tmp_path / "pybuild.toml").merge(LINUX).model == first.model


def test_odd_strings_are_shown_so_that_they_are_read_again(tmp_path: Path) -> None:
    flags = ["\"\\'", "\u00e9\u200b\U0001f600", "#", "'''"]
    merged = merge(tmp_path, f"[compiler]\ncflags = {json.dumps(flags, ensure_ascii=False)}")
    assert tomli.loads(merged.as_toml())["compiler"]["cflags"] == flags


# --- the package's door


def imported(code: str, folder: Path) -> str:
    """Which of the heavy packages `code` imports."""
    script = f"import sys\n{code}\nprint(*sorted({{'pydantic', 'tomli', 'packaging'}} & set(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=folder, env=environment)
    return done.stdout.strip()


def test_finding_a_manifest_imports_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "pybuild.toml").write_text("")
    assert imported("from pathlib import Path; from pybuild.manifest import find_manifest; find_manifest(Path())", tmp_path) == ""


def test_a_manifest_without_markers_does_not_import_packaging(tmp_path: Path) -> None:
    (tmp_path / "pybuild.toml").write_text('[target.linux]\n[[entry-point]]\nname = "a"\nrun = "a"\n')
    code = "from pathlib import Path; from pybuild.manifest import load_manifest; load_manifest(Path('pybuild.toml'))"
    assert imported(code, tmp_path) == "pydantic tomli"


def test_the_package_exports_what_it_says() -> None:
    import pybuild.manifest

    assert all(getattr(pybuild.manifest, name) for name in pybuild.manifest.__all__)
    with pytest.raises(AttributeError):
        pybuild.manifest.nothing  # noqa: B018
    assert set(fields_of(Manifest)) <= set(fields_of(Document))
