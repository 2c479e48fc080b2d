"""Programs whose code opens files by its own place, and programs with plug-ins: built, and run where there is nothing but the program.

The packages are such that no file of package knowledge lists their data.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from pybuild.graph.knowledge import FOLDER
from tests.end_to_end.support import clean_environment
from tests.installing import install
from tests.packaging.test_standalone_programs import EXAMPLES, Machine, compare_with_expected, machine

__all__ = ["machine"]  # a fixture

# fmt: off
PACKAGES = {
    "countryinfo": "from countryinfo import CountryInfo\nprint(CountryInfo('Germany').capital(), len(CountryInfo('France').provinces()))",
    "emoji": "import emoji\nprint(ascii(emoji.emojize(':thumbs_up:')), emoji.demojize('\\N{THUMBS UP SIGN}', language='de'))",
    "pyfiglet": "import pyfiglet\nprint(pyfiglet.figlet_format('Hi', font='slant'))",
    "pyphen": "import pyphen\nprint(pyphen.Pyphen(lang='de_DE').inserted('Silbentrennung'))",
    "pypinyin": "import pypinyin\nprint(ascii(pypinyin.pinyin('\\u4e2d\\u5fc3')))",
    "python-pptx": "import pptx\nshow = pptx.Presentation()\nshow.slides.add_slide(show.slide_layouts[0])\nprint(len(show.slides))",
    "stopwordsiso": "import stopwordsiso\nprint(len(stopwordsiso.stopwords('de')))",
}
# fmt: on


@pytest.mark.slow
@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_reads_its_own_files(machine: Machine, environment: Callable[..., Path], tmp_path: Path, name: str) -> None:
    stocked = replace(machine, python=environment(*PACKAGES, python=str(machine.python)))
    (tmp_path / "program.py").write_text(PACKAGES[name] + "\n", encoding="utf-8")
    compare(stocked, tmp_path, "program.py")


def test_no_file_of_knowledge_helps() -> None:
    known = {path.stem for path in FOLDER.glob("*.toml")}
    modules = {program.partition("import ")[2].split()[0] for program in PACKAGES.values()} | {"pptx"}
    assert not known & modules


def test_a_program_reads_its_own_files(machine: Machine, tmp_path: Path) -> None:
    files = {
        "program.py": """
            from pathlib import Path
            import acme.cli
            here = Path(__file__).resolve().parent
            print((here / "words.txt").read_text(), Path(__file__).with_suffix(".cfg").read_text())
            print(sorted(path.name for path in (here / "samples").iterdir()))
            acme.cli.show()
        """,
        "words.txt": "words",
        "program.cfg": "settings",
        "samples/one.csv": "1",
        "samples/two.csv": "2",
        "acme/__init__.py": "",
        "acme/cli.py": """
            import os, pkgutil
            from importlib import resources
            def show():
                with open(os.path.join(os.path.dirname(__file__), "web", "index.html")) as stream:
                    print(stream.read())
                print(pkgutil.get_data("acme", "web/index.html"))
                print(sorted(item.name for item in resources.files("acme.texts").iterdir()))
                print((resources.files("acme.plain") / "d.txt").read_text())
        """,
        "acme/web/index.html": "<p>",
        "acme/texts/__init__.py": "",
        "acme/texts/a.txt": "a",
        "acme/texts/b.txt": "b",
        "acme/plain/d.txt": "d",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(dedent(text).strip(), encoding="utf-8")
    compare(machine, tmp_path, "program.py")


def compare(machine: Machine, folder: Path, script: str) -> None:
    """The program does in the bare root what its sources do here."""
    command = [machine.python, "-B", "-s", folder / script]
    expected = subprocess.run(command, capture_output=True, text=True, check=True, env=clean_environment())
    assert expected.stdout
    done = machine.run(machine.build(script, folder=folder) / Path(script).stem)
    assert (done.returncode, done.stdout, done.stderr) == (0, expected.stdout, "")


@pytest.fixture
def fresh(machine: Machine, tmp_path: Path) -> Machine:
    """With an empty environment of this test's own."""
    subprocess.run([machine.python, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    return replace(machine, python=tmp_path / "venv/bin/python")


def packages(machine: Machine) -> Path:
    return next(machine.python.parents[1].glob("lib/python3*/site-packages"))


def editable(project: Path, site: Path) -> None:
    """The metadata of an install whose modules stay where they are."""
    before = set(site.glob("*.dist-info"))
    install(project, site)
    (info,) = set(site.glob("*.dist-info")) - before
    for package in (project / "src").iterdir():
        shutil.rmtree(site / package.name)
    record = [line for line in (info / "RECORD").read_text().splitlines() if ".dist-info/" in line]
    (info / "RECORD").write_text("\n".join([*record, f"{info.stem}.pth,,"]) + "\n")
    (info / "direct_url.json").write_text(json.dumps({"url": project.as_uri(), "dir_info": {"editable": True}}))
    (site / f"{info.stem}.pth").write_text(f"{project / 'src'}\n")


@pytest.mark.parametrize("how", [install, editable], ids=["installed", "editable"])
def test_plugins_of_other_distributions(fresh: Machine, tmp_path: Path, how: Callable[[Path, Path], None]) -> None:
    example = tmp_path / "plugins"
    shutil.copytree(EXAMPLES / "plugins", example, ignore=shutil.ignore_patterns("__pycache__", "dist"))
    how(example, packages(fresh))
    how(example / "german", packages(fresh))
    compare_with_expected(fresh, tmp_path / "copy", "plugins")


def test_a_project_that_is_not_installed_has_no_metadata(fresh: Machine, tmp_path: Path) -> None:
    example = tmp_path / "plugins"
    shutil.copytree(EXAMPLES / "plugins", example, ignore=shutil.ignore_patterns("__pycache__", "dist"))
    program = fresh.build(folder=example) / "greet"
    assert fresh.run(program, "--versions").stdout.splitlines() == [
        f"{n} is not installed" for n in ("greet", "greet-german", "greet-klingon")
    ]
    assert fresh.run(program).stdout == ""
    assert fresh.run(program, "latin").stdout == "Salve, you!\n"


def test_tcl_finds_its_scripts_and_children_are_not_told(machine: Machine, tmp_path: Path) -> None:
    """It runs here: Tk's library needs a desktop's libraries, which the bare root lacks."""
    if subprocess.run([machine.python, "-c", "import tkinter"], capture_output=True, check=False).returncode:
        pytest.skip("this Python has no tkinter")
    (tmp_path / "program.py").write_text(
        dedent("""
            import os, shutil, subprocess, sys, tkinter
            tcl = tkinter.Tcl()
            library = tcl.eval("info library")
            print(os.path.relpath(library, os.path.dirname(__file__)))
            print(tcl.eval("package require msgcat") > "1", tcl.eval("package require http 2") > "2")
            print(tcl.eval("clock format 0 -gmt 1 -format %Y"))
            print([name for name in os.environ if name.startswith("TCL")], subprocess.check_output(["env"]).count(b"TCL"))
            os.environ["TCL_LIBRARY"] = shutil.copytree(library, os.path.join(sys.argv[1], os.path.basename(library)))
            print(tkinter.Tcl().eval("info library") == os.environ["TCL_LIBRARY"])
        """)
    )
    program = machine.build("program.py", folder=tmp_path) / "program"
    done = subprocess.run([program, tmp_path / "mine"], capture_output=True, text=True, check=False, env=clean_environment())
    first, *rest = done.stdout.splitlines()
    assert (first[: len("tkinter/tcl")], rest, done.stderr) == ("tkinter/tcl", ["True True", "1970", "[] 0", "True"], "")
