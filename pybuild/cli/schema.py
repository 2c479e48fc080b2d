"""`pybuild schema`: the JSON schema of the manifest, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pybuild.cache import write_atomically
from pybuild.cli.session import session

Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write it there instead of to stdout.")]


def schema(out: Out = None) -> None:
    """Print the JSON schema of a manifest."""
    with session() as current:
        from pybuild.manifest import schema_json

        text = schema_json()
        if out is None:
            current.say(text.rstrip("\n"))
        else:
            write_atomically(current.folder / out, text.encode())
