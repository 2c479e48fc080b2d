"""The command line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from . import __version__, render, store
from .model import State, Task

app = typer.Typer(help="A task list for the terminal.", no_args_is_help=True, add_completion=True)
console = Console()
File = Annotated[Path | None, typer.Option("--file", "-f", help="A JSON file of tasks.")]


def _load(path: Path | None) -> list[Task]:
    try:
        return store.load(path)
    except (OSError, ValueError, TypeError) as error:
        typer.echo(f"tasks: {path}: {error}", err=True)
        raise typer.Exit(3) from None


def _find(tasks: list[Task], number: int) -> Task:
    for task in tasks:
        if task.number == number:
            return task
    raise typer.BadParameter(f"there is no task {number}")


@app.command("list")
def list_tasks(
    file: File = None,
    state: Annotated[State | None, typer.Option(help="Only tasks in this state.")] = None,
    today: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])] = datetime(2024, 3, 10),
) -> None:
    """Show the tasks as a table."""
    chosen = [task for task in _load(file) if state is None or task.state is state]
    console.print(render.task_table(chosen, today.date()))


@app.command()
def tree(file: File = None) -> None:
    """Show the tasks as a tree."""
    console.print(render.task_tree(_load(file)))


@app.command()
def show(number: int, file: File = None) -> None:
    """Show one task with its notes."""
    console.print(render.task_panel(_find(_load(file), number)))


@app.command()
def done(number: int, file: File = None) -> None:
    """Print the list with one task done, as JSON."""
    tasks = _load(file)
    try:
        changed = _find(tasks, number).moved_to(State.DONE)
    except ValueError as error:
        typer.echo(f"tasks: {error}", err=True)
        raise typer.Exit(3) from None
    typer.echo(store.dumps([changed if task.number == number else task for task in tasks]))


@app.command()
def code(text: str, lexer: str = "python") -> None:
    """Print source text in colours."""
    Console(force_terminal=True, color_system="standard", width=60).print(render.as_code(text, lexer))


@app.command()
def work(steps: int = 3) -> None:
    """Do nothing, visibly."""
    for _ in track(range(steps), description="working", console=Console(stderr=True, quiet=True)):
        pass
    typer.echo(f"{steps} steps done")


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(f"tasks {__version__}")


if __name__ == "__main__":
    app()
