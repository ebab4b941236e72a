"""Names that a sentence sets apart: they are denied what it says of the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.pipeline import Extractor
from extractor.relations.exclusion import read_without
from extractor.relations.masking import MaskedSentence
from extractor.types import Document, Mention

Told = Callable[[str], set[tuple[str, ...]]]


def masked(text: str) -> MaskedSentence:
    """A sentence of marks alone, each for one name."""
    kinds = {"M": "MIRNA", "G": "GENE", "C": "CELL", "T": "TISSUE", "V": "VESICLE", "P": "PHENOTYPE"}
    letters = {int(n): letter for letter in kinds for n in range(9) if f"<{letter}{n}>" in text}
    groups = [(Mention(kinds[letters.get(n, "M")], n, n + 1, f"name{n}"),) for n in range(9)]
    return MaskedSentence(0, 0, len(text), text, groups)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<V0> carry <M1> but not <M2> to <C3>.", "<V0> carry <M1> to <C3>."),
        ("<M1>, but not <M2>, was transferred.", "<M1> was transferred."),
        ("<M1>, not <M2>, was transferred.", "<M1> was transferred."),
        ("<V0> carry <M1> but neither <M2> nor <M3> to <C4>.", "<V0> carry <M1> to <C4>."),
        ("in <C0> but not in <C1>, <T2>, or <C3>.", "in <C0>."),
        ("in <V0> but not in <C1>.", "in <V0>."),
        ("lowered <G1> rather than <G2> in <C3>", "lowered <G1> in <C3>"),
        ("from <C0> instead of <C1> carried <M2>", "from <C0> carried <M2>"),
        ("all <K0> except for <M1> rose", "all <K0> rose"),
        ("to <C0> (<C1>) but not to other <C2>", "to <C0> (<C1>)"),
        ("<V0>, but not the <V1> obtained from <C2>, reached <C3>", "<V0> reached <C3>"),
        ("taken up by <C0> but not <C1>, and not by <T2>.", "taken up by <C0>."),
        # and what is left alone
        ("<V0> carry not only <M1> but also <M2>.", None),
        ("<V0> carry <M1> but not only <M2>.", None),
        ("from wild-type but not knockout <C0>", None),  # the head belongs to both
        ("<V0> reached <C1> but not <M2>-deficient <C3>", None),
        ("<M0> but not melastatin reduced <P1> of <C2>", None),  # a name that we do not know, and its verb
        ("<V0>, but not <V1> that lack <M2>, reached <C3>", None),
        ("<M0> targets <G1>, and <G2> rose", None),
        ("whether or not <M0> is carried", None),
        ("none of the <K0> except <M1> rose", None),
        ("to <C0>, not just <C1>, in mice", None),
        ("released <M0>, but not when <M1> was blocked", None),
        ("carrying <M0> but not <M1> inhibitors", None),
        ("carrying <M0> but not <M1> and <M2> inhibitors", None),
    ],
)
def test_what_is_set_apart_is_taken_out(text: str, left: str | None) -> None:
    sentence = masked(text)
    read_without(sentence)
    assert sentence.text == (text if left is None else left)


def test_a_gap_of_spaces_takes_no_time() -> None:
    sentence = masked("<V0> carry" + " " * 20_000 + "<M1>.")
    assert read_without(sentence) == []


def test_a_denial_says_nothing_against_what_was_not_sent(extractor: Extractor) -> None:
    text = "Exosomes of fibroblasts deliver miR-21 to T cells but not to B cells."
    facts = extractor.analyse(extractor.read(Document("1", text))).facts
    assert {m.text for f in facts if f.negated for m in f.denied} == {"B cells"}


def test_a_list_does_not_run_into_the_next_clause() -> None:
    sentence = masked("<M0> lowered <G1> but not <G2>, and <G3> rose")
    read_without(sentence)
    assert sentence.text == "<M0> lowered <G1>, and <G3> rose"


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        (
            "Exosomes of fibroblasts carry miR-21 but not miR-155 to breast cancer cells.",
            {
                ("yes", "fibroblasts", "miR-21", "breast cancer cells", "-"),
                ("no", "fibroblasts", "miR-155", "-", "-"),
                ("no", "-", "miR-155", "breast cancer cells", "-"),
            },
        ),
        (
            "Exosomes of fibroblasts deliver miR-21 to T cells but not to B cells.",
            {("yes", "fibroblasts", "miR-21", "T cells", "-"), ("no", "-", "miR-21", "B cells", "-")},
        ),
        (
            "Exosomes from fibroblasts, but not from macrophages, carried miR-21 to T cells.",
            {("yes", "fibroblasts", "miR-21", "T cells", "-")},
        ),
        (
            "Exosomes of fibroblasts deliver miR-21 to T cells, where it targets PTEN but not PDCD4.",
            {("yes", "fibroblasts", "miR-21", "T cells", "PTEN")},
        ),
        (
            "Exosomes of fibroblasts carry not only miR-21 but also miR-155 to T cells.",
            {
                ("yes", "fibroblasts", "miR-21", "T cells", "-"),
                ("yes", "fibroblasts", "miR-155", "T cells", "-"),
            },
        ),
    ],
)
def test_relations_of_what_is_set_apart(told: Told, text: str, relations: set[tuple[str, ...]]) -> None:
    assert told(text) == relations


def test_what_another_sentence_states_is_not_denied(told: Told) -> None:
    text = (
        "Exosomes of fibroblasts carry miR-21 but not miR-155. "
        "Exosomes of fibroblasts delivered miR-155 to T cells later."
    )
    found = told(text)
    assert ("yes", "fibroblasts", "miR-155", "T cells", "-") in found
    assert not [r for r in found if r[0] == "no"]
