"""What the scan finds in a source: each import with its line and the conditions it stands under."""

from __future__ import annotations

import sys
from textwrap import dedent

import pytest

from pybuild.worker import flags
from pybuild.worker.codescan import scan_code
from pybuild.worker.scan import scan_source

NAMES = {
    flags.IN_FUNCTION: "in-function",
    flags.OPTIONAL: "optional",
    flags.CONDITIONAL: "conditional",
    flags.TYPE_CHECKING: "type-checking",
    flags.UNREACHABLE: "unreachable",
    flags.MAIN_ONLY: "main",
    flags.DYNAMIC: "dynamic",
    flags.FALLBACK: "fallback",
}


def shown(record: list) -> str:
    """A record as text: "3 from .pkg import a,b [in-function] f"; what is caught besides ImportError only where that is not."""
    line, state, level, module, names, where = record[:6]
    text = f"{line} " + (f"from {'.' * level}{module} import {','.join(names)}" if names is not None else f"import {'.' * level}{module}")
    words = " ".join(word for bit, word in NAMES.items() if state & bit)
    if state & flags.CAUGHT and not state & flags.OPTIONAL:
        words = f"{words} caught".strip()
    return " ".join(part for part in (text, f"[{words}]" if words else "", where) if part)


def scan(source: str) -> dict:
    return scan_source(dedent(source).strip().encode() + b"\n", "m.py")


def imports(source: str) -> list[str]:
    return [shown(record) for record in scan(source)["imports"]]


def test_plain_statements() -> None:
    assert imports("import a, b.c as d\nfrom e.f import g, h as i\nfrom . import j\nfrom ..k import *") == [
        "1 import a",
        "1 import b.c",
        "2 from e.f import g,h",
        "3 from . import j",
        "4 from ..k import *",
    ]


def test_functions_methods_and_classes() -> None:
    assert imports("""
        def f():
            import a
            async def g():
                import b
        class C:
            import c
            def m(self):
                import d
    """) == ["2 import a [in-function] f", "4 import b [in-function] f.g", "6 import c C", "8 import d [in-function] C.m"]


@pytest.mark.parametrize(
    "handler",
    [
        "except ImportError:",
        "except ModuleNotFoundError:",
        "except Exception:",
        "except BaseException:",
        "except:",
        "except (KeyError, ImportError):",
        "except (AttributeError, builtins.ImportError) as error:",
        "except* ImportError:",
    ],
)
def test_a_try_that_catches_a_failed_import_makes_it_optional(handler: str) -> None:
    assert imports(f"try:\n    import a\n{handler}\n    import b") == ["2 import a [optional]", "4 import b [fallback]"]


@pytest.mark.parametrize("handler", ["except KeyError:", "except (OSError, ValueError):"])
def test_a_try_that_catches_something_else_does_not(handler: str) -> None:
    assert imports(f"try:\n    import a\n{handler}\n    import b") == ["2 import a", "4 import b"]


@pytest.mark.parametrize(
    "guard",
    ["except SyntaxError:", "except Exception:", "except:", "except (ImportError, SyntaxError):", "except BaseException as e:"],
)
def test_a_try_that_catches_a_syntax_error(guard: str) -> None:
    ((_, inside, *_), (_, behind, *_)) = scan(f"try:\n    import a\n{guard}\n    import b")["imports"]
    assert inside & flags.CAUGHT and not behind & flags.CAUGHT


@pytest.mark.parametrize("guard", ["except ImportError:", "except (KeyError, ValueError):"])
def test_a_try_that_does_not_catch_a_syntax_error(guard: str) -> None:
    assert not any(record[1] & flags.CAUGHT for record in scan(f"try:\n    import a\n{guard}\n    import b")["imports"])


def test_what_catches_a_syntax_error_alone_makes_nothing_optional() -> None:
    assert imports("try:\n    import a\nexcept SyntaxError:\n    import b") == ["2 import a [caught]", "4 import b"]
    assert imports("with suppress(SyntaxError):\n    import a\nimport b") == ["2 import a [caught]", "3 import b"]


def test_else_and_finally_are_not_guarded() -> None:
    assert imports("try:\n    import a\nexcept ImportError:\n    pass\nelse:\n    import b\nfinally:\n    import c")[1:] == [
        "6 import b",
        "8 import c",
    ]


def test_a_function_defined_in_a_try_is_not_guarded_by_it() -> None:
    assert imports("try:\n    def f():\n        import a\nexcept ImportError:\n    pass") == ["3 import a [in-function] f"]


