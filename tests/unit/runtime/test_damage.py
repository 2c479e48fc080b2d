"""A damaged program says so and stops: whatever is flipped or cut off in its payload, it never dies by a signal."""
# ruff: noqa: E501  (programs written as text)

from __future__ import annotations

import random
import shutil
import struct
import zlib
from pathlib import Path

import pytest

from pybuild.package.payload import ALIGNMENT, TRAILER_MAGIC, TRAILER_SIZE
from tests.unit.runtime.building import PayloadEntry, launcher, script
from tests.unit.runtime.conftest import Built, Maker

CODE = "import json, helper, importlib.metadata\nprint(json.dumps(helper.value), importlib.metadata.version('x'))\n"
DISTRIBUTIONS = {"x-1.dist-info": {"METADATA": b"Name: x\nVersion: 1\n"}}
DAMAGED = 3


@pytest.fixture
def program(make_one: Maker) -> Built:
    files = {"a.py": CODE, "helper.py": "value = [1]\n"}
    entries = [script("a.py", aliases=("b",)), PayloadEntry("f", (), False, "function", "helper", "value")]
    return make_one(files, entries, distributions=DISTRIBUTIONS, keep_source=True)


def payload_start(path: Path) -> int:
    content = path.read_bytes()
    (size,) = struct.unpack_from("<Q", content, len(content) - TRAILER_SIZE + 8)
    return len(content) - int(size)


def outcome(program: Built, path: Path) -> int:
    ran = program.run(program=path)
    assert ran.returncode >= 0, (ran.returncode, ran.stderr)
    if ran.returncode == 0:
        assert ran.stdout == "[1] 1\n"
    else:
        assert ran.stderr != ""
    return ran.returncode


def test_payload_begins_on_a_page_and_ends_with_the_trailer(program: Built) -> None:
    content = program.path.read_bytes()
    assert payload_start(program.path) % ALIGNMENT == 0
    assert content[-TRAILER_SIZE:].startswith(TRAILER_MAGIC)


def test_flipped_bytes(program: Built, tmp_path: Path) -> None:
    source = random.Random(7)
    content = bytearray(program.path.read_bytes())
    start, end = payload_start(program.path), len(content)
    (index_size,) = struct.unpack_from("<Q", content, end - TRAILER_SIZE + 16)
    index = end - TRAILER_SIZE - index_size
    places = [source.randrange(start, end) for _ in range(60)]
    places += (
        [source.randrange(index, index + 400) for _ in range(40)]
        + [source.randrange(index, end) for _ in range(60)]
        + list(range(end - TRAILER_SIZE, end))
    )
    path = tmp_path / "a"
    seen = set()
    for place in places:
        content[place] ^= 1 << (bit := source.randrange(8))
        path.write_bytes(content)
        path.chmod(0o755)
        seen.add(outcome(program, path))
        content[place] ^= 1 << bit
    assert DAMAGED in seen


def test_damage_of_code_that_is_needed_names_the_module(program: Built, tmp_path: Path) -> None:
    content = program.path.read_bytes()
    marker = b"value"
    place = content.index(marker, payload_start(program.path))
    damaged = bytearray(content)
    damaged[place] ^= 1
    path = tmp_path / "a"
    path.write_bytes(damaged)
    path.chmod(0o755)
    ran = program.run(program=path)
    assert ran.returncode == DAMAGED
    assert "is damaged" in ran.stderr


def test_damage_of_what_starts_python(make_one: Maker, tmp_path: Path) -> None:
    built = make_one({"a.py": "print('x')"}, [script("a.py")], only=("encodings", "encodings.aliases", "encodings.utf_8"))
    damaged = bytearray(built.path.read_bytes())
    place = damaged.index(b"_cache", payload_start(built.path))
    damaged[place] ^= 1
    path = tmp_path / "a"
    path.write_bytes(damaged)
    path.chmod(0o755)
    ran = built.run(program=path)
    assert ran.returncode == DAMAGED
    assert "Python cannot start" in ran.stderr


