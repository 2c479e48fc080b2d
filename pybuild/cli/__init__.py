"""The command line: one module a command, each of which parses, calls and prints, and leaves the work to the stages.

Goes in: `sys.argv`.  Comes out: the exit status (0, 2 for the user's mistake, 1 for a failed build, 130 for an interrupt).
Only typer and the commands' own modules are imported here; stages, pydantic and rich are imported where they are needed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Invocation:
    """The raw command line, for what typer loses: the order of options, and which words of `run` and `record` are the program's."""

    arguments: tuple[str, ...]
    program_arguments: tuple[str, ...] = ()


def split_arguments(arguments: Sequence[str]) -> Invocation:
    """Take apart `run [ENTRY] [OPTIONS] -- ARGUMENTS` and `record [OPTIONS] TARGET ARGUMENTS`; every other command keeps its `--`."""
    if arguments and arguments[0] == "record":
        from pybuild.cli.recorded_words import split_record

        at = split_record(arguments)
        return Invocation(tuple(arguments[:at]), tuple(arguments[at:]))
    if "--" in arguments and arguments[0] == "run":
        at = arguments.index("--")
        return Invocation(tuple(arguments[:at]), tuple(arguments[at + 1 :]))
    return Invocation(tuple(arguments))


def main() -> None:
    """The command `pybuild`."""
    from pybuild.cli.app import make_app

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a file name must never stop a message
    invocation = split_arguments(sys.argv[1:])
    try:
        make_app()(args=list(invocation.arguments), prog_name="pybuild", obj=invocation)
    except KeyboardInterrupt:  # before or after a command's own session
        sys.exit(130)
