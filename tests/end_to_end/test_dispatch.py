"""One binary, many programs: the name by which it is started chooses, however that name comes about."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.end_to_end.support import Pybuild, Ran, Target, clean_environment, execute

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Shared

# Each entry point tells which it is and what it sees of its start.
TELL = """
import json, os, sys

def tell(who):
    import __main__
    print(json.dumps({
        "who": who, "argv": sys.argv, "name": __main__.__name__, "executable": sys.executable,
        "spec": getattr(__main__.__spec__, "name", None), "package": __main__.__package__, "file": getattr(__main__, "__file__", None),
        "path": sys.path, "entry": __compiled__.entry_point, "mode": __compiled__.mode, "folder": __compiled__.containing_dir,
        "variable": os.environ.get("PYBUILD_ENTRY_POINT"),
    }))
    return 7 if "--seven" in sys.argv else None
"""

CLI = """
from tool.telling import tell

def main():
    return tell("alpha")

class Group:
    @staticmethod
    def nested():
        return tell("nested")
"""

FILES = {
    "src/tool/__init__.py": "",
    "src/tool/telling.py": TELL,
    "src/tool/cli.py": CLI,
    "src/tool/beta.py": "import sys\nfrom tool.telling import tell\n\nif __name__ == '__main__':\n    sys.exit(tell('beta'))\n",
    "src/tool/app/__init__.py": "",
    "src/tool/app/__main__.py": "from ..telling import tell\nfrom . import sibling\n\ntell('gamma ' + sibling.NAME)\n",
    "src/tool/app/sibling.py": "NAME = 'with a sibling'\n",
    "scripts/my-tool 2.py": "from tool.telling import tell\nfrom local_helper import NAME\n\ntell(NAME)\n",
    "scripts/local_helper.py": "NAME = 'script'\n",
}

MANIFEST = """
[product]
name = "tool"
[build]
mode = "{mode}"
libpython = "{libpython}"
{more}
[[entry-point]]
name = "alpha"
run = "tool.cli:main"
aliases = ["a", "alpha-cli"]
[[entry-point]]
name = "nested"
run = "tool.cli:Group.nested"
[[entry-point]]
name = "beta"
run = "tool.beta"
default = {default}
[[entry-point]]
name = "gamma"
run = "tool.app"
[[entry-point]]
name = "my-tool 2"
run = "scripts/my-tool 2.py"
"""


@dataclass(frozen=True)
class Tool:
    """The built tool."""

    folder: Path
    mode: str

    def start(self, *command: str | Path, **more: Any) -> dict[str, Any]:
        """Start it, and what it told."""
        ran = execute(command, **more)
        assert ran.status == 0, ran
        told = json.loads(ran.stdout)
        assert isinstance(told, dict)
        return told


def build_tool(pybuild: Pybuild, folder: Path, target: Target, mode: str, default: str = "true", more: str = "") -> str:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "pybuild.toml").write_text(MANIFEST.format(mode=mode, libpython=target.libpython, default=default, more=more))
    built = pybuild.build("--python", target.python.executable, folder=folder)
    return str(Path(str(built["executable"])).parent)


@pytest.fixture(scope="module", params=["standalone", "accelerated"])
def tool(request: pytest.FixtureRequest, shared: Shared, pybuild: Pybuild, target: Target) -> Tool:
    mode = request.param
    folder = shared.once(f"tool-{target}-{mode}", lambda folder: build_tool(pybuild, folder, target, mode))
    return Tool(Path(folder), mode)


def test_links_for_all_names_lie_beside_the_executable(tool: Tool) -> None:
    names = {"alpha", "a", "alpha-cli", "nested", "beta", "gamma", "my-tool 2"}
    assert names <= set(os.listdir(tool.folder))
    real = (tool.folder / "beta").resolve()
    assert not (tool.folder / "beta").is_symlink()  # EXE is the default entry point's name
    assert all((tool.folder / name).resolve() == real for name in names - {"beta"} if (tool.folder / name).is_symlink())


@pytest.mark.parametrize(
    ("name", "who", "spec"),
    [
        ("alpha", "alpha", None),
        ("a", "alpha", None),
        ("alpha-cli", "alpha", None),
        ("nested", "nested", None),
        ("beta", "beta", "tool.beta"),
        ("gamma", "gamma with a sibling", "tool.app.__main__"),
        ("my-tool 2", "script", None),
    ],
)
def test_every_name_starts_its_program_as_main(tool: Tool, name: str, who: str, spec: str | None) -> None:
    told = tool.start(tool.folder / name, "x", "--y=1")
    assert told["who"] == who
    assert told["argv"] == [str(tool.folder / name), "x", "--y=1"]
    assert (told["name"], told["spec"]) == ("__main__", spec)
    assert told["mode"] == tool.mode
    assert Path(told["folder"]).resolve() == tool.folder.resolve()
    assert Path(told["executable"]).resolve() == (tool.folder / name).resolve()


def test_a_function_decides_the_exit_status_by_what_it_returns(tool: Tool) -> None:
    assert execute([tool.folder / "alpha"]).status == 0
    assert execute([tool.folder / "alpha", "--seven"]).status == 7


def test_through_a_symbolic_link_elsewhere(tool: Tool, tmp_path: Path) -> None:
    (tmp_path / "gamma").symlink_to(tool.folder / "beta")
    assert tool.start(tmp_path / "gamma")["who"] == "gamma with a sibling"
    (tmp_path / "chain").mkdir()
    (tmp_path / "chain" / "alpha").symlink_to("../gamma")
    told = tool.start(tmp_path / "chain" / "alpha")
    assert told["who"] == "alpha"
    assert Path(told["folder"]).resolve() == tool.folder.resolve()


def test_through_a_hard_link_a_copy_and_a_rename(tool: Tool, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(tool.folder, moved, symlinks=True)
    (moved / "gamma").unlink()
    os.link(moved / "beta", moved / "gamma")
    assert tool.start(moved / "gamma")["who"] == "gamma with a sibling"
    (moved / "nested").unlink()
    shutil.copy2(moved / "beta", moved / "nested")
    assert tool.start(moved / "nested")["who"] == "nested"
    (moved / "alpha").unlink()
    (moved / "beta").rename(moved / "alpha")
    told = tool.start(moved / "alpha")
    assert told["who"] == "alpha"
    assert told["folder"] == str(moved)


def test_through_exec_with_another_name(tool: Tool) -> None:
    told = tool.start("gamma", "x", executable=tool.folder / "beta")
    assert told["who"] == "gamma with a sibling"
    assert told["argv"][1:] == ["x"]
    assert execute([told["executable"]]).status == 0  # it can start itself again
    assert tool.start("/nowhere/at/all/alpha", executable=tool.folder / "beta")["who"] == "alpha"


def test_relative_absolute_and_by_the_search_path(tool: Tool) -> None:
    assert tool.start("./gamma", folder=tool.folder)["argv"] == ["./gamma"]
    below = tool.folder.parent
    assert tool.start(f"{tool.folder.name}/../{tool.folder.name}/alpha", folder=below)["who"] == "alpha"
    environment = clean_environment(PATH=f"/nonexistent:{tool.folder}:/usr/bin:/bin")
    told = json.loads(execute(["sh", "-c", "alpha one"], environment=environment).stdout)
    assert told["who"] == "alpha"
    assert told["argv"][1:] == ["one"]
    assert Path(told["executable"]).resolve() == (tool.folder / "beta").resolve()


def test_an_unknown_name_starts_the_default(tool: Tool, tmp_path: Path) -> None:
    (tmp_path / "anything").symlink_to(tool.folder / "beta")
    assert tool.start(tmp_path / "anything")["who"] == "beta"
    (tmp_path / "gamma.exe").symlink_to(tool.folder / "beta")
    assert tool.start(tmp_path / "gamma.exe")["who"] == "gamma with a sibling"


def test_the_environment_overrides_the_name_and_children_do_not_see_it(tool: Tool) -> None:
    told = tool.start(tool.folder / "alpha", environment=clean_environment(PYBUILD_ENTRY_POINT="gamma"))
    assert told["who"] == "gamma with a sibling"
    assert told["variable"] is None
    assert tool.start(tool.folder / "alpha", environment=clean_environment(PYBUILD_ENTRY_POINT="a"))["who"] == "alpha"
    refused = execute([tool.folder / "alpha"], environment=clean_environment(PYBUILD_ENTRY_POINT="delta"))
    assert refused.status == 2
    assert "delta" in refused.err
    assert "PYBUILD_ENTRY_POINT" in refused.err


def test_without_a_default_an_unknown_name_is_refused_with_all_names(shared: Shared, pybuild: Pybuild, target: Target) -> None:
    folder = Path(
        shared.once(f"strict-{target}", lambda f: build_tool(pybuild, f, target, "accelerated", "false", "entry-override = false"))
    )
    program = folder / "alpha"  # EXE: the first entry point, as none is the default
    ran: Ran = execute(["omega"], executable=program)
    assert (ran.status, ran.out) == (2, "")
    assert "omega" in ran.err
    for name in ("alpha", "alpha-cli", "nested", "beta", "gamma", "my-tool 2"):
        assert name in ran.err
    forbidden = execute([program], environment=clean_environment(PYBUILD_ENTRY_POINT="gamma"))
    assert json.loads(forbidden.stdout)["who"] == "alpha"
