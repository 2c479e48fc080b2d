"""What programs ask of their own packages: resources, metadata, sources; wherever the packages were installed.

A virtual environment is made by hand (no network): a distribution in site-packages, one that is installed editable, one found
by a `.pth` file.  One program walks through all of it, interpreted and built.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

from tests.end_to_end.support import Pybuild, Python, execute

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Shared

PROGRAM = '''
"""Ask for everything that can be asked for; print it as data."""

import importlib.metadata as metadata
import importlib.resources as resources
import inspect
import json
import os
import pkgutil
import sys

import by_path
import editable_package
import installed
import installed.sub.leaf
import space.one
import space.two

told = {}
told["modules"] = [by_path.NAME, editable_package.NAME, installed.NAME, space.one.NAME, space.two.NAME]
told["files"] = [os.path.basename(module.__file__) for module in (by_path, editable_package, installed.sub.leaf)]
told["namespace"] = [space.__file__ if hasattr(space, "__file__") else None, len(list(space.__path__)), space.__spec__.origin]
told["resource"] = [
    resources.files("installed").joinpath("data/table.txt").read_text(),
    resources.files(installed).joinpath("data").is_dir(),
    sorted(item.name for item in resources.files("installed").joinpath("data").iterdir()),
    pkgutil.get_data("installed", "data/table.txt").decode(),
    resources.files("installed").joinpath("data/none.txt").is_file(),
]
with resources.as_file(resources.files("installed") / "data" / "table.txt") as path:
    told["as_file"] = [path.name, path.read_bytes().decode()]
with open(os.path.join(os.path.dirname(installed.__file__), "data", "table.txt")) as stream:
    told["by_file"] = stream.read()
told["iter"] = sorted((m.name, m.ispkg) for m in pkgutil.iter_modules(installed.__path__))
told["walk"] = sorted(m.name for m in pkgutil.walk_packages(installed.__path__, "installed."))
told["resolve"] = pkgutil.resolve_name("installed.sub.leaf:value")
dist = metadata.distribution("installed-dist")
told["metadata"] = [metadata.version("installed_dist"), dist.metadata["Name"], dist.metadata["Summary"]]
told["entry_points"] = [(e.name, e.value, e.load()) for e in metadata.entry_points(group="test.plugins")]
told["missing"] = None
try:
    metadata.version("no-such-distribution")
except metadata.PackageNotFoundError as error:
    told["missing"] = str(error)
told["source"] = inspect.getsource(installed.sub.leaf.function) if KEEP else None
told["doc"] = inspect.getdoc(installed.sub.leaf.function)
if KEEP:
    told["comments"] = inspect.getcomments(installed.sub.leaf.function)
    told["lines"] = inspect.getsourcelines(installed.sub.leaf.Class)[1]
    told["loader"] = len(installed.sub.leaf.__loader__.get_source("installed.sub.leaf"))
else:
    try:
        inspect.getsource(installed.sub.leaf.function)
        told["no_source"] = ""
    except OSError as error:
        told["no_source"] = str(error)
told["unicode"] = installed.NAÏVE
print(json.dumps(told, sort_keys=True, default=str))
'''

LEAF = '''"""A leaf."""

value = 42


# A comment above.
def function(x):
    """What it does."""
    return x + 1  # naïve


class Class:
    attribute = value
'''


def make_environment(folder: Path, python: Python) -> Path:
    """A venv without pip, with four packages; returns its python."""
    subprocess.run([python.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    site = folder / "venv" / "lib" / f"python{python.version}" / "site-packages"
    files = {
        site / "installed" / "__init__.py": "NAME = 'installed'\nNAÏVE = 'ï'\n",
        site / "installed" / "sub" / "__init__.py": "",
        site / "installed" / "sub" / "leaf.py": LEAF,
        site / "installed" / "plugin.py": "def load():\n    return 'loaded'\n\n\nNAME = 'plugin'\n",
        site / "installed" / "data" / "table.txt": "a table\n",
        site / "installed" / "data" / "second.bin": "second",
        site / "installed_dist-1.5.dist-info" / "METADATA": "Metadata-Version: 2.1\nName: installed-dist\nVersion: 1.5\nSummary: one\n",
        site / "installed_dist-1.5.dist-info" / "entry_points.txt": "[test.plugins]\nfirst = installed.plugin:NAME\n",
        site / "installed_dist-1.5.dist-info" / "RECORD": "installed/__init__.py,,\ninstalled_dist-1.5.dist-info/METADATA,,\n",
        site / "space" / "one.py": "NAME = 'space one'\n",
        site / "__editable__.edited-1.0.pth": f"{folder / 'edited' / 'src'}\n",
        site / "paths.pth": f"# a comment\n{folder / 'more'}\nimport sys\n",
        folder / "edited" / "src" / "editable_package" / "__init__.py": "NAME = 'editable'\n",
        folder / "more" / "by_path.py": "NAME = 'by path'\n",
        folder / "more" / "space" / "two.py": "NAME = 'space two'\n",
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "venv" / "bin" / "python"


def build(pybuild: Pybuild, folder: Path, python: Python, mode: str, keep: bool) -> list[str]:
    executable = make_environment(folder, python)
    (folder / "asks.py").write_text(PROGRAM.replace("KEEP", str(keep)), encoding="utf-8")
    (folder / "pybuild.toml").write_text(
        f'[build]\nmode = "{mode}"\nkeep-source = {str(keep).lower()}\n[[entry-point]]\nname = "asks"\nrun = "asks.py"\n'
        '[modules]\ninclude = ["installed"]\n[[data]]\npackage = "installed"\npatterns = ["data/*"]\n'
    )
    return [str(executable), str(pybuild.build("--python", executable, folder=folder)["executable"])]


@pytest.fixture(scope="module", params=["standalone", "accelerated"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("keep", [False, True], ids=["", "keep-source"])
def test_a_program_learns_the_same_of_its_packages(shared: Shared, pybuild: Pybuild, python: Python, mode: str, keep: bool) -> None:
    name = f"features-{python.version}-{mode}-{keep}"
    venv_python, program = shared.once(name, lambda folder: build(pybuild, folder, python, mode, keep))
    interpreted = _told([venv_python, "-I", str(shared.root / name / "asks.py")])
    built = _told([program])
    if not keep and mode == "standalone":  # the one difference: there is no source to be had, and it says so
        assert "source" in built.pop("no_source").lower()
        interpreted.pop("no_source")
    if mode == "standalone":  # both portions lie in one folder then
        assert built["namespace"][1] == 1
        built["namespace"][1] = interpreted["namespace"][1]
    assert built == interpreted


def _told(command: list[str]) -> dict[str, Any]:
    ran = execute(command)
    assert ran.status == 0, ran.err
    told = json.loads(ran.stdout)
    assert isinstance(told, dict)
    return told


def test_a_standalone_folder_needs_none_of_the_installation(shared: Shared, pybuild: Pybuild, python: Python) -> None:
    name = f"features-{python.version}-standalone-False"
    _, program = shared.once(name, lambda folder: build(pybuild, folder, python, "standalone", False))
    for path in Path(program).parent.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            assert str(shared.root / name).encode() not in content, path
            assert str(python.stdlib).encode() not in content, path


NAMESAKE = """
import importlib.resources
import inspect
import pkgutil

