"""What a native run says of guesses, as a record.

Goes in: the report of a counting build (`docs/native.md`).  Comes out: a record whose functions have how often they were entered natively
and where guesses were wrong, and nothing else: it is merged with what `pybuild record` saw in the interpreter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pybuild.interpreter.model import Interpreter
from pybuild.worker.recorder_document import FORMAT, Document, merge


def record_of_counts(report: Mapping[str, Any], shown: str, interpreter: Interpreter) -> Document:
    """The record of one native run of `shown`.  Functions whose content hash is not known have nothing to say."""
    empty: Document = {
        "format": FORMAT,
        "python": ".".join(map(str, interpreter.version)),
        "magic": interpreter.magic,
        "runs": [{"target": shown, "calls": 0, "ticks": 0}],
        "modules": {},
        "functions": [],
    }
    functions = [_function(one) for one in report["functions"] if one["native"] and "hash" in one]
    return merge([empty, *({"modules": {}, "runs": [], "functions": [function]} for function in functions)])


def _function(one: Mapping[str, Any]) -> Document:
    """An entry of a record: with no calls, since none was seen in the interpreter."""
    iterations = one["iterations"]
    return {
        **{key: one[key] for key in ("module", "qualname", "line", "hash", "first-party")},
        **dict.fromkeys(("calls", "resumptions", "watched", "ticks"), 0),
        "native": {
            "calls": one["calls"]["native"],
            "iterations": iterations["native"],
            "interpreted": iterations["bytecode"] or 0,
        },
        **({"left": one["left"]} if one["left"] else {}),
    }
