"""What a record says of an operation, in the words of the passes."""

from __future__ import annotations

from pybuild.compiler.ir.model import Op
from pybuild.hints.model import FunctionRecord, TypeCounts

_FEW = 1  # sightings that are evidence


class Seen:
    """The record of one function, by operation."""

    def __init__(self, record: FunctionRecord) -> None:
        self.record = record

    def __call__(self, op: Op) -> tuple[str, ...] | None:
        """The classes of the operands: "int" (of at most 60 bits), "float", ..., "" where they varied; None when nothing was seen."""
        if "at" not in op.attrs:
            return None
        site = self.record.sites.get(2 * op.attrs["at"])
        if site is None or site.count < _FEW or not site.operands:
            return ("", "", "") if self.record.calls else None
        return tuple(_class(counts) for counts in site.operands)

    def left_often(self, op: Op) -> bool:
        """Whether guesses at this operation were wrong so often in native runs that it is better not to guess."""
        return op.state is not None and self.record.left_often(2 * op.state.at)

    def always(self, op: Op, operand: int, name: str) -> bool:
        """Whether an operand was of no other class than `name`."""
        site = self.record.sites.get(2 * op.attrs.get("at", -1))
        return site is not None and operand < len(site.operands) and set(site.operands[operand].classes) == {name}

    def mostly(self, op: Op, name: str, share: float = 0.98) -> bool:
        """Whether at least `share` of the results were of the class `name`, for guesses that cost little when they are wrong."""
        site = self.record.sites.get(2 * op.attrs.get("at", -1))
        return site is not None and site.result.dominant(share) == name

    def watched(self, op: Op) -> bool:
        """Whether calls at this place were seen."""
        site = self.record.sites.get(2 * op.attrs.get("at", -1))
        return site is not None and bool(site.callees)

    def receiver(self, op: Op) -> str:
        """The class of a call's first argument, the object for methods; "" where it varied or was not seen."""
        site = self.record.sites.get(2 * op.attrs.get("at", -1))
        return (site.receivers.dominant(0.9) or "") if site is not None else ""

    def callee(self, op: Op, share: float = 0.9) -> str:
        """What at least `share` of the calls were of, as the record names it ("method list.append"), "" where that varied."""
        site = self.record.sites.get(2 * op.attrs.get("at", -1))
        callees = site.callees if site is not None else {}
        name = max(callees, key=lambda one: callees[one], default="")
        return name if name and callees[name] >= share * sum(callees.values()) else ""

    def result(self, op: Op) -> str:
        """The class of an operation's result, "" where it varied or was not seen."""
        site = self.record.sites.get(2 * op.attrs.get("at", -1))
        return _class(site.result) if site is not None else ""


def _class(counts: TypeCounts) -> str:
    name = counts.dominant()
    if name == "int" and counts.largest_int == "big":
        return ""
    return name or ""
