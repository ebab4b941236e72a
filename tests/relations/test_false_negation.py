"""Words of denial that deny nothing of what the rest of the sentence tells."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor
from extractor.types import Document


def facts(extractor: Extractor, text: str) -> set[tuple[str, bool]]:
    return {(f.kind, f.negated) for f in extractor.analyse(extractor.read(Document("1", text))).facts}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Exosomes with and without heat contained miR-21.", "CARRIES"),
        ("Exosomes were collected with or without GW4869 from CAFs.", "RELEASES"),
        ("Exosomes from CAFs transferred miR-21 but not its precursor to HUVECs.", "REACHES"),
        ("Exosomes from CAFs, but not from NFs, carried miR-21.", "CARRIES"),
        ("Exosomes from CAFs, but not those of normal fibs, carried miR-21.", "CARRIES"),
    ],
)
def test_says_so(extractor: Extractor, text: str, kind: str) -> None:
    assert (kind, False) in facts(extractor, text)
    assert (kind, True) not in facts(extractor, text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Exosomes of CAFs bound but did not enter A549 cells.", "REACHES"),
        ("Exosomes of CAFs were seen but not taken up by A549 cells.", "REACHES"),
        ("Exosomes without heat did not carry miR-21.", "CARRIES"),
    ],
)
def test_denies(extractor: Extractor, text: str, kind: str) -> None:
    assert (kind, True) in facts(extractor, text)
    assert (kind, False) not in facts(extractor, text)
