"""Counts, each worked out by hand, and what must hold for any input."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.evaluation.assignment import match
from extractor.evaluation.matching import Names
from extractor.evaluation.records import Entry
from extractor.evaluation.scores import (
    MEASURES,
    TUPLE,
    Counts,
    Measure,
    Outcome,
    compare,
    requirements,
    score,
)

BY_NAME = {measure.name: measure for measure in MEASURES}


def entry(text: str, effect: str = "decreases") -> Entry:
    """``donor > miRNA > recipient > target``; names of one entity parted by ``=``, ``-`` for empty."""
    slots: list[Names] = [
        () if part.strip() == "-" else tuple(part.strip().split("=")) for part in text.split(">")
    ]
    donor, mirna, recipient, target = slots
    return Entry("1", mirna, donor, recipient, target, (effect,) if target else ())


def outcome(
    measure: str, gold: Sequence[str], pred: Sequence[str], gold2: Sequence[str] | None = None
) -> Outcome:
    second = None if gold2 is None else [entry(text) for text in gold2]
    required = requirements(BY_NAME[measure], [entry(text) for text in gold], second)
    return compare(BY_NAME[measure], required, [entry(text) for text in pred])


def counts(
    measure: str, gold: Sequence[str], pred: Sequence[str], gold2: Sequence[str] | None = None
) -> Counts:
    return outcome(measure, gold, pred, gold2).counts


A = "HCC cells > miR-1 > ECs > PTEN"
B = "HCC cells > miR-2 > ECs > PTEN"
C = "CAFs > miR-3 > T cells > -"
D = "CAFs > miR-3 > - > -"


def test_everything_right() -> None:
    assert counts("whole tuple", [A, B, C], [C, A, B]) == Counts(3, 0, 0)


def test_equal_counts_of_predicted_and_gold_do_not_hide_errors() -> None:
    assert counts("whole tuple", [A, B], [A, C]) == Counts(tp=1, fp=1, fn=1)


def test_a_missed_document_is_missed() -> None:
    assert counts("whole tuple", [A, B, C], []) == Counts(tp=0, fp=0, fn=3)


def test_predictions_where_there_is_nothing_to_find() -> None:
    assert counts("whole tuple", [], [A, C]) == Counts(tp=0, fp=2, fn=0)


def test_nothing_predicted_and_nothing_to_find() -> None:
    nothing = counts("whole tuple", [], [])
    assert nothing == Counts()
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)


def test_undefined_ratios() -> None:
    assert (Counts(fn=3).precision, Counts(fn=3).recall, Counts(fn=3).f1) == (None, 0, 0)
    assert (Counts(fp=3).precision, Counts(fp=3).recall, Counts(fp=3).f1) == (0, None, 0)


def test_ratios() -> None:
    made = Counts(tp=6, fp=2, fn=4)
    assert made.precision == 6 / 8
    assert made.recall == 6 / 10
    assert made.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_a_repeated_right_record_is_counted_once() -> None:
    assert counts("whole tuple", [A], [A, A, A]) == Counts(tp=1, fp=0, fn=0)


def test_a_repeated_wrong_record_is_one_error() -> None:
    assert counts("whole tuple", [A], [A, C, C]) == Counts(tp=1, fp=1, fn=0)


def test_the_same_record_in_other_known_words_is_a_repetition() -> None:
    assert counts("whole tuple", [A], [A, "HCC > hsa-miR-1 > endothelial cells=EC > PTEN"]) == Counts(1, 0, 0)


def test_two_records_for_one_gold_tuple_are_one_hit_and_one_error() -> None:
    gold = ["M2 macrophages=macrophages > miR-1 > - > -"]
    pred = ["M2 macrophages > miR-1 > - > -", "macrophages > miR-1 > - > -"]
    assert counts("whole tuple", gold, pred) == Counts(tp=1, fp=1, fn=0)


def test_an_empty_slot_agrees_only_with_an_empty_one() -> None:
    assert counts("whole tuple", [C], [D]) == Counts(tp=0, fp=1, fn=1)
    assert counts("whole tuple", [D], [C]) == Counts(tp=0, fp=1, fn=1)
    assert counts("whole tuple", [D], [D]) == Counts(tp=1, fp=0, fn=0)


def test_cargo_counts_for_its_pair() -> None:
    assert counts("donor-miRNA", [D], [D]) == Counts(tp=1)
    assert counts("miRNA-recipient", [D], [D]) == Counts()


def test_pairs_are_sets() -> None:
    gold = [A, "HCC cells > miR-1 > T cells > PTEN", "HCC cells > miR-1 > ECs > MYC"]
    assert counts("donor-miRNA", gold, [A]) == Counts(tp=1)
    assert counts("miRNA-recipient", gold, [A]) == Counts(tp=1, fn=1)
    assert counts("miRNA-target", gold, [A]) == Counts(tp=1, fn=1)


def test_slots_are_sets_of_entities() -> None:
    gold, pred = [A, B, C], [A, "CAFs > miR-9 > ECs > MYC"]
    assert counts("miRNA", gold, pred) == Counts(tp=1, fp=1, fn=2)
    assert counts("donor", gold, pred) == Counts(tp=2, fp=0, fn=0)
    assert counts("recipient", gold, pred) == Counts(tp=1, fp=0, fn=1)
    assert counts("target", gold, pred) == Counts(tp=1, fp=1, fn=0)


def test_effect_needs_the_pair() -> None:
    measure = BY_NAME["effect (miRNA-target)"]
    gold = requirements(measure, [entry(A, "binds")])
    assert compare(measure, gold, [entry(A, "binds")]).counts == Counts(tp=1)
    assert compare(measure, gold, [entry(A, "decreases")]).counts == Counts(fp=1, fn=1)
    assert compare(measure, gold, [entry(B, "binds")]).counts == Counts(fp=1, fn=1)


def test_document_level() -> None:
    assert counts("document", [A, B], [C]) == Counts(tp=1)
    assert counts("document", [A, B], []) == Counts(fn=1)
    assert counts("document", [], [A, B]) == Counts(fp=1)
    assert counts("document", [], []) == Counts()


def test_matching_is_not_greedy() -> None:
    """X fits both gold donors, Y only the first: greedy in order gives 1, the right answer is 2."""
    gold = ["tumour line P=lab cells > miR-1 > - > -", "tumour line Q=lab cells > miR-1 > - > -"]
    pred = ["lab cells > miR-1 > - > -", "tumour line P > miR-1 > - > -"]
    assert counts("whole tuple", gold, pred) == Counts(tp=2, fp=0, fn=0)


def test_two_gold_donors_with_one_vague_form_stay_two() -> None:
    gold = ["tumour line P=lab cells > miR-1 > - > -", "tumour line Q=lab cells > miR-1 > - > -"]
    assert counts("donor", gold, []) == Counts(fn=2)


def test_second_pass_what_one_alone_states_is_neither_miss_nor_error() -> None:
    assert counts("whole tuple", [A, B], [A], gold2=[A, C]) == Counts(tp=1, fp=0, fn=0, ignored=0)
    assert counts("whole tuple", [A, B], [A, B, C], gold2=[A, C]) == Counts(tp=1, fp=0, fn=0, ignored=2)
    assert counts("whole tuple", [A, B], [D], gold2=[A, C]) == Counts(tp=0, fp=1, fn=1, ignored=0)


def test_second_pass_that_found_nothing_requires_nothing() -> None:
    assert counts("whole tuple", [A], [], gold2=[]) == Counts()
    assert counts("whole tuple", [A], [A], gold2=[]) == Counts(ignored=1)
    assert counts("whole tuple", [], [A], gold2=[A]) == Counts(ignored=1)
    assert counts("document", [A], [A], gold2=[]) == Counts(ignored=1)


def test_both_passes_lend_their_forms() -> None:
    gold, gold2 = ["WAT=fat > miR-1 > - > -"], ["fat=adipose tissue > miR-1 > - > -"]
    assert counts("donor", gold, ["adipose tissue > miR-1 > - > -"], gold2) == Counts(tp=1)
    assert counts("donor", gold, ["WAT > miR-1 > - > -"], gold2) == Counts(tp=1)


def test_pairs_of_the_passes_are_joined_pair_by_pair() -> None:
    other_target = "HCC cells > miR-1 > ECs > MYC"
    assert counts("donor-miRNA", [A], [A], gold2=[other_target]) == Counts(tp=1)
    assert counts("miRNA-target", [A], [A], gold2=[other_target]) == Counts(ignored=1)


def test_a_required_tuple_goes_to_the_prediction_that_would_else_be_wrong() -> None:
    """Both predictions fit the required donor; the first also fits the open one: no error may remain."""
    gold = ["line P=lab cells > miR-1 > - > -", "line Q=lab cells > miR-1 > - > -"]
    pred = ["lab cells > miR-1 > - > -", "line P > miR-1 > - > -"]
    assert counts("whole tuple", gold, pred, gold2=gold[:1]) == Counts(tp=1, fp=0, fn=0, ignored=1)


def test_what_the_row_states_beyond_its_text_is_open() -> None:
    row = Entry(
        "1", ("miR-1",), ("HCC cells",), ("ECs",), ("PTEN",), ("decreases",), unstated=frozenset({"target"})
    )
    gold = requirements(TUPLE, [row])
    assert (gold.required, len(gold.optional)) == ((), 2)
    assert compare(TUPLE, gold, []).counts == Counts()
    assert compare(TUPLE, gold, [entry(A)]).counts == Counts(ignored=1)
    assert compare(TUPLE, gold, [entry("HCC cells > miR-1 > ECs > -")]).counts == Counts(ignored=1)
    assert compare(TUPLE, gold, [entry("HCC cells > miR-1 > ECs > MYC")]).counts == Counts(fp=1)
    pair = Measure("pair", ("donor", "mirna"))
    assert compare(pair, requirements(pair, [row]), []).counts == Counts(fn=1)


def test_sums_and_intervals() -> None:
    result = score("x", [Counts(1, 0, 0), Counts(0, 1, 1), Counts(2, 1, 0)])
    assert result.counts == Counts(3, 2, 1)
    assert result.precision_interval is not None
    low, high = result.precision_interval
    assert 0 == low <= 3 / 5 <= high == 1
    assert result == score("x", [Counts(1, 0, 0), Counts(0, 1, 1), Counts(2, 1, 0)])


def test_interval_of_equal_documents_has_no_width() -> None:
    assert score("x", [Counts(3, 1, 2)] * 5).recall_interval == (0.6, 0.6)


def test_interval_narrows_with_more_documents() -> None:
    def width(n: int) -> float:
        interval = score("x", [Counts(1, 0, 0), Counts(0, 0, 1)] * n).recall_interval
        assert interval is not None
        return interval[1] - interval[0]

    assert width(200) < 0.2 < width(10)


@pytest.mark.parametrize("units", [[], [Counts(1, 1, 1)]])
def test_no_interval_without_a_spread(units: list[Counts]) -> None:
    made = score("x", units)
    assert (made.precision_interval, made.recall_interval, made.f1_interval) == (None, None, None)


def test_match_by_hand() -> None:
    assert match([[0], [0, 1], [1]], 2) == {0: 0, 1: 1}
    assert match([[0, 1], [0]], 2) == {1: 0, 0: 1}
    assert match([], 0) == {}
    with pytest.raises(ValueError, match="outside the 1 right items"):
        match([[3]], 1)


EDGES = st.lists(st.lists(st.integers(0, 3), unique=True, max_size=4), max_size=4)


@given(EDGES)
def test_match_is_as_large_as_brute_force_finds(edges: list[list[int]]) -> None:
    rights = [*range(4), *[-1] * len(edges)]
    best = max(
        sum(r in e for e, r in zip(edges, order, strict=False))
        for order in set(permutations(rights, len(edges)))
    )
    found = match(edges, 4)
    assert len(found) == best
    assert len(set(found.values())) == len(found)
    assert all(right in edges[left] for left, right in found.items())


CELLS = st.sampled_from(["-", "HCC cells", "CAFs", "ECs", "T cells", "M2 macrophages"])
TEXTS = st.builds(
    lambda d, m, r, t: f"{d} > {m} > {r} > {t}",
    CELLS,
    st.sampled_from(["miR-1", "miR-2", "miR-1-3p", "let-7a"]),
    CELLS,
    st.sampled_from(["-", "PTEN", "MYC"]),
)
LISTS = st.lists(TEXTS, max_size=5)
NAMES = st.sampled_from(sorted(BY_NAME))


@given(NAMES, LISTS)
def test_a_perfect_prediction_is_perfect(name: str, gold: list[str]) -> None:
    made = counts(name, gold, gold)
    assert (made.fp, made.fn) == (0, 0)
    assert made.f1 in (None, 1.0)


@given(NAMES, LISTS, LISTS)
def test_exchanging_gold_and_prediction_exchanges_the_errors(
    name: str, gold: list[str], pred: list[str]
) -> None:
    one, other = counts(name, gold, pred), counts(name, pred, gold)
    assert (one.tp, one.fp, one.fn) == (other.tp, other.fn, other.fp)


@given(NAMES, LISTS, LISTS)
def test_the_order_of_records_does_not_matter(name: str, gold: list[str], pred: list[str]) -> None:
    assert counts(name, gold, pred) == counts(name, gold[::-1], sorted(pred))


@given(LISTS, LISTS)
def test_a_wrong_record_never_raises_precision_or_recall(gold: list[str], pred: list[str]) -> None:
    before = counts("whole tuple", gold, pred)
    after = counts("whole tuple", gold, [*pred, "melanoma > miR-9 > - > -"])
    assert (after.tp, after.fp, after.fn) == (before.tp, before.fp + 1, before.fn)
    assert (after.precision or 0) <= (before.precision or 0)


@given(NAMES, LISTS, LISTS)
def test_every_gold_item_is_found_or_missed(name: str, gold: list[str], pred: list[str]) -> None:
    made = outcome(name, gold, pred)
    required = requirements(BY_NAME[name], [entry(text) for text in gold]).required
    assert made.counts.tp + made.counts.fn == len(required)


@settings(max_examples=50)
@given(NAMES, LISTS, LISTS, LISTS)
def test_a_second_pass_only_forgives(name: str, gold: list[str], gold2: list[str], pred: list[str]) -> None:
    one, both = counts(name, gold, pred), counts(name, gold, pred, gold2)
    assert both.fp <= one.fp
    assert both.fn <= one.fn
