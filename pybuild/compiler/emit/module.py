"""A module's translated functions to C files, and all modules to the table that the runtime reads.

A long module is several files, so that they can be compiled side by side, and a changed line costs one of them.  What calls typed bodies
(`ty` and a number) stays in the first, with these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_TEXT = 80_000  # characters of C, after which the next function is in another file
_TYPED = re.compile(r"\bty\d+\(")
HEAD = """/* {name}: made by pybuild from the module's bytecode. */
#include "native/native.h"
#define L(i) fr->localsplus[i]
"""


def symbol(module: str) -> str:
    """The C name of a module's descriptor."""
    return "pb_module_" + re.sub(r"[^A-Za-z0-9_]", lambda found: f"_{ord(found[0]):x}_", module)


def emit_module(name: str, functions: Sequence[tuple[int, str]], prototypes: Sequence[str] = ()) -> tuple[str, ...]:
    """The C files of module `name`: `functions` are the numbers of its translated code objects and their C, `prototypes` stand before."""
    parts = _parts(functions)
    shared = len(parts) > 1
    unique = "".join(f"#define native{index} native{index}_{symbol(name)}\n" for index, _ in functions) if shared else ""
    head = f"{HEAD.format(name=name)}#define PB_OF_MODULE {'PB_HIDDEN' if shared else 'static'}\n{unique}"
    listed = ", ".join(f"&native{index}" for index, _ in functions)
    files = []
    for number, part in enumerate(parts):
        out = [head, *(prototypes if number == 0 else ()), *(text for _, text in part)]
        if number == 0:
            own = {index for index, _ in part}
            out += [f"extern PB_HIDDEN pb_native native{index};" for index, _ in functions if index not in own]
            if functions:
                out.append(f"static pb_native *const natives[] = {{{listed}}};")
            out.append(
                f"const pb_native_module {symbol(name)} = {{.name = {c_string(name)}, .natives = {'natives' if functions else 'NULL'}, "
                f".count = {len(functions)}}};\n"
            )
        files.append("\n".join(out))
    return tuple(files)


def _parts(functions: Sequence[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    """The functions by file."""
    parts: list[list[tuple[int, str]]] = [[entry for entry in functions if _TYPED.search(entry[1])]]
    size = sum(len(text) for _, text in parts[0])
    for entry in [entry for entry in functions if not _TYPED.search(entry[1])]:
        if size > MOST_TEXT:
            parts.append([])
            size = 0
        parts[-1].append(entry)
        size += len(entry[1])
    return parts


def emit_table(modules: Sequence[str], counted: Sequence[tuple[str, Sequence[str], bool]] | None = None) -> str:
    """The C file that lists the modules; for a counting build also those that are counted: name, content hashes of the code
    objects, whether it is the program's own."""
    out = ["/* The translated modules of this program. */", '#include "native/native.h"']
    out += [f"extern const pb_native_module {symbol(name)};" for name in modules]
    entries = "".join(f"&{symbol(name)}, " for name in modules)
    out.append(f"const pb_native_module *const pb_native_modules[] = {{{entries}NULL}};\n")
    if counted is not None:
        for number, (_, hashes, _) in enumerate(counted):
            if hashes:
                out.append(f"static const char *const hashes{number}[] = {{{', '.join(map(c_string, hashes))}}};")
        rows = [
            f"{{{c_string(name)}, {f'hashes{n}' if hashes else 'NULL'}, {str(own).lower()}}}"
            for n, (name, hashes, own) in enumerate(counted)
        ]
        out.append(f"const pb_counted_module pb_counted_modules[] = {{{', '.join([*rows, '{NULL, NULL, false}'])}}};\n")
    return "\n".join(out)


def c_string(text: str) -> str:
    """`text` as a C string literal."""
    return '"' + "".join(chr(b) if 32 <= b < 127 and b not in b'"\\?' else f"\\{b:03o}" for b in text.encode()) + '"'
