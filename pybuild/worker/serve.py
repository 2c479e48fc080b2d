"""The worker's loop: reads frames, runs the operation they name, writes one answer for each.

Goes in: two file descriptors and a role.  Comes out: answers in the order of the requests.  An operation that fails
unexpectedly is answered with `{"crash": traceback}`, one whose forked child dies with `{"died": how}`; the loop itself ends
only when the requests do.
"""

from __future__ import annotations

import gc
import mmap
import os
import sys
from typing import Any

from . import compiling, wire

# 3.12's compiler makes one constant or two of equal sets in different functions (ftplib's abort), by what it has compiled before.
_COMPILING_LEAVES_TRACES = sys.version_info[:2] == (3, 12)
_MORE = 75  # exit status of a child after which another is to go on (EX_TEMPFAIL)


def serve(role: str, requests: int, answers: int) -> None:
    """Serve `role` ("query" or "compile") until the end of `requests`."""
    if role == "compile":
        _serve_compile(requests, answers)
    else:
        _serve_query(requests, answers)


def _serve_query(requests: int, answers: int) -> None:
    from . import queries

    while (text := wire.read_header(requests)) is not None:
        header = wire.decode(text)
        wire.read_blobs(requests, header)
        wire.write_all(answers, wire.encode(_guarded(queries.OPERATIONS, header, [])))


def _serve_compile(requests: int, answers: int) -> None:
    """Serve in a forked child; when a source kills it (Python's compiler does not survive everything), answer for it and fork another."""
    compiling.warm_up()
    gc.collect()
    gc.freeze()  # a child then copies fewer pages
    busy = mmap.mmap(-1, 1)  # shared: 1 while the child has read a request that it has not answered
    while True:
        busy[0] = 0
        child = os.fork()
        if child == 0:
            status = 1
            try:
                _compile_all(requests, answers, busy)
                status = 0
            finally:
                os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status == 0:
            return
        if status != _MORE and busy[0]:
            how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
            wire.write_all(answers, wire.encode({"died": how}))


def _compile_all(requests: int, answers: int, busy: mmap.mmap) -> None:
    """Answer requests until there are no more, or, where compiling depends on what was compiled before, one."""
    while (text := wire.read_header(requests)) is not None:
        header = wire.decode(text)
        blobs = wire.read_blobs(requests, header)
        busy[0] = 1
        wire.write_all(answers, wire.encode(_guarded(compiling.OPERATIONS, header, blobs)))
        busy[0] = 0
        if _COMPILING_LEAVES_TRACES:
            os._exit(_MORE)


def _guarded(operations: dict[str, Any], header: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = operations[header["op"]](header, blobs)
        return answer
    except Exception:
        import traceback

        return {"crash": traceback.format_exc(), "version": sys.version}
