"""JATS: passages with labels, reference marks with identifiers, tables as rows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from extractor.readers import read_documents
from extractor.text import read_text
from extractor.types import Document, Reference, Table


def article(body: str = "", title: str = "A title", meta: str = "", back: str = "", kind: str = "") -> str:
    ids = (
        '<article-id pub-id-type="pmid">55</article-id><article-id pub-id-type="pmc">77</article-id>'
        '<article-id pub-id-type="doi">10.1000/J</article-id>'
    )
    head = f"<title-group><article-title>{title}</article-title></title-group>"
    return (
        '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS 1.0//EN" "x.dtd">\n'
        f'<article xmlns:mml="http://www.w3.org/1998/Math/MathML" xml:lang="en" '
        f'article-type="{kind or "research-article"}"><front><journal-meta/>'
        f"<article-meta>{ids}{head}{meta}</article-meta></front><body>{body}</body><back>{back}</back></article>"
    )


REFERENCES = """<ref-list><title>References</title>
<ref id="B1"><label>1.</label><mixed-citation>One <pub-id pub-id-type="pmid">101</pub-id></mixed-citation>
</ref>
<ref id="B2"><label>2.</label><element-citation id="C2"><pub-id pub-id-type="doi">10.1000/Two</pub-id>
</element-citation></ref>
<ref id="B3"><label>3.</label><mixed-citation>Three <pub-id pub-id-type="pmid">103</pub-id></mixed-citation>
</ref>
<ref id="B4"><label>4.</label><mixed-citation>Nobody knows it</mixed-citation></ref></ref-list>"""


def bibr(number: int, text: str = "") -> str:
    return f'<xref ref-type="bibr" rid="B{number}">{text or number}</xref>'


def one(read: Any, text: str, name: str = "x.xml") -> Document:
    documents, problems = read(name, text)
    assert problems == []
    (document,) = documents
    return document


def labelled(document: Document) -> list[tuple[str, str]]:
    return [(s.label, document.text[s.start : s.end]) for s in document.sections]


def test_an_article_in_labelled_passages(read) -> None:  # type: ignore[no-untyped-def]
    meta = (
        '<abstract abstract-type="toc"><p>Short.</p></abstract>'
        "<abstract><sec><title>Aim:</title><p>To <italic>see</italic>\n it.</p><p>More.<list><list-item>"
        "<p>Point.</p></list-item></list></p></sec>"
        "<sec><title>Results</title><p>Seen.</p></sec></abstract>"
        "<trans-abstract><p>Anders.</p></trans-abstract>"
    )
    body = (
        '<sec sec-type="intro"><title>1. Introduction</title><p>First.</p></sec>'
        "<sec><title>Materials and Methods</title><sec><title>Cells</title><p>HeLa.</p></sec></sec>"
        '<sec sec-type="results|discussion"><title>x</title><p>Found<fn><p>Not me.</p></fn> it.'
        "<fig><label>Figure 1</label><caption><title>Legend.</title><p>(A) Cells.</p></caption></fig></p>"
        "<list><list-item><p>Item.</p></list-item></list></sec>"
        "<sec><title>miR-21 and PTEN</title><p>Loose.</p></sec>"
        "<sec><title>Terms</title><def-list><def-item><term>EV</term><def><p>vesicle</p></def></def-item>"
        "</def-list><preformat>As it is.</preformat><disp-formula>x</disp-formula></sec>"
        "<sec><title>Funding</title><p>Money.</p></sec>"
    )
    document = one(
        read, article(body, "A <bold>title</bold>", meta, f"<ack><p>Thanks.</p></ack>{REFERENCES}")
    )
    assert labelled(document) == [
        ("title", "A title"),
        ("AIM", "Aim: To see it."),
        ("AIM", "More."),
        ("AIM", "Point."),
        ("RESULTS", "Results: Seen."),
        ("heading", "1. Introduction"),
        ("INTRO", "First."),
        ("heading", "Materials and Methods"),
        ("heading", "Cells"),
        ("METHODS", "HeLa."),
        ("heading", "x"),
        ("RESULTS", "Found it."),
        ("fig", "Figure 1. Legend. (A) Cells."),
        ("RESULTS", "Item."),
        ("heading", "miR-21 and PTEN"),
        ("paragraph", "Loose."),
        ("heading", "Terms"),
        ("paragraph", "EV vesicle"),
        ("paragraph", "As it is."),
    ]
    assert document.text == "\n".join(text for _, text in labelled(document))
    assert (document.doc_id, document.flags, document.languages) == ("55", (), ("en",))
    assert document.other_ids == ("doi:10.1000/j", "pmcid:PMC77")
    assert document.publication_types == ("research-article",)


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("Ca<sup>2+</sup>, H<sub>2</sub>O, 10<sup>6</sup> and β&#946;", "Ca2+, H2O, 106 and ββ"),
        ("a &lt; b &amp; c &alpha; &nonsense;", "a < b & c α &nonsense;"),
        ("x<disp-formula><tex-math>\\frac</tex-math></disp-formula> y", "x y"),
        (
            "a <inline-formula><alternatives><tex-math>$p$</tex-math><mml:math><mml:mi>p</mml:mi></mml:math>"
            "</alternatives></inline-formula> b",
            "a p b",
        ),
        ("one<break/>two <?pi x?><!-- no -->three", "one two three"),
        ('a<xref ref-type="fn" rid="f1">*</xref> b', "a b"),
        ('see <xref ref-type="fig" rid="F1">Figure 1</xref>.', "see Figure 1."),
    ],
)
def test_inline_markup(read, printed: str, text: str) -> None:  # type: ignore[no-untyped-def]
    assert labelled(one(read, article(f"<p>{printed}</p>")))[1:] == [("paragraph", text)]


@pytest.mark.parametrize(
    ("printed", "text", "marks"),
    [
        (f"cells [{bibr(1)}, {bibr(2)}].", "cells [1, 2].", [("1", "101"), ("2", "Two")]),
        (f"cells {bibr(1, '[1]')}.", "cells [1].", [("1", "101")]),
        (f"cells [{bibr(1)}–{bibr(3)}].", "cells [1–3].", [("1", "101"), ("2", "Two"), ("3", "103")]),
        (f"miR-21<sup>{bibr(3)}</sup> rose", "miR-21[3] rose", [("3", "103")]),
        (f"miR-21<sup>{bibr(1)},{bibr(3)}</sup>", "miR-21[1,3]", [("1", "101"), ("3", "103")]),
        (f"miR-21{bibr(1)}{bibr(3)} rose", "miR-21[1,3] rose", [("1", "101"), ("3", "103")]),
        (f"PTEN.{bibr(1, '<sup>1</sup>')}", "PTEN.[1]", [("1", "101")]),
        (
            f"PTEN{bibr(1)}, {bibr(2, 'Two et al.')}",
            "PTEN[1], Two et al.",
            [("1", "101"), ("Two et al.", "Two")],
        ),
        (f"as ({bibr(4, 'Who, 2020')}) said", "as (Who, 2020) said", [("Who, 2020", "")]),
        (
            '<xref ref-type="bibr" rid="B1 C2">One; Two</xref>',
            "One; Two",
            [("One; Two", "101"), ("One; Two", "Two")],
        ),
    ],
)
def test_reference_marks(read, printed: str, text: str, marks: list[tuple[str, str]]) -> None:  # type: ignore[no-untyped-def]
    document = one(read, article(f"<p>{printed}</p>", back=REFERENCES))
    assert labelled(document)[1:] == [("paragraph", text)]
    known = {"101": ("pmid:101",), "Two": ("doi:10.1000/two",), "103": ("pmid:103",), "": ()}
    assert [(r.marker, r.curies) for r in document.references] == [(m, known[k]) for m, k in marks]
    for reference in document.references:
        printed_mark = document.text[reference.start : reference.end]
        assert printed_mark == reference.marker or (reference.marker == "2" and printed_mark == "–")


def test_marks_of_the_text_are_citations_of_the_reading(read) -> None:  # type: ignore[no-untyped-def]
    document = one(
        read, article(f"<p>Exosomes carry miR-21<sup>{bibr(3)}</sup> to cells.</p>", back=REFERENCES)
    )
    reading = read_text(document)
    assert reading.text.endswith("Exosomes carry miR-21 to cells.")
    assert [c.labels for c in reading.citations] == [("3",)]
    (mark,) = document.references
    assert mark == Reference("3", document.text.index("[") + 1, document.text.index("]"), ("pmid:103",))


TABLE = f"""<p>Text.</p><table-wrap id="T1"><label>Table 1.</label><caption><p>What is carried.</p></caption>
<table><thead><tr><th rowspan="2">Donor</th><th colspan="2">Cargo</th></tr>
<tr><th>miRNA</th><th>Target</th></tr></thead>
<tbody><tr><td rowspan="2">TAM</td><td>miR-21</td><td>PTEN<sup>{bibr(1)}</sup></td></tr>
<tr><td>miR-<italic>223</italic></td><td/></tr>
<tr><td>CAF</td><td colspan="2">many [{bibr(2)}]</td></tr></tbody></table>
<table-wrap-foot><fn><p>A footnote.</p></fn></table-wrap-foot></table-wrap>"""


def test_a_table_becomes_rows(read) -> None:  # type: ignore[no-untyped-def]
    document = one(read, article(TABLE, back=REFERENCES))
    assert document.tables == (
        Table(
            "Table 1",
            "What is carried.",
            ("Donor", "Cargo / miRNA", "Cargo / Target"),
            (("TAM", "miR-21", "PTEN[1]"), ("TAM", "miR-223", ""), ("CAF", "many [2]", "many [2]")),
            (("pmid:101",), (), ("doi:10.1000/two",)),
        ),
    )
    assert labelled(document)[1:] == [("paragraph", "Text."), ("table caption", "Table 1. What is carried.")]


def test_odd_tables(read) -> None:  # type: ignore[no-untyped-def]
    def rows(table: str) -> list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]:
        document = one(read, article(f"<p>x</p><table-wrap><table>{table}</table></table-wrap>"))
        return [(t.columns, t.rows) for t in document.tables]

    assert rows("<tr><td>a</td><td>b</td></tr>") == [(("column 1", "column 2"), (("a", "b"),))]
    assert rows("<tr><th>H</th><th>H</th></tr><tr><td>a</td></tr>") == [(("H", "H (2)"), (("a", ""),))]
    heads = "<th>H</th><th>H (2)</th><th>H</th><th>H</th>"
    assert rows(f"<tr>{heads}</tr><tr><td>a</td></tr>")[0][0] == ("H", "H (2)", "H (3)", "H (4)")
    assert rows("<thead><tr><th>only headings</th></tr></thead>") == []
    assert rows("") == []
    assert rows('<tr><td colspan="99999999" rowspan="99999999">a</td></tr><tr><td>b</td></tr>') == []
    assert rows('<tr><td rowspan="9">a</td></tr><tr><td>b</td></tr>')[0][1] == (("a", ""), ("a", "b"))
    assert rows('<tr><td rowspan="x" colspan="-1">a</td></tr>') == [(("column 1",), (("a",),))]


def test_flags_of_articles(read) -> None:  # type: ignore[no-untyped-def]
    def flags(kind: str = "", link: str = "", title: str = "T") -> tuple[str, ...]:
        meta = f'<related-article related-article-type="{link}"/>' if link else ""
        return one(read, article("<p>x</p>", title, meta, kind=kind)).flags

    assert flags(link="retraction-forward") == ("retracted",)
    assert flags(kind="retraction", link="retracted-article") == ("retraction notice",)  # the notice itself
    assert flags(title="RETRACTED: x") == ("retracted",)
    assert flags(kind="preprint") == ("preprint",)
    assert flags(link="companion") == ()


def test_sets_namespaces_and_identifiers(read) -> None:  # type: ignore[no-untyped-def]
    bare = re.sub("<!DOCTYPE[^>]*>\n|<article-id pub-id-type=.pmid.*?</article-id>", "", article("<p>a</p>"))
    other = re.sub("<article-id.*</article-id>", "", bare)
    set_of = f"<pmc-articleset>{bare}{other}</pmc-articleset>"
    documents, problems = read("x.xml", set_of)
    assert ([d.doc_id for d in documents], problems) == (["PMC77", "x"], [])
    named = bare.replace("<article ", '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/" ')
    harvested = f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><record>{named}</record></OAI-PMH>'
    assert labelled(read("y.xml", harvested)[0][0]) == [("title", "A title"), ("paragraph", "a")]


def test_a_prefix_that_nobody_declared_costs_nothing(read) -> None:  # type: ignore[no-untyped-def]
    (document,), _ = read("x.xml", article("<p>miR-21 <a:shade>rose</a:shade>.</p>"))
    assert labelled(document)[-1] == ("paragraph", "miR-21 rose.")


def test_broken_articles_cost_themselves_alone(read) -> None:  # type: ignore[no-untyped-def]
    good = re.sub("<!DOCTYPE[^>]*>\n", "", article("<p>a</p>"))
    documents, problems = read("x.xml", f"<pmc-articleset>\n{good}\n<article/>\n{good}<article><p></b>")
    assert [d.doc_id for d in documents] == ["55"]
    assert problems[:2] == [
        "x.xml:line 3: record x has no title, abstract or text; add one or remove it",
        "x.xml:id 55: duplicate, left out; remove one of the two",
    ]
    assert re.match(r"x\.xml:line 4:\d+: malformed XML \(Opening and ending tag mismatch: p", problems[2])
    deep = '<xref ref-type="bibr" rid="B1">' * 240 + "1" + "</xref>" * 240
    assert read("y.xml", article(f"<p>{deep}</p>"))[1] == [
        "y.xml:line 2: an article nested too deeply; fetch it again"
    ]


# --- against XPath over the whole tree -------------------------------------------------------------------


def printed(element: Any) -> str:
    """An element's text but for footnotes and their marks, white space collapsed."""
    pieces = element.xpath(
        ".//text()[not(ancestor::fn) and not(ancestor::xref[@ref-type='fn' or @ref-type='aff' or "
        "@ref-type='corresp'])]"
    )
    return re.sub(r"[ \t\r\n]+", " ", "".join(pieces)).strip()


