"""Data files: what is found, where it goes, and that nothing leads out of the project or out of the program's folder."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from pybuild.errors import Place
from pybuild.resolve.data import DataFiles, DataRequest, collect
from pybuild.resolve.packages import Finder
from pybuild.resolve.tree import leaves_out


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def find(project: Path, *requests: DataRequest, search: tuple[Path, ...] = ()) -> DataFiles:
    return collect(requests, project, project / "dist", lambda: Finder(search, (".so",)))


def targets(project: Path, source: str, to: str) -> list[str]:
    result = find(project, DataRequest(source, to))
    assert result.diagnostics == ()
    return [str(file.target) for file in result.files]


def error(project: Path, *requests: DataRequest, search: tuple[Path, ...] = ()) -> str:
    result = find(project, *requests, search=search)
    assert len(result.diagnostics) == 1, result
    return result.diagnostics[0].message


# -- what goes where


@pytest.mark.parametrize(
    ("to", "target"),
    [
        ("share/", "share/logo.png"),
        ("share", "share"),
        ("share/.", "share/logo.png"),
        ("share/icon.png", "share/icon.png"),
        ("./", "logo.png"),
        (".", "logo.png"),
        ("a/../b/", "b/logo.png"),
        ("a//b/", "a/b/logo.png"),
    ],
)
def test_a_file_to_a_folder_keeps_its_name_and_is_renamed_otherwise(project: Path, to: str, target: str) -> None:
    put(project, "assets/logo.png")
    assert targets(project, "assets/logo.png", to) == [target]


@pytest.mark.parametrize("source", ["assets", "assets/", "./assets", "assets/img/.."])
def test_a_folder_is_taken_whole_and_its_contents_go_into_to(project: Path, source: str) -> None:
    put(project, "assets/a.txt", "assets/img/b.png", "assets/img/.hidden", "assets/.env")
    assert targets(project, source, "share") == ["share/.env", "share/a.txt", "share/img/.hidden", "share/img/b.png"]


@pytest.mark.parametrize("source", ["assets", "assets/**", "assets/**/*"])
def test_what_tools_leave_behind_is_no_data(project: Path, source: str) -> None:
    put(project, "assets/a.py", "assets/__pycache__/a.pyc", "assets/.git/config", "assets/x/.svn/entries")
    assert targets(project, source, "x/") == ["x/a.py"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("assets/*.png", ["to/a.png"]),
        ("assets/**/*.png", ["to/a.png", "to/deep/er/c.png", "to/img/b.png"]),
        ("assets/*/*.png", ["to/img/b.png"]),
        ("assets/img/*.png", ["to/b.png"]),
        ("assets/**", ["to/a.png", "to/a.txt", "to/deep/er/c.png", "to/img/b.png"]),
        ("assets/*", ["to/a.png", "to/a.txt"]),
        ("*/a.???", ["to/assets/a.png", "to/assets/a.txt"]),
        ("assets/[!a]*/*", ["to/img/b.png"]),
        ("**/er/*", ["to/assets/deep/er/c.png"]),
        ("**/img/b.png", ["to/assets/img/b.png"]),
        ("assets/.*", ["to/.hidden.png"]),
        ("assets/**/**/er/**/c.png", ["to/deep/er/c.png"]),
    ],
)
def test_a_glob_keeps_the_structure_below_its_last_literal_folder(project: Path, source: str, found: list[str]) -> None:
    put(project, "assets/a.png", "assets/a.txt", "assets/img/b.png", "assets/deep/er/c.png", "assets/.hidden.png", "assets/.dir/d.png")
    assert targets(project, source, "to/") == found


def test_case_counts_in_globs(project: Path) -> None:
    put(project, "a.PNG", "b.png")
    assert targets(project, "*.png", "./") == ["b.png"]


def test_a_file_whose_name_looks_like_a_glob_is_that_file(project: Path) -> None:
    put(project, "data[1].txt", "data1.txt")
    assert targets(project, "data[1].txt", "./") == ["data[1].txt"]


def test_files_are_sorted_by_target_whatever_the_order_of_the_tables(project: Path) -> None:
    put(project, "z.txt", "a.txt", "m/2", "m/10")
    result = find(project, DataRequest("z.txt", "./"), DataRequest("m", "m"), DataRequest("a.txt", "./"))
    assert [str(file.target) for file in result.files] == ["a.txt", "m/10", "m/2", "z.txt"]


def test_the_output_folder_is_not_data(project: Path) -> None:
    put(project, "a.txt", "dist/acme.dist/acme")
    assert targets(project, "**", "./") == ["a.txt"]


def test_an_absolute_source_may_lie_anywhere(project: Path, tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/x.dat", "elsewhere/sub/y.dat")
    assert targets(project, str(tmp_path / "elsewhere"), "d") == ["d/sub/y.dat", "d/x.dat"]
    assert targets(project, f"{tmp_path}/elsewhere/**/*.dat", "d") == ["d/sub/y.dat", "d/x.dat"]
    assert targets(project, str(tmp_path / "elsewhere/x.dat"), "d/") == ["d/x.dat"]


def test_files_taken_and_folders_listed_are_inputs(project: Path) -> None:
    put(project, "assets/a.png", "assets/img/b.png", "assets/c.txt", "other.txt")
    result = find(project, DataRequest("assets/**/*.png", "./"), DataRequest("other.txt", "./"))
    below = {path.relative_to(project).as_posix() for path in result.inputs}
    assert below == {"assets", "assets/a.png", "assets/img", "assets/img/b.png", "other.txt"}


def test_every_file_says_which_table_asked_for_it(project: Path) -> None:
    put(project, "a.txt")
    assert find(project, DataRequest("a.txt", "./", reason="pybuild.toml:31")).files[0].reason == "pybuild.toml:31"


# -- what is not there


@pytest.mark.parametrize("source", ["nothing", "nothing/*", "assets/*.jpg", "assets/**/*.jpg", "empty", "assets/?"])
def test_no_match_is_an_error(project: Path, source: str) -> None:
    put(project, "assets/ab.png")
    (project / "empty").mkdir()
    assert source in error(project, DataRequest(source, "./"))


def test_a_near_miss_is_suggested(project: Path) -> None:
    put(project, "assets/logo.png")
    assert find(project, DataRequest("assets/logp.png", "./")).diagnostics[0].hint == "did you mean 'assets/logo.png'?"
    assert find(project, DataRequest("asets/*.png", "./")).diagnostics[0].hint == "did you mean 'assets'?"


def test_all_tables_are_looked_at_before_the_errors_are_shown(project: Path) -> None:
    put(project, "a.txt")
    result = find(project, DataRequest("x", "./"), DataRequest("a.txt", "./"), DataRequest("y", "./"))
    assert [d.message for d in result.diagnostics] == ["'x' does not exist", "'y' does not exist"]


def test_an_error_points_at_the_key(project: Path) -> None:
    places = {"from": Place(project / "pybuild.toml", 7, 8), "": Place(project / "pybuild.toml", 6, 1)}
    assert find(project, DataRequest("x", "./", places=places)).diagnostics[0].place == places["from"]
    put(project, "x")
    assert find(project, DataRequest("x", "../y", places=places)).diagnostics[0].place == places[""]


def test_a_link_to_nowhere_and_a_pipe_are_errors(project: Path) -> None:
    (project / "d").mkdir()
    (project / "d/broken").symlink_to("nowhere")
    assert "leads nowhere" in error(project, DataRequest("d", "./"))
    assert "leads nowhere" in error(project, DataRequest("d/broken", "./"))
    (project / "d/broken").unlink()
    os.mkfifo(project / "d/pipe")
    assert "neither a file nor a folder" in error(project, DataRequest("d", "./"))
    assert "neither a file nor a folder" in error(project, DataRequest("d/p*", "./"))


def test_stars_beside_other_characters_are_refused(project: Path) -> None:
    put(project, "a/b.txt")
    assert "must stand alone" in error(project, DataRequest("a/**.txt", "./"))


def test_two_files_for_one_place_are_refused_with_both_named(project: Path) -> None:
    put(project, "a/x", "b/x")
    message = error(project, DataRequest("a/x", "./", reason="pybuild.toml:3"), DataRequest("b/x", "./"))
    assert "a/x" in message
    assert "b/x" in message
    assert "pybuild.toml:3" in message


def test_the_same_file_twice_is_taken_once(project: Path) -> None:
    put(project, "a/x")
    result = find(project, DataRequest("a/x", "a/"), DataRequest("a", "a"))
    assert [str(file.target) for file in result.files] == ["a/x"]
    assert result.diagnostics == ()


def test_a_file_cannot_be_the_folder_of_another(project: Path) -> None:
    put(project, "x", "d/y")
    assert "cannot be a file" in error(project, DataRequest("x", "share"), DataRequest("d", "share"))


# -- as an enemy would


@pytest.mark.parametrize(
    "to",
    [
        "..",
        "../",
        "../x",
        "a/../../x",
        "/etc/x",
        "/",
        "C:/x",
        "c:x",
        "a\\..\\..\\x",
        "..\\x",
        "a/../..",
        "./../x",
        "{HOME}/x",
        "a\nb",
        "a\x00b",
        "x" * 256,
    ],
)
def test_targets_that_would_leave_the_folder_are_refused(project: Path, to: str) -> None:
    put(project, "x")
    result = find(project, DataRequest("x", to))
    assert len(result.diagnostics) == 1
    assert result.files == ()


@pytest.mark.parametrize("source", ["../secret", "../*", "sub/../../secret", "../project/../secret", "sub/../../*", "../secre?"])
def test_relative_sources_outside_the_project_are_refused(project: Path, tmp_path: Path, source: str) -> None:
    put(tmp_path, "secret", "project/sub/x")
    assert "leads out of the project" in error(project, DataRequest(source, "./"))


def test_links_are_resolved_before_the_check(project: Path, tmp_path: Path) -> None:
    put(tmp_path, "outside/secret", "outside/deep/er")
    put(project, "d/ok")
    (project / "file").symlink_to(tmp_path / "outside/secret")
    (project / "folder").symlink_to(tmp_path / "outside")
    (project / "chain").symlink_to("folder")
    (project / "d/inner").symlink_to(tmp_path / "outside/secret")
    for source in (
        "file",
        "folder",
        "folder/*",
        "folder/secret",
        "chain/**",
        "*/secret",
        "fil?",
        "d",
        "d/*",
        "folder/../outside/secret",
        "chain/deep/**",
    ):
        assert "leads out of the project" in error(project, DataRequest(source, "./")), source


def test_a_parent_behind_a_link_is_the_links_targets_parent(project: Path, tmp_path: Path) -> None:
    """`link/../secret` is not `secret` beside the link: the system goes through the link first."""
    put(tmp_path, "outside/sub/x", "outside/secret")
    put(project, "secret")
    (project / "link").symlink_to(tmp_path / "outside/sub")
    assert "leads out of the project" in error(project, DataRequest("link/../secret", "./"))


def test_an_outside_folder_is_not_even_listed(project: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (project / "out").symlink_to(tmp_path / "outside")
    put(project, "in/x")
    result = find(project, DataRequest("**/x", "./"))
    assert "leads out of the project" in result.diagnostics[0].message
    assert tmp_path / "outside" not in result.inputs


def test_links_inside_the_project_are_followed(project: Path) -> None:
    put(project, "real/x")
    (project / "d").mkdir()
    (project / "d/link").symlink_to("../real")
    (project / "d/y").symlink_to("../real/x")
    assert targets(project, "d", "./") == ["link/x", "y"]
    assert targets(project, "d/**", "./") == ["link/x", "y"]


def test_the_project_itself_may_be_reached_through_a_link(project: Path, tmp_path: Path) -> None:
    put(project, "d/x")
    (tmp_path / "alias").symlink_to(project)
    assert targets(tmp_path / "alias", "d", "./") == ["x"]


def test_a_loop_of_links_ends_in_an_error(project: Path) -> None:
    put(project, "d/sub/x")
    (project / "d/sub/up").symlink_to("..")
    assert "leads back" in error(project, DataRequest("d", "./"))
    assert "leads back" in error(project, DataRequest("d/**/x", "./"))


def test_a_name_that_is_not_text_is_refused(project: Path) -> None:
    (project / "d").mkdir()
    try:
        os.close(os.open(os.fsencode(project / "d") + b"/\xff", os.O_CREAT | os.O_WRONLY))
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert "not UTF-8" in error(project, DataRequest("d", "./"))


# -- packages


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    put(
        folder,
        "babel/__init__.py",
        "babel/global.dat",
        "babel/locale-data/en.dat",
        "babel/locale-data/de.dat",
        "babel/core.py",
        "babel/_c.so",
    )
    put(folder, "space/part/x.txt", "module.py")
    return folder


def test_package_data_keep_their_place_in_the_package(project: Path, site: Path) -> None:
    result = find(project, DataRequest(package="babel", patterns=("locale-data/e*.dat",)), search=(site,))
    assert [(file.source, file.target) for file in result.files] == [
        (site / "babel/locale-data/en.dat", PurePosixPath("babel/locale-data/en.dat"))
    ]


def test_without_patterns_everything_but_code_is_taken(project: Path, site: Path) -> None:
    result = find(project, DataRequest(package="babel"), search=(site,))
    assert [str(file.target) for file in result.files] == ["babel/global.dat", "babel/locale-data/de.dat", "babel/locale-data/en.dat"]


def test_a_pattern_may_name_a_folder_of_the_package(project: Path, site: Path) -> None:
    result = find(project, DataRequest(package="babel", patterns=("locale-data",)), search=(site,))
    assert [str(file.target) for file in result.files] == ["babel/locale-data/de.dat", "babel/locale-data/en.dat"]


def test_what_is_left_out_adds_nothing(project: Path, site: Path) -> None:
    assert find(project, DataRequest(package="babel", exclude=("no/such/*",)), search=(site,)) == find(project)
    result = find(project, DataRequest(package="babel", exclude=("**",), patterns=("global.dat",)), search=(site,))
    assert [str(file.target) for file in result.files] == ["babel/global.dat"]


@pytest.mark.parametrize(
    ("pattern", "left_out"),
    [
        ("**", ["a.txt", ".b", "d/e/f.txt", "d/g"]),
        ("*", ["a.txt", ".b", "d/e/f.txt", "d/g"]),
        ("*.txt", ["a.txt"]),
        ("**/*.txt", ["a.txt", "d/e/f.txt"]),
        ("d", ["d/e/f.txt", "d/g"]),
        ("d/", ["d/e/f.txt", "d/g"]),
        ("d/e/**", ["d/e/f.txt"]),
        ("d/**/g", ["d/g"]),
        ("./d/g", ["d/g"]),
        ("D", []),
        ("e", []),
    ],
)
def test_what_a_pattern_leaves_out(pattern: str, left_out: list[str]) -> None:
    assert [path for path in ("a.txt", ".b", "d/e/f.txt", "d/g") if leaves_out(pattern, path)] == left_out


def test_a_namespace_package_has_data_too(project: Path, site: Path) -> None:
    result = find(project, DataRequest(package="space.part"), search=(site,))
    assert [str(file.target) for file in result.files] == ["space/part/x.txt"]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (DataRequest(package="babbel"), "is not found"),
        (DataRequest(package="module"), "a module, not a package"),
        (DataRequest(package="babel", patterns=("*.xyz",)), "matches no file"),
        (DataRequest(package="babel", patterns=("global.dat", "*.xyz")), "'*.xyz' matches no file"),
        (DataRequest(package="babel", patterns=("../module.py",)), "leads out of the package"),
        (DataRequest(package="babel", patterns=("/etc/*",)), "leads out of the package"),
        (DataRequest(package="babel", patterns=("a**",)), "must stand alone"),
        (DataRequest(package="babbel", exclude=("**",)), "is not found"),
        (DataRequest(package="babel", exclude=("../babel/**",)), "leads out of the package"),
        (DataRequest(package="babel", exclude=("a**",)), "must stand alone"),
    ],
)
def test_package_data_that_cannot_be_found(project: Path, site: Path, request_: DataRequest, message: str) -> None:
    assert message in error(project, request_, search=(site,))


def test_a_link_out_of_the_package_is_its_own_matter(project: Path, site: Path, tmp_path: Path) -> None:
    """Installed packages may be assembled of links (some installers do): there is no boundary for them."""
    put(tmp_path, "store/big.dat")
    (site / "babel/big.dat").symlink_to(tmp_path / "store/big.dat")
    result = find(project, DataRequest(package="babel", patterns=("big.dat",)), search=(site,))
    assert [str(file.target) for file in result.files] == ["babel/big.dat"]
