"""The way onto the disk: the previous result stays whole on any failure, and nothing that is not ours is ever lost."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pybuild.errors import BuildFailure, UserError
from pybuild.package import program, publish
from pybuild.package.publish import staging
from pybuild.resolve.model import Mode
from tests.packaging.elf_samples import library
from tests.packaging.sample_plans import Sample, tree

BOTH = pytest.mark.parametrize("mode", list(Mode))


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


@BOTH
def test_two_builds_in_two_folders_are_equal_to_the_last_byte(sample: Sample, mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in modes and times, whatever the umask and the times of the sources."""
    sample.mode, sample.aliases = mode, ("hi", "ho")
    (sample.project / "data.txt").write_text("data")
    sample.data.append((sample.project / "data.txt", "data/x.txt"))
    sample.package()
    first = tree(sample.output)
    os.utime(sample.project / "data.txt", (1, 1))
    sample.changes = {"output_dir": sample.folder / "elsewhere"}
    previous = os.umask(0o077)
    try:
        sample.package()
    finally:
        os.umask(previous)
    second = tree(sample.folder / "elsewhere")
    if mode is Mode.ACCELERATED:  # links beside the program: their own times are nobody's business
        first, second = ({name: content for name, (_, content) in found.items()} for found in (first, second))
    assert first == second


def test_two_projects_in_two_folders_are_equal_to_the_last_byte(tmp_path: Path, launcher: Path) -> None:
    """Where the project lies is in the file that the libraries are made from, and not in what is shipped."""
    found = []
    for place in ("one", "another/deeper"):
        sample = Sample(tmp_path / place, launcher)
        sample.project.mkdir(parents=True)
        module = library(tmp_path / "site/outer.so", run_path=str(tmp_path / "site/lib"), flags=["-g"])
        sample.extensions.append(("outer", module, "outer.so"))
        sample.package()
        found.append(tree(sample.output))
    assert found[0] == found[1]


