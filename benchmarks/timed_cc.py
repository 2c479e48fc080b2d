"""Stands before a compiler (`[compiler] launcher`) and notes what each file cost.

    timed_cc.py LOG COMPILER ARGUMENTS...

Runs the compiler and adds a line of JSON to LOG: the source, processor seconds with all that the compiler starts, and what `size` says of
the object's text (code and constants, in bytes; null without `size` or without an object).  The exit status is the compiler's.
Standard library only: it runs before every file, without `site`.
"""

import json
import os
import resource
import subprocess
import sys


def main() -> int:
    """The command line."""
    log, *command = sys.argv[1:]
    status = subprocess.call(command)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if "-c" in command and "-o" in command:
        output = command[command.index("-o") + 1]
        source = command[command.index("-c") + 1]  # generated files have no suffix: their place is after -c
        line = json.dumps({"source": source, "cpu": used.ru_utime + used.ru_stime, "text": _text_size(output)}) + "\n"
        stream = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.write(stream, line.encode())  # at once: lines of compilers that run side by side stay whole
        os.close(stream)
    return status


def _text_size(path: str) -> int | None:
    """The `text` column of `size`."""
    try:
        answer = subprocess.run(["size", path], capture_output=True, text=True)
    except OSError:
        return None
    return int(answer.stdout.splitlines()[1].split()[0]) if answer.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main())
