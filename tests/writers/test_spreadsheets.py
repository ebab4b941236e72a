"""CSV, XLSX and Parquet as others see them: no formulas, whole cells, the right types."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from extractor.types import Evidence, Relation, Slot
from extractor.writers import csv_table, parquet, read_records, tsv, xlsx
from extractor.writers.records import RecordError

Make = Callable[..., Relation]
Written = Callable[[str, list[Relation]], Path]
Relations = st.SearchStrategy[list[Relation]]


@given(st.text() | st.from_regex(r"\A\s*[=+@'-].*", fullmatch=True))
def test_a_guarded_cell_is_no_formula_and_comes_back(cell: str) -> None:
    guarded = csv_table.guard(cell)
    assert guarded.lstrip()[:1] not in tuple("=+-@＝＋－＠")
    assert csv_table.unguard(guarded) == cell


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("-29a", "'-29a"),
        (" @x", "' @x"),
        ("＝1", "'＝1"),
        ("'a", "''a"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_which_cells_are_guarded(cell: str, expected: str) -> None:
    assert csv_table.guard(cell) == expected


def test_csv_for_readers_of_csv(relation: Make, written: Written) -> None:
    made = relation(doc_id="=cmd|' /C calc'!A0", mirna=Slot("-29a", 0, 4), target=Slot('a "b", c', 1, 2))
    content = written(".csv", [made]).read_bytes()
    assert content.startswith(b"\xef\xbb\xbfrelation_id,doc_id,kind,")
    assert content.count(b"\r\n") == content.count(b"\n") == 2
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert list(row) == list(tsv.COLUMNS)
    assert (row["doc_id"], row["mirna"], row["target"]) == ("'=cmd\\p' /C calc'!A0", "'-29a", 'a "b", c')
    frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    assert frame.loc[0].to_dict() == row


def test_csv_that_a_spreadsheet_saved_again(relation: Make, tmp_path: Path) -> None:
    """Other quoting, other line ends, no byte-order mark, and rows of empty cells at the end."""
    content = b"".join(csv_table.relation_lines([relation()])).decode("utf-8-sig")
    buffer = io.StringIO(newline="")
    rows = list(csv.reader(io.StringIO(content, newline="")))
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([*rows, [""] * len(rows[0])])
    (tmp_path / "again.csv").write_text(buffer.getvalue(), encoding="utf-8")
    assert read_records(tmp_path / "again.csv") == [relation().to_record()]


def test_csv_errors_name_the_line(relation: Make, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    good = b"".join(csv_table.relation_lines([relation()]))
    path.write_bytes(good + b"a,b\r\n")
    with pytest.raises(RecordError, match=rf"bad\.csv:3: 2 cells under {len(tsv.COLUMNS)} columns"):
        read_records(path)
    path.write_bytes(good + b'"a')
    with pytest.raises(RecordError, match=r"bad\.csv:3: not CSV .*check its quotes"):
        read_records(path)
    path.write_bytes(good.replace(b"0.75", b'"0,75"'))
    with pytest.raises(RecordError, match=r"bad\.csv:2: could not convert string to float: '0,75'"):
        read_records(path)


def test_the_sheets_of_a_workbook(relation: Make, written: Written) -> None:
    evidence = (Evidence(0, 3, "=A1", ("r.1",)), Evidence(4, 9, "Two.\n", ("r.1", "r.2")))
    made = relation(mirna=Slot("-29a", 10, 14), evidence=evidence, flags=("retracted",))
    path = written(".xlsx", [made, relation(doc_id="7")])
    sheets = pd.read_excel(
        path, sheet_name=None, keep_default_na=False, dtype={"Reference": str, "doc_id": str}
    )
    assert list(sheets) == ["findings", "atomic", "evidence"]
    assert sheets["findings"].loc[0].to_list() == [
        *("–", "MSC", "T cells", "-29a", "PTEN", "123", 0.75, "retracted")
    ]
    atomic = sheets["atomic"]
    assert list(atomic) == list(tsv.COLUMNS)
    assert (atomic["mirna_start"].to_list(), atomic["confidence"].to_list()) == ([10, 29], [0.75, 0.75])
    assert (atomic["negated"].to_list(), atomic["doc_id"].to_list()) == ([False, False], ["123", "7"])
    number, start, end, text, rules = range(2, 7)
    rows = sheets["evidence"].to_numpy().tolist()
    assert [[row[i] for i in (number, start, end, text, rules)] for row in rows[:2]] == [
        [1, 0, 3, "=A1", "r.1"],
        [2, 4, 9, "Two.\n", "r.1 r.2"],
    ]
    assert [row[0] for row in rows] == [made.to_record()["relation_id"]] * 2 + [
        relation(doc_id="7").to_record()["relation_id"]
    ]


@given(data=st.data())
@settings(deadline=None, max_examples=30)
def test_no_cell_of_a_workbook_is_more_than_its_value(
    data: st.DataObject, any_relations: Relations, written: Written
) -> None:
    book = load_workbook(written(".xlsx", data.draw(any_relations)))
    types = {
        cell.data_type
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert types <= {"s", "n", "b"}


def test_errors_and_formulas_are_texts_that_stay_so_when_edited(relation: Make, written: Written) -> None:
    made = relation(doc_id="#N/A", mirna=Slot("=1+1", 0, 4), donor=Slot("2024-01-02", 0, 9))
    row = load_workbook(written(".xlsx", [made]))["atomic"][2]
    cells = {cell.value: (cell.data_type, bool(cell.quotePrefix)) for cell in row}
    assert cells["#N/A"] == cells["2024-01-02"] == ("s", False)
    assert cells["=1+1"] == ("s", True)


def test_what_excel_takes_for_an_escape_is_escaped(relation: Make, written: Written) -> None:
    """Excel shows ``_x0041_`` in a cell as ``A``, and reads ``_x005F_x0041_`` as the former."""
    made = relation(mirna=Slot("_x0041_", 0, 7), evidence=(Evidence(0, 9, "_x0041_ ._", ("r",)),))
    path = written(".xlsx", [made])
    book = load_workbook(path)
    texts = {cell.value for cell in book["atomic"][2]}
    assert {r"\u005fx0041_", r"\u005fx0041_ ._"} <= texts
    assert book["evidence"]["F2"].value == "_x005F_x0041_ ._"
    assert read_records(path) == [made.to_record()]


def test_a_workbook_tells_no_time(relation: Make, written: Written) -> None:
    with zipfile.ZipFile(written(".xlsx", [relation()])) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode("utf-8")
    assert re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core) == ["1980-01-01T00:00:00Z"] * 2


def test_cells_longer_than_excel_takes_go_on(relation: Make, written: Written) -> None:
    text = "".join(chr(97 + n % 26) for n in range(xlsx.LONGEST * 2 + 5))
    made = [relation(), relation(evidence=(Evidence(0, len(text), text, ("a.1",)),))]
    path = written(".xlsx", made)
    sheet = load_workbook(path)["atomic"]
    header = [cell.value for cell in sheet[1]]
    assert header[len(tsv.COLUMNS) :] == ["evidence+2", "evidence+3"]
    assert [cell.value for cell in sheet[3]][-2:] == [text[16_000:32_000], text[32_000:]]
    assert max(len(cell.value) for cell in sheet[3] if isinstance(cell.value, str)) == 16_000
    assert read_records(path) == [one.to_record() for one in made]


def test_a_workbook_that_was_saved_again(relation: Make, written: Written, tmp_path: Path) -> None:
    """With a column of notes more, as people add them, and the other sheets gone."""
    book = load_workbook(written(".xlsx", [relation(), relation(donor=None, target=None, effect=None)]))
    book["atomic"].cell(1, len(tsv.COLUMNS) + 1, "my notes")
    book["atomic"].cell(2, len(tsv.COLUMNS) + 1, "checked")
    del book["findings"], book["evidence"]
    book.save(tmp_path / "again.xlsx")
    assert read_records(tmp_path / "again.xlsx") == [
        relation().to_record(),
        relation(donor=None, target=None, effect=None).to_record(),
    ]


def test_another_workbook_is_refused(relation: Make, written: Written, tmp_path: Path) -> None:
    book = load_workbook(written(".xlsx", [relation()]))
    book["atomic"].cell(2, 1 + tsv.COLUMNS.index("mirna_start"), "ten")
    book.save(tmp_path / "bad.xlsx")
    with pytest.raises(RecordError, match=r"bad\.xlsx:atomic row 2: invalid literal for int.*'ten'"):
        read_records(tmp_path / "bad.xlsx")
    del book["atomic"]
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(RecordError, match=r"other\.xlsx: no sheet 'atomic' among findings, evidence"):
        read_records(tmp_path / "other.xlsx")


def test_pandas_reads_the_parquet(relation: Make, written: Written) -> None:
    frame = pd.read_parquet(written(".parquet", [relation(), relation(donor=None)]))
    assert list(frame) == list(relation().to_record())
    assert [slot and slot["curie"] for slot in frame["donor"]] == ["CL:0000134", None]
    assert frame["evidence"][0][0]["rules"].tolist() == ["carry.1", "target.2"]
    assert (str(frame["negated"].dtype), str(frame["confidence"].dtype)) == ("bool", "float64")


def test_parquet_streams_group_by_group(
    relation: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(parquet, "GROUP", 2)
    taken = []
    made = (taken.append(n) or relation(doc_id=str(n)) for n in range(5))  # type: ignore[func-returns-value]
    pieces = parquet.relation_table(made)
    first = next(pieces)
    assert first.startswith(b"PAR1")
    assert taken == [0, 1]
    (tmp_path / "out.parquet").write_bytes(first + b"".join(pieces))
    assert [record["doc_id"] for record in read_records(tmp_path / "out.parquet")] == list("01234")


def test_another_parquet_is_refused(tmp_path: Path) -> None:
    pd.DataFrame({"doc_id": ["1"], "mirna": ["miR-21"]}).to_parquet(tmp_path / "other.parquet")
    with pytest.raises(RecordError, match=r"other\.parquet: no column confidence, donor, effect, evidence"):
        read_records(tmp_path / "other.parquet")
