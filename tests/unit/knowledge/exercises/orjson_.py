"""orjson: what the Rust code imports."""

import contextlib

import orjson

orjson.dumps([1])
with contextlib.suppress(orjson.JSONDecodeError):
    orjson.loads(b"{")
