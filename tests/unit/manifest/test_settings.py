"""`--set KEY=VALUE`: read as TOML where that fits the key, else as a string; arrays replace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pybuild.errors import UserError
from pybuild.request import Setting
from tests.unit.manifest.loading import ENTRY, LINUX, load, merge


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("compiler.jobs=4", 4),
        ("compiler.jobs=auto", "auto"),
        ('compiler.cc="clang"', "clang"),
        ("compiler.cc=clang", "clang"),
        ("build.keep-source=true", True),
        ("product.version=1.10", "1.10"),  # the string, not the number 1.1
        ("product.company=Acme Ltd", "Acme Ltd"),
        ("product.company='Acme'", "Acme"),
        ('product.company="a" "b"', '"a" "b"'),
        ("product.company=x\n[build]\nmode=1", None),
        ("linux.max-glibc=2.28", "2.28"),
        ("\"build\".'mode'=accelerated", "accelerated"),
        ("compiler.cflags=[]", ()),
        ('compiler={cc = "clang", cflags = ["-x"]}', "clang"),
        ('compiler.cflags={ replace = ["-x"] }', ("-x",)),
    ],
)
def test_how_a_value_is_read(tmp_path: Path, setting: str, value: Any) -> None:
    if value is None:
        with pytest.raises(UserError, match="control characters"):
            merge(tmp_path, "", setting)
        return
    model = merge(tmp_path, "", setting).model
    assert value in (
        model.compiler.jobs,
        model.compiler.cc,
        model.build.keep_source,
        model.product.version,
        model.product.company,
        model.linux.max_glibc,
        model.build.mode,
        model.compiler.cflags,
    )


def test_arrays_replace(tmp_path: Path) -> None:
    text = '[compiler]\ncflags = ["-a"]\nldflags = ["-l"]\n'
    model = merge(tmp_path, text, 'compiler.cflags=["-b"]', 'compiler={ldflags = ["-c"]}').model
    assert (model.compiler.cflags, model.compiler.ldflags) == (("-b",), ("-c",))
    assert [e.name for e in merge(tmp_path, text, 'entry-point=[{name = "b", run = "b"}]').model.entry_point] == ["b"]


def test_tables_merge(tmp_path: Path) -> None:
    assert merge(tmp_path, 'compiler.cc = "gcc"', 'compiler={cflags = ["-x"]}').model.compiler.cc == "gcc"


def test_the_origin_is_the_option(tmp_path: Path) -> None:
    merged = load(tmp_path, ENTRY).merge(
        LINUX, None, [Setting("build.mode", "accelerated", "--mode"), Setting("compiler.jobs", "2", "--jobs")]
    )
    assert (str(merged.origin("build.mode")), str(merged.origin("compiler.jobs"))) == ("--mode", "--jobs")


def test_a_wrong_value_of_an_option_is_said_in_its_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r'^--mode onefile: `mode = "onefile"` is not available in this version$'):
        load(tmp_path, ENTRY).merge(LINUX, None, [Setting("build.mode", "onefile", "--mode")])


def test_all_wrong_settings_are_reported_at_once(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        merge(tmp_path, "", "build.mode=x", "build.moed=x", "a b=1")
    assert len(caught.value.diagnostics) == 3
