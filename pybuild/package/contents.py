"""What goes into the payload: plan, graph and bytecode become one `Payload` value.

Standalone takes every module of the graph, with targets below the program's folder, and the metadata of the distributions.
Accelerated takes the program's own modules and scripts only, each with the absolute folder its source lies in: everything
else comes from the installation.  This is done before a byte is written, so that the encoder need not know of plans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pybuild import __version__
from pybuild.compiler.model import CompiledProgram
from pybuild.errors import BuildFailure
from pybuild.graph.model import Distribution, Module, ModuleGraph, ModuleKind, Party
from pybuild.package.needs import needs
from pybuild.package.payload import SUPPORT_MODULES, Payload, PayloadEntry, PayloadModule
from pybuild.resolve.model import Mode, Plan

_CODE = (ModuleKind.SOURCE, ModuleKind.BYTECODE)
_METADATA = ("METADATA", "PKG-INFO", "entry_points.txt", "top_level.txt", "RECORD", "INSTALLER", "WHEEL")


def make_payload(plan: Plan, graph: ModuleGraph, compiled: CompiledProgram) -> Payload:
    """The payload of `plan`.  Raises BuildFailure when a source or metadata file cannot be read."""
    accelerated = plan.mode is Mode.ACCELERATED
    own = _accelerated_modules(plan, graph, compiled) if accelerated else _standalone_modules(plan, graph, compiled)
    modules = {module.name: module for module in (*_support_modules(compiled), *own)}
    interpreter = plan.interpreter
    return Payload(
        mode=plan.mode.value,
        product_name=plan.product.name or plan.name,
        product_version=plan.product.version,
        pybuild_version=__version__,
        flags=plan.python_flags,
        entries=tuple(PayloadEntry(e.name, e.aliases, e.default, e.kind.value, e.module, e.function) for e in plan.entry_points),
        modules=tuple(modules[name] for name in sorted(modules)),
        distributions={} if accelerated else _distributions(graph),
        entry_override=plan.entry_override,
        prefix=str(interpreter.prefix) if accelerated else "",
        base_prefix=str(interpreter.base_prefix) if accelerated else "",
        stdlib_dir=str(interpreter.stdlib) if accelerated else "",
        sys_path=tuple(dict.fromkeys((*map(str, plan.source_roots), *interpreter.sys_path))) if accelerated else (),
        excluded=dict(sorted(graph.excluded.items())),
    )


def _support_modules(compiled: CompiledProgram) -> Iterator[PayloadModule]:
    """The runtime's own Python code, which is served below the program's folder in every mode."""
    for name in SUPPORT_MODULES:
        if name in compiled.modules:
            yield PayloadModule(name, f"{name}.py", code=compiled.modules[name])


def _standalone_modules(plan: Plan, graph: ModuleGraph, compiled: CompiledProgram) -> Iterator[PayloadModule]:
    need = needs(plan, graph)
    for name, module in sorted(graph.modules.items()):
        if module.kind in (ModuleKind.BUILTIN, ModuleKind.FROZEN):
            continue  # linked into the executable with libpython
        yield PayloadModule(
            name=name,
            target=_placed(plan, module),
            is_package=module.is_package,
            is_namespace=module.kind is ModuleKind.NAMESPACE,
            extension=module.kind is ModuleKind.EXTENSION,
            code=compiled.modules[name] if module.kind in _CODE else None,
            source=_source(plan, module),
            first_party=module.party is Party.FIRST,
            need=need[name][0],
            order=need[name][1],
        )


def _placed(plan: Plan, module: Module) -> str:
    """The target of `module`; a namespace package's is a folder, and moves as what is in it does."""
    if module.kind is ModuleKind.NAMESPACE:
        return plan.placed(f"{module.target}/_")[: -len("/_")]
    return plan.placed(module.target)


def _accelerated_modules(plan: Plan, graph: ModuleGraph, compiled: CompiledProgram) -> Iterator[PayloadModule]:
    for name, module in sorted(graph.modules.items()):
        if module.party is not Party.FIRST or module.kind in (ModuleKind.BUILTIN, ModuleKind.FROZEN):
            continue
        if module.kind is ModuleKind.NAMESPACE:
            yield PayloadModule(
                name, module.target, is_package=True, is_namespace=True, search_locations=tuple(map(str, module.search_locations))
            )
            continue
        root, target = _root_and_target(module)
        yield PayloadModule(
            name=name,
            target=target,
            root=root,
            is_package=module.is_package,
            extension=module.kind is ModuleKind.EXTENSION,
            code=compiled.modules[name] if module.kind in _CODE else None,
            source=_source(plan, module),
            first_party=module.party is Party.FIRST,
        )


def _root_and_target(module: Module) -> tuple[str, str]:
    """The absolute folder and the path below it that together are the module's own file."""
    assert module.path is not None
    path = str(module.path)
    if path.endswith("/" + module.target):
        return path[: -len(module.target) - 1] or "/", module.target
    return str(module.path.parent), module.path.name


def _source(plan: Plan, module: Module) -> bytes | None:
    if not plan.keep_source or module.kind is not ModuleKind.SOURCE or module.path is None:
        return None
    return _read(module.path)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BuildFailure.of(
            f"cannot read {path}: {error.strerror}", hint="it was there when the modules were found; build again"
        ) from error


def _distributions(graph: ModuleGraph) -> Mapping[str, Mapping[str, bytes]]:
    return {f"{_escaped(d.name)}-{d.version}.dist-info": _metadata(d) for d in sorted(graph.distributions, key=lambda d: d.name)}


def _escaped(name: str) -> str:
    """The name as the binary distribution format writes it in file names."""
    return re.sub(r"[-_.]+", "_", name)


def _metadata(distribution: Distribution) -> dict[str, bytes]:
    """The files importlib.metadata reads; `direct_url.json` and the like stay behind: they name the building machine."""
    files = {name: _read(distribution.files[name]) for name in _METADATA if name in distribution.files}
    if "PKG-INFO" in files:  # an egg-info: the loader serves every distribution as a dist-info
        files.setdefault("METADATA", files.pop("PKG-INFO"))
    if "RECORD" in files:
        lines = files["RECORD"].splitlines(keepends=True)
        files["RECORD"] = b"".join(line for line in lines if not _names_machine(line))
    return files


def _names_machine(line: bytes) -> bool:
    """Whether a RECORD line gives an absolute path, or a file that is not shipped because it names the building machine."""
    return line.startswith((b"/", b'"/')) or b".dist-info/direct_url.json," in line
