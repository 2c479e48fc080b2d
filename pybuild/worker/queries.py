"""The operations of the role "query": each takes a request's header and blobs and returns an answer."""

from __future__ import annotations

from . import description, distributions, finding, names, tcl

OPERATIONS = {
    "describe": description.describe,
    "find": finding.find,
    "submodules": finding.submodules,
    "distributions": distributions.distributions,
    "entry_points": distributions.entry_points,
    "names": names.names,
    "tcl": tcl.tcl,
}
