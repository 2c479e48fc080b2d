"""A task list for the terminal."""

__version__ = "0.3.0"
