"""Small real ELF files for the packaging tests, made by the C compiler."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

CC = os.environ.get("CC", "cc")

# Loads the shared object that its first argument names and prints what its function `answer` returns: a stand-in for the
# launcher, with the run path that pybuild links it with.
LOADER = """
#include <dlfcn.h>
#include <stdio.h>
int main(int argc, char **argv)
{
    void *object = argc > 1 ? dlopen(argv[1], RTLD_NOW) : NULL;
    int (*answer)(void) = object ? (int (*)(void))dlsym(object, "answer") : NULL;
    if (!answer) {
        fprintf(stderr, "%s\\n", dlerror());
        return 1;
    }
    printf("%d\\n", answer());
    return 0;
}
"""


def compile_c(target: Path, source: str, *flags: str) -> Path:
    """Compile `source` to `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    text = target.with_name(target.name + ".c")
    text.write_text(source)
    subprocess.run([CC, "-O1", "-o", target, text, *flags], check=True, cwd=target.parent)
    text.unlink()
    return target


def library(
    target: Path,
    source: str = "int answer(void) { return 42; }",
    *,
    needs: Iterable[Path] = (),
    run_path: str = "",
    old_tag: bool = False,
    soname: str = "",
    flags: Iterable[str] = (),
) -> Path:
    """A shared object: `needs` are linked in by their sonames, `run_path` becomes DT_RUNPATH, or DT_RPATH with `old_tag`."""
    options = ["-shared", "-fPIC", f"-Wl,-soname,{soname or target.name}", "-Wl,--no-as-needed", *flags, *map(str, needs)]
    if run_path:
        options += [f"-Wl,-rpath,{run_path}", "-Wl,--disable-new-dtags" if old_tag else "-Wl,--enable-new-dtags"]
    return compile_c(target, source, *options)


def loader(target: Path) -> Path:
    """The stand-in for the launcher."""
    return compile_c(target, LOADER, "-ldl", "-Wl,-rpath,$ORIGIN/lib", "-Wl,--disable-new-dtags", "-Wl,--build-id=none")


def calls(name: str) -> str:
    """The source of a library whose `answer` is one more than what `name` returns."""
    return f"int {name}(void); int answer(void) {{ return {name}() + 1; }}"


def returns(name: str, number: int) -> str:
    """The source of a library with the function `name`."""
    return f"int {name}(void) {{ return {number}; }}"


def dynamic_section(path: Path) -> str:
    """What readelf says of it."""
    return subprocess.run(["readelf", "-dW", path], check=True, capture_output=True, text=True).stdout
