"""The options that commands share: declared once, gathered into frozen values.

Goes in: what typer parsed, and the raw arguments for the order in which options that set a value of the manifest were
given (the last one counts, whatever its name).  Comes out: `BuildRequest` and `Output`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pybuild.errors import UserError
from pybuild.request import BuildRequest, Setting


class OutputFormat(StrEnum):
    """How results and errors are printed."""

    TEXT = "text"
    JSON = "json"


_INPUT = "What to build"
_OUTPUT = "What to print"

Scripts = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SCRIPT]...", help="Scripts to build without a manifest; each becomes an entry point.", show_default=False),
]
Main = Annotated[
    list[str] | None,
    typer.Option(
        "--main", metavar="SCRIPT", help="One more entry point (a script, a module, module:function); no manifest is read. Repeatable."
    ),
]
Manifest = Annotated[
    Path | None,
    typer.Option("--manifest", metavar="FILE", help="The manifest. Default: pybuild.toml or pyproject.toml here or in a folder above."),
]
ModeOption = Annotated[str | None, typer.Option("--mode", metavar="MODE", help="What to make: accelerated or standalone.")]
Profile = Annotated[str | None, typer.Option("--profile", metavar="NAME", help="The [profile.NAME] of the manifest to build.")]
OutputDir = Annotated[str | None, typer.Option("--output-dir", metavar="DIR", help="Where the result is written.")]
Jobs = Annotated[str | None, typer.Option("--jobs", metavar="N", help="How many processes work at once; `auto`: one a processor.")]
PythonOption = Annotated[str | None, typer.Option("--python", metavar="PYTHON", help="The Python to build for: an interpreter or a venv.")]
HintFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--hints", metavar="FILE", help="A record of `pybuild record` to go by, in place of the manifest's. Repeatable.", show_default=False
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Set any key of the manifest, for example compiler.cc=clang. Repeatable."),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more: what was done and where the time went.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]
Format = Annotated[OutputFormat, typer.Option("--output-format", help="Text for people, or JSON for programs.")]

# Options that stand for a key of the manifest.
_KEYS = {"--mode": "build.mode", "--output-dir": "build.output-dir", "--jobs": "compiler.jobs", "--python": "build.python"}
# Every other option that takes a value, so that its value is not taken for an option.
_VALUED = frozenset(
    (
        *("--manifest", "--profile", "--main", "--output-format", "--bin-dir", "--out", "--output", "-o", "-m", "--stage"),
        *("--depth", "--limit", "--older-than", "--max-size"),
    )
)


@dataclass(frozen=True)
class Output:
    """How a command talks."""

    verbose: bool = False
    quiet: bool = False
    format: OutputFormat = OutputFormat.TEXT

    @property
    def json(self) -> bool:
        """Whether data is asked for."""
        return self.format is OutputFormat.JSON


def ordered_settings(arguments: Sequence[str]) -> Iterator[Setting]:
    """The settings among `arguments` (which typer has already accepted), in order.  Raises UserError for a `--set` without `=`."""
    remaining = iter(arguments)
    records: list[str] = []
    for argument in remaining:
        if argument == "--":
            return
        option, equals, value = argument.partition("=")
        if option not in _KEYS and option not in _VALUED and option not in ("--set", "--hints"):
            continue
        if not equals:
            value = next(remaining, "")
        if option == "--set":
            yield _setting(value)
        elif option == "--hints":
            records.append(str(Path(value).absolute()))  # like every file on a command line, relative to the working directory
            yield Setting("hints.files", json.dumps(records), option)
        elif option in _KEYS:
            yield Setting(_KEYS[option], value, option)


def _setting(text: str) -> Setting:
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise UserError.of(f"--set {text}: expected KEY=VALUE", hint="for example: --set compiler.cc=clang", code="set-syntax")
    return Setting(key.strip(), value, "--set")


def make_request(
    arguments: Sequence[str],
    *,
    manifest: Path | None = None,
    scripts: Sequence[str] = (),
    profile: str | None = None,
) -> BuildRequest:
    """The request that a command's options make; `arguments` are the raw ones.  Raises UserError when two of them exclude each other."""
    if scripts and manifest is not None:
        raise UserError.of(
            "--manifest and scripts on the command line exclude each other",
            hint="a build of scripts reads no manifest; put the script into an [[entry-point]] table instead",
            code="manifest-and-scripts",
        )
    if scripts and profile is not None:
        raise UserError.of(
            "--profile needs a manifest", hint="a build of scripts reads none; use --set KEY=VALUE instead", code="profile-without-manifest"
        )
    return BuildRequest(Path.cwd(), manifest, tuple(scripts), profile, tuple(ordered_settings(arguments)))
