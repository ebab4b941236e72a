"""evmir convert, and the commands that read what extract wrote in any format."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.cli.converting import convert_file
from extractor.cli.ending import Refused
from extractor.curation.table_file import read_table
from extractor.evaluation.records import read_predictions
from extractor.types import Evidence, Relation, Slot
from extractor.writers import ANNOTATION_WRITERS, READERS, RELATION_WRITERS, jsonl, read_records, xlsx

Evmir = Callable[..., "subprocess.CompletedProcess[str]"]
Abstracts = Callable[..., Path]


@pytest.fixture
def found(tmp_path: Path) -> Path:
    """Three relations of two documents."""
    relations = [
        Relation(doc_id, Slot(text, 0, 6), evidence=(Evidence(0, 20, "=1+1 | miR-21 in\ttext", ("a.1",)),))
        for doc_id, text in (("d1", "miR-21"), ("d1", "-29a"), ("β 2", "miR-99"))
    ]
    path = tmp_path / "found.jsonl"
    path.write_bytes(b"".join(jsonl.relation_lines(relations)))
    return path


def test_extract_writes_what_convert_writes(evmir: Evmir, abstracts: Abstracts, tmp_path: Path) -> None:
    source = abstracts('=1+1 "miR-21" and\tmiR-7', "None.", "β-cells: miR-99.")
    for out in ("one.jsonl", "one.xlsx"):
        assert evmir("extract", source, "-o", out).returncode == 0
    done = evmir("convert", "one.jsonl", "two.xlsx")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    back = evmir("convert", "two.xlsx")
    assert back.stdout == (tmp_path / "one.jsonl").read_text(encoding="utf-8")
    assert len(back.stdout.splitlines()) == 3


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_from_each_format_into_another(found: Path, tmp_path: Path, suffix: str) -> None:
    expected = found.read_bytes()
    convert_file(found, tmp_path / f"there{suffix}")
    convert_file(tmp_path / f"there{suffix}", tmp_path / "back.jsonl")
    assert (tmp_path / "back.jsonl").read_bytes() == expected


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("in.md", "x", "cannot tell the format of 'in.md'"),
        ("in.csv", "a,b\n", "in.csv:1: no column relation_id"),
        ("in.parquet", "PAR1", "in.parquet: not a Parquet file"),
        ("in.xlsx", "PK", "in.xlsx: not an Excel workbook"),
        ("in.bioc.xml", "<collection>", "in.bioc.xml:1: not XML"),
        ("in.bioc.json", "[]", "in.bioc.json: no list of documents"),
        ("in.brat.zip", "PK", "in.brat.zip: not a ZIP archive"),
        ("absent.tsv", None, "absent.tsv: No such file"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(Refused) as caught:
        convert_file(tmp_path / name, tmp_path / "out.tsv")
    assert message in str(caught.value)
    assert not (tmp_path / "out.tsv").exists()


def test_a_value_that_cannot_be_one_is_named(evmir: Evmir, found: Path) -> None:
    records = read_records(found)
    records[0]["confidence"], records[1]["mirna"]["start"], records[2]["mirna"] = 7, "7", None
    found.write_text("".join(json.dumps(record) + "\n" for record in records))
    done = evmir("convert", "found.jsonl", "out.tsv")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "evmir: found.jsonl: record 1: confidence: 7 is not between 0 and 1; "
        "found.jsonl: record 2: mirna: '7' is not a whole number; "
        "found.jsonl: record 3: mirna: null; a relation needs a miRNA\n"
    )


def test_keys_of_other_tools_are_told_when_they_go(evmir: Evmir, found: Path, tmp_path: Path) -> None:
    record = {**read_records(found)[0], "curator": "x"}
    found.write_text(json.dumps(record) + "\n")
    done = evmir("convert", "found.jsonl", "out.tsv")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "found.jsonl: not carried over, for no format has a place for it: curator\n"
    assert len(read_records(tmp_path / "out.tsv")) == 1


def test_the_input_is_never_the_output(found: Path) -> None:
    before = found.read_bytes()
    with pytest.raises(Refused, match="is an input"):
        convert_file(found, found)
    assert found.read_bytes() == before


def test_too_much_for_a_format_leaves_no_file(
    monkeypatch: pytest.MonkeyPatch, found: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 4)
    convert_file(found, tmp_path / "out.xlsx")
    (tmp_path / "out.xlsx").unlink()
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    with pytest.raises(Refused, match="an Excel sheet holds 3 rows and 4 are needed"):
        convert_file(found, tmp_path / "out.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["found.jsonl"]


@pytest.mark.parametrize("suffix", sorted(READERS.keys() - {".jsonl", ".tsv"}))
def test_evaluation_and_lint_see_the_same_in_every_format(found: Path, tmp_path: Path, suffix: str) -> None:
    other = tmp_path / f"pred{suffix}"
    convert_file(found, other)
    assert read_predictions(other) == read_predictions(found)
    assert sum(map(len, read_predictions(other).values())) == 3
    plain, table = read_table(found), read_table(other)
    assert (plain.header, plain.rows, plain.columns) == (table.header, table.rows, table.columns)
    assert [table.cell(row, "mirna") for row in range(3)] == ["miR-21", "-29a", "miR-99"]


def test_evaluate_refuses_what_is_no_relation(evmir: Evmir, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(json.dumps({"pmid": "d1", "tuples": []}) + "\n")
    (tmp_path / "pred.parquet").write_text("no")
    done = evmir("evaluate", "--gold", "gold.jsonl", "--pred", "pred.parquet")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "pred.parquet: not a Parquet file" in done.stderr


def test_help_names_every_format(evmir: Evmir) -> None:
    for command, suffixes in (
        ("extract", RELATION_WRITERS),
        ("annotate", ANNOTATION_WRITERS),
        ("convert", READERS),
    ):
        shown = evmir(command, "--help").stdout
        assert [suffix for suffix in suffixes if suffix not in shown] == []
