"""Wordings of miRNA-gene pairs: every verdict against its own sentences, and what whole sentences say."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import srsly

from extractor.pipeline import Extractor
from extractor.relations.analysis import analyse
from extractor.relations.pair_features import own_marks
from extractor.relations.pair_verdicts import Verdict, load_verdicts, verdict_of
from extractor.relations.pair_view import pair_views
from extractor.rules.loader import RuleError
from extractor.text import read_text
from extractor.types import Document


def pairs(extractor: Extractor, text: str) -> set[str]:
    """The pairs that a text states, and with "not" before them those that it denies."""
    found = extractor.regulations(Document("d", text))
    return {f"{'not ' if r.negated else ''}{r.mirna.text}|{r.gene.text}" for r in found}


def verdicts(extractor: Extractor, text: str) -> set[str]:
    """The verdicts that speak of miR-21 and PTEN."""
    reading = read_text(Document("d", text))
    found, abbreviations = extractor.mentions(reading.text)
    done = analyse(reading, found, abbreviations, extractor.nlp)
    texts = [
        own_marks(pair, view)[0]
        for view in pair_views(done.text, done.mentions, done.sentences, done.facts, done.parses)
        for pair in view.pairs()
        if (pair[0].name, pair[1].name) == ("miR-21", "PTEN")
    ]
    assert texts, f"no pair of miR-21 and PTEN in: {text}"
    return {verdict.id for text in texts for verdict in load_verdicts() if verdict.speaks(text)}


@pytest.mark.parametrize("verdict", load_verdicts(), ids=lambda v: v.id)
def test_the_example_gets_the_verdict_and_the_counterexample_does_not(
    verdict: Verdict, extractor: Extractor
) -> None:
    assert verdict.id in verdicts(extractor, verdict.example)
    assert verdict.id not in verdicts(extractor, verdict.counterexample)


def test_faulty_verdicts_are_all_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = [
        {"id": "one", "says": "maybe", "pattern": "a"},
        {"id": "two", "says": "none", "pattern": "~nothing"},
        {"id": "three", "says": "none", "pattern": "("},
    ]
    srsly.write_yaml(tmp_path / "broken.yaml", {"macros": {}, "rules": rows})
    monkeypatch.setattr("extractor.relations.pair_verdicts.RULES", tmp_path)
    with pytest.raises(RuleError, match=r"(?s)'one'.*'maybe' is neither.*'two'.*'nothing'.*'three'"):
        load_verdicts("broken.yaml")


def test_the_first_verdict_that_speaks_wins() -> None:
    found = verdict_of("<m> had no effect on <g>.")
    assert found is not None and (found.id, found.says) == ("denied.effect", "denied")
    assert verdict_of("<m> had an effect on <g>.") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There was no significant correlation between miR-203 and ABL1 expression.", {"not miR-203|ABL1"}),
        ("There was a significant correlation between miR-203 and ABL1 expression.", {"miR-203|ABL1"}),
        ("miR-92a expression was not correlated with DKK3 mRNA levels.", {"not miR-92a|DKK3"}),
        ("TPM1 expression did not correlate with miR-21.", {"not miR-21|TPM1"}),
        ("We found no inverse correlation between miR-7 and PAK1.", {"not miR-7|PAK1"}),
        (  # said of something else
            "No correlation was found between miR-21 and age, but miR-21 correlated with PTEN.",
            {"miR-21|PTEN"},
        ),
        ("No binding of miR-21 to TPM1 was detected.", {"not miR-21|TPM1"}),
        ("Inhibition of miR-34c had no effect on NOTCH4 levels.", {"not miR-34c|NOTCH4"}),
        ("miR-204 had little effect on RUNX2 protein.", {"not miR-204|RUNX2"}),
        ("p53 had no effect on miR-15a expression.", {"not miR-15a|p53"}),
        (
            "Overexpression of miR-21 had no effect on TPM1 mRNA levels but reduced its protein.",
            {"miR-21|TPM1"},
        ),
        ("Overexpression of miR-34c did not change NOTCH4 protein levels.", {"not miR-34c|NOTCH4"}),
        ("Although miR-21 did not change PTEN mRNA, its protein was reduced.", {"miR-21|PTEN"}),
        ("The expression of RECK was not affected by miR-96.", {"not miR-96|RECK"}),
        ("The expression of RECK was clearly affected by miR-96.", {"miR-96|RECK"}),
        ("Inhibition of miR-21 did not affect TPM1 expression.", {"not miR-21|TPM1"}),
        ("TNF-alpha did not induce miR-132.", {"not miR-132|TNF-alpha"}),
        ("Loss of Dicer did not affect miR-451 levels.", {"not miR-451|Dicer"}),
        ("miR-21 did not affect growth but repressed PTEN.", {"miR-21|PTEN"}),
        ("miR-34c neither bound NOTCH4 nor reduced its expression.", {"not miR-34c|NOTCH4"}),
        ("miR-21 not only bound PTEN but also reduced its expression.", {"miR-21|PTEN"}),
        (
            "There was no significant change in TPM1 expression after miR-21 inhibition.",
            {"not miR-21|TPM1"},
        ),
        ("There is no doubt that miR-21 targets PTEN.", {"miR-21|PTEN"}),
        ("NOTCH4 levels remained unchanged after miR-34c transfection.", {"not miR-34c|NOTCH4"}),
        ("miR-21 levels were independent of PTEN expression.", {"not miR-21|PTEN"}),
        ("miR-21 levels were dependent on PTEN expression.", {"miR-21|PTEN"}),
        (  # of a site that was broken it says that the site matters
            "miR-21 did not affect the luciferase activity of the mutant PTEN 3'UTR.",
            {"miR-21|PTEN"},
        ),
    ],
)
def test_what_is_denied_is_no_statement(text: str, expected: set[str], extractor: Extractor) -> None:
    assert pairs(extractor, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Unlike KLF4, SOX2 was not regulated by miR-145.", {"not miR-145|SOX2"}),
        ("In contrast to KLF4, SOX2 was repressed by miR-145.", {"miR-145|SOX2"}),
        (
            "KLF4, SOX2 and OCT4 were repressed by miR-145.",
            {f"miR-145|{g}" for g in ("KLF4", "SOX2", "OCT4")},
        ),
        ("Unlike miR-19a, miR-19b did not target PTEN.", {"not miR-19b|PTEN"}),
        ("miR-19a, unlike miR-19b, repressed SOCS1.", {"miR-19a|SOCS1"}),
        ("Although miR-181a targets KRAS, miR-96 does not.", {"miR-181a|KRAS", "not miR-96|KRAS"}),
        (
            "Overexpression of miR-21 reduced PTEN, whereas AKT1 was not affected.",
            {"miR-21|PTEN", "not miR-21|AKT1"},
        ),
        # set against a name of the other kind, nothing is said of either in the other's place
        ("miR-21 was high and, in contrast to PTEN, associated with survival.", {"miR-21|PTEN"}),
    ],
)
def test_what_is_set_against_another_is_not_said_of_it(
    text: str, expected: set[str], extractor: Extractor
) -> None:
    assert pairs(extractor, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("miR-204 expression was normalized to GAPDH.", set()),
        ("The levels of miR-21 were normalized to RNU6B and those of PTEN to GAPDH.", set()),
        ("miR-21, normalized to RNU6B, repressed PTEN.", {"miR-21|PTEN"}),
        ("miR-21 reduced PTEN mRNA normalized to GAPDH.", {"miR-21|PTEN"}),
        ("GAPDH was used as internal control for miR-21.", set()),
        ("miR-204, RUNX2 and SOX9 were upregulated in renal cancer.", set()),
        ("miR-21, miR-155, KRAS and TP53 are frequently altered in lung cancer.", set()),
        ("Expression levels of miR-146a, TRAF6 and IRAK1 were higher in patients than in controls.", set()),
        (
            "miR-21, PTEN and AKT1 were upregulated and inversely correlated.",
            {"miR-21|PTEN", "miR-21|AKT1"},
        ),
        ("miR-21 and its target PTEN were downregulated.", {"miR-21|PTEN"}),
        ("TGF-beta1 increased the expression of miR-21, COL1A1 and alpha-SMA.", {"miR-21|TGF-beta1"}),
        ("miR-21 increased PTEN, COL1A1 and AKT1.", {"miR-21|PTEN", "miR-21|COL1A1", "miR-21|AKT1"}),
    ],
)
def test_names_that_are_measured_side_by_side_are_no_pair(
    text: str, expected: set[str], extractor: Extractor
) -> None:
    assert pairs(extractor, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("miR-204 was associated with BRAF mutation status.", set()),
        ("miR-204 was upregulated in BRAF V600E mutant melanoma.", set()),
        ("miR-21 inhibited the luciferase activity of the PTEN wild-type 3'UTR.", {"miR-21|PTEN"}),
        ("miR-204 enhanced TNF-alpha-induced apoptosis.", set()),
        ("miR-204 inhibited VEGF-induced migration.", set()),
        ("miR-204 mediated VEGF-induced migration.", {"miR-204|VEGF"}),  # it does the gene's work
        ("miR-126 is encoded within intron 7 of EGFL7.", set()),
        ("miR-204 is located in the TRPM3 gene.", set()),
        ("The miR-21 target site is located in the 3'UTR of the PTEN gene.", {"miR-21|PTEN"}),
        ("miR-208a is co-expressed with its host gene MYH6.", set()),
        ("miR-126 targets its host gene EGFL7.", {"miR-126|EGFL7"}),
    ],
)
def test_a_circumstance_is_no_partner(text: str, expected: set[str], extractor: Extractor) -> None:
    assert pairs(extractor, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("While miR-204 inhibits RUNX2, miR-30 inhibits SMAD1.", {"miR-204|RUNX2", "miR-30|SMAD1"}),
        (
            "miR-30c targets SNAI1, miR-29c targets MCL1 and miR-100 targets PLK1.",
            {"miR-30c|SNAI1", "miR-29c|MCL1", "miR-100|PLK1"},
        ),
        (
            "miR-21 was positively correlated with CRP, while miR-126 was negatively correlated with VCAM1.",
            {"miR-21|CRP", "miR-126|VCAM1"},
        ),
        (
            "RUNX2 is a target of miR-204 and SATB2 is a target of miR-31.",
            {"miR-204|RUNX2", "miR-31|SATB2"},
        ),
        (
            "RUNX2 is targeted by miR-204, SMAD1 by miR-30 and SATB2 by miR-31.",
            {"miR-204|RUNX2", "miR-30|SMAD1", "miR-31|SATB2"},
        ),
        # two miRNAs of the same gene
        ("miR-21 inhibits PTEN, and miR-155 also inhibits PTEN.", {"miR-21|PTEN", "miR-155|PTEN"}),
    ],
)
def test_each_clause_has_its_own_pair(text: str, expected: set[str], extractor: Extractor) -> None:
    assert pairs(extractor, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<M1> hits <g>, <m> " + "is directly " * 200,
        "<m>, <g> are " + "significantly also " * 200,
        "no " + "the levels of " * 300 + "<m> " + "the levels of " * 300 + "<g>",
        "<m> and normalized to " * 200 + "<g>",
    ],
    ids=["adverbs", "list", "levels", "normalized"],
)
def test_words_without_end_take_no_time(text: str) -> None:
    """A word that two alternatives of a loop take doubles the work each time it stands there again."""
    start = time.process_time()
    verdict_of(text)
    assert time.process_time() - start < 1
