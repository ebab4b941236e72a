"""Mentions in files: JSON Lines and BioC."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from extractor.types import Concept, Document, Mention, Section
from extractor.writers import bioc, jsonl

TEXT = "EVs carry miR-21.\nIt acts on 𝛽-catenin."
MIRNA = Mention("MIRNA", 10, 16, "miR-21", "miR-21", Concept("mirbase:MI0000077", "hsa-mir-21"))
GENE = Mention("GENE", 29, 38, "𝛽-catenin", "beta-catenin")
VESICLE = Mention("VESICLE", 0, 3, "EVs")


def parse(document: Document, *mentions: Mention) -> etree._Element:
    content = b"".join(bioc.xml_collection([(document, mentions)]))
    return etree.fromstring(content, etree.XMLParser(load_dtd=False, no_network=True))


def test_json_lines() -> None:
    (line,) = jsonl.annotation_lines([(Document("7", TEXT), (MIRNA, GENE, VESICLE))])
    record = json.loads(line)
    assert record["doc_id"] == "7"
    assert [(m["curie"], m["name"]) for m in record["mentions"]] == [
        ("mirbase:MI0000077", "hsa-mir-21"),
        (None, "beta-catenin"),
        (None, None),
    ]
    assert [TEXT[m["start"] : m["end"]] for m in record["mentions"]] == [
        m["text"] for m in record["mentions"]
    ]


def test_bioc_offsets_point_into_the_passages() -> None:
    sections = (Section("title", 0, 17), Section("abstract", 18, len(TEXT)))
    root = parse(Document("7", TEXT, sections), VESICLE, MIRNA, GENE)
    assert root.xpath("//passage/infon[@key='type']/text()") == ["title", "abstract"]
    found = []
    for passage in root.iter("passage"):
        offset = int(passage.findtext("offset"))
        for annotation in passage.iter("annotation"):
            location = annotation.find("location")
            start = int(location.get("offset")) - offset
            found.append(passage.findtext("text")[start : start + int(location.get("length"))])
    assert found == ["EVs", "miR-21", "𝛽-catenin"]
    assert root.xpath("//infon[@key='identifier']/text()") == ["mirbase:MI0000077"]


def test_bioc_loses_no_text_and_no_mention_to_sections() -> None:
    across = Mention("CELL", 12, 25, TEXT[12:25])
    gap = (Section("abstract", 18, len(TEXT)),)
    overlap = (Section("title", 0, 20), Section("abstract", 18, len(TEXT)))
    fitting = (Section("title", 0, 17), Section("abstract", 18, len(TEXT)))
    for sections, mention in ((gap, MIRNA), (overlap, MIRNA), (fitting, across), ((), MIRNA)):
        root = parse(Document("7", TEXT, sections), mention)
        assert root.xpath("//passage/text/text()") == [TEXT]
        assert len(root.xpath("//annotation")) == 1


@given(st.text(max_size=40))
def test_bioc_holds_any_text_at_its_length(text: str) -> None:
    root = parse(Document(text, text), Mention("CELL", 0, len(text), text))
    written = root.findtext(".//passage/text") or ""
    assert len(written) == len(text)
    assert all(a == b or b == "\ufffd" for a, b in zip(text, written, strict=True))
