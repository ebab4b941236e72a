"""Denials that stand before a name or in a word of its own, and lists that are meant one by one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.relations.masking import MaskedSentence
from extractor.relations.respectively import in_order
from extractor.relations.surface import RawFact
from extractor.types import Mention

Told = Callable[[str], set[tuple[str, ...]]]


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
        (  # not of the other cells in the sentence
            "Exosomes from A549 cells contained no miR-155, whereas exosomes from HeLa cells carried miR-21.",
            {("no", "A549 cells", "miR-155", "-", "-"), ("yes", "HeLa cells", "miR-21", "-", "-")},
        ),
        (
            "MiR-150 is absent from T cells but is delivered to T cells by exosomes of monocytes.",
            {("yes", "monocytes", "MiR-150", "T cells", "-")},
        ),
        (
            "No evidence of toxicity was seen as miR-21 was delivered by MSC exosomes to neurons.",
            {("yes", "MSC", "miR-21", "neurons", "-")},
        ),
        ("Exosomes from A549 cells contained no cel-miR-39.", set()),
    ],
)
def test_what_is_denied_before_its_name(told: Told, text: str, relations: set[tuple[str, ...]]) -> None:
    assert told(text) == relations


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("Whether exosomes carry miR-21 from fibroblasts to T cells is unknown.", False),
        ("It is unclear whether exosomes carry miR-21 from fibroblasts to T cells.", False),
        ("We asked whether exosomes carry miR-21 from fibroblasts to T cells.", True),  # and mostly they do
        ("Exosomes carry miR-21 from fibroblasts to T cells, for unknown reasons.", True),
    ],
)
def test_what_is_unknown_is_not_asserted(told: Told, text: str, asserted: bool) -> None:
    assert bool(told(text)) == asserted


@pytest.mark.parametrize(
    "text",
    [
        "Neither miR-21 nor PTEN changed in T cells that took up exosomes from A549 cells.",
        "A PTEN 3'UTR with no miR-21 binding site was not repressed in T cells treated with exosomes.",
        "T cells, which do not express miR-155, took up exosomes that A549 cells had loaded with miR-21.",
        "Neither miR-21 nor miR-155 inhibitors altered the release of exosomes from A549 cells.",
        "Contents of exosomes were measured; no miR-21 mimic was used in A549 cells.",
    ],
)
def test_what_denies_something_else_denies_no_cargo(told: Told, text: str) -> None:
    assert not [r for r in told(text) if r[0] == "no"]


def test_what_vesicles_lower_is_not_what_they_carry(told: Told) -> None:
    assert not told("Treatment with MSC-derived exosomes reduced miR-155 in macrophages.")
    stated = told("MSC-derived exosomes suppressed PTEN in fibroblasts via miR-21.")
    assert stated == {("yes", "MSC", "miR-21", "fibroblasts", "PTEN")}
    # a trait of the vesicles is not their doing
    assert told("Exosomes from aged MSCs showed reduced miR-21 levels.")


def test_a_miRNA_of_the_worm_is_a_measure(told: Told) -> None:
    text = "Exosomes from A549 cells contained miR-21, and cel-miR-39 was used as a spike-in control."
    assert told(text) == {("yes", "A549 cells", "miR-21", "-", "-")}


NAMES = {letter: Mention("GENE", n, n + 1, letter) for n, letter in enumerate("abcde")}


def pairs(left: str, right: str, text: str) -> list[tuple[str, str]]:
    """A fact between two lists, as the words say it; names in the text are marks: <G0> is a."""
    given = RawFact("TARGETS", tuple(NAMES[x] for x in left), tuple(NAMES[x] for x in right), 0, "rule")
    sentence = MaskedSentence(0, 0, len(text), text, [(m,) for m in NAMES.values()])
    found = in_order([given], text, sentence)
    return [("".join(m.text for m in f.left), "".join(m.text for m in f.right)) for f in found]


def test_lists_of_one_length_are_read_in_order() -> None:
    text = "<G0> and <G1> hit <G2> and <G3>, respectively"
    assert pairs("ab", "cd", text) == [("a", "c"), ("b", "d")]


@pytest.mark.parametrize(
    ("left", "right", "text"),
    [
        ("ab", "cd", "<G0> and <G1> hit <G2> and <G3>"),
        ("ab", "cde", "<G0> and <G1> hit <G2>, <G3> and <G4>, respectively"),
        ("ab", "cd", "<G0> and <G1> hit <G2> and <G3>, which fell by 2 and 4 percent, respectively"),
        ("a", "c", "<G0> hits <G2>, respectively"),
    ],
)
def test_other_lists_stay_as_they_are(left: str, right: str, text: str) -> None:
    assert pairs(left, right, text) == [(left, right)]


def test_respectively_in_a_text(told: Told) -> None:
    text = "MSC exosomal miR-21 and miR-155 directly target PTEN and SOCS1, respectively."
    assert told(text) == {
        ("yes", "MSC", "miR-21", "-", "PTEN"),
        ("yes", "MSC", "miR-155", "-", "SOCS1"),
    }
