"""The table for people."""

from __future__ import annotations

import io

from rich.console import Console

from extractor.types import Cue, Document, Evidence, Mention, Relation, RelationContext, Slot
from extractor.writers.terminal import printable, show_annotations, show_relations

SENTENCE = "TAMs hand miR-21 and miR-22 to T cells."
EVIDENCE = (Evidence(100, 100 + len(SENTENCE), SENTENCE),)


def relation(name: str, start: int, **values: object) -> Relation:
    return Relation("77", Slot(name, start, start + 6), evidence=EVIDENCE, **values)  # type: ignore[arg-type]


def drawn(*relations: Relation, width: int = 90) -> list[str]:
    stream = io.StringIO()
    assert show_relations(relations, Console(file=stream, width=width, highlight=False)) == len(relations)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def test_relations_of_one_sentence_share_it() -> None:
    donor, recipient = Slot("TAMs", 100, 104), Slot("T cells", 131, 138)
    pten = Slot("PTEN", 0, 4)
    lines = drawn(
        relation(
            "miR-21", 110, donor=donor, recipient=recipient, target=pten, effect="decreases", confidence=0.9
        ),
        relation("miR-22", 121, donor=donor, recipient=recipient, negated=True, confidence=0.25),
    )
    assert lines == [
        "miRNA     donor  recipient  target  phenotype  confidence",
        "miR-21    TAMs   T cells    PTEN ↓  –          0.90",
        "✗ miR-22  TAMs   T cells    –       –          0.25",
        f"  PMID 77: {SENTENCE}",
        "",
        "↓ lowered by the miRNA; ✗ denied by the text",
    ]


def test_flags_stand_beside_the_source() -> None:
    lines = drawn(relation("miR-21", 110, flags=("retracted", "preprint")))
    assert lines[2] == f"  PMID 77 [retracted] [preprint]: {SENTENCE}"


def test_the_context_stands_below_the_evidence() -> None:
    def cue(name: str) -> Cue:
        return Cue(name, "x", 100, 101, 100, 110, "r")

    told = RelationContext(
        "promotes",
        donor_condition=(cue("hypoxia"),),
        species=(cue("human"), cue("mouse")),
        evidence_kind=(cue("reporter"), cue("in-vivo")),
        engineered=(cue("loaded vesicles"),),
    )
    other = RelationContext("unclear", species=(cue("mouse"),), sorting_protein=(cue("YBX1"),))
    lines = drawn(
        relation("miR-21", 110, phenotype=Slot("growth", 0, 6), context=told),
        relation("miR-22", 121, phenotype=Slot("growth", 0, 6), context=other),
    )
    assert lines[1:3] == [
        "miR-21  –      –          –       growth ↑   0.50",
        "miR-22  –      –          –       growth     0.50",
    ]
    assert lines[3:5] == [
        f"  PMID 77: {SENTENCE}",
        "  human, mouse · donor: hypoxia · reporter, in-vivo · sorted by YBX1 · engineered",
    ]


def test_nothing_found_prints_nothing() -> None:
    assert drawn() == []


def test_a_narrow_terminal_folds_and_cuts_nothing() -> None:
    phrase = "angiogenesis-and-invasion-of-everything"
    lines = drawn(relation("miR-21", 110, phenotype=Slot(phrase, 0, len(phrase))), width=60)
    assert max(map(len, lines)) <= 60
    column = lines[0].index("phenotype")
    pieces = "".join(line[column : column + 18].split("  ")[0].strip() for line in lines[1:4])
    assert pieces.startswith("angiogenesis-and")
    assert "…" not in "".join(lines)


def test_printable_keeps_the_length_and_disarms() -> None:
    assert printable("a\x1b[31m\tb\u202e\n") == "a\ufffd[31m b\ufffd "
    assert printable("a\nb", keep="\n") == "a\nb"


def test_annotated_text_is_shown_whole() -> None:
    stream = io.StringIO()
    mention = Mention("MIRNA", 10, 16, "miR-21")
    count = show_annotations([(Document("7", SENTENCE), (mention,))], Console(file=stream, width=90))
    assert count == 1
    assert stream.getvalue().split("\n") == ["7", SENTENCE, "", "MIRNA", ""]
