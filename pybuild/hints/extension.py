"""The recorder's extension module: compiled for one interpreter with the toolchain that builds the program, kept in the cache.

Goes in: an interpreter and `[compiler] cc`.  Comes out: the path of a shared object.  It is compiled when something is
recorded and not shipped, because it reads private structures, whose layout the interpreter's own headers say.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from pybuild import resources
from pybuild.cache import Cache, digest
from pybuild.errors import BuildFailure
from pybuild.interpreter.model import Interpreter
from pybuild.link import probe
from pybuild.link.python_library import find_headers
from pybuild.link.toolchain import find_toolchain

KIND = "recorder"
_FLAGS = ("-std=c11", "-O2", "-DNDEBUG", "-fPIC", "-shared", "-fvisibility=hidden", "-Wall", "-pthread")


def recorder_extension(interpreter: Interpreter, cc: str, cache: Cache) -> Path:
    """The extension for `interpreter`, from the cache or compiled.

    Raises UserError when a compiler or Python's headers are missing, BuildFailure when it does not compile.
    """
    runtime = _runtime()
    toolchain = find_toolchain(cc, cache, site_packages=interpreter.site_packages)
    headers = find_headers(interpreter)
    sources = sorted((runtime / "recorder").glob("*.c"))
    texts = [*sources, *sorted((runtime / "recorder").glob("*.h")), runtime / "python" / "recording.h"]
    key = digest(toolchain.identity, headers.identity, interpreter.identity, *_FLAGS, *(path.read_bytes() for path in texts))
    known = cache.find(KIND, key)
    if known is not None:
        return known
    cache.root.mkdir(parents=True, exist_ok=True)
    with cache.lock(KIND, key), tempfile.TemporaryDirectory(prefix="recorder-", dir=cache.root) as folder:
        known = cache.find(KIND, key)  # somebody may have made it while we waited
        if known is not None:
            return known
        made = Path(folder) / "recorder.so"
        includes = [f"-I{path}" for path in (runtime, *headers.folders)]
        command = [*toolchain.command, *_FLAGS, *includes, *map(str, sources), "-o", str(made)]
        status, text = probe.output_of(command, {"TMPDIR": os.environ.get("TMPDIR", folder)})
        if status != 0 or not made.is_file():
            raise BuildFailure.of(
                f"{toolchain} could not compile the recorder for Python {interpreter.short_version}: exit status {status}\n{text.strip()}",
                hint="`pybuild doctor` shows which compilers and headers are there; [compiler] cc chooses another one",
            )
        return cache.adopt(KIND, key, made, 0o755)


def _runtime() -> Path:
    try:
        return resources.folder("runtime_c")
    except FileNotFoundError as error:
        raise BuildFailure.of(str(error), hint="pip install --force-reinstall pybuild") from error
