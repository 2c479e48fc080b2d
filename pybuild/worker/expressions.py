"""What a source needs that only its expressions show: imports by constant names, codecs, metadata, `help` and `breakpoint`,
and what it runs in processes of its own Python.

Goes in: statements, one at a time, with the state that the statement walk has found.  Comes out: records appended to the scan's
imports, and `Found.result()`.  `triggers` says by the text alone whether looking can find anything: most sources are spared.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from encodings.aliases import aliases
from typing import Any

from . import flags
from .commands import Commands, Started
from .conditions import dotted

# codecs whose `encodings` module needs more than itself
_CODECS = {
    *(
        [
            "big5",
            "big5hkscs",
            "cp932",
            "cp949",
            "cp950",
            "euc_jis_2004",
            "euc_jisx0213",
            "euc_jp",
            "euc_kr",
            "gb18030",
            "gb2312",
            "gbk",
            "hz",
            "johab",
        ]
    ),
    *(["iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_2004", "iso2022_jp_3", "iso2022_jp_ext", "iso2022_kr"]),
    *(
        [
            "shift_jis",
            "shift_jis_2004",
            "shift_jisx0213",
            "idna",
            "bz2_codec",
            "zlib_codec",
            "base64_codec",
            "hex_codec",
            "uu_codec",
            "quopri_codec",
        ]
    ),
}
_SPELLINGS = {*_CODECS, *(alias for alias, name in aliases.items() if name in _CODECS)}
_NAMED = "|".join(sorted(re.escape(name).replace("_", "[-_ ]?") for name in _SPELLINGS))
# What `triggers` looks for in the text in lower case: words, and patterns behind a word that is found much faster.
_WORDS = (b"__import__", b"import_module", b"run_module", b"resolve_name", b"metadata", b"pkg_resources", b"get_distribution")
_PATTERNS = (
    (b"help", re.compile(rb"\bhelp\s*\(")),
    (b"breakpoint", re.compile(rb"\bbreakpoint\s*\(")),
    (b"encoding", re.compile(rb"encoding\s*=\s*(?![\"']|none\b)")),
    (b"code(", re.compile(rb"code\(\s*[a-z_(](?!rrors\s*=)")),
    (b"str(", re.compile(rb"\bstr\([^()\"'\n]+,")),
    (b"bytes(", re.compile(rb"\bbytes\([^()\"'\n]+,")),
    (b"bytearray(", re.compile(rb"\bbytearray\([^()\"'\n]+,")),
    (b"codecs.", re.compile(rb"codecs\.(?:get|iter|lookup|open|encode|decode|encoded)")),
    (b"", re.compile(rb"""["'](?:""" + _NAMED.encode() + rb""")["']""")),
)
_SEPARATORS = re.compile(r"[-. ]+")
_IMPORTERS = {"__import__", "import_module", "run_module", "resolve_name"}
_METADATA = {"version", "distribution", "metadata", "requires", "files", "get_distribution", "require", "entry_points"}
_DISTRIBUTION = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_MODULE = re.compile(r"\.*[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_CODEC_ARGUMENT = {"lookup": 0, "open": 2, "EncodedFile": 1, "encode": 1, "decode": 1}
_CODEC_ARGUMENT |= {f"get{kind}": 0 for kind in ("encoder", "decoder", "incrementalencoder", "incrementaldecoder", "reader", "writer")}
_CODEC_ARGUMENT |= {"iterencode": 1, "iterdecode": 1}


def triggers(source: bytes) -> bool:
    """Whether expressions of `source` may hold anything to be found."""
    text = source.lower()
    return any(word in text for word in _WORDS) or any(word in text and pattern.search(text) for word, pattern in _PATTERNS)


def canonical_codec(name: str) -> str:
    """The `encodings` module of codec `name` ("GB-2312" → "gb2312"); "" when it needs no more than itself or is not a codec."""
    plain = _SEPARATORS.sub("_", name.strip().lower())
    plain = aliases.get(plain, plain)
    return plain if plain in _CODECS else ""


class Found:
    """Collects over one module; `imports` is the scan's list of records, `programs` the texts after `-c` with line, state and function.

    `commands` is None in sources that start no Python.
    """

    def __init__(self, imports: list[list[Any]], commands: Commands | None) -> None:
        self.imports = imports
        self.codecs: set[str] = set()
        self.any_codec = False
        self.metadata: set[str] = set()
        self.builtins: set[str] = set()
        self.bound: set[str] = set()
        self.computed: set[int] = set()
        self.commands = commands
        self.programs: dict[str, tuple[int, int, str]] = {}

    def result(self) -> dict[str, Any]:
        """What was found besides imports; only what there is."""
        result: dict[str, Any] = {
            "codecs": sorted(self.codecs),
            "any_codec": self.any_codec,
            "metadata": sorted(self.metadata),
            "builtins": sorted(self.builtins - self.bound),
            "computed": sorted(self.computed),
        }
        return {key: value for key, value in result.items() if value}

    def look(self, statement: ast.stmt, state: int, where: str, attempt: int) -> None:
        """Look at the expressions of `statement` itself, not at the statements in it."""
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            self.bound.add(statement.name)
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            self.bound.update(alias.asname or alias.name for alias in statement.names)
            if self.commands is not None:
                self.commands.imported(statement)
            return
        for node in _expressions(statement):
            if isinstance(node, ast.Constant):
                if isinstance(node.value, str) and len(node.value) < 20 and (codec := canonical_codec(node.value)):
                    self.codecs.add(codec)
            elif isinstance(node, ast.Call):
                self._call(node, state, where, attempt)
            elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                self.bound.add(node.id)
            elif isinstance(node, ast.arg):
                self.bound.add(node.arg)
        if self.commands is not None:
            for started in self.commands.started_by(statement, _expressions(statement)):
                self._started(started, state, where)

    def merge(self, other: Found) -> None:
        """Add what was found in a text after `-c`, besides imports."""
        self.codecs |= other.codecs
        self.any_codec |= other.any_codec
        self.metadata |= other.metadata

    def _started(self, started: Started, state: int, where: str) -> None:
        """Note what a child runs; what guards the start does not guard what it imports."""
        state = state & ~(flags.OPTIONAL | flags.FALLBACK | flags.CAUGHT) | flags.DYNAMIC | flags.COMMAND
        if started.text:
            self.programs.setdefault(started.text, (started.line, state, where))
            return
        record = [started.line, state | flags.RUN, 0, started.module, ["__main__"], where]
        if record not in self.imports:
            self.imports.append(record)

    def _call(self, node: ast.Call, state: int, where: str, attempt: int) -> None:
        name = dotted(node.func)
        last = node.func.attr if isinstance(node.func, ast.Attribute) else name
        if last in _IMPORTERS:
            self._import(node, last, state, where, attempt)
        if last in _METADATA and node.args:
            self._metadata(node.args[0])
        if name in ("help", "breakpoint"):
            self.builtins.add(name)
        if not self.any_codec:
            self.any_codec = any(_is_computed(chosen) for chosen in _codec_arguments(node, name, last))

    def _import(self, node: ast.Call, function: str, state: int, where: str, attempt: int) -> None:
        if not node.args:
            return
        first = node.args[0]
        if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
            self.computed.add(node.lineno)
            return
        module, _, attribute = first.value.partition(":")
        if (attribute and function != "resolve_name") or not _MODULE.fullmatch(module):
            return
        level = len(module) - len(module.lstrip("."))
        module = module[level:]
        if level and function == "import_module":
            package = node.args[1] if len(node.args) > 1 else next((k.value for k in node.keywords if k.arg == "package"), None)
            if isinstance(package, ast.Constant) and isinstance(package.value, str):
                parts = package.value.split(".")
                module, level = ".".join([*parts[: len(parts) - level + 1], module]), 0
        names: list[str] | None = None
        if function == "__import__":
            names, level = _import_arguments(node, level)
        record: list[Any] = [node.lineno, state | flags.DYNAMIC, level, module, names, where]
        if attempt:
            record.append(attempt)
        self.imports.append(record)

    def _metadata(self, argument: ast.expr) -> None:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            if _DISTRIBUTION.fullmatch(argument.value):
                self.metadata.add(argument.value)
        elif isinstance(argument, ast.Name) and argument.id in ("__name__", "__package__"):
            self.metadata.add(f"{{{argument.id}}}")


def _expressions(statement: ast.stmt) -> Iterator[ast.AST]:
    """Every node below `statement` that is not in a statement below it."""
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        for name in node._fields:
            child = getattr(node, name, None)
            if isinstance(child, list):
                stack.extend(item for item in child if isinstance(item, ast.AST) and not isinstance(item, ast.stmt))
            elif isinstance(child, ast.AST):
                stack.append(child)
        if node is not statement and not isinstance(node, ast.excepthandler | ast.match_case):
            yield node


def _import_arguments(node: ast.Call, level: int) -> tuple[list[str] | None, int]:
    """fromlist and level of `__import__(name, globals, locals, fromlist, level)` as far as they are constant."""
    given: dict[str, ast.expr] = dict(zip(("name", "globals", "locals", "fromlist", "level"), node.args, strict=False))
    given |= {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    asked = given.get("level")
    if isinstance(asked, ast.Constant) and isinstance(asked.value, int):
        level = max(asked.value, 0)
    listed = given.get("fromlist")
    if isinstance(listed, ast.List | ast.Tuple) and listed.elts:
        names = [item.value for item in listed.elts if isinstance(item, ast.Constant) and isinstance(item.value, str) and item.value]
        return names or None, level
    return None, level


def _codec_arguments(node: ast.Call, name: str, last: str) -> Iterator[ast.expr]:
    """The arguments of `node` that choose a codec."""
    for keyword in node.keywords:
        if keyword.arg == "encoding":
            yield keyword.value
    if isinstance(node.func, ast.Attribute) and last in ("encode", "decode") and not name.startswith("codecs."):
        yield from node.args[:1]
    elif name.startswith("codecs.") and last in _CODEC_ARGUMENT:
        position = _CODEC_ARGUMENT[last]
        yield from node.args[position : position + 1]
    elif name in ("str", "bytes", "bytearray"):
        yield from node.args[1:2]
    elif name == "open":
        yield from node.args[3:4]


def _is_computed(argument: ast.expr) -> bool:
    if isinstance(argument, ast.IfExp):
        return _is_computed(argument.body) or _is_computed(argument.orelse)
    if isinstance(argument, ast.BoolOp):
        return any(_is_computed(value) for value in argument.values)
    return not isinstance(argument, ast.Constant)
