"""acme: look at the stock."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import PurePath

from . import __version__
from .catalogue import articles, find
from .text import table


def list_command(arguments: argparse.Namespace) -> int:
    """Print the articles, those with one tag only if asked."""
    chosen = [a for a in articles() if arguments.tag is None or arguments.tag in a.tags]
    print(table(("number", "title", "stock", "price"), ((a.number, a.title, a.stock, a.price) for a in chosen), right=(2, 3)))
    return 0


def show_command(arguments: argparse.Namespace) -> int:
    """Print one article in full."""
    try:
        article = find(arguments.number)
    except KeyError:
        print(f"acme: there is no article {arguments.number!r}", file=sys.stderr)
        return 3
    print(f"{article.number}: {article.title}")
    print(f"  {article.stock} in stock at {article.price}, worth {article.value}")
    print(f"  tags: {', '.join(article.tags) or 'none'}")
    return 0


def export_command(arguments: argparse.Namespace) -> int:
    """Print the catalogue in another format; the exporter is found by name."""
    from .exporters import exporter

    print(exporter(arguments.format)(articles()))
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog=PurePath(sys.argv[0]).name)
    top.add_argument("--version", action="version", version=f"acme {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("list")
    command.add_argument("--tag")
    command.set_defaults(run=list_command)
    command = commands.add_parser("show")
    command.add_argument("number")
    command.set_defaults(run=show_command)
    command = commands.add_parser("export")
    command.add_argument("--format", default="csv")
    command.set_defaults(run=export_command)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    arguments = parser().parse_args(argv)
    status: int = arguments.run(arguments)
    return status
