"""The loader of package knowledge: the format of docs/design/knowledge.md, and that every file of ours keeps to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pybuild.graph.knowledge import FOLDER, Knowledge

MARKERS = {"sys_platform": "linux", "os_name": "posix", "platform_machine": "x86_64", "python_version": "3.12"}


def knowledge(folder: Path, version: tuple[int, ...] = (3, 12, 1), **files: str) -> Knowledge:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text)
    return Knowledge(version, MARKERS, folder)


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.toml")))
@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 0), (3, 13, 0)])
def test_our_files_are_well_formed(name: str, version: tuple[int, ...]) -> None:
    file = Knowledge(version, MARKERS)._file(name)
    for module, entries in file.modules.items():
        assert name == "stdlib" or module == name or module.startswith(f"{name}.")
        for entry in entries:
            assert entry.reason
            says = (entry.imports, entry.provides, entry.metadata, entry.codecs, entry.data, entry.libraries, entry.path, entry.drop)
            assert any(says)
            assert all(pattern.literal == module or pattern.literal.startswith(f"{module}.") for pattern in entry.provides)


def test_a_packages_file_is_read_when_it_comes_up(tmp_path: Path) -> None:
    known = knowledge(tmp_path, acme='[[module]]\nname = "acme.a"\nreason = "r"\nimports = ["acme.b"]\n', broken="[[")
    assert known.entries("other.thing", stdlib=False) == ()
    (entry,) = known.entries("acme.a", stdlib=False)
    assert (entry.imports, entry.reason) == (("acme.b",), "r")
    assert known.entries("acme.a.b", stdlib=False) == ()


def test_files_of_packages_in_namespaces(tmp_path: Path) -> None:
    (tmp_path / "google.protobuf.toml").write_text('[[module]]\nname = "google.protobuf.x"\nreason = "r"\nimports = ["a"]\n')
    assert knowledge(tmp_path).entries("google.protobuf.x", stdlib=False)[0].imports == ("a",)


@pytest.mark.parametrize(
    ("condition", "counts"),
    [
        ('since = "3.12"', True),
        ('since = "3.13"', False),
        ('before = "3.12"', False),
        ('before = "3.13"', True),
        ("when = 'sys_platform == \"linux\"'", True),
        ("when = 'sys_platform == \"win32\"'", False),
    ],
)
def test_conditions_on_the_target(tmp_path: Path, condition: str, counts: bool) -> None:
    known = knowledge(tmp_path, acme=f'[[module]]\nname = "acme"\nreason = "r"\nimports = ["b"]\n{condition}\n')
    assert bool(known.entries("acme", stdlib=False)) == counts


def test_drops(tmp_path: Path) -> None:
    drops = '[{ imports = "x.*", functions = ["_test", "C.m"] }, { imports = "*", functions = ["<module>"] }]'
    text = f'[[module]]\nname = "acme"\nreason = "r"\ndrop = {drops}\n'
    one, two = knowledge(tmp_path, acme=text).entries("acme", stdlib=False)[0].drop
    assert one.matches("x.y", "_test") and one.matches("x.y", "C.m")
    assert not one.matches("x.y", "") and not one.matches("x", "_test") and not one.matches("x.y.z", "_test")
    assert two.matches("anything.at.all", "") and not two.matches("anything", "f")


def test_unknown_keys_are_refused(tmp_path: Path) -> None:
    known = knowledge(tmp_path, acme='[[module]]\nname = "acme"\nreason = "r"\nhidden-imports = []\n')
    with pytest.raises(ValueError, match=r"acme\.toml: unknown hidden-imports"):
        known.entries("acme", stdlib=False)
