"""The lexicon file: what is written is read, and equal content gives equal bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.lexicons.table import ConceptRow, Entry, Table, compress, render

CONCEPTS = [
    ConceptRow("hgnc:2", "BBB2", "human", ("mgi:20", "rgd:21")),
    ConceptRow("hgnc:1", "AAA1", "human"),
]
ENTRIES = [
    Entry("BBB2", "hgnc:2", "s"),
    Entry("AAA1", "hgnc:1", "s"),
    Entry("beta thing", "hgnc:2", "n"),
    Entry("A-1", "hgnc:1", "a"),
    Entry("A-1", "hgnc:2", "p"),
    Entry("AAA1", "hgnc:1", "a"),
]


def table() -> Table:
    return Table.parse(render("toy", CONCEPTS, ENTRIES), "toy")


def test_every_name_is_found_again_with_its_concept() -> None:
    (term,) = table().lookup_folded("betathing")
    assert (term.text, term.curie, term.name, term.status, term.species, term.source) == (
        "beta thing",
        "hgnc:2",
        "BBB2",
        "name",
        "human",
        "hgnc",
    )


def test_several_owners_stay_visible_best_status_first() -> None:
    assert [(t.curie, t.status) for t in table().lookup_folded("a1")] == [
        ("hgnc:1", "alias"),
        ("hgnc:2", "previous"),
    ]


def test_a_symbol_listed_as_alias_too_is_one_symbol() -> None:
    assert [t.status for t in table().lookup_folded("aaa1")] == ["symbol"]


def test_unknown_key_and_unknown_concept() -> None:
    assert table().lookup_folded("nothing") == ()
    assert table().concept("hgnc:9") is None
    assert table().concept("hgnc:2") == CONCEPTS[0]
    assert len(table()) == 4


def test_order_of_input_does_not_change_a_byte() -> None:
    first = compress(render("toy", CONCEPTS, ENTRIES))
    second = compress(render("toy", CONCEPTS[::-1], ENTRIES[::-1]))
    assert first == second
    assert first[4:8] == b"\0\0\0\0"  # the gzip header's time


def test_a_curie_with_two_names_is_refused() -> None:
    with pytest.raises(ValueError, match="two concept rows"):
        render("toy", [*CONCEPTS, ConceptRow("hgnc:1", "other")], [])


def test_a_foreign_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv.gz"
    path.write_bytes(compress("hello\n"))
    with pytest.raises(ValueError, match=r"x\.tsv\.gz: not a lexicon"):
        Table.read(path)
