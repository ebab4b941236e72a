"""The whole way with the real model and browser: update, two blind curators, settle, merge, merge again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from extractor.curation.convert import import_table
from extractor.curation.curated import read_curated, table_bytes
from extractor.curation.proposals import STATED, Proposal
from extractor.curation.queue import Queue
from extractor.curation.sidecar import EVIDENCE, REJECTED, beside, read_sidecar
from extractor.curation.table_rows import read_rows_by_id
from extractor.resources import resource

ROOT = Path(__file__).resolve().parents[3]
KEPT = ("5", "7.1", "7.2", "17")
# What seven texts of the demo corpus state that these four rows do not, read by hand: PMID, miRNA, target.
MIR105 = ("24735924", "miR-105", "zonula occludens 1")
MIR214 = ("25223704", "miR-214", "PTEN")
MIR203 = ("25290620", "miR-203", "TLR4")
MIR122 = ("25621950", "miR-122", "pyruvate kinase")  # in astrocytes; row 17 has it in fibroblasts
MIR30D = ("33092465", "microRNA-30d", "integrin α5")
MIR203A = ("37562585", "miR-203a-3p", "PTEN")
TLR7, TLR8 = ("22753494", "miR-21", "TLR7"), ("22753494", "miR-21", "TLR8")  # rows 7.1 and 7.2 say TLR
TLR7_29A, TLR8_29A = ("22753494", "miR-29a", "TLR7"), ("22753494", "miR-29a", "TLR8")

Keys = tuple[str, ...]
Statement = tuple[str, ...]
ACCEPT: Keys = ("a",)
NOT_STATED, POLARITY, DUPLICATE, OTHER = (("r", str(number)) for number in (4, 5, 6, 7))
# Thirty words from the first stands 'cells'; with the two before it, 'Breast cancer cells', it is the donor.
SELECT: Keys = ("e", *("ArrowDown",) * 3, *("Shift+ArrowLeft",) * 2, "1")
ADA: dict[Statement, Keys] = {
    MIR105: ACCEPT,
    MIR214: ACCEPT,
    MIR203: ACCEPT,
    MIR122: ACCEPT,
    MIR30D: OTHER,
    MIR203A: NOT_STATED,
    TLR7: ACCEPT,
    TLR8: ACCEPT,
    TLR7_29A: POLARITY,
    TLR8_29A: DUPLICATE,
}
# Bob differs on one, and leaves two for another day: one word of Ada's is not enough for these.
BOB = ADA | {MIR203A: ACCEPT, MIR203: ("s",), TLR8: ("s",)}


def evmir(*arguments: object) -> str:
    """What the real command prints; it must succeed without a complaint."""
    command = [sys.executable, "-m", "extractor", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "ev.tsv"
    rows = import_table(resource("gold", "table1.tsv"))
    path.write_bytes(table_bytes([row for row in rows if row.id in KEPT]))
    return path


@pytest.fixture
def texts(tmp_path: Path) -> dict[str, str]:
    """PMID -> text of the papers that ``in.jsonl`` holds."""
    lines = resource("corpus", "demo", "abstracts.jsonl").read_text(encoding="utf-8").splitlines()
    records = {record["pmid"]: record for record in map(json.loads, lines)}
    chosen = [records[pmid] for pmid in sorted({statement[0] for statement in ADA})]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in chosen), encoding="utf-8")
    return {r["pmid"]: f"{r['title']}\n{r['abstract']}" for r in chosen}


@pytest.fixture
def served(
    tmp_path: Path, table: Path, texts: dict[str, str], serve: Callable[..., AbstractContextManager[Any]]
) -> Iterator[Any]:
    """The review, blind, of what ``evmir update`` proposes."""
    told = evmir("update", table, tmp_path / "in.jsonl", "--queue", tmp_path / "q")
    assert "7 papers read. Found: 6 new row, 4 new evidence, 1 already there. New in the queue: 10." in told
    with Queue(tmp_path / "q", create=False) as queue:
        queue.set_blind(True)
        with serve(queue, table=read_rows_by_id(table)) as running:
            yield running


def statement(proposal: Proposal) -> Statement:
    return proposal.doc_id, *(proposal.record[slot]["text"] for slot in ("mirna", "target"))


def press(page: Any, *keys: str) -> None:
    """Keys, the last of which leads to another page."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])


def correct_donor(page: Any) -> None:
    for key in SELECT:
        page.keyboard.press(key)
    page.wait_for_selector("text=Accept as edited")


