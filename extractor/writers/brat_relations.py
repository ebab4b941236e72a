"""Relations in brat standoff: an event a relation, on the miRNA that is handed over, its roles as arguments.

Only the evidence is known here, not the whole text: ``ID.txt`` has its sentences where the document has them
and blanks between. Offsets are the document's; its own text may take the place of that file.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Final

from extractor.types import Relation, Slot, relation_id
from extractor.writers import brat, tsv
from extractor.writers.archive import members, zipped
from extractor.writers.jsonl import encode
from extractor.writers.roles import LABELS, PLAIN, filled
from extractor.writers.values import Parsed, Record, RecordError, utf8

NOTE: Final = "AnnotatorNotes"
EVENTS: Final = "".join(
    f"{kind}\tMirna:MIRNA, {', '.join(f'{r.capitalize()}?:{LABELS[r]}' for r in LABELS if r != 'mirna')}\n"
    for kind in ("Transfer", "Regulation")
)
ATTRIBUTES: Final = "Negated\tArg:<EVENT>\nEffect\tArg:<EVENT>, Value:decreases|increases|binds|unknown\n"
SHOWN: Final = ("kind", "effect", "negated")
"""What brat has types and attributes for, where people can change it."""
PLACES: Final = ("evidence_start", "evidence_end", "evidence_rules")


def archive(relations: Iterable[Relation]) -> Iterator[bytes]:
    """The archive; relations of a document that come one after another share its files."""
    return zipped(_members(relations))


def _members(relations: Iterable[Relation]) -> Iterator[tuple[str, bytes]]:
    names = brat.Names()
    for doc_id, group in groupby(relations, key=lambda relation: relation.doc_id):
        name, found = names.of(doc_id), list(group)
        text = evidence_text(found)
        yield f"{name}.txt", utf8(text)
        yield f"{name}.ann", utf8("".join(_lines(text, found)))
    yield brat.CONFIGURATION, brat.configuration(set(LABELS.values()), EVENTS, ATTRIBUTES)


def evidence_text(relations: list[Relation]) -> str:
    """The sentences and mentions of ``relations`` at their offsets; other stretches blank, ending a line."""
    sentences = [(e.start, e.end, e.text) for r in relations for e in r.evidence]
    slots = [(slot.start, slot.end, slot.text) for r in relations for _, slot in filled(r)]
    known: dict[int, str] = {}
    for start, end, text in (*slots, *sentences):  # a sentence knows better what is printed
        size = max(0, end - start)
        printed = brat.one_line(text)[max(0, len(text) - size) :]  # "-29a" of a completed "miR-29a"
        known.update(enumerate(printed.rjust(size), start))
    last = max(known, default=-1)
    return "".join(known.get(i) or (" " if i + 1 not in known else "\n") for i in range(last + 1)) + "\n"


def _lines(text: str, relations: list[Relation]) -> Iterator[str]:
    """Mentions with identifiers and notes, then each event with its trigger, attributes and note."""
    slots = dict.fromkeys((LABELS[role], slot) for relation in relations for role, slot in filled(relation))
    numbers = {mentioned: number for number, mentioned in enumerate(slots, start=1)}
    for (label, slot), number in numbers.items():
        yield from _mention(number, label, slot, text)
    for number, relation in enumerate(relations, start=1):
        arguments = {role: numbers[LABELS[role], slot] for role, slot in filled(relation)}
        yield from _event(number, len(numbers) + number, relation, arguments, text)


def _mention(number: int, label: str, slot: Slot, text: str) -> Iterator[str]:
    cells = {"text": tsv.escape(slot.text), **_details(slot)}
    printed = text[slot.start : slot.end]
    yield brat.text_bound(number, label, slot.start, printed)
    if slot.curie and brat.refers(slot.curie):
        yield brat.reference(number, number, slot.curie, slot.name or "")
        del cells["curie"]
        if slot.name and brat.one_line(slot.name) == slot.name:
            del cells["name"]
    if printed == slot.text:
        del cells["text"]
    yield from _note(number, f"T{number}", cells)


def _details(slot: Slot) -> dict[str, str]:
    cells = tsv.slot_cells("slot", slot.to_record())
    return {
        detail: cells[f"slot_{detail}"] for detail in ("name", "curie", "forms") if cells[f"slot_{detail}"]
    }


def _event(
    number: int, trigger: int, relation: Relation, arguments: dict[str, int], text: str
) -> Iterator[str]:
    row = tsv.flatten(relation.to_record())
    kind, mirna = relation.kind.capitalize(), relation.mirna
    roles = " ".join(f"{role.capitalize()}:T{mention}" for role, mention in arguments.items())
    yield brat.text_bound(trigger, kind, mirna.start, text[mirna.start : mirna.end])
    yield f"E{number}\t{kind}:T{trigger} {roles}\n"
    if relation.effect:
        yield f"A{2 * number - 1}\tEffect E{number} {relation.effect}\n"
    if relation.negated:
        yield f"A{2 * number}\tNegated E{number}\n"
    cells = {c: row[c] for c in (*PLAIN, *PLACES) if row[c] and c not in SHOWN}
    if _evidence(text, row) != row["evidence"]:
        cells["evidence"] = row["evidence"]
    yield from _note(trigger, f"E{number}", cells)


def _evidence(text: str, row: dict[str, str]) -> str:
    """The cell of the evidence's sentences, as they stand in the text."""
    if not row["evidence_start"]:
        return ""
    starts, ends = (map(int, row[column].split(tsv.BETWEEN)) for column in PLACES[:2])
    return tsv.BETWEEN.join(tsv.escape(text[a:b]) for a, b in zip(starts, ends, strict=True))


