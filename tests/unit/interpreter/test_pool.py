"""The pool of workers: order, laziness, large requests, and processes that die."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pybuild.errors import BuildFailure
from pybuild.interpreter import WorkerPool
from pybuild.interpreter.process import worker_environment


@dataclass(frozen=True)
class Own:
    executable: Path = Path(sys.executable)


def requests(folder: Path, sources: list[str]) -> list[dict]:
    common = {"optimize": 0, "strip_docstrings": False}
    return [{"target": f"m{n}.py", "store": str(folder / str(n)), "blobs": (text.encode(),), **common} for n, text in enumerate(sources)]


def test_answers_come_in_the_order_of_the_requests(tmp_path: Path) -> None:
    """Though later ones are ready before: the first module is much larger."""
    sources = ["import first\n" + "x = [1, 2, 3]\n" * 5000, *(f"import m{n}\n" for n in range(40))]
    with WorkerPool(Own(), 2) as pool:
        names = [answer["scan"]["imports"][0][3] for answer in pool.map("module", requests(tmp_path, sources))]
    assert names == ["first", *(f"m{n}" for n in range(40))]


def test_large_requests_and_large_answers_at_once(tmp_path: Path) -> None:
    """More than a pipe holds, both ways: nobody may wait for the other."""
    sources = ["".join(f"import module_with_a_long_name_{n}_{k}\n" for k in range(8000)) for n in range(6)]
    with WorkerPool(Own(), 1) as pool:
        answers = list(pool.map("module", requests(tmp_path, sources)))
    assert [len(answer["scan"]["imports"]) for answer in answers] == [8000] * 6


def test_no_process_without_a_request() -> None:
    class Nowhere:
        executable = Path("/nowhere/python")

    with WorkerPool(Nowhere()) as pool:
        assert list(pool.map("module", [])) == []


def test_requests_are_taken_as_they_are_needed(tmp_path: Path) -> None:
    taken = []

    def lazily():
        for number, request in enumerate(requests(tmp_path, ["x = 1\n"] * 1000)):
            taken.append(number)
            yield request

    with WorkerPool(Own(), 2) as pool:
        next(iter(pool.map("module", lazily())))
    assert len(taken) < 1000  # how many are under way when the first answer comes is the machine's business


def test_an_abandoned_run_does_not_disturb_the_next(tmp_path: Path) -> None:
    with WorkerPool(Own(), 2) as pool:
        run = pool.map("module", requests(tmp_path, [f"import a{n}\n" for n in range(20)]))
        next(run)
        run.close()
        answers = list(pool.map("module", requests(tmp_path, ["import b\n"])))
    assert answers[0]["scan"]["imports"][0][3] == "b"


def test_a_worker_that_dies_is_told_with_its_last_words(tmp_path: Path) -> None:
    dying = tmp_path / "python"
    dying.write_text("#!/bin/sh\necho 'out of luck' >&2\nkill -9 $$\n")
    dying.chmod(0o755)
    with pytest.raises(BuildFailure, match=r"killed by signal 9.*out of luck"), WorkerPool(Own(dying)) as pool:
        pool.call("describe")


def test_the_same_process_answers_again_and_again() -> None:
    with WorkerPool(Own()) as pool:
        pool.call("find", roots=[], names=[])
        (process,) = pool._processes["query"]
        pool.call("find", roots=[], names=[])
        assert pool._processes["query"] == [process]


def test_a_failure_of_the_workers_own_code_is_a_defect() -> None:
    with pytest.raises(BuildFailure, match=r"KeyError") as caught, WorkerPool(Own()) as pool:
        pool.call("find")
    assert "report" in caught.value.diagnostics[0].hint


def test_the_workers_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("PYTHONHOME", "/somewhere")
    monkeypatch.setenv("OTHER", "kept")
    environment = worker_environment()
    assert environment["PYTHONHASHSEED"] == "0" and environment["OTHER"] == "kept"
    assert [name for name in environment if name.startswith("PYTHON")] == ["PYTHONHASHSEED"]
