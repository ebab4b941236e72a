"""Decisions into the table: provenance, nothing overwritten, nothing twice, nothing half."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_helpers import document, record, row, text_of, without_rows

from extractor.curation.curated import CuratedTable, TableError, read_curated, table_bytes
from extractor.curation.files import FileChanged
from extractor.curation.labels import labels_of
from extractor.curation.merge import Judged, merged, new_id
from extractor.curation.merge_files import judged, merge
from extractor.curation.proposals import Decision, Proposal, propose
from extractor.curation.queue import Queue, QueueError
from extractor.curation.rows import Cell, Row
from extractor.curation.sidecar import EVIDENCE, REJECTED, beside, read_sidecar
from extractor.curation.validation import problems_of

STANDING = row("1", "CAF | miR-21 | breast cancer cell | PTEN", "decreases", "100")
OPEN = row("2", "TAM | miR-223 | breast cancer cell | –", pmid="200")
NEW = "monocytes=CL:0000576 | miR-7 | EC | KLF4=hgnc:6348"
DAY = "2026-01-02T03:04:05Z"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "ev.tsv"
    path.write_bytes(table_bytes([STANDING, OPEN]))
    return path


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Queue]:
    with Queue(tmp_path / "q.sqlite") as opened:
        yield opened


def proposed(
    queue: Queue, statement: str, pmid: str = "300", effect: str = "decreases", **more: Any
) -> Proposal:
    proposal = propose(record(statement, effect, pmid, **more), "new row")
    queue.add([proposal], [document(statement, pmid)])
    return proposal


def accept(queue: Queue, proposal: Proposal, **told: Any) -> None:
    queue.decide(proposal.proposal_id, "ann", "accept", when=DAY, **told)


def rows_of(table: Path) -> list[tuple[str, str]]:
    return [(r.id, r.show()) for r in read_curated(table).rows]


def test_an_accepted_proposal_is_a_row_with_all_that_it_rests_on(table: Path, queue: Queue) -> None:
    made_by = {"evmir": "0.1", "model": "m", "lexicons": "l", "rules": "r"}
    proposal = proposed(queue, NEW, made_by=made_by)
    accept(queue, proposal, note="figure 2")
    result = merge(table, queue.path)
    made = read_curated(table).rows[-1]
    assert result.added == (new_id(proposal),) == (made.id,)
    assert made.show() == "monocytes | miR-7 | EC | KLF4"
    assert (made.donor.curie, made.target.curie, made.effect) == ("CL:0000576", "hgnc:6348", "decreases")
    assert (made.pmid, made.status, made.curator, made.date, made.note) == (
        *("300", "curated", "ann"),
        *("2026-01-02", "figure 2"),
    )
    (line,) = read_sidecar(table, EVIDENCE).lines
    assert (line["row"], line["doc_id"], line["curator"], line["date"]) == (made.id, "300", "ann", DAY)
    assert line["made_by"] == made_by
    text = text_of(NEW)
    assert line["evidence"] == [{"start": 0, "end": len(text), "text": text, "rules": ["a.rule"]}]
    for slot in ("donor", "mirna", "recipient", "target"):
        assert text[line[slot]["start"] : line[slot]["end"]] == line[slot]["text"]
    assert problems_of(read_curated(table)) == ()


def test_what_is_not_decided_changes_nothing(table: Path, queue: Queue) -> None:
    before = table.read_bytes()
    undone = proposed(queue, NEW)
    accept(queue, undone)
    queue.undo("ann")
    skipped = proposed(queue, "EC | miR-8 | CAF | –")
    queue.decide(skipped.proposal_id, "ann", "skip")
    proposed(queue, "EC | miR-9 | CAF | –")
    result = merge(table, queue.path)
    assert (result.added, result.rejected, table.read_bytes()) == ((), (), before)
    assert sorted(p.name for p in table.parent.glob("ev*")) == ["ev.tsv"]


def test_edits_are_applied_and_the_wrong_reading_is_negative_gold(table: Path, queue: Queue) -> None:
    proposal = proposed(queue, NEW)
    recipient = {**proposal.record["recipient"], "name": "endothelial cell", "curie": "CL:0000115"}
    edit = {key: recipient[key] for key in ("text", "start", "end", "name", "curie")}
    accept(queue, proposal, edits={"recipient": edit, "target": None})
    merge(table, queue.path)
    made = read_curated(table).rows[-1]
    assert (made.show(), made.recipient.curie, made.effect) == (
        "monocytes | miR-7 | EC | –",
        "CL:0000115",
        "",
    )
    (line,) = read_sidecar(table, REJECTED).lines
    assert (line["reason"], line["corrected"]) == ("corrected", ["recipient", "target"])
    assert line["record"]["target"]["text"] == "KLF4"


def test_rejections_are_negative_gold_as_long_as_they_stand(table: Path, queue: Queue) -> None:
    wrong = proposed(queue, NEW)
    same = proposed(queue, "EC | miR-8 | CAF | –")
    queue.decide(wrong.proposal_id, "ann", "reject", reason="wrong role", note="it is the recipient")
    queue.decide(same.proposal_id, "ann", "reject", reason="duplicate")
    merge(table, queue.path)
    (line,) = read_sidecar(table, REJECTED).lines
    assert (line["proposal_id"], line["reason"], line["note"]) == (
        *(wrong.proposal_id, "wrong role"),
        "it is the recipient",
    )
    queue.undo("ann")
    queue.undo("ann")
    accept(queue, wrong)
    merge(table, queue.path)
    assert read_sidecar(table, REJECTED).lines == ()
    assert rows_of(table)[-1] == (new_id(wrong), "monocytes | miR-7 | EC | KLF4")


def test_another_papers_word_is_evidence_and_no_second_row(table: Path, queue: Queue) -> None:
    accept(queue, proposed(queue, "CAF | miR-21 | breast cancer cell | PTEN"))
    before = table.read_bytes()
    result = merge(table, queue.path)
    assert (result.added, result.supported, table.read_bytes()) == ((), ("1",), before)
    assert [(line["row"], line["doc_id"]) for line in read_sidecar(table, EVIDENCE).lines] == [("1", "300")]


def test_two_papers_with_one_new_statement_make_one_row(table: Path, queue: Queue) -> None:
    first, second = proposed(queue, NEW, "300"), proposed(queue, NEW, "400")
    accept(queue, second)
    accept(queue, first)
    merge(table, queue.path)
    assert rows_of(table)[2:] == [(new_id(second), "monocytes | miR-7 | EC | KLF4")]
    assert [line["doc_id"] for line in read_sidecar(table, EVIDENCE).lines] == ["400", "300"]


def test_its_own_paper_fills_an_open_slot_and_overwrites_none(table: Path, queue: Queue) -> None:
    accept(queue, proposed(queue, "TAMs | miR-223 | breast cancer cells | MEF2C", "200"))
    result = merge(table, queue.path)
    assert result.filled == ("2",)
    assert rows_of(table)[1] == ("2", "TAM | miR-223 | breast cancer cell | MEF2C")
    assert read_curated(table).rows[1].effect == "decreases"


def test_a_conflict_that_is_accepted_stands_beside_the_row(table: Path, queue: Queue) -> None:
    accept(queue, proposed(queue, "CAF | miR-21 | breast cancer cell | TLR4"))
    merge(table, queue.path)
    kept, _, made = read_curated(table).rows
    assert kept == STANDING
    assert made.note == "conflict: target TLR4 where row 1 has PTEN"


def test_a_denial_that_is_accepted_makes_no_row(table: Path, queue: Queue) -> None:
    accept(queue, proposed(queue, "CAF | miR-21 | breast cancer cell | –", negated=True))
    merge(table, queue.path)
    assert [r.id for r in read_curated(table).rows] == ["1", "2"]
    assert [(line["row"], line["negated"]) for line in read_sidecar(table, EVIDENCE).lines] == [("1", True)]


def test_a_retracted_paper_marks_its_rows(table: Path, queue: Queue) -> None:
    accept(queue, proposed(queue, NEW, "100", flags=["retracted"]))
    accept(queue, proposed(queue, NEW, "999", flags=["retracted"]))
    result = merge(table, queue.path)
    assert [(r.id, r.status) for r in read_curated(table).rows] == [("1", "retracted"), ("2", "curated")]
    assert result.retracted == ("1",)
    assert [note.partition(": ")[2] for note in result.notes] == [
        "the paper was retracted; no row was made of it"
    ]


def test_what_was_retracted_while_it_waited_makes_no_row(table: Path, queue: Queue) -> None:
    proposal = proposed(queue, NEW)
    queue.restate([replace(proposal, status="retracted")])
    accept(queue, proposal)
    assert merge(table, queue.path).added == ()
    assert [r.id for r in read_curated(table).rows] == ["1", "2"]


def test_a_row_marked_as_retracted_may_be_taken_back_by_hand(table: Path, queue: Queue) -> None:
    accept(queue, proposed(queue, NEW, "100", flags=["retracted"]))
    merge(table, queue.path)
    table.write_bytes(table_bytes([STANDING, OPEN]))
    merge(table, queue.path)
    assert [r.status for r in read_curated(table).rows] == ["curated", "curated"]


def test_a_row_whose_further_evidence_was_retracted_is_told(table: Path, queue: Queue) -> None:
    accept(queue, proposed(queue, "CAF | miR-21 | breast cancer cell | PTEN", "300"))
    accept(queue, proposed(queue, "TAM | miR-21 | EC | PTEN", "300", flags=["retracted"]))
    result = merge(table, queue.path)
    assert result.notes == ("row 1: one of its further papers, 300, was retracted",)
    assert [r.status for r in read_curated(table).rows] == ["curated", "curated"]


def test_what_a_curator_changed_by_hand_stays(table: Path, queue: Queue) -> None:
    first, second = proposed(queue, NEW), proposed(queue, "EC | miR-8 | CAF | –")
    accept(queue, first)
    accept(queue, second)
    merge(table, queue.path)
    changed, *_ = (r for r in read_curated(table).rows if r.id == new_id(first))
    by_hand = [STANDING, OPEN, replace(changed, note="checked in the supplement", status="disputed")]
    table.write_bytes(table_bytes(by_hand))  # and the second row deleted
    before = table.read_bytes()
    result = merge(table, queue.path)
    assert (result.added, result.supported, table.read_bytes()) == ((), (), before)


def test_a_change_of_mind_after_the_merge_is_told_and_left_to_a_person(table: Path, queue: Queue) -> None:
    proposal = proposed(queue, NEW)
    accept(queue, proposal)
    merge(table, queue.path)
    before = table.read_bytes()
    queue.undo("ann")
    queue.decide(proposal.proposal_id, "ann", "reject", reason="not EV")
    (note,) = merge(table, queue.path).notes
    assert f"row {new_id(proposal)} stays: set its status to withdrawn" in note
    queue.undo("ann")
    accept(queue, proposal)
    (note,) = merge(table, queue.path).notes
    assert "was decided anew by ann after it was merged" in note
    assert table.read_bytes() == before


def test_a_copy_leaves_the_table(table: Path, queue: Queue, tmp_path: Path) -> None:
    accept(queue, proposed(queue, NEW))
    before = table.read_bytes()
    merge(table, queue.path, tmp_path / "new.tsv")
    assert table.read_bytes() == before
    assert len(rows_of(tmp_path / "new.tsv")) == 3
    assert [p.name for p in tmp_path.glob("*.jsonl")] == ["new.evidence.jsonl"]


def test_a_table_that_is_wrong_or_a_queue_that_is_none_is_refused(table: Path, queue: Queue) -> None:
    with pytest.raises(QueueError, match="no such queue"):
        merge(table, table.with_name("absent.sqlite"))
    table.write_bytes(table_bytes([replace(STANDING, pmid="x")]))
    with pytest.raises(TableError, match=r"ev.tsv:2: pmid 'x': no PMID"):
        merge(table, queue.path)
    table.write_bytes(table_bytes([STANDING]))
    beside(table, EVIDENCE).write_text('{"row": "1"}\nnonsense\n')
    with pytest.raises(TableError, match=r"(?s)jsonl:1: .*no doc_id.*jsonl:2: .*not JSON"):
        merge(table, queue.path)


@pytest.mark.parametrize("suffix", ["", EVIDENCE, REJECTED])
def test_a_file_that_changed_meanwhile_is_not_overwritten(
    table: Path, queue: Queue, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(queue, proposed(queue, NEW))
    before = table.read_bytes()
    path = beside(table, suffix) if suffix else table

    def meanwhile(opened: Queue) -> list[Judged]:
        with path.open("ab") as stream:
            stream.write(b"\n")
        return judged(opened)

    monkeypatch.setattr("extractor.curation.merge_files.judged", meanwhile)
    with pytest.raises(FileChanged, match="was changed while this ran; it was not overwritten"):
        merge(table, queue.path)
    assert table.read_bytes() == before + (b"\n" if path == table else b"")
    assert list(table.parent.glob(".*part")) == []


def test_a_merge_cut_off_after_the_table_finishes_the_next_time(
    table: Path, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = proposed(queue, NEW)
    accept(queue, proposed(queue, "TAMs | miR-223 | breast cancer cells | MEF2C", "200"))
    accept(queue, proposal)
    merge(table, queue.path)
    whole, lines = table.read_bytes(), read_sidecar(table, EVIDENCE).lines
    beside(table, EVIDENCE).unlink()
    merge(table, queue.path)
    assert table.read_bytes() == whole
    assert read_sidecar(table, EVIDENCE).lines == lines


def test_a_row_that_a_cut_off_merge_made_and_a_curator_changed_stays(table: Path, queue: Queue) -> None:
    accept(queue, proposed(queue, NEW, "a thesis"))
    merge(table, queue.path)
    beside(table, EVIDENCE).unlink()
    *others, made = read_curated(table).rows
    changed = replace(made, donor=Cell("dendritic cell"), reference="Ann 2020", note="by hand")
    table.write_bytes(table_bytes([*others, changed]))
    before = table.read_bytes()
    merge(table, queue.path)
    assert table.read_bytes() == before
    assert [line["row"] for line in read_sidecar(table, EVIDENCE).lines] == [made.id]


HERE = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
KILLED = """
import shutil
from pathlib import Path
from extractor.curation.merge_files import merge
while True:
    for name in ("ev.evidence.jsonl", "ev.rejected.jsonl"):
        Path(name).unlink(missing_ok=True)
    shutil.copy("start.tsv", "start.copy")
    Path("start.copy").replace("ev.tsv")
    print("go", flush=True)
    merge(Path("ev.tsv"), Path("q.sqlite"))
