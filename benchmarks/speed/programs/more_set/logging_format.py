"""Log records that are formatted and written (pyperformance: logging): nearly all of the time is the standard library's."""

import io
import logging

import bm_logging
import harness

_STREAM = io.StringIO()
_LOGGER = logging.getLogger("benchlogger")
_LOGGER.propagate = False
_LOGGER.addHandler(logging.StreamHandler(stream=_STREAM))
_LOGGER.setLevel(logging.WARNING)


def work():
    """Check: how much was written."""
    bm_logging.bench_silent(4_000, _LOGGER, _STREAM)
    bm_logging.bench_formatted_output(2_000, _LOGGER, _STREAM)
    return len(_STREAM.getvalue())


if __name__ == "__main__":
    harness.main(work)
