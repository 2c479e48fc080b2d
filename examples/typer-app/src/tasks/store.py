"""Tasks in a JSON file, or, without one, the few that every user begins with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from .model import Priority, State, Task

SAMPLE = (
    Task(
        1, "Write the manual", "docs", State.DOING, Priority.HIGH, date(2024, 3, 1), notes="# Manual\n\n* what it does\n* how to *start* it"
    ),
    Task(2, "Chapter on installing", "docs", State.DONE, parent=1),
    Task(3, "Chapter on errors", "docs", State.OPEN, Priority.NORMAL, date(2024, 2, 20), parent=1),
    Task(4, "Measure the start", "core", State.OPEN, Priority.HIGH, date(2024, 5, 17), notes="```python\nprint(min(times))\n```"),
    Task(5, "Water the plants", priority=Priority.LOW),
)


def load(path: Path | None) -> list[Task]:
    """The tasks in `path`.  Raises OSError and ValueError."""
    if path is None:
        return list(SAMPLE)
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [_task(row) for row in rows]


def dumps(tasks: Sequence[Task]) -> str:
    """The tasks as JSON."""
    return json.dumps([asdict(task) for task in tasks], default=str, indent=1)


def _task(row: dict[str, Any]) -> Task:
    due = row.get("due")
    return Task(
        **{
            **row,
            "state": State(row.get("state", "open")),
            "priority": Priority(row.get("priority", "normal")),
            "due": None if due is None else date.fromisoformat(due),
        }
    )
