"""Compressed payloads: programs behave as with one that is not, what a start needs is not unpacked, and damage is told."""

from __future__ import annotations

import random
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from pybuild.package.packing import LIMIT
from pybuild.package.payload import TRAILER_SIZE
from tests.unit.runtime.building import PayloadEntry, launcher, script
from tests.unit.runtime.conftest import Built, Maker
from tests.unit.runtime.test_damage import DAMAGED, payload_start_of, resealed

FILES = {
    "a.py": "import json, helper, importlib.metadata\nprint(json.dumps(helper.value), importlib.metadata.version('x'))\n",
    "helper.py": "value = [1]\n" + "".join(f"def function_{n}(): return {n}\n" for n in range(200)),
}
DISTRIBUTIONS = {"x-1.dist-info": {"METADATA": b"Name: x\nVersion: 1\n" + b"Classifier: something\n" * 50}}
HEADER_FRAMES = 16 + 7 * 8  # where the index has the offset and the count of its frames


@dataclass(frozen=True)
class Frames:
    """The frames of a program's file: the place of the index, of the table, and of each frame."""

    index: int
    table: int
    places: tuple[tuple[int, int, int], ...]  # place in the file, stored size, size


def frames_of(content: bytes) -> Frames:
    end = len(content) - TRAILER_SIZE
    (index_size,) = struct.unpack_from("<Q", content, end + 16)
    index = end - index_size
    offset, count = struct.unpack_from("<2I", content, index + HEADER_FRAMES)
    start = payload_start_of(content)
    rows = [struct.unpack_from("<Q2I", content, index + offset + 16 * n) for n in range(count)]
    return Frames(index, offset, tuple((start + place, stored, size) for place, stored, size in rows))


def packed(make: Maker, **options: object) -> Built:
    return make(FILES, [script("a.py")], distributions=DISTRIBUTIONS, keep_source=True, packed=True, **options)


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    path.chmod(0o755)
    return path


def test_it_runs_and_is_smaller(make: Maker, tmp_path: Path) -> None:
    program = packed(make)
    assert program.output() == "[1] 1\n"
    content = program.path.read_bytes()
    frames = frames_of(content)
    assert sum(stored for _, stored, _ in frames.places) < 0.5 * sum(size for _, _, size in frames.places)


def test_sources_and_tracebacks_come_out_of_frames(make_one: Maker) -> None:
    files = {"a.py": "import inspect, helper\nprint(inspect.getsource(helper.function_7), end='')\nhelper.fail()\n"}
    files["helper.py"] = FILES["helper.py"] + "def fail():\n    raise ValueError('no')\n"
    program = make_one(files, [script("a.py")], keep_source=True, packed=True)
    ran = program.run()
    assert ran.stdout == "def function_7(): return 7\n"
    assert "    raise ValueError('no')\nValueError: no\n" in ran.stderr


def test_threads_subinterpreters_and_children_unpack_too(make_one: Maker) -> None:
    text = """
import importlib, os, sys, threading, _xxsubinterpreters as interpreters
names = ["json", "csv", "decimal", "fractions", "html", "email.message", "xml.dom.minidom", "argparse", "logging.config", "unittest"]
threads = [threading.Thread(target=importlib.import_module, args=(name,)) for name in names]
[thread.start() for thread in threads]
child = os.fork()
if child == 0:
    import colorsys
    os._exit(0)
[thread.join() for thread in threads]
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), all(name in sys.modules for name in names), flush=True)
number = interpreters.create()
interpreters.run_string(number, "import ftplib, calendar; print(calendar.day_name[0], flush=True)")
interpreters.destroy(number)
"""
    program = make_one({"a.py": text}, [script("a.py")], packed=True)
    assert program.output() == "0 True\nMonday\n"


def test_a_launcher_without_zstd_says_so(make_one: Maker, tmp_path: Path) -> None:
    program = packed(make_one)
    content = program.path.read_bytes()
    plain = launcher(program.target, "static" if program.target.static_library.exists() else "shared").read_bytes()
    start = payload_start_of(content)
    ran = program.run(program=write(tmp_path / "a", plain + bytes(-len(plain) % 4096) + content[start:]))
    assert ran.returncode == DAMAGED
    assert "its launcher was built without zstd" in ran.stderr


def test_flipped_bits_in_frames(make_one: Maker, tmp_path: Path) -> None:
    program = packed(
        make_one, only=("encodings", "encodings.aliases", "encodings.utf_8", "json", "json.decoder", "json.encoder", "json.scanner")
    )
    content = bytearray(program.path.read_bytes())
    expected = program.run()
    source = random.Random(5)
    seen = set()
    for place, stored, _ in frames_of(bytes(content)).places:
        for at in [
            *range(place, place + 14),
            *range(place + stored - 5, place + stored),
            *(source.randrange(place, place + stored) for _ in range(25)),
        ]:
            content[at] ^= 1 << (bit := source.randrange(8))
            ran = program.run(program=write(tmp_path / "a", bytes(content)))
            content[at] ^= 1 << bit
            assert ran.returncode >= 0, (at, ran.stderr)
            seen.add(ran.returncode)
            if ran.returncode == DAMAGED:
                assert "damaged" in ran.stderr or "cannot start" in ran.stderr
            else:
                assert (ran.returncode, ran.stdout) == (expected.returncode, expected.stdout)
    assert DAMAGED in seen


