"""Which mentions of a document name the same thing: miRNAs, cells, genes, each gathered into one entity."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extractor.components._line_names import parent_line
from extractor.components.cell_names import cell_lines, expand, key_words, singular
from extractor.components.mirna import arm, mirna_key, without_arm
from extractor.relations.masking import shares_stem
from extractor.rules.loader import word_class
from extractor.types import Mention

CELL_LABELS = frozenset({"CELL", "TISSUE"})


@dataclass
class Entity:
    """One thing and all its mentions; ``key`` identifies it within the document."""

    key: str
    label: str
    mentions: list[Mention] = field(default_factory=list)
    words: frozenset[str] = frozenset()

    @property
    def forms(self) -> tuple[str, ...]:
        """The different printings, the most frequent first."""
        counts = Counter(_printed(m) for m in self.mentions)
        return tuple(t for t, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0])))


def _printed(mention: Mention) -> str:
    """The name in full, where a list prints only part of it: "M1 and M2 macrophages", "Smad2/3"."""
    part = mention.label == "CELL" or shares_stem(mention)
    return mention.name if part and mention.name else mention.text


@dataclass
class Entities:
    """All entities of a document, and the entity of each mention."""

    by_key: dict[str, Entity]
    of: dict[Mention, str]

    def get(self, mention: Mention) -> Entity | None:
        key = self.of.get(mention)
        return None if key is None else self.by_key[key]

    def all(self, *labels: str) -> list[Entity]:
        return [e for e in self.by_key.values() if e.label in labels]


def gather(mentions: Sequence[Mention], abbreviations: Mapping[str, str]) -> Entities:
    """Entities in order of first mention."""
    arms = _only_arms(mentions)
    entities: dict[str, Entity] = {}
    of: dict[Mention, str] = {}
    for mention in mentions:
        key, words = _key(mention, abbreviations, arms)
        if not key:
            continue
        entity = entities.setdefault(key, Entity(key, mention.label, words=words))
        if mention.label == "CELL":
            entity.label = "CELL"
        entity.mentions.append(mention)
        of[mention] = key
    return Entities(entities, of)


def _only_arms(mentions: Iterable[Mention]) -> dict[str, str]:
    """miR-124 -> miR-124-3p where the document names just one arm of it."""
    found: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.label == "MIRNA" and arm(mention.name):
            found[mirna_key(without_arm(mention.name))].add(mirna_key(mention.name))
    return {base: next(iter(full)) for base, full in found.items() if len(full) == 1}


def _key(
    mention: Mention, abbreviations: Mapping[str, str], arms: Mapping[str, str]
) -> tuple[str, frozenset[str]]:
    if mention.label == "MIRNA":
        key = mirna_key(mention.name)
        return f"MIRNA:{arms.get(key, key)}", frozenset()
    if mention.label in CELL_LABELS:
        words = key_words(mention.name or mention.text, abbreviations)
        if words and words <= _ANY_TUMOUR:
            words = frozenset({"tumor"})
        return "CELL:" + " ".join(sorted(words)), words
    if mention.label == "GENE":
        return "GENE:" + gene_key(mention, abbreviations), frozenset()
    if mention.label == "PHENOTYPE":
        return f"PHENOTYPE:{mention.name or mention.text.lower()}", frozenset()
    return "", frozenset()


def gene_key(mention: Mention, abbreviations: Mapping[str, str]) -> str:
    """A gene's identity in the document: its short form where the document defines one, else its name."""
    text = " ".join(mention.text.split())
    for short, long in abbreviations.items():
        if text.lower() in (long.lower(), short.lower()):
            return short.lower().replace("-", "")
    return (mention.name or text).lower().replace("-", "").replace(" ", "")


def is_generic(entity: Entity) -> bool:
    """A role or plain word alone: "recipient cells", "tumor cells", "cells"."""
    return _plain(entity.words)


def is_plain(name: str) -> bool:
    """The same of a printed name."""
    return _plain(key_words(name, {}))


def _plain(words: frozenset[str]) -> bool:
    roles = word_class("cell_words.tsv", "role")
    named = {w.lower() for w in words}
    return all(w in roles or w in _PLAIN for w in named) and not {"cancer", "stem"} <= named


_GIVERS = frozenset({"donor", "producer", "producing", "secreting", "originating"})


_SPIKE_IN = re.compile(r"cel-miR-(?:39|54|67|238|239)\b", re.I)


def added(entity: Entity) -> bool:
    """A miRNA of the worm that is added to a sample to measure by, and is no cargo of it."""
    return all(_SPIKE_IN.match(form) for form in entity.forms)


_REPORTER = re.compile(r"(?:HEK ?-?)?293(?:T|FT|A)?(?: cells?(?: lines?)?)?|human embryonic kidney\b.*", re.I)


def is_reporter(entity: Entity) -> bool:
    """The line in which assays show what a miRNA binds; it takes up vesicles only where that is said."""
    return all(_REPORTER.fullmatch(form) for form in entity.forms)


