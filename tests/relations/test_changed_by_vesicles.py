"""What vesicles change in a cell, or what counteracts them, is not what they carry."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.pipeline import Extractor
from extractor.types import Document

Told = Callable[[str], set[tuple[str, ...]]]


def carried(extractor: Extractor, text: str) -> set[str]:
    """The miRNAs that some sentence puts into vesicles."""
    facts = extractor.analyse(extractor.read(Document("1", text))).facts
    return {
        m.text for f in facts if f.kind == "CARRIES" and not f.negated for m in f.right if m.label == "MIRNA"
    }


def stated(told: Told, text: str) -> set[tuple[str, ...]]:
    return {r for r in told(text) if r[0] == "yes"}


@pytest.mark.parametrize(
    "text",
    [
        # by a protein or another RNA that the vesicles bring
        "Exosomes from MSCs transfer DCLK1, which inhibits maturation of miR-137 in HUVECs.",
        "Exosomes from MSCs deliver TGM2 and thereby disturb miR-362 in HUVECs.",
        "Exosomes from MSCs carry TGF-β, which induces miR-21 in HUVECs.",
        "Exosomes of MSCs carry MALAT1, which sponges miR-118.",
        # lowered
        "Exosomes of MSCs promote loss of miR-125 in HUVECs.",
        "Exosomes of MSCs led to a downregulation of miR-125 in HUVECs.",
        "HUVECs exposed to MSC exosomes lost miR-200c.",
        "HUVECs exposed to MSC exosomes showed lower miR-200c.",
        "HUVECs exposed to MSC exosomes expressed less miR-200c.",
        "HUVECs given MSC exosomes ceased to grow, stained for PTEN and contained less miR-200c.",
        "In HUVECs which received MSC exosomes, miR-200c declined.",
        "MiR-27b was decreased in T cells treated with MSC exosomes.",
        "MSC exosomes shut off miR-335 in HUVECs.",
        "MiR-335 is lowered by MSC exosomes in HUVECs.",
        "MSC exosomes decreased PTEN as well as miR-27b in HUVECs.",
        "MSC exosomes suppressed the endogenous oncomiR miR-17 in HUVECs.",
        # made by the recipient itself
        "MSC exosomes raised endogenous miR-21 in HUVECs.",
        "MSC exosomes raised transcription of miR-21 in HUVECs.",
        "MSC exosomes raised pri-miR-21 in HUVECs.",
        "MSC exosomes increased miR-21 in HUVECs, an increase that was abolished by actinomycin D.",
        "Endogenous miR-34a was elevated in HUVECs, but this was independent of MSC exosomes.",
        "MSC exosomes increased the transcription of the host gene of miR-21 in HUVECs.",
        # not needed, or working against them
        "MiR-120 prevents the activation of fibroblasts by CAF exosomes.",
        "MiR-120 mimics abolished the effect of CAF exosomes on fibroblasts.",
        "MiR-120 suppressed CAF exosome-induced migration of fibroblasts.",
        "CAF exosomes promoted migration of HUVECs through a miR-21-independent mechanism.",
        "CAF exosomes promoted migration of HUVECs without involving miR-21.",
        "The effect of CAF exosomes on HUVECs persisted after inhibition of miR-203.",
        # no change
        "MiR-21 of HUVECs was measured beside CAF EVs. MiR-21 was not transmitted.",
        "HUVECs exposed to CAF EVs showed no change of miR-21.",
        "No increase in miR-21 was observed in HUVECs treated with CAF EVs.",
        "MiR-21 remained constant in HUVECs treated with CAF EVs.",
        "MiR-21 levels stayed the same in HUVECs after CAF EVs.",
        "There was no evidence of miR-21 transfer by EVs from CAFs to HUVECs.",
    ],
)
def test_change_is_no_carriage(told: Told, extractor: Extractor, text: str) -> None:
    assert not carried(extractor, text)
    assert not stated(told, text)


@pytest.mark.parametrize(
    "text",
    [
        "Exosomes of MSCs carry HSP70 and miR-21.",
        "Exosomes of MSCs transfer HSP70, which is followed by uptake, and carry miR-21.",
        "Exosomes carrying miR-21 from MSCs suppress MALAT1 in HUVECs.",
        "MSC exosomes increased miR-21 in HUVECs, and the increase persisted after actinomycin D.",
        "MiR-120 of exosomes from MSCs prevents the activation of fibroblasts by TGF-β.",
        "Exosomes of MSCs delivered miR-21 to HUVECs, and there was no increase of miR-155.",
        "MiR-21 in exosomes of MSCs remained stable.",
    ],
)
def test_what_is_carried_stays(extractor: Extractor, text: str) -> None:
    assert "21" in str(carried(extractor, text)) or "120" in str(carried(extractor, text))


@pytest.mark.parametrize(
    "text",
    [
        "A miR-21 inhibitor abolished the effect of CAF exosomes on HUVECs.",
        "CAF exosomes promoted migration of HUVECs in a miR-21-dependent manner.",
        "The effect of CAF exosomes on HUVECs was lost after inhibition of miR-21.",
        "HUVECs exposed to CAF EVs showed no increase of PTEN but of miR-21.",
        "CAF exosomes showed reduced miR-21.",
        "MiR-21 was measured in MSCs and restoration of PTEN reversed the effects of exosomes.",
        "Exosomes were tested on TGF-β-primed T cells, raising miR-21 at will.",
        "Exosomes of MSCs lost miR-21 after heating.",
        "MiR-21 was not transmitted to HUVECs after CAFs were heated.",
        "In HUVECs which received MSC exosomes, miR-21 fell less than with CAF exosomes.",
        "MSC exosomes were added, and miR-21 in T cells was reduced by GW4869.",
    ],
)
def test_what_bounds_them(extractor: Extractor, text: str) -> None:
    facts = extractor.analyse(extractor.read(Document("1", text))).facts
    assert not [f for f in facts if f.kind in ("UNTIED", "LOWERS", "ASKED")]


def test_what_rises_may_be_made_there(told: Told) -> None:
    rises = "MiR-21 was increased in HUVECs treated with MSC exosomes."
    assert stated(told, rises)
    assert not stated(told, f"{rises} Exosomes had no miR-21, and its rise was abolished by actinomycin D.")


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("HUVECs took up few exosomes from CAFs that carry miR-21.", False),
        ("HUVECs took up very little of the exosomes from CAFs that carry miR-21.", False),
        ("HUVECs took up hardly any exosomes from CAFs that carry miR-21.", False),
        ("HUVECs hardly took up exosomes from CAFs that carry miR-21.", False),
        ("HUVECs internalized miR-21 exosomes from CAFs only poorly.", False),
        ("Exosomes from CAFs that carry miR-21 barely entered HUVECs.", False),
        ("HUVECs took up a few hundred exosomes from CAFs that carry miR-21.", True),
        ("HUVECs took up a few exosomes from CAFs that carry miR-21.", True),
        ("HUVECs readily took up exosomes from CAFs that carry miR-21.", True),
    ],
)
def test_little_uptake(extractor: Extractor, text: str, reached: bool) -> None:
    facts = extractor.analyse(extractor.read(Document("1", text))).facts
    assert [not f.negated for f in facts if f.kind == "REACHES"].count(True) == (2 if reached else 0)
