"""Finding the manifest from the working directory upwards.

Goes in: a folder.  Comes out: the path of the nearest pybuild.toml, or pyproject.toml with a table [tool.pybuild].  It imports
neither models nor TOML unless a pyproject.toml speaks of pybuild.
"""

from __future__ import annotations

from pathlib import Path

from pybuild.errors import Place, UserError

MANIFEST = "pybuild.toml"
PYPROJECT = "pyproject.toml"


def find_manifest(start: Path) -> Path:
    """The nearest manifest.  Raises UserError when there is none, and when a folder has both kinds."""
    start = start.absolute()
    for folder in (start, *start.parents):
        manifest, pyproject = folder / MANIFEST, folder / PYPROJECT
        own, inside = manifest.is_file(), _speaks_of_pybuild(pyproject)
        if own and inside:
            raise UserError.of(
                f"two manifests: `{manifest}` and [tool.pybuild] in `{pyproject}`",
                hint="keep one of them",
                place=_table_place(pyproject),
                code="manifest-two",
            )
        if own or inside:
            return manifest if own else pyproject
    raise UserError.of(
        f"no {MANIFEST} and no {PYPROJECT} with [tool.pybuild] in `{start}` or a folder above it",
        hint="write one, or name what to build: `pybuild build SCRIPT.py`",
        code="manifest-none",
    )


def looked_at(start: Path, found: Path) -> tuple[Path, ...]:
    """Every path that decided that `find_manifest(start)` is `found`: any of them appearing or changing may decide otherwise."""
    start = start.absolute()
    folders = [folder for folder in (start, *start.parents) if folder.is_relative_to(found.parent)]
    return tuple(folder / name for folder in folders for name in (MANIFEST, PYPROJECT))


def _speaks_of_pybuild(pyproject: Path) -> bool:
    """Whether it has a table [tool.pybuild]; parsed only if the word is there at all."""
    try:
        data = pyproject.read_bytes()
    except OSError:
        return False
    if b"pybuild" not in data:
        return False
    from pybuild.manifest.document import read_source

    tool = read_source(pyproject).values.get("tool")
    return isinstance(tool, dict) and "pybuild" in tool


def _table_place(pyproject: Path) -> Place:
    from pybuild.manifest.document import read_source

    return read_source(pyproject).key_place(("tool", "pybuild"))
