"""The same input gives the same bytes, in any folder and with any cache."""

from __future__ import annotations

import hashlib
import shutil
import stat
from pathlib import Path

from tests.end_to_end.support import CASES, Pybuild, Target

ENTRIES = ("arguments", "classes", "library", "coroutines")


def _build(folder: Path, cache: Path, target: Target) -> dict[str, tuple[str, int, str]]:
    shutil.copytree(CASES, folder / "cases", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "assets").mkdir()
    (folder / "assets" / "data.txt").write_text("data\n")
    entries = "".join(f'[[entry-point]]\nname = "{name}"\nrun = "cases/{name}.py"\n' for name in ENTRIES)
    data = '[[data]]\nfrom = "assets/*.txt"\nto = "assets/"\n'
    (folder / "pybuild.toml").write_text(
        f'[product]\nname = "same"\n[build]\nmode = "standalone"\nkeep-source = true\nlibpython = "{target.libpython}"\n{entries}{data}'
    )
    built = Pybuild(cache).build("--python", target.python.executable, folder=folder)
    return _fingerprint(Path(str(built["path"])))


def _fingerprint(folder: Path) -> dict[str, tuple[str, int, str]]:
    """Every path of `folder` with its kind, permissions and content."""
    found = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        content = str(path.readlink()) if path.is_symlink() else hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[str(path.relative_to(folder))] = (str(stat.S_IFMT(mode)), stat.S_IMODE(mode), content)
    return found


def test_two_folders_and_two_caches_give_the_same_bytes(tmp_path: Path, target: Target) -> None:
    first = _build(tmp_path / "one", tmp_path / "cache-one", target)
    second = _build(tmp_path / "another" / "deeper folder", tmp_path / "cache-two", target)
    assert first == second
    assert {"arguments", "classes", "assets/data.txt"} <= set(first)
