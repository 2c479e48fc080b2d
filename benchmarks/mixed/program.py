"""The generated program: 60 modules, 22,560 lines, a check value.

    python -m benchmarks.mixed.program FOLDER [--modules 60] [--lines 22560] [--seed 3]

Goes in: a folder and sizes.  Comes out: a package `mixapp` in it and a script `mixed.py`, one of the modules, which imports all others
and prints a number that every block has its part in.  The same arguments give the same text.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from benchmarks.mixed import data_blocks, object_blocks
from benchmarks.mixed.blocks import NOUNS, Block

PACKAGE, SCRIPT = "mixapp", "mixed.py"
MODULES, LINES = 60, 22_560
_MAKERS = (*data_blocks.MAKERS, *object_blocks.MAKERS)
_IMPORTS = ("argparse", "collections", "contextlib", "dataclasses", "enum", "functools")
_MODULUS = 1_000_003


def module_name(number: int) -> str:
    """The import name of module `number`, from 0; the last number is the script's."""
    return f"{PACKAGE}.m{number:03}"


def module_text(number: int, lines: int, seed: int) -> str:
    """The source of module `number`, of exactly `lines` lines."""
    rng = random.Random(f"{seed}-{number}")
    noun = rng.choice(NOUNS)
    needed = sorted(rng.sample(range(number), min(number, 3)))
    text = [f'"""Module {number}: what there is to do about {noun}s."""', "", *(f"import {name}" for name in _IMPORTS), ""]
    text += [f"from {module_name(other)} import entry as entry_{other}" for other in needed]
    uses: list[str] = []
    room = lines - len(text) - len(needed) * 2 - 12  # what `entry` and a WEIGHTS of two take without any block
    while fitting := _fitting(rng, f"{len(uses)}", room):
        text += ["", "", *fitting.lines]
        uses.append(fitting.use)
        room -= len(fitting.lines) + 3
    tail = [
        "",
        "",
        "def entry(depth=0):",
        f'    """The number that module {number} stands for."""',
        "    total = WEIGHTS[depth % len(WEIGHTS)]",
    ]
    tail += [f"    total += {use}" for use in uses]
    tail += [f"    if depth < 1:\n        total += entry_{other}(depth + 1)" for other in needed]
    tail.append(f"    return total % {_MODULUS}")
    end = "\n".join(tail).split("\n")
    fill = lines - len(text) - len(end) - 4  # two blank lines and the brackets of WEIGHTS
    return "\n".join([*text, "", "", "WEIGHTS = (", *(f"    {rng.randrange(1000)}," for _ in range(fill)), ")", *end]) + "\n"


def _fitting(rng: random.Random, tag: str, room: int) -> Block | None:
    """A block of any kind that has room; None when there is none."""
    for maker in rng.sample(_MAKERS, len(_MAKERS)):
        made = maker(rng, rng.choice(NOUNS), tag)
        if len(made.lines) + 3 <= room:
            return made
    return None


def script_text(modules: int, lines: int, seed: int) -> str:
    """The script: the last module, which also imports and runs the others."""
    others = range(modules - 1)
    main = [f"import {module_name(other)}" for other in others]
    listed = ", ".join(f"{module_name(other)}" for other in others)
    main += ["", f"MODULES = ({listed}{',' if len(others) == 1 else ''})", "", ""]
    main += [
        "def main():",
        '    """Print the check value."""',
        f"    print((sum(module.entry() for module in MODULES) + entry()) % {_MODULUS})",
    ]
    main += ["", "", 'if __name__ == "__main__":', "    main()"]
    return module_text(modules - 1, lines - len(main), seed) + "\n".join(main) + "\n"


def generate(folder: Path, modules: int = MODULES, lines: int = LINES, seed: int = 3) -> int:
    """Write the program; returns how many lines it has, which is `lines`."""
    each = lines // modules
    (folder / PACKAGE).mkdir(parents=True, exist_ok=True)
    (folder / PACKAGE / "__init__.py").write_text("")
    total = 0
    for number in range(modules - 1):
        text = module_text(number, each, seed)
        total += text.count("\n")
        (folder / f"{module_name(number).replace('.', '/')}.py").write_text(text)
    text = script_text(modules, lines - total, seed)
    (folder / SCRIPT).write_text(text)
    return total + text.count("\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--modules", type=int, default=MODULES)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    print(f"{options.modules} modules, {generate(options.folder, options.modules, options.lines, options.seed)} lines in {options.folder}")


if __name__ == "__main__":
    main()
