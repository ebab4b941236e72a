"""Wordings that tell which gene a miRNA hits: the facts of the rules, whatever is made of them later."""

from __future__ import annotations

import time

import pytest

from extractor.pipeline import Extractor
from extractor.types import Document

ENTRY = "Exosomal miR-9 of melanoma cells entered HUVECs"
SITES = [
    (". Both SMAD4 and PTEN contain a miR-9 binding site.", "SMAD4 PTEN"),
    (". The 3'UTR of KLF4 harbors two conserved miR-9 binding sites.", "KLF4"),
    (". The PTEN 3'UTR carries a functional miR-9 target site.", "PTEN"),
    (". The 3'-UTR of PTEN possesses putative miR-9 recognition elements.", "PTEN"),
    (". PTEN mRNA has a miR-9 seed match in its 3'UTR.", "PTEN"),
    (". PTEN, which carries a miR-9 site, fell.", "PTEN"),
    (". PTEN is equipped with a miR-9 binding site.", "PTEN"),
    (". Three genes harbor miR-9 sites: PTEN, PDCD4 and TPM1.", "PTEN PDCD4 TPM1"),
    (". The 3'UTR of PTEN contains a seed match for miR-9.", "PTEN"),
    (". The 3'UTR of PTEN contains a sequence complementary to miR-9.", "PTEN"),
    (". The PTEN 3'UTR responded to miR-9.", "PTEN"),
    (". miR-9 is complementary to the mRNA of PTEN.", "PTEN"),
    (". miR-9 is partially complementary to PTEN.", "PTEN"),
    (". PTEN transcripts are complementary to the miR-9 seed.", "PTEN"),
    (". A miR-9 site is present in the PTEN 3'UTR.", "PTEN"),
    (". A conserved seed match of miR-9 was found in PTEN.", "PTEN"),
    (". Mutation of the binding site in the 3'UTR of CPT1A abolished repression by miR-9.", "CPT1A"),
    (". Mutating the seed match of CPT1A abolished its repression by miR-9.", "CPT1A"),
]
CAUSES = [
    (". The downregulation of PTEN in HUVECs was due to exosomal miR-9.", "PTEN"),
    (". The decrease in PTEN was attributable to miR-9.", "PTEN"),
    (". The loss of PTEN was attributed to miR-9.", "PTEN"),
    (". Reduced expression of PTEN was caused by exosomal miR-9.", "PTEN"),
    (". The decrease of PTEN was a result of miR-9.", "PTEN"),
    (". PTEN downregulation was mediated by exosomal miR-9.", "PTEN"),
    (". PTEN repression resulted from miR-9.", "PTEN"),
    (". The fall of PTEN depended on miR-9.", "PTEN"),
    (". miR-9 was responsible for the loss of PTEN.", "PTEN"),
    (". miR-9 accounted for PTEN downregulation.", "PTEN"),
    (". PTEN was reduced because of exosomal miR-9.", "PTEN"),
    (". PTEN fell because of exosomal miR-9.", "PTEN"),
]
KINDS = [
    (", which slowed bone formation by targeting osteoblast Runx2.", "Runx2"),
    (", suppressing macrophage TLR4.", "TLR4"),
    (". miR-9 inhibits adipocyte PPARG.", "PPARG"),
    (". miR-9 targets T cell CTLA4.", "CTLA4"),
    (". miR-9 targets the cyclin-dependent kinase inhibitor CDKN1A.", "CDKN1A"),
    (". miR-9 represses the cell cycle inhibitor p27.", "p27"),
    (". miR-9 suppresses the tyrosine phosphatase gene PTPN11.", "PTPN11"),
    (". miR-9 targets the TGF-beta pathway inhibitor SMAD7.", "SMAD7"),
    (", repressing the ubiquitin ligase gene Nedd4l.", "Nedd4l"),
    (". miR-9 represses the invasion-promoting transcription factors ZEB1 and SMAD4.", "ZEB1 SMAD4"),
]
VERBS = [
    (", where miR-9 base-pairs with PTEN mRNA.", "PTEN"),
    (". miR-9 pairs with SMAD4 and PTEN.", "SMAD4 PTEN"),
    (". miR-9 docks onto TLR8.", "TLR8"),
    (". miR-9 proved to dock to TLR8.", "TLR8"),
    (". miR-9 engages TLR8.", "TLR8"),
    (". miR-9 anneals to PTEN transcripts.", "PTEN"),
    (". miR-9 latches onto PTEN mRNA.", "PTEN"),
    (", where miR-9 acts on PTEN.", "PTEN"),
    (". PTEN proved to be hit by miR-9.", "PTEN"),
    (". miR-9 shuts off PTEN.", "PTEN"),
    (". miR-9 shut down PTEN expression.", "PTEN"),
    (", where it switches off PTEN.", "PTEN"),
    (", turning off PTEN.", "PTEN"),
    (". miR-9 turned down PTEN.", "PTEN"),
    (". miR-9 lessens PTEN.", "PTEN"),
    (". miR-9 hampers PTEN expression.", "PTEN"),
    (". miR-9 counteracts PTEN.", "PTEN"),
    (". miR-9 interferes with PTEN expression.", "PTEN"),
    (". miR-9 interfered with PTEN translation.", "PTEN"),
    (". miR-9 prevents PTEN expression.", "PTEN"),
    (". miR-9 compromises PTEN.", "PTEN"),
    (". miR-9 strikes PTEN.", "PTEN"),
    (". PTEN was switched off by miR-9.", "PTEN"),
    (". PTEN was shut down by exosomal miR-9.", "PTEN"),
    (". PTEN staining varied inversely with miR-9.", "PTEN"),
    (". miR-9 varied inversely with PTEN.", "PTEN"),
]
MEANS = [
    (". By silencing PTEN, exosomal miR-9 activated AKT.", "PTEN"),
    (". By binding to the 3'UTR of PTEN, miR-9 activated AKT.", "PTEN"),
    (". By binding and silencing PTEN, the surplus of miR-9 activated AKT.", "PTEN"),
    (". By repressing the tumour suppressor gene PTEN, miR-9 sped growth.", "PTEN"),
    (". Through targeting of PTEN, miR-9 activated AKT.", "PTEN"),
    (". Through silencing of PTEN, miR-9 sped growth.", "PTEN"),
    (". Through repression of PTEN, exosomal miR-9 sped growth.", "PTEN"),
    (". Via PTEN silencing, exosomal miR-9 sped growth.", "PTEN"),
    (". miR-9 sped growth through PTEN silencing.", "PTEN"),
    (". miR-9 sped growth by way of PTEN inhibition.", "PTEN"),
    (". miR-9 sped growth by means of PTEN suppression.", "PTEN"),
    (". miR-9 sped growth via PTEN blocking.", "PTEN"),
    (". miR-9 sped growth through repression of several targets, namely QKI and FYN.", "QKI FYN"),
    (". miR-9 sped growth by inhibition of multiple genes including QKI and FYN.", "QKI FYN"),
    (". miR-9 sped growth, which relied on the suppression of PTEN.", "PTEN"),
    (". miR-9 sped growth, which depended on silencing of PTEN.", "PTEN"),
    (". miR-9 sped growth, which depended on PTEN silencing.", "PTEN"),
    (". The effect of miR-9 rests on the repression of PTEN.", "PTEN"),
]
NAMED = [
    (". PTEN is the gene targeted by miR-9.", "PTEN"),
    (". PTEN is the gene that miR-9 hits.", "PTEN"),
    (". PTEN was the mRNA that miR-9 targets.", "PTEN"),
    (". The gene targeted by miR-9 is PTEN.", "PTEN"),
    (". miR-9 has PTEN as its target.", "PTEN"),
    (", where it finds PTEN as its target.", "PTEN"),
    (". With PTEN as its target, miR-9 sped growth.", "PTEN"),
    (". By using PTEN as its target, miR-9 sped growth.", "PTEN"),
    (". RhoA, which miR-9 targets, fell.", "RhoA"),
    (". RhoA, a protein which miR-9 directly represses, fell.", "RhoA"),
    (". PTEN and AKT1, both of which are direct miR-9 targets, fell.", "PTEN AKT1"),
    (", and PTEN was identified as the direct target gene.", "PTEN"),
    (", where PTEN was verified as the downstream target.", "PTEN"),
    ("; PTEN was determined as the target gene.", "PTEN"),
]
FALLING = [
    (". miR-9 led to a drop in PTEN.", "PTEN"),
    (". miR-9 caused a fall of PTEN in HUVECs.", "PTEN"),
    (", and miR-9 caused a decline of PTEN protein.", "PTEN"),
    ("; STAT4 was thereby reduced.", "STAT4"),
    (", where inhibition of PTEN drives growth.", "PTEN"),
    (", where repression of PTEN leads to growth.", "PTEN"),
    (". PTEN repressed by exosomal miR-9 raised growth.", "PTEN"),
]
SPOKEN_OF = [
    (". Reporter assays confirmed direct regulation of PIK3R1 and ARHGAP5.", "PIK3R1 ARHGAP5"),
    (". Luciferase assays showed direct targeting of PIK3R1.", "PIK3R1"),
    (". Luciferase assays confirmed direct binding to PIK3R1.", "PIK3R1"),
    (". Cells were then lysed. Blots were run. Assays proved direct targeting of PIK3R1.", "PIK3R1"),
    (". The mRNA of its target genes (Lox, Timp1) was reduced.", "Lox Timp1"),
    (". One of its predicted targets, namely CCND2, was reduced.", "CCND2"),
]
FALLEN = [
    (". The decline of PTEN after exosome treatment was abolished by a miR-9 inhibitor.", "PTEN"),
    (". Downregulation of PTEN by the exosomes was reversed by anti-miR-9.", "PTEN"),
    (". The reduction of PTEN was prevented by inhibition of miR-9.", "PTEN"),
    (". PTEN levels dropped in HUVECs that received exosomal miR-9.", "PTEN"),
    (". PTEN fell in HUVECs after uptake of exosomal miR-9.", "PTEN"),
    (". PTEN decreased in HUVECs upon treatment with exosomal miR-9.", "PTEN"),
    (". PTEN was reduced upon delivery of miR-9 to HUVECs.", "PTEN"),
    (". PTEN expression was decreased after transfer of exosomal miR-9 to HUVECs.", "PTEN"),
    (". HUVECs received miR-9, and PTEN, a brake of growth, was suppressed.", "PTEN"),
    (". Loss of exosomal miR-9 raised PTEN.", "PTEN"),
    (". Low exosomal miR-9 derepressed PTEN.", "PTEN"),
]


