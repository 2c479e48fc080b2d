"""Which Python is built for: `--python`, `[build] python`, `$VIRTUAL_ENV`, `.venv` beside the manifest, else pybuild's own.

Goes in: what the user asked for.  Comes out: the path of a program and the words that say who chose it.  Nothing is run here,
but for the shim of a version manager that is not known: whether it is a Python at all is `describe`'s to find out.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from pybuild.errors import UserError
from pybuild.interpreter.model import NEWEST, OLDEST

ASKED, WRITTEN = "--python", "[build] python"
_VERSION = re.compile(r"\d+\.\d+(?:\.\d+)?")
_CODE = "python"
_NAMES = ("bin/python", "bin/python3", "Scripts/python.exe", "python.exe")


def choose_interpreter(asked: str | None, setting: str | None, project_dir: Path, environ: Mapping[str, str]) -> tuple[Path, str]:
    """The program and who chose it.  `asked` is relative to the working directory, `setting` to `project_dir`.  Raises UserError."""
    if asked is not None:
        return _located(asked, Path.cwd(), ASKED, environ), ASKED
    if setting is not None:
        return _located(setting, project_dir, WRITTEN, environ), WRITTEN
    active = environ.get("VIRTUAL_ENV")
    if active:
        found = _in_folder(Path(active))
        if found is None:
            raise UserError.of(
                f"$VIRTUAL_ENV names {active}, which holds no Python",
                hint="deactivate it, or choose a Python with `--python PATH`",
                code=_CODE,
            )
        return found, "$VIRTUAL_ENV"
    beside = project_dir / ".venv"
    if beside.is_dir():
        found = _in_folder(beside.absolute())
        if found is None:
            raise UserError.of(
                f"{beside} holds no Python",
                hint="make it anew with `python -m venv .venv`, or choose a Python with `--python PATH`",
                code=_CODE,
            )
        return found, ".venv beside the manifest"
    return Path(sys.executable), "pybuild's own"


def _located(text: str, base: Path, chosen_by: str, environ: Mapping[str, str]) -> Path:
    """The program that `text` means: a path to a program or to an environment's folder, a version, or a command on PATH."""
    path = base / Path(text).expanduser()
    if path.is_dir():
        found = _in_folder(path.absolute())
        if found is None:
            raise UserError.of(
                f"{chosen_by}: {path} is a folder without a Python in it",
                hint="give the folder of a virtual environment, or the program itself",
                code=_CODE,
            )
        return found
    if path.is_file():
        return _real(path.absolute(), base, environ)
    if _VERSION.fullmatch(text):
        found = _of_version(text, environ)
        if found is None:
            raise UserError.of(
                f"{chosen_by}: no Python {text} was found on PATH or among the version managers' Pythons",
                hint=f"{_what_is_there(environ)}; or give the path of a Python or of a virtual environment",
                code=_CODE,
            )
        return found
    if "/" not in text and os.sep not in text:
        command = _on_path(text, base, environ)
        if command is not None:
            return command
    raise UserError.of(
        f"{chosen_by}: {text} is neither a file, a folder, a version nor a command",
        hint=f"give the path of a Python or of a virtual environment, or a version ({_what_is_there(environ)})",
        code=_CODE,
    )


def _in_folder(folder: Path) -> Path | None:
    return next((folder / name for name in _NAMES if (folder / name).is_file()), None)


def _of_version(version: str, environ: Mapping[str, str]) -> Path | None:
    """The newest Python of `version` ("3.12", "3.12.1"): on PATH, else among those that version managers have installed."""
    short = ".".join(version.split(".")[:2])
    if version == short:
        command = next(_commands(f"python{short}", environ), None)
        if command is not None:
            return command
    parts = tuple(map(int, version.split(".")))
    return max((found for found in _installed(environ) if found[0][: len(parts)] == parts), default=((), None))[1]


def _installed(environ: Mapping[str, str]) -> Iterator[tuple[tuple[int, ...], Path]]:
    """Version and program of each Python that version managers have installed."""
    for folder in _installations(environ):
        match = re.search(r"(?:^|-)(\d+(?:\.\d+)+)(?:-|$)", folder.name)
        program = _in_folder(folder)
        if match and program:
            yield tuple(map(int, match[1].split("."))), program


