"""Which modules are translated, and why a module that `[modules] native` names is not.

Goes in: the plan and the graph.  Comes out: modules; warnings for patterns of `native` that lead to no native code, each with its place.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence

from pybuild.errors import Diagnostic
from pybuild.graph.model import Module, ModuleGraph, ModuleKind, Party
from pybuild.graph.patterns import Pattern, compile_pattern
from pybuild.resolve.model import Mode, Plan

_NO_SOURCE = {
    ModuleKind.EXTENSION: "it is machine code already",
    ModuleKind.BYTECODE: "it has no source",
}


def is_embedded(plan: Plan, module: Module) -> bool:
    """Whether the program loads `module` itself: an accelerated one leaves others' modules to the installation."""
    return plan.mode is not Mode.ACCELERATED or module.party is Party.FIRST


def wanted_modules(plan: Plan, graph: ModuleGraph) -> Iterator[Module]:
    """The modules to translate: those that `[modules] native` names, else the first party's; `bytecode` beats it."""
    native = None if plan.modules.native is None else [compile_pattern(text) for text in plan.modules.native]
    bytecode = _bytecode(plan)
    for module in graph.modules.values():
        if _obstacle(plan, module, bytecode):
            continue
        if module.party is Party.FIRST if native is None else any(pattern.matches(module.name) for pattern in native):
            yield module


def hot_modules(plan: Plan, graph: ModuleGraph) -> Iterator[Module]:
    """Modules of others with functions that the record shows to be hot."""
    if not plan.modules.native_hot:
        return
    bytecode = _bytecode(plan)
    for name in plan.hints.modules:
        module = graph.modules.get(name)
        if module is not None and not _obstacle(plan, module, bytecode):
            yield module


def _bytecode(plan: Plan) -> tuple[Pattern, ...]:
    return tuple(compile_pattern(text) for text in plan.modules.bytecode)


def _obstacle(plan: Plan, module: Module, bytecode: Sequence[Pattern]) -> str:
    """Why `module` cannot be translated, "" when it can."""
    if module.kind is not ModuleKind.SOURCE:
        return _NO_SOURCE.get(module.kind, "it has no code")
    if module.problem:
        return "it does not compile"
    if any(pattern.matches(module.name) for pattern in bytecode):
        return "`bytecode` names it, too"
    if not is_embedded(plan, module):
        return f"it is {module.party.value}, and an accelerated program takes those from the Python installation, as bytecode"
    return ""


def idle_patterns(plan: Plan, graph: ModuleGraph) -> Iterator[Diagnostic]:
    """A warning for each pattern of `native` that makes no module native."""
    bytecode = _bytecode(plan)
    for text in plan.modules.native or ():
        pattern = compile_pattern(text)
        reasons = {module.name: _obstacle(plan, module, bytecode) for module in graph.modules.values() if pattern.matches(module.name)}
        if all(reasons.values()):
            yield _warning(plan, graph, text, reasons)


def _warning(plan: Plan, graph: ModuleGraph, text: str, reasons: dict[str, str]) -> Diagnostic:
    place = dict(plan.modules.native_places).get(text)
    if not reasons:
        near = difflib.get_close_matches(text, graph.modules, n=1)
        return Diagnostic(
            f"`native` names {text!r}, but the program has no such module",
            place,
            f"did you mean {near[0]!r}?" if near else "`pybuild tree` shows the program's modules",
            "warning",
            "native-none",
        )
    name = text if text in reasons else min(reasons)
    which = f"{text!r} stays as it is" if name == text else f"nothing that {text!r} stands for becomes native; {name} for example stays"
    foreign = not is_embedded(plan, graph.modules[name])
    hint = '`mode = "standalone"` has native code of others\' modules, too' if foreign else "remove it from `native`"
    return Diagnostic(f"`native`: {which}: {reasons[name]}", place, hint, "warning", "native-none")


def foreign_records(plan: Plan, graph: ModuleGraph) -> Diagnostic | None:
    """A warning when the records are of another program: none of the first-party modules in them is in this one."""
    recorded = plan.hints.own_modules
    if not recorded or any(module in graph.modules for module in recorded):
        return None
    return Diagnostic(
        f"the records are of another program and are ignored: it has none of the modules that they are of: {_few(recorded)}",
        hint="record this one with `pybuild record`",
        severity="warning",
        code="hints-foreign",
    )


def _few(names: Iterable[str]) -> str:
    shown = sorted(names)
    return ", ".join(shown[:3]) + (", ..." if len(shown) > 3 else "")
