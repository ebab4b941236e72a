"""PubMed XML: what becomes a document, and what is refused."""

from __future__ import annotations

import gzip
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lxml import etree

from extractor.readers import read_documents
from extractor.types import Document, Section

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "x.dtd">\n'
)


def record(pmid: int | str, title: str = "T", abstract: str = "") -> str:
    body = f"<Abstract>{abstract}</Abstract>" if abstract else ""
    comments = "<CommentsCorrections><PMID>999</PMID></CommentsCorrections>"
    article = f"<Article><ArticleTitle>{title}</ArticleTitle>{body}</Article>"
    citation = f'<MedlineCitation><PMID Version="1">{pmid}</PMID>{article}{comments}</MedlineCitation>'
    return f"<PubmedArticle>{citation}</PubmedArticle>\n"


def file_of(*records: str) -> str:
    return f"{HEAD}<PubmedArticleSet>\n{''.join(records)}</PubmedArticleSet>"


def test_a_structured_abstract(read) -> None:  # type: ignore[no-untyped-def]
    parts = (
        '<AbstractText Label="AIM" NlmCategory="OBJECTIVE">To see\n    it.</AbstractText>\n'
        '<AbstractText Label="Methods and cells" NlmCategory="UNASSIGNED">Two.</AbstractText>'
        '<AbstractText Label="EMPTY"/><AbstractText>Three.</AbstractText>'
        "<CopyrightInformation>C</CopyrightInformation>"
    )
    documents, problems = read("x.xml", file_of(record(5, "A title.", parts)))
    sections = (
        Section("title", 0, 8),
        Section("OBJECTIVE", 9, 24),
        Section("METHODS AND CELLS", 25, 48),
        Section("abstract", 49, 55),
    )
    text = "A title.\nAIM: To see it. Methods and cells: Two. Three."
    assert documents == [Document("5", text, sections, source="x.xml")]
    assert problems == []


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("<i>In vivo</i> Ca<sup>2+</sup> and H<sub>2</sub>O", "In vivo Ca2+ and H2O"),
        ("a &lt; b &amp; c &#946; &#x3b2;", "a < b & c β β"),
        ("one<!-- no --> two<?pi no?>", "one two"),
        ("&beta;-cells &unknown;", "β-cells &unknown;"),
        ("[Ein Titel in translation].", "[Ein Titel in translation]."),
        ("  spaced \n\t out  ", "spaced out"),
    ],
)
def test_titles_as_they_are_printed(read, printed: str, text: str) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read("x.xml", file_of(record(5, printed)))
    assert ([d.text for d in documents], problems) == ([text + "\n"], [])


def test_other_kinds_of_records(read) -> None:  # type: ignore[no-untyped-def]
    book = (
        "<PubmedBookArticle><BookDocument><PMID>6</PMID><Book><BookTitle>Book</BookTitle></Book>"
        "<ArticleTitle>Chapter</ArticleTitle><Abstract><AbstractText>Ab.</AbstractText></Abstract>"
        "</BookDocument><PubmedBookData/></PubmedBookArticle>"
    )
    vernacular = record(7, "").replace("</Article>", "<VernacularTitle>Titel</VernacularTitle></Article>")
    deleted = "<DeleteCitation><PMID>8</PMID></DeleteCitation>"
    documents, problems = read("x.xml", file_of(book, vernacular, record(9), deleted))
    assert [(d.doc_id, d.text) for d in documents] == [("6", "Chapter\nAb."), ("7", "Titel\n"), ("9", "T\n")]
    assert problems == []
    commented = record(4).replace("<MedlineCitation>", "<!-- no --><?no no?><MedlineCitation>")
    assert [d.doc_id for d in read("one.xml", commented)[0]] == ["4"]
    citation = re.sub("</?PubmedArticle>", "", record(3))
    assert [d.doc_id for d in read("old.xml", f"<MedlineCitationSet>{citation}</MedlineCitationSet>")[0]] == [
        "3"
    ]


def test_bad_records_cost_themselves_alone(read) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read(
        "x.xml", file_of(record(1), record(2, " "), record("", "T"), "<PubmedArticle/>\n", record(3))
    )
    assert [d.doc_id for d in documents] == ["1", "3"]
    assert problems == [
        "x.xml:line 5: record 2 has no title, abstract or text; add one or remove it",
        "x.xml:line 6: a record without PMID; add it or remove the record",
        "x.xml:line 7: a record without PMID; add it or remove the record",
    ]


def test_malformed_xml_keeps_the_records_before_it(read) -> None:  # type: ignore[no-untyped-def]
    good = [record(n, "T" * 100) for n in range(1, 1001)]
    documents, problems = read("x.xml", file_of(*good, "<PubmedArticle><b></c>", record(2000)))
    assert len(documents) == 1000
    assert len(problems) == 1
    assert re.match(r"x\.xml:line 1004:\d+: malformed XML \(Opening and ending tag mismatch: b", problems[0])


