"""Which blobs share a frame, what stays as it is, and what the cache saves."""

from __future__ import annotations

import random
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
import zstandard

from pybuild.cache import Cache
from pybuild.package.packing import KIND, Blob, Frame, Need, pack
from pybuild.package.payload import Payload, PayloadModule, encode
from pybuild.resolve.model import PythonFlags


def text_of(name: str, size: int) -> bytes:
    words = random.Random(name).choices([b"alpha", b"beta", b"gamma", b"delta", name.encode()], k=size // 5 + 1)
    return b" ".join(words)[:size]


def blob(name: str, size: int = 20_000, need: Need = Need.LATER, kind: str = "code", content: bytes | None = None, order: int = 0) -> Blob:
    data = text_of(name, size) if content is None else content
    return Blob(name, kind, need, len(data), lambda: data, order)


def packed(blobs: Sequence[Blob], cache: Cache | None = None, jobs: int = 2) -> list[Frame]:
    return list(pack(blobs, cache, jobs))


def many(count: int, need: Need = Need.LATER) -> list[Blob]:
    return [blob(f"package.module_{n}", need=need, order=n) for n in range(count)]


def test_a_frame_is_its_members_one_after_the_other() -> None:
    blobs = many(100)
    frames = packed(blobs)
    assert sorted(n for frame in frames for n in frame.members) == list(range(100))
    for frame in frames:
        content = zstandard.ZstdDecompressor().decompress(frame.data)
        assert content == b"".join(blobs[n].read() for n in frame.members)
        assert len(content) == frame.size
        assert zstandard.get_frame_parameters(frame.data).has_checksum


def test_blobs_of_different_need_or_kind_are_not_mixed() -> None:
    blobs = [blob("a", need=Need.CALL), blob("b"), blob("c", kind="source"), blob("d", kind="metadata"), blob("e", 90_000, Need.IMPORT)]
    assert sorted(frame.members for frame in packed(blobs)) == [(0,), (1,), (2,), (3,), (4,)]


def test_what_the_interpreter_starts_with_stays_as_it_is() -> None:
    assert packed([blob("encodings", 500_000, Need.START)]) == []


def test_a_small_program_unpacks_nothing_at_its_start() -> None:
    small = [blob("@hello.py", 3_000, Need.IMPORT), blob("helper", 30_000, Need.IMPORT)]
    assert packed(small) == []
    assert len(packed([*small, blob("large", 60_000, Need.IMPORT)])) == 1


def test_what_gains_little_stays_as_it_is() -> None:
    assert packed([blob("noise", content=random.Random(1).randbytes(50_000))]) == []


def test_empty_blobs_are_in_no_frame() -> None:
    assert packed([blob("empty", content=b"")]) == []


@pytest.mark.parametrize(("need", "least", "most"), [(Need.IMPORT, 256, 512), (Need.CALL, 128, 256), (Need.LATER, 384, 768)])
def test_frames_have_the_size_that_suits_the_need(need: Need, least: int, most: int) -> None:
    sizes = [frame.size for frame in packed(many(300, need))]
    assert len(sizes) > 2
    assert all(least << 10 <= size <= most << 10 for size in sizes[:-1])


def test_a_blob_that_is_larger_than_a_frame_has_its_own() -> None:
    frames = packed([blob("a", 5_000, Need.CALL), blob("b", 600_000, Need.CALL), blob("c", 5_000, Need.CALL)])
    assert (1,) in {frame.members for frame in frames}


def test_one_changed_module_changes_few_frames() -> None:
    before = {frame.data for frame in packed(many(300))}
    changed = many(300)
    changed[10] = blob("package.module_10", 20_500, order=10)
    after = {frame.data for frame in packed(changed)}
    assert len(before) > 5
    assert 1 <= len(after - before) <= 2


def test_results_do_not_depend_on_threads_or_cache(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    once = packed(many(120), cache, jobs=4)
    assert once == packed(many(120), cache) == packed(many(120), None, jobs=1)


def test_with_all_frames_in_the_cache_zstandard_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    first = packed(many(60), cache)
    monkeypatch.setitem(sys.modules, "zstandard", None)
    assert packed(many(60), cache) == first
    with pytest.raises(ImportError):
        packed(many(61), cache)


def test_a_damaged_file_of_the_cache_is_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    first = packed(many(60), cache)
    for file in (tmp_path / KIND).rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[:-7])
    assert packed(many(60), cache) == first


def test_the_payload_is_the_same_in_two_caches(tmp_path: Path) -> None:
    modules = tuple(PayloadModule(f"m{n}", f"m{n}.py", source=text_of(f"m{n}", 9_000)) for n in range(200))
    payload = Payload("standalone", "p", "1", "0", PythonFlags(), (), modules, {"x-1.dist-info": {"METADATA": text_of("x", 4_000)}})
    a = b"".join(encode(payload, lambda blobs: pack(blobs, Cache(tmp_path / "a"), 2)))
    b = b"".join(encode(payload, lambda blobs: pack(blobs, Cache(tmp_path / "b"), 1)))
    plain = b"".join(encode(payload))
    assert a == b
    assert zlib.crc32(a) != zlib.crc32(plain)
    assert len(a) < len(plain) / 2


def test_a_frame_whose_members_have_changed_is_refused() -> None:
    """A file of the cache that is not what its place said."""
    payload = Payload("standalone", "p", "1", "0", PythonFlags(), (), (PayloadModule("m", "m.py", source=bytes(1000)),))
    with pytest.raises(ValueError, match="a frame of 999 bytes"):
        list(encode(payload, lambda blobs: [Frame((0,), b"x", 999)]))
