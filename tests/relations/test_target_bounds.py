"""What sounds like a target of a miRNA and is none: the bounds of the wordings in test_target_wordings."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor
from extractor.types import Document

ENTRY = "Exosomal miR-9 of melanoma cells entered HUVECs"


def genes(extractor: Extractor, text: str, *kinds: str) -> set[str]:
    facts = extractor.analyse(extractor.read(Document("1", text))).facts
    return {m.text for f in facts if f.kind in kinds and not f.negated for m in f.right}


@pytest.mark.parametrize(
    "rest",
    [
        # sites
        ". LncRNA H19 contains a miR-9 binding site.",
        ". circRNA-7 harbors two miR-9 sites.",
        ". PTEN contains no miR-9 site.",
        ". PTEN lacks a miR-9 binding site.",
        ". PTEN contains a SP1 binding site and miR-9 rose.",
        ". A PTEN reporter with a mutated miR-9 site was made.",
        ". miR-9 is complementary to circRNA-7.",
        ". miR-9 is not complementary to PTEN.",
        ". The PTEN promoter responded to miR-9.",
        ". Mutation of the HIF1A site in the miR-9 promoter slowed growth.",
        # causes
        ". The downregulation of PTEN was due to methylation, not miR-9.",
        ". The downregulation of PTEN was due to methylation and not to miR-9.",
        ". The reduced invasion was due to miR-9.",
        ". The decrease in PTEN phosphorylation was due to miR-9.",
        ". The increase in PTEN was due to miR-9.",
        ". The loss of PTEN was not due to miR-9.",
        ". The regulation of PTEN was due to p53, which raised miR-9.",
        ". The decrease in PTEN, as in AKT1, was due to serum; miR-9 rose.",
        ". miR-9 accounted for half of all reads, and PTEN rose.",
        ". miR-9 mediated PTEN overexpression.",
        ". miR-9 was responsible for the loss of growth in PTEN mice.",
        # what kind of gene
        ". PTEN-null HeLa exosomes with miR-9 rose.",
        ". miR-9 activates the kinase AKT1.",
        ". miR-9 inhibits cells expressing the kinase AKT1.",
        ". miR-9 inhibited growth, with a rise of the kinase AKT1.",
        # verbs
        ". miR-9, acting on HUVECs, raised PTEN.",
        ". miR-9 acted on HUVECs and PTEN rose.",
        ". miR-9 prevents PTEN loss.",
        ". miR-9 counteracts PTEN loss.",
        ". PTEN, which acts on miR-9, fell.",
        ". miR-9 was associated with the loss of growth and with AKT1.",
        # means
        ". By silencing PTEN with siRNA, we saw that miR-9 was not needed.",
        ". By silencing of PTEN with siRNA, miR-9 was raised.",
        ". The effect of miR-9 was abolished by PTEN silencing.",
        ". The effect of miR-9 was copied by silencing PTEN.",
        ". In HUVECs, PTEN inhibitors copied the effect of miR-9.",
        ". miR-9 sped growth, independent of PTEN suppression.",
        # named
        ". PTEN was the target of AKT.",
        ", and PTEN was identified as a therapeutic target.",
        ", and PTEN was identified as a target of AKT1.",
        ", and PTEN was identified as a biomarker.",
        ". PTEN and the gene targeted by miR-9 rose.",
        ". PTEN is the gene that regulates miR-9.",
        ". miR-9 has PTEN as its regulator.",
        # falling
        ". miR-9 led to a decline of growth and PTEN rose.",
        ". PTEN was silenced with siRNA.",
        ", where inhibition of PTEN by LY294002 slowed growth.",
        ". PTEN fell in HUVECs that released exosomal miR-9.",
        ". PTEN fell in HUVECs after uptake of exosomes without miR-9.",
        ". The rise of PTEN was abolished by a miR-9 inhibitor.",
        ". HUVECs received miR-9, and PTEN was suppressed by heat.",
        # spoken of before
        ". Reporter assays confirmed direct regulation of PTEN by p53.",
        ". Assays confirmed direct binding of SP1 to PTEN.",
        ", as did miR-21. Reporter assays confirmed direct regulation of PTEN.",
    ],
)
def test_nothing_is_hit(extractor: Extractor, rest: str) -> None:
    assert genes(extractor, ENTRY + rest, "TARGETS", "SUPPORTS") == set()


@pytest.mark.parametrize(
    "text", ["PTEN fell in HUVECs that released the exosomes.", "PTEN rose in HUVECs given exosomes."]
)
def test_nothing_falls_with_the_vesicles(extractor: Extractor, text: str) -> None:
    assert genes(extractor, f"Exosomes carry miR-9. {text}", "VTARGETS") == set()
