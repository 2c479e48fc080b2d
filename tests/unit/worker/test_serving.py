"""The compile worker's loop: requests are served in a child, whose death is answered for."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pybuild.worker import compiling, serve, wire


def fate(header: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
    """An operation that does what it is told, in the child."""
    match header["do"]:
        case "be killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "leave":
            os._exit(3)
        case "raise":
            raise KeyError("lost")
        case "change":
            compiling.STATE = "changed"  # type: ignore[attr-defined]
    return {"state": getattr(compiling, "STATE", "pristine"), "blobs": [blob.decode() for blob in blobs]}


@contextmanager
def serving() -> Iterator[tuple[int, int]]:
    """A compile worker whose operation is `fate`: descriptors for requests and answers."""
    request_end, requests = os.pipe()
    answers, answer_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(requests)
        os.close(answers)
        compiling.OPERATIONS["fate"] = fate
        serve.serve("compile", request_end, answer_end)
        os._exit(0)
    os.close(request_end)
    os.close(answer_end)
    try:
        yield requests, answers
    finally:
        os.close(requests)
        os.close(answers)
        status = os.waitpid(pid, 0)[1]
    assert status == 0


def ask(ends: tuple[int, int], do: str, *blobs: bytes) -> dict[str, Any]:
    wire.write_all(ends[0], wire.encode({"op": "fate", "do": do}, blobs))
    text = wire.read_header(ends[1])
    assert text is not None
    return wire.decode(text)


def test_a_child_that_dies_takes_only_itself() -> None:
    with serving() as ends:
        assert ask(ends, "be killed") == {"died": "was killed by signal 9"}
        assert ask(ends, "leave") == {"died": "ended with status 3"}
        assert ask(ends, "live", b"one", b"") == {"state": "pristine", "blobs": ["one", ""]}


def test_after_a_death_another_child_goes_on_from_the_first_state() -> None:
    with serving() as ends:
        assert ask(ends, "change")["state"] == "changed"
        assert ask(ends, "leave") == {"died": "ended with status 3"}
        assert ask(ends, "live")["state"] == "pristine"


def test_what_the_operation_raises_is_answered_with_its_traceback() -> None:
    with serving() as ends:
        assert "KeyError: 'lost'" in ask(ends, "raise")["crash"]
