"""The checksum of runtime_c is zlib's, for every length, alignment and way of computing it."""

from __future__ import annotations

import ctypes
import random
import subprocess
import zlib
from pathlib import Path

import pytest

from pybuild.resources import folder


@pytest.mark.parametrize("options", [(), ("-DPB_CRC_BY_TABLES",)], ids=["processor", "tables"])
def test_it_is_zlibs(tmp_path: Path, options: tuple[str, ...]) -> None:
    runtime = folder("runtime_c")
    library = tmp_path / "crc32.so"
    subprocess.run(
        ["gcc", "-O2", "-std=c11", "-shared", "-fPIC", f"-I{runtime}", *options, runtime / "launcher" / "crc32.c", "-o", library],
        check=True,
    )
    function = ctypes.CDLL(str(library)).pb_crc32
    function.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    function.restype = ctypes.c_uint32
    data = random.Random(3).randbytes(5000)
    buffer = ctypes.create_string_buffer(data, len(data))
    for size in [*range(300), 1000, 4095, 4096, 4097, 4900]:
        for offset in (0, 1, 7, 15, 33):
            assert function(ctypes.addressof(buffer) + offset, size) == zlib.crc32(data[offset : offset + size]), (size, offset)