def reference(path: Path) -> tuple[str, str]:
    """Title and abstract by XPath; brackets round raised marks, which this project adds, are left out."""
    parser = etree.XMLParser(load_dtd=False, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.parse(str(path), parser).getroot()
    meta = next(root.iter("article-meta"))
    skipped = ("toc", "web-summary", "graphical")
    abstracts = [a for a in meta.iterfind("abstract") if a.get("abstract-type") not in skipped][:1]
    parts = []
    for abstract in abstracts:
        for part in abstract.xpath("./p | ./sec/p"):
            heading = part.getparent().findtext("title") if part.getparent().tag == "sec" else None
            first = part.getprevious() is None or part.getprevious().tag == "title"
            parts.append(f"{heading.rstrip(' :.')}: {printed(part)}" if heading and first else printed(part))
    return printed(meta.find("title-group/article-title")), "\n".join(parts)


def test_real_articles_agree_with_xpath(shared: Path) -> None:
    paths = [*sorted((shared / "data" / "xml" / "jats").iterdir()), shared / "data/xml/pubmed/efetch_pmc.xml"]
    for path in paths:
        problems: list[object] = []
        (document,) = read_documents([path], problems=problems.append)
        assert problems == []
        title, abstract = reference(path)
        passages = [document.text[s.start : s.end] for s in document.sections]
        assert passages[0] == title
        count = abstract.count("\n") + 1 if abstract else 0
        assert "\n".join(passages[1 : 1 + count]) == abstract
    assert len(paths) == 27


def test_real_articles_hold_all_tables_and_marks(shared: Path) -> None:
    tables = marks = 0
    for path in sorted((shared / "data" / "xml" / "jats").iterdir()):
        (document,) = read_documents([path])
        root = etree.parse(str(path), etree.XMLParser(load_dtd=False, no_network=True)).getroot()
        expected = [t for t in root.iter("table") if len(t.xpath(".//tbody/tr | ./tr"))]
        assert len(document.tables) == len(expected)
        for table, element in zip(document.tables, expected, strict=True):
            assert len(table.rows) == len(element.xpath("./tbody/tr | ./tr"))
            assert {len(row) for row in table.rows} == {len(table.columns)}
        body = root.xpath(
            "//body//p[not(ancestor::table-wrap) and not(ancestor::fn)]//xref[@ref-type='bibr']"
        )
        told = {r.marker for r in document.references}
        for xref in body:
            marker = re.sub(r"\s+", " ", "".join(xref.itertext())).strip(" []()")
            assert marker in told or not marker
        tables += len(expected)
        marks += len(document.references)
    assert (tables, marks > 1900) == (45, True)
