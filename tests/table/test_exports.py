"""The table in each format, read back with the libraries that people read it with."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import html
from table_helpers import row

from extractor.curation.convert import import_table
from extractor.curation.exports import EXPORTS, View, view_of
from extractor.curation.exports.view import HEADINGS
from extractor.curation.rows import Cell, Row
from extractor.resources import resource
from extractor.writers.tsv import unescape

ROWS = (
    row(
        "7.1",
        "CAF | miR-21=mirbase:MI1 | EC=CL:0000115 | PTEN=hgnc:9588",
        "decreases",
        "100",
        phenotype=Cell("EMT"),
    ),
    row("7.2", "CAF | miR-29a | EC=CL:0000115 | PTEN=hgnc:9588", "decreases", "100", phenotype=Cell("EMT")),
    row("8", "TAM | miR-223 | EC | –", reference="51", pmcid="PMC9", phenotype=Cell("EMT")),
    row("9", "TAM | miR-7 | EC | –", pmid="300", status="withdrawn"),
)
EVIL = '=1+1<script>alert("x")</script>|`*_\\'
LINE = {
    "row": "7.1",
    "doc_id": "100",
    "proposal_id": "p",
    "decision": 1,
    "curator": "ann",
    "date": "2026-01-02T03:04:05Z",
    "confidence": 0.8,
    "evidence": [{"start": 3, "end": 9, "text": "=a sentence", "rules": ["a.rule", "b.rule"]}],
}
VIEW = view_of("EV miRNAs", ROWS, [LINE])
PRINTED = [
    ("EMT", "CAF", "EC", "miR-21 and miR-29a", "PTEN ↓", "PMID 100"),
    ("EMT", "TAM", "EC", "miR-223", "–", "51"),
]


def exported(suffix: str, view: View = VIEW) -> bytes:
    return EXPORTS[suffix](view)


def evil_view() -> View:
    bad = replace(ROWS[0], donor=Cell(EVIL), note=EVIL, phenotype=Cell("a\x00b\ud800"))
    return view_of(EVIL, [bad])


def test_the_printed_lines() -> None:
    assert [line.cells for line in VIEW.lines] == PRINTED
    assert [line.same for line in VIEW.lines] == [2, 0]
    assert VIEW.legend == "↓ lowered by the miRNA"
    assert [line.link for line in VIEW.lines] == [
        "https://pubmed.ncbi.nlm.nih.gov/100/",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC9/",
    ]
    assert [f.ids for f in view_of("t", ROWS, atomic=True).findings] == [("7.1",), ("7.2",), ("8",)]


@pytest.mark.parametrize("suffix", EXPORTS)
def test_the_same_table_gives_the_same_bytes(suffix: str) -> None:
    assert exported(suffix) == exported(suffix)


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_office_files_carry_no_time_of_day(suffix: str) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(suffix))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode("utf-8")
    assert set(re.findall(r">(\d{4}-[^<]*)<", core)) == {"1980-01-01T00:00:00Z"}


@pytest.mark.parametrize("suffix", EXPORTS)
def test_anything_that_a_cell_may_hold_can_be_exported(suffix: str) -> None:
    assert exported(suffix, evil_view())
    assert exported(suffix, view_of("", []))


def test_tsv_is_a_printed_table_that_can_be_imported_again(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_bytes(exported(".tsv"))
    again = import_table(path)
    assert [(r.id, r.show(), r.effect, r.pmid or r.pmcid) for r in again] == [
        ("7.1", "CAF | miR-21 | EC | PTEN", "decreases", "100"),
        ("7.2", "CAF | miR-29a | EC | PTEN", "decreases", "100"),
        ("8", "TAM | miR-223 | EC | –", "", "PMC9"),
    ]
    header, first, _ = path.read_text(encoding="utf-8").splitlines()
    assert dict(zip(header.split("\t"), first.split("\t"), strict=True))["ids"] == "7.1 7.2"


def test_tsv_escapes() -> None:
    header, line = exported(".tsv", evil_view()).decode("utf-8").splitlines()
    cells = dict(zip(header.split("\t"), line.split("\t"), strict=True))
    assert unescape(cells["donor"]) == EVIL


def test_markdown() -> None:
    text = exported(".md").decode("utf-8")
    assert text.splitlines()[4] == (
        "| EMT | CAF | EC | miR-21 and miR-29a | PTEN ↓ | [PMID 100](https://pubmed.ncbi.nlm.nih.gov/100/) |"
    )
    evil = exported(".md", evil_view()).decode("utf-8")
    assert "<script" not in evil.replace("\\<script", "")
    assert len(re.findall(r"(?<!\\)\|", evil.splitlines()[4])) == len(HEADINGS) + 1


def test_html_is_one_page_with_merged_cells_and_links() -> None:
    tree = html.fromstring(exported(".html"))
    table = [[cell.text_content() for cell in line] for line in tree.xpath("//tbody/tr")]
    assert table == [list(PRINTED[0]), list(PRINTED[1][1:])]
    assert tree.xpath("//td/@rowspan") == ["2"]
    assert tree.xpath("//td/a/@href") == [line.link for line in VIEW.lines]
    assert tree.xpath("//script | //link | //img | //iframe") == []


def test_html_shows_markup_as_text() -> None:
    tree = html.fromstring(exported(".html", evil_view()))
    assert tree.xpath("//script") == []
    assert tree.xpath("//h1")[0].text_content() == EVIL
    assert tree.xpath("//tbody/tr/td")[1].text_content() == EVIL


def test_xlsx_has_three_sheets_and_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(".xlsx")))
    assert book.sheetnames == ["Table", "Rows", "Evidence"]
    lines = list(book["Table"].iter_rows(values_only=True))
    assert lines == [HEADINGS, PRINTED[0], (None, *PRINTED[1][1:])]
    assert [str(r) for r in book["Table"].merged_cells.ranges] == ["A2:A3"]
    assert [r[0].value for r in book["Rows"].iter_rows(min_row=2)] == ["7.1", "7.2", "8"]
    assert [c.value for c in book["Evidence"][2]] == [
        *("7.1", "100", "ann", "2026-01-02T03:04:05Z", "0.8"),
        *("=a sentence", "3-9", "a.rule b.rule"),
    ]
    evil = openpyxl.load_workbook(io.BytesIO(exported(".xlsx", evil_view())))["Table"]["B2"]
    assert (evil.value, evil.data_type) == (EVIL, "s")


def test_docx_is_a_journals_table() -> None:
    document = docx.Document(io.BytesIO(exported(".docx")))
    assert document.paragraphs[0].text == "Table 1. EV miRNAs"
    (table,) = document.tables
    cells = [[cell.text for cell in line.cells] for line in table.rows]
    assert cells == [list(HEADINGS), list(PRINTED[0]), list(PRINTED[1])]
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc  # one cell over two lines
    links = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert links == [line.link for line in VIEW.lines]
    borders = table._tbl.tblPr.xpath("./w:tblBorders/*")
    assert [b.tag.partition("}")[2] for b in borders] == ["top", "bottom", "insideH"]
    evil = docx.Document(io.BytesIO(exported(".docx", evil_view())))
    assert evil.tables[0].cell(1, 1).text == EVIL


def test_jsonld_links_every_slot_and_says_what_rows_rest_on() -> None:
    document = json.loads(exported(".jsonld"))
    context, (first, second, third) = document["@context"], document["@graph"]
    assert first["@id"] == "evmir:row/7.1"
    assert first["target"] == {"@id": "hgnc:9588", "label": "PTEN"}
    assert context["hgnc"] == {"@id": "https://identifiers.org/hgnc:", "@prefix": True}
    assert context["CL"] == {"@id": "http://purl.obolibrary.org/obo/CL_", "@prefix": True}
    assert first["citation"] == "https://pubmed.ncbi.nlm.nih.gov/100/"
    (support,) = first["evidence"]
    assert (support["curator"], support["evidence"][0]["rules"]) == ("ann", ["a.rule", "b.rule"])
    assert "evidence" not in second
    assert "target" not in third


def test_every_term_and_prefix_of_jsonld_is_in_its_context() -> None:
    document = json.loads(exported(".jsonld", view_of("t", table1())))
    context = document["@context"]
    for node in document["@graph"]:
        assert {key for key in node if not key.startswith("@")} <= context.keys()
        entities = [value for value in node.values() if isinstance(value, dict)]
        assert {e["@id"].partition(":")[0] for e in entities if "@id" in e} <= context.keys()


def table1() -> tuple[Row, ...]:
    return import_table(resource("gold", "table1.tsv"))


def test_table_1_looks_as_it_was_printed() -> None:
    lines = [line.cells for line in view_of("Table 1", table1()).lines]
    assert len(lines) == 20
    assert lines[0] == ("Induction of angiogenesis", "Breast cancer cell", "EC", "miR-210", "–", "41")
    assert lines[11][3:] == ("miR-494 and miR-542-3p", "Cadherin-17, MAL and TRAF4", "57")
    assert [line.same for line in view_of("Table 1", table1()).lines][:4] == [3, 0, 0, 1]
