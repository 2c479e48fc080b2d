"""The table of commands, as typer wants it."""

from __future__ import annotations

from typing import Annotated

import typer

from pybuild import __version__
from pybuild.cli import cache_commands
from pybuild.cli.build import build
from pybuild.cli.check import check
from pybuild.cli.clean import clean
from pybuild.cli.doctor import doctor
from pybuild.cli.ir import ir
from pybuild.cli.link import link
from pybuild.cli.record import record
from pybuild.cli.run import run
from pybuild.cli.schema import schema
from pybuild.cli.show import show
from pybuild.cli.tree import tree
from pybuild.cli.why import why


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"pybuild {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")]


def _root(version: Version = False) -> None:
    """One typed TOML file in, a native program out."""


def make_app() -> typer.Typer:
    """The command line; without rich's help pages, which cost more to import than a build with nothing to do takes."""
    app = typer.Typer(
        name="pybuild",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for command in (build, run, record, check, show, schema, tree, why, ir, link, clean, doctor):
        app.command()(command)
    cache = typer.Typer(help="Look after the cache.", no_args_is_help=True, rich_markup_mode=None)
    cache.command()(cache_commands.info)
    cache.command()(cache_commands.prune)
    app.add_typer(cache, name="cache")
    return app
