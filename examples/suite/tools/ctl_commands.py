"""The commands of acmectl, found because they lie beside the script."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from acme.catalogue import articles


def help_command() -> int:
    """List the commands."""
    for name, (_, purpose) in sorted(COMMANDS.items()):
        print(f"  {name:8} {purpose}")
    return 0


def audit() -> int:
    """Add up the stock in a database."""
    with sqlite3.connect(":memory:") as base:
        base.execute("create table stock (number text primary key, cents integer, items integer)")
        base.executemany("insert into stock values (?, ?, ?)", ((a.number, int(a.price * 100), a.stock) for a in articles()))
        count, worth = base.execute("select count(*), sum(cents * items) from stock").fetchone()
    print(f"  {count} articles worth {worth // 100}.{worth % 100:02}")
    return 0


COMMANDS: dict[str, tuple[Callable[[], int], str]] = {
    "audit": (audit, "add up the stock in a database"),
    "help": (help_command, "list the commands"),
}
