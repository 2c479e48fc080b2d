"""`pybuild ir FILE:FUNCTION`: what the compiler makes of one function, after each of its passes, and its C.

Goes in: a file, a function's qualified name, records.  Comes out: text on stdout.  Nothing is built or kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pybuild.cache import Cache
from pybuild.cli import options as o
from pybuild.cli.session import Session, session
from pybuild.errors import BuildFailure, Place, UserError

if TYPE_CHECKING:
    from pybuild.compiler.ir.model import Function
    from pybuild.compiler.lift.description import Code
    from pybuild.compiler.translate import Surroundings
    from pybuild.hints.model import FunctionRecord, Hints
    from pybuild.interpreter.model import Interpreter
    from pybuild.request import BuildRequest

Target = Annotated[
    str, typer.Argument(metavar="FILE:FUNCTION", help="A function by its qualified name: `f`, `Class.method`, `f.<locals>.g`.")
]
Stage = Annotated[
    str | None,
    typer.Option("--stage", metavar="STAGE", help="Only what this pass leaves, or `c`; without it, all of them.", show_default=False),
]
States = Annotated[bool, typer.Option("--states", help="Show every frame state, not only what leaving would read.")]


def ir(
    context: typer.Context,
    target: Target,
    stage: Stage = None,
    states: States = False,
    hints: o.HintFiles = None,
    python: o.PythonOption = None,
    manifest: o.Manifest = None,
    profile: o.Profile = None,
    settings: o.Set = None,
) -> None:
    """Show a function as the compiler sees it: its intermediate form after each pass, and the C."""
    with session(o.Output()) as current:
        request = o.make_request(context.obj.arguments, manifest=manifest, profile=profile)
        path, wanted = _split(target, request.folder)
        _check_stage(stage)
        interpreter = _interpreter(request)
        codes = _codes(path, interpreter)
        code = _find(codes, wanted, path)
        found = _hints(hints or [], interpreter, request)
        record = _record(found, code)
        _show(code, record, _surroundings(codes, found), path, stage, states, current)


def _split(target: str, folder: Path) -> tuple[Path, str]:
    """The file and the function's name."""
    name, colon, function = target.rpartition(":")
    if not colon or not name or not function:
        raise UserError.of(f"{target}: expected FILE:FUNCTION", hint="for example: pybuild ir app.py:Point.move", code="ir-target")
    path = folder / name
    if not path.is_file():
        raise UserError.of(f"{path} is {'no file' if path.exists() else 'not there'}", hint=_near_file(path), code="ir-file")
    return path, function


def _near_file(path: Path) -> str:
    beside = sorted(other.name for other in path.parent.glob("*.py")) if path.parent.is_dir() else []
    return _near(path.name, beside) or "name a Python source: FILE.py:FUNCTION"


