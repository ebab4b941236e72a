"""Across sentences: what pronouns stand for, and which sentences of a review speak of one finding."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractor.mentions import find_mentions
from extractor.relations.anaphora import resolve_anaphora
from extractor.relations.entities import gather
from extractor.relations.findings import findings
from extractor.relations.masking import MARK, MaskedSentence, mask
from extractor.relations.surface import read_surface


def sentences(*texts: str) -> list[MaskedSentence]:
    return [mask(text, 0, len(text), find_mentions(text), number) for number, text in enumerate(texts)]


def last_marks(*texts: str) -> list[list[str]]:
    """The names behind each mark of the last sentence, once pronouns are put back."""
    found = sentences(*texts)
    resolve_anaphora(found)
    return [[m.text for m in found[-1].members(mark.group())] for mark in MARK.finditer(found[-1].text)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Exosomes carry miR-21.", "This miRNA hits PTEN."], [["miR-21"], ["PTEN"]]),
        (["EVs carry miR-21 and miR-22.", "These miRNAs hit PTEN."], [["miR-21", "miR-22"], ["PTEN"]]),
        (["EVs carry miR-21.", "They protect T cells."], [["EVs"], ["T cells"]]),
        (["miR-21 is made.", "Its target is PTEN."], [["miR-21"], ["PTEN"]]),
        (["miR-21 is made.", "It was found that PTEN fell."], [["PTEN"]]),
        (["EVs carry miR-21.", "They found that PTEN fell."], [["PTEN"]]),
        (["PTEN fell.", "They protect T cells."], [["T cells"]]),
        (["It protects T cells."], [["T cells"]]),
    ],
)
def test_what_a_pronoun_stands_for(texts: Sequence[str], expected: list[list[str]]) -> None:
    assert last_marks(*texts) == expected


def test_a_miRNA_three_sentences_back_is_forgotten() -> None:
    near = ["miR-21 rose.", "PTEN fell.", "This miRNA hits AKT1."]
    far = ["miR-21 rose.", "PTEN fell.", "KLF2 fell.", "This miRNA hits AKT1."]
    assert ["miR-21"] in last_marks(*near)
    assert ["miR-21"] not in last_marks(*far)


NONE: frozenset[str] = frozenset()


def test_an_abstract_is_one_finding() -> None:
    assert findings(sentences("One rose.", "Two rose.", "Three rose."), [NONE] * 3) == [[0, 1, 2]]


def test_sentences_that_share_a_citation_are_one_finding() -> None:
    texts = ["One rose.", "Two rose.", "Three rose.", "Four rose."]
    cited = [frozenset({"1"}), frozenset({"1"}), frozenset({"2"}), frozenset({"3"})]
    assert findings(sentences(*texts), cited) == [[0, 1], [2], [3]]


def test_a_sentence_that_points_back_belongs_to_the_citation_before() -> None:
    texts = ["One rose.", "These exosomes fell.", "Two rose.", "Doe et al. saw three."]
    cited = [frozenset({"1"}), NONE, frozenset({"2"}), frozenset({"3"})]
    assert findings(sentences(*texts), cited) == [[0, 1], [2], [3]]


def test_every_sentence_is_in_one_finding_in_order() -> None:
    many = sentences(*(f"Sentence {n} rose." for n in range(60)))
    cited = [frozenset({str(n // 4)}) if n % 4 == 3 else NONE for n in range(60)]
    assert [i for group in findings(many, cited) for i in group] == list(range(60))


def test_printings_of_one_thing_are_one_entity() -> None:
    text = (
        "miR-21 and microRNA-21 in MSCs, that is mesenchymal stem cells, hit PTEN; Pten fell. miR-22 did not."
    )
    entities = gather(find_mentions(text), {})
    assert [(e.label, e.forms) for e in entities.by_key.values()] == [
        ("MIRNA", ("miR-21", "microRNA-21")),
        ("CELL", ("MSCs", "mesenchymal stem cells")),
        ("GENE", ("PTEN", "Pten")),
        ("MIRNA", ("miR-22",)),
    ]


def test_the_only_arm_named_is_the_one_meant() -> None:
    one = gather(find_mentions("miR-124-3p rose; miR-124 fell."), {})
    two = gather(find_mentions("miR-124-3p rose; miR-124-5p rose; miR-124 fell."), {})
    assert len(one.by_key) == 1 and len(two.by_key) == 3


def facts(text: str) -> set[tuple[str, str, str]]:
    (sentence,) = sentences(text)
    return {
        (f.kind, left.text, right.text)
        for f in read_surface(sentence)
        for left in f.left
        for right in f.right
        if not f.negated
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CAF-derived exosomes rose.", {("RELEASES", "CAF", "exosomes")}),
        ("CAF and MSC exosomes rose.", {("RELEASES", "CAF", "exosomes"), ("RELEASES", "MSC", "exosomes")}),
        ("Serum exosomes rose.", {("FLUID", "Serum", "exosomes")}),
        ("miR-21 directly targets PTEN.", {("TARGETS", "miR-21", "PTEN")}),
        ("miR-21 does not target PTEN.", set()),
        ("T cells rose.", set()),
        ("", set()),
    ],
)
def test_the_facts_of_a_sentence(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert {f for f in facts(text) if f[0] != "MOVES"} == expected
