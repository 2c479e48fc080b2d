"""A module's translated functions to one C file, and all modules to the table that the runtime reads."""

from __future__ import annotations

import re
from collections.abc import Sequence

HEAD = """/* {name}: made by pybuild from the module's bytecode. */
#include "native/native.h"
#define L(i) fr->localsplus[i]
"""


def symbol(module: str) -> str:
    """The C name of a module's descriptor."""
    return "pb_module_" + re.sub(r"[^A-Za-z0-9_]", lambda found: f"_{ord(found[0]):x}_", module)


def emit_module(name: str, functions: Sequence[tuple[int, str]], prototypes: Sequence[str] = ()) -> str:
    """The C file of module `name`: `functions` are the numbers of its translated code objects and their C, `prototypes` stand before."""
    natives = ", ".join(f"&native{index}" for index, _ in functions)
    parts = [HEAD.format(name=name), *prototypes, *(text for _, text in functions)]
    if functions:
        parts.append(f"static pb_native *const natives[] = {{{natives}}};")
    listed = "natives" if functions else "NULL"
    parts.append(f"const pb_native_module {symbol(name)} = {{.name = {c_string(name)}, .natives = {listed}, .count = {len(functions)}}};\n")
    return "\n".join(parts)


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
