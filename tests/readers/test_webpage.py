"""HTML pages of articles."""

from __future__ import annotations

import re

from extractor.types import Table

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Site | Vesicles</title>
<meta name="citation_title" content="Vesicles carry miR-21"><meta name="citation_pmid" content="321">
<meta name="citation_doi" content="10.1000/Web"></head>
<body><nav><p>Home</p></nav><div class="cookie-banner"><p>We use cookies</p></div>
<main><article><h1>Vesicles carry miR-21</h1><div class="share-buttons"><p>Tweet</p></div>
<section id="abstract"><h2>Abstract</h2><p>Exosomes of <em>β</em>-cells.</p></section>
<section><h2>1. Introduction</h2><p>Known<sup><a href="#R1">1</a>,<a href="#R2">2</a></sup> before.
 Second line.</p>
<h3>What we ask</h3><p>More (<a href="#R2">Two, 2020</a>).</p></section>
<section><h2>Results</h2><p>See <a href="#T1">the table</a>.</p>
<figure><img src="x"><figcaption><b>Figure 1.</b> A legend.</figcaption></figure>
<table id="T1"><caption>Table 1. Cargo.</caption><tr><th>Donor</th><th>miRNA</th></tr>
<tr><td rowspan="2">TAM</td><td>miR-21 [<a href="#R1">1</a>]</td></tr><tr><td>miR-223</td></tr></table>
<ul><li>An item.</li></ul></section>
<section><h2>Funding</h2><p>Money.</p></section>
<section><h2>References</h2><ol>
<li id="R1">One. <a href="https://pubmed.ncbi.nlm.nih.gov/101/">PubMed</a></li>
<li id="R2">Two. <a href="https://doi.org/10.1000/two">DOI</a></li></ol></section>
</article></main><footer><p>Imprint</p></footer><script>var p = "<p>no</p>";</script></body></html>"""


def test_an_article_page(read) -> None:  # type: ignore[no-untyped-def]
    (document,), problems = read("x.html", PAGE)
    assert problems == []
    assert (document.doc_id, document.other_ids, document.languages) == ("321", ("doi:10.1000/web",), ("en",))
    assert [(s.label, document.text[s.start : s.end]) for s in document.sections] == [
        ("title", "Vesicles carry miR-21"),
        ("heading", "Abstract"),
        ("abstract", "Exosomes of β-cells."),
        ("heading", "1. Introduction"),
        ("INTRO", "Known[1,2] before. Second line."),
        ("heading", "What we ask"),
        ("INTRO", "More (Two, 2020)."),
        ("heading", "Results"),
        ("RESULTS", "See the table."),
        ("fig", "Figure 1. A legend."),
        ("table caption", "Table 1. Cargo."),
        ("RESULTS", "An item."),
    ]
    assert document.tables == (
        Table(
            "Table 1",
            "Cargo.",
            ("Donor", "miRNA"),
            (("TAM", "miR-21 [1]"), ("TAM", "miR-223")),
            (("pmid:101",), ()),
        ),
    )
    marks = [(document.text[r.start : r.end], r.marker, r.curies) for r in document.references]
    assert marks == [
        ("1", "1", ("pmid:101",)),
        ("2", "2", ("doi:10.1000/two",)),
        ("Two, 2020", "Two, 2020", ("doi:10.1000/two",)),
    ]


def test_a_page_is_known_by_its_content(read) -> None:  # type: ignore[no-untyped-def]
    for head in ('<?xml version="1.0"?>\n<!DOCTYPE html>', "<!-- saved -->\n<HTML>", "<!doctype HTML>"):
        (document,), problems = read("x.xml", head + "<body><article><h1>T</h1><p>Text.</p></article></body>")
        assert (document.doc_id, document.text, problems) == ("x", "T\nText.", [])


def test_an_abstract_only_in_the_data_of_the_page(read) -> None:  # type: ignore[no-untyped-def]
    page = '<html><meta name="citation_abstract" content="One\n two."><body><h1>T</h1></body></html>'
    (document,), _ = read("x.htm", page)
    assert (document.text, document.flags) == ("T\nOne two.", ())


def test_odd_pages(read) -> None:  # type: ignore[no-untyped-def]
    assert read("x.html", "<html></html>")[1] == [
        "x.html: record x has no title, abstract or text; add one or remove it",
    ]
    latin = "<html><head><meta charset='iso-8859-1'></head><body><p>café β</p></body></html>"
    (document,), _ = read("y.html", latin.replace(" β", "").encode("latin-1"))
    assert document.text == "café"
    (document,), _ = read("z.html", "<html><p>unclosed <b>tags<p>second")
    assert document.text == "unclosed tags\nsecond"
    loose = (
        "<div>Bare <b>words</b> here.<p>A paragraph.</p>and <i>after</i> it<div>|</div><div>inner</div></div>"
    )
    (document,), _ = read("l.html", f"<html><body>{loose}</body></html>")
    assert document.text == "Bare words here.\nA paragraph.\nand after it\ninner"
    deep = "<html><body>" + '<a href="#R">' + "<sup>" * 5000 + "x"
    documents, problems = read("d.html", deep)
    assert documents or re.fullmatch(r"d\.html: .*; .*", problems[0])
