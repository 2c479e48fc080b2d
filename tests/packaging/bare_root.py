"""A root file system with glibc and nothing else, and programs run in it: no Python, no system libraries, no home."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from pybuild.package.search import LibrarySearch, system_libraries

_DESKTOP = ("libX", "libGL", "libEGL", "libOpenGL", "libICE", "libSM", "libg")
_ENTER = 'root="$1"; shift; mount --rbind /proc "$root/proc" && mount --rbind /dev "$root/dev" && exec chroot "$root" "$@"'


def make_root(folder: Path) -> Path:
    """Fill `folder` with glibc's and gcc's run-time libraries of this machine, at their places."""
    for name in ("proc", "dev", "tmp", "opt", "etc", "work"):
        (folder / name).mkdir(parents=True)
    (folder / "tmp").chmod(0o1777)
    search = LibrarySearch(multiarch=f"{platform.machine()}-linux-gnu")
    for soname in sorted(system_libraries()):
        if soname.startswith(_DESKTOP) and not soname.startswith("libgcc"):
            continue
        found = next(iter(search.candidates(soname, [], [])), None)
        places = [found] if found else []
        if soname.startswith("ld"):
            places += [path for path in (Path("/lib64", soname), Path("/lib", soname)) if path.is_file()]
        for place in places:
            copy = folder / place.relative_to("/")
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(place.resolve(), copy)
            copy.chmod(0o755)
    return folder


def enter(root: Path, command: Sequence[str], *, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run `command` with `root` as the root of the file system, in a mount namespace of its own."""
    unshare = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    return subprocess.run(
        [*unshare, "sh", "-c", _ENTER, "enter", str(root), *command],
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )


def why_not(root: Path) -> str:
    """Empty if programs can be run in `root`, else the reason."""
    if shutil.which("unshare") is None:
        return "there is no unshare"
    loader = next((path for path in root.rglob("ld*.so*")), None)
    if loader is None:
        return "no dynamic linker was found"
    done = enter(root, ["/" + str(loader.relative_to(root)), "--version"])
    return "" if done.returncode == 0 else f"this user may not change the root: {done.stderr.strip()}"
