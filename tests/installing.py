"""Installing a pure Python project for a test as an installer would, without network, build backend or pip."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path


def install(project: Path, site: Path) -> None:
    """Copy the packages in `project/src` to `site` and write the metadata that its pyproject.toml describes."""
    table = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for package in sorted((project / "src").iterdir()):
        shutil.copytree(package, site / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    info = site / f"{table['name'].replace('-', '_')}-{table['version']}.dist-info"
    info.mkdir(parents=True)
    metadata = [
        ("Metadata-Version", "2.1"),
        ("Name", table["name"]),
        ("Version", table["version"]),
        ("Summary", table.get("description", "")),
    ]
    (info / "METADATA").write_text("".join(f"{key}: {value}\n" for key, value in metadata), encoding="utf-8")
    (info / "INSTALLER").write_text("tests\n", encoding="utf-8")
    groups = {"console_scripts": table.get("scripts", {}), **table.get("entry-points", {})}
    lines = [
        line for group, entries in groups.items() if entries for line in (f"[{group}]", *(f"{k} = {v}" for k, v in entries.items()), "")
    ]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file() and info.name in path.parts)
    record = [f"{name},," for name in [*files, f"{info.name}/RECORD"]]
    record += [
        f"{path.relative_to(site).as_posix()},," for package in (project / "src").iterdir() for path in (site / package.name).rglob("*.py")
    ]
    (info / "RECORD").write_text("\n".join(record) + "\n", encoding="utf-8")
