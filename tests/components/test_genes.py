"""Genes: symbols, aliases, families, Greek, slashes; what is no gene; what the document's wording decides."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.components._gene_context import cues
from extractor.components.genes import find_genes
from extractor.rules.loader import read_rows


def found(text: str, abbreviations: dict[str, str] | None = None) -> list[tuple[str, str]]:
    mentions = find_genes(text, abbreviations)
    assert all(text[m.start : m.end] == m.text and m.label == "GENE" for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(m.concept is None or m.concept.name == m.name for m in mentions)
    return [(m.text, m.name) for m in mentions]


NAMES = [
    ("PTEN", "PTEN"),
    ("Ppm1f", "PPM1F"),
    ("TGF-β", "TGFB"),
    ("TGFβ1", "TGFB1"),
    ("NF-κB", "NFkappaB"),
    ("integrin α5", "ITGA5"),
    ("β-catenin", "CTNNB1"),
    ("VEGF", "VEGF"),
    ("PI3K", "PI3K"),
    ("AKT", "AKT"),
    ("Wnt", "Wnt"),
    ("Notch", "Notch"),
    ("TLR4", "TLR4"),
    ("Toll-like receptor 4", "TLR4"),
    ("IL-6", "IL6"),
    ("ZO-1", "TJP1"),
    ("phosphatase and tensin homolog", "PTEN"),
    ("p21 (RAC1)-activated kinase 2", "PAK2"),
    ("CD63", "CD63"),
    ("TSG101", "TSG101"),
    ("ALIX", "PDCD6IP"),
    ("HSP70", "HSPA"),
    ("eIF4E3", "EIF4E3"),
    ("MYC", "MYC"),
    ("TNF", "TNF"),
]


@pytest.mark.parametrize(("printed", "name"), NAMES)
def test_a_name_is_one_mention_with_its_symbol(printed: str, name: str) -> None:
    assert found(f"The role of {printed}, as seen here.") == [(printed, name)]


def test_a_short_code_is_a_gene_where_it_is_regulated() -> None:
    assert found("The change followed PML down-regulation in T cells.") == [("PML", "PML")]
    assert found("The change followed PML treatment in T cells.") == []


def test_concepts_are_identifiers_and_missing_where_owners_tie() -> None:
    (pten,) = find_genes("targeting PTEN")
    assert pten.concept is not None and pten.concept.curie == "hgnc:9588"
    (unknown,) = find_genes("by targeting SIPL1A2 here")
    assert (unknown.name, unknown.concept) == ("SIPL1A2", None)


LISTS = [
    ("PTEN/AKT", ["PTEN", "AKT"]),
    ("the TIMP2/3 pair", ["TIMP2", "TIMP3"]),
    ("PTEN, PDCD4 and RECK", ["PTEN", "PDCD4", "RECK"]),
    ("miR-21/PTEN axis", ["PTEN"]),
    ("the PI3K/AKT/mTOR pathway", ["PI3K", "AKT", "MTOR"]),
    ("p53-/- mice", ["TP53"]),
    ("RhoA protein levels", ["RHOA"]),
]


@pytest.mark.parametrize(("text", "names"), LISTS)
def test_lists_slashes_and_trimmed_class_words(text: str, names: list[str]) -> None:
    assert [n for _, n in found(text)] == names


def test_class_words_are_left_outside() -> None:
    assert found("the transcription factor HES1 and RhoA protein") == [("HES1", "HES1"), ("RhoA", "RHOA")]


NO_GENES = """miR-21 and let-7a; MIR21; EVs and MVs; MSCs; HCC; DC vaccines; CAF and TAM; NK cells; HUVECs
PCR and ELISA; ROC with AUC; CD4+ T cells; CD8 + T cells; CD4+CD25high Foxp3+ Tregs; A549 and MCF-7; PC3
HepG2; U87; 4T1 cells; a set of cats can rest; was max; type II and IV; mRNA and DNA; the rest of it; MRI
insulin resistance; flowers; and pro-inflammatory ones; CD11b(-) cells
transcription factor; growth factors"""


@pytest.mark.parametrize("text", NO_GENES.replace("\n", "; ").split("; "))
def test_no_gene(text: str) -> None:
    assert found(f"We saw {text} here.") == []


@pytest.mark.parametrize(
    "row", read_rows("gene_stop.tsv", ("text", "kind", "reason")), ids=lambda r: r["text"]
)
def test_stop_words_are_no_genes_even_beside_a_cue(row: dict[str, str]) -> None:
    assert row["text"] not in [
        t for t, _ in found(f"We saw {row['text']} here. Its {row['text']} levels rose.")
    ]


CUES = read_rows("gene_cues.tsv", ("id", "side", "pattern", "example", "counterexample"))


@pytest.mark.parametrize("row", CUES, ids=lambda r: r["id"])
def test_each_cue_fires_on_its_example_only(row: dict[str, str]) -> None:
    def fired(text: str) -> tuple[str, ...]:
        start = text.index("QRX9")
        return cues(text, start, start + 4)

    assert fired(row["example"]) == (row["id"],)
    assert fired(row["counterexample"]) == ()


def test_short_and_common_names_need_a_cue_which_serves_the_whole_document() -> None:
    assert found("Here CRH stood. We saw CRH.") == []
    assert found("Here CRH stood. CRH mRNA fell.") == [("CRH", "CRH"), ("CRH", "CRH")]
    assert found("The MAX of it.") == []
    assert found("They targeted MAX here.") == [("MAX", "MAX")]


def test_the_documents_long_form_decides() -> None:
    assert found("MB rose.", {"MB": "medulloblastoma"}) == []
    assert found("MB fell.", {"MB": "myoglobin"}) == [("MB", "MB")]
    assert found("MSC fell.", {"MSC": "musculin protein"}) == [("MSC", "MSC")]
    assert found("SERS was used.", {"SERS": "surface-enhanced Raman scattering"}) == []
    assert found("PAWR levels rose.", {"PAWR": "patient-adapted walking therapy"}) == []
    assert found("TF bound.", {"TF": "transcription factor"}) == []


def test_a_gene_s_long_form_in_the_document_s_own_words() -> None:
    text = "The odd group protein A2 (HMGA2) rose."
    assert found(text, {"HMGA2": "odd group protein A2"}) == [
        ("odd group protein A2", "HMGA2"),
        ("HMGA2", "HMGA2"),
    ]


def test_unknown_codes_count_only_beside_a_strong_cue() -> None:
    assert found("QRX9 was seen.") == []
    assert found("QRX9 3'UTR was bound.") == [("QRX9", "QRX9")]
    assert found("miR-9-5p/QRX9 axis") == [("QRX9", "QRX9")]
    assert found("A549 mRNA was bound.") == []


def test_a_numbered_name_is_not_the_one_without_number() -> None:
    (gene,) = find_genes("epidermal growth factor receptor 7, it says")
    assert (gene.text, gene.concept) == ("epidermal growth factor receptor 7", None)


PIECES = [
    "PTEN",
    "TIMP2/3",
    "miR-21/",
    "CD4+ T cells",
    "TGF-β1",
    "MSC",
    "SET",
    "expression",
    "targeting",
    ", ",
    "(",
    "β",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8), st.sampled_from(["", " "]))
def test_offsets_hold_and_nothing_overlaps_in_any_mixture(pieces: list[str], glue: str) -> None:
    found(glue.join(pieces))


def names(text: str) -> list[str]:
    return [t for t, _ in found(text)]


PROTEINS = [
    ("Bim", "BCL2L11"),
    ("Bak", "BAK1"),
    ("Bcl-w", "BCL2L2"),
    ("BCL-XL", "BCL2L1"),
    ("FAK", "PTK2"),
    ("YAP", "YAP1"),
    ("c-KIT", "KIT"),
    ("C-MYC", "MYC"),
    ("C/EBPβ", "CEBPB"),
    ("SDF-1α", "CXCL12"),
    ("PPAR-δ", "PPARD"),
    ("IL-6Rα", "IL6R"),
    ("RORγt", "RORC"),
    ("TGF-βRII", "TGFBR2"),
    ("TβRI", "TGFBR1"),
    ("HuR", "ELAVL1"),
    ("TNF-a", "TNF"),
    ("uPA", "PLAU"),
    ("nephrin", "NPHS1"),
    ("estrogen receptor α", "ESR1"),
    ("Oct-3/4", "POU5F1"),
    ("caspase 3", "CASP3"),
    ("TIMP 3", "TIMP3"),
    ("Krüppel-like factor 4", "KLF4"),
    ("B-cell lymphoma 2", "BCL2"),
    ("suppressor of cytokine signalling 3", "SOCS3"),
    ("tumor necrosis factor receptor-associated factor 6", "TRAF6"),
    ("Smad ubiquitination regulatory factor 1", "SMURF1"),
    ("indoleamine 2,3-dioxygenase", "IDO1"),
    ("C/EBP homologous protein", "DDIT3"),
]


@pytest.mark.parametrize(("printed", "name"), PROTEINS)
def test_a_protein_as_papers_print_it(printed: str, name: str) -> None:
    assert found(f"miR-21 reduced {printed}, and the mice lived.") == [(printed, name)]


@pytest.mark.parametrize(
    ("printed", "name"),
    [("Bad", "BAD"), ("Twist", "TWIST1"), ("Numb", "NUMB"), ("tau", "MAPT"), ("Rb", "RB1"), ("SCF", "KITLG")],
)
def test_a_protein_that_is_also_a_word_needs_a_cue(printed: str, name: str) -> None:
    assert found(f"It acts by targeting {printed} in T cells.") == [(printed, name)]
    assert found(f"{printed} outcomes were seen.") == []


@pytest.mark.parametrize(
    "text",
    ["a slug of fluid", "tau of 3 and rb", "AP in mice", "stage 3 and 5", "NETs formed", "Twist angles"],
)
def test_words_that_look_like_proteins_are_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "SET was identified as a direct target of exosomal miR-155",
        "SET was confirmed to be a direct target of miR-155",
        "SET was negatively regulated by exosomal miR-155",
        "SET, a target of miR-155, fell",
        "The target gene of miR-155 was SET",
        "miR-155 interacted with SET",
        "miR-155 directly bound to SET",
        "The binding between miR-155 and SET",
        "SET represses miR-155",
    ],
)
def test_what_a_mirna_does_to_a_short_symbol_vouches_for_it(text: str) -> None:
    assert found(text) == [("SET", "SET")]


@pytest.mark.parametrize(
    "text",
    [
        "MET was a poor predictor of miR-155",
        "CAT was given with miR-155",
        "MET, a score of the disease, fell",
        "a correlation between miR-155 and MET",
        "MET was lower by 3 points",
    ],
)
def test_other_talk_beside_a_mirna_does_not(text: str) -> None:
    assert found(text) == []


def test_a_hyphened_number_goes_on_with_the_gene_before_it() -> None:
    assert found("MMP-2 and -9 rose") == [("MMP-2", "MMP2"), ("-9", "MMP9")]
    assert found("caspase-3, -8 and -9 rose") == [("caspase-3", "CASP3"), ("-8", "CASP8"), ("-9", "CASP9")]
    assert names("MMP2 and 9 patients") == ["MMP2"]
    assert names("MMP-2 and -99 rose") == ["MMP-2"]
    assert names("MMP-2 and -9% rose") == ["MMP-2"]


def test_members_with_a_slash_stay_two() -> None:
    assert names("phosphorylated ERK1/2 rose") == ["ERK1", "2"]


def test_class_words_before_a_name_and_protein_behind_it_are_left_out() -> None:
    assert found("the E3 ubiquitin ligase NEDD4 fell") == [("NEDD4", "NEDD4")]
    assert found("Rab27a protein fell") == [("Rab27a", "RAB27A")]
    assert names("an E3 ubiquitin ligase fell") == ["E3 ubiquitin ligase"]
    assert names("PTEN 3'UTR and PTEN 3 UTR") == ["PTEN", "PTEN"]


def test_an_unclear_long_form_is_a_gene_only_where_its_short_form_surely_is() -> None:
    spelt = "the focal adhesion thing (FAK) rose"
    assert names(spelt) == ["FAK"]
    assert [t for t, _ in found(spelt, {"FAK": "focal adhesion thing"})] == ["focal adhesion thing", "FAK"]
    text = "galantamine (GAL) lowered GAL levels"
    assert names(text).count("galantamine") == 0
    assert [t for t, _ in found(text, {"GAL": "galantamine"})] == ["GAL", "GAL"]


COMPOUNDS = read_rows("gene_compounds.tsv", ("pattern", "example", "counterexample", "reason"))


@pytest.mark.parametrize("row", COMPOUNDS, ids=lambda r: r["example"])
def test_a_fusion_or_a_receptor_of_two_genes_is_one_mention_of_no_one_gene(row: dict[str, str]) -> None:
    (first, *_) = find_genes(row["example"])
    assert first.concept is None
    assert first.text in (row["example"].removesuffix(" rose"), row["example"].removesuffix(" integrin rose"))
    whole = [m for m in find_genes(row["counterexample"]) if m.text == first.text]
    assert whole == []


def test_compounds_end_where_a_name_ends() -> None:
    assert found("by BCR-ABL and integrin αvβ3.") == [
        ("BCR-ABL", "BCR-ABL"),
        ("integrin αvβ3", "VTNR"),
    ]
    assert names("MHC-I and BCR-ABLE") == ["MHC-I"]


def test_a_number_behind_a_name_may_be_an_amount_or_a_version() -> None:
    assert names("the TAC 3.0 software") == []
    assert names("B-cell lymphoma 2 weeks later") == []
    assert names("B-cell lymphoma 2 fell. Caspase 3 rose.") == ["B-cell lymphoma 2", "Caspase 3"]