def genes(extractor: Extractor, text: str, kind: str) -> set[str]:
    """The genes of the facts of one kind that are not denied."""
    facts = extractor.analyse(extractor.read(Document("1", text))).facts
    return {m.text for f in facts if f.kind == kind and not f.negated for m in f.right}


@pytest.mark.parametrize(
    ("rest", "wanted"),
    [*SITES, *CAUSES, *KINDS, *VERBS, *MEANS, *NAMED, *FALLING, *SPOKEN_OF],
)
def test_what_is_hit(extractor: Extractor, rest: str, wanted: str) -> None:
    assert genes(extractor, ENTRY + rest, "TARGETS") == set(wanted.split())


@pytest.mark.parametrize(("rest", "wanted"), FALLEN)
def test_what_falls_with_it(extractor: Extractor, rest: str, wanted: str) -> None:
    assert genes(extractor, ENTRY + rest, "SUPPORTS") == set(wanted.split())


def test_what_falls_with_the_vesicles(extractor: Extractor) -> None:
    text = "FOXM1 was repressed in tumor cells of mice given miR-9-loaded exosomes."
    assert genes(extractor, text, "VTARGETS") == {"FOXM1"}


@pytest.mark.parametrize(
    "rest",
    [". miR-9 inhibits adipocyte PPARG.", ", which sped growth by targeting adipocyte PPARG."],
)
def test_the_cell_before_the_gene_is_where_it_is_hit(extractor: Extractor, rest: str) -> None:
    facts = extractor.analyse(extractor.read(Document("1", ENTRY + rest))).facts
    hosts = {(f.left[0].text, f.right[0].text) for f in facts if f.kind == "HOST"}
    assert ("adipocyte", "PPARG") in hosts


def test_another_RNA_with_a_site_is_a_sponge(extractor: Extractor) -> None:
    text = ENTRY + ". LncRNA H19 contains two miR-9 binding sites."
    assert genes(extractor, text, "SPONGES") == {"miR-9"}


def test_a_long_sentence_is_read_in_time(extractor: Extractor) -> None:
    words = "the tumor cell growth inhibitor of the kinase and receptor with a site " * 40
    begin = time.perf_counter()
    genes(extractor, f"{ENTRY}, by repressing the {words} PTEN, and miR-9 fell.", "TARGETS")
    assert time.perf_counter() - begin < 30
