"""A record in words, for `--verbose`.

Goes in: the JSON of a record.  Comes out: lines of text: how much there is, and where the time goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pybuild.hints.model import function_record

_SHOWN = 12


def summary(document: dict[str, Any]) -> Iterator[str]:
    """The lines."""
    records = [function_record(entry) for entry in document["functions"]]
    own = [record for record in records if record.first_party]
    runs = document["runs"]
    yield f"Python {document['python']}, {len(runs)} run{'s' if len(runs) != 1 else ''}, {len(document['modules'])} modules imported"
    calls, own_calls = sum(run["calls"] for run in runs), sum(record.calls for record in own)
    yield f"{len(own)} functions of the program ({own_calls} calls of {calls}), {len(records) - len(own)} hot ones of others"
    sites = [site for record in own for site in record.sites.values() if site.count and site.operands]
    known = sum(all(operand.dominant() for operand in site.operands) for site in sites)
    yield f"{len(sites)} instructions watched, {known} with one class for each operand"
    ticks = sum(run["ticks"] for run in runs)
    for record in sorted(records, key=lambda record: (-record.ticks, -record.calls, record.module, record.qualname))[:_SHOWN]:
        share = f"{100 * record.ticks / ticks:5.1f}%" if ticks else "     -"
        arguments = ", ".join(counts.dominant() or "?" for counts in record.arguments)
        result = f" -> {record.returns.dominant() or '?'}" if record.returns.total else ""
        yield f"  {share} {record.calls:>10} calls  {record.module}: {record.qualname}({arguments}){result}"
