"""pytest: its plug-ins by the names in a table."""

import os
from pathlib import Path

import pytest

os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # those of other distributions are found by their metadata
Path("test_exercise.txt").write_text(">>> 1 + 1\n2\n")
assert pytest.main(["-q", "-p", "pytester", "--junit-xml=report.xml"]) == 0
