"""Tests of package knowledge: the quick ones use the packages that are installed beside pytest, the others real ones of all kinds.

The others are marked `knowledge` and run with `pytest -m knowledge`; they install the packages once (a network is needed then).
"""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "knowledge: against many real packages, which are installed once; slow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "knowledge" not in config.getoption("-m"):
        for item in items:
            if item.get_closest_marker("knowledge"):
                item.add_marker(pytest.mark.skip(reason="slow: run with -m knowledge"))
