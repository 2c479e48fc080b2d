"""The programs that are built by the benchmarks: their text, and where they are written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HELLO = 'print("hello, world")\n'

# A second module beside the script, so that "one line of one module changed" can be measured.
HELLO_WITH_MODULE = 'import greeting\n\nprint(greeting.text("world"))\n'
GREETING = 'def text(name):\n    return f"hello, {name}"\n'

TYPER = '''"""A small tool as people write them with typer and rich."""

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()


@app.command()
def table(rows: int = 3, title: str = "Squares") -> None:
    """Print a table of squares."""
    shown = Table(title=title)
    shown.add_column("n", justify="right")
    shown.add_column("n²", justify="right", style="cyan")
    for n in range(rows):
        shown.add_row(str(n), str(n * n))
    Console().print(shown)


@app.command()
def hello(name: str) -> None:
    """Greet somebody."""
    typer.secho(f"hello, {name}", fg="green")


if __name__ == "__main__":
    app()
'''


@dataclass(frozen=True)
class Program:
    """A script in a folder of its own; `arguments` are what it is started with."""

    script: Path
    arguments: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """Where it lies and where it is built from."""
        return self.script.parent

    @property
    def name(self) -> str:
        """The script's stem: what every tool calls its result."""
        return self.script.stem


def write_hello(folder: Path) -> Program:
    """One line, no imports."""
    return _write(folder, "hello.py", HELLO)


def write_hello_with_module(folder: Path) -> Program:
    """A script and one module of its own."""
    program = _write(folder, "hello.py", HELLO_WITH_MODULE)
    (folder / "greeting.py").write_text(GREETING)
    return program


def write_typer(folder: Path) -> Program:
    """typer and rich, started so that it prints a table."""
    program = _write(folder, "squares.py", TYPER)
    return Program(program.script, ("table",))


def _write(folder: Path, name: str, text: str) -> Program:
    folder.mkdir(parents=True)
    (folder / name).write_text(text, encoding="utf-8")
    return Program(folder / name)
