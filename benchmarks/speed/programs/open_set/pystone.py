"""Pystone 1.2, 50,000 loops."""

import bm_pystone
import harness


def work():
    """Check: the globals that the loops leave behind."""
    bm_pystone.Proc0(50_000)
    record = bm_pystone.PtrGlb
    return (
        bm_pystone.IntGlob,
        bm_pystone.BoolGlob,
        bm_pystone.Char1Glob,
        bm_pystone.Char2Glob,
        bm_pystone.Array1Glob[8],
        bm_pystone.Array2Glob[8][7],
        (record.Discr, record.EnumComp, record.IntComp, record.StringComp),
    )


if __name__ == "__main__":
    harness.main(work)
