"""From papers to a longer table with the real pipeline: update, decide, merge, show, update again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from table_helpers import without_rows

from extractor.curation.convert import import_table
from extractor.curation.curated import read_curated, table_bytes
from extractor.curation.queue import Queue
from extractor.curation.sidecar import EVIDENCE, read_sidecar
from extractor.resources import resource

ROOT = Path(__file__).resolve().parents[2]
Evmir = Callable[..., str]
# Abstracts of rows 4, 6 and 10, and one that no row is about.
PMIDS = ("24735924", "25223704", "25290620", "33092465")


@pytest.fixture
def evmir(tmp_path: Path) -> Evmir:
    def run(*arguments: object) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "extractor", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return done.stdout

    return run


@pytest.mark.slow
def test_a_week_of_curation(evmir: Evmir, tmp_path: Path) -> None:
    table = tmp_path / "ev.tsv"
    table.write_bytes(table_bytes(import_table(resource("gold", "table1.tsv"))))
    without_rows(table, "4", "6", "10")
    demo = resource("corpus", "demo", "abstracts.jsonl").read_text(encoding="utf-8").splitlines()
    few = [line for line in demo if json.loads(line)["pmid"] in PMIDS]
    (tmp_path / "in.jsonl").write_text("\n".join(few) + "\n", encoding="utf-8")

    told = evmir("update", "ev.tsv", "in.jsonl", "--digest", "d.html")
    assert "4 papers read. Found: 4 new row. New in the queue: 4." in told
    assert "integrin α5" in (tmp_path / "d.html").read_text(encoding="utf-8")
    with Queue(tmp_path / "ev.queue.sqlite", create=False) as queue:
        for proposal in queue.proposals():
            if proposal.doc_id == "33092465":
                queue.decide(proposal.proposal_id, "ann", "reject", reason="other", note="out of scope")
            else:
                queue.decide(proposal.proposal_id, "ann", "accept")

    assert "3 rows added; 1 rejected statements" in evmir("table", "merge", "ev.tsv", "ev.queue.sqlite")
    rows = read_curated(table).rows
    assert len(rows) == 34
    made = {row.pmid: row for row in rows if row.curator == "ann"}
    assert (made["25223704"].mirna.text, made["25223704"].target.curie) == ("miR-214", "hgnc:9588")
    (line, *_) = [line for line in read_sidecar(table, EVIDENCE).lines if line["doc_id"] == "25223704"]
    text = next(f"{r['title']}\n{r['abstract']}" for r in map(json.loads, few) if r["pmid"] == "25223704")
    for slot in ("donor", "mirna", "recipient", "target"):
        assert text[line[slot]["start"] : line[slot]["end"]] == line[slot]["text"]
    for sentence in line["evidence"]:
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
        assert sentence["rules"]
    assert set(line["made_by"]) == {"evmir", "rules", "model", "lexicons"}
    (shown,) = map(json.loads, evmir("table", "show", "ev.tsv", made["25223704"].id).splitlines())
    assert shown["evidence"] == [line]

    after = table.read_bytes()
    told = evmir("update", "ev.tsv", "in.jsonl", "--again")
    assert "Found: 1 new row, 3 already there. New in the queue: 0, known to it: 1." in told
    assert "nothing to add" in evmir("table", "merge", "ev.tsv", "ev.queue.sqlite")
    assert table.read_bytes() == after
