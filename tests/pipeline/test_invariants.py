"""What holds for the relations of any text: offsets, evidence, the contract, the same bytes twice."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractor.pipeline import Extractor
from extractor.relations.frames import load_frames
from extractor.relations.pair_features import load_cues
from extractor.relations.pair_verdicts import load_verdicts
from extractor.relations.regulation import PATH
from extractor.relations.role_net import ROLES
from extractor.relations.surface import load_rules
from extractor.resources import resource
from extractor.types import Document, Relation, Slot, relation_id

TOPICS = frozenset({"topic.sentence", "topic.set"})
"""What read_topic names as rules of its own."""
NETWORK = frozenset(f"net.{role}" for role in ROLES)
"""What stands where no rule spoke and the network of roles proposed."""
KNOWN = (
    TOPICS
    | NETWORK
    | {PATH}
    | {
        r.id
        for r in (*load_rules(), *load_rules("facts.yaml"), *load_frames(), *load_cues(), *load_verdicts())
    }
)
PRINTED_MIRNA = re.compile(r"mi|let|lin|bantam", re.I)
Read = list[tuple[Document, tuple[Relation, ...]]]


def documents(path: Path, count: int, keep: Any = lambda pmid: True) -> list[Document]:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    chosen = [r for r in records if keep(r["pmid"])][:count]
    return [Document(r["pmid"], f"{r['title']}\n{r['abstract']}") for r in chosen]


def is_held_back(pmid: str) -> bool:
    return int(hashlib.sha256(pmid.encode()).hexdigest(), 16) % 3 == 0


def lines(relations: Iterable[Relation]) -> str:
    return "\n".join(json.dumps(r.to_record(), ensure_ascii=False) for r in relations)


def slots(relation: Relation) -> list[Slot]:
    named = (relation.donor, relation.mirna, relation.recipient, relation.target, relation.phenotype)
    return [s for s in (*named, relation.vesicle) if s is not None]


@pytest.fixture(scope="session")
def demo(extractor: Extractor) -> Read:
    return [(d, extractor.extract(d)) for d in documents(resource("corpus", "demo", "abstracts.jsonl"), 99)]


@pytest.fixture(scope="session")
def real(extractor: Extractor, shared: Path) -> Read:
    data = shared / "data"
    chosen = documents(data / "dev.jsonl", 25, lambda pmid: not is_held_back(pmid))
    chosen += documents(data / "unlabelled.jsonl", 25)
    return [(d, extractor.extract(d, include_regulation=True)) for d in chosen]


@pytest.fixture(params=["demo", "real"])
def read(request: pytest.FixtureRequest) -> Read:
    found: Read = request.getfixturevalue(request.param)
    assert sum(len(relations) for _, relations in found) > 20
    return found


def test_slots_lie_where_they_say(read: Read) -> None:
    for document, relations in read:
        for relation in relations:
            for slot in slots(relation):
                assert 0 <= slot.start < slot.end <= len(document.text)
                there = document.text[slot.start : slot.end]
                expanded = slot is relation.mirna and not PRINTED_MIRNA.search(there)
                assert slot.text == there or expanded, (slot, there)
                assert len(slot.forms) == len(set(slot.forms))


def test_other_names_are_other_names(demo: Read) -> None:
    assert not [s for _, rs in demo for r in rs for s in slots(r) if s.text in s.forms]


def test_evidence_is_the_sentence_with_its_rules(read: Read) -> None:
    for document, relations in read:
        for relation in relations:
            assert relation.evidence
            for evidence in relation.evidence:
                assert evidence.text == document.text[evidence.start : evidence.end]
                assert evidence.text == evidence.text.strip() != ""
                assert evidence.rules and set(evidence.rules) <= KNOWN
                assert len(evidence.rules) == len(set(evidence.rules))
            assert all(a.end <= b.start for a, b in pairwise(relation.evidence))


def test_only_a_target_has_an_effect(read: Read) -> None:
    for _, relations in read:
        for relation in relations:
            assert (relation.effect is None) == (relation.target is None)
            if relation.kind == "regulation":
                assert relation.target and not (relation.donor or relation.recipient or relation.vesicle)
            else:
                assert relation.donor or relation.recipient or relation.vesicle


def test_records_keep_the_contract(read: Read, shared: Path) -> None:
    schema = json.loads((shared / "contract" / "relation.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for document, relations in read:
        for relation in relations:
            record = json.loads(json.dumps(relation.to_record()))
            assert not list(validator.iter_errors(record))
            assert record["doc_id"] == document.doc_id


def test_each_statement_has_one_id_that_its_content_gives(read: Read) -> None:
    for _, relations in read:
        records = [relation.to_record() for relation in relations]
        ids = [record["relation_id"] for record in records]
        assert len(ids) == len(set(ids))
        assert ids == [relation_id({**record, "confidence": 0.123}) for record in records]


def test_no_tuple_is_told_twice(read: Read) -> None:
    for document, relations in read:
        tuples = [
            (r.kind, *(s and (s.start, s.end, s.text) for s in (r.donor, r.mirna, r.recipient, r.target)))
            for r in relations
        ]
        assert len(tuples) == len(set(tuples)), document.doc_id


def test_the_same_input_gives_the_same_bytes(demo: Read, extractor: Extractor) -> None:
    for document, relations in reversed(
        demo
    ):  # in another order, so that no document leans on the one before
        assert lines(extractor.extract(document)) == lines(relations)


def test_regulation_comes_on_top_of_transfer(demo: Read, extractor: Extractor) -> None:
    for document, relations in demo[:10]:
        both = extractor.extract(document, include_regulation=True)
        assert [r for r in both if r.kind == "transfer"] == list(relations)


def test_what_is_told_of_a_text_does_not_hang_on_what_stands_before_it(
    demo: Read, extractor: Extractor
) -> None:
    """Blank lines before a text move every offset by as much, and nothing else."""
    for document, relations in demo[:10]:
        moved = extractor.extract(Document(document.doc_id, "\n\n" + document.text))
        assert [s.start - 2 for r in moved for s in slots(r)] == [
            s.start for r in relations for s in slots(r)
        ]
        assert [s.text for r in moved for s in slots(r)] == [s.text for r in relations for s in slots(r)]


def test_texts_without_transfer_stay_empty(extractor: Extractor, shared: Path) -> None:
    """At most two false relations in a thousand texts; of these 200, none."""
    chosen = documents(shared / "data" / "negatives_mirna.jsonl", 200)
    found = [(d.doc_id, len(r)) for d in chosen if (r := extractor.extract(d))]
    assert found == []


WORDS = [
    "exosomes",
    "EVs",
    "miR-21",
    "-29a/b",
    "let-7",
    "T cells",
    "CAFs",
    "PTEN",
    "NF-κB",
    "carry",
    "to",
    "of",
]
PHRASES = [
    "from",
    "by targeting",
    "derived",
    "These miRNAs",
    "This miRNA",
    "serum",
    "circRNA",
    "sponges",
    "3'UTR of",
]
MARKS = [
    "(",
    ")",
    "[",
    "]",
    "<",
    ">",
    "<M0>",
    "/",
    ",",
    ";",
    ".",
    "\n",
    "not",
    "They",
    "It",
    "et al.",
    "\u00a0",
    "–",
]
PIECES = st.sampled_from([*WORDS, *PHRASES, *MARKS])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=12).map("".join)))
@example("exosomes miR-21 <M9> <V7>")
@example("Exosomes of T cells carry miR-21/-29a/b to CAFs/PTEN/2/3.")
@example("miR-21 (miR-21) (miR-21) in exosomes (exosomes) of T cells (T cells).")
def test_words_in_any_order_are_read(extractor: Extractor, text: str) -> None:
    document = Document("d", text)
    for relation in extractor.extract(document, include_regulation=True):
        assert all(s.text == text[s.start : s.end] or s is relation.mirna for s in slots(relation))
        assert all(e.text == text[e.start : e.end] for e in relation.evidence)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=60))
def test_any_characters_are_read(extractor: Extractor, noise: str) -> None:
    text = f"Exosomes carry miR-21 {noise} to T cells {noise}"
    extractor.extract(Document("d", text))
    assert all(text[m.start : m.end] == m.text for m in extractor.annotate(Document("d", text)))


LONG = {
    "vesicles": "exosomes ",
    "less than": "<",
    "miRNAs": "miR-21, ",
    "brackets": "(",
    "donors": "exosomes of CAFs ",
    "genes": "PTEN/",
    "capitals": "AB ",
    "dots": "e.g. ",
    "derived": "lung cancer-derived ",
}


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG.keys())
def test_a_sentence_without_end_is_read_in_time(piece: str, extractor: Extractor) -> None:
    """No rule looks back and forth: 200 repeats take seconds at most, of this process alone."""
    text = f"Exosomes {piece * 200} carry miR-21 to hepatocytes."
    start = time.process_time()
    extractor.extract(Document("d", text))
    assert time.process_time() - start < 3
