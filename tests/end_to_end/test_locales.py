"""Programs that name no codec, in locales that are not UTF-8 and with encodings from the environment: as CPython does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.support import Pybuild, Python, clean_environment, execute

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Shared

PROGRAM = """
import sys
print(sys.stdout.encoding, sys.getfilesystemencoding())
print(sys.argv[1:], "\\u65e5\\u672c" if sys.stdout.encoding != "koi8-r" else "\\u0434\\u0430")
"""
LOCALES = (
    ("ja_JP", "EUC-JP", "ja_JP.eucJP"),
    ("ja_JP", "SHIFT_JIS", "ja_JP.sjis"),
    ("zh_CN", "GBK", "zh_CN.GBK"),
    ("zh_CN", "GB18030", "zh_CN.gb18030"),
    ("zh_TW", "BIG5", "zh_TW.big5"),
    ("zh_HK", "BIG5-HKSCS", "zh_HK.big5hkscs"),
    ("ko_KR", "EUC-KR", "ko_KR.eucKR"),
    ("ru_RU", "KOI8-R", "ru_RU.koi8r"),
)
CODECS = ("euc_jp", "shift_jis", "cp932", "gbk", "gb18030", "big5", "big5hkscs", "euc_kr", "cp949")
ENCODINGS = ("euc_jp", "cp932", "gb18030", "big5", "cp949", "koi8-r:replace", "utf-16")


def build(shared: Shared, pybuild: Pybuild, python: Python) -> tuple[Path, Path]:
    """The program's source, and what it was built to."""

    def make(folder: Path) -> str:
        (folder / "main.py").write_text(PROGRAM)
        flags = ["--set", 'build.python-flags=["use-environment"]']
        if python.version == "3.12":  # whose programs have only the codecs that are named
            flags += ["--set", f"modules.include={json.dumps([f'encodings.{name}' for name in CODECS])}"]
        return str(pybuild.build("--python", python.executable, "main.py", *flags, folder=folder)["executable"])

    program = Path(shared.once(f"locales-{python.version}", make))
    return program.parents[2] / "main.py", program


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_from_the_environment(shared: Shared, pybuild: Pybuild, python: Python, encoding: str) -> None:
    source, program = build(shared, pybuild, python)
    environment = clean_environment(PYTHONIOENCODING=encoding)
    built, interpreted = (execute([*command, "x"], environment=environment) for command in ([program], [python.executable, source]))
    assert built == interpreted
    assert built.status == 0


def make_locale(folder: Path, language: str, charset: str, name: str) -> bool:
    """Whether the locale could be made below `folder`."""
    localedef = shutil.which("localedef") or "/usr/bin/localedef"
    if not os.access(localedef, os.X_OK):
        return False
    command = [localedef, "--no-warnings=ascii", "-i", language, "-f", charset, str(folder / name)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(("language", "charset", "name"), LOCALES, ids=[name for _, _, name in LOCALES])
def test_legacy_locales(shared: Shared, pybuild: Pybuild, python: Python, tmp_path: Path, language: str, charset: str, name: str) -> None:
    if not make_locale(tmp_path, language, charset, name):
        pytest.skip("the locale cannot be made here")
    source, program = build(shared, pybuild, python)
    environment = clean_environment(LC_ALL=name, LOCPATH=str(tmp_path))
    built, interpreted = (execute([*command, "x"], environment=environment) for command in ([program], [python.executable, source]))
    assert built == interpreted
    assert built.status == 0 and built.out.splitlines()[0].split()[1] not in ("utf-8", "ascii")