def review(page: Any, queue: Queue, answers: dict[Statement, Keys]) -> list[Statement]:
    """Answers what is shown, then whatever comes, once for each answer; what that was."""
    seen = []
    for _ in answers:
        proposal = queue.proposal(page.get_attribute("#proposal", "data-id"))
        assert proposal
        seen.append(statement(proposal))
        if seen[-1] == MIR122:
            correct_donor(page)
        press(page, *answers[seen[-1]])
    return seen


@pytest.mark.slow
def test_from_papers_to_the_table(
    page: Any, visit: Callable[..., Any], served: Any, table: Path, texts: dict[str, str]
) -> None:
    queue = served.queue
    press(page, "n")
    press(page, *NOT_STATED)  # a slip
    press(page, "u")
    assert sorted(review(page, queue, ADA)) == sorted(ADA)
    bob = visit("bob")
    press(bob, "n")
    assert sorted(review(bob, queue, BOB)) == sorted(BOB)

    page.goto("/differences")
    seen = " ".join(page.inner_text("main").split())
    assert "1 proposal on which curators differ" in seen
    # Of eight that both judged seven alike; by chance (4 * 5 + 4 * 3) / 64 = 0.5 of them.
    assert "0.75" in seen
    page.focus("text=Settle")
    press(page, "Enter")
    press(page, *NOT_STATED)
    kinds = [d.verdict for d in queue.decisions()]
    assert {kind: kinds.count(kind) for kind in kinds} == {"accept": 11, "reject": 9, "skip": 2, "undo": 1}

    before = read_curated(table).rows
    told = evmir("table", "merge", table, queue.path)
    assert f"{table}: 3 rows added, 1 rows with more evidence; 4 rejected statements" in told
    check_rows(table, before)
    check_evidence(table, texts)
    check_negatives(table, texts)

    files = [table, beside(table, EVIDENCE), beside(table, REJECTED)]
    merged = [path.read_bytes() for path in files]
    again = evmir("table", "merge", table, queue.path)
    assert f"{table}: nothing to add; 4 rejected statements" in again
    assert [path.read_bytes() for path in files] == merged


def check_rows(table: Path, before: tuple[Any, ...]) -> None:
    rows = read_curated(table).rows
    assert set(before) < set(rows)
    assert len(rows) == 7
    added = {(row.pmid, *(row.cell(slot).text for slot in STATED)) for row in rows if row not in before}
    assert added == {
        ("24735924", "Metastatic breast cancer cells", "miR-105", "Vascular endothelial cells", MIR105[2]),
        ("25223704", "Lewis lung carcinoma", "miR-214", "Mouse CD4+ T cells", "PTEN"),
        ("25621950", "Breast cancer cells", "miR-122", "astrocytes", "pyruvate kinase"),
    }
    assert {(row.status, row.curator) for row in rows if row not in before} == {("curated", "bob")}


def check_evidence(table: Path, texts: dict[str, str]) -> None:
    """Each line tells who, when, by which versions, and where in the paper everything stands."""
    lines = read_sidecar(table, EVIDENCE).lines
    ids = {row.pmid: row.id for row in read_curated(table).rows if row.curator}
    ids["22753494"] = "7.1"
    assert {(line["doc_id"], line["row"]) for line in lines} == set(ids.items())
    assert len(lines) == 4
    for line in lines:
        text = texts[line["doc_id"]]
        spans = [line[slot] for slot in STATED if slot in line] + line["evidence"]
        assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)
        assert all(sentence["rules"] for sentence in line["evidence"])
        assert set(line["made_by"]) == {"evmir", "rules", "model", "lexicons"}
        assert (line["curator"], len(line["date"])) == ("bob", len("2026-01-01T00:00:00Z"))
    assert [(line["doc_id"], line["edited"]) for line in lines if line["edited"]] == [("25621950", ["donor"])]


def check_negatives(table: Path, texts: dict[str, str]) -> None:
    """What was rejected as wrong, and what had to be corrected; a duplicate is not wrong."""
    lines = read_sidecar(table, REJECTED).lines
    found = {
        (line["doc_id"], *(line["record"][s]["text"] for s in ("mirna", "target"))): line for line in lines
    }
    assert {key: (line["reason"], line["curator"]) for key, line in found.items()} == {
        MIR30D: ("other", "bob"),
        MIR203A: ("not stated", "ada"),
        TLR7_29A: ("polarity", "bob"),
        MIR122: ("corrected", "bob"),
    }
    assert found[MIR122]["record"]["donor"] is None  # "They release it" names neither
    assert all(
        sentence["text"] in texts[line["doc_id"]] for line in lines for sentence in line["record"]["evidence"]
    )
