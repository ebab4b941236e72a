"""The wide table, as reviews print it: one row a finding of a paper, with what it shares merged.

Merging adds no statement: a row with two miRNAs and two targets stands for all four pairs, each of which the
paper states. A statement that leaves open what another one fills has no row of its own. What wide rows do not
show (offsets, effects, evidence) is in the atomic ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from extractor.types import Relation, Slot

HEADINGS: Final = ("Phenotype", "Donor cell", "Recipient cell", "miRNA", "Target", "Reference")
FURTHER: Final = ("Confidence", "Note")
NOTHING: Final = "–"
DENIED: Final = "denied by the text"
NO_VESICLE: Final = "no vesicle stated"

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WideRow:
    """One finding; each slot lists the names that it is stated for, as printed, none twice."""

    phenotypes: tuple[str, ...]
    donor: str
    recipient: str
    mirnas: tuple[str, ...]
    targets: tuple[str, ...]
    reference: str
    confidence: float
    """That of the most certain statement."""
    notes: tuple[str, ...]

    def cells(self) -> tuple[str, ...]:
        """The row for people, under ``HEADINGS`` and ``FURTHER``; a dash where nothing is stated."""
        return (
            listed(self.phenotypes),
            self.donor or NOTHING,
            self.recipient or NOTHING,
            listed(self.mirnas),
            listed(self.targets),
            self.reference,
            f"{self.confidence:.2f}",
            "; ".join(self.notes),
        )


def wide_rows(relations: Iterable[Relation]) -> Iterator[WideRow]:
    """The rows of each document's relations, in the order of their first statement."""
    for _, members in groupby(relations, key=lambda relation: relation.doc_id):
        for finding in _findings(list(members)):
            yield _row(finding)


def listed(names: tuple[str, ...]) -> str:
    """Names as a sentence lists them.

    >>> listed(("miR-9", "miR-21", "miR-29a")), listed(())
    ('miR-9, miR-21 and miR-29a', '–')
    """
    *others, last = names or (NOTHING,)
    return f"{', '.join(others)} and {last}" if others else last


def _findings(relations: list[Relation]) -> list[list[Relation]]:
    """Relations that share a row: same cells and notes, every miRNA with the same targets and phenotypes."""
    by_mirna: dict[Key, list[Relation]] = {}
    for relation in _full(relations):
        donor, recipient, mirna, *_ = _statement(relation)
        by_mirna.setdefault((donor, recipient, mirna, *_notes(relation)), []).append(relation)
    findings: dict[tuple[Key, frozenset[Key]], list[Relation]] = {}
    for (donor, recipient, _, *notes), members in by_mirna.items():
        acts_on = frozenset(_statement(r)[3:] for r in members)
        findings.setdefault(((donor, recipient, *notes), acts_on), []).extend(members)
    return [part for (_, acts_on), members in findings.items() for part in _products(acts_on, members)]


def _full(relations: list[Relation]) -> Iterator[Relation]:
    """Those that no other one, with the same notes, says and more: an open slot needs no row of its own."""
    said: dict[tuple[Key, str], set[Key]] = {}
    for relation in relations:
        said.setdefault((_notes(relation), _key(relation.mirna)), set()).add(_statement(relation))
    for relation in relations:
        own = _statement(relation)
        others = said[_notes(relation), _key(relation.mirna)]
        if not any(_says_more(other, own) for other in others):
            yield relation


def _says_more(one: Key, other: Key) -> bool:
    return one != other and all(b in ("", a) for a, b in zip(one, other, strict=True))


def _products(acts_on: frozenset[Key], members: list[Relation]) -> list[list[Relation]]:
    """``members`` as one row where every target goes with every phenotype, else a row a phenotype."""
    targets, phenotypes = ({pair[i] for pair in acts_on} for i in (0, 1))
    if len(acts_on) == len(targets) * len(phenotypes):
        return [members]
    rows: dict[str, list[Relation]] = {}
    for relation in members:
        rows.setdefault(_key(relation.phenotype), []).append(relation)
    return list(rows.values())


def _statement(relation: Relation) -> Key:
    slots = (relation.donor, relation.recipient, relation.mirna, relation.target, relation.phenotype)
    return tuple(_key(slot) for slot in slots)


def _key(slot: Slot | None) -> str:
    """What makes two slots the same: the identifier where there is one, else the name in any case."""
    return "" if slot is None else slot.curie or (slot.name or slot.text).casefold() or " "


def _notes(relation: Relation) -> tuple[str, ...]:
    own = (NO_VESICLE,) * (relation.kind == "regulation") + (DENIED,) * relation.negated
    return (*own, *relation.flags)


def _row(members: list[Relation]) -> WideRow:
    first = members[0]
    return WideRow(
        phenotypes=_names(r.phenotype for r in members),
        donor=first.donor.text if first.donor else "",
        recipient=first.recipient.text if first.recipient else "",
        mirnas=_names(r.mirna for r in members),
        targets=_names(r.target for r in members),
        reference=first.doc_id,
        confidence=max(r.confidence for r in members),
        notes=_notes(first),
    )


def _names(slots: Iterable[Slot | None]) -> tuple[str, ...]:
    """The first name of each thing."""
    names: dict[str, str] = {}
    for slot in slots:
        if slot is not None:
            names.setdefault(_key(slot), slot.text)
    return tuple(names.values())
