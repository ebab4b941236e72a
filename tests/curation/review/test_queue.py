"""The queue in one process: what is added, decided, undone, settled, found, copied."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractor.curation.proposals import REASONS, corrected, proposal_id, propose
from extractor.curation.queue import AlreadyDecided, Filter, Queue, QueueError
from extractor.types import Document, Section


def ids(queue: Queue, where: Filter) -> list[str]:
    return [p.doc_id for p in queue.proposals(where)]


def test_adding_again_adds_nothing(queue: Queue, made: Any) -> None:
    proposals, documents = made.material(12)
    assert queue.count() == 12
    assert queue.add(proposals, documents) == 0
    more, texts = made.material(13)
    assert queue.add(more, texts) == 1
    assert queue.count() == 13


def test_what_comes_out_is_what_went_in(tmp_path: Path, made: Any) -> None:
    text = "A title \ud800 of odd text\nMacrophages shed miR-1 in exosomes. In endothelial cells PTEN fell."
    document = Document("x/../y", text, (Section("title", 0, 7),), "pdf", "in.pdf")
    made = propose(made.record("x/../y", text, "miR-1"), "conflict", rows=("3", "7"), score=2.5, why="odd")
    with Queue(tmp_path / "q") as queue:
        queue.add([made], [document])
    with Queue(tmp_path / "q", create=False) as queue:
        assert queue.proposal(made.proposal_id) == made
        assert queue.document("x/../y") == document


def test_a_proposal_is_the_same_whatever_the_place_and_the_confidence(made: Any) -> None:
    text = "Macrophages shed exosomes with miR-1. In endothelial cells miR-1 represses PTEN. PTEN."
    record = made.record("p1", text, "miR-1")
    later = {**record["target"], "start": text.rindex("PTEN"), "end": text.rindex("PTEN") + 4, "forms": ["x"]}
    assert proposal_id({**record, "target": later, "confidence": 0.1}) == proposal_id(record)
    for change in ({"target": None}, {"effect": "increases"}, {"negated": True}, {"doc_id": "p2"}):
        assert proposal_id({**record, **change}) != proposal_id(record)


def test_a_proposal_keeps_the_text_that_its_offsets_count_in(queue: Queue) -> None:
    (first,) = queue.proposals(Filter(doc_id="p1"))
    before = queue.document("p1")
    assert before is not None
    queue.add([], [Document("p1", "A new version.")])
    assert queue.document("p1") == Document("p1", "A new version.")
    assert queue.document_of(first.proposal_id) == before


def test_a_proposal_without_its_document_is_refused_and_nothing_is_added(queue: Queue, made: Any) -> None:
    more, texts = made.material(14)
    with pytest.raises(QueueError, match="document 'p14', which is not in the queue"):
        queue.add(more, texts[:13])
    assert queue.count() == 12
    assert queue.document("p13") is None


def test_a_document_whose_id_is_no_text_is_refused(queue: Queue) -> None:
    with pytest.raises(QueueError, match="not valid text"):
        queue.add([], [Document("p\udfff", "Text.")])


def test_screened_papers_are_known_by_their_text(queue: Queue) -> None:
    document = Document("p1", "Old text.")
    assert not queue.screened("p1", "Old text.")
    queue.mark_screened([document], "2024-01-01")
    assert queue.screened("p1", "Old text.")
    assert not queue.screened("p1", "New text.")
    assert not queue.screened("p2", "Old text.")


def test_the_highest_rank_is_asked_first_and_what_was_skipped_last(queue: Queue) -> None:
    order = []
    for verdict in ("skip", "accept", "skip", *["accept"] * 9):
        found = queue.next("ada")
        assert found is not None
        order.append(found.doc_id)
        queue.decide(found.proposal_id, "ada", verdict)  # type: ignore[arg-type]
    assert order == [f"p{n}" for n in range(1, 13)]
    again = queue.next("ada")
    assert again is not None
    assert again.doc_id == "p1"


def test_next_after_walks_down_without_deciding(queue: Queue) -> None:
    found, order = queue.next("ada"), []
    while found is not None:
        order.append(found.doc_id)
        found = queue.next("ada", after=found.proposal_id)
    assert order == [f"p{n}" for n in range(1, 13)]


def test_rerank_changes_the_order_and_nothing_else(queue: Queue) -> None:
    last = queue.proposals()[-1]
    queue.rerank({last.proposal_id: 5.0, "unknown": 9.0})
    first = queue.next("ada")
    assert first == replace(last, score=5.0)
    assert queue.count() == 12


def test_restate_gives_a_new_status(queue: Queue) -> None:
    first = queue.proposals()[0]
    changed = replace(first, status="already there", rows=("9",), why="row 9 says this")
    assert queue.restate([changed, replace(changed, proposal_id="unknown")]) == 1
    assert queue.proposal(first.proposal_id) == changed


def test_decisions_are_appended_and_cannot_be_changed(queue: Queue, tmp_path: Path) -> None:
    first = queue.proposals()[0].proposal_id
    queue.decide(first, "ada", "accept", when="2024-03-02T00:00:00Z")
    queue.undo("ada")
    queue.decide(first, "ada", "reject", reason="not EV", note="gap junctions")
    assert [(d.number, d.verdict, d.undoes) for d in queue.decisions(first)] == [
        (1, "accept", None),
        (2, "undo", 1),
        (3, "reject", None),
    ]
    raw = sqlite3.connect(tmp_path / "q.queue")
    for statement in ("UPDATE decisions SET verdict = 'accept'", "DELETE FROM decisions"):
        with pytest.raises(sqlite3.IntegrityError, match="appended, never"):
            raw.execute(statement)
    raw.close()


def test_undo_goes_back_step_by_step_and_brings_the_draft_back(queue: Queue) -> None:
    first, second = (p.proposal_id for p in queue.proposals()[:2])
    queue.decide(first, "ada", "accept", edits={"target": None}, note="see figure 2")
    queue.decide(second, "ada", "skip")
    queue.decide(second, "bob", "accept")
    taken = [queue.undo("ada"), queue.undo("ada"), queue.undo("ada")]
    assert [t and (t.proposal_id, t.undoes) for t in taken] == [(second, 2), (first, 1), None]
    assert queue.current(first) is None
    assert queue.draft(first, "ada") == ({"target": None}, "see figure 2")
    bobs = queue.current(second)
    assert bobs is not None and bobs.curator == "bob"


def test_a_changed_mind_is_undone_to_what_was_said_before(queue: Queue) -> None:
    first = queue.proposals()[0].proposal_id
    queue.decide(first, "ada", "accept")
    queue.decide(first, "ada", "reject", reason="polarity", seen=1)
    queue.undo("ada")
    standing = queue.current(first)
    assert standing is not None and (standing.number, standing.verdict) == (1, "accept")


def test_nobody_decides_what_another_has_just_decided(queue: Queue) -> None:
    first = queue.proposals()[0].proposal_id
    queue.decide(first, "ada", "accept", seen=0)
    for again in ({"seen": 0}, {"seen": None}, {"seen": 7}):
        with pytest.raises(AlreadyDecided, match="ada decided this proposal"):
            queue.decide(first, "bob", "reject", reason="other", **again)  # type: ignore[arg-type]
    with pytest.raises(AlreadyDecided):
        queue.decide(first, "ada", "accept", seen=0)
    assert len(queue.decisions()) == 1
    queue.decide(first, "bob", "reject", reason="other", seen=1)
    assert queue.current(first) is None
    assert ids(queue, Filter(state="differs")) == ["p1"]


Make = Callable[[Queue, str], Any]
NONSENSE: list[tuple[str, Make]] = [
    ("needs its curator", lambda q, i: q.decide(i, " ", "accept")),
    ("must be accept, reject or skip", lambda q, i: q.decide(i, "ada", "undo")),
    ("must be accept, reject or skip", lambda q, i: q.decide(i, "ada", "maybe")),  # type: ignore[arg-type]
    ("a rejection needs one of", lambda q, i: q.decide(i, "ada", "reject")),
    ("a rejection needs one of", lambda q, i: q.decide(i, "ada", "reject", reason="boring")),
    ("only a rejection", lambda q, i: q.decide(i, "ada", "accept", reason="other")),
    ("only what is accepted", lambda q, i: q.decide(i, "ada", "skip", edits={"donor": None})),
    ("settled by accept or reject", lambda q, i: q.decide(i, "ada", "skip", final=True)),
    ("no slot is named", lambda q, i: q.decide(i, "ada", "accept", edits={"doc_id": None})),
    ("needs its miRNA", lambda q, i: q.decide(i, "ada", "accept", edits={"mirna": None})),
    ("effect 'kills'", lambda q, i: q.decide(i, "ada", "accept", edits={"effect": "kills"})),
    ("and nothing else", lambda q, i: q.decide(i, "ada", "accept", edits={"donor": {"text": "x"}})),
    ("is no stretch", lambda q, i: q.decide(i, "ada", "accept", edits={"donor": edit("exosomes", 5, 999)})),
    ("is no stretch", lambda q, i: q.decide(i, "ada", "accept", edits={"donor": edit("exosomes", True, 8)})),
    ("the text has", lambda q, i: q.decide(i, "ada", "accept", edits={"donor": edit("exosomes", 0, 8)})),
    ("text or null", lambda q, i: q.decide(i, "ada", "accept", edits={"donor": edit("Title", 0, 5, name=3)})),
    ("no proposal", lambda q, i: q.decide("f" * 16, "ada", "accept")),
]


def edit(text: str, start: int, end: int, name: Any = None, curie: Any = None) -> dict[str, Any]:
    return {"text": text, "start": start, "end": end, "name": name, "curie": curie}


@pytest.mark.parametrize(("told", "decide"), NONSENSE, ids=[f"{n}-{t}" for n, (t, _) in enumerate(NONSENSE)])
def test_nonsense_is_refused_and_leaves_no_trace(queue: Queue, told: str, decide: Make) -> None:
    with pytest.raises(ValueError, match=told):
        decide(queue, queue.proposals()[0].proposal_id)
    assert queue.decisions() == ()


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_rejects(queue: Queue, reason: str) -> None:
    first = queue.proposals()[0].proposal_id
    assert queue.decide(first, "ada", "reject", reason=reason).reason == reason


def test_edits_are_put_into_the_record(queue: Queue) -> None:
    record = queue.proposals()[0].record
    exosomes = edit("exosomes", 25, 33, "exosome", "GO:0070062")
    found = corrected(record, {"donor": exosomes, "target": None, "effect": None})
    assert found["donor"] == {**exosomes, "forms": []}
    assert (found["target"], found["effect"]) == (None, None)
    assert found["mirna"] == record["mirna"]


def test_blind_curators_are_each_asked_everything_and_two_must_agree(queue: Queue) -> None:
    queue.set_blind(True)
    first = queue.proposals()[0].proposal_id
    queue.decide(first, "ada", "accept", seen=0)
    bobs = queue.next("bob")
    assert bobs is not None and bobs.proposal_id == first
    assert queue.current(first) is None
    queue.decide(first, "bob", "accept", seen=0)
    both = queue.current(first)
    assert both is not None and both.curator == "bob"


def test_a_difference_is_settled_for_good_and_stays_on_record(queue: Queue) -> None:
    queue.set_blind(True)
    first, second = (p.proposal_id for p in queue.proposals()[:2])
    queue.decide(first, "ada", "accept", edits={"target": None})
    queue.decide(first, "bob", "accept")
    queue.decide(second, "ada", "accept")
    queue.decide(second, "bob", "reject", reason="not stated")
    assert ids(queue, Filter(state="differs")) == ["p1", "p2"]
    queue.decide(second, "ada", "reject", reason="not stated", final=True, seen=4)
    assert ids(queue, Filter(state="differs")) == ["p1"]
    settled = queue.current(second)
    assert settled is not None and (settled.number, settled.final) == (5, True)
    assert queue.agreement("ada", "bob").agreed == 1  # as they judged on their own
    queue.undo("ada")
    assert ids(queue, Filter(state="differs")) == ["p1", "p2"]


def test_kappa_by_hand(queue: Queue) -> None:
    queue.set_blind(True)
    said = [("accept", "accept")] * 4 + [("accept", "reject")] * 2 + [("reject", "reject")] * 3
    for proposal, verdicts in zip(queue.proposals(), said, strict=False):
        for curator, verdict in zip(("ada", "bob"), verdicts, strict=True):
            reason = "other" if verdict == "reject" else None
            queue.decide(proposal.proposal_id, curator, verdict, reason=reason)  # type: ignore[arg-type]
    queue.decide(queue.proposals()[9].proposal_id, "ada", "accept")
    queue.decide(queue.proposals()[9].proposal_id, "bob", "skip")
    # po = 7/9; ada 6 of 9, bob 4 of 9: pe = (6*4 + 3*5)/81 = 39/81; (63 - 39)/(81 - 39) = 24/42
    found = queue.agreement("ada", "bob")
    assert (found.both, found.agreed, found.kappa) == (9, 7, pytest.approx(24 / 42))
    assert queue.agreement("ada", "eve").kappa is None


def test_filters(queue: Queue, made: Any) -> None:
    text = "Title\nMacrophages shed exosomes with let-7. In endothelial cells PTEN stays."
    late = propose(
        made.record("late", text, "let-7", 0.1, donor=made.slot(text, "Macrophages", curie="CL:1")),
        "conflict",
    )
    queue.add([late], [Document("late", text)], when="2024-04-01T10:00:00Z")
    first, second = (p.proposal_id for p in queue.proposals()[:2])
    queue.decide(first, "ada", "reject", reason="other")
    queue.decide(second, "bob", "skip")
    expected: dict[Filter, list[str]] = {
        Filter(status="conflict"): ["late"],
        Filter(doc_id="p3"): ["p3"],
        Filter(mirna="mir-4"): ["p4"],
        Filter(cell="CL:1"): ["late"],
        Filter(words="let-7"): ["late"],
        Filter(words="LET 7 stay"): ["late"],
        Filter(words="miR-1"): ["p1"],
        Filter(words='") OR *'): [],
        Filter(words="%"): [],
        Filter(since="2024-03-02"): ["late"],
        Filter(state="reject"): ["p1"],
        Filter(state="reject", curator="ada"): ["p1"],
        Filter(state="reject", curator="bob"): [],
        Filter(state="skip"): ["p2"],
        Filter(state="accept"): [],
        Filter(state="open", doc_id="p1"): [],
        Filter(state="open", doc_id="p1", curator="bob"): ["p1"],
        Filter(state="open", doc_id="p2"): ["p2"],
    }
    assert {where: ids(queue, where) for where in expected} == expected
    assert {where: queue.count(where) for where in expected} == {w: len(f) for w, f in expected.items()}
    assert queue.count(Filter(cell="CL:0000115")) == 13
    with pytest.raises(ValueError, match="state 'odd': must be one of"):
        queue.count(Filter(state="odd"))


def test_a_copy_is_a_queue_and_an_export_holds_everything(queue: Queue, tmp_path: Path) -> None:
    first = queue.proposals()[0].proposal_id
    queue.decide(first, "ada", "accept")
    queue.backup(tmp_path / "copy")
    queue.export(tmp_path / "all.jsonl")
    assert sorted(path.name for path in tmp_path.iterdir() if "copy" in path.name) == ["copy"]
    with Queue(tmp_path / "copy", create=False) as copy:
        assert (copy.proposals(), copy.decisions()) == (queue.proposals(), queue.decisions())
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    kinds = [line["type"] for line in lines]
    assert (kinds.count("document"), kinds.count("proposal"), kinds.count("decision")) == (12, 12, 1)
    assert lines[-1]["proposal_id"] == first
    for write in (queue.backup, queue.export):
        with pytest.raises(QueueError, match="is the queue itself"):
            write(tmp_path / "q.queue")


def test_files_that_are_no_queue_are_refused_and_left_alone(tmp_path: Path) -> None:
    with pytest.raises(QueueError, match="there is no such queue"):
        Queue(tmp_path / "absent", create=False)
    text = tmp_path / "text"
    text.write_text("id\tdonor\n" * 100)
    with pytest.raises(QueueError, match="not a queue of evmir"):
        Queue(text)
    assert text.read_text() == "id\tdonor\n" * 100
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    with pytest.raises(QueueError, match="but not a queue of evmir"):
        Queue(other)
    with Queue(tmp_path / "later") as queue:
        queue.rows("PRAGMA user_version = 99")
    with pytest.raises(QueueError, match=r"later evmir \(queue version 99\)"):
        Queue(tmp_path / "later")
    with pytest.raises(QueueError, match="cannot open the queue"):
        Queue(tmp_path / "no" / "folder")
