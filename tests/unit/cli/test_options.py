"""Options become settings of the manifest in the order in which they were given."""

from __future__ import annotations

from pathlib import Path

import pytest

from pybuild.cli import split_arguments
from pybuild.cli.options import make_request, ordered_settings
from pybuild.errors import UserError
from pybuild.request import Setting


def settings(*arguments: str) -> list[tuple[str, str]]:
    return [(setting.key, setting.value) for setting in ordered_settings(arguments)]


def test_order_is_kept_across_options_of_different_names() -> None:
    assert settings("build", "--mode", "standalone", "--set", "build.mode=accelerated", "--mode=standalone") == [
        ("build.mode", "standalone"),
        ("build.mode", "accelerated"),
        ("build.mode", "standalone"),
    ]


def test_every_option_that_stands_for_a_key_says_which_option_it_was() -> None:
    assert list(ordered_settings(["--output-dir", "out", "--jobs=3", "--python", "p"])) == [
        Setting("build.output-dir", "out", "--output-dir"),
        Setting("compiler.jobs", "3", "--jobs"),
        Setting("build.python", "p", "--python"),
    ]


def test_the_value_of_an_option_is_never_taken_for_an_option() -> None:
    assert settings("--main", "--mode", "--profile", "--set", "--manifest", "--jobs") == []
    assert settings("--set", "a=--mode", "b") == [("a", "--mode")]


def test_a_value_may_contain_equals_signs() -> None:
    assert settings("--set=compiler.cflags=['-DA=1']") == [("compiler.cflags", "['-DA=1']")]


@pytest.mark.parametrize("text", ["mode", "=x", ""])
def test_a_set_without_key_or_value_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="expected KEY=VALUE"):
        settings("--set", text)


def test_scripts_exclude_manifest_and_profile() -> None:
    with pytest.raises(UserError, match="exclude each other"):
        make_request([], manifest=Path("pybuild.toml"), scripts=["a.py"])
    with pytest.raises(UserError, match="--profile needs a manifest"):
        make_request([], scripts=["a.py"], profile="release")


def test_what_follows_two_dashes_of_run_belongs_to_the_program() -> None:
    invocation = split_arguments(["run", "acme", "--mode", "standalone", "--", "--mode", "--", "x"])
    assert invocation.arguments == ("run", "acme", "--mode", "standalone")
    assert invocation.program_arguments == ("--mode", "--", "x")
    assert split_arguments(["build", "--", "-odd.py"]).arguments == ("build", "--", "-odd.py")
    assert split_arguments([]).arguments == ()
