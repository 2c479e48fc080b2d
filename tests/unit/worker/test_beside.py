"""What a scan says of files that a module opens by its own place, and of plug-ins that it asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Compile = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    "source",
    [
        "import os\nhere = os.path.dirname(__file__)\n",
        "def f():\n    return [name for name in __path__]\n",
        "import pkgutil\npkgutil.get_data('acme', 'x.json')\n",
        "from importlib import resources\nresources.files(__package__)\n",
        "from importlib.resources import files\n",
        "import importlib_resources\n",
        "import pkg_resources\n",
        "data = __loader__.get_data\n",
        "import other\nplace = other.__file__\n",
        "from flask import Flask\napp = Flask(__name__)\n",
    ],
)
def test_a_module_that_may_open_files_beside_itself(compile_source: Compile, source: str) -> None:
    assert compile_source(source)["scan"]["beside"] is True


@pytest.mark.parametrize(
    "source",
    [
        "x = 1  # like __file__\n",
        "import logging\nlog = logging.getLogger(__name__)\n",
        "resources = 3\n",
        "import importlib\nimportlib.import_module('json')\n",
        "with open('x.json') as stream: pass\n",
    ],
)
def test_one_that_does_not(compile_source: Compile, source: str) -> None:
    assert not {"beside", "strings"} & set(compile_source(source)["scan"])


def test_constants_that_may_be_names_of_files(compile_source: Compile) -> None:
    source = """
from pathlib import Path
def load(deep=("more.txt", {"no/key.bin": 1})):
    text = "words, and\\nlines", "/etc/passwd", "http://x.org/y", "../up.txt", "", "a" * 3
    return Path(__file__).with_name("words.txt"), Path(__file__).parent / "data" / "a b-1.json", f"{__file__}/nested/x.dat"
"""
    strings = compile_source(source)["scan"]["strings"]
    assert {"words.txt", "data", "a b-1.json", "more.txt", "no/key.bin"} <= set(strings)
    assert not {"/etc/passwd", "http://x.org/y", "../up.txt", "", "words, and\nlines"} & set(strings)


def test_packages_whose_resources_are_asked_for(compile_source: Compile) -> None:
    source = """
from importlib import resources
from importlib.resources import files
import pkgutil, pkg_resources, jinja2
WHERE = "acme.texts"
files("acme.data")
resources.read_text("acme.more", "x.txt")
pkgutil.get_data("acme.third", "x.txt")
pkg_resources.resource_filename("acme.old", "x")
files(anchor="acme.kept")
jinja2.PackageLoader("acme.web", "templates")
files(WHERE)
files(computed())
open("acme.not")
"""
    named = compile_source(source)["scan"]["resources"]
    assert named == [
        [6, "acme.data"], [7, "acme.more"], [8, "acme.third"], [9, "acme.old"], [10, "acme.kept"], [11, "acme.web"], [12, "acme.texts"]
    ]  # fmt: skip


def test_groups_of_entry_points(compile_source: Compile) -> None:
    source = """
from importlib.metadata import entry_points
GROUP = "acme.plugins"
def load():
    for entry in entry_points(group=GROUP):
        entry.load()
    entry_points().get("acme-filters", "a text with blanks")
"""
    assert {"acme.plugins", "acme-filters"} <= set(compile_source(source)["scan"]["groups"])
    assert "a text with blanks" not in compile_source(source)["scan"]["groups"]
    assert "groups" not in compile_source("GROUP = 'acme.plugins'\n")["scan"]


def test_bytecode_says_the_same(compile_source: Compile, pool: Any, target: Any, tmp_path: Any) -> None:
    import subprocess

    source = tmp_path / "m.py"
    source.write_text("from pathlib import Path\nPath(__file__).with_name('words.txt')\n")
    program = "import py_compile, sys; py_compile.compile(sys.argv[1], sys.argv[2])"
    subprocess.run([target.executable, "-c", program, source, tmp_path / "m.pyc"], check=True)
    answer = pool.call("bytecode", store=str(tmp_path / "stored"), blobs=((tmp_path / "m.pyc").read_bytes(),))
    assert answer["scan"]["beside"] is True
    assert "words.txt" in answer["scan"]["strings"]
