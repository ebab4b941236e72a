"""Names that a sentence sets apart: they are denied what it says of the others."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor, build_pipeline
from extractor.relations.exclusion import read_without
from extractor.relations.masking import MaskedSentence
from extractor.types import Document, Mention


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return build_pipeline()


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
    ],
)
def test_what_is_set_apart_is_taken_out(text: str, left: str | None) -> None:
    sentence = masked(text)
    read_without(sentence)
    assert sentence.text == (text if left is None else left)


def test_a_list_does_not_run_into_the_next_clause() -> None:
    sentence = masked("<M0> lowered <G1> but not <G2>, and <G3> rose")
    read_without(sentence)
    assert sentence.text == "<M0> lowered <G1>, and <G3> rose"


def told(extractor: Extractor, text: str) -> set[tuple[str, ...]]:
    """The relations as (denied or not, donor, miRNA, recipient, target)."""
    found = extractor.extract(Document("1", text))
    return {
        (
            "no" if r.negated else "yes",
            *(slot.text if slot else "-" for slot in (r.donor, r.mirna, r.recipient, r.target)),
        )
        for r in found
    }


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
def test_relations_of_what_is_set_apart(
    extractor: Extractor, text: str, relations: set[tuple[str, ...]]
) -> None:
    assert told(extractor, text) == relations


def test_what_another_sentence_states_is_not_denied(extractor: Extractor) -> None:
    text = (
        "Exosomes of fibroblasts carry miR-21 but not miR-155. "
        "Exosomes of fibroblasts delivered miR-155 to T cells later."
    )
    assert not [r for r in told(extractor, text) if r[0] == "no"]
