"""The values that travel through evmir: frozen, comparable by content, standard library only.

Every offset counts Unicode code points of ``Document.text``, end exclusive.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["transfer", "regulation"]
Effect = Literal["decreases", "increases", "binds", "unknown"]
Layout = Literal["prose", "pdf"]


@dataclass(frozen=True, slots=True)
class Section:
    """A labelled stretch of a text, e.g. ``title``, ``abstract``, ``METHODS``, ``table``."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One text to read. ``layout='pdf'`` asks for line joining, furniture and table removal."""

    doc_id: str
    text: str
    sections: tuple[Section, ...] = ()
    layout: Layout = "prose"
    source: str = ""
    """Where it came from (file name), for messages."""


@dataclass(frozen=True, slots=True)
class Concept:
    """An identifier with its preferred name, e.g. ``hgnc:11827`` / ``TJP1``."""

    curie: str
    name: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text. ``name`` is its normalised form, e.g. ``miR-29a`` for ``-29a``."""

    label: str
    start: int
    end: int
    text: str
    name: str = ""
    concept: Concept | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One filled role of a relation: the mention as printed and what it stands for."""

    text: str
    start: int
    end: int
    name: str | None = None
    curie: str | None = None
    forms: tuple[str, ...] = ()

    def to_record(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "name": self.name,
            "curie": self.curie,
            "forms": list(self.forms),
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of the document and the ids of the rules that fired in it."""

    start: int
    end: int
    text: str
    rules: tuple[str, ...] = ()

    def to_record(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "text": self.text, "rules": list(self.rules)}


@dataclass(frozen=True, slots=True)
class Regulation:
    """One sentence relates a miRNA and a gene; offsets of the mentions are the document's."""

    mirna: Mention
    gene: Mention
    upstream: bool
    """The gene acts on the miRNA, not the miRNA on the gene."""
    negated: bool
    effect: Effect
    confidence: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Relation:
    """One atomic relation of one document; the contract's record."""

    doc_id: str
    mirna: Slot
    donor: Slot | None = None
    recipient: Slot | None = None
    target: Slot | None = None
    phenotype: Slot | None = None
    vesicle: Slot | None = None
    effect: Effect | None = None
    kind: Kind = "transfer"
    negated: bool = False
    confidence: float = 0.5
    evidence: tuple[Evidence, ...] = field(default=())
    citations: tuple[str, ...] = ()
    """Reference marks that the evidence carries in its own text, e.g. ``("41",)``."""

    def to_record(self) -> dict[str, Any]:
        """The JSON record of the contract, ``relation_id`` first."""

        def slot(value: Slot | None) -> dict[str, Any] | None:
            return None if value is None else value.to_record()

        body: dict[str, Any] = {
            "doc_id": self.doc_id,
            "kind": self.kind,
            "donor": slot(self.donor),
            "mirna": self.mirna.to_record(),
            "recipient": slot(self.recipient),
            "target": slot(self.target),
            "phenotype": slot(self.phenotype),
            "vesicle": slot(self.vesicle),
            "effect": self.effect,
            "negated": self.negated,
            "confidence": round(self.confidence, 4),
            "evidence": [e.to_record() for e in self.evidence],
            "citations": list(self.citations),
        }
        return {"relation_id": relation_id(body), **body}


def relation_id(body: dict[str, Any]) -> str:
    """Sixteen hex digits over the statement (not its confidence): equal in every run."""
    statement = {k: v for k, v in body.items() if k not in ("confidence", "relation_id")}
    canonical = json.dumps(statement, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]