from . import plugins


def main():
    print(sorted(module.name for module in pkgutil.iter_modules(plugins.__path__)))
    print(importlib.resources.files(__package__).joinpath("data.txt").read_text(), end="")
    print(pkgutil.get_data("namesake", "data.txt").decode(), end="")
    print(inspect.getsource(plugins.of_the_package), end="")
    return plugins.of_the_package()
"""


def test_a_program_may_have_the_name_of_its_package(pybuild: Pybuild, python: Python, tmp_path: Path) -> None:
    """As most do: the package's folder cannot lie beside the program then, and all is found nevertheless."""
    package = tmp_path / "namesake"
    (package / "plugins").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "cli.py").write_text(NAMESAKE)
    (package / "plugins" / "__init__.py").write_text("def of_the_package():\n    return 5\n")
    (package / "plugins" / "one.py").write_text("")
    (package / "plugins" / "two.py").write_text("")
    (package / "data.txt").write_text("the data\n")
    (tmp_path / "pybuild.toml").write_text(
        '[build]\nmode = "standalone"\nkeep-source = true\n[[entry-point]]\nname = "namesake"\nrun = "namesake.cli:main"\n'
        '[modules]\ninclude = ["namesake.plugins.*"]\n[[data]]\nfrom = "namesake/data.txt"\nto = "namesake/"\n'
    )
    built = pybuild.build("--python", python.executable, folder=tmp_path)
    ran = execute([str(built["executable"])])
    assert ran.err == ""
    assert ran.status == 5
    assert ran.out == "['one', 'two']\nthe data\nthe data\ndef of_the_package():\n    return 5\n"


