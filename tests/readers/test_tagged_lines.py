"""MEDLINE beside its title and abstract, RIS and PubTator."""

from __future__ import annotations

import re
from pathlib import Path

from extractor.readers import read_documents

MEDLINE = """PMID- 11
TI  - RNA in vesicles
LID - 10.1000/abc [doi]
LID - S0000 [pii]
PMC - PMC77
LA  - ger
PT  - Journal Article
PT  - Retracted Publication
EIN - Somewhere. 2020;1:1

PMID- 12
TI  - Second
AB  - Text.
LA  - eng
AID - 10.1000/def [doi]
"""


def test_what_medline_says_beside_the_text(read) -> None:  # type: ignore[no-untyped-def]
    (first, second), problems = read("x.nbib", MEDLINE)
    assert first.other_ids == ("doi:10.1000/abc", "pmcid:PMC77")
    assert first.languages == ("ger",)
    assert first.publication_types == ("Journal Article", "Retracted Publication")
    assert first.flags == ("retracted", "corrected", "non-English", "no abstract")
    assert (second.other_ids, second.flags) == (("doi:10.1000/def",), ())
    assert problems == []


def test_real_medline_files_against_a_regular_expression(shared: Path) -> None:
    count = 0
    for path in sorted((shared / "data" / "xml" / "medline").iterdir()):
        text = path.read_text("utf-8")
        for document in read_documents([path]):
            record = re.split(r"(?m)^PMID- *", text)[1:]
            own = next(r for r in record if r.startswith(document.doc_id + "\n"))
            fields = {
                tag: " ".join(" ".join(value.split("\n")).split())
                for tag, value in re.findall(r"(?m)^(TI|AB)  - (.*(?:\n {6}.*)*)", own)
            }
            assert document.text == f"{fields.get('TI', '')}\n{fields.get('AB', '')}"
            count += 1
    assert count > 3


RIS = """TY  - JOUR
AU  - Somebody, A.
TI  - Vesicles and
miR-21
AB  - One
  two.
DO  - https://doi.org/10.1000/Abc
AN  - 123
DB  - PubMed
C2  - PMC9
LA  - en
ER  -

TY  - JOUR
T1  - RETRACTED: Another
N2  - Three.
N1  - PMID: 456
ER  -
TY  - JOUR
TI  - Third
UR  - https://pubmed.ncbi.nlm.nih.gov/789/
ER  -
TY  - BOOK
TI  - Fourth
AN  - 4711
DO  - 10.1000/d
ER  -
TY  - JOUR
ID  - smith2020
AB  - Fifth
"""


def test_ris(read) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read("x.ris", RIS)
    assert [(d.doc_id, d.text) for d in documents] == [
        ("123", "Vesicles and miR-21\nOne two."),
        ("456", "RETRACTED: Another\nThree."),
        ("789", "Third\n"),
        ("doi:10.1000/d", "Fourth\n"),
        ("smith2020", "\nFifth"),
    ]
    assert documents[0].other_ids == ("doi:10.1000/abc", "pmcid:PMC9")
    assert [d.flags for d in documents] == [(), ("retracted",), ("no abstract",), ("no abstract",), ()]
    assert problems == []


def test_bad_ris_records_cost_themselves_alone(read) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read(
        "x.txt", "TY  - JOUR\nER  - \nTY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  -\nodd\n"
    )
    assert [(d.doc_id, d.text) for d in documents] == [("x:3", "A\n"), ("x:5", "B\n")]
    assert problems == [
        "x.txt:line 1: record x:1 has no title, abstract or text; add one or remove it",
        "x.txt:line 8: no tag such as 'TI  - ' and no indentation; left out, indent what continues",
    ]


PUBTATOR = """123|t|miR-21 of β-cells
123|a|It lowers PTEN.
123\t0\t6\tmiR-21\tGene\t406991
123\tCID\tD1\tD2

PMC7|t|Title alone
8|a|An abstract alone
nonsense
"""


def test_pubtator(read) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read("x.txt", PUBTATOR)
    assert [(d.doc_id, d.text) for d in documents] == [
        ("123", "miR-21 of β-cells\nIt lowers PTEN."),
        ("PMC7", "Title alone\n"),
        ("8", "\nAn abstract alone"),
    ]
    assert documents[0].text[0:6] == "miR-21"
    assert problems == [
        "x.txt:line 8: neither 'PMID|t|title' nor an annotation; left out, mend the line",
    ]
