"""What a record says of a program: counts, classes, loops."""

from __future__ import annotations

from tests.unit.hints.conftest import Recorder

PROGRAM = """\
class Point:
    def __init__(self, x): self.x = x
    def __getitem__(self, i): return self.x * i
    def __call__(self): return None

def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)

def numbers(n):
    for i in range(n):
        yield i * 1.5

def sizes(value): return value + 1

def args(a, b=2, /, c=3, *rest, d, **more): return a

def jump(flag):
    if flag:
        return 1
    return 2

def nested(n):
    for i in range(n):
        for j in range(10):
            pass

def attributes(p):
    p.y = p.x
    return p.y

def calls(p):
    p()
    len("a")
    "a b".split()
    Point(1)
    sizes(1)

def main():
    fib(15)
    p = Point(3)
    total = 0
    for i in range(200):
        total += p[i]
    for value in numbers(7):
        total += value
    for value in (1, 2**30, -2**30, 2**62, -2**63, 2**63, True, 1.0):
        sizes(value)
    for i in range(3):
        args(1, "x", d=None)
        args(1.0, "x", 3, 4, d=None, e=5)
    for i in range(10):
        jump(i < 3)
    nested(4)
    attributes(p)
    calls(p)

main()
"""


def test_calls_and_classes_are_counted_at_every_call(recorder: Recorder) -> None:
    recorder.write("prog.py", PROGRAM)
    assert recorder.record("prog.py").status == 0
    functions = recorder.functions()
    assert {entry["module"] for entry in functions.values()} == {"@prog.py"}
    fib = functions["fib"]
    assert (fib["calls"], fib["line"]) == (1973, 6)
    assert fib["arguments"] == {"n": {"int small": 1973}} and fib["returns"] == {"int small": 1973}
    get = functions["Point.__getitem__"]  # which 3.11 would call unseen
    assert get["calls"] == 200
    assert get["arguments"] == {"self": {"@prog.py:Point": 200}, "i": {"int small": 200}}
    assert functions["Point.__init__"]["calls"] == 2
    sizes = functions["sizes"]["arguments"]["value"]
    assert sizes == {"int i64": 3, "int big": 2, "int small": 2, "bool": 1, "float": 1}
    arguments = functions["args"]["arguments"]
    assert list(arguments) == ["a", "b", "c", "d", "rest", "more"]
    assert arguments["a"] == {"float": 3, "int small": 3} and arguments["rest"] == {"tuple": 6} and arguments["more"] == {"dict": 6}


def test_generators_are_called_once_and_resumed(recorder: Recorder) -> None:
    recorder.write("prog.py", PROGRAM)
    recorder.record("prog.py")
    numbers = recorder.functions()["numbers"]
    assert (numbers["calls"], numbers["resumptions"]) == (1, 8)
    assert numbers["yields"] == {"float": 7}
    assert numbers["returns"] == {"generator": 1, "NoneType": 1}


def sites(entry: dict[str, object], opcode: str) -> list[dict[str, object]]:
    table = entry["sites"]
    assert isinstance(table, dict)
    return [site for _, site in sorted(table.items(), key=lambda item: int(item[0])) if site["opcode"] == opcode and site["count"]]


def test_instructions_have_operands_results_and_callees(recorder: Recorder) -> None:
    recorder.write("prog.py", PROGRAM)
    recorder.record("prog.py")
    functions = recorder.functions()
    (multiply,) = sites(functions["numbers"], "BINARY_OP")
    assert (multiply["count"], multiply["operands"], multiply["result"]) == (7, [{"int small": 7}, {"float": 7}], {"float": 7})
    (subscript,) = sites(functions["main"], "BINARY_SUBSCR")
    assert subscript["operands"] == [{"@prog.py:Point": 200}, {"int small": 200}] and subscript["result"] == {"int small": 200}
    (store,), (first, second) = sites(functions["attributes"], "STORE_ATTR"), sites(functions["attributes"], "LOAD_ATTR")
    assert store["operands"] == [{"int small": 1}, {"@prog.py:Point": 1}]
    assert first["operands"] == second["operands"] == [{"@prog.py:Point": 1}] and second["result"] == {"int small": 1}
    callees = [site["callees"] for site in sites(functions["calls"], "CALL")]
    assert callees == [
        {"instance @prog.py:Point": 1},
        {"builtin len": 1},
        {"method str.split": 1},
        {"class @prog.py:Point": 1},
        {"function @prog.py:sizes": 1},
    ]
    (jump,) = sites(functions["jump"], "POP_JUMP_FORWARD_IF_FALSE")
    assert (jump["count"], jump["taken"], jump["operands"]) == (10, 7, [{"bool": 10}])


