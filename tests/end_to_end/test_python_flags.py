"""Every python-flag of the manifest does what the same option of python does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.support import Pybuild, Python, clean_environment, execute, normalise

PROGRAM = '''"""Docstring of the module."""

import os
import sys
import warnings


def documented():
    """Docstring of a function."""


print("docs", __doc__, documented.__doc__)
try:
    assert False, "asserted"
    print("no asserts", __debug__)
except AssertionError as error:
    print("asserts", error, __debug__)
print("optimize", sys.flags.optimize, "hash of a text with seed 0:", hash("text") == HASH)
print("utf8", sys.flags.utf8_mode, "dev", sys.flags.dev_mode, sys.warnoptions, "bytecode", sys.dont_write_bytecode)
print("bytes", sys.flags.bytes_warning, "isolated", sys.flags.isolated, "ignore", sys.flags.ignore_environment)
print("stdout", sys.stdout.write_through, sys.stdout.encoding, sys.stdout.errors)
warnings.warn("a warning")
print(b"x" == "x")
sys.stdout.write("unterminated")
if "--lose" in sys.argv:
    os._exit(0)
'''

# manifest's flag → options of python, and environment for both
FLAGS: dict[str, tuple[list[str], dict[str, str]]] = {
    "isolated": (["-I"], {"PYTHONUTF8": "1", "PYTHONOPTIMIZE": "2", "LANG": "C"}),
    "use-environment": ([], {"PYTHONUTF8": "1", "PYTHONIOENCODING": "latin-1:replace", "PYTHONWARNINGS": "error::BytesWarning"}),
    "no-asserts": (["-I", "-O"], {}),
    "no-asserts, no-docstrings": (["-I", "-OO"], {}),
    "unbuffered": (["-I", "-u"], {}),
    "no-warnings": (["-I", "-W", "ignore"], {}),
    "utf8-mode": (["-I", "-X", "utf8"], {"LC_ALL": "POSIX"}),
    "dev-mode": (["-I", "-X", "dev"], {}),
    "dont-write-bytecode": (["-I", "-B"], {}),
    "static-hashes": (["-s"], {"PYTHONHASHSEED": "0"}),
    "safe-path": (["-I", "-P"], {}),
    "bytes-warning": (["-I", "-b"], {}),
}


@pytest.mark.parametrize("flag", FLAGS)
@pytest.mark.parametrize("arguments", [(), ("--lose",)], ids=["", "lose"])
def test_a_flag_does_what_pythons_option_does(
    flag: str, arguments: tuple[str, ...], python: Python, pybuild: Pybuild, tmp_path: Path
) -> None:
    options, environment = FLAGS[flag]
    text = PROGRAM.replace("HASH", str(_hash_with_seed_zero(python)))
    if flag == "static-hashes":  # no option of python has this effect, only a variable, which excludes -I
        text = text.replace("sys.flags.ignore_environment", "0").replace("sys.flags.isolated", "0")
    (tmp_path / "flagged.py").write_text(text)
    (tmp_path / "pybuild.toml").write_text(
        f'[build]\nmode = "accelerated"\npython-flags = {flag.split(", ")}\n[[entry-point]]\nname = "flagged"\nrun = "flagged.py"\n'
    )
    built = pybuild.build("--python", python.executable, folder=tmp_path)
    wanted = execute([python.executable, *options, "flagged.py", *arguments], folder=tmp_path, environment=clean_environment(**environment))
    got = execute(
        [str(built["executable"]), *arguments],
        folder=tmp_path,
        environment=clean_environment(**{k: v for k, v in environment.items() if k != "PYTHONHASHSEED"}),
    )
    assert (got.status, got.out) == (wanted.status, wanted.out)
    assert normalise(got.err, tmp_path) == normalise(wanted.err, tmp_path)


def _hash_with_seed_zero(python: Python) -> int:
    ran = execute([python.executable, "-c", "print(hash('text'))"], environment=clean_environment(PYTHONHASHSEED="0"))
    return int(ran.out)


def test_without_docstrings_asserts_stay(python: Python, pybuild: Pybuild, tmp_path: Path) -> None:
    """No option of python does this alone."""
    (tmp_path / "flagged.py").write_text(PROGRAM.replace("HASH", "0"))
    (tmp_path / "pybuild.toml").write_text(
        '[build]\nmode = "accelerated"\npython-flags = ["no-docstrings"]\n[[entry-point]]\nname = "flagged"\nrun = "flagged.py"\n'
    )
    built = pybuild.build("--python", python.executable, folder=tmp_path)
    shown = execute([str(built["executable"])]).out.splitlines()
    assert shown[:2] == ["docs None None", "asserts asserted True"]
    assert shown[2].startswith("optimize 0 ")
