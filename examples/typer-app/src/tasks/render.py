"""Tasks as rich sees them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich import box
from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.panel import Panel
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from .model import Priority, State, Task, in_order

STYLES = {State.OPEN: "", State.DOING: "yellow", State.DONE: "dim green"}
MARKS = {Priority.HIGH: "!", Priority.NORMAL: "", Priority.LOW: "-"}


def task_table(tasks: Iterable[Task], today: date) -> Table:
    """A row for every task."""
    table = Table(box=box.ASCII2)
    table.add_column("no", justify="right")
    for title in ("", "task", "project", "state", "due"):
        table.add_column(title)
    for task in in_order(tasks):
        due = Text("" if task.due is None else task.due.isoformat(), style="bold red" if task.is_late(today) else "")
        table.add_row(
            str(task.number), MARKS[task.priority], task.title, task.project, Text(task.state.value, style=STYLES[task.state]), due
        )
    return table


def task_tree(tasks: list[Task]) -> Tree:
    """Projects, tasks, and the tasks that these consist of."""
    root = Tree("tasks")
    for project in sorted({task.project for task in tasks}):
        branch = root.add(project)
        _grow(branch, [task for task in tasks if task.project == project], None)
    return root


def _grow(branch: Tree, tasks: list[Task], parent: int | None) -> None:
    for task in in_order(task for task in tasks if task.parent == parent):
        _grow(branch.add(f"{task.number} {task.title}", style=STYLES[task.state]), tasks, task.number)


def task_panel(task: Task) -> RenderableType:
    """One task with its notes."""
    facts = f"{task.state.value}, {task.priority.value}" + (f", due {task.due}" if task.due else "")
    return Panel(
        Group(facts, "", Markdown(task.notes)) if task.notes else facts, title=f"{task.number} {task.title}", box=box.ASCII, width=50
    )


def as_code(text: str, lexer: str) -> Syntax:
    """Source text in colours; any language that pygments knows by name."""
    return Syntax(text, lexer, theme="ansi_dark", background_color="default")
