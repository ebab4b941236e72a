"""The context of relations in abstracts of our own words, through the whole pipeline."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractor.context import with_context
from extractor.pipeline import Extractor
from extractor.types import CUES, Cue, Document, Relation, RelationContext, Section

FULL = (
    "Hypoxic lung cancer cell-derived exosomal miR-21 promotes angiogenesis by targeting PTEN in HUVECs.\n"
    "Exosomes of hypoxic A549 cells carried miR-21 into HUVECs. "
    "A dual-luciferase reporter assay showed that miR-21 targets PTEN. "
    "A miR-21 inhibitor reduced angiogenesis, and GW4869 did the same. "
    "Tumours grew faster in nude mice. "
    "We saw hnRNPA2B1-mediated sorting of miR-21 into the exosomes."
)
PLAIN = "Exosomes of macrophages carried miR-21 into fibroblasts."
TWO = (
    "Exosomes of macrophages carried miR-21 and miR-22 into fibroblasts. "
    "A miR-21 mimic lowered PTEN. A miR-22 inhibitor raised TIMP3."
)


def document(text: str) -> Document:
    title, _, rest = text.partition("\n")
    sections = (Section("title", 0, len(title)), Section("abstract", len(title) + 1, len(text)))
    return Document("7", text, sections if rest else ())


def relations(extractor: Extractor, text: str) -> tuple[Relation, ...]:
    return extractor.extract(document(text))


def context(extractor: Extractor, text: str, mirna: str = "miR-21") -> RelationContext:
    return next(r.context for r in relations(extractor, text) if r.mirna.text == mirna)


def names(cues: tuple[Cue, ...]) -> list[str]:
    return [cue.name for cue in cues]


def test_all_of_a_context(extractor: Extractor) -> None:
    found = context(extractor, FULL)
    assert found.phenotype_direction == "promotes"
    assert names(found.donor_condition) == ["hypoxia"]
    assert names(found.recipient_condition) == []
    assert [(c.name, c.curie) for c in found.species] == [
        ("human", "NCBITaxon:9606"),
        ("mouse", "NCBITaxon:10090"),
    ]
    assert sorted(names(found.evidence_kind)) == [
        "in-vivo",
        "loss-of-function",
        "reporter",
        "secretion-block",
    ]
    assert names(found.engineered) == []
    assert [(c.name, c.curie, c.text) for c in found.sorting_protein] == [
        ("HNRNPA2B1", "hgnc:5033", "hnRNPA2B1-mediated sorting")
    ]


def test_what_is_not_stated_is_empty(extractor: Extractor) -> None:
    assert [r.context for r in relations(extractor, PLAIN)] == [RelationContext()]


def test_evidence_belongs_to_its_mirna(extractor: Extractor) -> None:
    assert names(context(extractor, TWO, "miR-21").evidence_kind) == ["gain-of-function"]
    assert names(context(extractor, TWO, "miR-22").evidence_kind) == ["loss-of-function"]


def test_what_a_sentence_says_of_another_mirna_is_not_ours(extractor: Extractor) -> None:
    text = f"{TWO[: TWO.index('. ') + 1]} Upon transfection miR-22 lowered TIMP3. Mice were used."
    assert names(context(extractor, text, "miR-21").evidence_kind) == ["in-vivo"]
    assert names(context(extractor, text, "miR-22").evidence_kind) == ["gain-of-function", "in-vivo"]


@pytest.mark.parametrize("text", [FULL, FULL.replace("-", "\u2010"), FULL.replace(" ", "\u00a0"), TWO])
def test_every_cue_stands_where_it_says(extractor: Extractor, text: str) -> None:
    found = relations(extractor, text)
    cues = [c for r in found for attribute in CUES for c in getattr(r.context, attribute)]
    assert len(cues) >= 2
    for cue in cues:
        assert text[cue.start : cue.end] == cue.text
        assert cue.sentence_start <= cue.start < cue.end <= cue.sentence_end
        assert text[cue.sentence_start : cue.sentence_end].rstrip().endswith((".", "HUVECs"))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Exosomal miR-21 promoted apoptosis of fibroblasts.", "promotes"),
        ("Exosomal miR-21 lowered apoptosis of fibroblasts.", "inhibits"),
        ("A miR-21 inhibitor lowered apoptosis of fibroblasts.", "promotes"),
        ("The loss of miR-21 raised apoptosis of fibroblasts.", "inhibits"),
        ("Blocking exosome secretion reduced apoptosis of fibroblasts.", "promotes"),
        ("Exosomal miR-21 has a role in apoptosis of fibroblasts.", "unclear"),
        # what the loss of the miRNA fails to do, the miRNA does
        ("Exosomes lacking miR-21 did not enhance apoptosis of fibroblasts.", "promotes"),
        ("Exosomal miR-21 did not enhance apoptosis of fibroblasts.", "unclear"),
        # the loss is told behind the phenotype
        ("Apoptosis was reduced by exosomes from miR-21 knockdown macrophages.", "promotes"),
        ("Exosomes raised apoptosis, which was abolished by a miR-21 inhibitor.", "promotes"),
        ("Apoptosis was increased by exosomes and lowered by a miR-21 inhibitor.", "promotes"),
        ("Apoptosis was reduced by exosomes, and a miR-21 inhibitor was made.", "inhibits"),
        # an effect has a name, and something became of it
        ("The inhibitory effect of exosomes on apoptosis was reversed by a miR-21 inhibitor.", "inhibits"),
        ("The promoting effect of exosomes on apoptosis was reversed by TIMP3.", "promotes"),
        ("The promoting effect of a miR-21 inhibitor on apoptosis was reversed by TIMP3.", "inhibits"),
        ("The increase in apoptosis was attenuated by exosomal miR-21.", "inhibits"),
        ("The suppression of apoptosis by exosomal miR-21 was clear.", "inhibits"),
        ("Exosomal miR-21 negatively regulated apoptosis of fibroblasts.", "inhibits"),
        ("Exosomal miR-21 promoted apoptosis, but exosomes inhibited apoptosis of fibroblasts.", "unclear"),
    ],
)
def test_the_direction_of_the_phenotype(extractor: Extractor, sentence: str, expected: str) -> None:
    text = f"Exosomal miR-21 of macrophages affects apoptosis of fibroblasts. {PLAIN} {sentence}"
    found = relations(extractor, text)
    assert {r.phenotype.name for r in found if r.phenotype} == {"apoptosis"}
    assert {r.context.phenotype_direction for r in found} == {expected}


@pytest.mark.parametrize(
    ("text", "donor", "recipient"),
    [
        ("Exosomes of LPS-treated macrophages carried miR-21 into fibroblasts.", ["LPS-treated"], []),
        ("Exosomes of macrophages carried miR-21 into ox-LDL-treated fibroblasts.", [], ["ox-LDL-treated"]),
        ("Exosomes of M2 macrophages carried miR-21 into damaged fibroblasts.", ["M2"], ["damaged"]),
        # what the transfer makes of the recipient is no condition before it
        ("Exosomes of macrophages carried miR-21 into fibroblasts. Activated fibroblasts grew.", [], []),
        # nor is the vesicles' own treatment, nor the control
        ("Exosomes of macrophages carried miR-21 into exosome-treated fibroblasts.", [], []),
        ("Exosomes of GW4869-treated macrophages carried miR-21 into fibroblasts.", [], []),
        # one name for both cells: the vesicles tell whose condition it is
        (
            "Exosomes from LPS-treated OPM2 cells carried miR-21. MiR-21 was delivered to recipient OPM2 "
            "cells. MiR-21 raised growth of the recipient OPM2 cells.",
            ["LPS-treated"],
            [],
        ),
        # words behind the treatment are no part of it
        ("Exosomes of A549 cells treated with LPS carried miR-21 into HUVECs.", ["LPS-treated"], []),
    ],
)
def test_conditions(extractor: Extractor, text: str, donor: list[str], recipient: list[str]) -> None:
    found = context(extractor, text)
    assert names(found.donor_condition) == donor
    assert names(found.recipient_condition) == recipient


CARRIED = "exosomes that brought miR-21 to fibroblasts."


@pytest.mark.parametrize(
    ("text", "donor", "recipient"),
    [
        # where cells were kept, and how long after what
        (f"Macrophages cultured in hypoxia released {CARRIED}", ["hypoxia"], []),
        (f"Macrophages cultured in high-glucose DMEM released {CARRIED}", [], []),
        (f"Macrophages cultured under 1% O2 released {CARRIED}", ["1% O2"], []),
        (f"Upon exposure to asbestos, macrophages released {CARRIED}", ["asbestos-treated"], []),
        (f"Upon exposure to exosomes, macrophages released {CARRIED}", [], []),
        (f"In response to hypoxia, macrophages released {CARRIED}", ["hypoxia"], []),
        (
            "Macrophages released exosomal miR-21 in response to LPS stimulation; fibroblasts took it up.",
            ["LPS-treated"],
            [],
        ),
        ("Exosomes of macrophages carried miR-21 into fibroblasts after two days.", [], []),
        (
            "Exosomes of macrophages carried miR-21 into fibroblasts after ischemia/reperfusion injury.",
            [],
            ["ischemia/reperfusion"],
        ),
        (
            "Exosomes of macrophages carried miR-21 into fibroblasts under oxidative stress.",
            [],
            ["oxidative stress"],
        ),
        (
            "Exosomes of macrophages carried miR-21 into high glucose-treated fibroblasts.",
            [],
            ["high glucose-treated"],
        ),
        # a dose is no part of the agent
        (f"Macrophages exposed to 50 \u03bcM rotenone released {CARRIED}", ["rotenone-exposed"], []),
        # nor is a time one, though some agents begin with a number
        (f"Macrophages exposed to 5-FU released {CARRIED}", ["5-FU-exposed"], []),
        (f"Macrophages exposed to 24-hour starvation released {CARRIED}", [], []),
        (f"Following irradiation, macrophages released {CARRIED}", ["irradiation"], []),
        # whose cells they are
        (f"Macrophages of aged mice released {CARRIED}", ["aged"], []),
        (f"Macrophages of 8-week-old mice released {CARRIED}", [], []),
        (f"Macrophages of patients with septic shock released {CARRIED}", ["septic shock"], []),
        (f"Macrophages of patients with lung cancer released {CARRIED}", [], []),
        (
            "Exosomes of macrophages carried miR-21 into fibroblasts of mice with CCl4-induced fibrosis.",
            [],
            ["CCl4-induced fibrosis"],
        ),
        ("Exosomal miR-21 of macrophages of obese mice entered fibroblasts.", ["obese"], []),
        # a vague word does not keep out what is stated elsewhere; a telling one does
        (
            f"{PLAIN} MiR-21 stayed in damaged fibroblasts. H/R-injured fibroblasts grew.",
            [],
            ["damaged", "hypoxia/reoxygenation"],
        ),
        (
            f"{PLAIN} MiR-21 stayed in LPS-treated fibroblasts. H/R-injured fibroblasts grew.",
            [],
            ["LPS-treated"],
        ),
        # cells of a comparison
        (
            f"{PLAIN} MiR-21 was higher in exosomes of macrophages than in those of LPS-treated macrophages.",
            [],
            [],
        ),
        (f"{PLAIN} Unlike senescent fibroblasts, fibroblasts grew.", [], []),
        (f"Compared with controls, LPS-treated macrophages released {CARRIED}", ["LPS-treated"], []),
        # what the transfer brings about
        ("Exosomal miR-21 of glioma cells raised M2 macrophage polarization.", [], []),
    ],
)
def test_conditions_told_in_other_places(
    extractor: Extractor, text: str, donor: list[str], recipient: list[str]
) -> None:
    found = context(extractor, text)
    assert names(found.donor_condition) == donor
    assert names(found.recipient_condition) == recipient


def test_reagents_are_no_species(extractor: Extractor) -> None:
    text = f"{PLAIN} Bovine serum albumin and a mouse monoclonal antibody were used."
    assert context(extractor, text).species == ()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Exosomes of miR-21-overexpressing macrophages helped.", ["modified donor"]),
        ("The miR-21 mimics were loaded into exosomes by electroporation.", ["loaded vesicles"]),
        ("Macrophages were transfected with miR-21 mimics.", ["transfected donor"]),
        ("Fibroblasts were transfected with miR-21 mimics.", []),
        ("No electroporation of exosomes was needed.", []),
        ("Cholesterol-modified miR-21 was loaded into the exosomes.", ["loaded vesicles"]),
        ("MiR-21 was selectively loaded into the exosomes.", []),
        ("RVG-Lamp2b exosomes reached fibroblasts.", ["engineered vesicles"]),
        ("Exosomes bearing a cardiac-targeting peptide were made.", ["engineered vesicles"]),
        ("Exosomes bearing CD63 were seen, and peptides.", []),
    ],
)
def test_engineered_cargo(extractor: Extractor, sentence: str, expected: list[str]) -> None:
    assert names(context(extractor, f"{PLAIN} {sentence}").engineered) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nuclear La protein packages miR-21 into exosomes.", ["SSB"]),
        ("Knock-down of ALYREF or FUS lowered the export of miR-21 in exosomes.", ["ALYREF", "FUS"]),
        ("MVP knockout led to accumulation of miR-21 in the cells instead of exosomes.", ["MVP"]),
        # less of a miRNA may be less of it in the cell; the release of vesicles is not its sorting
        ("Silencing of YBX1 reduced the levels of miR-21 in exosomes.", []),
        ("Silencing of YBX1 reduced the release of exosomes.", []),
        ("Knock-down of HuR lowered the export of miR-22 in exosomes.", []),
    ],
)
def test_sorting_proteins(extractor: Extractor, sentence: str, expected: list[str]) -> None:
    assert names(context(extractor, f"{PLAIN} {sentence}").sorting_protein) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Injected macrophage exosomes reached the kidney.", ["vesicle-treatment"]),
        ("Injected macrophages released exosomes.", []),
        ("MiR-21-/- macrophages lacked this.", ["loss-of-function"]),
        ("PTEN-/- macrophages lacked this.", []),
        ("Fibroblasts were cultured with exosome-depleted FBS.", []),
        ("Fibroblasts were incubated with medium depleted of exosomes.", ["secretion-block"]),
    ],
)
def test_kinds_of_evidence(extractor: Extractor, sentence: str, expected: list[str]) -> None:
    assert names(context(extractor, f"{PLAIN} {sentence}").evidence_kind) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Wistar animals were used.", ["rat"]),
        ("Db/db animals were used.", ["mouse"]),
        ("New Zealand White animals were used.", ["rabbit"]),
        ("White animals were used.", []),
    ],
)
def test_strains_tell_a_species(extractor: Extractor, sentence: str, expected: list[str]) -> None:
    assert names(context(extractor, f"{PLAIN} {sentence}").species) == expected


def test_only_the_context_changes(extractor: Extractor) -> None:
    text = document(FULL)
    reading = extractor.read(text)
    analysis = extractor.analyse(reading)
    found = extractor.extract(text)
    bare = [replace(r, context=RelationContext()) for r in found]
    assert with_context(bare, text, reading, analysis) == found
    assert [r.to_record()["relation_id"] for r in bare] == [r.to_record()["relation_id"] for r in found]
    assert with_context((), text, reading, analysis) == ()


def test_the_vesicle_has_its_identifier(extractor: Extractor) -> None:
    (found,) = relations(extractor, PLAIN)
    assert found.vesicle is not None
    assert (found.vesicle.name, found.vesicle.curie) == ("exosome", "GO:0070062")
    (other,) = relations(extractor, PLAIN.replace("Exosomes", "Nanovesicles"))
    assert other.vesicle is not None
    assert (other.vesicle.name, other.vesicle.curie) == ("nanovesicle", None)
