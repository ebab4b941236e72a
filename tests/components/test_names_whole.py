"""Names that were cut, missed or read as something else: cells, tissues, organisms, genes, other RNAs."""

from __future__ import annotations

import pytest
import spacy

from extractor.components.abbreviations import detector, find_abbreviations, told_readings
from extractor.components.cells import find_cells
from extractor.components.genes import find_genes
from extractor.components.mirna import find_mirnas
from extractor.mentions import find_mentions
from extractor.sentences import split_sentences


@pytest.mark.parametrize(
    "name",
    """CD44(neg)/CD54(neg) cells; CD44(high) cells; CD90(neg) cells; CD44(+)/CD54(+) fraction; CD44+/CD24-
    breast cancer stem cells; CD44+CD24-/low cells; CD133(+) subpopulation; foreskin keratinocytes;
    fibro-adipogenic progenitors; peritubular myoid cells; detrusor cells; detrusor smooth muscle cells;
    theca interna cells; nociceptors; biliary tree stem cells; folliculostellate cells; ionocytes;
    pituicytes; fat-laden hepatocytes; lipid-laden macrophages; bone marrow-homing T cells; bile
    acid-stressed cholangiocytes; serum-starved cardiomyocytes; milk-fed macrophages; penile carcinoma
    cells; clear cell renal cell carcinoma cells""".replace("\n   ", "").split("; "),
)
def test_cells(name: str) -> None:
    found = find_cells(f"We grew {name} in dishes.")
    assert [(m.label, m.text) for m in found] == [("CELL", name)]


@pytest.mark.parametrize(
    "name",
    """mesothelium; peritoneum; serosa; gill; organ of Corti; acute myeloid leukaemia; malignant peripheral
    nerve sheath tumour; squamous carcinoma of the penis; adenocarcinoma of the lung; cancer of the
    prostate; peritoneal implants""".replace("\n   ", "").split("; "),
)
def test_tissues(name: str) -> None:
    assert [(m.label, m.text) for m in find_cells(f"The {name} gave exosomes.")] == [("TISSUE", name)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fewer cells migrated. More cells died.", []),
        ("Because malignant T cells release exosomes", ["malignant T cells"]),
        ("the clear tumor", ["tumor"]),
        ("pro-tumor TANs", ["TANs"]),
        ("Stable cells", []),
        ("an anti-breast cancer effect", ["breast cancer"]),
        ("a cancer of unknown origin", ["cancer"]),
        ("Exosomal miR-21 from HCC activated hepatic stellate cells", ["HCC", "hepatic stellate cells"]),
        ("Exosomes from TGF-b-activated fibroblasts", ["TGF-b-activated fibroblasts"]),
        ("Exosomes from HCC-activated fibroblasts", ["HCC-activated fibroblasts"]),
        ("Exosomes from activated fibroblasts", ["activated fibroblasts"]),
    ],
)
def test_where_a_name_begins(text: str, expected: list[str]) -> None:
    assert [m.text for m in find_cells(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ginger-derived exosome-like nanoparticles rose.", ["Ginger"]),
        ("Grapefruit nanovesicles rose.", ["Grapefruit"]),
        ("Lemon-derived exosomes and ginseng EVs rose.", ["Lemon", "ginseng"]),
        ("Exosomes from Trichinella spiralis rose.", ["Trichinella spiralis"]),
        ("Fasciola hepatica EVs and EVs of H. polygyrus rose.", ["Fasciola hepatica", "H. polygyrus"]),
        ("Mice ate ginger and rice.", []),
        ("Trichinella spiralis infects mice; exosomes rose.", []),
        ("Mouse-derived exosomes and patient-derived EVs rose.", []),
        ("Gold nanoparticles rose.", []),
    ],
)
def test_organisms_that_give_vesicles(text: str, expected: list[str]) -> None:
    assert [m.text for m in find_cells(text)] == expected


def test_milk_stays_a_fluid() -> None:
    assert [m.label for m in find_cells("Milk-derived exosomes rose.")] == ["FLUID"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("targeting WNT5A/B", ["WNT5A", "WNT5B"]),
        ("targeting TIMP2/3", ["TIMP2", "TIMP3"]),
        ("targeting E3 ligase CUL1", ["CUL1"]),
        ("treated with RNase A and proteinase K", []),
        ("Ras-related protein Rab-27A fell", ["RAB27A"]),
        ("Casitas B-lineage lymphoma fell", ["CBL"]),
        ("targets chondrosarcoma growth", []),
    ],
)
def test_genes(text: str, expected: list[str]) -> None:
    assert [m.name for m in find_genes(text)] == expected


@pytest.mark.parametrize("name", ["LINC-PINT", "Linc-ROR", "LNC-X1", "HOXA-AS1", "SNHG5", "CASC9-IT1"])
def test_other_rnas(name: str) -> None:
    assert [(m.label, m.text) for m in find_mentions(f"It is known that {name} rose.")] == [
        ("OTHER_RNA", name)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("miR-455/378d fell", ["miR-455", "miR-378d"]),
        ("miR-455/3 d later", ["miR-455"]),
        ("miR-455/24h", ["miR-455"]),
        ("miR-17/92 cluster", ["miR-17~92 cluster"]),
    ],
)
def test_mirnas_behind_a_slash(text: str, expected: list[str]) -> None:
    assert [m.name for m in find_mirnas(text)] == expected


def test_a_full_name_ends_at_the_short_form_before_it() -> None:
    nlp = spacy.blank("en")
    doc = nlp("It cut phosphatase and tensin homolog (PTEN)/protein kinase B (PKB) in mice.")
    found = find_abbreviations(doc, detector(nlp))
    assert found["PKB"] == "protein kinase B"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hepatic stellate cells grew. HSCs took up EVs.", {"HSC": "hepatic stellate cell"}),
        ("Nasopharyngeal carcinoma spreads. NPC EVs rose.", {"NPC": "nasopharyngeal carcinoma"}),
        ("Cardiomyocytes beat. CMs took up EVs.", {"CM": "cardiomyocyte"}),
        ("Cardiomyocytes were fed conditioned medium; CM was changed.", {}),
        ("Hepatic stellate cells and hematopoietic stem cells: HSCs grew.", {}),
        ("Osteosarcoma shortens overall survival; OS fell.", {}),
        ("HSCs took up EVs.", {}),
        ("Hepatic stellate cells took up EVs.", {}),
    ],
)
def test_a_short_form_of_several_readings(text: str, expected: dict[str, str]) -> None:
    assert told_readings(text, {}) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It was not degraded by RNase A. In RKO cells it fell.", 2),
        ("Mice were given vitamin C. The weight rose.", 2),
        ("Cells bound annexin V. However, few died.", 2),
        ("E. coli grew and J. Smith saw it.", 1),
        ("We thank J. Theodor and A. Inoue.", 1),
    ],
)
def test_a_capital_that_ends_a_sentence(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count
