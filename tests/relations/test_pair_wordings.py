"""Wordings of miRNA-gene pairs: every verdict against its own sentences, and what whole sentences say."""

from __future__ import annotations

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
        (  # of a site that was broken it says that the site matters
            "miR-21 did not affect the luciferase activity of the mutant PTEN 3'UTR.",
            {"miR-21|PTEN"},
        ),
    ],
)
def test_what_is_denied_is_no_statement(text: str, expected: set[str], extractor: Extractor) -> None:
    assert pairs(extractor, text) == expected