def test_a_cut_file_is_one_problem(read) -> None:  # type: ignore[no-untyped-def]
    text = file_of(*(record(n, f"title {n * 7919 % 10007}") for n in range(1, 2001)))
    documents, problems = read("x.xml", text[: len(text) // 2])
    assert (len(documents), len(problems)) == (text[: len(text) // 2].count("</PubmedArticle>"), 1)
    assert "malformed XML" in problems[0]
    packed = gzip.compress(text.encode())
    documents, problems = read("y.xml.gz", packed[: len(packed) // 2])
    assert (500 < len(documents) < 1500, len(problems)) == (True, 1)
    assert "the gzip data ends too early" in problems[0]


def test_wrong_bytes_are_named_with_their_place(read) -> None:  # type: ignore[no-untyped-def]
    documents, problems = read("x.xml", file_of(record(1), record(2, "caf@")).encode().replace(b"@", b"\xe9"))
    assert [d.doc_id for d in documents] == ["1"]
    assert len(problems) == 1
    assert problems[0].startswith("x.xml:line 5:")


BOMB = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghijk", "bcdefghijkl", strict=True)
)


@pytest.mark.parametrize("hidden", ["", "<!-- <PubmedArticleSet " + "x" * 40_000 + "-->"])
@pytest.mark.parametrize("place", ["title", "attribute"])
def test_an_entity_bomb_is_refused_at_once(read, hidden: str, place: str) -> None:  # type: ignore[no-untyped-def]
    body = record(1, "&l;") if place == "title" else record(1).replace('Version="1"', 'Version="&l;"')
    declared = f'<?xml version="1.0"?>{hidden}<!DOCTYPE PubmedArticleSet [{BOMB}]>'
    text = f"{declared}<PubmedArticleSet>{body}</PubmedArticleSet>"
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    documents, problems = read("x.xml", text)
    assert time.monotonic() - began < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
    assert all(len(d.text) < 100 for d in documents)  # at most the entity's name, never what it stands for
    refusal = "x.xml: declares entities of its own, which real PubMed files never do; refused, fetch it again"
    assert hidden or problems == [refusal]
    if not hidden or place == "attribute":
        assert (len(documents), len(problems)) == (0, 1)


def test_external_entities_are_never_fetched(read, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "secret").write_text("SECRET")
    hidden = "<!-- <PubmedArticleSet " + "x" * 40_000 + "-->"
    entity = f'<!ENTITY a SYSTEM "{(tmp_path / "secret").as_uri()}">'
    declared = f"{hidden}<!DOCTYPE PubmedArticleSet [{entity}]>"
    text = f"{declared}<PubmedArticleSet>{record(1, '&a;')}</PubmedArticleSet>"
    documents, _ = read("x.xml", text)
    assert [d.text for d in documents] == ["&a;\n"]


def test_xml_without_records(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    assert read("x.xml", file_of()) == ([], ["x.xml: holds no PubMed record; is it another kind of XML?"])
    assert read("y.xml", "<article><p>x</p></article>")[1] == [
        "y.xml: XML or HTML of a kind that is not read; PubMed XML is, or save it as plain text"
    ]
    monkeypatch.setattr("extractor.readers.xml.MAX_RECORD", 1 << 20)
    assert read("z.xml", file_of(record(1), "<x/>" * 500_000))[1] == [
        "z.xml: no record ends within 1 MiB; is it PubMed XML? What came before was read"
    ]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process is read from /proc")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    abstract = f"<AbstractText>{'word ' * 200}</AbstractText>"
    with gzip.open(tmp_path / "big.xml.gz", "wt", compresslevel=1) as stream:
        stream.write(f"{HEAD}<PubmedArticleSet>")
        stream.writelines(record(n, "T", abstract) for n in range(1, 20_001))
        stream.write("</PubmedArticleSet>")
    code = (
        "import re, sys; from extractor.readers import read_documents\n"
        "n = sum(1 for _ in read_documents(sys.argv[1:]))\n"
        "print(n, re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read()).group(1))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "big.xml.gz")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    count, kilobytes = map(int, done.stdout.split())
    assert count == 20_000
    assert kilobytes < 60_000  # 35,000 with nothing read; the whole tree takes 90,000 more


def reference(path: Path) -> list[tuple[str, str, str]]:
    """PMID, title and abstract by XPath over the whole tree, white space collapsed."""
    found = []
    for node in etree.parse(str(path), etree.XMLParser(load_dtd=False, no_network=True)).iterfind(
        ".//PubmedArticle"
    ):
        parts = []
        for part in node.xpath("MedlineCitation/Article/Abstract/AbstractText"):
            text = re.sub(r"[ \t\r\n]+", " ", part.xpath("string()")).strip()
            if text:
                parts.append(f"{part.get('Label')}: {text}" if part.get("Label") else text)
        title = re.sub(r"[ \t\r\n]+", " ", node.xpath("string(MedlineCitation/Article/ArticleTitle)")).strip()
        found.append((node.findtext("MedlineCitation/PMID"), title, " ".join(parts)))
    return found


def test_real_files_agree_with_a_parse_of_the_whole_tree(shared: Path) -> None:
    paths = [
        p for p in sorted((shared / "data" / "xml" / "pubmed").glob("*.xml")) if p.name != "efetch_pmc.xml"
    ]
    assert paths
    count = 0
    for path in paths:
        problems: list[str] = []
        documents = list(read_documents([path], problems=lambda p: problems.append(str(p))))  # noqa: B023
        expected = reference(path)
        articles = [
            (d.doc_id, *d.text.split("\n", 1)) for d in documents if d.doc_id in {e[0] for e in expected}
        ]
        assert articles == expected
        assert problems == []
        count += len(articles)
    assert count > 20
