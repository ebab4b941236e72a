"""From two files to a report, as text, JSON, HTML and on the command line."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from extractor.evaluation import (
    EvaluationInputError,
    Report,
    evaluate,
    held_back,
    render_text,
    to_dict,
    to_html,
    to_json,
)
from extractor.evaluation.__main__ import main
from extractor.evaluation.scores import Counts
from extractor.evaluation.split import in_part

READ, HELD_BACK, EMPTY = "10", "13", "12"


def tuple_of(donor: str, mirna: str, recipient: str, target: str = "") -> dict[str, Any]:
    slots = {"donor": donor, "mirna": mirna, "recipient": recipient, "target": target}
    return {**{slot: [value] if value else [] for slot, value in slots.items()}, "effect": ""}


def relation(doc: str, donor: str, mirna: str, recipient: str, target: str = "") -> dict[str, Any]:
    slots = {"donor": donor, "mirna": mirna, "recipient": recipient, "target": target}
    return {
        "doc_id": doc,
        "kind": "transfer",
        **{slot: {"text": value} if value else None for slot, value in slots.items()},
        "effect": None,
        "evidence": [{"text": f"A <b>sentence</b> & {mirna}."}],
    }


def write(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    gold = write(
        tmp_path / "gold.jsonl",
        [
            {"pmid": READ, "tuples": [tuple_of("CAF", "miR-1", "EC", "G1"), tuple_of("CAF", "miR-2", "EC")]},
            {"pmid": HELD_BACK, "tuples": [tuple_of("HCC", "miR-3", "EC")]},
            {"pmid": EMPTY, "tuples": []},
        ],
    )
    pred = write(
        tmp_path / "pred.jsonl",
        [
            relation(READ, "CAFs", "miR-1", "T cells", "G1"),
            relation(READ, "CAFs", "miR-2", "ECs"),
            relation(EMPTY, "CAFs", "miR-7", "ECs"),
            relation("999", "CAFs", "miR-8", "ECs"),
        ],
    )
    return gold, pred


def counts(report: Report, measure: str) -> Counts:
    return next(score.counts for score in report.scores if score.measure == measure)


def test_the_split_is_the_hash_of_the_pmid() -> None:
    ids = [str(number) for number in range(300)]
    expected = [pmid for pmid in ids if int(hashlib.sha256(pmid.encode()).hexdigest(), 16) % 3 == 0]
    assert [pmid for pmid in ids if held_back(pmid)] == expected
    assert 80 < len(expected) < 120
    assert [in_part(READ, part) for part in ("all", "read", "held-back")] == [True, True, False]
    assert [held_back(pmid) for pmid in (READ, HELD_BACK, EMPTY)] == [False, True, False]


def test_counts_over_all_documents(files: tuple[Path, Path]) -> None:
    report = evaluate(*files)
    assert (report.documents, report.gold_entries, report.pred_entries, report.outside) == (3, 3, 3, 1)
    assert counts(report, "whole tuple") == Counts(tp=1, fp=2, fn=2)
    assert counts(report, "miRNA") == Counts(tp=2, fp=1, fn=1)
    assert counts(report, "miRNA-target") == Counts(tp=1, fp=0, fn=0)
    assert counts(report, "document") == Counts(tp=1, fp=1, fn=1)


def test_parts(files: tuple[Path, Path]) -> None:
    read, back = evaluate(*files, only="read"), evaluate(*files, only="held-back")
    assert counts(read, "whole tuple") == Counts(tp=1, fp=2, fn=1)
    assert counts(back, "whole tuple") == Counts(fn=1)
    assert (read.documents, back.documents, read.outside, back.outside) == (2, 1, 1, 1)


def test_second_pass(files: tuple[Path, Path], tmp_path: Path) -> None:
    gold2 = write(
        tmp_path / "gold2.jsonl",
        [{"pmid": READ, "tuples": [tuple_of("CAF", "miR-2", "EC")]}, {"pmid": EMPTY, "tuples": []}],
    )
    report = evaluate(*files, gold2=gold2)
    assert counts(report, "whole tuple") == Counts(tp=1, fp=2, fn=0)
    assert counts(report, "miRNA") == Counts(tp=1, fp=1, fn=0, ignored=1)
    assert report.gold2 == "gold2.jsonl"


def test_lenient_lets_arms_differ(tmp_path: Path) -> None:
    gold = write(tmp_path / "g.jsonl", [{"pmid": "1", "tuples": [tuple_of("CAF", "miR-9-3p", "")]}])
    pred = write(tmp_path / "p.jsonl", [relation("1", "CAF", "miR-9", "")])
    assert counts(evaluate(gold, pred), "whole tuple") == Counts(fp=1, fn=1)
    assert counts(evaluate(gold, pred, lenient=True), "whole tuple") == Counts(tp=1)


def test_errors_name_the_slots_to_blame(files: tuple[Path, Path]) -> None:
    seen = [(m.doc_id, m.kind, m.entry.show(), m.differs) for m in evaluate(*files).mistakes]
    assert seen == [
        (READ, "missed", "CAF | miR-1 | EC | G1", ("recipient",)),
        (READ, "false", "CAFs | miR-1 | T cells | G1", ("recipient",)),
        (HELD_BACK, "missed", "HCC | miR-3 | EC | –", ()),
        (EMPTY, "false", "CAFs | miR-7 | ECs | –", ()),
    ]


def test_the_closest_counterpart_has_the_same_mirna(tmp_path: Path) -> None:
    gold = write(tmp_path / "g.jsonl", [{"pmid": "1", "tuples": [tuple_of("CAF", "miR-9", "EC", "G")]}])
    pred = write(tmp_path / "p.jsonl", [relation("1", "CAF", "miR-8", "EC", "G")])
    assert [(m.kind, m.near, m.differs) for m in evaluate(gold, pred).mistakes] == [
        ("missed", None, ()),
        ("false", None, ()),
    ]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.tsv"
    path.write_text("donor\trecipient\tmirna\ttarget\nCAF\tEC\tmiR-1 and -2\t–\n", encoding="utf-8")
    return path


def test_a_table_pools_the_documents(table: Path, files: tuple[Path, Path]) -> None:
    report = evaluate(table, files[1])
    assert report.table is not None
    assert report.table.rows.counts == Counts(tp=1, fn=1)
    assert report.table.agreeing.counts == Counts(tp=1, fp=3)
    assert counts(report, "donor-miRNA") == Counts(tp=2, fp=2, fn=0)
    assert report.outside == 0


def test_a_table_without_documents_has_no_parts(table: Path, files: tuple[Path, Path]) -> None:
    with pytest.raises(EvaluationInputError, match="has no doc_id column"):
        evaluate(table, files[1], only="read")
    with pytest.raises(EvaluationInputError, match=r"table\.tsv: a second pass must name the documents"):
        evaluate(files[0], files[1], gold2=table)


def test_nothing_at_all(tmp_path: Path) -> None:
    gold, pred = write(tmp_path / "g.jsonl", [{"pmid": "1", "tuples": []}]), write(tmp_path / "p.jsonl", [])
    report = evaluate(gold, pred)
    assert {score.counts for score in report.scores} == {Counts()}
    assert to_dict(report)["scores"]["whole tuple"]["f1"] is None


def text_of(report: Report) -> str:
    console = Console(width=160, record=True, quiet=False, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(render_text(report))
    return console.export_text()


def test_text(files: tuple[Path, Path]) -> None:
    shown = text_of(evaluate(*files))
    assert "pred.jsonl against gold.jsonl: 3 documents, 3 gold tuples, 3 relations" in shown
    assert "1 relations of documents that gold does not have are not scored" in shown
    line = next(line for line in shown.splitlines() if line.startswith("whole tuple"))
    assert line.split()[-4:] == ["1", "2", "2", "0"]
    assert "0.333" in line


def test_json_is_stable_and_complete(files: tuple[Path, Path]) -> None:
    made = to_json(evaluate(*files))
    assert made == to_json(evaluate(*files))
    parsed = json.loads(made)
    whole = parsed["scores"]["whole tuple"]
    assert (whole["tp"], whole["fp"], whole["fn"], whole["precision"]) == (1, 2, 2, 1 / 3)
    assert len(whole["recall_interval"]) == 2
    assert [mistake["kind"] for mistake in parsed["mistakes"]] == ["missed", "false", "missed", "false"]
    assert parsed["table"] is None


def test_html_shows_sentences_escaped_and_loads_nothing(files: tuple[Path, Path], table: Path) -> None:
    for page in (to_html(evaluate(*files)), to_html(evaluate(table, files[1]))):
        assert "A &lt;b&gt;sentence&lt;/b&gt; &amp; miR-7." in page
        assert "<b>" not in page
        assert not [word for word in ("http:", "https:", "src=", "href=", "<script") if word in page]


def test_command(files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold, pred = map(str, files)
    out = tmp_path / "r.json"
    assert main([gold, pred, "--errors", "9", "--json", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "whole tuple" in shown
    assert "missed CAF | miR-1 | EC | G1" in shown
    assert "miR-3" not in shown, "a held-back document was shown"
    assert json.loads(out.read_text(encoding="utf-8"))["documents"] == 3


def test_command_with_bad_input(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(files[0]), "nowhere.jsonl"]) == 2
    assert capsys.readouterr().err == (
        "error: nowhere.jsonl: cannot be read (No such file or directory); give the path of a file\n"
    )
