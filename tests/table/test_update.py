"""A run over papers: what reaches the queue, in which order, and that a second run adds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from table_helpers import document, record, row

from extractor.curation.comparison import Comparison
from extractor.curation.proposals import Proposal
from extractor.curation.queue import Queue
from extractor.curation.update import Summary, Update, comparer_of, score

ROWS = [
    row("1", "CAF | miR-21 | breast cancer cell | PTEN", "decreases", "100"),
    row("2", "TAM | miR-223 | breast cancer cell | –", pmid="200"),
]
STANDING = "CAF | miR-21 | breast cancer cell | PTEN"
NEW = "monocytes | miR-7 | EC | KLF4"
MADE_BY = {"evmir": "1", "model": "m", "lexicons": "l", "rules": "r"}


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Queue]:
    with Queue(tmp_path / "q.sqlite") as opened:
        yield opened


def run(queue: Queue, *papers: tuple[str, str], again: bool = False, flags: tuple[str, ...] = ()) -> Summary:
    """Each paper is (PMID, the one statement that it makes)."""
    work = Update(comparer_of(ROWS, ()), queue, MADE_BY, again=again)
    for pmid, statement in papers:
        text = document(statement, pmid, flags)
        if work.wants(text):
            work.take(text, [record(statement, "decreases", pmid, flags=list(flags))])
    return work.finish()


def shown(proposals: tuple[Proposal, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(p.doc_id, p.status, p.rows) for p in proposals]


def test_what_is_worth_a_decision_is_queued_by_rank(queue: Queue) -> None:
    papers = (
        ("300", STANDING),
        ("100", STANDING),
        ("400", NEW),
        ("500", "CAF | miR-21 | breast cancer cell | TLR4"),
    )
    summary = run(queue, *papers)
    expected = [("400", "new row", ()), ("500", "conflict", ("1",)), ("300", "new evidence", ("1",))]
    assert shown(summary.new) == shown(queue.proposals()) == expected
    assert summary.found == {"new row": 1, "conflict": 1, "new evidence": 1, "already there": 1}
    assert (summary.documents, summary.screened_before, summary.known) == (4, 0, 0)


def test_the_same_run_twice_adds_nothing(queue: Queue) -> None:
    papers = (("300", STANDING), ("400", NEW))
    before = (run(queue, *papers), queue.proposals())[1]
    second = run(queue, *papers)
    assert (second.documents, second.screened_before, second.new) == (0, 2, ())
    assert queue.proposals() == before
    third = run(queue, *papers, again=True)
    assert (third.documents, third.screened_before, third.known, third.new) == (2, 0, 2, ())
    assert queue.proposals() == before


def test_a_run_that_is_stopped_keeps_what_came_before(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.curation.update.BATCH", 2)
    work = Update(comparer_of(ROWS, ()), queue, MADE_BY)
    for pmid in ("300", "400", "500"):
        work.take(document(NEW, pmid), [record(NEW, "decreases", pmid)])
    assert sorted(p.doc_id for p in queue.proposals()) == ["300", "400"]
    assert [queue.screened(pmid, document(NEW).text) for pmid in ("300", "400", "500")] == [True, True, False]


def test_another_text_of_a_paper_is_asked(queue: Queue) -> None:
    run(queue, ("400", NEW))
    summary = run(queue, ("400", "monocytes | miR-8 | EC | KLF4"))
    assert (summary.documents, len(summary.new)) == (1, 1)


def test_two_texts_of_one_id_keep_their_own_proposals(queue: Queue) -> None:
    run(queue, ("400", NEW), ("400", "dendritic cells | miR-8 | EC | KLF4"))
    for proposal in queue.proposals():
        text = queue.document_of(proposal.proposal_id).text
        donor = proposal.record["donor"]
        assert text[donor["start"] : donor["end"]] == donor["text"]
    assert len(queue.proposals()) == 2


def test_a_retracted_paper_is_one_question_where_the_table_rests_on_it(queue: Queue) -> None:
    work = Update(comparer_of(ROWS, ()), queue, MADE_BY)
    flags = ("retracted",)
    both = [record(s, "decreases", "100", flags=list(flags)) for s in (NEW, STANDING)]
    work.take(document(STANDING, "100", flags), both)
    work.take(document(NEW, "900", flags), [record(NEW, "decreases", "900", flags=list(flags))])
    summary = work.finish()
    assert summary.retracted == {"100": ("1",)}
    assert shown(summary.new) == [("100", "retracted", ("1",))]
    assert summary.found == {"retracted": 3}


def test_a_retraction_is_seen_although_the_text_is_the_same(queue: Queue) -> None:
    run(queue, ("100", STANDING), ("400", NEW))
    queue.decide(queue.proposals()[0].proposal_id, "ann", "accept")
    rows = [*ROWS, row("3", NEW, "decreases", "400")]
    for new, statement in ((1, NEW), (0, STANDING)):
        work = Update(comparer_of(rows, ()), queue, MADE_BY)
        paper = document(statement, "400", ("retracted",))
        assert work.wants(paper)  # the second time for its other text
        work.take(paper, [record(statement, "decreases", "400", flags=["retracted"])])
        assert len(work.finish().new) == new
    assert shown(queue.proposals())[0] == ("400", "retracted", ("3",))
    assert not Update(comparer_of(rows, ()), queue, MADE_BY).wants(paper)


def test_a_row_that_says_it_is_retracted_is_not_asked_about(queue: Queue) -> None:
    run(queue, ("100", STANDING))
    paper = document(STANDING, "100", ("retracted",))
    marked = [replace(r, status=status) for r in ROWS for status in ("retracted", "withdrawn")]
    assert not Update(comparer_of(marked, ()), queue, MADE_BY).wants(paper)
    assert Update(comparer_of(ROWS, ()), queue, MADE_BY).wants(paper)
    assert not Update(comparer_of(ROWS[1:], ()), queue, MADE_BY).wants(paper)


def test_what_waits_of_a_retracted_paper_is_told_so(queue: Queue) -> None:
    run(queue, ("400", NEW))
    run(queue, ("400", NEW), again=True, flags=("retracted",))
    (proposal,) = queue.proposals()
    assert (proposal.status, proposal.why) == ("retracted", "the paper was retracted since")
    run(queue)
    assert queue.proposals() == (proposal,)


def test_a_retracted_paper_without_relations_is_told(queue: Queue) -> None:
    work = Update(comparer_of(ROWS, ()), queue, MADE_BY)
    work.take(document(NEW, "200", ("retracted",)), [])
    assert work.finish().retracted == {"200": ("2",)}


def test_every_record_says_what_made_it(queue: Queue) -> None:
    run(queue, ("400", NEW))
    assert [p.record["made_by"] for p in queue.proposals()] == [MADE_BY]


def test_what_waits_is_held_against_the_table_of_today(queue: Queue) -> None:
    run(queue, ("400", NEW))
    later = Update(comparer_of([*ROWS, row("3", NEW, "decreases", "999")], ()), queue, MADE_BY)
    assert later.finish().restated == 1
    assert shown(queue.proposals()) == [("400", "new evidence", ("3",))]
    queue.decide(queue.proposals()[0].proposal_id, "ann", "accept")
    assert Update(comparer_of(ROWS, ()), queue, MADE_BY).finish().restated == 0


def test_a_run_that_dies_before_the_papers_are_marked_adds_nothing_when_repeated(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Queue, "mark_screened", die)
        run(queue, ("400", NEW))
    assert len(queue.proposals()) == 1
    summary = run(queue, ("400", NEW))
    assert (summary.documents, summary.known, summary.new) == (1, 1, ())


@pytest.mark.parametrize(
    ("status", "rows", "novelty", "expected"),
    [
        ("new row", (), 1.0, 0.8),
        ("new row", (), 0.0, 0.4),
        ("conflict", ("1",), 0.5, 0.54),
        ("new evidence", ("1",), 0.0, 0.2),
        ("retracted", ("1",), 0.0, 1.0),
    ],
)
def test_the_rank(status: str, rows: tuple[str, ...], novelty: float, expected: float) -> None:
    assert score(0.8, status, Comparison(status, rows, "", novelty)) == expected  # type: ignore[arg-type]