def _note(number: int, target: str, cells: dict[str, str]) -> Iterator[str]:
    """What brat has no line for, in the cells of the TSV, as a note that it shows."""
    if cells:
        yield f"#{number}\t{NOTE} {target}\t{encode(cells).decode()}"


@dataclass(frozen=True, slots=True)
class _Standoff:
    """A document's files: the text, and the lines of the annotation by id and by what they are about."""

    doc_id: str
    text: str
    lines: dict[str, list[str]] = field(default_factory=dict)
    about: dict[tuple[str, str], str] = field(default_factory=dict)
    """The rest of a note, reference or attribute by its own name and its target."""


def read(path: Path) -> Parsed:
    """The relations of such an archive. Raises RecordError when it is none, OSError."""
    try:
        files = dict(members(path.read_bytes()))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise RecordError(f"{path}: not a ZIP archive that can be read ({error})") from error
    for name, content in files.items():
        if name.endswith(".ann"):
            stem = name.removesuffix(".ann")
            text = files.get(f"{stem}.txt", b"").decode("utf-8", "replace")
            standoff = _standoff(_Standoff(brat.doc_id_of(stem), text), content)
            for event in (key for key in standoff.lines if key.startswith("E")):
                yield f"{name}, {event}", partial(_record, standoff, event)


def _standoff(standoff: _Standoff, content: bytes) -> _Standoff:
    for line in content.decode("utf-8", "replace").split("\n"):
        key, *columns = line.split("\t")
        standoff.lines[key] = columns
        if key[:1] in ("#", "A", "N") and columns:
            name, target, *value = columns[0].split(" ", 2)
            standoff.about[name, target] = "\t".join([*value, *columns[1:]])
    return standoff


def _record(standoff: _Standoff, event: str) -> Record:
    typed, *arguments = standoff.lines[event][0].split()
    note = standoff.about.get((NOTE, event))
    cells = json.loads(note) if note else _by_hand(standoff, typed.partition(":")[2])
    row = dict.fromkeys(tsv.COLUMNS, "") | cells | {"doc_id": tsv.escape(standoff.doc_id)}
    row["kind"] = typed.partition(":")[0].casefold()
    row["effect"] = standoff.about.get(("Effect", event), "")
    row["negated"] = json.dumps(("Negated", event) in standoff.about)
    for argument in arguments:
        role, _, mention = argument.partition(":")
        row |= _slot_cells(role.casefold(), standoff, mention)
    row["evidence"] = row["evidence"] or _evidence(standoff.text, row)
    record = tsv.unflatten(row)
    return record if note else {**record, "relation_id": relation_id(record)}


def _slot_cells(role: str, standoff: _Standoff, mention: str) -> dict[str, str]:
    if role not in LABELS:
        raise ValueError(f"an argument {role!r}: one of {', '.join(LABELS)} is needed")
    start, end, text = _span(standoff, mention)
    note = json.loads(standoff.about.get((NOTE, mention), "{}"))
    curie, _, name = standoff.about.get(("Reference", mention), "").partition("\t")
    return {
        role: note.get("text") or tsv.escape(text),
        f"{role}_start": str(start),
        f"{role}_end": str(end),
        f"{role}_name": note.get("name") or (name and tsv.escape(name)),
        f"{role}_curie": note.get("curie") or (curie and tsv.escape(curie)),
        f"{role}_forms": note.get("forms", ""),
    }


def _span(standoff: _Standoff, mention: str) -> tuple[int, int, str]:
    """Start, end and text of a mention; of one in pieces, from the first to the last."""
    places, text = standoff.lines[mention]
    _, start, *_, end = places.replace(";", " ").split()
    return int(start), int(end), text


def _by_hand(standoff: _Standoff, trigger: str) -> dict[str, str]:
    """The cells of an event that a person added: it is sure, and its line of the text is the evidence."""
    start, _, _ = _span(standoff, trigger)
    begin = standoff.text.rfind("\n", 0, start) + 1
    line = standoff.text[begin:].partition("\n")[0].rstrip()
    begin += len(line) - len(line.lstrip())
    return {
        "confidence": "1.0",
        "evidence": tsv.escape(line.lstrip()),
        "evidence_start": str(begin),
        "evidence_end": str(begin + len(line.lstrip())),
    }
