"""Relations in BioC: each sentence of the evidence a passage, each slot an annotation, roles as nodes.

What BioC has no place for is in infons, in the cells of the TSV (``docs/output.md``), so that nothing is
lost. A slot that lies in no sentence of the evidence gets a passage of its own, of the type ``mention``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Final

from extractor.types import Relation, Slot
from extractor.writers import tsv
from extractor.writers.bioc_format import Bioc, annotation, from_json, from_xml, passage, to_json, to_xml
from extractor.writers.roles import LABELS, PLAIN, filled
from extractor.writers.values import NOT_XML, Parsed, Record, xml_cell

Sentence = tuple[int, int, str]
"""Start, end, text."""
Mentioned = tuple[str, Slot]
"""Label, slot."""

INFONS: Final = {"name": "name", "curie": "identifier", "forms": "forms"}
"""What the details of a slot are called in the annotations' infons."""


def xml_collection(relations: Iterable[Relation]) -> Iterator[bytes]:
    """One collection; relations of a document that come one after another share it."""
    return to_xml(_documents(relations))


def json_collection(relations: Iterable[Relation]) -> Iterator[bytes]:
    """The same in JSON."""
    return to_json(_documents(relations))


def read_xml(path: Path) -> Parsed:
    """The relations of such a file. Raises RecordError, OSError."""
    return _parsed(from_xml(path))


def read_json(path: Path) -> Parsed:
    """The relations of such a file in JSON. Raises RecordError, OSError."""
    return _parsed(from_json(path))


def _documents(relations: Iterable[Relation]) -> Iterator[Bioc]:
    for doc_id, members in groupby(relations, key=lambda relation: relation.doc_id):
        yield _document(doc_id, list(members))


def _document(doc_id: str, relations: list[Relation]) -> Bioc:
    sentences = sorted({(e.start, e.end, e.text) for relation in relations for e in relation.evidence})
    slots = dict.fromkeys((LABELS[role], slot) for relation in relations for role, slot in filled(relation))
    stretches = [*sentences, *_outside(sentences, [slot for _, slot in slots])]
    passages = [_passage(number, one, number < len(sentences)) for number, one in enumerate(stretches)]
    for number, (label, slot) in enumerate(slots):
        held = next(n for n, one in enumerate(stretches) if _holds(one, slot) or one == _alone(slot))
        passages[held]["annotations"].append(_annotation(number, label, slot, stretches[held]))
    passages.sort(key=lambda one: int(one["offset"]))
    numbers = {mentioned: number for number, mentioned in enumerate(slots)}
    stated = [_relation(n, relation, sentences, numbers) for n, relation in enumerate(relations)]
    return {"id": doc_id, "passages": passages, "relations": stated}


def _outside(sentences: list[Sentence], slots: list[Slot]) -> list[Sentence]:
    """The stretches of text of slots that no sentence holds; a longer one holds those that lie in it."""
    stretches: list[Sentence] = []
    for slot in sorted(slots, key=lambda slot: slot.start - slot.end):
        if not any(_holds(one, slot) or one == _alone(slot) for one in (*sentences, *stretches)):
            stretches.append(_alone(slot))
    return stretches


def _alone(slot: Slot) -> Sentence:
    return slot.start, slot.start + len(slot.text), slot.text


def _passage(number: int, stretch: Sentence, evidence: bool) -> Bioc:
    start, end, text = stretch
    if not evidence:
        return passage(start, text, {"type": "mention"}, [])
    return passage(
        start,
        text,
        {"type": "evidence", "id": f"P{number}"} | _exact(text, text) | _end(start, end, text),
        [],
    )


def _annotation(number: int, label: str, slot: Slot, sentence: Sentence) -> Bioc:
    """The slot where it is printed; a name that was completed (``miR-29a`` of ``-29a``) in an infon."""
    printed = sentence[2][slot.start - sentence[0] : slot.end - sentence[0]]
    cells = tsv.slot_cells("slot", slot.to_record())
    details = {INFONS[d]: xml_cell(cells[f"slot_{d}"]) for d in INFONS if cells[f"slot_{d}"]}
    infons = {"type": label} | details | _exact(slot.text, printed) | _end(slot.start, slot.end, printed)
    return annotation(number, slot.start, len(printed), printed, infons)


