# run:
"""A walk through the standard library, also what is written in C."""

import base64
import bz2
import ctypes
import datetime
import decimal
import hashlib
import json
import lzma
import math
import os
import random
import re
import socket
import sqlite3
import ssl
import struct
import tempfile
import textwrap
import unicodedata
import uuid
import zipfile
import zlib
from fractions import Fraction
from pathlib import Path

print(hashlib.sha256(b"x").hexdigest()[:16], hashlib.blake2b(b"x").hexdigest()[:16], hashlib.new("md5", b"x").hexdigest())
print(zlib.decompress(zlib.compress(b"abc" * 10)), bz2.decompress(bz2.compress(b"y")), lzma.decompress(lzma.compress(b"z")))
print(decimal.Decimal("1.10") + 1, Fraction(1, 3) + 1, math.comb(10, 3), struct.pack("<Hd", 1, 2.5))
print(json.dumps({"b": [1, None, 1.5], "a": "é"}, sort_keys=True), base64.b85encode(b"data"))
database = sqlite3.connect(":memory:")
database.execute("create table t (a, b)")
database.executemany("insert into t values (?, ?)", [(1, "x"), (2, "y")])
print(database.execute("select sum(a), group_concat(b) from t").fetchone())
print(ssl.create_default_context().verify_mode, ssl.HAS_TLSv1_3)
print(ctypes.CDLL(None).abs(-5), ctypes.sizeof(ctypes.c_long))
print(datetime.datetime(2024, 2, 29, tzinfo=datetime.UTC).isoformat(), datetime.date.fromisocalendar(2024, 1, 1))
print(re.sub(r"(?P<w>\w+)", lambda m: m["w"].title(), "some words"), unicodedata.name("é"))
print(random.Random(1).random(), uuid.UUID(int=1), textwrap.shorten("a long line of text", 12))
with tempfile.TemporaryDirectory() as folder:
    archive = Path(folder, "a.zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("inner.txt", "text")
    print(zipfile.ZipFile(archive).read("inner.txt"), os.listdir(folder))
left, right = socket.socketpair()
left.send(b"ping")
print(right.recv(4))
