"""The review's view: one line a finding, and nothing lost on the way there and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from table_helpers import row

from extractor.curation.grouping import findings, ungrouped
from extractor.curation.rows import Row

MIRNAS, TARGETS, EFFECTS = ("miR-1", "miR-2", "miR-3"), ("A", "B", "–"), ("decreases", "binds")
atoms = st.lists(
    st.tuples(
        st.sampled_from(("CAF", "EC")),
        st.sampled_from(MIRNAS),
        st.sampled_from(TARGETS),
        st.sampled_from(EFFECTS),
    ),
    max_size=12,
)


def made(drawn: list[tuple[str, str, str, str]]) -> list[Row]:
    return [
        row(str(n), f"{donor} | {mirna} | – | {target}", effect)
        for n, (donor, mirna, target, effect) in enumerate(drawn)
    ]


@given(atoms)
def test_nothing_is_lost_or_doubled(drawn: list[tuple[str, str, str, str]]) -> None:
    rows = made(drawn)
    grouped = findings(rows)
    assert sorted(ungrouped(grouped), key=lambda r: int(r.id)) == rows


@given(atoms)
def test_a_line_lists_exactly_what_its_rows_state(drawn: list[tuple[str, str, str, str]]) -> None:
    for finding in findings(made(drawn)):
        assert len(finding.rows) == len(finding.mirnas) * max(1, len(finding.targets))


def test_two_mirnas_on_the_same_targets_share_a_line_a_third_does_not() -> None:
    rows = [
        row("1.1", "CAF | miR-1 | EC | A", "decreases"),
        row("1.2", "CAF | miR-1 | EC | B", "decreases"),
        row("1.3", "CAF | miR-2 | EC | A", "decreases"),
        row("1.4", "CAF | miR-2 | EC | B", "decreases"),
        row("1.5", "CAF | miR-3 | EC | A", "decreases"),
        row("2", "CAF | miR-1 | TAM | A", "decreases"),
    ]
    first, second, third = findings(rows)
    assert [m.text for m in first.mirnas] == ["miR-1", "miR-2"]
    assert [(t.text, effect) for t, effect in first.targets] == [("A", "decreases"), ("B", "decreases")]
    assert (first.label, second.label, third.label) == ("1", "1.5", "2")


def test_the_same_row_twice_is_two_lines() -> None:
    assert [
        f.ids for f in findings([row("a", "CAF | miR-1 | EC | A"), row("b", "CAF | miR-1 | EC | A")])
    ] == [
        ("a",),
        ("b",),
    ]