def test_suppress_guards_like_a_try() -> None:
    assert imports("with contextlib.suppress(ImportError):\n    import a\nwith open('x'):\n    import b") == [
        "2 import a [optional]",
        "4 import b",
    ]


def test_a_try_and_its_handler_share_a_number() -> None:
    records = scan("try:\n    import a\nexcept ImportError:\n    import b\ntry:\n    import c\nexcept ImportError:\n    import d")[
        "imports"
    ]
    assert [record[6] for record in records] == [1, -1, 2, -2]


@pytest.mark.parametrize(
    "test", ["TYPE_CHECKING", "typing.TYPE_CHECKING", "t.TYPE_CHECKING", "TYPE_CHECKING and x", "not (not TYPE_CHECKING)"]
)
def test_type_checking(test: str) -> None:
    assert imports(f"if {test}:\n    import a\nelse:\n    import b") == ["2 import a [type-checking]", "4 import b"]


def test_a_handler_inside_a_try_is_guarded_by_that() -> None:
    source = "try:\n    try:\n        import a\n    except ImportError:\n        import b\nexcept ImportError:\n    import c"
    assert [(record[3], record[6]) for record in scan(source)["imports"]] == [("a", 2), ("b", 1), ("c", -1)]


def test_not_type_checking() -> None:
    assert imports("if not TYPE_CHECKING:\n    import a\nelse:\n    import b") == ["2 import a", "4 import b [unreachable]"]


def test_main_only() -> None:
    assert imports('if __name__ == "__main__":\n    import a\n    sys.exit()\nimport b') == ["2 import a [main]", "4 import b"]
    assert imports('if "__main__" == __name__ and x:\n    import a') == ["2 import a [main]"]


HOLDS = [
    'sys.platform == "linux"',
    'sys.platform.startswith("linux")',
    'sys.platform in ("linux", "darwin")',
    'sys.platform != "win32"',
    'not sys.platform.startswith(("win", "cygwin"))',
    'os.name == "posix"',
    "sys.version_info >= (3, 8)",
    "sys.version_info[0] == 3",
    "sys.version_info[:2] > (3, 10)",
    "sys.version_info.major == 3 and sys.version_info.minor >= 11",
    "(3, 0) <= sys.version_info < (4,)",
    'platform.system() == "Linux"',
    'platform.system().lower() == "linux"',
    'platform.python_implementation() == "CPython"',
    'sys.implementation.name == "cpython"',
    'sys.platform == "linux" or unknown()',
    'hasattr(os, "fork")',
    'not hasattr(sys, "pypy_version_info")',
    '"posix" in sys.builtin_module_names',
    "six.PY3",
]


@pytest.mark.skipif(sys.platform != "linux", reason="the conditions are Linux's")
@pytest.mark.parametrize("test", HOLDS)
def test_conditions_that_hold_on_the_target(test: str) -> None:
    assert imports(f"if {test}:\n    import a\nelse:\n    import b") == ["2 import a [conditional]", "4 import b [unreachable]"]


FAILS = [
    'sys.platform == "win32"',
    'os.name == "nt"',
    "sys.version_info < (3, 8)",
    'platform.system() == "Windows" and x',
    'hasattr(sys, "getwindowsversion")',
]


@pytest.mark.skipif(sys.platform != "linux", reason="the conditions are Linux's")
@pytest.mark.parametrize("test", FAILS)
def test_conditions_that_cannot_hold_on_the_target(test: str) -> None:
    assert imports(f"if {test}:\n    import a\nelse:\n    import b") == ["2 import a [unreachable]", "4 import b [conditional]"]


OPEN = [
    "unknown",
    'os.environ.get("X")',
    'sys.platform == "linux" and unknown',
    "sys.maxsize > limit()",
    "-1",
    'hasattr(sys, "frozen")',
    "x == 1 or y",
]


@pytest.mark.parametrize("test", [test for test in OPEN if test != "-1"])
def test_conditions_that_only_the_running_program_can_tell(test: str) -> None:
    assert imports(f"if {test}:\n    import a\nelse:\n    import b") == ["2 import a", "4 import b"]


def test_elif_chains_are_followed_to_the_branch_that_holds() -> None:
    source = 'if sys.platform == "win32":\n    import a\nelif sys.platform == "linux":\n    import b\nelse:\n    import c'
    assert imports(source) == ["2 import a [unreachable]", "4 import b [conditional]", "6 import c [conditional unreachable]"]


