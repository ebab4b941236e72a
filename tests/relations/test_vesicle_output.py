"""A miRNA that governs how many vesicles a cell makes, or what else is in them, is not said to be in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.pipeline import Extractor
from extractor.types import Document

Told = Callable[[str], set[tuple[str, ...]]]


def carried(extractor: Extractor, text: str) -> set[str]:
    """The miRNAs that some sentence puts into vesicles, or names as what gives them."""
    facts = extractor.analyse(extractor.read(Document("1", text))).facts
    return {
        m.text
        for f in facts
        if f.kind in ("CARRIES", "RELEASES") and not f.negated
        for m in (*f.left, *f.right)
        if m.label == "MIRNA"
    }


@pytest.mark.parametrize(
    "text",
    [
        "MiR-21 decreased the number of exosomes released by A549 cells.",
        "MiR-21 raised the amount of exosomes in A549 cells.",
        "MiR-21 markedly increased the concentration of EVs in the medium of A549 cells.",
        "MiR-21 lowered EV output of A549 cells.",
        "MiR-21 inhibits the secretion of exosomes by targeting RAB27A in A549 cells.",
        "Exosome secretion by A549 cells was inhibited by miR-21.",
        "The release of exosomes from A549 cells was increased after knockdown of miR-21.",
        "A549 cells transfected with miR-21 released fewer exosomes.",
        "MiR-21 knockdown A549 cells secreted fewer exosomes.",
        "MiR-21 targeted RAB27A in A549 cells, so that fewer exosomes were released.",
        "MiR-21 reduced the number of particles released by A549 cells.",
        "MiR-21 reduced the amount of CD44 in exosomes of A549 cells.",
        "MiR-21 decreased CD44 in EVs from A549 cells.",
        "MiR-21 lowered CD44 in A549 cells and in their exosomes.",
    ],
)
def test_output_is_no_carriage(told: Told, extractor: Extractor, text: str) -> None:
    assert not carried(extractor, text)
    assert not told(text)


@pytest.mark.parametrize(
    "text",
    [
        "MiR-21 was increased in exosomes released by A549 cells.",
        "MiR-21 was reduced in exosomes released by A549 cells.",
        "MiR-21 increased in exosomes of A549 cells.",
        "Hypoxia increased the release of exosomes carrying miR-21 from A549 cells.",
        "MiR-21 is exported from A549 cells by increased release of exosomes.",
        "A549 cells raised the secretion of exosomes that contained miR-21.",
        "MiR-21-overexpressing MSCs secreted exosomes that protected HUVECs.",
        "A549 cells released fewer exosomes with miR-21.",
        "Exosomal miR-21 of A549 cells increased the release of exosomes by HUVECs.",
    ],
)
def test_what_is_released_may_be_carried(extractor: Extractor, text: str) -> None:
    assert carried(extractor, text)
