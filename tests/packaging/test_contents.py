"""What the payload says, for both modes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pybuild.graph.model import Distribution, Module, ModuleKind, Party
from pybuild.package.contents import make_payload
from pybuild.package.payload import Payload, PayloadModule
from pybuild.resolve.model import Mode
from tests.packaging.sample_plans import Sample


def payload(sample: Sample) -> Payload:
    return make_payload(sample.plan(), sample.graph(), sample.compiled())


def modules(sample: Sample) -> dict[str, PayloadModule]:
    return {module.name: module for module in payload(sample).modules}


def add(sample: Sample, name: str, path: str, target: str, party: Party, kind: ModuleKind = ModuleKind.SOURCE) -> None:
    file = sample.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("x = 1\n")
    sample.modules.append(Module(name, kind, party, False, file, target))


def test_standalone_has_every_module_below_the_programs_folder(sample: Sample) -> None:
    add(sample, "own", "project/own.py", "own.py", Party.FIRST)
    add(sample, "theirs", "site/theirs.py", "theirs.py", Party.THIRD)
    add(sample, "fast", "site/fast.so", "fast.so", Party.THIRD, ModuleKind.EXTENSION)
    sample.modules.append(Module("space", ModuleKind.NAMESPACE, Party.THIRD, True, None, "space", (sample.folder / "site/space",)))
    sample.modules.append(Module("sys", ModuleKind.BUILTIN, Party.STDLIB, False, None, ""))
    found = modules(sample)
    assert sorted(found) == ["@hello.py", "fast", "own", "space", "theirs"]
    assert all(module.root == "" for module in found.values())
    assert found["fast"].extension and found["fast"].code is None
    assert found["space"].is_namespace and found["space"].is_package and found["space"].search_locations == ()
    assert found["theirs"].code is not None and found["theirs"].source is None
    assert (payload(sample).sys_path, payload(sample).prefix) == ((), "")


def test_a_package_of_a_programs_name_lies_in_another_folder(sample: Sample) -> None:
    """Its name is taken by the executable; `__file__`, data and extension modules move together."""
    add(sample, "hello", "site/hello/__init__.py", "hello/__init__.py", Party.THIRD)
    add(sample, "hello.fast", "site/hello/fast.so", "hello/fast.so", Party.THIRD, ModuleKind.EXTENSION)
    sample.modules.append(Module("hello.space", ModuleKind.NAMESPACE, Party.THIRD, True, None, "hello/space"))
    sample.aliases = ("hi",)
    sample.modules.append(Module("hi", ModuleKind.NAMESPACE, Party.THIRD, True, None, "hi"))
    targets = {name: module.target for name, module in modules(sample).items()}
    assert targets == {
        "@hello.py": "hello.py",
        "hello": "hello.pkg/__init__.py",
        "hello.fast": "hello.pkg/fast.so",
        "hello.space": "hello.pkg/space",
        "hi": "hi.pkg",
    }


def test_accelerated_has_the_programs_own_modules_where_their_sources_lie(sample: Sample) -> None:
    sample.mode = Mode.ACCELERATED
    add(sample, "pkg.own", "project/src/pkg/own.py", "pkg/own.py", Party.FIRST)
    add(sample, "odd", "project/lib/other_name.py", "odd.py", Party.FIRST)
    add(sample, "theirs", "site/theirs.py", "theirs.py", Party.THIRD)
    found = modules(sample)
    assert sorted(found) == ["@hello.py", "odd", "pkg.own"]
    for name, file in {"pkg.own": "src/pkg/own.py", "odd": "lib/other_name.py", "@hello.py": "hello.py"}.items():
        assert Path(found[name].root, found[name].target) == sample.project / file
    assert found["pkg.own"].root == str(sample.project / "src")
    interpreter = sample.plan().interpreter
    assert payload(sample).sys_path == (str(sample.project), *interpreter.sys_path)  # source roots come first
    assert payload(sample).prefix == str(interpreter.prefix)


def test_sources_are_kept_only_when_asked_for(sample: Sample) -> None:
    add(sample, "own", "project/own.py", "own.py", Party.FIRST)
    sample.changes = {"keep_source": True}
    assert modules(sample)["own"].source == b"x = 1\n"
    assert modules(sample)["@hello.py"].source == sample.text.encode()


def metadata(sample: Sample, folder: str, files: dict[str, str]) -> Distribution:
    base = sample.folder / folder
    base.mkdir(parents=True)
    for name, text in files.items():
        (base / name).write_text(text)
    return Distribution("My.Dist-Name", "1.0", {name: base / name for name in files})


def test_metadata_is_kept_without_what_names_this_machine(sample: Sample) -> None:
    record = "own.py,,\n/home/me/bin/own,sha256=x,1\nMy_Dist_Name-1.0.dist-info/direct_url.json,,\n"
    files = {
        "METADATA": "Name: My.Dist-Name\nVersion: 1.0\n",
        "RECORD": record,
        "direct_url.json": '{"url": "file:///home/me/project"}',
        "entry_points.txt": "[console_scripts]\nown = own:main\n",
    }
    sample.distributions.append(metadata(sample, "site/x.dist-info", files))
    (kept,) = payload(sample).distributions.items()
    assert kept[0] == "My_Dist_Name-1.0.dist-info"
    assert sorted(kept[1]) == ["METADATA", "RECORD", "entry_points.txt"]
    assert kept[1]["RECORD"] == b"own.py,,\n"
    assert not any(b"/home/me" in content for content in kept[1].values())


def test_an_egg_info_is_served_as_a_dist_info(sample: Sample) -> None:
    sample.distributions.append(metadata(sample, "site/x.egg-info", {"PKG-INFO": "Name: x\n", "top_level.txt": "x\n"}))
    (files,) = payload(sample).distributions.values()
    assert files == {"METADATA": b"Name: x\n", "top_level.txt": b"x\n"}


def test_accelerated_leaves_metadata_to_the_installation(sample: Sample) -> None:
    sample.mode = Mode.ACCELERATED
    sample.distributions.append(metadata(sample, "site/x.dist-info", {"METADATA": "Name: x\n"}))
    assert payload(sample).distributions == {}


def test_entries_and_the_override_are_passed_on(sample: Sample) -> None:
    sample.aliases = ("hi",)
    sample.changes = {"entry_override": False}
    made = payload(sample)
    assert [(e.name, e.aliases, e.default, e.kind, e.module) for e in made.entries] == [("hello", ("hi",), True, "script", "@hello.py")]
    assert made.entry_override is False
    assert replace(made, entry_override=True) != made