@pytest.mark.parametrize("size", [0, 1, 4096, LIMIT, LIMIT + 1, 0x7FFFFFFF, 0xFFFFFFFF])
@pytest.mark.parametrize("field", ["stored", "size"])
def test_frames_that_lie_about_their_sizes(make_one: Maker, tmp_path: Path, field: str, size: int) -> None:
    program = packed(make_one, only=("encodings", "encodings.aliases", "encodings.utf_8"))
    content = program.path.read_bytes()
    frames = frames_of(content)
    index = bytearray(content[frames.index : len(content) - TRAILER_SIZE])
    for number in range(len(frames.places)):
        struct.pack_into("<I", index, frames.table + 16 * number + (8 if field == "stored" else 12), size)
    ran = program.run(program=write(tmp_path / "a", resealed(content, bytes(index))))
    assert ran.returncode == DAMAGED, ran.stderr


def test_a_frame_that_unpacks_to_more_than_it_says(make_one: Maker, tmp_path: Path) -> None:
    import zstandard

    program = packed(make_one, only=("encodings", "encodings.aliases", "encodings.utf_8"))
    content = bytearray(program.path.read_bytes())
    for place, stored, _ in frames_of(bytes(content)).places:
        for with_size in (True, False):
            bomb = zstandard.ZstdCompressor(level=19, write_content_size=with_size).compress(bytes(48 << 20))
            if len(bomb) <= stored:
                content[place : place + len(bomb)] = bomb
    ran = program.run(program=write(tmp_path / "a", bytes(content)))
    assert ran.returncode == DAMAGED
    assert "damaged" in ran.stderr or "cannot start" in ran.stderr


def test_frames_with_random_numbers_but_right_checksums(make_one: Maker, tmp_path: Path) -> None:
    program = packed(make_one, only=("encodings", "encodings.aliases", "encodings.utf_8"))
    content = program.path.read_bytes()
    frames = frames_of(content)
    original = content[frames.index : len(content) - TRAILER_SIZE]
    source = random.Random(17)
    modules, count = struct.unpack_from("<2I", original, 16 + 8)
    for round_ in range(100):
        index = bytearray(original)
        area = source.choice([(frames.table, 16 * len(frames.places)), (modules, 72 * count)])
        place = area[0] + source.randrange(area[1] // 4) * 4
        struct.pack_into("<I", index, place, source.choice([0, 1, 1 << 31, 0xFFFFFFFF, source.randrange(1 << 32)]))
        ran = program.run(program=write(tmp_path / "a", resealed(content, bytes(index))))
        assert ran.returncode >= 0, (round_, ran.returncode, ran.stderr)


def test_repeated_imports_of_many_frames(make_one: Maker) -> None:
    """More than what is kept: frames go, and come again."""
    text = """
import importlib.util, pkgutil, sys, zlib
names = sorted(name for name in sys.stdlib_module_names if importlib.util.find_spec(name) and name not in ("antigravity", "this"))
def sums():
    found = [importlib.util.find_spec(name).loader for name in names]
    codes = [loader.get_code(name) for loader, name in zip(found, names) if hasattr(loader, "get_code")]
    return zlib.crc32(repr([code and code.co_code for code in codes]).encode())
print(len(names) > 100, len({sums() for _ in range(3)}))
"""
    program = make_one({"a.py": text}, [script("a.py")], packed=True)
    assert program.output() == "True 1\n"


def test_entries_of_functions(make_one: Maker) -> None:
    files = {"tool.py": "def main():\n    import json\n    print(json.dumps([2]))\n"}
    assert make_one(files, [PayloadEntry("f", (), True, "function", "tool", "main")], packed=True).output() == "[2]\n"


def test_the_checksum_of_stored_blobs_is_zlibs(make_one: Maker) -> None:
    """encodings is stored as it is when nothing compresses: its record names its CRC."""
    program = make_one({"a.py": "pass"}, [script("a.py")], only=("encodings", "encodings.aliases", "encodings.utf_8"))
    content = program.path.read_bytes()
    start, frames = payload_start_of(content), frames_of(content)
    assert frames.places == ()
    modules, _ = struct.unpack_from("<2I", content, frames.index + 16 + 8)
    record = struct.unpack_from("<6I4IQ2IQ2I", content, frames.index + modules)
    offset, size, check = record[10:13]
    assert zlib.crc32(content[start + offset : start + offset + size]) == check
