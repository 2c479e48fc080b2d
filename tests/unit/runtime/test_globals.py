"""The table of docs/runtime.md: what a program sees of itself, for each kind of entry point and each mode."""
# ruff: noqa: E501  (programs written as text)

from __future__ import annotations

import json

import pytest

from tests.unit.runtime.building import PayloadEntry, script
from tests.unit.runtime.conftest import Built, Maker

SHOW = """
import json, sys
def show():
    main = sys.modules["__main__"]
    g = vars(main)
    spec = g["__spec__"]
    print(json.dumps({
        "names": sorted(name for name in g if name.startswith("__")),
        "name": g["__name__"], "file": g.get("__file__"), "package": g["__package__"], "spec": spec and spec.name, "cached": g.get("__cached__"),
        "loader": type(g["__loader__"]).__name__, "builtins": type(g["__builtins__"]).__name__, "doc": g["__doc__"],
        "argv": sys.argv, "executable": sys.executable, "base_executable": sys._base_executable, "path": sys.path, "orig_argv": sys.orig_argv,
        "prefix": [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix], "compiled": g["__compiled__"]._asdict() if hasattr(g["__compiled__"], "_asdict") else
            {name: getattr(g["__compiled__"], name) for name in type(g["__compiled__"]).__match_args__},
        "frozen": hasattr(sys, "frozen"), "isolated": [sys.flags.isolated, sys.flags.ignore_environment, sys.flags.no_site, sys.flags.no_user_site, sys.flags.safe_path],
        "platlibdir": sys.platlibdir, "annotations": g.get("__annotations__"), "sys": sorted(vars(sys)),
    }))
"""
FILES = {
    "a.py": "'doc of a'\nfrom show import show\nshow()\n",
    "show.py": SHOW,
    "pkg/__init__.py": "",
    "pkg/cli.py": "'doc of cli'\nfrom show import show\nif __name__ == '__main__': show()\n",
    "pkg/__main__.py": "from show import show\nshow()\n",
}
ENTRIES = [
    script("a.py"),
    PayloadEntry("module", ("other",), False, "module", "pkg.cli"),
    PayloadEntry("package", (), False, "module", "pkg.__main__"),
    PayloadEntry("function", (), False, "function", "pkg.cli", "show"),
]


def shown(built: Built, program: str) -> dict[str, object]:
    found = json.loads(built.output("x", program=program))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("mode", ["standalone", "accelerated"])
def test_what_main_sees(make_both: Maker, mode: str) -> None:
    built = make_both(FILES, ENTRIES, mode=mode)
    root = built.folder if mode == "standalone" else built.source
    files = {"a": root / "a.py", "module": root / "pkg/cli.py", "package": root / "pkg/__main__.py", "function": built.folder / "function"}
    packages = {"a": None, "module": "pkg", "package": "pkg", "function": None}
    specs = {"a": None, "module": "pkg.cli", "package": "pkg.__main__", "function": None}
    documentation = {"a": "doc of a", "module": "doc of cli", "package": None, "function": None}
    for name in files:
        seen = shown(built, name)
        assert seen["name"] == "__main__"
        assert seen["file"] == str(files[name])
        assert seen["package"] == packages[name]
        assert seen["spec"] == specs[name]
        assert seen["cached"] is None
        assert seen["loader"] == "Loader"
        assert seen["builtins"] == "module"
        assert seen["doc"] == documentation[name]
        assert seen["annotations"] == {}
        assert seen["argv"] == [str(built.folder / name), "x"]
        assert seen["orig_argv"] == [str(built.folder / name), "x"]
        assert seen["executable"] == seen["base_executable"] == str(built.folder / name)
        assert seen["frozen"] is False
        assert seen["isolated"] == [1, 1, 1, 1, True]
        if mode == "standalone":
            assert seen["path"] == [str(built.folder)]
            assert seen["prefix"] == [str(built.folder)] * 4
        else:
            installed = [str(built.target.stdlib), str(built.target.dynload)]
            assert seen["path"] == ([str(built.source), *installed] if name == "a" else installed)
            assert seen["prefix"] == [str(built.target.prefix)] * 4


def test_compiled(make: Maker) -> None:
    built = make(FILES, ENTRIES)
    mains = {"a": ("a", "a.py"), "module": ("module", "pkg.cli"), "other": ("module", "pkg.cli"), "function": ("function", "pkg.cli")}
    for name, (entry, main) in mains.items():
        assert shown(built, name)["compiled"] == {
            "version": "0.0.test",
            "entry_point": entry,
            "main": main,
            "containing_dir": str(built.folder),
            "original_argv0": str(built.folder / name),
            "mode": "standalone",
            "standalone": True,
            "onefile": False,
            "product_name": "demo",
            "product_version": "1.2.3",
        }


def test_sys_has_what_it_has_in_cpython(make_both: Maker) -> None:
    built = make_both(FILES, ENTRIES)
    code = "import json, sys; print(json.dumps([sorted(vars(sys)), sys.platlibdir]))"
    names, platlibdir = json.loads(built.cpython("-I", "-S", "-c", code).stdout)
    seen = shown(built, "a")
    assert seen["sys"] == names
    assert seen["platlibdir"] == platlibdir


def test_globals_of_main_are_those_of_cpython(make: Maker) -> None:
    built = make(
        {"a.py": "print(sorted(globals()))\n", "b.py": "print(sorted(globals()))\n"},
        [script("a.py"), PayloadEntry("b", (), False, "module", "b")],
    )
    with_compiled = built.cpython(str(built.source / "a.py")).stdout.replace("'__cached__', ", "'__cached__', '__compiled__', ")
    assert built.output() == with_compiled
    assert built.output(program="b") == built.cpython("-m", "b").stdout.replace("'__cached__', ", "'__cached__', '__compiled__', ")
