"""Against a curated table: right, incomplete, wrong, each counted by hand."""

from __future__ import annotations

from extractor.evaluation.records import Entry, SlotName
from extractor.evaluation.scores import Counts
from extractor.evaluation.table import against_table


def row(label: str, donor: str, mirna: str, recipient: str, target: str = "", *unstated: SlotName) -> Entry:
    return Entry(
        "",
        (mirna,),
        (donor,),
        (recipient,),
        (target,) if target else (),
        unstated=frozenset(unstated),
        label=label,
    )


def said(donor: str, mirna: str, recipient: str, target: str = "") -> Entry:
    slots = [(value,) if value else () for value in (mirna, donor, recipient, target)]
    return Entry("", *slots)


ROWS = [
    row("1", "HCC cell", "miR-1", "EC", "PTEN"),
    row("1", "HCC cell", "miR-1", "EC", "MYC"),
    row("2", "CAF", "miR-2", "T cell"),
    row("3", "CAF", "miR-3", "DC", "RFX", "target"),
]


def test_nothing_reported() -> None:
    made = against_table(ROWS, [])
    assert made.stated.counts == Counts(fn=3)
    assert made.rows.counts == Counts(fn=4)
    assert (made.agreeing.counts, made.complete.counts, made.judged) == (Counts(), Counts(), ())
    assert (made.missed, made.missed_unstated) == (tuple(ROWS[:3]), (ROWS[3],))


def test_all_kinds_of_verdict() -> None:
    made = against_table(
        ROWS,
        [
            said("HCC cells", "miR-1", "ECs", "PTEN"),
            said("HCC cells", "miR-1", "ECs"),
            said("CAFs", "miR-3", "DCs"),
            said("HCC cells", "miR-2", "T cells"),
            said("HCC cells", "miR-9", "ECs"),
        ],
    )
    assert [judged.verdict for judged in made.judged] == [
        "correct",
        "partial",
        "partial, rest not in text",
        "wrong",
        "wrong, miRNA not in table",
    ]
    assert [judged.differs for judged in made.judged] == [(), ("target",), ("target",), ("donor",), ()]
    assert made.agreeing.counts == Counts(tp=3, fp=2)
    assert made.complete.counts == Counts(tp=1, fp=4)
    assert made.stated.counts == Counts(tp=1, fn=2)
    assert made.rows.counts == Counts(tp=1, fn=3)


def test_a_slot_that_only_the_relation_fills_does_no_harm() -> None:
    made = against_table(ROWS, [said("CAFs", "miR-2", "T cells", "JUN")])
    assert [judged.verdict for judged in made.judged] == ["correct"]
    assert made.stated.counts == Counts(tp=1, fn=2)


def test_repetitions_are_judged_once() -> None:
    made = against_table(ROWS, [said("CAFs", "miR-2", "T cells")] * 3)
    assert made.agreeing.counts == Counts(tp=1)


def test_one_relation_finds_one_row() -> None:
    twice = [row("1", "CAF", "miR-2", "T cell"), row("2", "CAF", "miR-2", "T cell")]
    assert against_table(twice, [said("CAF", "miR-2", "T cell")]).rows.counts == Counts(tp=1, fn=1)


def test_what_the_text_names_besides_is_incomplete_not_wrong() -> None:
    macrophage = Entry(
        "",
        ("miR-1",),
        ("HCC cell",),
        ("macrophage",),
        unstated=frozenset({"recipient"}),
        beside=(("recipient", ("immune cells",)),),
    )
    made = against_table(
        [macrophage], [said("HCC cells", "miR-1", "immune cells"), said("HCC cells", "miR-1", "macrophages")]
    )
    assert [judged.verdict for judged in made.judged] == ["partial, rest not in text", "correct"]
    assert made.rows.counts == Counts(tp=1)
    assert made.stated.counts == Counts()
