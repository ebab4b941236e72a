"""Masked sentences: marks for names, and the mentions behind every mark."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.mentions import find_mentions
from extractor.relations.masking import MARK, MaskedSentence, mask
from extractor.relations.surface import read_surface


def masked(text: str) -> MaskedSentence:
    return mask(text, 0, len(text), find_mentions(text))


def test_names_become_marks_in_order() -> None:
    sentence = masked("CAF-derived exosomal miR-21 hit PTEN in T cells.")
    assert sentence.text == "<C0>-derived <X1> <M2> hit <G3> in <C4>."
    assert [m.text for m in sentence.members("<G3> and <C4>")] == ["PTEN", "T cells"]


def test_angle_brackets_of_the_text_are_no_marks() -> None:
    sentence = masked("Where p<0.05, <M7> and <C0> are printed as such, miR-21 rose.")
    assert MARK.findall(sentence.text) == [("M", "0")]


def test_mentions_outside_the_sentence_stay_out() -> None:
    text = "miR-21 rose. miR-22 fell."
    sentence = mask(text, 13, len(text), find_mentions(text)[1:])
    assert sentence.text == "<M0> fell."
    assert sentence.members("<M0>")[0].start == 13


def test_a_merged_mark_stands_for_each_member_once() -> None:
    sentence = masked("miR-21 and miR-22 rose.")
    mark = sentence.merge("M", sentence.members("<M0><M1><M0>"))
    assert [m.text for m in sentence.members(mark)] == ["miR-21", "miR-22"]
    assert sentence.has("GM") and not sentence.has("GV")


WORDS = st.sampled_from(
    [
        "exosomes",
        "miR-21",
        "T cells",
        "PTEN",
        "serum",
        "and",
        "of",
        "from",
        "derived",
        "(",
        ")",
        "<",
        ">",
        "<M9>",
        ",",
        "/",
    ]
)


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_every_mark_has_members_before_and_after_the_rules(text: str) -> None:
    sentence = masked(text)
    assert all(sentence.members(m.group()) for m in MARK.finditer(sentence.text))
    names = {m for g in sentence.groups for m in g}
    facts = read_surface(sentence)
    assert all(sentence.members(m.group()) for m in MARK.finditer(sentence.text))
    assert all(set(f.left) | set(f.right) <= names for f in facts)
