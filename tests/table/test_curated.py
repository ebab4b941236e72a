"""The table's file: what is written is read back, and what is wrong is told with its place and the fix."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_helpers import row

from extractor.curation.curated import CuratedTable, Problem, TableError, read_curated, table_bytes
from extractor.curation.rows import COLUMNS, PLAIN, SLOTS, Cell, Row
from extractor.curation.validation import problems_of

texts = st.text(max_size=12)
cells = st.builds(Cell, texts, texts, texts, st.lists(texts, max_size=3).map(tuple))
ids = st.text(min_size=1, max_size=8).filter(str.strip)
rows = st.builds(Row, ids, **dict.fromkeys(SLOTS, cells), **dict.fromkeys(PLAIN, texts))


def write(folder: Path, data: bytes) -> Path:
    path = folder / "t.tsv"
    path.write_bytes(data)
    return path


@given(st.lists(rows, max_size=5))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, made: list[Row]) -> None:
    data = table_bytes(made)
    path = write(tmp_path_factory.mktemp("t"), data)
    assert read_curated(path).rows == tuple(made)
    assert data.count(b"\n") == 1 + len(made)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_a_named_problem(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = write(tmp_path_factory.mktemp("t"), b"id\tdonor\trecipient\tmirna\ttarget\n" + raw)
    try:
        table = read_curated(path)
    except TableError as error:
        assert error.problems
        assert all(p.line >= 1 and p.fix for p in error.problems)
    else:
        assert all(str(p).startswith(f"{path}:") for p in problems_of(table))


def test_a_table_of_a_spreadsheet_is_read(tmp_path: Path) -> None:
    data = "\ufeffmirna\tid\tdonor\trecipient\ttarget\r\nmiR-21\ta\tCAF\r\n\r\nmiR-7\tb\t\tEC\tPTEN\r\n"
    table = read_curated(write(tmp_path, data.encode()))
    assert [(r.id, r.show()) for r in table.rows] == [
        ("a", "CAF | miR-21 | – | –"),
        ("b", "– | miR-7 | EC | PTEN"),
    ]
    assert table.lines == (2, 4)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"id\tdonor\tmirna\ttarget\n", [(1, "recipient", "this column is missing")]),
        (b"id\tdonor\trecipient\tmirna\ttarget\tcolour\n", [(1, "colour", "no column has this name")]),
        (b"id\tdonor\trecipient\tmirna\ttarget\tid\n", [(1, "id", "this column stands twice")]),
        (
            b"",
            [(1, c, "this column is missing") for c in ("id", "donor", "recipient", "mirna", "target")]
            + [(1, "", "no column has this name")],
        ),
        (
            b"id\tdonor\trecipient\tmirna\ttarget\na\\q\tb\\x\tc\td\te\n1\t2\t3\t4\t5\t6\n",
            [
                (2, "id", "an escape that nothing stands for"),
                (2, "donor", "an escape that nothing stands for"),
                (3, "", "6 cells under 5 columns"),
            ],
        ),
        (b"id\tdonor\trecipient\tmirna\ttarget\na\t\xff\t\t\t\n", [(2, "", "not UTF-8 text")]),
    ],
)
def test_every_malformed_line_is_told_at_once(
    tmp_path: Path, data: bytes, expected: list[tuple[int, str, str]]
) -> None:
    with pytest.raises(TableError) as caught:
        read_curated(write(tmp_path, data))
    assert [(p.line, p.column, p.message) for p in caught.value.problems] == expected


GOOD = row("1", "CAF=mesh:D1 | miR-21=mirbase:MI1 | EC=CL:1 | PTEN=hgnc:1", "decreases", pmid="23439645")


@pytest.mark.parametrize(
    ("bad", "column", "value", "message"),
    [
        (replace(GOOD, id="a b"), "id", "a b", "an id is needed, without blanks"),
        (replace(GOOD, mirna=Cell()), "mirna", "", "no miRNA"),
        (
            replace(GOOD, mirna=Cell("miR-21 and -29a")),
            "mirna",
            "miR-21 and -29a",
            "several miRNAs in one row",
        ),
        (replace(GOOD, target=Cell("RSU1, STAG2")), "target", "RSU1, STAG2", "several targets in one row"),
        (replace(GOOD, recipient=Cell("–")), "recipient", "–", "a sign for nothing"),
        (
            replace(GOOD, donor=Cell(curie="CL:1")),
            "donor_curie",
            "CL:1",
            "column donor is empty, its details are not",
        ),
        (replace(GOOD, target=Cell("PTEN", curie="9588")), "target_curie", "9588", "no identifier"),
        (replace(GOOD, target=Cell("PTEN", curie="CL:1")), "target_curie", "CL:1", "cl has no targets"),
        (replace(GOOD, effect="lowers"), "effect", "lowers", "no such effect"),
        (replace(GOOD, target=Cell()), "effect", "decreases", "an effect without a target"),
        (replace(GOOD, status="ok"), "status", "ok", "no such status"),
        (replace(GOOD, pmid="PMID:1"), "pmid", "PMID:1", "no PMID"),
        (replace(GOOD, pmid="", pmcid="3624465"), "pmcid", "3624465", "no PMCID"),
        (replace(GOOD, doi="https://doi.org/10.1/x"), "doi", "https://doi.org/10.1/x", "no DOI"),
        (replace(GOOD, pmid=""), "reference", "", "nothing says which paper"),
        (replace(GOOD, date="31.5.2024"), "date", "31.5.2024", "no date"),
        (replace(GOOD, donor=Cell("CAF ")), "donor", "CAF ", "blanks at the edge"),
    ],
)
def test_each_check(bad: Row, column: str, value: str, message: str) -> None:
    path = Path("t.tsv")
    (problem,) = problems_of(CuratedTable(path, (GOOD, replace(bad, id=bad.id.replace("1", "2"))), (2, 5)))
    assert (problem.path, problem.line) == (path, 5)
    assert (problem.column, problem.value, problem.message) == (column, value, message)
    assert problem.fix


def test_a_row_of_names_alone_is_nothing_wrong() -> None:
    assert problems_of(CuratedTable(Path("t.tsv"), (GOOD, row("2", "– | miR-7 | – | PTEN", pmid="1")))) == ()


def test_an_empty_row_and_a_repeated_id_are_told_in_the_order_of_lines() -> None:
    table = CuratedTable(
        Path("t.tsv"), (GOOD, row("9", "– | miR-7 | – | –", pmid="1"), replace(GOOD, note="x"))
    )
    assert [(p.line, p.column, p.message) for p in problems_of(table)] == [
        (3, "donor", "neither donor nor recipient nor target"),
        (4, "id", "line 2 has the same id"),
    ]


def test_a_problem_names_file_line_column_value_and_fix() -> None:
    problem = Problem(Path("t.tsv"), 3, "pmid", "x", "no PMID", "write digits only")
    assert str(problem) == "t.tsv:3: pmid 'x': no PMID; write digits only"


def test_columns_are_what_people_read_first() -> None:
    assert COLUMNS[:8] == ("id", "phenotype", "donor", "recipient", "mirna", "target", "effect", "species")
    assert len(set(COLUMNS)) == len(COLUMNS) == 1 + 5 + 10 + 15
