"""bzip2 unpacked bit by bit (pyperformance: pyflate)."""

import hashlib
import os

import bm_pyflate
import harness

_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "interpreter.tar.bz2")


def work():
    """Check: a digest of the content."""
    with open(_FILE, "rb") as stream:
        field = bm_pyflate.RBitfield(stream)
        assert field.readbits(16) == 0x425A
        return hashlib.sha256(bm_pyflate.bzip2_main(field)).hexdigest()


if __name__ == "__main__":
    harness.main(work)