def test_loops_have_entries_and_iterations(recorder: Recorder) -> None:
    recorder.write("prog.py", PROGRAM)
    recorder.record("prog.py")
    outer, inner = sorted(recorder.functions()["nested"]["loops"].items(), key=lambda item: int(item[0]))
    assert (outer[1], inner[1]) == ({"entries": 1, "iterations": 4}, {"entries": 4, "iterations": 40})


def test_a_long_loop_is_seen_again_and_again(recorder: Recorder) -> None:
    """Its first thousands of instructions are not all: the types change after that."""
    recorder.write(
        "prog.py",
        "def work(n):\n    x = 0\n    for i in range(n):\n        x += 1\n"
        "    x = 0.5\n    for i in range(n):\n        x += 1\n\nwork(3_000_000)\n",
    )
    recorder.record("prog.py")
    work = recorder.functions()["work"]
    assert work["calls"] == 1 and work["ticks"] > 10
    integers, floats = sites(work, "BINARY_OP")
    assert set(integers["operands"][0]) == {"int small"} and set(floats["operands"][0]) == {"float"}  # type: ignore[index]
    table = work["sites"].values()
    assert {name for site in table if site["opcode"] == "BINARY_OP" for name in site["specialised"]} >= {"BINARY_OP_ADD_INT"}


def test_threads_are_recorded(recorder: Recorder) -> None:
    recorder.write(
        "prog.py",
        "import threading\ndef work(x):\n    return [x for _ in range(3)]\n"
        "threads = [threading.Thread(target=work, args=('a',)) for _ in range(8)]\n"
        "for t in threads: t.start()\nfor t in threads: t.join()\n",
    )
    assert recorder.alike("prog.py").status == 0
    work = recorder.functions()["work"]
    assert (work["calls"], work["arguments"], work["returns"]) == (8, {"x": {"str": 8}}, {"list": 8})


def test_forked_children_are_recorded(recorder: Recorder) -> None:
    recorder.write(
        "prog.py",
        "import multiprocessing, os, sys\ndef work(x): return x\nif __name__ == '__main__':\n    work(1)\n"
        "    p = multiprocessing.get_context('fork').Process(target=work, args=('a',)); p.start(); p.join()\n"
        "    child = os.fork()\n    if child == 0:\n        work(2.5); sys.exit(7)\n"
        "    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n",
    )
    assert recorder.alike("prog.py").out == "7\n"
    work = recorder.functions()["work"]
    assert (work["calls"], work["arguments"]["x"]) == (3, {"float": 1, "int small": 1, "str": 1})
    assert sorted(path.name for path in recorder.folder.iterdir()) == ["prog.py", "record.json"]


def test_modules_are_named_with_who_imported_them(recorder: Recorder) -> None:
    recorder.write("prog.py", "import acme.tools, colorsys\nacme.tools.work(acme.tools.Tool())\n")
    recorder.write("acme/__init__.py", "")
    recorder.write("acme/tools.py", "import fractions\nclass Tool: pass\ndef work(tool): return fractions.Fraction(1, 3)\n")
    recorder.record("prog.py")
    imported = recorder.hints().imported
    assert imported["acme.tools"] == ("@prog.py",) and imported["fractions"] == ("acme.tools",) and imported["colorsys"] == ("@prog.py",)
    assert "json" not in imported  # that is the recorder's own
    work = recorder.functions()["work"]
    assert (work["module"], work["arguments"], work["returns"]) == (
        "acme.tools",
        {"tool": {"acme.tools:Tool": 1}},
        {"fractions:Fraction": 1},
    )


def test_hot_functions_of_others_are_recorded_and_no_more(recorder: Recorder) -> None:
    recorder.write("prog.py", "import textwrap, colorsys\nfor i in range(3000): colorsys.rgb_to_hsv(.1, .2, .3)\ntextwrap.dedent(' a')\n")
    recorder.record("prog.py")
    document = recorder.hints().document
    assert document is not None
    others = {entry["module"]: entry for entry in document["functions"] if not entry["first-party"]}
    assert set(others) == {"colorsys"}
    assert others["colorsys"]["calls"] == 3000 and others["colorsys"]["arguments"]["r"] == {"float": 3000}
    assert sites(others["colorsys"], "BINARY_OP")


def test_the_hash_is_that_of_the_compiled_source(recorder: Recorder) -> None:
    recorder.write("prog.py", PROGRAM)
    recorder.record("prog.py")
    asked = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pybuild.worker.recorder_hash import content_hash\n"
        "code = compile(open('prog.py').read(), 'elsewhere.py', 'exec')\n"
        "print(*[content_hash(c) for c in code.co_consts if getattr(c, 'co_name', '') == 'fib'])"
    )
    root = str(__import__("pathlib").Path(__file__).parents[3])
    told = recorder.plain("-c", asked, root).out.strip()
    assert recorder.functions()["fib"]["hash"] == told != ""
