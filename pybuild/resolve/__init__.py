"""The resolve stage: the merged manifest and an interpreter become a plan.

resolve(merged: MergedManifest, interpreter: Interpreter) -> Plan
    raises UserError with everything that is wrong
"""

from __future__ import annotations

from pybuild.resolve.plan import resolve

__all__ = ["resolve"]
