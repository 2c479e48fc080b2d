"""The pool of worker processes of one interpreter; none is started before the first request.

Goes in: an operation and requests.  Comes out: answers in the order of the requests, as they become available.  Compiling is
spread over `jobs` processes that do nothing else (see `worker/serve.py`),
questions go to one process of their own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from pybuild.errors import BuildFailure
from pybuild.interpreter.process import Process
from pybuild.worker import wire

_COMPILE = ("module", "bytecode", "codes", "source_codes")
_AHEAD = 3  # requests a worker has at most, so that it need not wait for the next one


class _HasExecutable(Protocol):
    @property
    def executable(self) -> Path: ...


class WorkerPool:
    """Workers of `interpreter` (anything with an `executable`); `jobs` 0 is one for each processor.  A context manager."""

    def __init__(self, interpreter: _HasExecutable, jobs: int = 0) -> None:
        self._executable = interpreter.executable
        self._jobs = jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else jobs or os.cpu_count() or 1
        self._processes: dict[str, list[Process]] = {"query": [], "compile": []}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End all processes."""
        for role in self._processes:
            self._end(role)

    def call(self, op: str, /, **request: Any) -> dict[str, Any]:
        """The answer to one request.  Raises BuildFailure."""
        (answer,) = self.map(op, [request])
        return answer

    def map(self, op: str, requests: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """The answers to `requests`, in order.

        A request's value under "blobs" is a tuple of bytes.  Raises BuildFailure (a worker died, or its code failed).
        """
        role = "compile" if op in _COMPILE else "query"
        run = _Run(op, iter(requests), self._processes[role], self._executable, role, self._jobs if role == "compile" else 1)
        try:
            yield from run.answers()
        except GeneratorExit:
            if any(process.waiting for process in self._processes[role]):
                self._end(role)
            raise
        except BaseException:
            self._end(role)
            raise

    def _end(self, role: str) -> None:
        """End the processes of a role: what they still owe would be taken for answers to later requests."""
        processes = self._processes[role]
        while processes:
            processes.pop().close()


class _Run:
    """One `map` under way."""

    def __init__(
        self, op: str, requests: Iterator[Mapping[str, Any]], processes: list[Process], executable: Path, role: str, limit: int
    ) -> None:
        self.op, self.requests, self.processes, self.executable, self.role, self.limit = op, requests, processes, executable, role, limit
        self.sent = 0
        self.exhausted = False
        self.ready: dict[int, dict[str, Any]] = {}

    def answers(self) -> Iterator[dict[str, Any]]:
        import selectors

        given = 0
        with selectors.DefaultSelector() as selector:
            while True:
                self._feed()
                while given in self.ready:
                    yield self.ready.pop(given)
                    given += 1
                    self._feed()
                if self.exhausted and given == self.sent:
                    return
                for process in self.processes:
                    process.flush()
                    if process.waiting:
                        selector.register(process.answer_fd, selectors.EVENT_READ, process)
                    if process.out:
                        selector.register(process.request_fd, selectors.EVENT_WRITE, process)
                for key, events in selector.select():
                    if events & selectors.EVENT_READ:
                        self._receive(key.data)
                for key in list(selector.get_map().values()):
                    selector.unregister(key.fd)

    def _feed(self) -> None:
        """Give the least busy worker the next request while one has room; a further worker is started only when all have work."""
        while not self.exhausted:
            process = min(self.processes, key=lambda item: len(item.waiting), default=None)
            if (process is None or process.waiting) and len(self.processes) < self.limit:
                process = None
            elif process is not None and len(process.waiting) >= _AHEAD:
                return
            request = next(self.requests, None)
            if request is None:
                self.exhausted = True
                return
            if process is None:
                process = Process(self.executable, self.role)
                self.processes.append(process)
            header = {"op": self.op, **request}
            process.out += wire.encode(header, header.pop("blobs", ()))
            process.waiting.append(self.sent)
            self.sent += 1
            process.flush()

    def _receive(self, process: Process) -> None:
        for answer in process.receive():
            number = process.waiting.popleft()
            if "crash" in answer:
                last = answer["crash"].strip().splitlines()[-1]
                raise BuildFailure.of(
                    f"the worker of {self.executable} failed in {self.op!r}: {last}\n{answer['crash']}",
                    hint="this is a defect of pybuild: please report it",
                )
            self.ready[number] = answer
