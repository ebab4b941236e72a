"""Many requests at once, their answers in one place; what fails costs itself alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Final, TypeVar

from extractor.sources.errors import SourceError

T = TypeVar("T")
R = TypeVar("R")

AHEAD: Final = 2
"""Jobs for each worker that may be under way or waiting to be handed out."""
IN_A_ROW: Final = 3
"""Failures after each other that mean that the service is down: the rest is not asked."""


def in_threads(
    work: Callable[[T], R], jobs: Iterable[T], workers: int
) -> Iterator[tuple[T, R | SourceError]]:
    """Each job with what ``work`` made of it, or why it failed, in their order.

    After `IN_A_ROW` failures in a row the remaining jobs fail for the same reason without being tried.
    """
    stream = iter(jobs)
    waiting: deque[tuple[T, Future[R]]] = deque()
    failures: list[SourceError] = []
    executor = ThreadPoolExecutor(workers)
    try:
        while len(failures) < IN_A_ROW:
            for job in islice(stream, workers * AHEAD - len(waiting)):
                waiting.append((job, executor.submit(work, job)))
            if not waiting:
                return
            job, future = waiting.popleft()
            outcome = _outcome(future)
            failures = [*failures, outcome] if isinstance(outcome, SourceError) else []
            yield job, outcome
    finally:
        # Not waiting: a thread may be in the middle of a long pause that its session will cut short.
        executor.shutdown(wait=False, cancel_futures=True)
    for job in (*(job for job, _ in waiting), *stream):
        yield job, failures[-1]


def _outcome(future: Future[R]) -> R | SourceError:
    try:
        return future.result()
    except SourceError as error:
        return error
