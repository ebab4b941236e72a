"""miRNAs of tissues and cells beside vesicles that are named for another reason."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor
from extractor.types import Document


def tied(text: str, extractor: Extractor) -> bool:
    """Whether any rule ties a miRNA of the text to vesicles."""
    analysis = extractor.analyse(extractor.read(Document("1", text)))
    return any(support.features for f in analysis.findings for support in f.roles.carried.values())


@pytest.mark.parametrize(
    "text",
    [
        "Exosomal PTEN and tissue miR-21 rose in glioma.",
        "PTEN of exosomes and endogenous miR-21 were counted.",
        "PTEN of exosomes was related to the tumor miRNAs miR-21 and miR-22.",
        "MiR-21 in the tumor correlated with PTEN on urinary exosomes.",
        "Exosomes were given to HUVECs, and in the same cells miR-21 went down.",
        "MiR-21 rose in exosome-depleted serum.",
    ],
)
def test_of_another_compartment(text: str, extractor: Extractor) -> None:
    assert not tied(text, extractor)


@pytest.mark.parametrize(
    "text",
    [
        "Fibroblast exosomal miR-21 rose.",
        "Tissue and exosomal miR-21 rose in glioma.",
        "Exosomal and tissue miR-21 rose in glioma.",
        "Cellular and exosomal miR-21 rose in glioma.",
        "MiR-21 in tumor tissues and exosomes rose.",
        "Exosomes were given to HUVECs, and in the same cells miR-21 went up.",
        "MiR-21 rose in exosomes depleted of CD63.",
    ],
)
def test_of_the_vesicles_too(text: str, extractor: Extractor) -> None:
    assert tied(text, extractor)
