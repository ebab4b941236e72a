"""The wide table: what may share a row, and what may not."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from extractor.types import Relation, Slot
from extractor.writers import pages
from extractor.writers.wide import WideRow, wide_rows

ROLES = ("donor", "recipient", "mirna", "target", "phenotype")


def says(statement: str, doc_id: str = "1", **more: Any) -> Relation:
    """``"MSC EC miR-1 PTEN growth"`` as a relation; ``-`` is an open slot."""
    names = dict(zip(ROLES, statement.split(), strict=True))
    slots = {role: Slot(name, 0, len(name)) for role, name in names.items() if name != "-"}
    return Relation(doc_id, **slots, **more)  # type: ignore[arg-type]


def shown(*relations: Relation) -> list[str]:
    return [" | ".join(row.cells()[:6]) for row in wide_rows(relations)]


def test_what_a_paper_says_of_the_same_cells_is_one_row() -> None:
    assert shown(
        says("MSC EC miR-21 PTEN growth"),
        says("MSC EC miR-21 TLR4 growth"),
        says("MSC EC miR-29a PTEN growth"),
        says("MSC EC miR-29a TLR4 growth"),
    ) == ["growth | MSC | EC | miR-21 and miR-29a | PTEN and TLR4 | 1"]


def test_no_pair_is_made_up() -> None:
    assert shown(says("MSC EC miR-21 PTEN -"), says("MSC EC miR-29a TLR4 -")) == [
        "– | MSC | EC | miR-21 | PTEN | 1",
        "– | MSC | EC | miR-29a | TLR4 | 1",
    ]
    assert shown(says("- - miR-21 PTEN growth"), says("- - miR-21 TLR4 death")) == [
        "growth | – | – | miR-21 | PTEN | 1",
        "death | – | – | miR-21 | TLR4 | 1",
    ]


def test_other_cells_and_other_papers_are_other_rows() -> None:
    found = shown(says("MSC EC miR-1 - -"), says("TAM EC miR-1 - -"), says("MSC EC miR-1 - -", doc_id="2"))
    assert [row.split(" | ")[1::4] for row in found] == [["MSC", "1"], ["TAM", "1"], ["MSC", "2"]]


def test_less_than_another_row_says_is_no_row() -> None:
    assert shown(says("- EC miR-1 - -"), says("MSC EC miR-1 PTEN -"), says("MSC - miR-1 - growth")) == [
        "– | MSC | EC | miR-1 | PTEN | 1",
        "growth | MSC | – | miR-1 | – | 1",
    ]


def test_what_is_denied_or_without_vesicle_or_retracted_is_noted_and_apart() -> None:
    rows = list(
        wide_rows(
            [
                says("MSC EC miR-1 - -", confidence=0.2),
                says("MSC EC miR-1 - -", confidence=0.9),
                says("MSC EC miR-1 - -", negated=True),
                says("- - miR-1 PTEN -", kind="regulation", flags=("retracted",)),
            ]
        )
    )
    assert [row.notes for row in rows] == [(), ("denied by the text",), ("no vesicle stated", "retracted")]
    assert rows[0].confidence == 0.9


def test_one_identifier_is_one_thing() -> None:
    first = Relation("1", Slot("miR-21", 0, 6, "hsa-miR-21", "mirbase:1"), target=Slot("ZO-1", 0, 4, "TJP1"))
    again = Relation("1", Slot("microRNA-21", 9, 20, None, "mirbase:1"), target=Slot("tjp1", 0, 4))
    assert shown(first, again) == ["– | – | – | miR-21 | ZO-1 | 1"]


def expanded(row: WideRow) -> set[tuple[str, ...]]:
    return set(
        product([row.donor], [row.recipient], row.mirnas, row.targets or ("",), row.phenotypes or ("",))
    )


def statement(relation: Relation) -> tuple[str, ...]:
    slots = [getattr(relation, role) for role in ROLES]
    return tuple(slot.text if slot else "" for slot in slots)


STATEMENTS = st.tuples(*[st.sampled_from("-AB")] * 2, st.sampled_from("XYZ"), *[st.sampled_from("-AB")] * 2)


@given(st.lists(STATEMENTS.map(lambda names: says(" ".join(names))), max_size=8))
def test_rows_say_what_the_relations_say(found: list[Relation]) -> None:
    said = {statement(relation) for relation in found}
    rows = [one for row in wide_rows(found) for one in expanded(row)]
    assert len(rows) == len(set(rows))
    assert set(rows) <= said
    for left in said - set(rows):
        assert any(all(b in ("", a) for a, b in zip(row, left, strict=True)) for row in rows)


def test_markdown_is_a_table_of_plain_text(relation: Callable[..., Relation]) -> None:
    odd = relation(donor=Slot("a|b <b>*x*</b>\n[l](http://x)", 0, 5), recipient=None)
    text = b"".join(pages.markdown([odd])).decode("utf-8")
    page = html.fromstring(MarkdownIt("commonmark").enable("table").render(text))
    assert [cell.text_content() for cell in page.xpath("//tbody/tr/td")] == [
        *("–", "a|b <b>*x*</b> [l](http://x)", "–", "miR-21-5p", "PTEN", "123", "0.75", "")
    ]
    assert page.xpath("//a/@href") == ["https://pubmed.ncbi.nlm.nih.gov/123/"]
    assert page.xpath("//b | //em") == []


def test_html_is_escaped(relation: Callable[..., Relation]) -> None:
    odd = relation(donor=Slot('<script>alert("1")</script>', 0, 5), doc_id="x&y")
    text = b"".join(pages.page([odd, relation()])).decode("utf-8")
    page = html.fromstring(text)
    rows = [[cell.text_content() for cell in row] for row in page.xpath("//tbody/tr")]
    assert rows[0][1:6:4] == ['<script>alert("1")</script>', "x&y"]
    assert page.xpath("//script") == []
    assert page.xpath("//a/@href") == ["https://pubmed.ncbi.nlm.nih.gov/123/"]
    assert not re.search(r"(src|href)=\"(?!https://pubmed)", text)
