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


def left_summary(document: dict[str, Any]) -> Iterator[str]:
    """The same of a native run: where guesses were wrong, most often first."""
    records = [function_record(entry) for entry in document["functions"]]
    sites = [(count, offset, record) for record in records for offset, count in record.left.items()]
    wrong = sum(count for count, _, _ in sites)
    yield f"{len(records)} native functions ran, {wrong} guess{'' if wrong == 1 else 'es'} wrong at {len(sites)} places"
    for count, offset, record in sorted(sites, key=lambda site: (-site[0], site[2].module, site[2].qualname, site[1]))[:_SHOWN]:
        entered = record.native.calls if record.native is not None else 0
        verdict = "no more guesses" if record.left_often(offset) else "too few to matter"
        yield f"  {count:>10} of {entered} calls  {record.module}: {record.qualname}, line {record.line}, offset {offset}: {verdict}"
