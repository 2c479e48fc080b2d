"""Standalone mode: the folder OUTPUT_DIR/NAME.dist with everything the program needs but what every Linux has.

The new folder is put together beside the old one and takes its place in one rename.  A marker file in it lists what pybuild
made: a folder without marker is never replaced, and files that somebody else has put into ours move on into the new one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from pybuild.cache import Cache
from pybuild.errors import UserError
from pybuild.graph.model import ModuleGraph
from pybuild.link.model import Executable
from pybuild.package.layout import MARKER, Item, ItemKind, lay_out
from pybuild.package.links import link_names, make_link
from pybuild.package.model import Result
from pybuild.package.payload import Payload
from pybuild.package.program import file_digest, set_time, write_executable
from pybuild.package.publish import replace_folder, staging
from pybuild.progress import Progress, Stage
from pybuild.resolve.model import Plan


def package_standalone(
    plan: Plan, graph: ModuleGraph, payload: Payload, executable: Executable, cache: Cache, progress: Progress
) -> Result:
    """Write the folder.  Raises UserError or BuildFailure; the previous folder stays whole then."""
    final = plan.program_dir
    names = link_names(plan)
    items = lay_out(plan, graph)
    with progress.stage("package") as stage, staging(plan.output_dir) as hidden:
        check_way(final)
        folder = hidden / final.name
        folder.mkdir(mode=0o755)
        stage.total(1 + len(items))
        write_executable(folder / plan.executable_name, executable.path, payload)
        stage.advance(detail=plan.executable_name)
        for name in names:
            make_link(folder / name, plan.executable_name, folder / plan.executable_name)
        copy_items(items.values(), folder, stage)
        targets = sorted({plan.executable_name, *names, *items, MARKER})
        _write_marker(folder, targets)
        old = replace_folder(folder, final)
        if old is not None:
            _keep_foreign(old, final)
    size = sum((final / target).lstat().st_size for target in targets)
    return Result(
        path=final,
        executable=final / plan.executable_name,
        links=tuple(final / name for name in names),
        size=size,
        files=tuple(final / target for target in targets),
    )


def check_way(final: Path) -> None:
    """Refuse to replace a folder (or file) that no build made."""
    if not os.path.lexists(final):
        return
    if final.is_symlink() or not final.is_dir():
        raise UserError.of(f"{final} is in the way of the result, and no folder", hint="remove it, or choose another [build] output-dir")
    if not (final / MARKER).is_file() and any(final.iterdir()):
        raise UserError.of(
            f"{final} was not made by pybuild and would be replaced",
            hint="remove it, or choose another [build] output-dir or [product] name",
        )


def copy_items(items: Iterable[Item], folder: Path, stage: Stage) -> None:
    """Copy data files and libraries to their targets.  Raises OSError."""
    for item in sorted(items, key=lambda item: item.target):
        target = folder / item.target
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(item.source, target)
        target.chmod(_mode(item))
        set_time(target, file_digest(target))
        stage.advance(detail=item.target)


def _mode(item: Item) -> int:
    runs = item.kind is not ItemKind.EXTENSION and item.source.stat().st_mode & 0o100
    return 0o755 if runs else 0o644


def _write_marker(folder: Path, targets: Iterable[str]) -> None:
    text = "".join(f"{target}\n" for target in targets)
    (folder / MARKER).write_text(text, "utf-8", newline="\n")
    set_time(folder / MARKER, file_digest(folder / MARKER))


def made_files(folder: Path) -> set[str]:
    """What the marker of `folder` says that pybuild made; empty without one."""
    try:
        return set((folder / MARKER).read_text("utf-8").splitlines())
    except (OSError, UnicodeError):
        return set()


def _keep_foreign(old: Path, final: Path) -> None:
    """Move what pybuild has not made from the old folder into the new one."""
    made = made_files(old)
    for directory, _, files in os.walk(old):
        for name in files:
            source = Path(directory, name)
            target = source.relative_to(old).as_posix()
            if target not in made and not os.path.lexists(final / target):
                (final / target).parent.mkdir(parents=True, exist_ok=True)
                source.rename(final / target)
