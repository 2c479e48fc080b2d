"""Libraries are found where the dynamic linker would find them, without asking it."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from pybuild.package.search import LibrarySearch, parse_loader_cache, run_path_folders, system_libraries


def loader_cache(entries: list[tuple[str, str, int]]) -> bytes:
    """An ld.so.cache with (soname, path, hardware capabilities)."""
    strings = b""
    places = []
    table = 48 + 24 * len(entries)
    for soname, path, _ in entries:
        places.append((table + len(strings), table + len(strings) + len(soname) + 1))
        strings += soname.encode() + b"\0" + path.encode() + b"\0"
    header = struct.pack("=20sII20x", b"glibc-ld.so.cache1.1", len(entries), len(strings))
    rows = (struct.pack("=iIIIQ", 0x303, *place, 0, entry[2]) for place, entry in zip(places, entries, strict=True))
    return header + b"".join(rows) + strings


def test_the_cache_is_read_without_the_variants_for_newer_processors() -> None:
    data = loader_cache([("liba.so.1", "/x/v3/liba.so.1", 1 << 62), ("liba.so.1", "/x/liba.so.1", 0), ("libb.so", "/y/libb.so", 0)])
    assert list(parse_loader_cache(data)) == [("liba.so.1", Path("/x/liba.so.1")), ("libb.so", Path("/y/libb.so"))]


def test_a_cache_behind_the_older_format_is_found() -> None:
    data = b"ld.so-1.7.0\0" + bytes(36) + loader_cache([("liba.so.1", "/x/liba.so.1", 0)])
    assert list(parse_loader_cache(data)) == [("liba.so.1", Path("/x/liba.so.1"))]


def test_anything_else_is_an_empty_cache(tmp_path: Path) -> None:
    assert list(parse_loader_cache(b"nonsense")) == []
    broken = tmp_path / "cache"
    broken.write_bytes(loader_cache([("liba.so.1", "/x/liba.so.1", 0)])[:60])
    assert list(LibrarySearch(loader_cache=broken).candidates("liba.so.1", [], [])) == []


@pytest.mark.skipif(not shutil.which("ldconfig", path="/sbin:/usr/sbin:/usr/bin"), reason="no ldconfig to compare with")
def test_the_systems_own_cache_is_read_as_ldconfig_reads_it() -> None:
    ldconfig = shutil.which("ldconfig", path="/sbin:/usr/sbin:/usr/bin") or ""
    told = re.findall(r"^\t(\S+) \([^)]*\) => (\S+)$", subprocess.check_output([ldconfig, "-p"], text=True), re.MULTILINE)
    assert {(name, Path(path)) for name, path in told} == set(parse_loader_cache(Path("/etc/ld.so.cache").read_bytes()))


def test_the_order_is_the_dynamic_linkers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = {name: tmp_path / name for name in ("rpath", "environment", "runpath", "cache", "extra")}
    for folder in folders.values():
        folder.mkdir()
        (folder / "liba.so").touch()
    monkeypatch.setenv("LD_LIBRARY_PATH", str(folders["environment"]))
    cache = tmp_path / "ld.so.cache"
    cache.write_bytes(loader_cache([("liba.so", str(folders["cache"] / "liba.so"), 0)]))
    search = LibrarySearch(extra=(folders["extra"],), loader_cache=cache)
    found = search.candidates("liba.so", [folders["rpath"]], [folders["runpath"]])
    assert [path.parent.name for path in found] == ["rpath", "environment", "runpath", "cache", "extra"]


def test_origin_is_the_folder_of_the_file() -> None:
    assert run_path_folders("$ORIGIN/../a.libs:${ORIGIN}:/abs::relative", Path("/site/pkg")) == (
        Path("/site/a.libs"),
        Path("/site/pkg"),
        Path("/abs"),
    )


def test_what_every_linux_has_is_known_and_what_bare_containers_lack_is_not_among_it() -> None:
    names = system_libraries()
    assert {"libc.so.6", "libm.so.6", "libgcc_s.so.1", "libstdc++.so.6", "ld-linux-x86-64.so.2", "libX11.so.6"} <= names
    assert not {"libz.so.1", "libexpat.so.1", "libcrypt.so.1", "libssl.so.3", "libnsl.so.2"} & names
