"""Stock keeping for a small warehouse: the modules that all of acme's programs share."""

__version__ = "1.4.0"
