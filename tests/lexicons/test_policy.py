"""Which bare names count as genes."""

from __future__ import annotations

import pytest

from extractor.lexicons import load


@pytest.mark.parametrize(
    "text",
    [
        "PTEN rose",
        "Pten rose",
        "IL-6 rose",
        "IL 6 rose",
        "interleukin 6 rose",
        "Vascular Endothelial Growth Factor A rose",
        "p53 rose",
        "NF-κB rose",
        "ZO-1 rose",
        "TJP1s rose",
    ],
)
def test_a_gene_is_found(text: str) -> None:
    (match,) = load().scanner("genes").find_terms(text)
    assert match.start == 0
    assert text[match.end :] == " rose"


@pytest.mark.parametrize(
    "text",
    [
        "it was set to rest and met him",
        "An impact on the cat",
        "Impact of Rest",
        "his gas was as it is",
        "the proteins and growth factors",
        "and 1 more",
        "MI and AD patients",
        "in mice and rats",
    ],
)
def test_ordinary_words_are_not_genes(text: str) -> None:
    assert load().scanner("genes").find_terms(text) == []
