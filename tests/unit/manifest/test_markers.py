"""Conditions: short names and PEP 508 markers, evaluated for the target and never for the Python that pybuild runs on."""

from __future__ import annotations

import packaging.markers
import pytest

from pybuild.manifest.markers import SYSTEM_VARIABLES, VARIABLES, ConditionError, host_markers, parse_condition
from tests.unit.manifest.loading import LINUX


@pytest.mark.parametrize(
    ("name", "platforms"),
    [("linux", ["linux"]), ("windows", ["win32"]), ("macos", ["darwin"]), ("freebsd", ["freebsd", "freebsd14"])],
)
def test_short_names(name: str, platforms: list[str]) -> None:
    condition = parse_condition(name)
    for platform in ("linux", "win32", "darwin", "freebsd", "freebsd14"):
        assert condition.holds({**LINUX, "sys_platform": platform}) is (platform in platforms)
    assert condition.can_hold()
    assert not condition.asks_python


@pytest.mark.parametrize(
    ("marker", "holds"),
    [
        ('sys_platform == "linux"', True),
        ('sys_platform == "linux" and platform_machine == "aarch64"', False),
        ('python_version >= "3.9" and python_version < "3.12"', True),
        ('python_version in "3.11, 3.12"', True),
        ("python_full_version == '3.11.7'", True),
        ('implementation_name == "cpython" and platform_python_implementation == "CPython"', True),
        ('os.name == "posix"', True),
        ('"win" in sys_platform or (os_name == "nt")', False),
    ],
)
def test_markers(marker: str, holds: bool) -> None:
    assert parse_condition(marker).holds(LINUX) is holds


def test_nothing_is_taken_from_the_running_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = dict.fromkeys((*VARIABLES, "platform_release", "platform_version"), "99.9")
    monkeypatch.setattr(packaging.markers, "default_environment", lambda: dict(foreign))
    every = " and ".join(f'{name} != "99.9"' for name in VARIABLES)
    assert parse_condition(every).holds(LINUX)


def test_a_variable_that_is_not_given_is_an_error_not_a_guess() -> None:
    with pytest.raises(KeyError):
        parse_condition('python_version == "3.11"').holds({"sys_platform": "linux"})


@pytest.mark.parametrize("variable", ["platform_release", "platform_version", "extra", "platform.version"])
def test_what_a_build_may_not_depend_on(variable: str) -> None:
    with pytest.raises(ConditionError, match="cannot be a condition"):
        parse_condition(f'sys_platform == "linux" or {variable} == "1"')


def test_a_variables_name_in_a_string_is_no_variable() -> None:
    condition = parse_condition('sys_platform != "extra and platform_release"')
    assert condition.variables == {"sys_platform"}
    assert condition.holds(LINUX)


@pytest.mark.parametrize(
    ("marker", "possible"),
    [
        ('python_version >= "3.13"', True),
        ('python_version < "3.11"', False),
        ('python_version == "3.12" and python_full_version >= "3.12.4"', True),
        ('python_full_version < "3.11"', False),
        ('implementation_version >= "3.13.0"', True),
        ('implementation_name == "pypy"', False),
        ('sys_platform == "win32" and platform_machine == "ARM64"', True),
        ('sys_platform == "win32" and platform_machine == "aarch64"', False),
        ('platform_system == "Darwin" and os_name == "posix"', True),
        ('sys_platform == "Linux"', False),
    ],
)
def test_whether_a_condition_can_ever_hold(marker: str, possible: bool) -> None:
    assert parse_condition(marker).can_hold() is possible


@pytest.mark.parametrize(
    ("marker", "asks"), [('python_version > "3"', True), ('platform_python_implementation == "x"', True), ('os_name == "nt"', False)]
)
def test_which_conditions_ask_the_interpreter(marker: str, asks: bool) -> None:
    assert parse_condition(marker).asks_python is asks


def test_the_host_gives_the_system_variables() -> None:
    environment = packaging.markers.default_environment()
    assert host_markers() == {name: environment[name] for name in SYSTEM_VARIABLES}