def is_giver(entity: Entity) -> bool:
    """Named as what gives and no more: "donor cells", not "donor T cells" or "donor stem cells"."""
    words = {w.lower() for w in entity.words}
    return bool(words & _GIVERS) and words <= _GIVERS | {"cell", "exosome", "exosomal"}


def is_taker(entity: Entity) -> bool:
    """Named as a recipient wherever it is named."""
    return all("recipient" in m.text.lower() for m in entity.mentions)


_ROLES = frozenset(
    {
        "recipient",
        "acceptor",
        "target",
        "neighboring",
        "neighbouring",
        "surrounding",
        "adjacent",
        "nearby",
        "bystander",
    }
)
"""What a cell is to the donor is no other cell: neighbouring and recipient melanoma cells are the same."""
_BESIDE_TUMOUR = frozenset(
    {"associated", "infiltrating", "fibroblast", "macrophage", "educated", "adjacent", "stroma"}
)
_ANY_TUMOUR = frozenset({"tumor", "cancer", "malignant", "malignancy", "metastatic", "neoplasm"})
_PLAIN = frozenset({"cell", "line", "tumor", "cancer", "tissue", "type", "stem", "metastatic", "malignant"})


def is_tumour(entity: Entity) -> bool:
    """A tumour, or the cells of one."""
    return head_of(entity.words) == "tumor" or bool(line_type(entity) & _TUMOUR)


def is_line(entity: Entity) -> bool:
    """Every mention is a cell line's name."""
    return any(singular(w) in cell_lines() for m in entity.mentions for w in m.text.split())


def line_type(entity: Entity) -> frozenset[str]:
    """What a cell line stands for, as key words; empty for other cells."""
    for mention in entity.mentions:
        for word in mention.text.split():
            if singular(word) in cell_lines():
                return key_words(cell_lines()[singular(word)], {})
    return frozenset()


def same_cell(one: Entity, other: Entity) -> bool:
    """Two names for the cell in one role: one name is the other with fewer words, or a line and its type.

    "MSCs" and "bone marrow MSCs"; "A549" and "lung cancer cells". Not "lung cancer" and "lung fibroblasts".
    """
    a, b = one.words - _ROLES or one.words, other.words - _ROLES or other.words
    if not a or not b or is_generic(one) or is_generic(other) or _grown_from(one, other):
        return False
    if (a <= b or b <= a) and head_of(a) == head_of(b):
        return True
    if _codes(a) & _codes(b):
        return True
    if len(a) == len(b) == 1 and min(len(*a), len(*b)) > 5 and _ends_alike(*a, *b):
        return True  # myocytes and cardiomyocytes
    for line, kind in ((one, other), (other, one)):
        stands_for = line_type(line)
        if stands_for and not line_type(kind) and (kind.words <= stands_for or stands_for <= kind.words):
            return True
    return False


def _grown_from(one: Entity, other: Entity) -> bool:
    """A line and one grown from it: A549/DDP and A549. Resistant A549 cells may be either."""
    for grown, parental in ((one, other), (other, one)):
        if "resistant" in grown.words and parental.words & _UNTREATED:
            return True
        line = _subline_of(grown)
        named = {w for m in parental.mentions for w in m.text.split()}
        if line in named and not _subline_of(parental) and "resistant" not in parental.words:
            return True
    return False


_UNTREATED = frozenset({"sensitive", "parental"})


def _subline_of(entity: Entity) -> str:
    """The line from which the one is grown that every mention names; empty for other cells."""
    found = {parent_line(word) for m in entity.mentions for word in m.text.split()} - {""}
    return found.pop() if len(found) == 1 else ""


def _ends_alike(a: str, b: str) -> bool:
    return a.lower().endswith(b.lower()) or b.lower().endswith(a.lower())


def _codes(words: frozenset[str]) -> frozenset[str]:
    """Words that can only be a line's name: capitals with digits, but no polarisation state or marker."""
    return frozenset(w for w in words if _CODE.match(w))


_CODE = re.compile(r"(?!(?:M[012][a-d]?|N[12]|CD\d+\w*|Th\d+|T\d|B\d)$)(?=\w*\d)(?=\w*[A-Z])[\w.]{2,}$")
_TUMOUR = frozenset(
    {
        "cancer",
        "melanoma",
        "glioma",
        "sarcoma",
        "leukemia",
        "lymphoma",
        "tumor",
        "glioblastoma",
        "myeloma",
        "osteosarcoma",
        "neuroblastoma",
        "medulloblastoma",
        "mesothelioma",
        "malignant",
    }
)


def head_of(words: frozenset[str]) -> str:
    """Tumour cells never equal normal cells that happen to share all their words."""
    return "tumor" if words & _TUMOUR and not words & _BESIDE_TUMOUR else "normal"


def canonical(mention: Mention, abbreviations: Mapping[str, str]) -> str:
    """A cell's name written out, for people: ``BM-MSCs`` -> ``bone marrow mesenchymal stem cells``."""
    return expand(mention.text, abbreviations)
