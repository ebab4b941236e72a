"""What a text denies, kept as negated relations: "miR-21 was not found in the exosomes"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.relations.analysis import Finding
from extractor.relations.entities import added
from extractor.relations.surface import RawFact
from extractor.types import Mention


@dataclass(frozen=True)
class Denied:
    """A denied link of a miRNA: with the vesicles of a donor, or with a recipient."""

    mirna: Mention
    fact: RawFact
    donor: Mention | None = None
    recipient: Mention | None = None


def denied(facts: list[RawFact], finding: Finding) -> Iterator[Denied]:
    """Denials that no other sentence of the finding contradicts, one a miRNA and cell."""
    seen: set[tuple[str, str]] = set()
    for fact in facts:
        if not fact.negated:
            continue
        for one in _links(fact, finding):
            cell = one.donor or one.recipient
            entity = finding.entities.by_key.get(finding.entities.of.get(one.mirna, ""))
            if entity is not None and added(entity):
                continue
            key = finding.entities.of.get(one.mirna, ""), finding.entities.of.get(cell, "") if cell else ""
            if key not in seen and not _stated(key, fact.kind, finding):
                seen.add(key)
                yield one


def _links(fact: RawFact, finding: Finding) -> Iterator[Denied]:
    if fact.kind == "CARRIES":
        keys = [d for v in fact.left for d in finding.populations.get(v).donors]
        donors = [finding.entities.by_key[key].mentions[0] for key in keys]
        for mirna in fact.right:
            if mirna.label == "MIRNA":
                yield Denied(mirna, fact, donors[0] if donors else None)
    elif fact.kind == "REACHES":
        for mirna in fact.left:
            for cell in fact.right:
                if mirna.label == "MIRNA" and finding.entities.of.get(cell):
                    yield Denied(mirna, fact, recipient=cell)


def _stated(key: tuple[str, str], kind: str, finding: Finding) -> bool:
    mirna, cell = key
    if kind == "CARRIES":
        return mirna in finding.roles.carried
    return cell in finding.roles.recipients.get(mirna, {})
