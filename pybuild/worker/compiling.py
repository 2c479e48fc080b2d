"""Operation `module`: one module's source to its import scan and its marshalled code, stored together in one cache file.

Goes in: the source (blob), the name it gets in tracebacks (`target`), compile flags, and the cache file's path (`store`). Comes
out: the scan and the code's size; for a source that does not compile see `failures.py`.  Runs in a forked child (see `main.py`); the
file appears by rename.

The bytes of marshalled code must depend on the module alone.  But marshal marks an object as one that may be referred to again by asking
whether anybody else has a reference to it, and that anybody may be whatever else this process has compiled: strings are interned.  So
every object of the code is referred to once more while it is written, and all of them are marked.  And it writes whether a string is
interned: those of one Latin-1 character, of which there is one object for all, are interned beforehand.
"""

# ruff: noqa: PTH103, PTH105, PTH108, PTH110, PTH120, PTH123
# (plain strings: this runs for every module)

from __future__ import annotations

import ast
import importlib.util
import json
import marshal
import os
import sys
from types import CodeType
from typing import Any

from . import beside, codescan, failures, named, scan

_INTERNED: list[str] = []  # an interned string is only interned while somebody has it


def module(header: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
    """Scan and compile one source module."""
    source, target = blobs[0], header["target"]
    try:
        code = _compile(source, target, header["optimize"], header["strip_docstrings"])
    except (SyntaxError, *failures.REFUSALS) as error:
        return _store(header["store"], failures.scan_of(error), failures.raised_again(error, source))
    try:
        result = scan.scan_source(source, target)
    except (RecursionError, MemoryError):
        result = codescan.scan_code(code)
    data = marshalled(code)
    return _store(header["store"], {**result, **_facts(code, data, source)}, data)


def marshalled(code: CodeType) -> bytes:
    """`marshal.dumps(code)`, whatever else this process has a reference to."""
    held: list[Any] = []
    todo: list[Any] = [code]
    while todo:
        item = todo.pop()
        held.append(item)
        if isinstance(item, CodeType):
            held += (item.co_filename, item.co_name, item.co_qualname)
            held += item.co_names
            held += item.co_varnames
            held += item.co_cellvars
            held += item.co_freevars
            todo += item.co_consts
        elif isinstance(item, tuple | frozenset):
            todo += item
    return marshal.dumps(code)


def bytecode(header: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
    """Scan the code object of a `.pyc` file and keep it as it is."""
    data = blobs[0]
    if data[:4] != importlib.util.MAGIC_NUMBER:
        return {"refused": "it was compiled by another version of Python"}
    try:
        code = marshal.loads(memoryview(data)[16:])
    except (EOFError, ValueError, TypeError) as error:
        return {"refused": f"it is damaged: {error}"}
    if not isinstance(code, CodeType):
        return {"refused": "it holds no code object"}
    return _store(header["store"], {**codescan.scan_code(code), **_facts(code, data, None)}, data[16:])


def _facts(code: CodeType, data: bytes, source: bytes | None) -> dict[str, Any]:
    """What is in the scan besides imports and what goes with them."""
    names = named.named(code, source)
    return {**beside.facts(code, data, source), **({"named": names} if names else {})}


def warm_up() -> None:
    """Run over a sample until Python has specialised the code of the scan: children share these pages and need not make their own."""
    _INTERNED.extend(sys.intern(chr(code)) for code in range(256))
    for _ in range(20):
        scan.scan_source(_SAMPLE, "sample.py")
        marshalled(_compile(_SAMPLE, "sample.py", 0, False))
    json.dumps({"imports": [[1, 2, 0, "a", ["b"], "c"]]}, separators=(",", ":"))


_SAMPLE = b'''"""A sample."""
from __future__ import annotations
import os, sys
from typing import TYPE_CHECKING, Any
from . import sibling
if TYPE_CHECKING:
    from collections.abc import Iterator
try:
    import json as fast
except (ImportError, AttributeError):
    fast = None
if sys.platform == "win32" and sys.version_info >= (3, 11) or not os.name.startswith("nt"):
    import posixpath
__all__ = ["Sample", "main"]
LIMIT: int = 3
class Sample:
    """Something."""
    def method(self, a, *b, c=1, **d):
        for item in self.items:
            while item:
                item = [x.encode(a, "utf-8") for x in item if x > 1]
        with open(a, encoding=c) as stream:
            return stream.read() + f"{a!r} {b}"
async def main(x: Any) -> dict[str, int]:
    if x: import re
    elif fast: raise ValueError("no") from None
    match x:
        case 1: return {"a": 1}
        case _: pass
    return await main(lambda: __import__("string"))
if __name__ == "__main__": main(1)
'''


def codes(header: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
    """What the compiler has to know of marshalled code."""
    from . import describing

    return {"codes": describing.describe(marshal.loads(blobs[0]))}


def source_codes(header: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
    """The same of a source, of which nothing is kept."""
    from . import describing

    try:
        return {"codes": describing.describe(_compile(blobs[0], header["target"], 0, False))}
    except (SyntaxError, *failures.REFUSALS) as error:
        return failures.scan_of(error)


OPERATIONS = {"module": module, "bytecode": bytecode, "codes": codes, "source_codes": source_codes}


def _compile(source: bytes, target: str, optimize: int, strip_docstrings: bool) -> CodeType:
    if not strip_docstrings:
        plain: CodeType = compile(source, target, "exec", dont_inherit=True, optimize=optimize)
        return plain
    tree = ast.parse(source, target)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            _strip_docstring(node.body)
    stripped: CodeType = compile(tree, target, "exec", dont_inherit=True, optimize=optimize)
    return stripped


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _strip_docstring(body: list[ast.stmt]) -> None:
    """Remove the docstring that opens `body`; `pass` takes its place where the next statement would become one, or none is left."""
    if not body or not _is_text(body[0]):
        return
    if len(body) == 1 or _is_text(body[1]):
        body[0] = ast.copy_location(ast.Pass(), body[0])
    else:
        del body[0]


def _store(path: str, result: dict[str, Any], code: bytes) -> dict[str, Any]:
    """Write the cache file: 8 bytes length of the JSON, the JSON scan, the marshalled code."""
    text = json.dumps(result, separators=(",", ":")).encode()
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        try:
            with open(temporary, "wb") as stream:
                stream.write(len(text).to_bytes(8, "little"))
                stream.write(text)
                stream.write(code)
            os.replace(temporary, path)
        except OSError:
            if os.path.exists(temporary):
                os.unlink(temporary)
            raise
    except OSError as error:
        return {"disk": f"{error.strerror or error}", "path": error.filename or path}
    return {"scan": result, "size": len(code)}
