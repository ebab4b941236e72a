"""What a writer writes, the matching reader reads back equal, whatever the text."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.types import Evidence, Relation, Slot
from extractor.writers import READERS, RELATION_WRITERS, read_records
from extractor.writers.relations import relation_of, unknown_keys
from extractor.writers.values import Record

Relations = st.SearchStrategy[list[Relation]]
Written = Callable[[str, list[Relation]], Path]
EXACT = [".jsonl", ".tsv", ".csv", ".parquet", ".xlsx", ".bioc.xml", ".bioc.json"]


NO_SURROGATES = {".parquet"}


def same(suffix: str, read: list[Record], relations: list[Relation]) -> bool:
    expected = [relation.to_record() for relation in relations]
    if suffix in NO_SURROGATES:
        expected = json.loads(json.dumps(expected, ensure_ascii=False).replace("\udc80", "\ufffd"))
    return read == expected


def test_every_format_that_is_read_is_written() -> None:
    assert sorted(READERS) == sorted([*EXACT, ".brat.zip"])
    assert READERS.keys() <= RELATION_WRITERS.keys()


@pytest.mark.parametrize("suffix", EXACT)
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_any_relation_comes_back(
    suffix: str, data: st.DataObject, any_relations: Relations, written: Written
) -> None:
    relations = data.draw(any_relations)
    assert same(suffix, read_records(written(suffix, relations)), relations)


@pytest.mark.parametrize("suffix", [".bioc.xml", ".brat.zip"])
@given(data=st.data())
@settings(deadline=None, max_examples=50)
def test_relations_of_texts_come_back_where_offsets_tell_the_text(
    suffix: str, data: st.DataObject, text_relations: Relations, written: Written
) -> None:
    relations = data.draw(text_relations)
    assert same(suffix, read_records(written(suffix, relations)), relations)


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_a_lone_surrogate_comes_back_where_the_format_has_such(
    suffix: str, relation: Callable[..., Relation], written: Written
) -> None:
    half = "a\udc80"
    evidence = (Evidence(0, 2, half, (half,)),)
    made = relation(doc_id=half, donor=Slot(half, 0, 2, half, "x:\udc80", (half,)), evidence=evidence)
    (record,) = read_records(written(suffix, [made]))
    assert record["donor"]["text"] == ("a\ufffd" if suffix in NO_SURROGATES else half)
    assert same(suffix, [record], [made])


@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_a_record_is_a_relation_again(data: st.DataObject, any_relations: Relations) -> None:
    for relation in data.draw(any_relations):
        record = relation.to_record()
        assert relation_of(record) == replace(relation, confidence=record["confidence"])
        assert unknown_keys({**record, "curator": "x"}) == {"curator"}


@pytest.mark.parametrize("suffix", sorted(RELATION_WRITERS))
def test_the_same_relations_give_the_same_bytes(
    suffix: str, relation: Callable[..., Relation], written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [relation(), relation(negated=True), relation(doc_id="7", flags=("retracted",))]
    first = written(suffix, made).read_bytes()
    monkeypatch.setattr(time, "time", lambda: 1e9)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(1e9))
    assert written(suffix, made).read_bytes() == first != b""


@pytest.mark.parametrize("suffix", sorted(RELATION_WRITERS))
def test_no_relations_make_a_file_all_the_same(suffix: str, written: Written) -> None:
    path = written(suffix, [])
    assert path.exists()
    assert suffix not in READERS or read_records(path) == []


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_real_relations_come_back(suffix: str, shared: Path, written: Written) -> None:
    """Names and places of the development abstracts' gold, in our own sentences."""
    lines = (shared / "data" / "dev.ann.jsonl").read_text(encoding="utf-8").splitlines()
    tuples = [(doc["pmid"], item) for doc in map(json.loads, lines) for item in doc["tuples"]]
    relations = [made_of(str(pmid), item) for pmid, item in tuples]
    assert len(relations) == 184
    assert same(suffix, read_records(written(suffix, relations)), relations)


def made_of(pmid: str, item: dict[str, Any]) -> Relation:
    names = {role: item[role][0] for role in ("donor", "mirna", "recipient", "target") if item[role]}
    sentence = " ".join(f"{role} {name}" for role, name in names.items())
    places = {role: sentence.index(f"{role} {name}") + len(role) + 1 for role, name in names.items()}
    slots = {role: Slot(name, places[role], places[role] + len(name)) for role, name in names.items()}
    return Relation(pmid, **slots, evidence=(Evidence(0, len(sentence), sentence, ("made",)),))