def test_truncated(program: Built, tmp_path: Path) -> None:
    content = program.path.read_bytes()
    start = payload_start(program.path)
    source = random.Random(11)
    path = tmp_path / "a"
    for length in [
        start,
        start + 1,
        len(content) - 1,
        len(content) - TRAILER_SIZE,
        *(source.randrange(start, len(content)) for _ in range(20)),
    ]:
        path.write_bytes(content[:length])
        path.chmod(0o755)
        ran = program.run(program=path)
        assert (ran.returncode, ran.stdout) == (DAMAGED, "")
        assert ran.stderr.startswith(f"a: the program {path} cannot run: ")
        assert ran.stderr.endswith("; copy or build it again\n")


def test_missing_payload(program: Built, tmp_path: Path) -> None:
    path = tmp_path / "a"
    shutil.copy(launcher(program.target), path)
    ran = program.run(program=path)
    assert ran.returncode == DAMAGED
    expected = f"a: the program {path} cannot run: nothing is attached to it: the file was cut short, stripped, or changed after it was built; copy or build it again\n"
    assert ran.stderr == expected


def test_something_appended(program: Built, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(program.path.read_bytes() + b"\0")
    path.chmod(0o755)
    assert program.run(program=path).returncode == DAMAGED


def resealed(content: bytes, index: bytes, **fields: int) -> bytes:
    """The program with another index, and checksums that match it: what only a faulty or hostile writer makes."""
    end = len(content) - TRAILER_SIZE
    (old,) = struct.unpack_from("<Q", content, end + 16)
    start = payload_start_of(content)
    body = content[: end - old] + index
    size = fields.get("size", len(body) - start + TRAILER_SIZE)
    trailer = TRAILER_MAGIC + struct.pack("<QQI", size, fields.get("index_size", len(index)), zlib.crc32(index))
    return body + trailer + struct.pack("<I", zlib.crc32(trailer))


def payload_start_of(content: bytes) -> int:
    (size,) = struct.unpack_from("<Q", content, len(content) - TRAILER_SIZE + 8)
    return len(content) - int(size)


def test_index_with_wrong_numbers_but_right_checksums(make_one: Maker, tmp_path: Path) -> None:
    built = make_one(
        {"a.py": "print('[1] 1')"},
        [script("a.py")],
        distributions=DISTRIBUTIONS,
        only=("encodings", "encodings.aliases", "encodings.utf_8"),
    )
    content = built.path.read_bytes()
    end = len(content) - TRAILER_SIZE
    (index_size,) = struct.unpack_from("<Q", content, end + 16)
    index = content[end - index_size : end]
    source = random.Random(13)
    path = tmp_path / "a"
    for round_ in range(150):
        changed = bytearray(index)
        for _ in range(1 + round_ % 3):
            place = source.randrange(0, min(len(index), 900) // 4) * 4
            struct.pack_into(
                "<I",
                changed,
                place,
                source.choice([0, 1, 0xFFFFFFFF, 0x7FFFFFFF, source.randrange(2 * len(index)), source.randrange(1 << 32)]),
            )
        path.write_bytes(resealed(content, bytes(changed)))
        path.chmod(0o755)
        ran = built.run(program=path)
        assert ran.returncode >= 0, (round_, ran.returncode, ran.stderr)
    for size, index_length in (
        (0, 0),
        (1 << 63, 8),
        (len(content) * 2, 8),
        (TRAILER_SIZE, 1 << 62),
        (200, 150),
        (ALIGNMENT, 127),
        (ALIGNMENT, 129),
    ):
        path.write_bytes(resealed(content, index, size=size, index_size=index_length))
        assert built.run(program=path).returncode == DAMAGED


def test_without_proc_it_finds_itself_by_its_path(make_one: Maker) -> None:
    """In a mount namespace whose /proc is empty; where the system allows that."""
    import subprocess

    built = make_one({"a.py": "import sys; print(sys.executable)"}, [script("a.py")])
    command = ["unshare", "-rm", "sh", "-c", f"mount -t tmpfs none /proc && cd {built.folder} && ./a"]
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode != 0 and ("unshare" in ran.stderr or "mount" in ran.stderr):
        pytest.skip(f"namespaces are not allowed here: {ran.stderr.strip()}")
    assert ran.stdout == f"{built.path}\n", ran.stderr
