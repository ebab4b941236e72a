"""Names of cells that are more than one plain word before "cells": each must come out whole."""

from __future__ import annotations

import re
import time

import pytest

from extractor.components.cells import find_cells
from extractor.mentions import find_mentions

NAMES = {
    "a tissue, tumour or line in front of a short form": """
        lung CAFs; lung cancer CAFs; gastric CAFs; breast CAFs; PDAC CAFs; OSCC CAFs; HCC CAFs; brain
        ECs; lung ECs; aortic ECs; retinal ECs; pulmonary ECs; umbilical vein ECs; microvascular ECs;
        lymphatic ECs; aortic VSMCs; aortic SMCs; breast cancer CSCs; liver CSCs; glioma CSCs; A549 CSCs;
        MCF-7 CSCs; tumor TAMs; lung TAMs; HCC TAMs; splenic MDSCs; renal TECs; hippocampal NSCs; tonsil
        MSCs; tendon MSCs; skin MSCs; cardiac MSCs; kidney MSCs; decidual MSCs; periodontal ligament
        MSCs; endometrium MSCs; Wharton's jelly MSCs; iPSC MSCs; AML MSCs; MM BMSCs; OA MSCs; SLE MSCs
    """,
    "a source of two words": """
        gastric cancer tissue-derived MSCs; umbilical cord blood-derived MSCs; umbilical cord blood MSCs;
        Wharton's jelly-derived MSCs; dental pulp-derived MSCs; dental follicle-derived MSCs; menstrual
        blood-derived MSCs; cord blood-derived MSCs; peripheral blood-derived MSCs; periodontal
        ligament-derived MSCs; olfactory mucosa-derived MSCs; fat pad-derived MSCs; amniotic
        fluid-derived MSCs; adipose tissue-derived MSCs; tumor tissue-derived MSCs
    """,
    "a treatment of two words": """
        palmitic acid-treated hepatocytes; Angiotensin II-treated fibroblasts; Ang II-treated
        cardiomyocytes; hydrogen peroxide-treated neurons; vitamin D3-treated macrophages; oxidized
        LDL-treated macrophages; amyloid beta-treated neurons; interferon gamma-treated macrophages; heat
        shock-treated fibroblasts; shear stress-treated endothelial cells; H. pylori-infected gastric
        epithelial cells; Helicobacter pylori-infected gastric epithelial cells; cigarette smoke
        extract-treated bronchial epithelial cells; high glucose-treated podocytes; low glucose-treated
        podocytes; oxygen-glucose deprivation-treated neurons; tumor necrosis factor-α-treated MSCs;
        transforming growth factor-β1-treated fibroblasts; transforming growth factor-β1-stimulated HK-2
        cells; X-ray-irradiated A549 cells; UVB-irradiated keratinocytes; PMA-differentiated THP-1 cells;
        arsenite-transformed HBE cells; tissue-resident macrophages; hypoxia-treated MSCs; LPS-treated
        macrophages; TNF-α-treated MSCs; high glucose-stimulated HK-2 cells; hydrogen peroxide-treated
        MSCs
    """,
    "a prefix that turns the meaning": """
        anti-inflammatory macrophages; pro-inflammatory macrophages; non-senescent fibroblasts;
        non-cancerous cells; pre-adipocytes; pre-osteoblasts; pro-tumor macrophages; pro-tumoral
        macrophages; peri-infarct cardiomyocytes; post-ischemic cardiomyocytes; micro-vascular
        endothelial cells; extra-villous trophoblasts; non-metastatic cancer cells; M2-type macrophages
    """,
    "a line and a type": """
        MC3T3-E1 osteoblasts; MLO-Y4 osteocytes; 3T3-L1 adipocytes; SH-SY5Y neurons; C8-D1A astrocytes;
        hCMEC/D3 endothelial cells; RAW 264.7 macrophages; NIH/3T3 fibroblasts; HTR-8/SVneo trophoblasts;
        HaCaT keratinocytes; MH-S macrophages; macrophage cell line RAW264.7; human lung cancer cell line
        A549; keratinocyte HaCaT cells; cardiomyocyte H9c2 cells; BV2 microglia; A549 lung cancer cells
    """,
    "macrophages by sign": """
        M2 Mφ; M2 Mφs; Mφs; M1 MΦ
    """,
    "numbered kinds": """
        type II alveolar epithelial cells; alveolar type II cells; group 2 innate lymphoid cells; ILC2s
    """,
    "lines printed with a space": """
        HEK 293 cells; HEK 293T cells; Hep G2 cells; U-87 MG cells; hFOB 1.19 cells; CAL 27 cells; SW 480
        cells; Huh 7 cells; PANC 1 cells
    """,
    "states without a hyphen": """
        cisplatin resistant A549 cells; KRAS mutant CRC cells
    """,
    'kinds before "cells"': """
        foam cells; ependymal cells; notochordal cells; periosteal cells; mural cells; endocardial cells;
        myometrial cells; trophoblastic cells; erythroid cells; neuroendocrine cells; parenchymal cells;
        adrenocortical cells; luteal cells; meniscal cells; osteogenic cells; meningeal cells; collecting
        duct cells; sweat gland cells; ligamentum flavum cells; hepatic oval cells; pancreatic duct
        cells; neural crest cells; stromal vascular fraction cells
    """,
    "tumours": """
        liposarcoma cells; fibrosarcoma cells; angiosarcoma cells; leiomyoma cells; choriocarcinoma
        cells; chordoma cells; craniopharyngioma cells; neurofibroma cells; oligodendroglioma cells;
        hemangioma cells; lipoma cells; T-cell acute lymphoblastic leukemia cells; pancreatic
        neuroendocrine tumor cells; tongue squamous cell carcinoma cells; non-small cell lung carcinoma
        cells; chronic lymphocytic leukemia cells; diffuse large B-cell lymphoma cells; Merkel cell
        carcinoma cells; basal cell carcinoma cells; adenoid cystic carcinoma cells; uveal melanoma
        cells; hypopharyngeal carcinoma cells; gastrointestinal stromal tumor cells; high-grade serous
        ovarian cancer cells; tongue cancer cells
    """,
    "places and kinds before a known head": """
        keloid fibroblasts; hypertrophic scar fibroblasts; orbital fibroblasts; conjunctival fibroblasts;
        vaginal fibroblasts; choroid plexus epithelial cells; fallopian tube epithelial cells; proximal
        tubule epithelial cells; conjunctival epithelial cells; mammary gland epithelial cells; choroidal
        endothelial cells; cavernosal endothelial cells; cerebrovascular endothelial cells; DRG neurons;
        GABAergic neurons; cholinergic neurons; hypothalamic neurons; sympathetic neurons; articular
        chondrocytes; endplate chondrocytes; brown adipocytes; beige adipocytes; white adipocytes;
        proinflammatory macrophages; spermatogonial stem cells; amniotic fluid stem cells; synovium
        mesenchymal stem cells; decidua mesenchymal stem cells; periosteum mesenchymal stem cells;
        amniotic fluid mesenchymal stem cells
    """,
    "names that go on to the right": """
        interstitial cells of Cajal; stem cells from the apical papilla; stem cells from apical papilla;
        stem cells from human exfoliated deciduous teeth; trophoblast stem cells; cartilage endplate stem
        cells; iPSC-CMs; corneal keratocytes; PMA-treated THP-1 macrophages
    """,
    "types of one word": """
        sebocytes; spermatogonia; spermatocytes; keratocytes; thyrocytes; tanycytes; preosteoblasts;
        plasmablasts; erythroblasts; neuroblasts; myofibers; zygotes; enteroids
    """,
    "short forms": """
        hADMSCs; ATMSCs; WJMSCs; hWJMSCs; rMSCs; iMSCs; ucMSCs; AFMSCs; PMSCs; GMSCs; hBMMSCs; mBMSCs;
        dMSCs; hDPSCs; hPDLSCs; mADSCs; hASCs; MenSCs; hNSCs; HPAECs; HRMECs; HPMVECs; PMVECs; HDMECs;
        hBMECs; HPTECs; hPASMCs; HPASMCs; RASMCs; NHDFs; NRVMs; BMMs; BMMCs; imDCs; iTregs; HMCs; SCAPs;
        OECs; CESCs
    """,
    "a short form in brackets": """
        nucleus pulposus (NP) cells; periodontal ligament (PDL) cells; vascular smooth muscle (VSM)
        cells; retinal pigment epithelial (RPE) cells; dermal papilla (DP) cells
    """,
}
EVERY = [re.sub(r"\s+", " ", name.strip()) for names in NAMES.values() for name in names.split(";")]
TISSUES = """
    uterus; cornea; cochlea; epidermis; hypothalamus; striatum; cerebellum; brainstem; aorta; ovaries;
    testes; epididymis; decidua; synovium; meniscus; glomeruli; ileum; jejunum; trachea; gingiva;
    conjunctiva; hindlimb; dorsal root ganglia; carotid artery; intervertebral disc; articular cartilage;
    mammary gland; adrenal gland; lacrimal gland; small intestine; prefrontal cortex; optic nerve;
    hindlimb muscle"""
