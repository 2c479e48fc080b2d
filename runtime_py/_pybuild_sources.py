"""Source lines for whoever asks linecache for a file without telling whose: warnings, debuggers, code run by exec.

Installed into `linecache` when that is imported, in programs that keep their sources.
"""

import io
import os

import _pybuild


def install(linecache):
    """Have `linecache` find kept sources of files that do not exist."""
    read_file = linecache.updatecache

    def updatecache(filename, module_globals=None):
        # before linecache asks the loader in `module_globals`, which may be those of another module: a debugger passes its frame's
        source = None if os.path.exists(filename) else _pybuild.source_text(filename)  # noqa: PTH110
        if source is None:
            return read_file(filename, module_globals)
        lines = io.StringIO(source).readlines()
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += "\n"
        linecache.cache[filename] = (len(source), None, lines, filename)
        return lines

    updatecache.__doc__ = read_file.__doc__
    updatecache.__module__ = read_file.__module__
    updatecache.__qualname__ = read_file.__qualname__
    linecache.updatecache = updatecache
