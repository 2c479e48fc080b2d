"""isinstance with run-time protocols (pyperformance: typing_runtime_protocols): metaclasses of the standard library."""

import bm_typing_runtime_protocols as source
import harness


def work():
    """Check: what is an instance of what."""
    source.bench_protocols(150)
    protocols = (source.HasX, source.SupportsInt, source.SupportsIntAndX)
    objects = (source.Empty(), source.PropertyX(), source.HasIntMethod(), source.InstanceVarXWithInt(), source.NominalX())
    return [[isinstance(one, protocol) for protocol in protocols] for one in objects]


if __name__ == "__main__":
    harness.main(work)
