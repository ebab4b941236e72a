"""Lint: Table 1 as a curator would read it, and each check on a small table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.curation.cell_items import items, replaced
from extractor.curation.lint import lint
from extractor.curation.nearest import key_distance, nearest
from extractor.resources import resource


def table(folder: Path, *lines: str, name: str = "t.tsv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def told(path: Path, *, notes: bool = False) -> list[tuple[int, str, str]]:
    return [(f.row, f.value, f.check) for f in lint(path, notes=notes).findings]


def test_table_1_has_two_misprints_and_nothing_else() -> None:
    findings = lint(resource("gold", "table1.tsv")).findings
    assert [(f.row, f.column, f.value, f.severity) for f in findings] == [
        (8, "mirna", "miR-233", "error"),
        (15, "mirna", "miR-278e", "error"),
    ]
    assert [f.suggestions[0].name for f in findings] == ["miR-223", "miR-378e"]
    assert all(f.suggestions[0].sure for f in findings)


@pytest.mark.parametrize(
    ("header", "line", "expected"),
    [
        ("mirna\ttarget", "miR-21\tPTEN", []),
        ("mirna\ttarget", "miR-21\tPTENN", [(1, "PTENN", "gene-unknown")]),
        ("mirna\ttarget", "miR-21\tPC3", [(1, "PC3", "gene-ambiguous")]),
        ("mirna\ttarget", "miR-21\tMKL1", [(1, "MKL1", "gene-outdated")]),
        ("donor\tmirna", "tumor cells\tmiR-21", [(1, "tumor cells", "cell-vague")]),
        ("donor\tmirna", "recipient cells\tmiR-21", [(1, "recipient cells", "cell-unknown")]),
        ("donor\tmirna", "PSC\tmiR-21", [(1, "PSC", "cell-ambiguous")]),
        ("mirna\tspecies", "miR-1246\tRat", [(1, "miR-1246", "mirna-unknown")]),
        ("mirna\tspecies", "miR-1246\thuman", []),
        ("Donor Cells\tmiRNA\tTarget Gene of miRNA", "EC\tlet-7a and -7b\tTJP1, ZEB1 and –", []),
    ],
)
def test_each_check(tmp_path: Path, header: str, line: str, expected: list[tuple[int, str, str]]) -> None:
    assert told(table(tmp_path, header, line)) == expected


def test_notes_are_told_only_when_asked(tmp_path: Path) -> None:
    path = table(tmp_path, "mirna\ttarget", "miR-210\tZO-2", "miR-210-3p\tTLR")
    assert told(path) == []
    assert told(path, notes=True) == [(1, "miR-210", "arm-missing"), (2, "TLR", "gene-family")]


def test_duplicate_rows_in_another_spelling(tmp_path: Path) -> None:
    path = table(
        tmp_path, "donor\tmirna\treference", "MCF-7\tmiR-21\t1", "MCF-7\tmiR-21\t2", "mcf 7\tmir-21\t1"
    )
    assert told(path) == [(3, "mir-21", "duplicate-row")]


def test_nothing_is_changed_without_fix(tmp_path: Path) -> None:
    path = table(tmp_path, "mirna", "miR-233")
    before = path.read_bytes()
    assert lint(path).changes == ()
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_fix_puts_in_the_sure_and_logs_it(tmp_path: Path) -> None:
    path = table(tmp_path, "id\tmirna\ttarget", "a\tmiR-21, −278e, and − 143\tMKL1", "b\tmiR-999999\tPTENN")
    report = lint(path, fix=True)
    assert path.read_text(encoding="utf-8").splitlines() == [
        "id\tmirna\ttarget",
        "a\tmiR-21, −378e, and − 143\tMRTFA",
        "b\tmiR-999999\tPTENN",
    ]
    assert report.log is not None
    log = [line.split("\t")[:5] for line in report.log.read_text(encoding="utf-8").splitlines()]
    assert log == [
        ["row", "column", "old", "new", "check"],
        ["1", "target", "MKL1", "MRTFA", "gene-outdated"],
        ["1", "mirna", "miR-278e", "miR-378e", "mirna-unknown"],
    ]
    assert [f.check for f in lint(path).findings] == ["mirna-unknown", "gene-unknown"]


def test_two_names_equally_near_are_not_put_in(tmp_path: Path) -> None:
    path = table(tmp_path, "mirna", "miR-2q")  # miR-21 and miR-22 are as near as each other
    assert lint(path, fix=True).changes == ()
    assert not any(s.sure for f in lint(path).findings for s in f.suggestions)


def test_fix_keeps_the_other_cells_of_a_csv(tmp_path: Path) -> None:
    path = table(tmp_path, "mirna,remark", '"miR-233, miR-21","a, b"', name="t.csv")
    lint(path, fix=True)
    assert path.read_text(encoding="utf-8") == 'mirna,remark\n"miR-223, miR-21","a, b"\n'


def test_extraction_output_is_read(tmp_path: Path) -> None:
    record = {
        "doc_id": "7",
        "mirna": {"text": "miR-233"},
        "donor": None,
        "recipient": {"text": "EC"},
        "target": None,
    }
    path = table(tmp_path, json.dumps(record), "", name="out.jsonl")
    assert told(path) == [(1, "miR-233", "mirna-unknown")]
    with pytest.raises(ValueError, match="can be fixed"):
        lint(path, fix=True)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.docx", "x", "save the table as .tsv or .csv"),
        ("t.xlsx", "x", "not an Excel workbook"),
        ("t.tsv", "", "empty"),
        ("t.tsv", "a\tb\n1\t2\n", "no column donor, recipient, mirna or target among: a, b"),
        ("t.jsonl", "{", "t.jsonl:1: not JSON"),
        ("t.jsonl", "[1]", "t.jsonl:1: a record must be an object"),
    ],
)
def test_unreadable_tables_say_why(tmp_path: Path, name: str, content: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        lint(path)


def test_items_of_a_cell() -> None:
    names = [i.name for i in items("miR-127, −197, −222 and − 223", "MIRNA")]
    assert names == ["miR-127", "miR-197", "miR-222", "miR-223"]
    assert [i.name for i in items("SMAD4 and STAT6", "GENE")] == ["SMAD4", "STAT6"]
    assert [i.name for i in items("Candida; sandy", "GENE")] == ["Candida", "sandy"]
    assert list(items(" – ", "GENE")) == []
    assert [i.name for i in items("miR-494 and − 542-3p", "MIRNA")] == ["miR-494", "miR-542-3p"]


def test_replacing_touches_only_the_item() -> None:
    cell = "miR-21, −278e, and − 143"
    second = list(items(cell, "MIRNA"))[1]
    assert replaced(cell, second, "miR-378e") == "miR-21, −378e, and − 143"


def test_nearest_by_edits_then_keys() -> None:
    assert [n.name for n in nearest("miR-233", ["miR-433", "miR-323", "miR-223", "miR-21"])] == [
        "miR-223",
        "miR-323",
        "miR-433",
    ]
    assert nearest("miR-233", ["miR-9"]) == ()
    assert key_distance("2", "3") == 1.0
    assert key_distance("q", "a") < key_distance("q", "p")
    assert key_distance("β", "b") == 9.0
