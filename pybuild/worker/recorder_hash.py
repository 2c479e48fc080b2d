"""The content hash of a code object: what says that a record is of this very function.

Goes in: a code object of the running interpreter.  Comes out: 32 hex digits that depend on all that the function does, and on nothing else:
not on where it stands, on the file's name, nor on the insides of functions that are defined in it (they have records of their own).
The recorder and the worker that describes code for the compiler both use it.
"""

from __future__ import annotations

import hashlib
import types
from collections.abc import Iterator
from typing import Any


def content_hash(code: types.CodeType) -> str:
    """128 bits of BLAKE2b of the code's instructions, constants and names."""
    digest = hashlib.blake2b(digest_size=16)
    for part in _parts(code):
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    return digest.hexdigest()


def _parts(code: types.CodeType) -> Iterator[bytes]:
    yield code.co_code  # without specialisation
    yield code.co_exceptiontable
    numbers = (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags)
    yield repr(numbers).encode()
    for names in (code.co_names, code.co_varnames, code.co_cellvars, code.co_freevars):
        yield repr(names).encode("utf-8", "surrogatepass")
    yield constant(code.co_consts)


def constant(value: Any) -> bytes:
    """A text of a constant that is equal for equal constants of equal type, whatever the order of a set is."""
    if isinstance(value, types.CodeType):
        return b"code " + value.co_name.encode("utf-8", "surrogatepass")
    if isinstance(value, tuple):
        return b"(" + b",".join(map(constant, value)) + b")"
    if isinstance(value, frozenset):
        return b"{" + b",".join(sorted(map(constant, value))) + b"}"
    return f"{type(value).__name__} {hex(value) if type(value) is int else value!r}".encode("utf-8", "surrogatepass")