"""


def test_kill_9_leaves_files_that_are_whole_and_a_merge_that_can_be_repeated(
    table: Path, queue: Queue, tmp_path: Path
) -> None:
    for n in range(40):
        accept(queue, proposed(queue, f"cell{n} | miR-{n + 1} | EC | KLF4", str(1000 + n)))
    table.rename(tmp_path / "start.tsv")
    expected = merge(tmp_path / "start.tsv", queue.path, tmp_path / "whole.tsv")
    for wait in (0.0, 0.004, 0.008, 0.012, 0.02):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED], cwd=tmp_path, stdout=subprocess.PIPE, env=HERE
        )
        assert process.stdout
        assert [process.stdout.readline() for _ in range(2)] == [b"go\n"] * 2
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert read_curated(table).rows in ((STANDING, OPEN), expected.rows)
        merge(table, queue.path)
        assert table.read_bytes() == (tmp_path / "whole.tsv").read_bytes()
        assert len(read_sidecar(table, EVIDENCE).lines) == 40


NAMES = ("CAF", "EC", "TAM", "–")
statements = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(("miR-1", "miR-2", "miR-1-5p")),
    st.sampled_from(NAMES),
    st.sampled_from(("PTEN", "KLF4", "–")),
).map(" | ".join)
papers = st.sampled_from(("100", "200", "300"))
effects = st.sampled_from(("decreases", "increases"))
verdicts = st.sampled_from(("accept", "accept", "reject"))
table_rows = st.lists(st.tuples(statements, papers), max_size=4)
decisions = st.lists(st.tuples(statements, papers, effects, verdicts, st.booleans()), max_size=8)


def build(drawn: list[tuple[str, str]]) -> list[Row]:
    return [row(str(n), statement, pmid=pmid) for n, (statement, pmid) in enumerate(drawn)]


def decide(drawn: list[tuple[str, str, str, str, bool]]) -> list[Judged]:
    made: dict[str, Judged] = {}
    for number, (statement, pmid, effect, verdict, retracted) in enumerate(drawn, start=1):
        flags = ["retracted"] if retracted else []
        proposal = propose(record(statement, effect, pmid, flags=flags), "new row")
        reason = "not stated" if verdict == "reject" else None
        decision = Decision(number, proposal.proposal_id, "ann", verdict, reason, date=DAY)  # type: ignore[arg-type]
        made.setdefault(proposal.proposal_id, (proposal, decision))
    return list(made.values())


@settings(max_examples=50)
@given(table_rows, decisions)
def test_merging_twice_is_merging_once(
    drawn: list[tuple[str, str]], decided: list[tuple[str, str, str, str, bool]]
) -> None:
    judged = decide(decided)
    once = merged(build(drawn), (), (), judged)
    twice = merged(once.rows, once.evidence, once.rejected, judged)
    assert (twice.rows, twice.evidence, twice.rejected) == (once.rows, once.evidence, once.rejected)
    assert merged(build(drawn), (), (), judged[::-1]) == once


@settings(max_examples=50)
@given(table_rows, decisions)
def test_nothing_is_lost_or_overwritten(
    drawn: list[tuple[str, str]], decided: list[tuple[str, str, str, str, bool]]
) -> None:
    rows = build(drawn)
    result = merged(rows, (), (), decide(decided))
    for old, new in zip(rows, result.rows, strict=False):
        for slot in ("donor", "mirna", "recipient", "target"):
            assert old.cell(slot).text in ("", new.cell(slot).text)
        assert (old.pmid, old.note) == (new.pmid, new.note)
    assert len({r.id for r in result.rows}) == len(result.rows)
    assert not [p for p in problems_of(CuratedTable(Path("t"), result.rows)) if p.column == "id"]
    assert {line["row"] for line in result.evidence} <= {r.id for r in result.rows}


@settings(max_examples=50)
@given(table_rows, decisions, decisions)
def test_in_two_steps_as_in_one(
    drawn: list[tuple[str, str]],
    first: list[tuple[str, str, str, str, bool]],
    later: list[tuple[str, str, str, str, bool]],
) -> None:
    everything = decide([*first, *later])
    early = [pair for pair in everything if pair[1].number <= len(first)]
    half = merged(build(drawn), (), (), early)
    whole = merged(half.rows, half.evidence, half.rejected, everything)
    at_once = merged(build(drawn), (), (), everything)
    assert whole.rows == at_once.rows
    for step, once in ((whole.evidence, at_once.evidence), (whole.rejected, at_once.rejected)):
        assert sorted(map(json.dumps, step)) == sorted(map(json.dumps, once))  # in the order of the merges


def test_a_row_deleted_by_hand_is_not_brought_back_by_its_evidence(table: Path, queue: Queue) -> None:
    proposal = proposed(queue, NEW)
    accept(queue, proposal)
    merge(table, queue.path)
    without_rows(table, new_id(proposal))
    merge(table, queue.path)
    assert rows_of(table) == [("1", STANDING.show()), ("2", OPEN.show())]


def test_decisions_are_labels_to_train_on(table: Path, queue: Queue) -> None:
    right = proposed(queue, NEW)
    wrong = proposed(queue, "EC | miR-8 | CAF | –")
    mended = proposed(queue, "EC | miR-9 | CAF | PTEN")
    same = proposed(queue, "EC | miR-10 | CAF | –")
    withdrawn = proposed(queue, "EC | miR-11 | CAF | –", "100", flags=["retracted"])
    accept(queue, right)
    accept(queue, mended, edits={"target": None})
    accept(queue, withdrawn)
    queue.decide(wrong.proposal_id, "ann", "reject", reason="not EV")
    queue.decide(same.proposal_id, "ann", "reject", reason="duplicate")
    merge(table, queue.path)
    assert labels_of(table) == {right.proposal_id: True, wrong.proposal_id: False, mended.proposal_id: False}
