"""The values that travel through evmir: frozen, comparable by content, standard library only.

Every offset counts Unicode code points of ``Document.text``, end exclusive.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Kind = Literal["transfer", "regulation"]
Effect = Literal["decreases", "increases", "binds", "unknown"]
Layout = Literal["prose", "pdf"]
Direction = Literal["promotes", "inhibits", "unclear"]


@dataclass(frozen=True, slots=True)
class Section:
    """A labelled stretch of a text, e.g. ``title``, ``abstract``, ``METHODS``, ``table``."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference mark in the text, e.g. ``41``, and the article that the reference list gives for it."""

    marker: str
    start: int
    end: int
    curies: tuple[str, ...] = ()
    """e.g. ``("pmid:31234567", "doi:10.1000/x")``; empty where the list names no identifier."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an article: cells as text, spanning cells repeated, every row as wide as ``columns``."""

    label: str
    """As printed, e.g. ``Table 1``."""
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cited: tuple[tuple[str, ...], ...] = ()
    """For each row the CURIEs of the articles that it cites."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text to read. ``layout='pdf'`` asks for line joining, furniture and table removal."""

    doc_id: str
    text: str
    sections: tuple[Section, ...] = ()
    layout: Layout = "prose"
    source: str = ""
    """Where it came from (file name), for messages."""
    flags: tuple[str, ...] = ()
    """What a reader of its rows should know: ``retracted``, ``expression of concern``, ``preprint`` ..."""
    other_ids: tuple[str, ...] = ()
    """Its identifiers beside ``doc_id`` as CURIEs, e.g. ``doi:10.1000/x``, ``pmcid:PMC123``."""
    languages: tuple[str, ...] = ()
    """Codes as its format gives them, e.g. ``eng`` (MEDLINE) or ``en`` (JATS)."""
    publication_types: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    tables: tuple[Table, ...] = ()


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
class Cue:
    """One circumstance that the text states: its usual name, the words that state it, and their sentence."""

    name: str
    text: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    rule: str
    curie: str | None = None

    def to_record(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "curie": self.curie,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "sentence_start": self.sentence_start,
            "sentence_end": self.sentence_end,
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class RelationContext:
    """What lets a reader weigh a relation. Nothing is guessed: what the text does not state is empty."""

    phenotype_direction: Direction | None = None
    """What the transfer does to the phenotype; None without a phenotype."""
    donor_condition: tuple[Cue, ...] = ()
    """The state of the donor cells, e.g. ``hypoxia``, ``gemcitabine-treated``, ``M2``."""
    recipient_condition: tuple[Cue, ...] = ()
    species: tuple[Cue, ...] = ()
    """Named in words, by prefixes (``mmu-``) or by cell lines; the CURIE is the NCBI taxon."""
    evidence_kind: tuple[Cue, ...] = ()
    """How it was shown, e.g. ``reporter``, ``co-culture``, ``in-vivo``."""
    engineered: tuple[Cue, ...] = ()
    """Why the cargo counts as engineered; empty where the text does not say that it was."""
    sorting_protein: tuple[Cue, ...] = ()
    """Proteins said to bring the miRNA into the vesicles; the CURIE is HGNC's."""

    def to_record(self) -> dict[str, Any]:
        cues = {name: [c.to_record() for c in getattr(self, name)] for name in CUES}
        return {"phenotype_direction": self.phenotype_direction, **cues}


CUES: Final = (
    "donor_condition",
    "recipient_condition",
    "species",
    "evidence_kind",
    "engineered",
    "sorting_protein",
)
"""The fields of a context that hold cues, in the order of their columns."""


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
    flags: tuple[str, ...] = ()
    """Those of its document: they are about the source, not part of the statement."""
    context: RelationContext = RelationContext()

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
            "flags": list(self.flags),
            "context": self.context.to_record(),
        }
        return {"relation_id": relation_id(body), **body}


_NOT_STATED = frozenset({"confidence", "flags", "context", "relation_id"})


def relation_id(body: dict[str, Any]) -> str:
    """Sixteen hex digits over the statement (not its confidence, flags or context): equal in every run."""
    statement = {k: v for k, v in body.items() if k not in _NOT_STATED}
    canonical = json.dumps(statement, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]