def test_names_that_hold_conditions() -> None:
    source = 'from sys import platform as where\nWINDOWS = where == "win32"\nif WINDOWS:\n    import a'
    assert imports(source)[1:] == ["4 import a [unreachable]"]


def test_a_name_that_is_bound_twice_tells_nothing() -> None:
    assert imports('WINDOWS = sys.platform == "win32"\nif x:\n    WINDOWS = True\nif WINDOWS:\n    import a') == ["5 import a"]


def test_names_that_hold_conditions_are_told_to_other_modules() -> None:
    source = "import sys\nPY314 = sys.version_info >= (9,)\nOLD = not PY314\nLIMIT = 3\nfrom .other import PY315, helper\n"
    assert scan(source)["constants"] == {"PY314": False, "OLD": True, "PY315": [1, "other", "PY315"]}
    assert "constants" not in scan("import a\nX = 1\nif b:\n    pass\n")


def decided(source: str) -> list[list]:
    """Name, another module's constant that decides about it."""
    return [[record[3], *record[7:8]] for record in scan(source)["imports"] if record[3] in ("a", "b")]


@pytest.mark.parametrize(
    ("source", "constant"),
    [
        ("from .compat import PY314\nif PY314:\n", [1, "compat", "PY314"]),
        ("from x.compat import PY314 as new\nif new and y:\n", [0, "x.compat", "PY314"]),
        ("from x import compat\nif compat.PY314:\n", [0, "x.compat", "PY314"]),
        ("from . import compat\nif compat.PY314:\n", [1, "compat", "PY314"]),
        ("import x.compat\nif x.compat.PY314:\n", [0, "x.compat", "PY314"]),
        ("import x.compat as compat\nif compat.PY314:\n", [0, "x.compat", "PY314"]),
    ],
)
def test_a_constant_of_another_module_decides(source: str, constant: list) -> None:
    assert decided(f"{source}    import a\nelse:\n    import b\n")[0] == ["a", [*constant, True]]


def test_what_it_must_be() -> None:
    head = "from .c import N\n"
    assert decided(f"{head}if N:\n    import a\nelse:\n    import b") == [["a", [1, "c", "N", True]], ["b", [1, "c", "N", False]]]
    assert decided(f"{head}if not N:\n    import a\nelse:\n    import b") == [["a", [1, "c", "N", False]], ["b", [1, "c", "N", True]]]
    assert decided(f"{head}if N or x:\n    import a\nelse:\n    import b") == [["a"], ["b", [1, "c", "N", False]]]
    assert decided(f"{head}if N:\n    if x:\n        import a\nimport b") == [["a", [1, "c", "N", True]], ["b"]]
    assert decided(f"{head}def f():\n    if N:\n        import a") == [["a", [1, "c", "N", True]]]


@pytest.mark.parametrize("rebound", ["N = True\n", "def f(N): pass\n", "for N in x: pass\n"])
def test_a_name_that_is_also_something_else_decides_nothing(rebound: str) -> None:
    assert decided(f"from .c import N\n{rebound}if N:\n    import a") == [["a"]]


@pytest.mark.parametrize(
    ("source", "branch"),
    [
        ("if x:\n    import a", True),
        ("if x:\n    pass\nelse:\n    import a", True),
        ("match x:\n    case 1:\n        import a", True),
        ("if x:\n    def f():\n        import a", True),
        ("if sys.version_info >= (3,):\n    import a", False),
        ("for x in y:\n    import a", False),
        ("import a\nif x:\n    pass", False),
    ],
)
def test_imports_under_conditions_that_the_text_does_not_decide(source: str, branch: bool) -> None:
    (record,) = scan(source)["imports"]
    assert bool(record[1] & flags.BRANCH) is branch


