"""Veiled texts: as long as the text, names covered, everything else as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractor.context.view import Span, View, expand, fields, veil
from extractor.types import Mention

LABELS = st.sampled_from(["MIRNA", "VESICLE", "CELL", "TISSUE", "GENE", "SORTER", "FLUID"])


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[Mention]]:
    text = draw(st.text(max_size=40))
    spans = draw(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8), LABELS), max_size=5))
    kept = sorted((a, min(a + n, len(text)), label) for a, n, label in spans if a < len(text))
    return text, [Mention(label, a, b, text[a:b]) for a, b, label in kept]


@given(texts())
def test_a_veil_keeps_every_offset(drawn: tuple[str, list[Mention]]) -> None:
    text, mentions = drawn
    view = View(text, [Span(0, len(text))], mentions)
    for letters in ("", "M", "CV", "MVCKS"):
        veiled = view.veiled(letters)
        assert len(veiled) == len(text)
        changed = {i for i, (a, b) in enumerate(zip(text, veiled, strict=True)) if a != b}
        covered = {i for m in view.mentions for i in range(m.start, m.end)}
        assert changed <= covered


def test_names_of_one_kind_are_veiled_alone() -> None:
    text = "EVs hold miR-21."
    view = View(
        text, [Span(0, len(text))], [Mention("VESICLE", 0, 3, "EVs"), Mention("MIRNA", 9, 15, "miR-21")]
    )
    assert view.veiled("M") == f"EVs hold {veil('M') * 6}."
    assert view.veiled("MV") == f"{veil('V') * 3} hold {veil('M') * 6}."


def test_a_field_stands_for_one_name() -> None:
    assert fields("{M} in {VM}, {2,3}") == "MV"
    assert expand("{MK}s{0,2}") == f"[{veil('MK')}]+s{{0,2}}"


def test_sentences_by_place() -> None:
    view = View("One. Two.", [Span(0, 4), Span(5, 9)], [])
    assert [view.sentence_at(i) for i in (0, 3, 4, 5, 8, 9)] == [0, 0, -1, 1, 1, -1]
