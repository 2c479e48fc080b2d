"""The environment with the real packages, made once for a Python and a list of packages and kept in the user's cache folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import platformdirs

from pybuild.cache import digest

# What is installed for the tests of knowledge: distributions that have a file of knowledge, and those that use them.
# fmt: off
PACKAGES = (
    "aiohttp", "alembic", "anyio", "babel", "bcrypt", "beautifulsoup4", "boto3", "botocore", "celery", "certifi",
    "chardet", "charset-normalizer", "cryptography", "cython", "dateparser", "django", "dnspython", "docutils",
    "faker", "fastapi", "flask", "fonttools", "gevent", "grpcio", "gunicorn", "httptools", "httpx", "humanize",
    "jedi", "jinja2", "jsonschema", "keyring", "lxml", "markdown", "matplotlib", "nltk", "numpy", "openpyxl",
    "orjson", "pandas", "parso", "passlib", "phonenumbers", "pillow", "pint", "plotly", "protobuf",
    "psycopg[binary]", "pyarrow", "pycountry", "pydantic", "pygments", "pymysql", "pynacl", "pyqt5", "pyqt6",
    "pyside6", "pytest", "python-dateutil", "python-docx", "pytz", "pyyaml", "pyzmq", "reportlab", "requests",
    "rich", "scikit-learn", "scipy", "setuptools", "shellingham", "six", "sqlalchemy", "textual", "tldextract",
    "tomli", "tornado", "tree-sitter", "tree-sitter-python", "trio", "typer", "tzdata", "uvicorn", "uvloop",
    "websockets", "werkzeug", "wsproto"
)
# fmt: on


def knowledge_python() -> Path | None:
    """The interpreter of the environment; None when it cannot be made (no network)."""
    given = os.environ.get("PYBUILD_TEST_KNOWLEDGE_PYTHON")
    if given:
        return Path(given)
    name = f"knowledge-{sys.version_info[0]}.{sys.version_info[1]}-{digest(*PACKAGES)[:8]}"
    folder = Path(platformdirs.user_cache_dir("pybuild-tests", appauthor=False)) / name
    python, done = folder / "bin/python", folder / ".complete"
    if not done.is_file():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if subprocess.run([*install, *PACKAGES], check=False).returncode != 0:
            # one that cannot be had must not take the others with it
            single = [subprocess.run([*install, package], check=False).returncode for package in PACKAGES]
            if 0 not in single:
                return None
        done.touch()
    return python
