"""Extension modules of the standard library, and what they need from the system."""

import bz2
import ctypes
import curses
import decimal
import json
import lzma
import unicodedata
import uuid
import xml.etree.ElementTree as ElementTree
import zlib

for module in (bz2, lzma, zlib):
    print(module.__name__, module.decompress(module.compress(b"hello" * 100)) == b"hello" * 100)
strlen = ctypes.CDLL(None).strlen
strlen.restype = ctypes.c_size_t
print(strlen(b"hello"), decimal.Decimal(1) / 7, unicodedata.name("ß"), uuid.UUID(int=7), curses.version)
print(ElementTree.fromstring("<a><b/></a>")[0].tag, json.dumps({"a": [1, None]}))
