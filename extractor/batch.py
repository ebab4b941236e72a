"""Many documents: the same work on each, in input order, in this process or in several.

Memory stays bounded: at most a few chunks of documents a worker are under way, whatever the input's
length. A document on which the work fails, or on which a worker dies, costs that document alone.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Generic, TypeVar

from extractor.types import Document

T = TypeVar("T")

CHUNK: Final = 8
"""Documents sent to a worker at once: enough to hide the cost of sending, few enough to stop quickly."""
AHEAD: Final = 3
"""Chunks a worker that may be under way or waiting for an earlier one to be handed out."""


@dataclass(frozen=True)
class Result(Generic[T]):
    """What became of one document: a value, or the reason why there is none."""

    document: Document
    value: T | None = None
    problem: str | None = None


Work = Callable[[Document], T]


def run(
    documents: Iterable[Document], make_work: Callable[[], Work[T]], jobs: int = 1
) -> Iterator[Result[T]]:
    """``make_work()(document)`` for each document, as they come, in their order.

    ``make_work`` builds what is costly (a pipeline) once in every process, when the first document
    arrives; with ``jobs`` above 1 it and the values must be picklable. An exception of ``make_work``
    is raised as it is; one of the work on a document becomes that Result's ``problem``.
    """
    if jobs < 1:
        raise ValueError(f"jobs must be at least 1, not {jobs}")
    if jobs == 1:
        return _run_here(documents, make_work)
    return _run_in_processes(documents, make_work, jobs)


def _run_here(documents: Iterable[Document], make_work: Callable[[], Work[T]]) -> Iterator[Result[T]]:
    work: Work[T] | None = None
    for document in documents:
        work = work or make_work()
        yield _attempt(work, document)


def _attempt(work: Work[T], document: Document) -> Result[T]:
    try:
        return Result(document, work(document))
    except Exception as error:  # noqa: BLE001 - the boundary: no single text may stop a run over millions
        return Result(document, problem=f"the extractor failed on it ({type(error).__name__}: {error})")


def _run_in_processes(
    documents: Iterable[Document], make_work: Callable[[], Work[T]], jobs: int
) -> Iterator[Result[T]]:
    stream = iter(documents)
    chunks = iter(lambda: list(islice(stream, CHUNK)), [])
    pool = _Pool(make_work, jobs)
    waiting: deque[tuple[list[Document], Future[list[Result[T]]]]] = deque()
    try:
        while True:
            for chunk in islice(chunks, jobs * AHEAD - len(waiting)):
                waiting.append((chunk, pool.submit(chunk)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            yield from pool.settle(chunk, future)
    finally:
        pool.close()


class _Pool(Generic[T]):
    """Worker processes that are replaced when one dies, which breaks all work under way."""

    def __init__(self, make_work: Callable[[], Work[T]], jobs: int) -> None:
        self._make_work = make_work
        self._jobs = jobs
        self._executor = self._start(jobs)

    def submit(self, chunk: list[Document]) -> Future[list[Result[T]]]:
        try:
            return self._executor.submit(_work_on, chunk)
        except BrokenProcessPool:
            self.close()
            self._executor = self._start(self._jobs)
            return self._executor.submit(_work_on, chunk)

    def settle(self, chunk: list[Document], future: Future[list[Result[T]]]) -> list[Result[T]]:
        """The chunk's results; when a worker died, its documents one by one to find which is to blame."""
        try:
            return future.result()
        except BrokenProcessPool:
            return list(self._one_by_one(chunk))

    def close(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _one_by_one(self, chunk: list[Document]) -> Iterator[Result[T]]:
        executor = self._start(1)
        for document in chunk:
            try:
                yield executor.submit(_work_on, [document]).result()[0]
            except BrokenProcessPool:
                yield Result(document, problem="the process that worked on it died (out of memory?)")
                executor.shutdown()
                executor = self._start(1)
        executor.shutdown()

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        # Spawned, not forked: the same on every system, and no thread of ours is copied half-way.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(jobs, mp_context=context, initializer=_set_up, initargs=(self._make_work,))


# One slot a worker process: how an initializer hands something to the tasks that follow it.
_worker: dict[str, Any] = {}


def _set_up(make_work: Callable[[], Work[Any]]) -> None:
    """Leaves Ctrl-C to the parent, which then ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker.clear()
    _worker["make"] = make_work


def _work_on(chunk: list[Document]) -> list[Result[Any]]:
    if "work" not in _worker:  # here rather than in _set_up, where an exception would only break the pool
        _worker["work"] = _worker["make"]()
    return [_attempt(_worker["work"], document) for document in chunk]
