"""A package in a zip archive that a `.pth` file puts on the search path: built, and run without it."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

from tests.end_to_end.support import Pybuild, Python, execute


def test_a_package_in_an_egg_is_in_the_program(pybuild: Pybuild, python: Python, tmp_path: Path) -> None:
    environment, project = tmp_path / "venv", tmp_path / "project"
    subprocess.run([python.executable, "-m", "venv", "--without-pip", environment], check=True)
    packages = environment / "lib" / f"python{python.version}" / "site-packages"
    egg = packages / "acme-1.0.egg"
    with zipfile.ZipFile(egg, "w") as archive:
        archive.writestr("acme/__init__.py", "from .inner import value\nfrom . import deep\n")
        archive.writestr("acme/inner.py", "value = 42\n")
        archive.writestr("acme/deep/__init__.py", "def fail():\n    raise ValueError('deep')\n")
    (packages / "acme.pth").write_text("./acme-1.0.egg\n")
    project.mkdir()
    (project / "main.py").write_text(
        "import acme, os\nprint(acme.value, os.path.basename(acme.__file__), acme.deep.__name__)\nacme.deep.fail()\n"
    )
    built = pybuild.build("--python", environment / "bin" / "python", "main.py", folder=project)
    egg.rename(tmp_path / "gone")
    program = Path(str(built["executable"]))
    ran = execute([program])
    assert ran.out == "42 __init__.py acme.deep\n"
    assert f'File "{program.parent}/acme/deep/__init__.py", line 2, in fail' in ran.err
    assert str(pybuild.cache).encode() not in program.read_bytes()