def test_what_follows_an_unconditional_end_is_unreachable() -> None:
    assert imports('if sys.platform != "win32":\n    raise ImportError("Windows only")\nimport a') == ["3 import a [unreachable]"]
    assert imports('assert sys.platform == "win32"\nimport a') == ["2 import a [unreachable]"]
    assert imports("if x:\n    sys.exit(1)\nimport a") == ["3 import a"]
    assert imports("raise ImportError\nimport a") == ["2 import a [unreachable]"]


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ('__import__("a.b")', "1 import a.b [dynamic]"),
        ('__import__("a", fromlist=["b"])', "1 from a import b [dynamic]"),
        ('__import__("a", globals(), locals(), ["b"], 1)', "1 from .a import b [dynamic]"),
        ('importlib.import_module("a.b")', "1 import a.b [dynamic]"),
        ('import_module(".b", package="a")', "1 import a.b [dynamic]"),
        ('import_module("..c", "a.b")', "1 import a.c [dynamic]"),
        ('import_module(".b", __package__)', "1 import .b [dynamic]"),
        ('runpy.run_module("a")', "1 import a [dynamic]"),
        ('pkgutil.resolve_name("a.b:c")', "1 import a.b [dynamic]"),
        ('x = [f(importlib.import_module("a")) for f in y]', "1 import a [dynamic]"),
    ],
)
def test_imports_by_a_constant_name(call: str, found: str) -> None:
    assert imports(call) == [found]


def test_dynamic_imports_stand_under_conditions_too() -> None:
    source = 'def f():\n    try:\n        return __import__("a")\n    except ImportError:\n        pass'
    assert imports(source) == ["3 import a [in-function optional dynamic] f"]


def test_computed_names_are_recorded_by_line() -> None:
    assert scan('import importlib\nimportlib.import_module(name)\n__import__("a" + b)')["computed"] == [2, 3]


@pytest.mark.parametrize("text", ['import_module("no module!")', 'import_module("a:b")'])
def test_what_is_no_module_name_is_not_recorded(text: str) -> None:
    assert imports(text) == []


def test_type_parameters_need_typing() -> None:
    if sys.version_info < (3, 12):
        pytest.skip("syntax of Python 3.12")
    assert imports("class A[T]:\n    pass") == ["1 import typing"]


def test_all_as_it_is_put_together() -> None:
    assert scan('import x\n__all__ = ["a", "b"]\n__all__ += ["c"]\n__all__.extend(["d"])\n__all__.append("e")')["all"] == [
        "a",
        "b",
        "c",
        "d",
        "e",
    ]


@pytest.mark.parametrize(
    ("text", "codecs"),
    [
        ('open(p, encoding="gbk")', ["gbk"]),
        ('x.decode("Shift-JIS")', ["shift_jis"]),
        ('codecs.lookup("euc-kr")', ["euc_kr"]),
        ('str(data, "big5")', ["big5"]),
        ('x.encode("idna")', ["idna"]),
        ('x.encode("utf-8"); open(p, encoding="latin-1")', []),
    ],
)
def test_codecs_that_are_named(text: str, codecs: list[str]) -> None:
    result = scan(text)
    assert result.get("codecs", []) == codecs
    assert not result.get("any_codec")


@pytest.mark.parametrize(
    "text", ["open(p, encoding=e)", "x.decode(charset)", "codecs.getreader(name)(s)", "str(data, e)", 'x.encode(e if e else "a")']
)
def test_codecs_that_are_computed(text: str) -> None:
    assert scan(text)["any_codec"] is True


@pytest.mark.parametrize(
    "text", ["open(p, encoding=None)", "x.encode()", "x.decode(errors=e)", "def f(encoding=None): pass", 'y = a or "b"']
)
def test_no_codec_is_chosen(text: str) -> None:
    assert not scan(text).get("any_codec")


def test_builtins_that_need_modules() -> None:
    assert scan("help(x)\nbreakpoint()")["builtins"] == ["breakpoint", "help"]
    assert "builtins" not in scan("def help(x): pass\nhelp(1)\nparser.breakpoint()")


def test_metadata_asked_for_by_name() -> None:
    assert scan('from importlib.metadata import version\nversion("acme-tools")\nversion(__name__)\nversion(x)')["metadata"] == [
        "acme-tools",
        "{__name__}",
    ]


def test_code_alone_shows_imports_too() -> None:
    source = "import a\nfrom .b import c\ndef f():\n    import d\ntry:\n    import e\nexcept ImportError:\n    pass\n"
    found = [shown(record) for record in scan_code(compile(source, "m.py", "exec"))["imports"]]
    assert found == ["1 import a", "2 from .b import c", "6 import e [optional]", "4 import d [in-function] f"]


def test_a_source_too_deep_for_the_syntax_tree_is_read_from_its_code() -> None:
    """The scan itself gives up; the worker then reads the code (see test_compiling)."""
    deep = "import a\nx = " + "+".join(["1"] * 30000) + "\n"
    with pytest.raises((RecursionError, MemoryError)):
        scan_source(deep.encode(), "m.py")
