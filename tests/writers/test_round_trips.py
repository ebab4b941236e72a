"""What a writer writes, the matching reader reads back equal, whatever the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.types import Relation
from extractor.writers import READERS, RELATION_WRITERS, read_records

Relations = st.SearchStrategy[list[Relation]]
Written = Callable[[str, list[Relation]], Path]
EXACT = [".jsonl", ".tsv", ".csv", ".parquet", ".xlsx", ".bioc.xml", ".bioc.json"]


def records(relations: list[Relation]) -> list[dict[str, object]]:
    return [relation.to_record() for relation in relations]


def test_every_format_that_is_read_is_written() -> None:
    assert sorted(READERS) == sorted([*EXACT, ".brat.zip"])
    assert READERS.keys() <= RELATION_WRITERS.keys()


@pytest.mark.parametrize("suffix", EXACT)
@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_any_relation_comes_back(
    suffix: str, data: st.DataObject, any_relations: Relations, written: Written
) -> None:
    relations = data.draw(any_relations)
    assert read_records(written(suffix, relations)) == records(relations)


@pytest.mark.parametrize("suffix", sorted(READERS))
@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_relations_of_texts_come_back(
    suffix: str, data: st.DataObject, text_relations: Relations, written: Written
) -> None:
    relations = data.draw(text_relations)
    assert read_records(written(suffix, relations)) == records(relations)