@pytest.mark.parametrize("taken", [False, True], ids=["", "file-of-a-package's-name"])
def test_files_are_found_through_the_folder_of_a_package(pybuild: Pybuild, python: Python, tmp_path: Path, taken: bool) -> None:
    """The modules are embedded, but the way to the file leads through a folder that has to be there."""
    sub = tmp_path / "pkg" / "sub"
    sub.mkdir(parents=True)
    (tmp_path / "text").write_text("found\n")
    sub.joinpath("mod.py").write_text("import os\nprint(open(os.path.join(os.path.dirname(__file__), '..', '..', 'text')).read())\n")
    (tmp_path / "main.py").write_text("print(__import__('os').path.isdir('/'))\n" if taken else "import pkg.sub.mod\n")
    (tmp_path / "other.py").write_text("import pkg.sub.mod\n")
    data = '[[data]]\nfrom = "text"\nto = "pkg"\n' if taken else '[[data]]\nfrom = "text"\nto = "./"\n'
    entries = '[[entry-point]]\nname = "main"\nrun = "main.py"\n[[entry-point]]\nname = "other"\nrun = "other.py"\n'
    (tmp_path / "pybuild.toml").write_text(data + entries)
    pybuild.build("--python", python.executable, folder=tmp_path)
    assert execute([tmp_path / "dist" / "main.dist" / "main"]).out == ("True\n" if taken else "found\n\n")


def test_a_program_that_only_starts_processes_can_run_its_modules(pybuild: Pybuild, python: Python, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("import subprocess, sys\nsubprocess.run([sys.executable, '-m', 'module'], check=True)\n")
    (tmp_path / "module.py").write_text("print(__name__)\n")
    pybuild.build("--python", python.executable, "main.py", "--set", 'modules.include=["module"]', folder=tmp_path)
    assert execute([tmp_path / "dist" / "main.dist" / "main"]).out == "__main__\n"


def test_a_program_runs_modules_of_the_standard_library_and_texts_in_processes_of_its_own(
    pybuild: Pybuild, python: Python, tmp_path: Path
) -> None:
    """Nothing but the command lines names json.tool and tabnanny."""
    source = """
        import subprocess, sys
        done = subprocess.run([sys.executable, "-u", "-m", "json.tool", "--compact"], input='{"a": 1}', capture_output=True, text=True)
        print(done.returncode, done.stdout, done.stderr)
        code = "import tabnanny; print(tabnanny.__name__, __name__)"
        done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True)
        print(done.returncode, done.stdout, done.stderr, flush=True)
        subprocess.run([sys.executable] + ["-m", "module"])
    """
    (tmp_path / "main.py").write_text(dedent(source))
    (tmp_path / "module.py").write_text('if __name__ == "__main__":\n    import fractions\n    print(fractions.Fraction("1/2"))\n')
    pybuild.build("--python", python.executable, "main.py", folder=tmp_path)
    ran = execute([tmp_path / "dist" / "main.dist" / "main"])
    assert ran.out == '0 {"a":1}\n \n0 tabnanny __main__\n \n1/2\n' and ran.err == ""


def test_modules_that_do_not_compile_raise_what_python_says(pybuild: Pybuild, python: Python, tmp_path: Path, mode: str) -> None:
    source = """
        import sys, traceback
        names = ["old", "acme.inside", "raw"]
        for name in names:
            try:
                __import__(name)
                import old, acme.inside, raw
            except Exception as error:
                print(type(error), error, error.args)
                traceback.print_exc(file=sys.stdout)
    """
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "__init__.py").write_text("")
    (tmp_path / "acme" / "inside.py").write_text("def f():\n    pass\nreturn 5\n")
    (tmp_path / "old.py").write_text("import os\nprint 'Python 2'\n")
    (tmp_path / "raw.py").write_bytes(b"x = '\\xe9'\n".replace(b"\\xe9", b"\xe9"))
    (tmp_path / "main.py").write_text(dedent(source))
    built = pybuild.build("--python", python.executable, "--mode", mode, "main.py", "--set", "build.keep-source=true", folder=tmp_path)
    program = Path(str(built["executable"]))
    got, want = execute([program]), execute([python.executable, tmp_path / "main.py"])
    shown = got.out.replace(str(program.parent), "").replace(str(tmp_path), "")
    assert shown == want.out.replace(str(tmp_path), "")
    assert got.out.count("SyntaxError") >= 6 and got.err == want.err == ""
