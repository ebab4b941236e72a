"""``evmir tables``: rows of articles, and what happens where there are none."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Evmir = Callable[..., "CompletedProcess[str]"]


def article(pmid: int, *tables: str) -> str:
    wraps = "".join(
        f"<table-wrap><label>Table {n}</label><caption><p>Cap {n}.</p></caption><table>{t}</table>"
        "</table-wrap>"
        for n, t in enumerate(tables, 1)
    )
    return (
        f'<article><front><article-meta><article-id pub-id-type="pmid">{pmid}</article-id><title-group>'
        f"<article-title>T</article-title></title-group></article-meta></front><body>{wraps}</body><back>"
        '<ref-list><ref id="B1"><pub-id pub-id-type="pmid">9</pub-id></ref></ref-list></back></article>'
    )


MARK = '<xref ref-type="bibr" rid="B1">1</xref>'
FIRST = f"<tr><th>Donor</th><th>cited</th></tr><tr><td>TAM [{MARK}]</td><td>a\tb</td></tr>"
SECOND = "<tr><th>miRNA</th><th>Donor</th></tr><tr><td>miR-21</td><td>CAF</td></tr>"


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter="\t"))


def test_rows_of_all_tables_under_all_columns(evmir: Evmir, tmp_path: Path) -> None:
    (tmp_path / "a.nxml").write_text(article(1, FIRST, SECOND))
    done = evmir("tables", "a.nxml")
    assert (done.returncode, done.stderr) == (0, "")
    assert rows(done.stdout) == [
        ["doc_id", "table", "caption", "cited", "Donor", "cited (printed)", "miRNA"],
        ["1", "Table 1", "Cap 1.", "pmid:9", "TAM [1]", "a b", ""],
        ["1", "Table 2", "Cap 2.", "", "CAF", "", "miR-21"],
    ]


def test_one_table_into_a_file_beside_what_cannot_be_read(evmir: Evmir, tmp_path: Path) -> None:
    (tmp_path / "a.nxml").write_text(article(1, FIRST, SECOND))
    (tmp_path / "b.nxml").write_text("<article>")
    done = evmir("tables", "a.nxml", "b.nxml", "--table", "table 2", "-o", "out.tsv")
    assert done.returncode == 1
    assert done.stderr.startswith("b.nxml:line 1")
    assert rows((tmp_path / "out.tsv").read_text())[1:] == [["1", "Table 2", "Cap 2.", "", "miR-21", "CAF"]]


def test_no_table_is_told(evmir: Evmir, tmp_path: Path) -> None:
    (tmp_path / "a.nxml").write_text(article(1, FIRST))
    done = evmir("tables", "a.nxml", "--table", "Table 7", "-o", "out.tsv")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "evmir: no table called 'Table 7' in a.nxml; JATS (.xml, .nxml) and HTML articles have tables\n"
    )
    assert not (tmp_path / "out.tsv").exists()


def test_a_note_is_no_failure(evmir: Evmir, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"pmid": 1, "title": "miR-21 in cells", "flags": ["retracted"]}')
    done = evmir("extract", "a.jsonl")
    assert (done.returncode, done.stderr) == (
        0,
        "a.jsonl: 1 record without an abstract, read by title alone (1)\n",
    )
