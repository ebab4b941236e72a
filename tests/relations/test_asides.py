"""Names that stand in a sentence and take no part in what it tells."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.relations.aside import ASIDE, asides, without_asides
from extractor.relations.surface import RawFact
from extractor.types import Mention

Told = Callable[[str], set[tuple[str, ...]]]


def donors(told: Told, text: str) -> set[str]:
    return {donor for denied, donor, *_ in told(text) if denied == "yes"}


def recipients(told: Told, text: str) -> set[str]:
    return {recipient for denied, _, _, recipient, _ in told(text) if denied == "yes"}


@pytest.mark.parametrize(
    ("text", "donor"),
    [
        ("Exosomes from M2 but not M1 macrophages delivered miR-5 to A549 cells.", "M2 macrophages"),
        ("EVs from M1 rather than M2 macrophages delivered miR-5 to A549 cells.", "M1 macrophages"),
        ("Exosomes from BMSCs, but not those from fibroblasts, transferred miR-29a to neurons.", "BMSCs"),
        (
            "Exosomal miR-29a from BMSCs suppressed PTEN in neurons compared with exosomes of HeLa cells.",
            "BMSCs",
        ),
        (
            "Exosomal miR-21 from HCC cells activated T cells, whereas exosomes from hepatocytes did not.",
            "HCC cells",
        ),
        ("miR-188 was higher in exosomes of CAFs than in exosomes of normal fibroblasts.", "CAFs"),
        ("Exosomal miR-34a in SKOV3 cells was higher than that in ovarian epithelial cells.", "SKOV3 cells"),
        ("Neurons derived from iPSCs secreted exosomal miR-124 that acted on microglia.", "Neurons"),
        ("Exosomes from dendritic cells derived from monocytes gave miR-21 to T cells.", "dendritic cells"),
        ("Serum exosomes of patients with glioma transferred miR-21 to astrocytes.", "-"),
        ("Plasma exosomes from melanoma-bearing mice carried miR-155 to macrophages.", "-"),
    ],
)
def test_one_donor(told: Told, text: str, donor: str) -> None:
    assert donors(told, text) == {donor}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Not only MSCs but also ADSCs secreted exosomal miR-21 that suppressed PTEN in neurons.",
            {"MSCs", "ADSCs"},
        ),
        (
            "Exosomes of glioma cells and of astrocytes transferred miR-21 to microglia.",
            {"glioma cells", "astrocytes"},
        ),
    ],
)
def test_two_donors(told: Told, text: str, expected: set[str]) -> None:
    assert donors(told, text) == expected


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("MSC exosomal miR-21 promoted osteoclast differentiation of RAW264.7 cells.", "RAW264.7 cells"),
        ("MSC exosomal miR-21 inhibited osteoblast differentiation by targeting ATF4.", "osteoblast"),
        ("Exosomal miR-98 from macrophages raised Th17 differentiation of T cells.", "T cells"),
        ("Exosomal miR-9 of HCC cells promoted differentiation of monocytes toward MDSCs.", "monocytes"),
        ("Melanoma cells convert fibroblasts to CAFs by exosomal miR-155.", "fibroblasts"),
        (
            "Exosomal miR-10a from glioma cells slowed the killing activity of NK cells against U87 cells.",
            "NK cells",
        ),
        (
            "A549 exosomal miR-21 enhances the inhibitory effect of macrophages on CD8+ T cells.",
            "macrophages",
        ),
        ("Exosomal miR-375 was upregulated in aged fibroblasts compared to young fibroblasts.", "-"),
        ("Exosomal miR-21 of HCC cells promoted endothelial-to-mesenchymal transition of HUVECs.", "HUVECs"),
    ],
)
def test_one_recipient(told: Told, text: str, recipient: str) -> None:
    assert recipients(told, text) == {recipient}


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        (
            "Exosomal miR-21 and miR-155 from CAFs and TAMs, respectively, were taken up by HCC cells.",
            {("CAFs", "miR-21", "HCC cells", "-"), ("TAMs", "miR-155", "HCC cells", "-")},
        ),
        (
            "The level of exosomal miR-21 in cardiomyocytes was increased by MSC exosomes.",
            {("MSC", "miR-21", "cardiomyocytes", "-")},
        ),
        (
            "Exosomal miR-21 in T cells was higher after treatment with CAF exosomes.",
            {("CAF", "miR-21", "T cells", "-")},
        ),
        (
            "T cells were activated, and exosomes from DCs were isolated and contained miR-155.",
            {("DCs", "miR-155", "-", "-")},
        ),
        (
            "HCC exosomes carrying miR-21 were labeled with PKH67 and co-cultured with HUVECs.",
            {("HCC", "miR-21", "HUVECs", "-")},
        ),
        (
            "NK cell exosomes carrying miR-186 exert cytotoxic effects against neuroblastoma cells.",
            {("NK cell", "miR-186", "neuroblastoma cells", "-")},
        ),
        (
            "Exosomes from stromal cells, such as fibroblasts and MSCs, deliver miR-21 to T cells.",
            {("fibroblasts", "miR-21", "T cells", "-"), ("MSCs", "miR-21", "T cells", "-")},
        ),
        (
            "HCC exosomal miR-21 targets PTEN in HCC cells and promotes angiogenesis of HUVECs.",
            {("HCC", "miR-21", "HUVECs", "PTEN")},
        ),
    ],
)
def test_what_looks_like_an_aside_and_takes_part(
    told: Told, text: str, relations: set[tuple[str, ...]]
) -> None:
    assert {r[1:] for r in told(text) if r[0] == "yes"} == relations


def mention(start: int, label: str = "CELL") -> Mention:
    return Mention(label, start, start + 1, "x")


def test_facts_keep_what_does_not_stand_aside() -> None:
    a, b, v, w = mention(0), mention(2), mention(4, "VESICLE"), mention(6, "VESICLE")
    facts = [
        RawFact(ASIDE, (w,), (w,), 0, "compared"),
        RawFact("RELEASES", (a,), (v,), 0, "of"),
        RawFact("RELEASES", (b,), (w,), 0, "of"),
        RawFact("REACHES", (v, w), (a,), 0, "to"),
    ]
    left = list(without_asides(facts))
    assert [(f.kind, f.left) for f in left] == [
        (ASIDE, (w,)),
        ("RELEASES", (a,)),
        ("REACHES", (v,)),
        (ASIDE, (b,)),
    ]
    assert asides(left) == {w, b}


def test_without_asides_all_facts_stay() -> None:
    facts = [RawFact("REACHES", (mention(0, "VESICLE"),), (mention(2),), 0, "to")]
    assert list(without_asides(facts)) == facts
