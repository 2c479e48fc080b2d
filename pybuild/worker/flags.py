"""What a scan says of an import besides its name: bits, for both ends of the pipe."""

from __future__ import annotations

IN_FUNCTION = 1  # runs when a function does
OPTIONAL = 2  # in a try that catches ImportError
CONDITIONAL = 4  # under a condition on the target that holds
TYPE_CHECKING = 8  # under TYPE_CHECKING
UNREACHABLE = 16  # under a condition on the target that does not hold, or behind an unconditional end
MAIN_ONLY = 32  # under `if __name__ == "__main__"`
DYNAMIC = 64  # __import__, import_module and the like with a constant name
FALLBACK = 128  # in the handler of such a try: runs only when an import of the try failed
COMMAND = 256  # in a command line that starts the program's own Python: `-m` and a constant name, or imported by a constant text after `-c`
RUN = 512  # ... after `-m`: run as `__main__`
CAUGHT = 1024  # in a try that catches SyntaxError: the module need not compile
BRANCH = 2048  # under a condition that only the running program, or another module, can tell

# a record: [line, flags, level, module, names or None, function's qualified name or "", number of the try or 0, constant or nothing]
# the constant is another module's that decides whether the import runs: [level, module, name, whether it must hold]
