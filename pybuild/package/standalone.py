"""Standalone mode: the folder OUTPUT_DIR/NAME.dist with everything the program needs but what every Linux has.

The new folder is put together beside the old one and takes its place in one rename.  A marker file in it lists what pybuild
made: a folder without marker is never replaced, and files that somebody else has put into ours move on into the new one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pybuild.cache import Cache, digest
from pybuild.graph.model import ModuleGraph
from pybuild.link.model import Executable
from pybuild.link.private_paths import forget_folders, private_prefixes
from pybuild.package.binaries import Preparer, Tools
from pybuild.package.closure import Closure, close
from pybuild.package.elf import read_facts
from pybuild.package.folder import check_way, hand_over, write_marker
from pybuild.package.glibc import check_max_glibc, highest
from pybuild.package.layout import MARKER, Item, ItemKind, lay_out
from pybuild.package.links import link_names, make_link
from pybuild.package.model import Result
from pybuild.package.payload import Payload
from pybuild.package.program import FILE_MODE, PROGRAM_MODE, file_digest, set_time, write_executable
from pybuild.package.publish import cache_errors, staging
from pybuild.progress import Progress
from pybuild.resolve.model import Plan


@dataclass(frozen=True)
class Copy:
    """One file to be copied: `content` is a digest that stands for its bytes, empty when it has not been read yet."""

    source: Path
    target: str
    mode: int
    content: str


def package_standalone(
    plan: Plan, graph: ModuleGraph, payload: Payload, executable: Executable, cache: Cache, progress: Progress
) -> Result:
    """Write the folder.  Raises UserError or BuildFailure; the previous folder stays whole then."""
    final = plan.program_dir
    names = link_names(plan)
    with cache_errors(cache.root):
        items = lay_out(plan, graph)
        folders = _private_folders(plan)
        with progress.stage("libraries") as stage:
            closure = close(plan, items.values(), executable, cache, progress, [str(folder).encode() for folder in folders])
            shipped = [(target, binary.facts) for target, binary in closure.binaries.items()]
            shipped.append((plan.executable_name, read_facts(executable.path, cache)))
            check_max_glibc(plan, shipped)
            stage.total(len(closure.binaries))
            copies = _copies(items, closure, _prepare(plan, closure, cache, folders))
            stage.advance(len(closure.binaries))
    with progress.stage("package") as stage, staging(plan.output_dir) as hidden:
        stage.total(1 + len(copies))
        check_way(final)
        folder = hidden / final.name
        folder.mkdir()
        write_executable(folder / plan.executable_name, executable, payload, cache, plan.compiler.jobs or len(os.sched_getaffinity(0)))
        stage.advance(detail=plan.executable_name)
        for copy in copies:
            _copy(copy, folder)
            stage.advance(detail=copy.target)
        for place in package_folders(payload, [copy.target for copy in copies]):
            with suppress(FileExistsError, NotADirectoryError):  # a data file of that name
                (folder / place).mkdir(parents=True)
        for name in names:
            make_link(folder / name, plan.executable_name, folder / plan.executable_name)
        targets = sorted({plan.executable_name, *names, *(copy.target for copy in copies), MARKER})
        write_marker(folder, targets)
        hand_over(folder, final)
    need = highest(shipped)
    return Result(
        path=final,
        executable=final / plan.executable_name,
        links=tuple(final / name for name in names),
        size=sum((final / target).lstat().st_size for target in targets),
        files=tuple(final / target for target in targets),
        glibc=need.version,
        glibc_file=need.file,
        glibc_symbol=need.symbol,
        inputs=(*closure.inputs, *(item.source for item in items.values())),
    )


def package_folders(payload: Payload, targets: Iterable[str]) -> list[str]:
    """The folders of packages that must be there though modules are embedded: `dirname(__file__) + "/../assets"` leads through them.

    These are the program's own, and those of packages that come with files.
    """
    tops = {target.partition("/")[0] for target in targets if "/" in target}
    folders = {m.target if m.is_namespace else m.target.rpartition("/")[0] for m in payload.modules if not m.extension and not m.root}
    own = {m.target.partition("/")[0] for m in payload.modules if m.first_party}
    return sorted(folder for folder in folders if folder and folder.partition("/")[0] in tops | own)


def _private_folders(plan: Plan) -> tuple[Path, ...]:
    """The folders of the building machine that no shipped file may name."""
    interpreter = plan.interpreter
    own = (interpreter.prefix, plan.project_dir) if interpreter.prefix != interpreter.base_prefix else (plan.project_dir,)
    return tuple(dict.fromkeys((*private_prefixes(interpreter), *(path for path in own if len(path.parts) > 2))))


def _prepare(plan: Plan, closure: Closure, cache: Cache, folders: tuple[Path, ...]) -> Mapping[str, tuple[Path, str]]:
    """Target → (file to copy, digest) of every ELF file; what is not in the cache yet is made by several threads."""
    preparer = Preparer(cache, Tools.probe(), lambda data: forget_folders(data, folders), digest(*map(str, folders)))
    binaries = list(closure.binaries.items())
    if all(preparer.is_ready(binary) for _, binary in binaries):
        return {target: preparer.prepare(binary) for target, binary in binaries}
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(plan.compiler.jobs or None) as threads:
        prepared = threads.map(lambda pair: preparer.prepare(pair[1]), binaries)
        return {target: result for (target, _), result in zip(binaries, prepared, strict=True)}


def _copies(items: Mapping[str, Item], closure: Closure, prepared: Mapping[str, tuple[Path, str]]) -> list[Copy]:
    """Every file but the executable and the links, sorted by target."""
    copies = [Copy(item.source, target, _mode(item), "") for target, item in items.items() if target not in prepared]
    for target, binary in closure.binaries.items():
        source, content = prepared[target]
        asked_for = target in items and _mode(items[target]) == PROGRAM_MODE
        copies.append(Copy(source, target, PROGRAM_MODE if asked_for or binary.facts.program else FILE_MODE, content))
    return sorted(copies, key=lambda copy: copy.target)


def _mode(item: Item) -> int:
    """Only files that were asked for can be programs; modules are loaded, not run."""
    runs = item.kind is not ItemKind.EXTENSION and item.source.stat().st_mode & 0o100
    return PROGRAM_MODE if runs else FILE_MODE


def _copy(copy: Copy, folder: Path) -> None:
    target = folder / copy.target
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(copy.source, target)
    target.chmod(copy.mode)
    set_time(target, copy.content or file_digest(target))
