"""Accelerated mode: one executable in the output folder, links beside it; everything else is the Python installation's."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pybuild.cache import Cache, digest
from pybuild.errors import UserError
from pybuild.link.model import Executable
from pybuild.package.elf import read_facts
from pybuild.package.glibc import check_max_glibc
from pybuild.package.links import is_our_link, link_names, make_link
from pybuild.package.model import Result
from pybuild.package.payload import Payload
from pybuild.package.program import is_program, write_executable
from pybuild.package.publish import cache_errors, staging
from pybuild.progress import Progress
from pybuild.resolve.model import Plan


def package_accelerated(plan: Plan, payload: Payload, executable: Executable, cache: Cache, progress: Progress) -> Result:
    """Write OUTPUT_DIR/EXE and its links.  Raises UserError or BuildFailure; the previous program stays whole then."""
    final = plan.output_dir / plan.executable_name
    names = link_names(plan)
    with cache_errors(cache.root):
        launcher = read_facts(executable.path, cache)
        check_max_glibc(plan, [(plan.executable_name, launcher)])
    with progress.stage("package") as stage, staging(plan.output_dir) as folder:
        stage.total(1 + len(names))
        _check_way(final, names)
        staged = folder / plan.executable_name
        write_executable(staged, executable, payload, cache, plan.compiler.jobs or len(os.sched_getaffinity(0)))
        for name in names:
            make_link(folder / name, plan.executable_name, staged)
        for name in (plan.executable_name, *names):
            (folder / name).replace(plan.output_dir / name)
            stage.advance(detail=name)
        _remove_stale_links(cache, final, names)
    links = tuple(plan.output_dir / name for name in names)
    return Result(
        path=final,
        executable=final,
        links=links,
        size=final.stat().st_size,
        files=(final, *links),
        glibc=launcher.glibc,
        glibc_file=final.name if launcher.glibc else "",
        glibc_symbol=launcher.glibc_symbol,
    )


def _check_way(final: Path, names: Sequence[str]) -> None:
    """Refuse to replace what no build made."""
    if final.is_dir() and not final.is_symlink():
        raise UserError.of(
            f"{final} is a folder, where the program should go", hint="choose another [build] output-dir, or rename the entry point"
        )
    if os.path.lexists(final) and not is_program(final):
        raise UserError.of(
            f"{final} was not made by pybuild and would be overwritten", hint="remove it, or choose another [build] output-dir"
        )
    for name in names:
        link = final.parent / name
        if os.path.lexists(link) and not (is_our_link(link, final) or is_program(link)):
            raise UserError.of(
                f"{link} was not made by pybuild and would be overwritten by the link of {name}",
                hint="remove it, or choose another [build] output-dir",
            )


def _remove_stale_links(cache: Cache, final: Path, names: Sequence[str]) -> None:
    """Remove the links of entry points that the manifest no longer has; which those are, the cache remembers."""
    key = digest("links", str(final.absolute()))
    text = "\0".join(names).encode()
    before = cache.get("links", key) or b""
    if before == text:
        return
    for name in set(before.decode().split("\0")) - {*names, ""}:
        link = final.parent / name
        if link.is_symlink() and is_our_link(link, final):
            link.unlink()
    with cache_errors(cache.root):
        cache.put("links", key, text)
