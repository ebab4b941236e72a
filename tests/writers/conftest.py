"""Made-up relations for the writers' tests: of any content, and such as a text gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from extractor.types import Evidence, Relation, Slot
from extractor.writers import RELATION_WRITERS, choose

Relations = st.SearchStrategy[list[Relation]]

# What some format, spreadsheet or parser takes for more than text.
ODD = st.sampled_from("\t\n\r|\\\"'=+-@＝_;,:# <&]{}\x00\x1b\x7f\x85\u2028\ufffe\uffff\ufeff\udc80")
CHARACTERS = st.characters(exclude_categories=["Cs"]) | ODD
TEXT = st.text(CHARACTERS, max_size=8) | st.sampled_from(
    ["_x0041_", "\r\n", "=1+1", "-29a", "a | b", r"\p\e"]
)
TEXTS = st.lists(TEXT, max_size=2).map(tuple)
NUMBER = st.integers(0, 10**6)
NAMED: dict[str, Any] = {
    "name": st.none() | TEXT,
    "curie": st.none() | TEXT | TEXT.map("hgnc:{}".format),
    "forms": TEXTS,
}


def relations_of(slots: st.SearchStrategy[Slot], evidence: st.SearchStrategy[Evidence], **more: Any) -> Any:
    """Relations with such slots and evidence."""
    roles = {role: st.none() | slots for role in ("donor", "recipient", "target", "phenotype", "vesicle")}
    given: dict[str, Any] = {
        "doc_id": TEXT,
        "mirna": slots,
        **roles,
        "effect": st.sampled_from([None, "decreases", "increases", "binds", "unknown"]),
        "kind": st.sampled_from(["transfer", "regulation"]),
        "negated": st.booleans(),
        "confidence": st.floats(0, 1),
        "evidence": st.lists(evidence, max_size=2).map(tuple),
        "citations": TEXTS,
        "flags": TEXTS,
    }
    return st.builds(Relation, **{**given, **more})


@st.composite
def of_a_text(draw: st.DrawFn) -> list[Relation]:
    """Relations of one document: spans that lie in its text and are what is printed there."""
    text = draw(st.text(CHARACTERS, min_size=2, max_size=40))

    def spans(least: int) -> st.SearchStrategy[tuple[int, int]]:
        starts = st.integers(0, len(text) - least)
        return starts.flatmap(lambda start: st.tuples(st.just(start), st.integers(start + least, len(text))))

    def slot(span: tuple[int, int], expanded: bool, **named: Any) -> Slot:
        printed = text[slice(*span)]
        return Slot("miR-" + printed if expanded else printed, *span, **named)

    slots = st.builds(slot, spans(1), st.booleans(), **NAMED)
    evidence = st.builds(lambda span, rules: Evidence(*span, text[slice(*span)], rules), spans(1), TEXTS)
    doc_id = draw(TEXT)
    return draw(st.lists(relations_of(slots, evidence, doc_id=st.just(doc_id)), max_size=3))


@pytest.fixture(scope="session")
def any_relations() -> Relations:
    """Relations of any content whatever."""
    return st.lists(
        relations_of(
            st.builds(Slot, TEXT, NUMBER, NUMBER, **NAMED), st.builds(Evidence, NUMBER, NUMBER, TEXT, TEXTS)
        ),
        max_size=2,
    )


@pytest.fixture(scope="session")
def text_relations() -> Relations:
    """Relations of a few documents."""
    return st.lists(of_a_text(), max_size=2).map(lambda found: [r for relations in found for r in relations])


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, list[Relation]], Path]:
    """``written(".csv", relations)``: a file of that format."""
    folder = tmp_path_factory.mktemp("written")

    def write(suffix: str, relations: list[Relation]) -> Path:
        path = folder / f"out{suffix}"
        path.write_bytes(b"".join(choose(path, RELATION_WRITERS)(relations)))
        return path

    return write


@pytest.fixture(scope="session")
def relation() -> Callable[..., Relation]:
    """A relation as the extractor gives them, with changes."""

    def make(**values: Any) -> Relation:
        sentence = "MSC exosomes carry miR-21-5p, which lowers PTEN in T cells."
        given: dict[str, Any] = {
            "doc_id": "123",
            "donor": Slot("MSC", 10, 13, "mesenchymal stem cell", "CL:0000134", ("MSCs",)),
            "mirna": Slot("miR-21-5p", 29, 38, "hsa-miR-21-5p", "mirbase.mature:MIMAT0000076", ("miR-21",)),
            "recipient": Slot("T cells", 61, 68, "T cell", "CL:0000084"),
            "target": Slot("PTEN", 53, 57, "PTEN", "hgnc:9588"),
            "vesicle": Slot("exosomes", 14, 22, "exosome"),
            "effect": "decreases",
            "confidence": 0.75,
            "evidence": (Evidence(10, 69, sentence, ("carry.1", "target.2")),),
            "citations": ("41", "64"),
        }
        return Relation(**{**given, **values})

    return make
