"""Denials that stand before a name or in a word of its own, and lists that are meant one by one."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor, build_pipeline
from extractor.relations.respectively import in_order
from extractor.relations.surface import RawFact
from extractor.types import Document, Mention


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return build_pipeline()


def told(extractor: Extractor, text: str) -> set[tuple[str, ...]]:
    """The relations as (denied or not, donor, miRNA, recipient, target)."""
    return {
        (
            "no" if r.negated else "yes",
            *(slot.text if slot else "-" for slot in (r.donor, r.mirna, r.recipient, r.target)),
        )
        for r in extractor.extract(Document("1", text))
    }


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("MiR-21 was absent from exosomes of A549 cells.", {("no", "A549 cells", "MiR-21", "-", "-")}),
        (
            "Neither miR-21 nor miR-155 was detected in exosomes from A549 cells.",
            {("no", "A549 cells", "miR-21", "-", "-"), ("no", "A549 cells", "miR-155", "-", "-")},
        ),
        ("Exosomes from A549 cells contained no miR-155.", {("no", "A549 cells", "miR-155", "-", "-")}),
        ("Exosomes from A549 cells lacked miR-155.", {("no", "A549 cells", "miR-155", "-", "-")}),
        (
            "There was no evidence for exosomal transfer of miR-21 from astrocytes to neurons.",
            {("no", "-", "miR-21", "-", "-"), ("no", "-", "miR-21", "neurons", "-")},
        ),
        (
            "Exosomes did not transfer miR-155 from A549 cells to fibroblasts.",
            {("no", "-", "miR-155", "-", "-"), ("no", "-", "miR-155", "fibroblasts", "-")},
        ),
        (
            "Exosomes of A549 cells carry miR-21 to T cells with no miR-155 in them.",
            {("yes", "A549 cells", "miR-21", "T cells", "-"), ("no", "A549 cells", "miR-155", "-", "-")},
        ),
        (  # of plasma alone: the next clause says the contrary of other vesicles
            "MiR-21 was absent from plasma exosomes of controls, but exosomes of A549 cells carried it.",
            {("yes", "A549 cells", "MiR-21", "-", "-")},
        ),
        (
            "MSC exosomes carried miR-21 to T cells, where no PTEN was left.",
            {("yes", "MSC", "miR-21", "T cells", "-")},
        ),
    ],
)
def test_what_is_denied_before_its_name(
    extractor: Extractor, text: str, relations: set[tuple[str, ...]]
) -> None:
    assert told(extractor, text) == relations


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("Whether exosomes carry miR-21 from fibroblasts to T cells is unknown.", False),
        ("It is unclear whether exosomes carry miR-21 from fibroblasts to T cells.", False),
        ("We asked whether exosomes carry miR-21 from fibroblasts to T cells.", True),  # and mostly they do
        ("Exosomes carry miR-21 from fibroblasts to T cells, for unknown reasons.", True),
    ],
)
def test_what_is_unknown_is_not_asserted(extractor: Extractor, text: str, asserted: bool) -> None:
    assert bool(told(extractor, text)) == asserted


def test_what_vesicles_lower_is_not_what_they_carry(extractor: Extractor) -> None:
    assert not told(extractor, "Treatment with MSC-derived exosomes reduced miR-155 in macrophages.")
    stated = told(extractor, "MSC-derived exosomes suppressed PTEN in fibroblasts via miR-21.")
    assert stated == {("yes", "MSC", "miR-21", "fibroblasts", "PTEN")}


def test_a_miRNA_of_the_worm_is_a_measure(extractor: Extractor) -> None:
    text = "Exosomes from A549 cells contained miR-21, and cel-miR-39 was used as a spike-in control."
    assert told(extractor, text) == {("yes", "A549 cells", "miR-21", "-", "-")}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "Exosomal miR-21 from A549 cells induced macrophages to polarize toward M2.",
            ("yes", "A549 cells", "miR-21", "macrophages", "-"),
        ),
        (
            "MSC-derived exosomal miR-21 inhibited IL-1β-induced apoptosis of chondrocytes.",
            ("yes", "MSC", "miR-21", "chondrocytes", "-"),
        ),
        (
            "Astrocyte exosomes delivered miR-21 to neurons, leading to downregulation of PTEN.",
            ("yes", "Astrocyte", "miR-21", "neurons", "PTEN"),
        ),
        (
            "Hepatocyte exosomal miR-122 promotes EMT of lung cancer cells through PTEN inhibition.",
            ("yes", "Hepatocyte", "miR-122", "lung cancer cells", "PTEN"),
        ),
        ("Astrocyte-to-neuron transfer of exosomal miR-21.", ("yes", "Astrocyte", "miR-21", "neuron", "-")),
        (
            "Exosomal miR-21 from A549 cells was elevated compared with normal BEAS-2B cells.",
            ("yes", "A549 cells", "miR-21", "-", "-"),
        ),
        (
            "The exosomes of osteoblasts were internalised by T cells. Their cargo, miR-21, suppressed PTEN.",
            ("yes", "osteoblasts", "miR-21", "T cells", "PTEN"),
        ),
        ("Exosomal miR-21 derived from serum was taken up by HUVECs.", ("yes", "-", "miR-21", "HUVECs", "-")),
        (  # the gene further down is no target
            "MSC exosomal miR-21 decreased iNOS in macrophages by targeting PTEN.",
            ("yes", "MSC", "miR-21", "macrophages", "PTEN"),
        ),
        (
            "Osteoblast exosomes delivered miR-126 to T cells. SPRED1 was confirmed as a direct target.",
            ("yes", "Osteoblast", "miR-126", "T cells", "SPRED1"),
        ),
        ("MSC-exo delivered miR-21 to microglia.", ("yes", "MSC", "miR-21", "microglia", "-")),
        (
            "Exosomes from human umbilical cord MSCs delivered miR-21 to microglia.",
            ("yes", "human umbilical cord MSCs", "miR-21", "microglia", "-"),
        ),
        (
            "Exosomes from hucMSCs brought miR-21 to microglia.",
            ("yes", "hucMSCs", "miR-21", "microglia", "-"),
        ),
    ],
)
def test_one_relation(extractor: Extractor, text: str, relation: tuple[str, ...]) -> None:
    assert told(extractor, text) == {relation}


def test_a_direct_target_of_which_of_two_is_not_told(extractor: Extractor) -> None:
    text = "Osteoblast exosomes delivered miR-126 and miR-21 to T cells. SPRED1 was shown as a direct target."
    assert {r[-1] for r in told(extractor, text)} == {"-"}


def fact(left: str, right: str) -> RawFact:
    def names(words: str) -> tuple[Mention, ...]:
        return tuple(Mention("GENE", 0, 1, word) for word in words.split())

    return RawFact("TARGETS", names(left), names(right), 0, "rule")


def pairs(given: RawFact, text: str) -> list[tuple[str, str]]:
    return [
        (" ".join(m.text for m in f.left), " ".join(m.text for m in f.right)) for f in in_order([given], text)
    ]


def test_lists_of_one_length_are_read_in_order() -> None:
    assert pairs(fact("a b", "c d"), "a and b hit c and d, respectively") == [("a", "c"), ("b", "d")]


@pytest.mark.parametrize(
    ("left", "right", "text"),
    [
        ("a b", "c d", "a and b hit c and d"),
        ("a b", "c d e", "a and b hit c, d and e, respectively"),
        ("a", "c", "a hit c; two others hit d and e, respectively"),
    ],
)
def test_other_lists_stay_as_they_are(left: str, right: str, text: str) -> None:
    assert pairs(fact(left, right), text) == [(left, right)]


def test_respectively_in_a_text(extractor: Extractor) -> None:
    text = "MSC exosomal miR-21 and miR-155 directly target PTEN and SOCS1, respectively."
    assert told(extractor, text) == {
        ("yes", "MSC", "miR-21", "-", "PTEN"),
        ("yes", "MSC", "miR-155", "-", "SOCS1"),
    }
