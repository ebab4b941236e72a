"""miRNA-gene statements: every cue against its own sentences; what is said, denied, and of whom."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import srsly
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.pipeline import Extractor, build_pipeline
from extractor.relations.analysis import analyse
from extractor.relations.given import with_given
from extractor.relations.pair_features import Cue, cues_of, features, load_cues, together
from extractor.relations.pair_view import PairView, pair_views
from extractor.relations.regulation import _effect, probability, threshold, weights
from extractor.rules import loader
from extractor.rules.loader import RULES, RuleError
from extractor.text import read_text
from extractor.types import Document, Mention

CUES = load_cues()


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return build_pipeline()


def views(extractor: Extractor, text: str) -> list[PairView]:
    reading = read_text(Document("", text))
    found, abbreviations = extractor.mentions(reading.text)
    done = analyse(reading, found, abbreviations, extractor.nlp)
    return pair_views(done.text, done.mentions, done.sentences, done.facts, done.parses)


def cue_ids(extractor: Extractor, text: str) -> set[str]:
    """The cues of the pair of miR-21 and PTEN."""
    for view in views(extractor, text):
        for pair in view.pairs():
            if (pair[0].name, pair[1].name) == ("miR-21", "PTEN"):
                return {cue.id for cue in cues_of(pair, view)}
    raise AssertionError(f"no pair of miR-21 and PTEN in: {text}")


@pytest.mark.parametrize("cue", CUES, ids=lambda c: c.id)
def test_the_example_has_the_cue_and_the_counterexample_has_not(cue: Cue, extractor: Extractor) -> None:
    assert cue.id in cue_ids(extractor, cue.example)
    assert cue.id not in cue_ids(extractor, cue.counterexample)


def test_cues_have_their_own_ids_and_every_weight_a_feature() -> None:
    ids = [cue.id for cue in CUES]
    assert len(ids) == len(set(ids)) > 50
    assert {name for pair in together() for name in pair} <= set(ids)
    named = {n.split(" + ")[0].rstrip("<>") for n in weights()["related"] if "." in n}
    assert named <= set(ids), named - set(ids)


def test_faulty_cues_are_all_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = [{"id": "one", "place": "above"}, {"id": "two", "place": "between", "pattern": "("}]
    srsly.write_yaml(tmp_path / "broken.yaml", {"cues": rows})
    monkeypatch.setattr("extractor.relations.pair_features.RULES", tmp_path)
    with pytest.raises(RuleError, match=r"(?s)cue 'one'.*no place 'above'.*cue 'two'"):
        load_cues("broken.yaml")


Told = tuple[str, str, str, bool]


def told(extractor: Extractor, text: str) -> set[Told]:
    """miRNA, gene, effect (or ``upstream``), denied."""
    return {
        (r.mirna.text, r.gene.text, "upstream" if r.upstream else r.effect, r.negated)
        for r in extractor.regulations(Document("d", text))
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("miR-21 directly targets PTEN in hepatocytes.", {("miR-21", "PTEN", "decreases", False)}),
        ("We showed that PTEN is a direct target of miR-21.", {("miR-21", "PTEN", "decreases", False)}),
        (
            "miR-21 represses both PTEN and PDCD4.",
            {("miR-21", "PTEN", "decreases", False), ("miR-21", "PDCD4", "decreases", False)},
        ),
        (
            "A negative correlation between miR-21 and PTEN expression was observed.",
            {("miR-21", "PTEN", "decreases", False)},
        ),
        ("PTEN is a target of miR-21 but not of miR-155.", {("miR-21", "PTEN", "decreases", False)}),
        ("miR-21 did not repress PTEN in these cells.", {("miR-21", "PTEN", "decreases", True)}),
    ],
    ids=["finite", "noun", "list", "correlation", "excluded", "denied"],
)
def test_what_a_sentence_says(text: str, expected: set[Told], extractor: Extractor) -> None:
    found = told(extractor, text)
    assert expected <= found
    assert {t[:2] for t in found if not t[3]} <= {t[:2] for t in expected}


def test_a_gene_that_acts_on_the_mirna_is_no_target(extractor: Extractor) -> None:
    text = "The transcription factor TP53 induces the expression of miR-34a in fibroblasts."
    assert {t[2] for t in told(extractor, text)} == {"upstream"}
    assert extractor.extract(Document("d", text), include_regulation=True) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The levels of miR-21 and PTEN were measured by PCR.",
        "miR-21 and PTEN predict the survival of patients.",
        "miR-21 was measured in PTEN-deficient mice.",
        "miR-21 is short. PTEN is long.",
    ],
)
def test_names_side_by_side_are_no_statement(text: str, extractor: Extractor) -> None:
    assert told(extractor, text) == set()


def test_respectively_pairs_the_lists(extractor: Extractor) -> None:
    text = "PTEN and PDCD4 are direct targets of miR-21 and miR-155, respectively."
    assert {t[:2] for t in told(extractor, text)} == {("miR-21", "PTEN"), ("miR-155", "PDCD4")}


def test_a_pronoun_stands_for_its_mirna(extractor: Extractor) -> None:
    text = "miR-21 rose in hepatocytes. It directly targets PTEN."
    (found,) = extractor.regulations(Document("d", text))
    assert (found.mirna.text, found.mirna.start, found.gene.text) == ("miR-21", 0, "PTEN")
    assert text[found.evidence.start : found.evidence.end] == "It directly targets PTEN."


def mention(label: str, text: str, name: str) -> Mention:
    return Mention(label, text.index(name), text.index(name) + len(name), name)


def test_given_names_take_the_place_of_our_own(extractor: Extractor) -> None:
    text = "Expression of the factor QZX-like is repressed by miR-21, which also targets PTEN."
    given_names = [mention("MIRNA", text, "miR-21"), mention("GENE", text, "QZX-like")]
    (found,) = extractor.regulations(Document("d", text), given_names)
    assert (found.mirna.text, found.gene.text, found.gene.start) == ("miR-21", "QZX-like", 25)
    assert extractor.regulations(Document("d", text), []) == ()


def test_an_inhibited_mirna_turns_the_effect_of_the_cues_round() -> None:
    by_id = {cue.id: cue for cue in CUES}
    raised, lowered, lost = (by_id[i] for i in ("gene.raise.left", "gene.repress.left", "mirna.lost"))
    assert _effect([], [raised]) == "increases"
    assert _effect([], [raised, lost]) == "decreases"
    assert _effect([], [raised, lowered]) == "unknown"
    assert _effect([], [lost]) == "unknown"


def test_given_offsets_are_the_documents(extractor: Extractor) -> None:
    text = "In mice [4–6] miR-21 directly targets PTEN."
    names = [mention("MIRNA", text, "miR-21"), mention("GENE", text, "PTEN")]
    (found,) = extractor.regulations(Document("d", text), names)
    assert text[found.mirna.start : found.mirna.end] == "miR-21"
    assert text[found.gene.start : found.gene.end] == "PTEN"


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ([("CELL", "mice")], "must be MIRNA or GENE, not CELL: 'mice'"),
        ([("GENE", "PTEN"), ("GENE", "TEN")], "overlap"),
        ([("GENE", "4–6")], "'4–6' at 9 stands in what is not read"),
    ],
)
def test_given_names_that_cannot_be_used(
    names: Sequence[tuple[str, str]], message: str, extractor: Extractor
) -> None:
    text = "In mice [4–6] miR-21 directly targets PTEN."
    with pytest.raises(ValueError, match=message):
        extractor.regulations(Document("d", text), [mention(label, text, name) for label, name in names])


def test_given_mirnas_get_their_normal_name() -> None:
    text = "hsa-miR-21 and microRNA-21"
    reading = read_text(Document("d", text))
    names = [mention("MIRNA", text, "hsa-miR-21"), mention("MIRNA", text, "microRNA-21")]
    assert len({m.name for m in with_given(reading, (), names)}) == 1


def test_a_relation_joins_what_the_sentences_say(extractor: Extractor) -> None:
    text = "PTEN is a direct target of miR-21. Inhibition of miR-21 restored PTEN. miR-21 represses PDCD4."
    found = extractor.extract(Document("d", text), include_regulation=True)
    assert [(r.mirna.text, r.target and r.target.text, len(r.evidence)) for r in found] == [
        ("miR-21", "PTEN", 2),
        ("miR-21", "PDCD4", 1),
    ]
    assert all(r.kind == "regulation" and r.confidence >= threshold() for r in found)


def test_what_is_only_denied_stays_denied(extractor: Extractor) -> None:
    text = "miR-21 did not repress PTEN in these cells."
    (relation,) = extractor.extract(Document("d", text), include_regulation=True)
    assert relation.negated
    text = "miR-21 represses PTEN in mice. miR-21 did not repress PTEN in rats."
    (relation,) = extractor.extract(Document("d", text), include_regulation=True)
    assert not relation.negated and len(relation.evidence) == 1


PIECES = (
    *(
        "miR-21",
        "let-7a",
        "miRNAs",
        "PTEN",
        "PDCD4",
        "AKT1",
        "exosomes",
        "it",
        "expression of",
        "overexpression",
    ),
    *("targets", "was reduced", "by", "in", "and", "not", "but not", "respectively", ",", ";", "/", "(", ")"),
)
WORDS = st.lists(st.sampled_from(PIECES), max_size=25)


@settings(max_examples=60, deadline=None)
@given(words=WORDS)
def test_any_words_give_features_between_0_and_1_and_sound_offsets(
    words: list[str], extractor: Extractor
) -> None:
    text = " ".join(words) + "."
    for view in views(extractor, text):
        for pair in view.pairs():
            values = features(pair, view)
            assert all(0 < v <= 1 for v in values.values())
            assert 0 < probability(values, "related") < 1
    for one in extractor.regulations(Document("d", text)):
        for name in (one.mirna, one.gene):
            assert text[name.start : name.end] == name.text
        assert one.confidence >= threshold()


def test_the_weights_lie_beside_the_rules() -> None:
    assert (loader.RULES / "regulation.json").is_file() and RULES == loader.RULES
    assert {"bias", "facts", "between.target"} <= set(weights()["related"])


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00", "\u200b"])
def test_nothing_to_read_gives_no_pairs(extractor: Extractor, text: str) -> None:
    assert list(extractor.regulations(Document("1", text))) == []
