"""From the plan to the module graph: imports are followed from the entry points, wave by wave, until nothing new is wanted.

Goes in: the plan, workers, the cache.  Comes out: the closed `ModuleGraph`.  A wave is: find all names that are wanted, decide
about each import, scan the modules that are new; what these want is the next wave.  In accelerated mode only the program's own
modules are looked into: the rest comes from the installation, and is in the graph as names with their places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pybuild.cache import Cache
from pybuild.errors import Diagnostic, Place, UserError
from pybuild.graph import broken, entries, missing, owners
from pybuild.graph.archives import Archives
from pybuild.graph.codecs import Codecs
from pybuild.graph.dormant import Dormant
from pybuild.graph.finder import Finder, Found
from pybuild.graph.guards import Guards
from pybuild.graph.knowing import Knowing
from pybuild.graph.mains import Mains
from pybuild.graph.memory import Memory
from pybuild.graph.model import ImportKind, ModuleGraph, ModuleKind, Party
from pybuild.graph.moves import Moves
from pybuild.graph.named import Named
from pybuild.graph.nodes import Growing, Lost, Node
from pybuild.graph.patterns import Pattern
from pybuild.graph.placing import Placing
from pybuild.graph.scanner import Compilation, Problem, Scanner
from pybuild.graph.selection import Selection, matches_importer
from pybuild.graph.wants import NEVER, Star, Want, wants_of
from pybuild.interpreter import WorkerPool
from pybuild.progress import Progress, Stage
from pybuild.resolve.model import Mode, Plan


def build_graph(plan: Plan, pool: WorkerPool, cache: Cache, progress: Progress) -> ModuleGraph:
    """The module graph of `plan`.  Raises UserError (an entry or an included module is missing, a syntax error, a rule) or BuildFailure."""
    with progress.stage("modules") as stage:
        build = _Build(plan, pool, cache, progress, stage)
        graph = build.run()
        build.memory.save()
    return graph


class _Build:
    """One graph under way."""

    def __init__(self, plan: Plan, pool: WorkerPool, cache: Cache, progress: Progress, stage: Stage) -> None:
        self.plan, self.pool, self.progress, self.stage = plan, pool, progress, stage
        interpreter = plan.interpreter
        compilation = Compilation(interpreter, plan.python_flags, cache)
        roots = [str(folder) for folder in (*plan.script_dirs, *plan.source_roots)]
        self.memory = Memory(
            cache, interpreter.identity, compilation.identity, str(interpreter.executable), *interpreter.sys_path, "|", *roots
        )
        self.finder = Finder(plan, pool, self.memory, Archives(cache))
        self.scanner = Scanner(compilation, pool, cache, self.memory)
        self.selection = Selection(plan.modules)
        self.growing = Growing(Placing(plan))
        self.whole = plan.mode is not Mode.ACCELERATED
        self.knowing = Knowing(plan, self.finder, self.growing, pool, self.memory, self.whole)
        self.named = Named(self.finder, self.growing)
        self.codecs = Codecs(self.growing, interpreter.version)
        self.dormant = Dormant(self.knowing.calls() if self.whole else {})
        self.stars: dict[str, list[Want]] = {}
        self.guards = Guards(self.growing)
        self.moves = Moves(self.finder)
        self.mains = Mains(self.growing, plan.entry_points)
        self.tried: dict[tuple[str, int], list[str]] = {}  # what a try in the standard library imports
        self.findings: list[Diagnostic] = []
        self.warned: set[tuple[str, str, str]] = set()
        self.rules = self.selection.including_rules()

    def run(self) -> ModuleGraph:
        """Follow everything, then say what is missing and close the graph."""
        entries.add_scripts(self.plan, self.growing)
        essential = self.knowing.essential() if self.whole else []
        self.finder.pin_stdlib({want.name.partition(".")[0] for want in essential})
        wants = [*essential, *entries.wants(self.plan)]
        for pattern in self.selection.include:
            wants += self._include(pattern, self.selection.place(pattern), self.selection.include_places.get(pattern.text), "")
        for pattern, source, rule in self.rules:
            if source is None:
                wants += self._include(pattern, rule.place, rule.module_place, "")
        while wants or self.growing.fresh:
            self._resolve(wants)
            for want in wants:
                self._take(want)
            if wrong := entries.check(self.plan, self.growing, self.finder, self.selection):
                raise UserError((*wrong, *self.findings))
            wants = list(self._look_into())
            if not wants:
                wants = list(self.knowing.more()) or list(self.guards.released(last=True)) or list(self.named.more())
        self.findings += entries.check_functions(self.plan, self.growing, self.pool, self.memory)
        self.findings += broken.errors(self.plan, self.growing)
        if self.findings:
            raise UserError(tuple(self.findings))
        return self._close()

    def _resolve(self, wants: Iterable[Want]) -> None:
        names = []
        for want in wants:
            if want.kind in NEVER or want.name.startswith((".", "__main__")):
                continue
            if want.kind is ImportKind.ESSENTIAL or not self.selection.exclusion(want.name):
                names.append(want.name)
        self.finder.resolve(names)

    def _take(self, want: Want) -> None:
        """Decide about one import."""
        name = want.name
        if name == "__main__":
            return
        if want.kind in NEVER or name.startswith("."):
            edge = want.edge(name)
            self.growing.edge(edge)
            if want.kind not in NEVER:
                self.growing.lost.append(Lost(want, edge))
            return
        if self.whole:
            self.knowing.drops.notice(want, self.finder.get(name) is not None)
        drop = self.knowing.dropped(want) or self._needless(want) or self.mains.needless(want)
        if drop:
            self.growing.edge(want.edge(name, ImportKind.UNREACHABLE, drop))
            return
        excluded = "" if want.kind is ImportKind.ESSENTIAL else self.selection.exclusion(name)
        if excluded and want.tentative:
            return  # most such names are attributes; where one is a module, its absence is what was asked for
        if excluded:
            self.growing.excluded[name] = excluded
            self.growing.edge(want.edge(name))
            return
        provider = self.knowing.provider(name) or self.moves.provider(want)
        if provider:
            name = provider
        found = self.finder.get(name)
        if found is None:
            self._not_found(want)
        elif not self._ruled_out(want, name):
            self._follow(want, name, found)

    def _needless(self, want: Want) -> str:
        """Why the fallback of a try in the standard library is never imported: what the try imports is there, and is known to work."""
        if want.attempt >= 0 or want.tentative:
            return ""
        importer = self.growing.nodes.get(want.importer)
        if importer is None or importer.party is not Party.STDLIB:
            return ""
        tried = self.tried.get((want.importer, -want.attempt), ())
        return "what it would replace is there" if tried and all(self.finder.get(name) for name in tried) else ""

    def _follow(self, want: Want, name: str, found: Found) -> None:
        if self.codecs.withholds(want) or self.dormant.withholds(want):
            return
        self._packages(want, name)
        self.mains.started(want, self.growing.add(name, found))
        self.dormant.imported(want, name)
        if want.importer != name:
            self.growing.edge(want.edge(name), want.caught)
            self.knowing.imported(want, name)
            self.codecs.imported(want, name)

    def _packages(self, want: Want, name: str) -> None:
        """The packages that `name` lies in, outermost first, as far as they exist."""
        end = name.find(".")
        while end != -1:
            found = self.finder.get(name[:end])
            if found is None:
                return
            self.growing.add(name[:end], found)
            self.dormant.imported(want, name[:end])
            end = name.find(".", end + 1)

    def _not_found(self, want: Want) -> None:
        if want.tentative:
            package = self.finder.get(want.name.rpartition(".")[0])
            if package is None or package.kind is not ModuleKind.NAMESPACE:
                return  # an attribute; a namespace package has none
        self._packages(want, want.name)
        first = want.name.partition(".")[0]
        if first in self.growing.nodes and first != want.importer:
            self.growing.edge(want.edge(self._nearest(want.name)))
        self.growing.lost.append(Lost(want, want.edge(want.name)))

    def _nearest(self, name: str) -> str:
        """The innermost package around `name` that is there."""
        while name not in self.growing.nodes:
            name = name.rpartition(".")[0]
        return name

    def _ruled_out(self, want: Want, name: str) -> bool:
        """Apply `[[modules.rule]]`; true when the import is not followed."""
        rule = self.selection.rule(want.importer, name) if self.plan.modules.rules and want.kind is not ImportKind.ESSENTIAL else None
        if rule is None or rule.action == "include":
            return False
        if rule.action == "exclude":
            self.growing.excluded[name] = f"rule {rule.module!r} ({rule.place})"
            return True
        key = (rule.place, want.importer, name)
        if key not in self.warned:
            self.warned.add(key)
            finding = missing.rule_finding(rule, want, name, self.growing, self.plan)
            if rule.action == "error":
                self.findings.append(finding)
            else:
                self.progress.warn(finding)
        return False

    def _look_into(self) -> Iterator[Want]:
        """Scan the fresh nodes; what they want."""
        fresh, self.growing.fresh = self.growing.fresh, []
        inside = [node for node in fresh if self.whole or node.party is Party.FIRST]
        self.stage.total(len(self.growing.nodes))
        by_name = {node.name: node for node in inside if node.has_code}
        for source, scanned in self.scanner.scan([node.source() for node in by_name.values()]):
            node = by_name[source.name]
            self.stage.advance(1, node.name)
            node.key = scanned.key
            if scanned.problem is not None:
                self._broken(node, scanned.problem)
                continue
            self.mains.scanned(node, scanned.scan)
            self.growing.scan_of(node, scanned.scan)
            self.guards.scanned(node, scanned.scan)
            for want in wants_of(node.name, node.is_package, node.is_main, scanned.scan):
                if isinstance(want, Want):
                    if want.attempt > 0 and not want.tentative and node.party is Party.STDLIB:
                        self.tried.setdefault((want.importer, want.attempt), []).append(want.name)
                    if not self.guards.holds_back(want):
                        yield want
                else:
                    yield from self._star(want)
            yield from self._listed(node.name)
            self.named.notice(node, scanned.scan)
            if self.whole:
                yield from self.knowing.used(node, scanned.scan)
                yield from self.codecs.used(node, scanned.scan)
        for node in inside if self.whole else ():
            yield from self.knowing.about(node)
            yield from self.codecs.asked_by_knowledge(node, self.knowing)
        for node in fresh:
            yield from self._rule_includes(node)
        for item in self.mains.released():
            yield from (item,) if isinstance(item, Want) else self._star(item)
        yield from self.guards.released()
        yield from self.moves.released()
        yield from self.codecs.released()
        yield from self.dormant.released()

    def _star(self, star: Star) -> Iterator[Want]:
        """`from package import *` imports the submodules that `__all__` names."""
        self.stars.setdefault(star.package, []).append(star.want)
        self.knowing.drops.notice_star(star.package, star.want)
        for name in self.growing.all_names.get(star.package, ()):
            yield _tentative(star.want, f"{star.package}.{name}")

    def _listed(self, package: str) -> Iterator[Want]:
        """The same, for imports that were seen before the package was."""
        for want in self.stars.get(package, ()):
            for name in self.growing.all_names.get(package, ()):
                yield _tentative(want, f"{package}.{name}")

    def _rule_includes(self, node: Node) -> Iterator[Want]:
        for pattern, source, rule in self.rules:
            if source is not None and matches_importer(source, node.name):
                yield from self._include(pattern, rule.place, rule.module_place, node.name)

    def _include(self, pattern: Pattern, reason: str, place: Place | None, importer: str) -> Iterator[Want]:
        """What an include pattern stands for; an error when that is nothing."""
        for name in self._expand(pattern, place):
            if not self.selection.exclusion(name):
                yield Want(importer, name, 0, ImportKind.INCLUDE, reason=reason)

    def _expand(self, pattern: Pattern, place: Place | None) -> list[str]:
        names: list[str] = []
        if not pattern.literal:
            wrong, hint = " names no package to look in", "begin the pattern with a module's name"
        else:
            self.finder.resolve([pattern.literal])
            if self.finder.get(pattern.literal) is None:
                wrong, hint = f": there is no module {pattern.literal!r}", entries.suggestion(pattern.literal, self.finder)
            else:
                names = [name for name in self.finder.submodules(pattern.literal, pattern.deep) if pattern.matches(name)]
                names += [pattern.literal] if pattern.matches(pattern.literal) else []
                wrong, hint = " matches no module", f"`{pattern.literal}` has none of that name"
        if not names:
            self.findings.append(entries.include_finding(pattern.text, place, wrong, hint))
        return names

    def _broken(self, node: Node, problem: Problem) -> None:
        """A module that does not compile is in the program all the same, and its import raises what Python says.

        One that cannot even be read, or that kills the compiler, is an error if it is the program's own; else it is missing.
        """
        if node.key:
            self.growing.broken[node.name] = problem
            node.problem = problem.message
            return
        if node.party is Party.FIRST:
            self.findings.append(broken.error(node, problem))
            return
        del self.growing.nodes[node.name]
        for edge in [edge for edge in self.growing.edges if edge.imported == node.name]:
            del self.growing.edges[edge]
            want = Want(edge.importer, edge.imported, edge.line, edge.kind, edge.in_function)
            self.growing.lost.append(Lost(want, edge, problem.message))

    def _close(self) -> ModuleGraph:
        growing = self.growing
        distributions = owners.find_owners(self.plan, growing, self.pool, self.memory) if self.whole else ()
        edges = tuple(
            sorted(growing.edges, key=lambda edge: (edge.importer, edge.line, edge.imported, edge.kind, edge.in_function, edge.reason))
        )
        nodes = {name: growing.nodes[name] for name in sorted(growing.nodes)}
        broken.report(growing, self.progress)
        missing.report(self.plan, growing, edges, self.progress)
        files = {node.found.origin for node in nodes.values() if node.found.origin}
        return ModuleGraph(
            modules={name: node.module() for name, node in nodes.items()},
            edges=edges,
            missing=missing.values(growing),
            excluded={name: reason for name, reason in sorted(growing.excluded.items()) if name not in nodes},
            distributions=distributions,
            data=self.knowing.data() if self.whole else (),
            inputs=missing.paths(files | self.finder.folders | growing.folders),
        )


def _tentative(want: Want, name: str) -> Want:
    return Want(want.importer, name, want.line, want.kind, want.in_function, want.function, want.attempt, tentative=True)
