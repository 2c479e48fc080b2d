"""Whatever stands in a manifest, the answer is the manifest or a diagnosis with a place: never another exception."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from pybuild.errors import UserError
from pybuild.manifest import load_manifest, load_rest, merge_rest
from tests.unit.manifest.loading import LINUX

LINES = (Path(__file__).parents[3] / "pybuild.toml.example").read_text().split("\n")
VALUED = [number for number, line in enumerate(LINES) if re.match(r"[\w.-]+ +?= .*[^\[]$", line)]
HEADERS = [number for number, line in enumerate(LINES) if line.startswith("[")]
VALUES = [
    "1",
    '"x"',
    "[]",
    "{}",
    "true",
    "[1]",
    '["a"]',
    "{replace=[]}",
    "{replace=[1]}",
    "{a=1}",
    "[[]]",
    "[{}]",
    "1.5",
    "2024-01-01",
    '""',
    '[{name="a"}]',
    '{attr="x"}',
]
SECTIONS = [
    "[[build]]",
    "[target]",
    "target = 3",
    "profile = []",
    "[[profile]]",
    "[target.linux.target]",
    "target.linux = 3",
    "[profile.x.y]",
    "[[entry-point]]",
    "[data]",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(VALUED), st.sampled_from(VALUES)), max_size=3),
    st.lists(st.tuples(st.sampled_from([0, *HEADERS]), st.sampled_from(SECTIONS)), max_size=1),
    st.booleans(),
)
def test_any_value_anywhere(values: list[tuple[int, str]], sections: list[tuple[int, str]], python_known: bool) -> None:
    lines = list(LINES)
    for number, value in values:
        lines[number] = f"{lines[number].partition('=')[0]}= {value}"
    for number, section in sections:
        lines[number] = f"{section}\n{lines[number]}"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pybuild.toml"
        path.write_text("\n".join(lines))
        (Path(folder) / "pyproject.toml").write_text('[project]\nname = "x"\n[project.scripts]\nx = "x:main"\n')
        try:
            load_manifest(path).merge(LINUX, "release").show(origin=True)
        except UserError as error:
            for diagnostic in error.diagnostics:
                assert diagnostic.place is not None
                assert diagnostic.place.line or "no entry point" in diagnostic.message
                assert "something else" not in diagnostic.message
            rest = load_rest(path)
            assert rest is not None or "not valid TOML" in str(error)
            if rest is not None:
                merge_rest(rest, LINUX, "release", (), python_known=python_known).show(origin=True)
