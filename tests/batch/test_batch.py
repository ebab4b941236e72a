"""Batches: order, isolation of failures, and bounds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from extractor.batch import AHEAD, CHUNK, Result, run
from extractor.types import Document


@pytest.fixture
def helpers(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))  # workers inherit the path
    import batch_helpers  # type: ignore[import-not-found]

    module: ModuleType = batch_helpers
    return module


def documents(*texts: str) -> list[Document]:
    return [Document(f"d{number}", text) for number, text in enumerate(texts)]


def outcome(results: Iterator[Result[int]]) -> list[tuple[str, int | None, str | None]]:
    return [(r.document.doc_id, r.value, r.problem) for r in results]


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_input_order(helpers: ModuleType, jobs: int) -> None:
    texts = ["x" * (n % 7) for n in range(50)]
    expected = [(f"d{n}", n % 7, None) for n in range(50)]
    assert outcome(run(documents(*texts), helpers.make_length, jobs)) == expected


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failing_document_is_named_and_the_rest_goes_on(helpers: ModuleType, jobs: int) -> None:
    found = outcome(run(documents("ab", "CRASH", "abc"), helpers.make_length, jobs))
    problem = "the extractor failed on it (RuntimeError: too odd)"
    assert found == [("d0", 2, None), ("d1", None, problem), ("d2", 3, None)]


def test_a_dying_worker_costs_only_the_documents_to_blame(helpers: ModuleType) -> None:
    texts = ["x"] * 60
    texts[3] = texts[5] = texts[40] = "DIE"
    found = outcome(run(documents(*texts), helpers.make_length, 2))
    assert [doc_id for doc_id, value, _ in found if value is None] == ["d3", "d5", "d40"]
    assert [problem for _, _, problem in found if problem] == [
        "the process that worked on it died (out of memory?)"
    ] * 3
    assert len(found) == 60


@pytest.mark.parametrize("jobs", [1, 2])
def test_work_that_cannot_be_built_is_the_callers_matter(helpers: ModuleType, jobs: int) -> None:
    with pytest.raises(LookupError, match="no such model"):
        list(run(documents("a"), helpers.make_nothing, jobs))


def test_nothing_is_built_for_no_documents(helpers: ModuleType) -> None:
    assert list(run([], helpers.make_nothing, 1)) == []
    assert list(run([], helpers.make_nothing, 2)) == []


def test_here_the_work_is_built_once(helpers: ModuleType) -> None:
    made: list[int] = []

    def make() -> Callable[[Document], int]:
        made.append(1)
        return lambda document: 0

    list(run(documents(*"abc"), make, 1))
    assert made == [1]


def test_a_worker_builds_once_however_many_chunks_it_gets(helpers: ModuleType) -> None:
    results = list(run(documents(*["x"] * CHUNK * 6), helpers.make_pid, 2))
    builds = {r.value for r in results}
    assert 1 <= len(builds) <= 2
    assert os.getpid() not in {pid for pid, _ in builds}  # type: ignore[misc]


@pytest.mark.parametrize(("jobs", "bound"), [(1, 1), (2, 2 * AHEAD * CHUNK)])
def test_input_is_read_only_as_far_ahead_as_needed(helpers: ModuleType, jobs: int, bound: int) -> None:
    taken = 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        while True:
            taken += 1
            yield Document(str(taken), "x")

    results = run(endless(), helpers.make_length, jobs)
    assert next(results).document.doc_id == "1"
    assert taken <= bound
    results.close()  # type: ignore[attr-defined]


def test_jobs_must_be_positive(helpers: ModuleType) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        run([], helpers.make_length, 0)
