"""Table 1 with three rows taken out: an update proposes those that a paper states; what stands, never."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from extractor.curation.convert import import_table
from extractor.curation.proposals import Proposal
from extractor.curation.queue import Queue
from extractor.curation.rows import Row
from extractor.curation.update import Update, comparer_of
from extractor.evaluation.records import Entry, from_record
from extractor.evaluation.table import complete, disagreements
from extractor.readers import read_documents
from extractor.resources import resource
from extractor.types import Document

Read = tuple[Document, tuple[dict[str, Any], ...]]
TABLE1 = import_table(resource("gold", "table1.tsv"))
REMOVED = [("4", "6", "10"), ("1", "13", "14"), ("11", "18", "19")]
# What the demo corpus states of the rows taken out, counted by reading it: PMID, miRNA, target.
IN_DEMO = {
    ("4", "6", "10"): {
        ("24735924", "miR-105", "zonula occludens 1"),
        ("25223704", "miR-214", "PTEN"),
        ("25290620", "miR-203", "TLR4"),
    },
    ("1", "13", "14"): {
        ("23439645", "miR-210", None),
        ("29335551", "miR-1247-3p", "B4GALT3"),
        ("25065597", "miR-409", "RSU1"),
        ("25065597", "miR-409", "STAG2"),
    },
    ("11", "18", "19"): {
        ("26337469", "miR-212-3p", "RFXAP"),
        ("21343399", "miR-127", "CXCL12"),
        ("21343399", "miR-197", "CXCL12"),
        ("21343399", "miR-222", "CXCL12"),
        ("21343399", "miR-223", "CXCL12"),
    },
}


@lru_cache(maxsize=2)
def relations(path: Path) -> tuple[Read, ...]:
    from extractor.pipeline import build_pipeline

    extractor = build_pipeline()
    return tuple(
        (document, tuple(relation.to_record() for relation in extractor.extract(document)))
        for document in read_documents([path])
    )


def demo() -> tuple[Read, ...]:
    return relations(resource("corpus", "demo", "abstracts.jsonl"))


def proposed(folder: Path, rows: Iterable[Row], read: Sequence[Read]) -> tuple[Proposal, ...]:
    with Queue(folder / "q.sqlite") as queue:
        update = Update(comparer_of(rows, ()), queue, {})
        for document, records in read:
            update.take(document, records)
        return update.finish().new


def kept(removed: tuple[str, ...]) -> tuple[list[Row], list[Row]]:
    """The rows that stay, and those that were taken out, by the number of the printed row."""
    gone = [row for row in TABLE1 if row.id.partition(".")[0] in removed]
    return [row for row in TABLE1 if row not in gone], gone


def entry(row: Row) -> Entry:
    slots = {slot: row.cell(slot).names for slot in ("donor", "mirna", "recipient", "target")}
    return Entry(row.pmid, **slots)


def stated(rows: Iterable[Row], proposal: Proposal) -> list[str]:
    """Rows of this paper that the proposal states in full, as the evaluation judges it."""
    found = from_record(proposal.record, "")
    return [row.id for row in rows if row.pmid == proposal.doc_id and complete(entry(row), found)]


def agreeing(rows: Iterable[Row], proposal: Proposal) -> list[str]:
    """Rows of this paper that the proposal does not contradict, as the evaluation judges it."""
    found = from_record(proposal.record, "")
    return [row.id for row in rows if row.pmid == proposal.doc_id and not disagreements(entry(row), found)]


def restating(rows: Iterable[Row], proposal: Proposal) -> list[str]:
    """Rows of any paper that say all that the proposal says, and nothing else."""
    found = from_record(proposal.record, "")
    return [r.id for r in rows if complete(entry(r), found) and complete(found, entry(r))]


@pytest.mark.parametrize("removed", REMOVED, ids=lambda rows: "-".join(rows))
def test_the_demo_brings_back_what_it_states(tmp_path: Path, removed: tuple[str, ...]) -> None:
    rows, gone = kept(removed)
    new = [p for p in proposed(tmp_path, rows, demo()) if p.status == "new row"]
    papers = {row.pmid for row in gone}
    back = {
        (p.doc_id, p.record["mirna"]["text"], p.record["target"] and p.record["target"]["text"])
        for p in new
        if p.doc_id in papers
    }
    assert IN_DEMO[removed] <= back
    assert [(p.doc_id, ids) for p in new if (ids := agreeing(rows, p) + restating(rows, p))] == []


def test_the_whole_table_is_proposed_in_no_part(tmp_path: Path) -> None:
    papers = {row.pmid for row in TABLE1}
    own = [p for p in proposed(tmp_path, TABLE1, demo()) if p.doc_id in papers]
    # The paper of row 17 has a second recipient, which no row names; that of row 7 names the receptors.
    assert sorted((p.doc_id, p.status, p.rows) for p in own) == [
        ("22753494", "new evidence", ("7.1",)),
        ("22753494", "new evidence", ("7.1",)),
        ("22753494", "new evidence", ("7.2",)),
        ("22753494", "new evidence", ("7.2",)),
        ("25621950", "new row", ()),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("removed", REMOVED, ids=lambda rows: "-".join(rows))
def test_real_abstracts_beside_the_demo_change_nothing_of_that(
    tmp_path: Path, shared: Path, removed: tuple[str, ...]
) -> None:
    rows, gone = kept(removed)
    read = (*demo(), *relations(shared / "data" / "dev.jsonl"))
    proposals = proposed(tmp_path, rows, read)
    new = [p for p in proposals if p.status == "new row"]
    back = {row_id for p in new for row_id in stated(gone, p)}
    could = {
        row.id
        for _, records in read
        for record in records
        for row in gone
        if row.pmid == record["doc_id"] and complete(entry(row), from_record(record, ""))
    }
    assert back == could != set()
    assert [(p.doc_id, ids) for p in new if (ids := agreeing(rows, p) + restating(rows, p))] == []
