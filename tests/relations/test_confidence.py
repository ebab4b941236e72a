"""How sure a whole relation is: counted by hand."""

from __future__ import annotations

from math import exp

import pytest

from extractor.pipeline import Extractor
from extractor.relations.assembly import Filler
from extractor.relations.confidence import Whole, confidence, features
from extractor.relations.judging import Judge, Proposal, surest
from extractor.relations.logistic import Models, shipped
from extractor.relations.records import judge_of
from extractor.relations.role_net import Nets
from extractor.relations.roles import Support
from extractor.types import Document


def filler(probability: float) -> Filler:
    return Filler([], Support(), 0.0, probability)


def test_an_empty_slot_is_as_sure_as_its_best_candidate_was_unsure() -> None:
    whole = Whole(0.5, {"recipient": 0.2, "donor": 0.7}, titled=True)
    assert features(whole, filler(0.9), None, filler(0.5)) == {
        "all right": pytest.approx(0.5 * 0.9 * 0.8 * 0.5),  # the donor is filled: its best counts nothing
        "weakest": 0.5,
        "titled": 1.0,
    }


def test_where_there_was_no_candidate_an_empty_slot_is_certain() -> None:
    assert features(Whole(0.8), filler(0.9), None, None) == {
        "all right": pytest.approx(0.72),
        "weakest": 0.8,
        "titled": 0.0,
    }


def test_the_confidence_is_one_regression_of_these() -> None:
    weights = {"bias": -1.0, "all right": 2.0, "weakest": 1.0, "titled": 0.5}
    models = Models({"relation": {"threshold": 0.0, "weights": weights}}, Nets())
    # -1 + 2 * 0.72 + 0.8
    assert confidence(Whole(0.8), filler(0.9), None, None, models) == pytest.approx(1 / (1 + exp(-1.24)))


def test_the_surest_of_the_proposals() -> None:
    assert surest([Proposal(filler(p), {}) for p in (0.1, 0.9, 0.4)]) == 0.9
    assert surest([]) == 0.0


def judged(extractor: Extractor, text: str) -> Judge:
    analysis = extractor.analyse(extractor.read(Document("1", text)))
    (finding,) = analysis.findings
    return judge_of(finding, analysis, ())


def test_a_cast_tells_how_sure_its_best_candidates_were(extractor: Extractor) -> None:
    text = "Exosomes of fibroblasts carry miR-21 to breast cancer cells. IL-6 was measured there."
    cast = judged(extractor, text).cast("MIRNA:mir-21")
    assert cast.best["recipient"] == cast.recipients[0].probability
    assert cast.targets == []
    assert 0.0 < cast.best["target"] < 0.5  # of IL-6, which was not taken


@pytest.mark.parametrize(
    ("text", "one"),
    [
        (
            "Exosomes of fibroblasts carry miR-21 and miR-155. In T cells miR-21 and miR-155 silence PTEN.",
            True,
        ),
        ("Exosomes of fibroblasts carry miR-21 and miR-155. In T cells miR-21 silences PTEN.", False),
        ("Exosomes of fibroblasts carry miR-21 but did not contain miR-155.", False),
        # in one sentence, but in no list
        ("Exosomes of fibroblasts carried miR-21 to T cells, which induced miR-155 in T cells.", False),
    ],
)
def test_the_members_of_a_list_are_carried_alike(extractor: Extractor, text: str, one: bool) -> None:
    judge = judged(extractor, text)
    casts = {f"MIRNA:mir-{n}": judge.cast(f"MIRNA:mir-{n}") for n in ("21", "155")}
    alone = [judge.models.probability("carriage", judge.carriage(k, c)) for k, c in casts.items()]
    told = [*judge.carried(casts).values()]
    assert alone[0] != alone[1]
    assert (told[0] == told[1]) == one
    if one:
        assert told[0] == pytest.approx(sum(alone) / 2)


def test_the_surer_the_parts_the_surer_the_whole() -> None:
    low, high = (confidence(Whole(c), filler(c), None, None, shipped()) for c in (0.4, 0.9))
    assert low < high
