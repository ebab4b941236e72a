"""CSV, TSV and MEDLINE."""

from __future__ import annotations

from pathlib import Path

from extractor.readers import read_documents


def test_csv_with_quotes_line_breaks_and_numbers(read) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read("x.csv", 'PMID,Title,Abstract\r\n1,"a, ""b""","c\nd"\r\n2.0,t,\r\n,u,v\r\n')
    assert [(d.doc_id, d.text) for d in documents] == [("1", 'a, "b"\nc\nd'), ("2", "t\n"), ("x:5", "u\nv")]
    assert problems == []


def test_tsv_semicolons_and_other_names_of_columns(read) -> None:  # type: ignore[no-untyped-def]
    assert [(d.doc_id, d.text) for d in read("x.tsv", "\ufeffdoc_id\tyear\tText\na\t2019\tb, c\n")[0]] == [
        ("a", "b, c")
    ]
    assert [(d.doc_id, d.text) for d in read("y.csv", "PubMed ID;Article Title\n7;b, c\n")[0]] == [
        ("7", "b, c\n")
    ]


def test_bad_rows_cost_themselves_alone(read) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read("x.csv", 'pmid,title\n1,a\n2,b,c\n3,\n4,"d"e\n5,f\n6\n7,"g\n')
    assert [d.doc_id for d in documents] == ["1", "5"]
    assert problems == [
        "x.csv:line 3: 3 cells under 2 columns; quote cells with separators",
        "x.csv:line 4: record 3 has no title, abstract or text; add one or remove it",
        "x.csv:line 5: no row of a table up to line 5 (',' expected after '\"'); check its quotes",
        "x.csv:line 7: record 6 has no title, abstract or text; add one or remove it",
        "x.csv:line 8: no row of a table up to line 8 (unexpected end of data); check its quotes",
    ]


def test_a_table_without_a_column_of_text(read) -> None:  # type: ignore[no-untyped-def]
    assert read("x.csv", "a,b\n1,2\n") == (
        [],
        ["x.csv:line 1: no column named title, abstract or text (there are: a, b); name the columns"],
    )


def test_a_table_without_rows(read) -> None:  # type: ignore[no-untyped-def]
    assert read("x.csv", "pmid,title\n") == ([], ["x.csv: holds no record; remove it or fill it"])
    assert read("x.json", "[]") == ([], ["x.json: holds no record; remove it or fill it"])


MEDLINE = """
PMID- 11
OWN - NLM
TI  - A title that
      goes on.
AB  - BACKGROUND: One
      two.
AD  - Somewhere.

PMID- 12
BTI - A book
LID - x
"""


def test_medline(read) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read("x.nbib", MEDLINE)
    assert [(d.doc_id, d.text) for d in documents] == [
        ("11", "A title that goes on.\nBACKGROUND: One two."),
        ("12", "A book\n"),
    ]
    assert problems == []


def test_medline_in_a_txt_file_is_known_by_its_first_line(read) -> None:  # type: ignore[no-untyped-def]
    assert [d.doc_id for d in read("x.txt", MEDLINE)[0]] == ["11", "12"]


def test_bad_medline_records_cost_themselves_alone(read) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read(
        "x.nbib", "PMID- 1\nnonsense\nTI  - A\nPMID- 2\nOWN - x\n\nTI  - B\n\nPMID- 3\nTI  - C"
    )
    assert [d.doc_id for d in documents] == ["1", "3"]
    assert problems == [
        "x.nbib:line 2: no tag such as 'TI  - ' and no indentation; left out, indent what continues",
        "x.nbib:line 4: record 2 has no title, abstract or text; add one or remove it",
        "x.nbib:line 7: a record without PMID; add it or remove the record",
    ]


def test_real_medline_files(shared: Path) -> None:
    """Ids and ends of titles as the files print them, read by eye."""
    problems: list[str] = []
    folder = shared / "data" / "xml" / "medline"
    documents = list(read_documents([folder], problems=lambda p: problems.append(str(p))))
    expected = sum(
        line.startswith("PMID-") for path in folder.iterdir() for line in path.read_text("utf-8").splitlines()
    )
    assert problems == []
    assert len(documents) == expected
    assert all("\n" in d.text and "  " not in d.text for d in documents)
