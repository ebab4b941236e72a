"""From printed tables to curated ones: Table 1 of the seed review, and small tables made for this."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from extractor.curation.convert import import_table
from extractor.curation.curated import CuratedTable
from extractor.curation.grouping import findings
from extractor.curation.validation import problems_of
from extractor.evaluation.records import EvaluationInputError
from extractor.resources import resource

TABLE1 = resource("gold", "table1.tsv")


def test_table_1_is_34_rows_of_20_findings_and_valid() -> None:
    rows = import_table(TABLE1)
    assert len(rows) == 34
    assert [f.label for f in findings(rows)] == [str(n) for n in range(1, 21)]
    assert problems_of(CuratedTable(TABLE1, rows)) == ()
    assert Counter(row.status for row in rows) == {"imported": 34}


def test_names_identifiers_and_papers_are_filled_in() -> None:
    rows = {row.id: row for row in import_table(TABLE1)}
    assert rows["4"].pmid == "24735924"
    assert rows["2.1"].pmcid == "PMC5992447"
    assert rows["9"].doi == "10.18632/oncotarget.20009"
    row = rows["4"]
    assert [c.curie for c in (row.donor, row.mirna, row.recipient, row.target)] == [
        "MONDO:0007254",
        "mirbase:MI0000111",
        "CL:0000115",
        "hgnc:11827",
    ]
    assert (row.target.text, row.target.name, row.effect) == ("ZO-1", "TJP1", "decreases")


def test_a_misprint_is_mended_and_noted_a_difference_keeps_both_names() -> None:
    rows = {row.id: row for row in import_table(TABLE1)}
    assert (rows["8"].mirna.text, rows["8"].target.text) == ("miR-223", "Mef2c")
    assert "miR-233" not in rows["8"].mirna.names
    assert rows["8"].note.endswith("(printed miR-233; printed Mef2s)")
    assert (rows["11"].mirna.text, rows["11"].mirna.forms) == ("miR-212-3p", ("miR-212",))
    assert (rows["14.1"].mirna.text, rows["14.1"].mirna.forms) == ("miR-409", ("miR-409-3p", "miR-409-5p"))


def test_the_printed_table_alone_gives_the_same_statements(tmp_path: Path) -> None:
    shutil.copy(TABLE1, tmp_path / "table1.tsv")
    alone = import_table(tmp_path / "table1.tsv", references=resource("gold", "references.tsv"))
    full = import_table(TABLE1)
    assert [(r.id, r.show(), r.papers) for r in alone] == [(r.id, r.show(), r.papers) for r in full]


def test_lists_become_rows(tmp_path: Path) -> None:
    printed = tmp_path / "p.tsv"
    printed.write_text(
        "row\tdonor\trecipient\tmirna\ttarget\tref\n7\tCAF\t–\tmiR-21, -29a\tPTEN and TLR4\t[5]\n"
    )
    assert [(r.id, r.show(), r.reference) for r in import_table(printed)] == [
        ("7.1", "CAF | miR-21 | – | PTEN", "5"),
        ("7.2", "CAF | miR-21 | – | TLR4", "5"),
        ("7.3", "CAF | miR-29a | – | PTEN", "5"),
        ("7.4", "CAF | miR-29a | – | TLR4", "5"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("donor\tmirna\n", "no column recipient, target"),
        ("donor\trecipient\tmirna\ttarget\n", "holds no rows"),
        ("donor\trecipient\tmirna\ttarget\nCAF\tEC\t–\tPTEN\n", "p.tsv:2: no miRNA"),
    ],
)
def test_what_is_no_printed_table_is_refused(tmp_path: Path, text: str, told: str) -> None:
    printed = tmp_path / "p.tsv"
    printed.write_text(text, encoding="utf-8")
    with pytest.raises(EvaluationInputError, match=told):
        import_table(printed)
