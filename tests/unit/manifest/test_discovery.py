"""Which file is the manifest, and what a file must be to be read at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pybuild.cli.diagnostics import Style, render
from pybuild.errors import Diagnostic, UserError
from pybuild.manifest import find_manifest, load_manifest, looked_at, manifest_for_scripts
from tests.unit.manifest.loading import ENTRY, LINUX, settings


def error(*arguments: Path, of: object = find_manifest) -> Diagnostic:
    with pytest.raises(UserError) as caught:
        of(*arguments)  # type: ignore[operator]
    (diagnostic,) = caught.value.diagnostics
    return diagnostic


# --- finding


def test_the_nearest_manifest_upwards_is_taken(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pybuild.toml").write_text(ENTRY)
    assert find_manifest(inner) == tmp_path / "pybuild.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.pybuild.build]\n")
    assert find_manifest(inner) == tmp_path / "a" / "pyproject.toml"


def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pybuild.toml").write_text(ENTRY)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "pyproject.toml").write_text('[project]\nname = "pybuild"\n[tool.other]\n')
    assert find_manifest(tmp_path / "a") == tmp_path / "pybuild.toml"
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert find_manifest(tmp_path) == tmp_path / "pybuild.toml"


def test_both_are_an_error_that_names_both(tmp_path: Path) -> None:
    (tmp_path / "pybuild.toml").write_text(ENTRY)
    (tmp_path / "pyproject.toml").write_text("[project]\n[tool.pybuild]\n")
    assert render(error(tmp_path), Style(False), tmp_path) == (
        f"error: two manifests: `{tmp_path}/pybuild.toml` and [tool.pybuild] in `{tmp_path}/pyproject.toml`\n"
        " --> pyproject.toml:2:7\n  |\n2 | [tool.pybuild]\n  |       ^^^^^^^\n  = help: keep one of them"
    )


def test_none_is_an_error_with_the_next_step(tmp_path: Path) -> None:
    assert render(error(tmp_path), Style(False), tmp_path) == (
        f"error: no pybuild.toml and no pyproject.toml with [tool.pybuild] in `{tmp_path}` or a folder above it\n"
        " = help: write one, or name what to build: `pybuild build SCRIPT.py`"
    )


def test_a_broken_pyproject_that_speaks_of_pybuild_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.pybuild\n")
    assert "not valid TOML" in error(tmp_path).message


def test_what_decided_it_is_known(tmp_path: Path) -> None:
    inner = tmp_path / "a"
    inner.mkdir()
    found = tmp_path / "pybuild.toml"
    found.write_text(ENTRY)
    assert set(looked_at(inner, find_manifest(inner))) == {f / n for f in (inner, tmp_path) for n in ("pybuild.toml", "pyproject.toml")}


# --- reading


def test_a_manifest_in_pyproject_is_the_same_manifest(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "acme"\n[tool.pybuild.build]\nmode = "accelerated"\n[[tool.pybuild.entry-point]]\nname = "a"\nrun = "a"\n'
    )
    merged = load_manifest(tmp_path / "pyproject.toml").merge(LINUX)
    assert (merged.model.build.mode, merged.model.product.name) == ("accelerated", "acme")
    assert str(merged.origin("build.mode")) == "pyproject.toml:4 [tool.pybuild.build]"
    assert (merged.project_dir, merged.path) == (tmp_path, tmp_path / "pyproject.toml")


def test_a_manifest_of_another_name(tmp_path: Path) -> None:
    (tmp_path / "nightly.toml").write_text(ENTRY)
    assert load_manifest(tmp_path / "nightly.toml").merge(LINUX).path == tmp_path / "nightly.toml"


def test_a_missing_manifest(tmp_path: Path) -> None:
    shown = render(error(tmp_path / "x.toml", of=load_manifest), Style(False), tmp_path)
    assert shown == "error: the manifest cannot be read: No such file or directory\n--> x.toml\n = help: check the path and its permissions"


def test_an_unreadable_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    (tmp_path / "pybuild.toml").write_text(ENTRY)
    monkeypatch.setattr(Path, "read_bytes", refuse)  # permissions alone do not stop root, who runs tests in containers
    assert error(tmp_path / "pybuild.toml", of=load_manifest).message == "the manifest cannot be read: Permission denied"


def test_a_folder_for_a_manifest(tmp_path: Path) -> None:
    diagnostic = error(tmp_path, of=load_manifest)
    assert (diagnostic.message, diagnostic.hint) == (
        f"`{tmp_path}` is a folder, not a manifest",
        f"name the file: `{tmp_path}/pybuild.toml`",
    )


@pytest.mark.parametrize(
    ("data", "message", "place"),
    [
        (b'[build]\nname = "\xc3\xa9\xe9"\n', "the manifest is not UTF-8: byte 0xe9 cannot stand here", (2, 10, 'name = "\u00e9\ufffd"')),
        (b'\xef\xbb\xbfx = "\xff"', "the manifest is not UTF-8: byte 0xff cannot stand here", (1, 6, 'x = "\ufffd"')),
        (b'\xef\xbb\xbfx = "1"\r\ny = "\xff"\r\n', "the manifest is not UTF-8: byte 0xff cannot stand here", (2, 6, 'y = "\ufffd"')),
        ("[build]".encode("utf-16"), "the manifest is UTF-16, not UTF-8", (0, 0, "")),
        (b"a = 1\n\x00\n", "not valid TOML: invalid statement", (2, 1, "\0")),
    ],
)
def test_bytes_that_are_no_text(tmp_path: Path, data: bytes, message: str, place: tuple[int, int, str]) -> None:
    (tmp_path / "pybuild.toml").write_bytes(data)
    diagnostic = error(tmp_path / "pybuild.toml", of=load_manifest)
    assert diagnostic.place is not None
    assert (diagnostic.message, (diagnostic.place.line, diagnostic.place.column, diagnostic.place.text)) == (message, place)


def test_a_byte_order_mark_and_crlf_are_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "pybuild.toml").write_bytes(b'\xef\xbb\xbf[build]\r\nmode = "accelerated"\r\n' + ENTRY.encode())
    merged = load_manifest(tmp_path / "pybuild.toml").merge(LINUX)
    assert (merged.model.build.mode, merged.origin("build.mode").short) == ("accelerated", "pybuild.toml:2")


@pytest.mark.parametrize(
    "text", [f"x = {'[' * 1000}{']' * 1000}", f"x = {'[' * 150}{']' * 150}", f"{'x.' * 500}x = 1", f"[{'x.' * 500}x]", "x = " + "1" * 5000]
)
def test_what_is_valid_but_beyond_reason(tmp_path: Path, text: str) -> None:
    (tmp_path / "pybuild.toml").write_text(f"{text}\n")
    assert error(tmp_path / "pybuild.toml", of=load_manifest).code == "manifest-syntax"


# --- no manifest


def test_scripts_without_a_manifest(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("not even TOML")
    merged = manifest_for_scripts(["tools/my-tool 2.py", "acme.cli:main", "acme.admin", "pkg.__main__"], tmp_path).merge(LINUX)
    assert [(e.name, e.run, e.default) for e in merged.model.entry_point] == [
        ("my-tool 2", "tools/my-tool 2.py", True),
        ("cli", "acme.cli:main", False),
        ("admin", "acme.admin", False),
        ("pkg", "pkg.__main__", False),
    ]
    assert (merged.path, merged.project_dir, merged.model.product.name) == (None, tmp_path, "my-tool 2")
    assert str(merged.origin(("entry-point", 0, "run"))) == "command line"


def test_scripts_take_settings_too(tmp_path: Path) -> None:
    merged = manifest_for_scripts(["a.py"], tmp_path).merge(LINUX, None, settings("build.mode=accelerated"))
    assert merged.model.build.mode == "accelerated"


def test_two_scripts_of_one_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"two entry points are called `a`: `x/a\.py` and `y/a\.py`"):
        manifest_for_scripts(["x/a.py", "y/a.py"], tmp_path)


def test_a_folder_for_a_script(tmp_path: Path) -> None:
    """`pybuild build .` means the project that is there."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "pybuild.toml").write_text(ENTRY)

    def told(run: str, folder: Path) -> tuple[str, str]:
        diagnostic = error([run], folder, of=manifest_for_scripts)
        return diagnostic.message, diagnostic.hint

    assert told(".", tmp_path) == ("`.` is a folder, not something to run", "its manifest is built by `pybuild build`")
    assert told("..", tmp_path / "other")[1] == f"its manifest is built by `pybuild build --manifest {tmp_path / 'pybuild.toml'}`"
    assert told("./", tmp_path / "empty")[1] == "name a script, a module or module:function"
    assert told("/", tmp_path)[0] == "`/` is a folder, not something to run"
