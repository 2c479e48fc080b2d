"""The payload: everything the launcher reads at run time, appended to the executable and mapped, never copied.

Goes in: a `Payload` value.  Comes out: bytes that `runtime_c/importer` understands; the same value gives the same bytes.
The format is documented in docs/design/payload.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pybuild.compiler.model import CompiledModule
from pybuild.resolve.model import PythonFlags


@dataclass(frozen=True)
class PayloadModule:
    """One module as the importer serves it.

    `root` says what `target` is relative to: "" for the program's folder (standalone), else an absolute folder of the
    building machine (accelerated mode: `__file__` is root + "/" + target).
    `code` is None for namespace packages and extension modules.  `source` is the text's bytes with keep-source.
    `extension` is True for a shared object found at root/target.
    `search_locations`: for namespace packages of accelerated mode the absolute folders; empty means the folder of `target`.
    """

    name: str
    target: str
    root: str = ""
    is_package: bool = False
    is_namespace: bool = False
    extension: bool = False
    code: CompiledModule | None = None
    source: bytes | None = None
    search_locations: tuple[str, ...] = ()


@dataclass(frozen=True)
class PayloadEntry:
    """One entry point: `kind` "function" | "module" | "script"; `module` the key of the module table that is run or imported."""

    name: str
    aliases: tuple[str, ...]
    default: bool
    kind: str
    module: str
    function: str = ""


@dataclass(frozen=True)
class Payload:
    """All of it."""

    mode: str  # "standalone" | "accelerated"
    product_name: str
    product_version: str
    pybuild_version: str
    flags: PythonFlags
    entries: tuple[PayloadEntry, ...]
    modules: tuple[PayloadModule, ...]
    distributions: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)  # "name-version.dist-info" → file name → content
    entry_override: bool = True
    # accelerated mode: the installation that the program uses; empty in standalone
    prefix: str = ""
    base_prefix: str = ""
    stdlib_dir: str = ""
    sys_path: tuple[str, ...] = ()
    excluded: Mapping[str, str] = field(default_factory=dict)  # module → the rule that excluded it (for later messages)
