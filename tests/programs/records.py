"""Records of programs: of the run that is compared, and ones that mislead the compiler, so that what it guesses fails.

A program whose header has `# record: ARGUMENT...` is misled by a record of that other input; any other by its own record in which every
class, callee and jump that was seen is exchanged for another.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from tests.end_to_end.support import Python, clean_environment, execute
from tests.programs.support import Program

Variant = Literal["plain", "own-record", "misleading-record"]
VARIANTS: tuple[Variant, ...] = ("own-record", "misleading-record")

EXCHANGED = {
    "int small": "float",
    "int i64": "int small",
    "int big": "int small",
    "float": "int small",
    "str": "int i64",
    "list": "tuple",
    "tuple": "list",
    "dict": "list",
    "bool": "float",
    "NoneType": "str",
    "range_iterator": "list_iterator",
    "list_iterator": "range_iterator",
}


def record(program: Program, variant: Variant, python: Python, folder: Path, cache: Path) -> Path | None:
    """Make the record for `program`, whose entry point is in the manifest of `folder`; None where the run was killed before it could be."""
    output = folder / f"{program.name}.{variant}.json"
    misleading = variant == "misleading-record"
    arguments = program.other_arguments if misleading and program.other_arguments is not None else program.arguments
    command = [
        sys.executable,
        "-m",
        "pybuild",
        "record",
        "--quiet",
        "--python",
        python.executable,
        "--output",
        output,
        program.name,
        *arguments,
    ]
    ran = execute(command, folder=folder, environment=clean_environment(PYBUILD_CACHE_DIR=str(cache)), stdin=program.stdin)
    if not output.exists():
        if ran.status >= 0 and ran.status != 130:
            problem_file(program, variant, folder).write_text(f"status {ran.status}\n{ran.err[-3000:]}", errors="surrogateescape")
        return None
    if misleading and program.other_arguments is None:
        output.write_text(json.dumps(exchanged(json.loads(output.read_text(encoding="utf-8")))), encoding="utf-8")
    return output


def problem_file(program: Program, variant: Variant, folder: Path) -> Path:
    """Why there is no record of the program, although its run was not killed; the batch is built without it."""
    return folder / f"{program.name}.{variant}.problem"


def exchanged(recorded: dict[str, Any]) -> dict[str, Any]:
    """A record of the same functions in which nothing is as it was seen."""
    names: set[str] = set()
    for function in recorded["functions"]:
        names.update(name for table in _tables(function) for name in table if ":" in name)
    others = dict(zip(sorted(names), [*sorted(names)[1:], *sorted(names)[:1]], strict=True))
    return {**recorded, "functions": [_function(function, {**EXCHANGED, **others}) for function in recorded["functions"]]}


def _tables(function: Mapping[str, Any]) -> list[Mapping[str, int]]:
    """Every table of classes of a function."""
    sites = function.get("sites", {}).values()
    return [
        *function.get("arguments", {}).values(),
        function.get("returns", {}),
        function.get("yields", {}),
        *(table for site in sites for table in site.get("operands", [])),
        *(site.get("result", {}) for site in sites),
    ]


def _function(function: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The function's entry with other names in its tables, and with jumps that go the other way."""

    def table(one: Mapping[str, int]) -> dict[str, int]:
        return {names.get(name, name): count for name, count in one.items()}

    def site(one: Mapping[str, Any]) -> dict[str, Any]:
        changed = dict(one)
        if "operands" in one:
            changed["operands"] = [table(operand) for operand in one["operands"]]
        if "result" in one:
            changed["result"] = table(one["result"])
        if "callees" in one:
            changed["callees"] = {_callee(name, names): count for name, count in one["callees"].items()}
        if "taken" in one:
            changed["taken"] = max(0, one.get("count", 0) - one["taken"])
        return changed

    changed = dict(function)
    if "arguments" in function:
        changed["arguments"] = {name: table(types) for name, types in function["arguments"].items()}
    for key in ("returns", "yields"):
        if key in function:
            changed[key] = table(function[key])
    if "sites" in function:
        changed["sites"] = {offset: site(one) for offset, one in function["sites"].items()}
    return changed


def _callee(name: str, names: Mapping[str, str]) -> str:
    """A callee of the same sort (`function`, `class`, `method`) with another name, where one is known."""
    sort, _, rest = name.partition(" ")
    return f"{sort} {names.get(rest, rest)}"
