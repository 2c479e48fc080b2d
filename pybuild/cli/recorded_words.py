"""Where the options of `pybuild record` end and the words of the recorded program begin.

Goes in: the raw command line.  Comes out: an index.  typer cannot tell: `-x` of `record -m pytest -x` is pytest's.
"""

from __future__ import annotations

from collections.abc import Sequence

_VALUED = frozenset(("--output", "-o", "--manifest", "--profile", "--python", "--set", "--hints"))


def split_record(arguments: Sequence[str]) -> int:
    """The index behind the target: behind the first word that is no option, or behind `-m MODULE`; all with `--merge` are pybuild's."""
    at = 1
    while at < len(arguments):
        word = arguments[at]
        if word == "--merge":
            return len(arguments)
        if word == "-m":
            return min(at + 2, len(arguments))
        if word == "--":
            return min(at + 2, len(arguments))
        if not word.startswith("-"):
            return at + 1
        if word.startswith("-m") and not word.startswith("--"):
            return at + 1
        at += 2 if word in _VALUED else 1
    return len(arguments)
