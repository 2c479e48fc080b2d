"""Which installed distribution a module belongs to, and the metadata of those that the program holds.

Goes in: the nodes.  Comes out: their `distribution` is set, and the `Distribution` values.  One question to a worker, whose
answer is remembered while the site-packages folders hold the same names.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pybuild.cache import digest
from pybuild.graph.memory import Memory
from pybuild.graph.model import Distribution, ModuleKind, Party
from pybuild.graph.nodes import Growing, Node
from pybuild.interpreter import WorkerPool
from pybuild.resolve.model import Plan


def find_owners(plan: Plan, growing: Growing, pool: WorkerPool, memory: Memory) -> tuple[Distribution, ...]:
    """Set `distribution` of each node; the distributions with a module in the graph, and those whose metadata is asked for by name."""
    leaders: dict[str, list[Node]] = {}
    for node in growing.nodes.values():
        if node.party is not Party.STDLIB and node.found.kind is not ModuleKind.NAMESPACE and not node.name.startswith("@"):
            leaders.setdefault(leader(node, growing), []).append(node)
    by_file = {growing.nodes[name].found.origin: growing.nodes[name] for name in leaders}
    files = sorted(by_file)
    # the sources of an installed project come before what is installed of it: a distribution with such a file is the module's
    own = [node.target if node.party is Party.FIRST else "" for node in map(by_file.__getitem__, files)]
    answer = _ask(plan, files, own, sorted(growing.metadata), pool, memory)
    owner_of = dict(zip(files, answer["owners"], strict=True))
    found = answer["found"]
    for name, nodes in leaders.items():
        owner = owner_of[growing.nodes[name].found.origin]
        for node in nodes:
            node.distribution = found[owner][0] if owner >= 0 else ""
    distributions = [Distribution(name, version, {file: Path(path) for file, path in files.items()}) for name, version, files in found]
    growing.folders.update(str(Path(path).parent) for _, _, files in found for path in files.values())
    return tuple(sorted(distributions, key=lambda item: item.name))


def version_of(node: Node, plan: Plan, pool: WorkerPool, memory: Memory) -> str:
    """The version of the distribution that owns `node`, "" when none does."""
    answer = _ask(plan, [node.found.origin], [""], [], pool, memory)
    return str(answer["found"][0][1]) if answer["owners"][0] >= 0 else ""


def leader(node: Node, growing: Growing) -> str:
    """The outermost package around `node` that is no namespace package: what a distribution owns, it owns whole."""
    outermost = name = node.name
    while name := name.rpartition(".")[0]:
        package = growing.nodes.get(name)
        if package is not None and package.found.kind is not ModuleKind.NAMESPACE:
            outermost = name
    return outermost


def _ask(plan: Plan, files: list[str], own: list[str], names: list[str], pool: WorkerPool, memory: Memory) -> dict[str, Any]:
    if not files and not names:
        return {"owners": [], "named": [], "found": []}
    question = f"?distributions {digest(*files, '|', *own, '|', *names)}"
    answer: dict[str, Any] | None = memory.answer(question)
    if answer is None:
        answer = pool.call("distributions", files=files, own=own, names=names)
        memory.learn_answer(question, answer, [str(folder) for folder in plan.interpreter.site_packages])
    return answer
