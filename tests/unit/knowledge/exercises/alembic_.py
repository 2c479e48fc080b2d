"""alembic: a project from its template, and its first revision."""

import contextlib
import io
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

with contextlib.redirect_stderr(io.StringIO()), tempfile.TemporaryDirectory() as folder:
    config = Config(Path(folder, "alembic.ini"), stdout=io.StringIO())
    command.init(config, f"{folder}/migrations")
    config.set_main_option("sqlalchemy.url", f"sqlite:///{folder}/test.db")
    config.set_main_option("script_location", f"{folder}/migrations")
    command.revision(config, "first", rev_id="abc")
    command.upgrade(config, "head")
    command.current(config)
    command.history(config)
