"""Writing what the recorder has seen.

Goes in: the extension's names, records and imports, and the modules that the program loaded, when it has ended.  Comes out: the record's
file, or, of a forked child, a file beside it that the first process takes up.  Runs in the target interpreter, as the last of `atexit`;
standard library only.
"""

from __future__ import annotations

import contextlib
import dis
import importlib.util
import os
import platform
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import CodeType
from typing import Any

from .recorder_document import FORMAT, Document, merge, render
from .recorder_hash import content_hash

# A function of another party is hot, and recorded, from these shares of all calls, or of all sightings by the clock.
_HOT_SHARE = 0.005
_HOT_CALLS = 1000
_HOT_TICKS = 5

_SIZES = ("", " small", " i64", " big")
_KINDS = ("class", "function", "builtin", "method")
_OPCODES = dis._all_opname  # type: ignore[attr-defined]  # with the specialised ones

Counts = list[tuple[int, int]]


def write(config: dict[str, Any], seen: tuple[Any, Any, Any], loaded: set[str], first_process: int) -> None:
    """Write the record of this process.  Raises OSError."""
    child = os.getpid() != first_process
    if not child and not _has_started(config, seen[2]):
        return
    document = describe(config, seen, loaded)
    output = Path(config["output"])
    if child:
        if _is_alive(first_process):
            _replace(output.with_name(f"{_part(output, first_process)}{os.getpid()}"), render(document))
        return
    documents = [document]
    for part in sorted(output.parent.iterdir()):
        if part.name.startswith(_part(output, first_process)):
            documents.append(_read(part))
            part.unlink()
    _replace(output, render(merge(documents)))


def _part(output: Path, first_process: int) -> str:
    return f".{output.name}.{first_process}-"


def _read(path: Path) -> Document:
    import json

    document: Document = json.loads(path.read_text(encoding="utf-8"))
    return document


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _replace(path: Path, text: str) -> None:
    """Write beside `path` and rename."""
    fd, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        mask = os.umask(0)
        os.umask(mask)
        with os.fdopen(fd, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
            os.fchmod(stream.fileno(), 0o666 & ~mask)
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise


def _has_started(config: dict[str, Any], imports: list[tuple[str, str | None]]) -> bool:
    """Whether the program's own code was reached."""
    wanted = config["module"] if config["kind"] == "text" else "__main__"
    return any(name == wanted for name, _ in imports)


def describe(config: dict[str, Any], seen: tuple[Any, Any, Any], loaded: set[str]) -> Document:
    """The record as data."""
    names, records, imports = seen
    reader = _Reader(names, _main_name(config))
    calls, ticks = sum(r["calls"] for r in records), sum(r["ticks"] for r in records)
    wanted = [r for r in records if r["calls"] or r["resumptions"]]
    functions = [reader.function(r) for r in wanted if r["first_party"] or _is_hot(r, calls, ticks)]
    run = {"target": config["shown"], "calls": calls, "ticks": ticks}
    return merge(
        [
            {
                "format": FORMAT,
                "python": platform.python_version(),
                "magic": importlib.util.MAGIC_NUMBER.hex(),
                "runs": [run],
                "modules": reader.modules(imports, loaded),
                "functions": [],
            },
            # functions that are compiled more than once have a record for each code object
            *({"modules": {}, "runs": [], "functions": [function]} for function in functions),
        ]
    )


def _is_hot(record: dict[str, Any], calls: int, ticks: int) -> bool:
    by_calls = record["calls"] + record["resumptions"] >= max(_HOT_CALLS, calls * _HOT_SHARE)
    return bool(by_calls or record["ticks"] >= max(_HOT_TICKS, ticks * _HOT_SHARE))


def _main_name(config: dict[str, Any]) -> str:
    """What pybuild calls the module that ran as `__main__`."""
    if config["main"]:
        return str(config["main"])
    spec = getattr(sys.modules.get("__main__"), "__spec__", None)
    return getattr(spec, "name", None) or "__main__"


class _Reader:
    """Turns the extension's numbers into words."""

    def __init__(self, names: list[tuple[int, str | None, str]], main: str) -> None:
        self.main = main
        self.kinds = [_KINDS[kind] if kind >= 0 else "" for kind, _, _ in names]
        self.names = [self._name(module, name) if kind >= 0 else "*" for kind, module, name in names]

    def module(self, name: str) -> str:
        return self.main if name == "__main__" else name

    def _name(self, module: str | None, name: str) -> str:
        return name if module in (None, "builtins") else f"{self.module(module or '')}:{name}"

    def types(self, counts: Counts) -> dict[str, int]:
        """Class → sightings, most seen first."""
        return _summed((self.names[key // 4] + _SIZES[key % 4], count) for key, count in counts)

    def callees(self, counts: Counts) -> dict[str, int]:
        def word(key: int) -> str:
            kind, name = self.kinds[key // 4], self.names[key // 4]
            return f"{'instance' if key % 4 else kind} {name}" if kind else name

        return _summed((word(key), count) for key, count in counts)

    def function(self, record: dict[str, Any]) -> Document:
        """One entry of `functions`; tables without entries are left out."""
        code: CodeType = record["code"]
        parameters = code.co_varnames[: len(record["arguments"])]
        entry = {
            "module": self.module(record["module"]),
            "qualname": code.co_qualname,  # type: ignore[attr-defined,unused-ignore]
            "line": code.co_firstlineno,
            "hash": content_hash(code),
            "first-party": record["first_party"],
            **{key: record[key] for key in ("calls", "resumptions", "watched", "ticks")},
            "arguments": {name: self.types(counts) for name, counts in zip(parameters, record["arguments"])},  # noqa: B905
            "returns": self.types(record["returns"]),
            "yields": self.types(record["yields"]),
            "loops": {str(offset): {"entries": entries, "iterations": n} for offset, entries, n in record["loops"] if entries or n},
            "sites": {str(site["offset"]): self.site(site) for site in record["sites"] if site["count"] or site["specialised"]},
        }
        return {key: value for key, value in entry.items() if value not in ({}, [])}

    def site(self, site: dict[str, Any]) -> Document:
        entry = {
            "opcode": _OPCODES[site["opcode"]],
            "count": site["count"],
            "taken": site["taken"],
            "operands": [self.types(counts) for counts in site["operands"]],
            "result": self.types(site["result"]),
            "callees": self.callees(site["callees"]),
            "specialised": _summed((_OPCODES[opcode], count) for opcode, count in site["specialised"]),
        }
        return {key: value for key, value in entry.items() if value or key == "count"}

    def modules(self, imports: Iterable[tuple[str, str | None]], loaded: set[str]) -> dict[str, list[str]]:
        """Module → the modules that imported it first."""
        found: dict[str, set[str]] = {name: set() for name in loaded}
        for name, importer in imports:
            found.setdefault(name, set()).update({importer} - {None, name})  # type: ignore[arg-type]
        return {self.module(name): [self.module(importer) for importer in sorted(found[name])] for name in sorted(found)}


def _summed(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Equal words once, the most frequent first."""
    total: dict[str, int] = {}
    for word, count in counts:
        total[word] = total.get(word, 0) + count
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))
