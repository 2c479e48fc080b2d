"""The worker's loop: reads frames, runs the operation they name, writes one answer for each.

Goes in: two file descriptors and a role.  Comes out: answers in the order of the requests.  An operation that fails
unexpectedly is answered with `{"crash": traceback}`, one whose forked child dies with `{"died": how}`; the loop itself ends
only when the requests do.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import Any

from . import compiling, wire


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
    compiling.warm_up()
    gc.collect()
    gc.freeze()  # the children then copy fewer pages
    while (text := wire.read_header(requests)) is not None:
        blobs = wire.read_blobs(requests, wire.decode(text))
        child = os.fork()
        if child == 0:
            status = 1
            try:
                gc.disable()
                header = wire.decode(text)
                wire.write_all(answers, wire.encode(_guarded(compiling.OPERATIONS, header, blobs)))
                status = 0
            finally:
                os._exit(status)
        del blobs
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status != 0:
            how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
            wire.write_all(answers, wire.encode({"died": how}))


def _guarded(operations: dict[str, Any], header: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = operations[header["op"]](header, blobs)
        return answer
    except Exception:
        import traceback

        return {"crash": traceback.format_exc(), "version": sys.version}