def test_source_date_epoch_is_the_time_of_everything(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    result = sample.package()
    assert {int(path.lstat().st_mtime) for path in (result.path, *result.files)} == {1_000_000_000}


def test_a_changed_program_of_the_same_size_has_another_time(sample: Sample) -> None:
    """rsync and its like compare size and time only."""
    before = sample.package().executable.stat()
    sample.text = "print('hallo')\n"
    after = sample.package().executable.stat()
    assert before.st_size == after.st_size and before.st_mtime != after.st_mtime


@BOTH
def test_the_result_lists_all_that_was_written(sample: Sample, mode: Mode) -> None:
    sample.mode, sample.aliases = mode, ("hi",)
    (sample.project / "data.txt").write_text("data")
    sample.data.append((sample.project / "data.txt", "data/x.txt"))
    result = sample.package()
    assert set(result.files) == {path for path in sample.output.rglob("*") if path.is_symlink() or path.is_file()}
    assert result.executable.name == "hello" and [link.name for link in result.links] == ["hi"]
    assert result.size == sum(path.lstat().st_size for path in result.files if mode is Mode.STANDALONE or not path.is_symlink())


def test_what_a_former_build_made_is_gone(sample: Sample) -> None:
    (sample.project / "data.txt").write_text("data")
    sample.data.append((sample.project / "data.txt", "data/x.txt"))
    sample.aliases = ("hi",)
    sample.package()
    sample.data.clear()
    sample.aliases = ()
    folder = sample.package().path
    assert sorted(path.name for path in folder.iterdir()) == [".pybuild", "hello"]


def test_accelerated_removes_the_links_of_former_entry_points_only(sample: Sample) -> None:
    sample.mode, sample.aliases = Mode.ACCELERATED, ("hi", "ho")
    sample.package()
    (sample.output / "mine").symlink_to("hello")
    sample.aliases = ("ho",)
    sample.package()
    assert sorted(path.name for path in sample.output.iterdir()) == ["hello", "ho", "mine"]


def test_another_default_entry_point_takes_the_place_of_its_link(sample: Sample) -> None:
    sample.mode, sample.aliases = Mode.ACCELERATED, ("hi",)
    sample.package()
    entry = sample.plan().entry_points[0]
    sample.changes = {"executable_name": "hi", "entry_points": (replace(entry, name="hi", aliases=("hello",)),)}
    sample.package()
    assert not (sample.output / "hi").is_symlink() and (sample.output / "hello").readlink() == Path("hi")


@BOTH
def test_a_full_disk_leaves_the_previous_result_whole(sample: Sample, mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    sample.mode = mode
    sample.package()
    before = tree(sample.output)
    sample.text = "print('changed')\n"

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(program.shutil, "copyfile", full)
    with pytest.raises(BuildFailure, match="no space left"):
        sample.package()
    assert tree(sample.output) == before


FULL_DISK = """
import sys
from pathlib import Path
from pybuild.errors import BuildFailure
from tests.packaging.sample_plans import Sample, tree

folder, launcher, disk = map(Path, sys.argv[1:])
sample = Sample(folder, launcher, changes={"output_dir": disk / "out"})
sample.project.mkdir()
sample.package()
before = tree(disk / "out")
(folder / "large").write_bytes(bytes(1_000_000))
sample.data.append((folder / "large", "large"))
try:
    sample.package()
except BuildFailure as failure:
    print(failure)
assert tree(disk / "out") == before
"""


def test_a_disk_that_is_really_full_leaves_the_previous_result_whole(tmp_path: Path, launcher: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    unshare = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    mount = 'mount -t tmpfs -o size=500k tmpfs "$1"'
    if subprocess.run([*unshare, "sh", "-c", mount, "sh", disk], capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    program = [sys.executable, "-c", FULL_DISK, tmp_path, launcher, disk]
    command = [*unshare, "sh", "-c", f'{mount}; shift; exec "$@"', "sh", disk, *program]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert (done.returncode, done.stdout) == (0, f"no space left on the disk of {disk / 'out'}\n"), done.stderr


@BOTH
def test_a_limit_on_file_sizes_leaves_the_previous_result_whole(sample: Sample, mode: Mode) -> None:
    """The real thing: the kernel refuses to write on."""
    sample.mode = mode
    sample.package()
    before = tree(sample.output)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(BuildFailure, match="writing the result failed"):
            sample.package()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert tree(sample.output) == before


@BOTH
def test_an_interrupt_leaves_the_previous_result_whole(sample: Sample, mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    sample.mode = mode
    sample.package()
    before = tree(sample.output)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "set_time", interrupted)
    with pytest.raises(KeyboardInterrupt):
        sample.package()
    assert tree(sample.output) == before


def test_the_folder_of_a_killed_build_is_swept_and_that_of_a_living_one_is_not(sample: Sample) -> None:
    sample.output.mkdir()
    code = (
        "import sys, pathlib\nfrom pybuild.package.publish import staging\n"
        "with staging(pathlib.Path(sys.argv[1])) as folder:\n"
        "    (folder / 'half').write_text('written'); print(folder, flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, sample.output], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout is not None
        hidden = Path(build.stdout.readline().strip())
        sample.package()
        assert (hidden / "half").is_file()
        build.kill()
        build.wait()
        assert (hidden / "half").is_file()
        sample.package()
        assert not hidden.exists()


def test_a_running_program_can_be_replaced(sample: Sample, tmp_path: Path) -> None:
    sample.launcher = Path("/bin/cat")
    executable = sample.package().executable
    with subprocess.Popen([executable], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        sample.text = "print('changed')\n"
        sample.package()
        assert running.communicate("still here")[0] == "still here"


def test_without_an_exchanging_rename_the_folder_is_replaced_in_two(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    sample.package()
    monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    sample.aliases = ("hi",)
    sample.package()
    assert sorted(path.name for path in (sample.output / "hello.dist").iterdir()) == [".pybuild", "hello", "hi"]
    assert leftovers(sample.output) == []


def test_the_old_folder_comes_back_when_the_second_rename_fails(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    sample.package()
    before = tree(sample.output)
    monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "hello.dist" and target.parent == sample.output and self.parent.name.startswith("."):
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(BuildFailure):
        sample.package()
    assert tree(sample.output) == before


def test_files_that_others_put_into_the_folder_move_on(sample: Sample) -> None:
    folder = sample.package().path
    (folder / "state").mkdir()
    (folder / "state/user.db").write_text("precious")
    (folder / "link").symlink_to("state")
    sample.aliases = ("hi",)
    result = sample.package()
    assert (folder / "state/user.db").read_text() == "precious"
    assert (folder / "link").readlink() == Path("state")
    assert not {folder / "state/user.db", folder / "link"} & set(result.files)
    sample.package()
    assert (folder / "state/user.db").read_text() == "precious"


def test_a_file_of_somebody_else_is_not_replaced_by_a_new_one(sample: Sample) -> None:
    folder = sample.package().path
    (folder / "hi").write_text("precious")
    sample.aliases = ("hi",)
    with pytest.raises(UserError, match="was not made by pybuild"):
        sample.package()
    assert (folder / "hi").read_text() == "precious"


def test_a_folder_that_pybuild_has_not_made_is_refused(sample: Sample) -> None:
    folder = sample.output / "hello.dist"
    folder.mkdir(parents=True)
    (folder / "thesis.tex").write_text("precious")
    with pytest.raises(UserError, match=r"hello\.dist was not made by pybuild"):
        sample.package()
    assert sorted(path.name for path in folder.iterdir()) == ["thesis.tex"]
    assert leftovers(sample.output) == []


def test_an_empty_folder_is_not_in_the_way(sample: Sample) -> None:
    (sample.output / "hello.dist").mkdir(parents=True)
    assert sample.package().executable.is_file()


@pytest.mark.parametrize(("mode", "name"), [(Mode.STANDALONE, "hello.dist"), (Mode.ACCELERATED, "hello"), (Mode.ACCELERATED, "hi")])
def test_a_file_in_the_way_is_refused(sample: Sample, mode: Mode, name: str) -> None:
    sample.mode, sample.aliases = mode, ("hi",)
    sample.output.mkdir()
    (sample.output / name).write_text("precious")
    with pytest.raises(UserError, match=name):
        sample.package()
    assert [(path.name, path.read_text()) for path in sample.output.iterdir()] == [(name, "precious")]


def test_a_folder_in_the_way_of_the_program_is_refused(sample: Sample) -> None:
    sample.mode = Mode.ACCELERATED
    (sample.output / "hello").mkdir(parents=True)
    with pytest.raises(UserError, match="is a folder"):
        sample.package()


@pytest.mark.parametrize("below", ["", "deeper/still"])
def test_an_output_folder_that_is_a_file_is_the_users_mistake(sample: Sample, below: str) -> None:
    sample.output.write_text("precious")
    sample.changes = {"output_dir": sample.output / below}
    with pytest.raises(UserError, match=f"{sample.output} is a file"):
        sample.package()
    assert sample.output.read_text() == "precious"


def test_an_output_folder_that_cannot_be_written_is_the_users_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> str:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(tmp_path / ".pybuild-x.tmp"))

    monkeypatch.setattr(publish.tempfile, "mkdtemp", refused)
    with pytest.raises(UserError, match="cannot be written: Permission denied"), staging(tmp_path):
        pass


def test_an_output_folder_on_a_read_only_file_system_is_the_users_mistake(sample: Sample) -> None:
    sample.changes = {"output_dir": Path("/proc/sys/pybuild")}
    with pytest.raises((UserError, BuildFailure), match="/proc/sys"):
        sample.package()


def test_a_data_file_that_vanished_is_named(sample: Sample) -> None:
    sample.data.append((sample.project / "gone.txt", "gone.txt"))
    with pytest.raises(BuildFailure, match=r"cannot read .*gone\.txt"):
        sample.package()
