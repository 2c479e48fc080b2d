"""Formats of the catalogue: a module each, chosen by its name at run time."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Sequence
from importlib import import_module

from ..catalogue import Article


def formats() -> list[str]:
    """The names of all exporters."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def exporter(name: str) -> Callable[[Sequence[Article]], str]:
    """The function that writes articles as `name`.  Exits when there is no such format."""
    if name not in formats():
        raise SystemExit(f"acme: no format {name!r}; there are {', '.join(formats())}")
    export: Callable[[Sequence[Article]], str] = import_module(f"{__name__}.{name}").export
    return export
