"""Real wheels: their extension modules and bundled libraries, stripped and edited, are loaded from the folder and do their work."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pybuild.package.elf import parse
from tests.packaging.sample_plans import Sample

pytestmark = pytest.mark.slow

CASES = {
    "numpy": "import numpy as np; a = np.arange(9.0).reshape(3, 3) + np.eye(3); print(round(float(np.linalg.det(a)), 6))",
    "pillow": (
        "import io; from PIL import Image; b = io.BytesIO(); Image.new('RGB', (8, 8), 'red').save(b, 'JPEG'); "
        "print(Image.open(io.BytesIO(b.getvalue())).size)"
    ),
    "lxml": "from lxml import etree; print(etree.fromstring('<a><b>1</b></a>').xpath('//b/text()'))",
    "cryptography": (
        "from cryptography.hazmat.primitives import hashes; h = hashes.Hash(hashes.SHA256()); h.update(b'x'); print(h.finalize().hex())"
    ),
}


def site_packages(python: Path) -> Path:
    code = "import sysconfig; print(sysconfig.get_path('platlib'))"
    return Path(subprocess.check_output([python, "-I", "-c", code], text=True).strip())


def add_everything(sample: Sample, site: Path) -> None:
    """All of site-packages: shared objects outside `*.libs` as extension modules, other files as data; bundled libraries not at all."""
    for path in sorted(site.rglob("*")):
        target = path.relative_to(site).as_posix()
        if not path.is_file() or path.suffix == ".pyc" or target.split("/")[0] in ("pip", "setuptools", "pkg_resources", "_distutils_hack"):
            continue
        if ".libs/" in target:
            continue
        if path.name.endswith(".so"):
            sample.extensions.append((target.removesuffix(".so").replace("/", "."), path, target))
        else:
            sample.data.append((path, target))


@pytest.mark.parametrize("name", list(CASES))
def test_a_wheel_works_from_the_folder(sample: Sample, environment: Callable[..., Path], name: str) -> None:
    python = environment(name)
    site = site_packages(python)
    add_everything(sample, site)
    result = sample.package()
    assert sample.progress.warnings == []
    for path in result.files:
        if path.suffix == ".so" or ".so." in path.name:
            facts = parse(path.read_bytes())
            assert (
                facts.elf
                and all(part.startswith("$ORIGIN") for part in (facts.rpath + facts.runpath).split(":") if part)
                and not facts.symbols
            ), path
    start = [python, "-I", "-S", "-B", "-c"]
    expected = subprocess.check_output([python, "-I", "-B", "-c", CASES[name]], text=True)
    assert subprocess.check_output([*start, f"import sys; sys.path.insert(0, {str(result.path)!r}); {CASES[name]}"], text=True) == expected
