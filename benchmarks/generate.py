"""A large program that looks like one: packages of modules with classes, functions and imports of each other.

    python benchmarks/generate.py FOLDER --modules 2000 --lines 100

Goes in: how many modules of how many lines.  Comes out: a package `genapp` in FOLDER with a `__main__` that imports every module and
prints a number computed through them, and a `pybuild.toml` that embeds all of it as bytecode.  The same arguments give the same text.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "genapp"
_PER_PACKAGE = 50
_STDLIB = ("collections", "dataclasses", "functools", "itertools", "json", "math", "re", "string", "textwrap", "typing")
_WORDS = ("order", "invoice", "customer", "parcel", "route", "ledger", "report", "ticket", "stock", "price", "tariff", "address")


def module_name(number: int) -> str:
    """The import name of module `number`."""
    return f"{PACKAGE}.p{number // _PER_PACKAGE:03}.m{number:05}"


def _function(rng: random.Random, name: str, called: str) -> Iterator[str]:
    a, b, c = (rng.randrange(2, 97) for _ in range(3))
    yield f"def {name}(values, scale={a}, *, limit={b}):"
    yield f'    """Sum what {name} finds in `values`, at most `limit` of them."""'
    yield f"    total = {c}"
    yield "    for index, value in enumerate(values[:limit]):"
    yield f"        if (value + index) % {rng.randrange(2, 7)} == 0:"
    yield f"            total += value * scale - {rng.randrange(50)}"
    yield f"        elif value > {rng.randrange(100)}:"
    yield f"            total -= {called}(value)"
    yield "        else:"
    yield f"            total ^= index + {rng.randrange(50)}"
    yield f"    seen = {{str(v): v for v in values if v != {rng.randrange(30)}}}"
    yield "    return total + len(seen)"
    yield ""
    yield ""


def _class(rng: random.Random, word: str, number: int) -> Iterator[str]:
    name = f"{word.title()}{number}"
    yield "@dataclasses.dataclass"
    yield f"class {name}:"
    yield f'    """One {word} of module {number}."""'
    yield ""
    yield f'    name: str = "{word}-{rng.randrange(1000)}"'
    yield f"    amount: int = {rng.randrange(1000)}"
    yield "    tags: list = dataclasses.field(default_factory=list)"
    yield ""
    yield "    def add(self, tag):"
    yield "        if tag in self.tags:"
    yield f'            raise ValueError(f"{{self.name}} has {{tag!r}} already, of {{len(self.tags)}} {word}s")'
    yield "        self.tags.append(tag)"
    yield "        return self"
    yield ""
    yield "    @property"
    yield "    def weight(self):"
    yield f"        return sum(len(tag) for tag in self.tags) * {rng.randrange(2, 9)} + self.amount"
    yield ""
    yield "    def __lt__(self, other):"
    yield "        try:"
    yield "            return (self.weight, self.name) < (other.weight, other.name)"
    yield "        except AttributeError:"
    yield "            return NotImplemented"
    yield ""
    yield ""


def module_text(number: int, lines: int, seed: int = 2) -> str:
    """The source of module `number`, of about `lines` lines (whole functions and classes)."""
    rng = random.Random(f"{seed}-{number}")
    word = rng.choice(_WORDS)
    text = [f'"""Module {number}: what there is to do about a {word}."""', "", "import dataclasses"]
    text += [f"import {name}" for name in sorted(rng.sample([n for n in _STDLIB if n != "dataclasses"], 3))]
    needed = sorted({rng.randrange(max(0, number - 400), number) for _ in range(min(number, 3))})
    text += ["", *(f"from {module_name(n)} import entry as entry_{n}" for n in needed), "", ""]
    text += ["def scaled(value):", f"    return value * {rng.randrange(2, 9)} % 1009", "", ""]
    text += _class(rng, word, number)
    made: list[str] = []
    while len(text) < lines - 15:
        made.append(f"handle_{word}_{len(made)}")
        text += _function(rng, made[-1], "scaled")
    text += ["def entry(depth=0):", f'    """The number that module {number} stands for."""']
    text += [f"    result = {' + '.join(f'{name}([{number % 91}, 7, 40])' for name in made[:2]) or number}"]
    text += [f"    if depth < 1:\n        result += entry_{n}(depth + 1)" for n in needed]
    text += [f"    return (result + {word.title()}{number}().add('x').weight) % 100003"]
    return "\n".join(text) + "\n"


def generate(folder: Path, modules: int, lines: int = 100) -> int:
    """Write the program into `folder`; returns how many lines it has."""
    total = 0
    packages = range(-(-modules // _PER_PACKAGE))
    for package in packages:
        place = folder / PACKAGE / f"p{package:03}"
        place.mkdir(parents=True, exist_ok=True)
        numbers = range(package * _PER_PACKAGE, min(modules, (package + 1) * _PER_PACKAGE))
        for number in numbers:
            text = module_text(number, lines)
            total += text.count("\n")
            (place / f"m{number:05}.py").write_text(text)
        imports = "".join(f"from {PACKAGE}.p{package:03} import m{number:05}\n" for number in numbers)
        (place / "__init__.py").write_text(f"{imports}\nMODULES = [{', '.join(f'm{number:05}' for number in numbers)}]\n")
    (folder / PACKAGE / "__init__.py").write_text("")
    imports = "".join(f"import {PACKAGE}.p{package:03}\n" for package in packages)
    listed = ", ".join(f"{PACKAGE}.p{package:03}" for package in packages)
    body = f"total = 0\nfor package in ({listed},):\n    for module in package.MODULES:\n        total += module.entry()\nprint(total)\n"
    (folder / PACKAGE / "__main__.py").write_text(f"{imports}\n{body}")
    (folder / "pybuild.toml").write_text(
        f'[product]\nname = "{PACKAGE}"\n\n[build]\nmode = "standalone"\nsource-roots = ["."]\n\n'
        f'[[entry-point]]\nname = "{PACKAGE}"\nrun = "{PACKAGE}"\n\n[modules]\nnative = []\n'
    )
    return total


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--modules", type=int, default=2000)
    parser.add_argument("--lines", type=int, default=100)
    options = parser.parse_args()
    print(f"{options.modules} modules, {generate(options.folder, options.modules, options.lines)} lines in {options.folder}")


if __name__ == "__main__":
    main()
