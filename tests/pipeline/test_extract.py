"""Whole made-up abstracts against every tuple that a curator would take from them, no more and no less."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import srsly

from extractor.pipeline import Extractor
from extractor.types import Document, Relation, Slot

Tuple = tuple[str | None, ...]
CASES: list[dict[str, Any]] = srsly.read_yaml(Path(__file__).with_name("abstracts.yaml"))


def text_of(case: dict[str, Any]) -> str:
    return f"{case['title']}\n{case['text']}" if "title" in case else str(case["text"])


def printed(relation: Relation) -> Tuple:
    def lower(slot: Slot | None) -> str | None:
        return slot.text.lower() if slot else None

    return tuple(map(lower, (relation.donor, relation.mirna, relation.recipient, relation.target)))


def expected(case: dict[str, Any], field: str) -> set[Tuple]:
    return {tuple(v.lower() if v else None for v in row) for row in case.get(field, [])}


def params() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["id"],
            marks=[pytest.mark.xfail(reason=case["weakness"], strict=True)] if "weakness" in case else [],
        )
        for case in CASES
    ]


def test_ids_are_unique() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids)) > 90


@pytest.mark.parametrize("case", params())
def test_the_tuples_of_an_abstract(case: dict[str, Any], extractor: Extractor) -> None:
    relations = extractor.extract(Document(case["id"], text_of(case)))
    found = [printed(relation) for relation in relations if not relation.negated]
    assert set(found) == expected(case, "tuples")
    assert len(found) == len(set(found))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_what_an_abstract_denies(case: dict[str, Any], extractor: Extractor) -> None:
    relations = extractor.extract(Document(case["id"], text_of(case)))
    assert {printed(relation) for relation in relations if relation.negated} == expected(case, "denied")


@pytest.mark.parametrize("name", ["miR-156", "miR-159", "miR-168", "miR-399"])
def test_a_plant_mirna_is_read_too(name: str, extractor: Extractor) -> None:
    text = f"Exosomes of hepatocytes carry {name} to neurons."
    assert len(extractor.extract(Document("d", text))) == 1


@pytest.mark.parametrize(
    ("verb", "effect"),
    [
        ("directly targets", "decreases"),
        ("suppresses", "decreases"),
        ("regulates", "unknown"),
    ],
)
def test_the_effect_on_the_target(verb: str, effect: str, extractor: Extractor) -> None:
    text = f"Exosomes of platelets deliver miR-223 to endothelial cells. miR-223 {verb} KLF2."
    (relation,) = extractor.extract(Document("d", text))
    assert relation.target is not None and relation.target.text == "KLF2"
    assert relation.effect == effect


@pytest.mark.parametrize(("gene", "effect"), [("TLR7", "binds"), ("PTEN", "decreases")])
def test_a_mirna_is_the_ligand_of_a_sensor_of_rna(gene: str, effect: str, extractor: Extractor) -> None:
    text = f"Exosomes of lung cancer cells carry miR-21 to macrophages, where miR-21 binds to {gene}."
    (relation,) = extractor.extract(Document("d", text))
    assert (relation.target and relation.target.text, relation.effect) == (gene, effect)


def test_without_a_target_there_is_no_effect(extractor: Extractor) -> None:
    text = "Exosomes of platelets deliver miR-223 to endothelial cells."
    (relation,) = extractor.extract(Document("d", text))
    assert relation.target is None and relation.effect is None


def test_regulation_is_given_only_when_asked_for(extractor: Extractor) -> None:
    document = Document("d", "miR-145 suppresses migration of bladder cancer cells by targeting FSCN1.")
    assert extractor.extract(document) == ()
    (relation,) = extractor.extract(document, include_regulation=True)
    assert (relation.kind, relation.mirna.text, relation.effect) == ("regulation", "miR-145", "decreases")
    assert relation.target is not None and relation.target.text == "FSCN1"
    assert relation.donor is None and relation.recipient is None and relation.vesicle is None


def test_forms_hold_the_other_names_of_a_cell(extractor: Extractor) -> None:
    text = (
        "Mesenchymal stem cells (MSCs) release exosomes with miR-25. "
        "The exosomes of MSCs delivered miR-25 to neurons."
    )
    (relation,) = extractor.extract(Document("d", text))
    assert relation.donor is not None
    assert {relation.donor.text, *relation.donor.forms} == {"Mesenchymal stem cells", "MSCs"}


def test_the_vesicle_is_named_by_its_kind(extractor: Extractor) -> None:
    text = "Microvesicles from embryonic stem cells carry let-7b into retinal cells."
    (relation,) = extractor.extract(Document("d", text))
    assert relation.vesicle is not None
    assert (relation.vesicle.text, relation.vesicle.name) == ("Microvesicles", "microvesicle")


def test_what_another_document_said_is_forgotten(extractor: Extractor) -> None:
    first = Document("1", "Macrophage-derived exosomes (MDE) carried miR-196a to tenocytes.")
    second = Document("2", "MDE was measured, and exosomes carried miR-21 to neurons.")
    alone = extractor.extract(second)
    extractor.extract(first)
    assert extractor.extract(second) == alone
    assert all(relation.donor is None for relation in alone)


def test_mentions_lie_where_they_say(extractor: Extractor) -> None:
    text = "β-cell exosomes (30–150 nm) carried “miR‑21” and −29a\u200b to T cells\u00a0(CD4+)."
    mentions = extractor.annotate(Document("d", text))
    assert mentions
    assert all(text[m.start : m.end] == m.text for m in mentions)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", ".", "exosome miR-21", "EVs\nmiR-21\n", "(((", "\ufeff", "<M0> <V1>"]
)
def test_next_to_nothing_holds_no_relation(text: str, extractor: Extractor) -> None:
    assert extractor.extract(Document("d", text)) == ()


def test_every_row_carries_the_flags_of_its_source(extractor: Extractor) -> None:
    text = "Macrophage-derived exosomes transferred miR-21 to endothelial cells."
    (plain,) = extractor.extract(Document("1", text))
    (flagged,) = extractor.extract(Document("1", text, flags=("retracted", "preprint")))
    assert (plain.flags, flagged.flags) == ((), ("retracted", "preprint"))
    assert plain.to_record()["relation_id"] == flagged.to_record()["relation_id"]
