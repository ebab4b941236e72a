"""BioC, XML and JSON: passages, their offsets, and what our own writer wrote."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.readers import Problem
from extractor.readers.bioc import read_bioc
from extractor.readers.source import Source
from extractor.text import read_text
from extractor.types import Document, Section
from extractor.writers.bioc import xml_collection

PASSAGES = (
    (
        {"section_type": "TITLE", "type": "front", "article-id_pmid": "12", "article-id_doi": "10.1000/X"},
        0,
        "A β.",
    ),
    ({"section_type": "ABSTRACT", "type": "abstract"}, 5, "Abstract text."),
    ({"section_type": "INTRO", "type": "paragraph"}, 20, "Intro."),
    ({"section_type": "FIG", "type": "fig_caption"}, 27, "Legend."),
    ({"section_type": "TABLE", "type": "table"}, 35, "a\tb"),
    ({"section_type": "REF", "type": "ref"}, 39, "Cited work."),
)


def as_xml(passages=PASSAGES) -> str:  # type: ignore[no-untyped-def]
    body = "".join(
        "<passage>"
        + "".join(f'<infon key="{k}">{v}</infon>' for k, v in infons.items())
        + f"<offset>{offset}</offset><text>{text}</text></passage>"
        for infons, offset, text in passages
    )
    head = "<?xml version='1.0'?>\n<!DOCTYPE collection SYSTEM 'BioC.dtd'>\n<collection><source>x</source>"
    return f"{head}<document><id>99</id>{body}</document></collection>"


def as_json(passages=PASSAGES) -> str:  # type: ignore[no-untyped-def]
    held = [{"infons": i, "offset": o, "text": t} for i, o, t in passages]
    return json.dumps([{"source": "x", "documents": [{"id": "99", "passages": held}]}])


@pytest.mark.parametrize(("name", "make"), [("x.xml", as_xml), ("x.json", as_json)])
def test_passages_become_sections(read, name: str, make) -> None:  # type: ignore[no-untyped-def]
    (document,), problems = read(name, make())
    assert problems == []
    assert (document.doc_id, document.other_ids) == ("12", ("doi:10.1000/x",))
    assert document.text == "A β.\nAbstract text. Intro. Legend. a\tb Cited work."
    assert [(s.label, document.text[s.start : s.end]) for s in document.sections] == [
        ("title", "A β."),
        ("abstract", "Abstract text."),
        ("INTRO", "Intro."),
        ("fig", "Legend."),
        ("table", "a\tb"),
        ("REF", "Cited work."),
    ]
    assert "Cited" not in read_text(document).text
    assert "a b" not in read_text(document).text


def test_offsets_that_cannot_be_are_not_trusted(read) -> None:  # type: ignore[no-untyped-def]
    passages = (({"type": "title"}, 0, "Title."), ({"type": "abstract"}, 3, "Text."))
    (document,), _ = read("x.xml", as_xml(passages))
    assert (document.doc_id, document.text) == ("99", "Title.\nText.")
    far = (({"type": "title"}, 0, "Title."), ({"type": "abstract"}, 10**11, "Text."))
    assert read("y.xml", as_xml(far))[0][0].text == "Title.\nText."


def test_sentences_instead_of_a_text(read) -> None:  # type: ignore[no-untyped-def]
    sentences = "".join(f"<sentence><offset>0</offset><text>{t}</text></sentence>" for t in ("One.", "Two."))
    passage = f"<passage><offset>0</offset>{sentences}</passage>"
    (document,), _ = read("x.xml", f"<collection><document><id>a</id>{passage}</document></collection>")
    assert document.text == "One. Two."


def test_json_of_other_shapes(read) -> None:  # type: ignore[no-untyped-def]
    one = {"id": "PMC5", "passages": [{"infons": {"type": "title"}, "offset": 0, "text": "T"}]}
    lines = json.dumps(one) + "\n" + json.dumps({**one, "id": "6"})
    documents, _ = read("x.json", lines)
    assert [(d.doc_id, d.other_ids) for d in documents] == [("PMC5", ("pmcid:PMC5",)), ("6", ())]
    bad = json.dumps({"documents": [{"id": "1", "passages": []}, {"id": "2", "passages": 3}, one]})
    documents, problems = read("y.json", bad)
    assert [d.doc_id for d in documents] == ["PMC5"]
    assert problems == [
        "y.json:document 1: record 1 has no title, abstract or text; add one or remove it",
        "y.json:document 2: not as BioC has it; fetch it again",
    ]
    assert read("z.json", '{"documents": [')[1] == [
        "z.json: not JSON (Expecting value); fetch it again",
    ]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())
)
TITLED = st.builds(
    lambda title, parts: (title, parts),
    WORDS.filter(bool),
    st.lists(WORDS.filter(bool), min_size=1, max_size=4),
)


@given(TITLED)
def test_what_our_writer_wrote_is_read_back_equal(record: tuple[str, list[str]]) -> None:
    import io

    title, parts = record
    text, sections = title + "\n", [Section("title", 0, len(title))]
    for index, part in enumerate(parts):
        text += " " * (index > 0)
        sections.append(Section(f"PART {index}", len(text), len(text) + len(part)))
        text += part
    written = b"".join(xml_collection([(Document("7", text, tuple(sections)), ())]))
    problems: list[Problem] = []
    source = Source("x.xml", io.BytesIO(written))
    documents = list(
        read_bioc(source, lambda position, message: problems.append(Problem("", position, message)))
    )
    expected = text.translate({0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD})  # what XML cannot hold
    assert [(d.doc_id, d.text, d.sections) for d in documents] == [("7", expected, tuple(sections))]
    assert problems == []
