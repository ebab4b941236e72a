"""The parts of a page by themselves: marking, ranking, kappa, rows of a table, and the doctests."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.curation.demo import fill_demo
from extractor.curation.proposals import propose
from extractor.curation.queue import Queue
from extractor.curation.ranking import Ranker, features_of, learn
from extractor.curation.rows import Cell, Row
from extractor.curation.table_rows import read_rows_by_id
from extractor.curation.verdicts import agreement
from extractor.curation.web.marking import stretches
from extractor.resources import resource
from extractor.types import Document, Relation, Slot


def slot(text: str, start: int, end: int, *forms: str) -> dict[str, Any]:
    return {
        "text": text[start:end],
        "start": start,
        "end": end,
        "name": None,
        "curie": None,
        "forms": list(forms),
    }


def test_marking_by_hand() -> None:
    text = "ECs took miR-21 from MSCs; endothelial cells (ECs), not RECs."
    record = {
        "mirna": slot(text, 9, 15),
        "recipient": slot(text, 0, 3, "endothelial cells", "endothelial"),
        "donor": slot(text, 9, 20),
        "evidence": [{"start": 0, "end": 26}],
    }
    found = [(s.text, s.roles, s.evidence, s.main) for s in stretches(text, record)]
    assert found == [
        ("ECs", ("recipient",), True, True),
        (" took ", (), True, False),
        ("miR-21", ("donor", "mirna"), True, True),
        (" from", ("donor",), True, True),
        (" MSCs;", (), True, False),
        (" ", (), False, False),
        ("endothelial cells", ("recipient",), False, False),
        (" (", (), False, False),
        ("ECs", ("recipient",), False, False),
        ("), not RECs.", (), False, False),
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50)), min_size=3, max_size=3),
    st.lists(st.text(max_size=4), max_size=3),
)
def test_marking_never_loses_or_changes_text(
    text: str, spans: list[tuple[int, int]], forms: list[str]
) -> None:
    (a, b), (c, d), (e, f) = spans
    record = {
        "mirna": {**slot(text, 0, 0, *forms), "text": text[:3], "start": a, "end": b},
        "target": {**slot(text, 0, 0), "text": text[3:9], "start": c, "end": d},
        "evidence": [{"start": e, "end": f}],
    }
    found = stretches(text, record)
    assert "".join(s.text for s in found) == text
    assert all(text[s.start : s.start + len(s.text)] == s.text for s in found)


def test_features_of_a_record(made: Any) -> None:
    text = "Macrophages shed exosomes with miR-1. In endothelial cells PTEN."
    assert features_of(made.record("1", text, "miR-1", 1.0)) == (
        "confidence:9",
        "donor:macrophages",
        "mirna:mir-1",
        "recipient:CL:0000115",
        "rule:rule.a",
    )


def test_lessons_by_hand() -> None:
    """Of 6 decisions 3 accept; a: 3 of 3, (3 + 4/2) / 7 = 5/7; b: 0 of 3, 2/7; c: 1 of 2, 3/6."""
    judged = [(("a", "c"), True), (("a",), True), (("a",), True), (("b", "c"), False), (("b",), False)]
    lesson = learn([*judged, (("b",), False)])
    assert lesson.worth == pytest.approx({"a": 3 / 14, "b": -3 / 14, "c": 0.0})
    assert lesson.gain(("a", "unheard")) == pytest.approx(3 / 28)
    assert lesson.gain(()) == 0.0
    assert learn([]).gain(("a",)) == 0.0


def test_ranks_change_only_where_something_was_learnt(queue: Queue) -> None:
    ranker = Ranker()
    assert ranker.rerank(queue) == 0
    first, second = queue.proposals()[:2]
    queue.decide(first.proposal_id, "ada", "accept")
    assert ranker.rerank(queue) == 0  # one verdict: nothing is better than the rest
    queue.decide(second.proposal_id, "ada", "skip")
    assert ranker.rerank(queue) == 0
    queue.undo("ada")
    queue.decide(second.proposal_id, "ada", "reject", reason="other")
    before = [p.proposal_id for p in queue.proposals()]
    assert ranker.rerank(queue) == 0  # both share all features but their own miRNAs
    assert [p.proposal_id for p in queue.proposals()] == before


def test_a_blind_queue_keeps_its_order(queue: Queue, made: Any) -> None:
    text = "Macrophages shed exosomes with let-7. In endothelial cells PTEN."
    for number, rule in enumerate(("good", "good", "bad", "bad")):
        record = made.record(f"b{number}", text, "let-7", 0.9)
        record["evidence"][0]["rules"] = [rule]
        queue.add([propose(record)], [Document(f"b{number}", text)])
    keys = {p.doc_id: p.proposal_id for p in queue.proposals()}
    queue.decide(keys["b0"], "ada", "accept")
    queue.decide(keys["b2"], "ada", "reject", reason="other")
    queue.set_blind(True)
    assert Ranker().rerank(queue) == 0
    queue.set_blind(False)
    assert Ranker().rerank(queue) == 2
    scores = {p.doc_id: p.score for p in queue.proposals()}
    assert scores["b1"] > 0.9 > scores["b3"]


def test_kappa_has_no_value_where_chance_leaves_no_room() -> None:
    assert agreement([("accept", "accept")] * 5).kappa is None
    assert agreement([("accept", "reject")] * 5).kappa == 0.0
    assert agreement([("accept", "reject"), ("reject", "accept")]).kappa == -1.0
    assert agreement([("accept", "accept"), ("reject", "reject")]).kappa == 1.0


def test_rows_of_both_kinds_of_table(tmp_path: Path) -> None:
    printed = read_rows_by_id(resource("gold", "table1.tsv"))
    assert list(printed) == [str(n) for n in range(1, 21)]
    assert (printed["4"][0]["mirna"], printed["4"][0]["target"]) == ("miR-105", "ZO-1")
    general = tmp_path / "t.tsv"
    general.write_text("id\tdonor\tmirna\nr1\ta\\tb\tmiR-1\nr1\tc:\\x\tmiR-2\n")
    rows = read_rows_by_id(general)["r1"]
    assert [(row["donor"], row["mirna"], row["target"]) for row in rows] == [
        ("a\tb", "miR-1", ""),
        ("c:\\x", "miR-2", ""),
    ]


@pytest.mark.parametrize(
    ("content", "told"), [(b"donor\tmirna\n", "no column id"), (b"id\tdonor\n\xff\n", "not UTF-8")]
)
def test_a_table_that_is_none(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "t.tsv").write_bytes(content)
    with pytest.raises(ValueError, match=rf"t\.tsv.*{told}"):
        read_rows_by_id(tmp_path / "t.tsv")


DOCUMENTED = (
    "overview",
    "proposals",
    "queue_rows",
    "verdicts",
    "ranking",
    "web.marking",
    "web.security",
    "web.site",
)


@pytest.mark.parametrize("name", DOCUMENTED)
def test_examples_in_docstrings(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"extractor.curation.{name}"))
    assert found.attempted > 0
    assert found.failed == 0


def stated(doc_id: str, mirna: str, *others: str) -> tuple[Document, tuple[Relation, ...]]:
    """A paper that states one relation: miRNA, donor, recipient, target."""
    names = (mirna, *others)
    text = " ".join(names)
    slots = [Slot(name, text.index(name), text.index(name) + len(name)) for name in names]
    return Document(doc_id, text), (Relation(doc_id, *slots, effect="decreases"),)


def test_the_demo_proposes_as_an_update_does(tmp_path: Path) -> None:
    donor, recipient = "fibroblast", "macrophage"
    cells = {"donor": Cell(donor), "recipient": Cell(recipient), "target": Cell("PTEN")}
    row = Row("1", mirna=Cell("miR-21"), effect="decreases", pmid="100", **cells)
    found = [
        stated("100", "miR-21", donor, recipient, "PTEN"),  # the row's own paper
        stated("200", "miR-21", donor, recipient, "PTEN"),
        stated("300", "miR-21", donor, recipient, "KLF4"),
        stated("400", "miR-7", donor, recipient, "PTEN"),
        stated("500", "miR-7"),  # nothing but the miRNA
    ]
    with Queue(tmp_path / "q") as queue:
        assert fill_demo(queue, found, [row], {"evmir": "1"}) == 3
        asked = {p.doc_id: (p.status, p.rows, p.record["made_by"]) for p in queue.proposals()}
    made_by = {"evmir": "1"}
    assert asked == {
        "200": ("new evidence", ("1",), made_by),
        "300": ("conflict", ("1",), made_by),
        "400": ("new row", (), made_by),
    }
