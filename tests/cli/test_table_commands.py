"""evmir table and evmir update as a user meets them: files in, lines out, exit status, no traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "sources"))

from literature import Literature, Paper

from extractor.curation.curated import read_curated, table_bytes
from extractor.curation.queue import Queue
from extractor.curation.rows import Cell, Row
from extractor.resources import resource

Evmir = Callable[..., "subprocess.CompletedProcess[str]"]
Abstracts = Callable[..., Path]
TABLE1 = resource("gold", "table1.tsv")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """One row: miR-21 acts on PTEN, of paper 100."""
    path = tmp_path / "ev.tsv"
    row = Row(
        "1", donor=Cell("CAF"), mirna=Cell("miR-21"), target=Cell("PTEN"), effect="decreases", pmid="100"
    )
    path.write_bytes(table_bytes([row]))
    return path


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_import_validate_and_show(evmir: Evmir, tmp_path: Path) -> None:
    done = evmir("table", "import", TABLE1, "-o", "ev.tsv")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "ev.tsv: 34 rows; 8 without pmid, pmcid or doi\n"
    assert evmir("table", "import", TABLE1, "-o", "ev.tsv").returncode == 2
    done = evmir("table", "validate", "ev.tsv")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    shown = lines(evmir("table", "show", "ev.tsv", "4"))
    assert [(r["id"], r["pmid"], r["evidence"]) for r in shown] == [("4", "24735924", [])]
    assert len(lines(evmir("table", "show", "ev.tsv"))) == 34
    done = evmir("table", "show", "ev.tsv", "99")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no row 99" in done.stderr


def test_validate_tells_every_problem(evmir: Evmir, table: Path) -> None:
    table.write_text(
        table.read_text(encoding="utf-8").replace("\t100\t", "\tPMID:100\t").replace("decreases", "lowers")
    )
    (table.parent / "ev.evidence.jsonl").write_text("nonsense\n")
    done = evmir("table", "validate", "ev.tsv")
    assert done.returncode == 1
    assert [(p["path"], p["line"], p["column"], p["value"]) for p in lines(done)] == [
        ("ev.tsv", 2, "effect", "lowers"),
        ("ev.tsv", 2, "pmid", "PMID:100"),
        ("ev.evidence.jsonl", 1, "", "nonsense"),
    ]
    assert all(p["fix"] for p in lines(done))


def test_diff(evmir: Evmir, table: Path) -> None:
    (old,) = read_curated(table).rows
    other = table.with_name("new.tsv")
    other.write_bytes(
        table.read_bytes().replace(b"PTEN", b"KLF4")
        + table_bytes([Row("2", mirna=Cell("miR-7"))]).split(b"\n", 1)[1]
    )
    done = evmir("table", "diff", "ev.tsv", "new.tsv")
    assert done.returncode == 1
    assert lines(done) == [
        {"kind": "changed", "row": "1", "column": "target", "old": old.target.text, "new": "KLF4"},
        {"kind": "added", "row": "2", "column": "", "old": "", "new": "– | miR-7 | – | –"},
    ]
    done = evmir("table", "diff", "ev.tsv", "ev.tsv")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("suffix", ["tsv", "xlsx", "md", "html", "docx", "jsonld"])
def test_export(evmir: Evmir, table: Path, suffix: str) -> None:
    done = evmir("table", "export", "ev.tsv", "-o", f"out.{suffix}", "--title", "EV miRNAs")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert table.with_name(f"out.{suffix}").stat().st_size > 50


def test_export_refuses_other_formats_and_the_table_itself(evmir: Evmir, table: Path) -> None:
    before = table.read_bytes()
    done = evmir("table", "export", "ev.tsv", "-o", "out.pdf")
    assert (done.returncode, "let it end in .tsv, .xlsx, " in done.stderr) == (2, True)
    done = evmir("table", "export", "ev.tsv", "-o", "ev.tsv")
    assert (done.returncode, table.read_bytes()) == (2, before)


def test_update_decide_merge(evmir: Evmir, table: Path, abstracts: Abstracts) -> None:
    source = abstracts("From CAF comes miR-21.", "Here is miR-30, and it is new.")
    before = table.read_bytes()
    done = evmir("update", "ev.tsv", source, "--digest", "d.html", "--digest", "d.md")
    # The stand-in extractor states nothing but miRNAs: nothing is worth a question.
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 papers read. Found: nothing. New in the queue: 0." in done.stdout
    assert table.read_bytes() == before
    done = evmir("update", "ev.tsv", source)
    assert "0 papers read, 2 screened before." in done.stdout
    assert "2 papers read." in evmir("update", "ev.tsv", source, "--again").stdout
    assert "Nothing new." in table.with_name("d.md").read_text()
    assert "Nothing new." in table.with_name("d.html").read_text()
    with Queue(table.with_name("ev.queue.sqlite"), create=False) as queue:
        assert queue.count() == 0
    done = evmir("table", "merge", "ev.tsv", "ev.queue.sqlite")
    assert (done.returncode, done.stderr) == (0, "")
    assert "ev.tsv: nothing to add; 0 rejected statements" in done.stdout
    assert table.read_bytes() == before


def test_a_withdrawn_row_is_no_gold(evmir: Evmir, table: Path, tmp_path: Path) -> None:
    (row,) = read_curated(table).rows
    table.write_bytes(table_bytes([row, replace(row, id="2", pmid="200", status="withdrawn")]))
    (tmp_path / "pred.jsonl").write_text("")
    done = evmir("evaluate", "--gold", "ev.tsv", "--pred", "pred.jsonl")
    assert (done.returncode, "1 documents, 1 gold tuples" in done.stdout) == (0, True)


def test_update_asks_pubmed(
    evmir: Evmir, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Literature() as literature:
        places = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("DATA", "CACHE", "CONFIG")}
        quick = {"EVMIR_RATE": "1000", "EVMIR_PAUSE": "0.01", "EVMIR_ATTEMPTS": "2"}
        for name, value in {**quick, **literature.environment, **places}.items():
            monkeypatch.setenv(name, value)
        withdrawn = Paper("100", "Retracted: miR-21", "miR-21.", types=("Retracted Publication",))
        literature.papers = {"100": withdrawn, "200": Paper("200", "miR-7", "miR-7 here.")}
        literature.queries = {"vesicles": ["100", "200"]}
        done = evmir("update", "ev.tsv", "--query", "vesicles", "--store", "st")
        assert (done.returncode, done.stderr) == (0, "")
        assert "2 papers read." in done.stdout
        assert "100 was retracted; of the table rest on it: 1" in done.stdout
        done = evmir("update", "ev.tsv", "--query", "vesicles", "--store", "st", "--offline")
        assert "0 papers read, 2 screened before." in done.stdout
    done = evmir("update", "ev.tsv", "--query", "other", "--store", "st")
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (2, "", False)


def test_update_goes_on_after_what_is_unreadable(evmir: Evmir, table: Path, abstracts: Abstracts) -> None:
    done = evmir("update", "ev.tsv", abstracts("miR-21 here"), "absent.jsonl")
    assert (done.returncode, "absent.jsonl" in done.stderr, "1 papers read" in done.stdout) == (1, True, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("update", "ev.tsv"), "name the papers to read"),
        (("update", "ev.tsv", "--topic", "--query", "x"), "--topic is a query itself"),
        (("update", "absent.tsv", "in.jsonl"), "absent.tsv: No such file"),
        (("update", "bad.tsv", "in.jsonl"), "bad.tsv:1: id"),
        (("update", "ev.tsv", "in.jsonl", "--digest", "d.pdf"), "let it end in .html or .md"),
        (("update", "ev.tsv", "in.jsonl", "--queue", "bad.tsv"), "bad.tsv"),
        (("table", "merge", "ev.tsv", "absent.sqlite"), "there is no such queue"),
        (("table", "validate", "absent.tsv"), "absent.tsv: cannot be read"),
        (("table", "import", "bad.tsv", "-o", "new.tsv"), "no column donor"),
        (("update", "ev.tsv", "--query", "x", "--offline", "--store", "st"), "the store knows no answer"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(
    evmir: Evmir, table: Path, abstracts: Abstracts, arguments: tuple[str, ...], told: str
) -> None:
    abstracts("miR-21")
    table.with_name("bad.tsv").write_text("nothing\there\n")
    done = evmir(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_evaluate_tells_what_is_stated_again(
    evmir: Evmir, table: Path, abstracts: Abstracts, tmp_path: Path
) -> None:
    evmir("extract", abstracts("miR-21 and miR-7"), "-o", "pred.jsonl")
    (first, *_) = map(json.loads, (tmp_path / "pred.jsonl").read_text().splitlines())
    kept = {"doc_id": "d1", "proposal_id": "p", "decision": 1, "reason": "not EV"}
    others = [
        {**first, "mirna": {**first["mirna"], "text": "miR-99", "name": "miR-99"}},
        {**first, "doc_id": "d9"},
    ]
    rejected = tmp_path / "r.jsonl"
    rejected.write_text("".join(json.dumps({**kept, "record": r}) + "\n" for r in (first, *others)))
    done = evmir("evaluate", "--gold", "ev.tsv", "--pred", "pred.jsonl", "--rejected", "r.jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-2:] == [
        "1 of 2 rejected statements about these documents are made again",
        "  d1: – | miR-21 | – | –",
    ]
    rejected.write_text("{}\n")
    assert (
        evmir("evaluate", "--gold", "ev.tsv", "--pred", "pred.jsonl", "--rejected", "r.jsonl").returncode == 2
    )
