"""How a text says that vesicles hold the miRNAs of a list, and what only sounds like it."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor, build_pipeline
from extractor.relations.masking import mask
from extractor.relations.surface import read_surface


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return build_pipeline()


def stated(extractor: Extractor, text: str, kind: str) -> set[str]:
    """The miRNAs that facts of a kind speak of, as printed."""
    sentence = mask(text, 0, len(text), extractor.mentions(text)[0])
    facts = [f for f in read_surface(sentence) if f.kind == kind and not f.negated]
    return {m.text for f in facts for m in (*f.left, *f.right) if m.label == "MIRNA"}


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("Heat raised exosomal levels of tumour-suppressive miR-16 and miR-34c.", {"miR-16", "miR-34c"}),
        ("Sequencing found more miR-16 and miR-34c in PTEN-null exosomes.", {"miR-16", "miR-34c"}),
        ("Only miR-16 went up in young exosomes.", {"miR-16"}),
        ("miR-16 rose tenfold in these exosomes.", {"miR-16"}),
        ("miR-16 and miR-34c are plentiful in adult exosomes.", {"miR-16", "miR-34c"}),
        ("The miRNAs (for instance miR-16) in exosomes rose.", {"miR-16"}),
        ("miR-16 is best represented in the exosomes.", {"miR-16"}),
    ],
)
def test_worded_as_carried(extractor: Extractor, text: str, carried: set[str]) -> None:
    assert stated(extractor, text, "CARRIES") == carried


@pytest.mark.parametrize(
    "text",
    [
        "miR-16 rose in response to exosomes.",
        "miR-16 was increased in the presence of exosomes.",
        "miR-16 was increased in response to exosomes.",
        "miR-16 rose while the exosomes fell.",
    ],
)
def test_no_cargo(extractor: Extractor, text: str) -> None:
    assert stated(extractor, text, "CARRIES") == set()


def test_what_targets_a_gene_is_not_inhibited(extractor: Extractor) -> None:
    """ "Targeting of miR-16" inhibits it; "PTEN-targeting miR-16" does not."""
    assert stated(extractor, "The PTEN-targeting miR-16 rose.", "TARGETS") == {"miR-16"}
    assert stated(extractor, "Targeting of miR-16 increased PTEN.", "SUPPORTS") == {"miR-16"}