def _holds(sentence: Sentence, slot: Slot) -> bool:
    start, end, text = sentence
    return start <= slot.start < slot.end <= end and len(text) == end - start


def _exact(text: str, printed: str) -> dict[str, str]:
    """The infon for a text that cannot be read from what is printed."""
    return {"text": xml_cell(tsv.escape(text))} if text != printed or NOT_XML.search(text) else {}


def _end(start: int, end: int, text: str) -> dict[str, str]:
    return {"end": str(end)} if end != start + len(text) else {}


def _relation(
    number: int, relation: Relation, sentences: list[Sentence], numbers: dict[Mentioned, int]
) -> Bioc:
    row = tsv.flatten(relation.to_record())
    cells = {column: row[column] for column in PLAIN} | {"evidence_rules": row["evidence_rules"]}
    places = [sentences.index((e.start, e.end, e.text)) for e in relation.evidence]
    evidence = {"evidence": " ".join(f"P{place}" for place in places)}
    infons = {key: xml_cell(cell) for key, cell in (cells | evidence).items() if cell}
    nodes = [{"refid": str(numbers[LABELS[role], slot]), "role": role} for role, slot in filled(relation)]
    return {
        "id": f"R{number}",
        "infons": {"type": relation.kind} | infons | _exact_id(relation.doc_id),
        "nodes": nodes,
    }


def _exact_id(doc_id: str) -> dict[str, str]:
    return {"doc_id": xml_cell(tsv.escape(doc_id))} if NOT_XML.search(doc_id) else {}


def _parsed(documents: Iterator[Bioc]) -> Parsed:
    for number, document in enumerate(documents, start=1):
        relations: Iterable[Bioc] = document.get("relations") or ()
        for relation in relations:
            make: Callable[[], Record] = partial(_record, document, relation)
            yield f"document {number}, relation {relation.get('id')}", make


def _record(document: Bioc, relation: Bioc) -> Record:
    infons = relation["infons"]
    missing = [key for key in ("relation_id", "kind", "negated", "confidence") if key not in infons]
    if missing:
        raise ValueError(f"no infon {', '.join(missing)}: not a relation that evmir wrote")
    row = dict.fromkeys(tsv.COLUMNS, "") | {column: infons.get(column, "") for column in PLAIN}
    row["doc_id"] = infons.get("doc_id") or tsv.escape(document["id"])
    annotations = {item["id"]: item for one in document["passages"] for item in one["annotations"]}
    for node in relation["nodes"]:
        row |= _slot_cells(node["role"], annotations[node["refid"]])
    return tsv.unflatten(row | _evidence_cells(infons, document["passages"]))


def _slot_cells(role: str, item: Bioc) -> dict[str, str]:
    if role not in LABELS:
        raise ValueError(f"a node with the role {role!r}: one of {', '.join(LABELS)} is needed")
    infons, place = item["infons"], item["locations"][0]
    end = infons.get("end") or str(place["offset"] + place["length"])
    details = {f"{role}_{detail}": infons.get(key, "") for detail, key in INFONS.items()}
    text = infons.get("text") or tsv.escape(item["text"])
    return {role: text, f"{role}_start": str(place["offset"]), f"{role}_end": end} | details


def _evidence_cells(infons: dict[str, str], passages: list[Bioc]) -> dict[str, str]:
    named = {one["infons"]["id"]: one for one in passages if "id" in one["infons"]}
    held = [named[name] for name in infons.get("evidence", "").split()]
    ends = (one["infons"].get("end") or str(one["offset"] + len(one["text"])) for one in held)
    texts = (one["infons"].get("text") or tsv.escape(one["text"]) for one in held)
    return {
        "evidence": tsv.BETWEEN.join(texts),
        "evidence_start": tsv.BETWEEN.join(str(one["offset"]) for one in held),
        "evidence_end": tsv.BETWEEN.join(ends),
        "evidence_rules": infons.get("evidence_rules", ""),
    }