TISSUE_NAMES = [re.sub(r"\s+", " ", name.strip()) for name in TISSUES.split(";")]


def found(text: str) -> list[tuple[str, str]]:
    return [(m.label, m.text) for m in find_mentions(text) if m.label in ("CELL", "TISSUE", "FLUID")]


def test_no_name_is_listed_twice() -> None:
    assert len(EVERY) > 200
    assert sorted(set(EVERY)) == sorted(EVERY)


@pytest.mark.parametrize("name", EVERY)
def test_a_name_is_found_whole(name: str) -> None:
    assert found(f"Exosomes from {name} carried miR-21.") == [("CELL", name)]
    assert found(f"Here we show that {name} secrete vesicles.") == [("CELL", name)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # vesicles are a name of their own, and so is the cell that they treat
        ("They grew exosome-treated macrophages.", [("CELL", "macrophages")]),
        ("They grew EV-treated N9 microglial cells.", [("CELL", "N9 microglial cells")]),
        ("They grew MSC-exosome-treated HUVECs.", [("CELL", "MSC"), ("CELL", "HUVECs")]),
        ("Hypoxic CAF-derived exosomes rose.", [("CELL", "Hypoxic CAF")]),
        ("Exosomes of brain-cell-derived origin", [("CELL", "brain-cell")]),
        ("Oral cancer-derived exosomes rose.", [("TISSUE", "Oral cancer")]),
        ("Gastric cancer tissue-derived exosomes rose.", [("TISSUE", "Gastric cancer tissue")]),
        ("Bone marrow-derived exosomes rose.", [("TISSUE", "Bone marrow")]),
        ("They grew rapamycin sensitive (RS) cells.", []),
        ("They found circulating HCC markers.", [("FLUID", "circulating"), ("TISSUE", "HCC")]),
        # a list is no name
        ("They spread to the lung, TAMs and others.", [("TISSUE", "lung"), ("CELL", "TAMs")]),
        ("They met A549, HUVECs and others.", [("CELL", "A549"), ("CELL", "HUVECs")]),
        ("Lung tissue MSCs grew.", [("TISSUE", "Lung tissue"), ("CELL", "MSCs")]),
        ("In tumors TAMs grew.", [("TISSUE", "tumors"), ("CELL", "TAMs")]),
        ("The hepatoma HepG2 rose.", [("TISSUE", "hepatoma"), ("CELL", "HepG2")]),
        ("THP-1 treated MSCs for a day.", [("CELL", "THP-1"), ("CELL", "MSCs")]),
        ("The cell lines A549 and PC9 grew.", [("CELL", "A549"), ("CELL", "PC9")]),
        # a space makes no line of a word and a number
        ("The sum was PC 3 here.", []),
        ("We saw CT 26 days later.", []),
        # the prefix of a drug or an effect is no cell
        ("It had an anti-breast cancer effect.", [("TISSUE", "breast cancer")]),
        ("A pre-treatment was done.", []),
        # words of a modifier alone
        ("We saw osteogenic differentiation and type II errors.", []),
        ("Palmitic acid and foam were used.", []),
        # a sentence may end in front of a state
        ("It was group S. LPS-treated macrophages grew.", [("CELL", "LPS-treated macrophages")]),
        ("It held palmitic acid. LPS-treated macrophages grew.", [("CELL", "LPS-treated macrophages")]),
        # several readings: undefined they are no cell
        ("HSCs, GCs, CFs, NPCs, SCs, PSCs and AECs grew.", []),
        # a bracket that is a cell or a tumour of its own
        ("Regulatory T (Treg) cells grew.", [("CELL", "Treg")]),
        (
            "Colorectal cancer (CRC) cells grew.",
            [("TISSUE", "Colorectal cancer"), ("TISSUE", "CRC")],
        ),
        ("Mesenchymal stem cells (MSCs) grew.", [("CELL", "Mesenchymal stem cells"), ("CELL", "MSCs")]),
    ],
)
def test_what_is_not_joined(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("number", ["Five", "three", "both", "Several", "No"])
def test_a_count_is_no_name(number: str) -> None:
    assert found(f"{number} cell lines were grown.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ki67-positive cells fell.", []),
        ("EdU-positive cells fell.", []),
        ("TUNEL-positive cells fell.", []),
        ("EdU+ cells fell.", []),
        ("CD31+ vessels fell.", []),
        ("Annexin V-positive cells fell.", []),
        ("PKH67-positive HUVECs and Ki67+ tumor cells fell.", ["HUVECs", "tumor cells"]),
        ("TUNEL-positive cardiomyocytes fell.", ["cardiomyocytes"]),
        ("CD34+ cells fell.", ["CD34+ cells"]),
        ("CD8+ T cells fell.", ["CD8+ T cells"]),
        ("F4/80+ macrophages fell.", ["F4/80+ macrophages"]),
        ("HER2-positive breast cancer cells fell.", ["HER2-positive breast cancer cells"]),
    ],
)
def test_a_stain_that_is_read_out_names_no_cell(text: str, expected: list[str]) -> None:
    assert [name for label, name in found(text) if label == "CELL"] == expected


@pytest.mark.parametrize("name", TISSUE_NAMES)
def test_a_tissue_is_found_whole(name: str) -> None:
    assert found(f"We saw it in the {name} of mice.") == [("TISSUE", name)]


def test_a_fluid_and_a_disorder_that_only_look_like_tissues() -> None:
    assert found("We gave platelet-rich plasma.") == [("FLUID", "platelet-rich plasma")]
    assert found("They had atrial fibrillation.") == []
    assert found("We took atrial tissue.") == [("TISSUE", "atrial tissue")]


@pytest.mark.parametrize(
    "words",
    [
        "bone marrow ",
        "lung lung-derived ",
        "T-",
        "type II ",
        "A549 ",
        "non-",
        "H. pylori ",
        "lung (",
        "palmitic ",
    ],
)
def test_repeated_words_take_no_long_time(words: str) -> None:
    find_cells("warm A549 cells")
    begun = time.perf_counter()
    find_cells(words * (20_000 // len(words)))
    assert time.perf_counter() - begun < 5
