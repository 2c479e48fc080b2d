"""What the user asked for on the command line, as one frozen value.

Goes in: the working directory and the options that more than one command takes.  Comes out: a `BuildRequest`, which the
pipeline turns into a plan, and whose `fingerprint` says whether an earlier build was asked for the same thing.  It stands
before every stage, so it imports none.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """A value of the manifest given on the command line: `build.mode` = `standalone`, by `--mode` or `--set`."""

    key: str
    value: str
    option: str  # the option as the user knows it, "--mode", "--set"


@dataclass(frozen=True)
class BuildRequest:
    """One request; relative paths in it are relative to `folder`."""

    folder: Path  # the working directory
    manifest: Path | None = None  # --manifest
    scripts: tuple[str, ...] = ()  # positional scripts and --main, in order: a build without a manifest
    profile: str | None = None
    settings: tuple[Setting, ...] = ()  # in the order of the command line

    def fingerprint(self) -> str:
        """The request as text: equal for equal requests, whatever was asked in between."""
        return repr((str(self.folder), str(self.manifest), self.scripts, self.profile, [(s.key, s.value) for s in self.settings]))