def _what_is_there(environ: Mapping[str, str]) -> str:
    """The versions that `_of_version` would find, of those that can be built for; what to do when there is none."""
    supported = [(OLDEST[0], minor) for minor in range(OLDEST[1], NEWEST[1] + 1)]
    installed = {version for version, _ in _installed(environ) if version[:2] in supported}
    on_path = {version for version in supported if next(_commands("python{}.{}".format(*version), environ), None)}
    shown = sorted(installed | {short for short in on_path if all(version[:2] != short for version in installed)})
    if not shown:
        return f"install CPython {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}"
    return f"there {'is' if len(shown) == 1 else 'are'} {', '.join('.'.join(map(str, version)) for version in shown)}"


def _installations(environ: Mapping[str, str]) -> Iterator[Path]:
    """Folders of Pythons that pyenv, uv, mise and asdf have installed."""
    home = Path(environ.get("HOME") or Path.home())
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    roots = (
        Path(environ.get("PYENV_ROOT") or home / ".pyenv") / "versions",
        Path(environ.get("UV_PYTHON_INSTALL_DIR") or data / "uv" / "python"),
        Path(environ.get("MISE_DATA_DIR") or data / "mise") / "installs" / "python",
        Path(environ.get("ASDF_DATA_DIR") or home / ".asdf") / "installs" / "python",
    )
    for root in roots:
        if root.is_dir():
            yield from sorted(folder for folder in root.iterdir() if folder.is_dir())


def _commands(name: str, environ: Mapping[str, str]) -> Iterator[Path]:
    """Programs called `name` on PATH that are not scripts."""
    for folder in environ.get("PATH", "").split(os.pathsep):
        program = Path(folder or ".") / name
        if program.is_file() and os.access(program, os.X_OK) and not _is_script(program):
            yield program.absolute()


def _on_path(name: str, base: Path, environ: Mapping[str, str]) -> Path | None:
    for folder in environ.get("PATH", "").split(os.pathsep):
        program = Path(folder or ".") / name
        if program.is_file() and os.access(program, os.X_OK):
            return _real(program.absolute(), base, environ)
    return None


def _is_script(program: Path) -> bool:
    try:
        with program.open("rb") as stream:
            return stream.read(2) == b"#!"
    except OSError:
        return False


def _real(program: Path, base: Path, environ: Mapping[str, str]) -> Path:
    """`program`, or what it starts when it is a version manager's shim (a script)."""
    if not _is_script(program):
        return program
    root = Path(environ.get("PYENV_ROOT") or Path(environ.get("HOME") or Path.home()) / ".pyenv")
    if program.parent == root / "shims":
        found = _pyenv(program.name, root, base, environ)
        if found is not None:
            return found
    return _run_shim(program)


def _pyenv(name: str, root: Path, base: Path, environ: Mapping[str, str]) -> Path | None:
    """What pyenv's shim `name` starts: the first of the chosen versions that has it.  None when it is pyenv's to explain why none has."""
    chosen = environ.get("PYENV_VERSION", "").split(":") if environ.get("PYENV_VERSION") else []
    if not chosen:
        files = [folder / ".python-version" for folder in (base.absolute(), *base.absolute().parents)]
        for file in (*files, root / "version"):
            if file.is_file():
                chosen = [line.split("#")[0].strip() for line in file.read_text(errors="replace").splitlines()]
                break
    for version in chosen:
        program = root / "versions" / version / "bin" / name
        if version and program.is_file():
            return program
    return None


def _run_shim(program: Path) -> Path:
    import subprocess

    try:
        done = subprocess.run([program, "-c", "import sys; print(sys.executable)"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UserError.of(f"{program} cannot be run: {error}", hint="give the path of the Python itself", code=_CODE) from error
    found = Path(done.stdout.strip().splitlines()[-1]) if done.stdout.strip() else Path()
    if done.returncode != 0 or not found.is_file():
        said = (done.stderr.strip().splitlines() or ["it printed nothing"])[-1]
        raise UserError.of(f"{program} is a script that starts no Python: {said}", hint="give the path of the Python itself", code=_CODE)
    return found