def _near(word: str, words: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(word, words, n=1)
    return f"did you mean `{near[0]}`?" if near else ""


def _check_stage(stage: str | None) -> None:
    if stage is None:
        return
    stages = _stages()
    if stage not in stages:
        raise UserError.of(
            f"there is no stage `{stage}`", hint=_near(stage, stages) or f"the stages are: {', '.join(stages)}", code="ir-stage"
        )


def _stages() -> list[str]:
    from pybuild.compiler.translate import PASSES

    return ["lift", *(name for name, _ in PASSES), "c"]


def _interpreter(request: BuildRequest) -> Interpreter:
    """The Python that the file would be built for."""
    from pybuild import planning
    from pybuild.compiler.native import VERSIONS

    try:
        loaded = planning.load(request)
    except UserError as error:
        if error.diagnostics[0].code != "manifest-none":
            raise
        loaded = planning.without_manifest(request)
    interpreter = planning.find_interpreter(loaded, request, Cache.default())
    if interpreter.version[:2] not in VERSIONS:
        can = " and ".join(".".join(map(str, version)) for version in VERSIONS)
        raise UserError.of(
            f"for Python {'.'.join(map(str, interpreter.version))} ({interpreter.executable}) no native code is made",
            hint=f"choose a Python {can} with `--python`",
            code="ir-python",
        )
    return interpreter


def _codes(path: Path, interpreter: Interpreter) -> tuple[Code, ...]:
    """The descriptions of the file's code objects."""
    from pybuild.compiler.lift.description import read
    from pybuild.graph.scanner import problem_of
    from pybuild.interpreter import WorkerPool

    try:
        source = path.read_bytes()
    except OSError as error:
        raise UserError.of(f"{path}: {error.strerror}", hint="check its permissions", code="ir-file") from error
    with WorkerPool(interpreter, 1) as pool:
        answer: dict[str, Any] = pool.call("source_codes", target=path.name, blobs=(source,))
    if "codes" in answer:
        return tuple(read(index, data) for index, data in enumerate(answer["codes"]))
    problem = problem_of(answer)
    if problem is None:
        raise BuildFailure.of(f"{path} was not described", hint="this is a bug of pybuild: please report it with this file")
    place = Place(path, problem.line, problem.column, problem.text, problem.width)
    raise UserError.of(problem.message, place=place, hint="Python itself does not compile this file", code="ir-source")


def _find(codes: tuple[Code, ...], wanted: str, path: Path) -> Code:
    """The code object of that name; of several, the first one."""
    for code in codes:
        if code.qualname == wanted:
            return code
    names = [code.qualname for code in codes]
    within = [name for name in names if name.rpartition(".")[2] == wanted.rpartition(".")[2]]
    hint = f"did you mean `{within[0]}`?" if within else _near(wanted, names)
    raise UserError.of(f"{path} has no function `{wanted}`", hint=hint or f"it has: {', '.join(names[1:9]) or 'none'}", code="ir-function")


def _hints(files: list[str], interpreter: Interpreter, request: BuildRequest) -> Hints | None:
    """The records, merged."""
    if not files:
        return None
    from pybuild.hints import load_hints

    version = ".".join(map(str, interpreter.version[:2]))
    return load_hints([request.folder / file for file in files], version)


def _recorded(hints: Hints, code: Code) -> FunctionRecord | None:
    """What the records say of a function, whatever module it was recorded in."""
    found = (hints.function(module, code.qualname, code.digest, code.line) for module in hints.modules)
    return next((record for record in found if record is not None), None)


def _record(hints: Hints | None, code: Code) -> FunctionRecord | None:
    """The same, which must be there if there are records."""
    found = _recorded(hints, code) if hints is not None else None
    if hints is not None and found is None:
        raise UserError.of(
            f"no record has `{code.qualname}` as it is now",
            hint="record again with `pybuild record`, or leave --hints out",
            code="ir-hints",
        )
    return found


def _surroundings(codes: tuple[Code, ...], hints: Hints | None) -> Surroundings:
    """What the file's functions say of each other."""
    from pybuild.compiler.translate import look_around

    return look_around(codes, {code.index: _recorded(hints, code) if hints is not None else None for code in codes})


def _show(
    code: Code,
    record: FunctionRecord | None,
    module: Surroundings,
    path: Path,
    stage: str | None,
    states: bool,
    current: Session,
) -> None:
    from pybuild.compiler.ir.printer import ALL, NEEDED, print_function
    from pybuild.compiler.lift.py311 import Unsupported
    from pybuild.compiler.translate import translate_function

    source = path.read_text(encoding="utf-8", errors="replace").splitlines()
    before = ""

    def watch(name: str, function: Function) -> None:
        nonlocal before
        if stage not in (None, name):
            return
        text = print_function(function, states=ALL if states else NEEDED, source=source)
        if stage is None:
            current.say(f"== {name}" + (": nothing changes" if text == before else ""))
        if text != before:
            current.say(text)
        before = text

    try:
        c = translate_function(code, record, watch, module)
    except Unsupported as why:
        place = Place(path, code.line, 0, source[code.line - 1] if 0 < code.line <= len(source) else "")
        message = f"`{code.qualname}` stays bytecode: {why}"
        raise UserError.of(message, place=place, hint="nothing is translated of it", code="ir-bytecode") from None
    if stage is None:
        current.say("== c")
    if stage in (None, "c"):
        current.say(c)
