"""`python -m tests.fuzz --count N --seed S`: N random programs, built and interpreted; what differs is made small and kept.

Status 0: no difference. 1: differences; each is in `build/fuzz/found/SEED.py` with what was expected and what came.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path

from tests.fuzz.differ import RECORDS, SUPPORT, Differ, Difference
from tests.fuzz.generate import program
from tests.fuzz.minimise import minimise
from tests.programs.support import target_python


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="how many programs")
    parser.add_argument("--seed", type=int, default=0, help="number of the first program")
    parser.add_argument("--batch", type=int, default=100, help="how many to a binary")
    parser.add_argument("--folder", type=Path, default=Path("build/fuzz"), help="where everything is made")
    parser.add_argument("--no-minimise", action="store_true", help="only report the seeds that differ")
    parser.add_argument("--optimize", choices=("speed", "size", "debug"), default="debug", help="how the C is compiled")
    parser.add_argument("--cc", default="clang" if shutil.which("clang") else "auto", help="by what; clang takes a fifth of the time")
    parser.add_argument("--records", choices=(*RECORDS, "all"), default="all", help="what batches are built with; all: in turn")
    parser.add_argument("--stop-after", type=int, default=10, help="differences after which to stop")
    options = parser.parse_args()
    python = target_python()
    if python is None:
        print("no CPython with headers and libpython was found", file=sys.stderr)
        return 2
    folder = options.folder.resolve()
    kinds = RECORDS if options.records == "all" else (options.records,)
    differs = [Differ(python, folder / "batch", folder / "cache", options.optimize, options.cc, kind) for kind in kinds]
    found: list[tuple[Difference, Differ]] = []
    start = time.monotonic()
    for first in range(options.seed, options.seed + options.count, options.batch):
        numbers = range(first, min(first + options.batch, options.seed + options.count))
        differ = differs[first // options.batch % len(differs)]
        differences = differ.differences({f"fuzz_{number}": program(number) for number in numbers})
        found += [(one, differ) for one in differences]
        for one in differences:
            print(f"seed {one.name.removeprefix('fuzz_')} ({differ.records}) differs: {first_difference(one)}", flush=True)
        print(f"{numbers[-1] + 1 - options.seed} programs, {len(found)} differences, {time.monotonic() - start:.0f} s", flush=True)
        if len(found) >= options.stop_after:
            break
    for one, differ in found:
        keep(one, folder / "found", None if options.no_minimise else differ)
    return 1 if found else 0


def first_difference(one: Difference) -> str:
    """The first line that is not the same."""
    expected, got = one.expected.splitlines(), one.got.splitlines()
    for want, have in zip(expected, got, strict=False):
        if want != have:
            return f"expected {want[:150]!r}, got {have[:150]!r}"
    longer = expected[len(got) :] or got[len(expected) :]
    return f"{'missing' if len(expected) > len(got) else 'besides'}: {longer[0][:150]!r}" if longer else "line ends"


def keep(one: Difference, folder: Path, differ: Differ | None) -> None:
    """Write the program, its outputs, and if asked for the small program."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(SUPPORT, folder)
    seed = one.name.removeprefix("fuzz_")
    (folder / f"{seed}.py").write_text(one.source, encoding="utf-8")
    (folder / f"{seed}.expected").write_text(one.expected, encoding="utf-8", errors="surrogateescape")
    (folder / f"{seed}.got").write_text(one.got, encoding="utf-8", errors="surrogateescape")
    if differ is not None:
        small = minimise(one.source, lambda sources: [difference.name for difference in differ.differences(sources)])
        (folder / f"{seed}.small.py").write_text(small, encoding="utf-8")
        print(f"----- seed {seed}, {len(small.splitlines())} lines: {folder / f'{seed}.small.py'}\n{small}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
