"""A task, its states, and what may follow what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where a task is."""

    OPEN = "open"
    DOING = "doing"
    DONE = "done"


class Priority(StrEnum):
    """How much a task matters."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True)
class Task:
    """One thing to do; `parent` is the number of the task that it is part of."""

    number: int
    title: str
    project: str = "inbox"
    state: State = State.OPEN
    priority: Priority = Priority.NORMAL
    due: date | None = None
    parent: int | None = None
    notes: str = ""

    def moved_to(self, state: State) -> Task:
        """The task in another state.  Raises ValueError when it is there already."""
        if state is self.state:
            raise ValueError(f"task {self.number} is {state.value} already")
        return replace(self, state=state)

    def is_late(self, today: date) -> bool:
        """Whether it should have been done before `today`."""
        return self.due is not None and self.due < today and self.state is not State.DONE


_RANK = {Priority.HIGH: 0, Priority.NORMAL: 1, Priority.LOW: 2}


def in_order(tasks: Iterable[Task]) -> list[Task]:
    """What to do first, first: by priority, then by date, then by number."""
    return sorted(tasks, key=lambda task: (_RANK[task.priority], task.due or date.max, task.number))
