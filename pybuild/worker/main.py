# mypy: allow-untyped-defs, allow-untyped-calls
"""The worker program: `python main.py ROLE REQUESTS ANSWERS`, the last two being inherited file descriptors.

Role "query" answers questions about the interpreter in one process.  Role "compile" answers `module` requests in a forked child, so that
a source which kills Python's compiler is answered for, too.

This file has to be understood by any Python that a user may point to, to be able to say that it is not supported.
"""

# ruff: noqa: PTH100, PTH120
# (no pathlib: the worker starts faster without)

import os
import sys

OLDEST = (3, 11)


def main():
    """Serve until the requests end."""
    folder = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != folder]
    role, requests, answers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if sys.version_info < OLDEST:
        refuse(answers)
        return
    import types

    package = types.ModuleType("_pybuild_worker")
    package.__path__ = [folder]
    sys.modules["_pybuild_worker"] = package
    from _pybuild_worker import serve  # type: ignore[import-not-found]

    serve.serve(role, requests, answers)


def refuse(answers):
    """Answer whatever is asked first with the version of this old interpreter."""
    text = '{"unsupported":"%s"}' % ".".join(str(part) for part in sys.version_info[:3])  # noqa: UP031
    size = len(text)
    os.write(answers, bytes(bytearray((size & 255, size >> 8, 0, 0))) + text.encode("ascii"))


if __name__ == "__main__":
    main()
