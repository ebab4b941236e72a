"""How the regressions are trained: which texts, examples and folds. ``train_models.py`` is the command.

No network judges a text that it has seen, not while a regression is trained either: each net fold has
networks of its own (``models/training/roles``), and the regressions learn from what these say of its texts.
What remains: a later regression learns from what an earlier one says of texts that both have seen, and the
networks that judge one text have seen the texts of the other net folds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from annotated import FOR_NETWORKS, RECAST, TWINS, Gold, documents, made_up, paragraphs
from fitting import CHOOSING, ROLES, Examples, Fitted, fit_one

from extractor.evaluation.matching import Kind, same_entity
from extractor.pipeline import Extractor
from extractor.relations import records
from extractor.relations.analysis import Analysis
from extractor.relations.assembly import Filler
from extractor.relations.judging import Judge, Proposal
from extractor.relations.logistic import Models
from extractor.relations.regulation import Statement
from extractor.relations.regulation_records import read_statements, ties_of
from extractor.relations.role_net import Nets, Told, told
from extractor.relations.scene import Scene
from extractor.text import Reading
from extractor.types import Document, Mention, Relation

FOLDS: Final = 5
"""Of the regressions. A fold's texts are judged by regressions of the others."""
NET_FOLDS: Final = 3
"""Of the networks, which take long to train. A text is judged by networks that have not seen its net fold."""
SLOT: Final[Mapping[str, tuple[str, Kind]]] = {
    "donor": ("donor", "cell"),
    "recipient": ("recipient", "cell"),
    "carried": ("mirna", "mirna"),
    "target": ("target", "gene"),
}
MADE_UP: Final = {"twin": 0.4, "recast": 1.0}
"""What a made-up abstract counts beside a real one. Invented ones and further twins teach the networks alone:
regressions that saw the former trusted rules too little (tuple F1 0.53 for 0.57 on the 130), and those that
saw the latter took too much (0.53 for 0.60)."""
FOR_CONFIDENCE: Final = "recast"
"""The part that teaches only how sure whole relations are: real abstracts hold too few for that (calibration
error 0.15 without it, 0.08 with it). In the other regressions it costs the tuple 0.01 to 0.06."""


@dataclass
class Text:
    """An annotated abstract, analysed once."""

    document: Document
    gold: Gold
    part: str
    """``read``, ``held-back``, ``paragraph``, ``invented``, ``twin`` or ``recast``."""
    like: str
    """The text that decides the fold: that of a twin's original, or of a paragraph's article."""
    reading: Reading
    analysis: Analysis
    told: list[Statement]
    _read: tuple[Nets, list[Told]] | None = None
    """What networks say of it: asked for again by each regression."""

    @property
    def fold(self) -> int:
        return self._number % FOLDS

    @property
    def net_fold(self) -> int:
        return self._number % NET_FOLDS

    @property
    def _number(self) -> int:
        # not the hash itself: its remainder by 3 decides what is held back
        return int(hashlib.sha256(self.like.encode()).hexdigest(), 16) // 3

    @property
    def weight(self) -> float:
        return MADE_UP.get(self.part, 1.0)

    @cached_property
    def scenes(self) -> list[Scene]:
        found = [f for f in self.analysis.findings if records.about_vesicles(f, self.analysis)]
        return [Scene(f, self.analysis) for f in found]

    def annotated(self, names: Sequence[str], role: str) -> Gold:
        """The tuples that name this thing in a role."""
        slot, kind = SLOT[role]
        return [t for t in self.gold if t[slot] and same_entity(kind, tuple(t[slot]), tuple(names))]

    def judges(self, models: Models) -> Iterator[Judge]:
        if self._read is None or self._read[0] is not models.nets:
            self._read = models.nets, [told(scene, models.nets) for scene in self.scenes]
        for scene, said in zip(self.scenes, self._read[1], strict=True):
            yield Judge(scene, models, ties_of(self.told, scene.finding.entities), said)

    def relations(self, models: Models) -> tuple[Relation, ...]:
        found = records.relations_of(self.document, self.reading, self.analysis, models=models)
        return tuple(r for r in found if not r.negated)


def texts(extractor: Extractor, all_of_them: bool = False) -> Iterator[Text]:
    """The annotated texts; those that only networks learn from only where all are asked for."""
    for document, gold, away in documents():
        yield analysed(extractor, document, gold, "held-back" if away else "read")
    kept_away = {document.doc_id for document, _, away in documents() if away}
    for document, gold, article in paragraphs():
        part = "held-back" if article in kept_away else "paragraph"
        yield analysed(extractor, document, gold, part, article)
    made = (("twin", TWINS), (FOR_CONFIDENCE, RECAST), *(FOR_NETWORKS if all_of_them else ()))
    for part, path in made:
        for document, gold, like in made_up(path):
            yield analysed(extractor, document, gold, part, like)


def analysed(extractor: Extractor, document: Document, gold: Gold, part: str, like: str = "") -> Text:
    reading = extractor.read(document)
    analysis = extractor.analyse(reading)
    told = read_statements(analysis, 0.0)
    return Text(document, gold, part, like or document.doc_id, reading, analysis, told)


def names(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """All that an entity is called."""
    return tuple(dict.fromkeys(n for m in mentions for n in (m.text, m.name) if n))


def fits(filler: Filler, gold: Gold, role: str) -> bool:
    """Whether an annotated tuple has this filler in the role."""
    slot, kind = SLOT[role]
    forms = tuple({form for e in filler.entities for form in e.forms})
    return any(t[slot] and same_entity(kind, tuple(t[slot]), forms) for t in gold)


Propose = Callable[[Judge, str], list[Proposal]]
PROPOSE: Final[Mapping[str, Propose]] = {
    "donor": lambda judge, key: judge.donors(key),
    "recipient": lambda judge, key: judge.recipients(key, judge.accepted_donors(key)),
    "target": lambda judge, key: judge.targets(
        key, donors := judge.accepted_donors(key), judge.accepted_recipients(key, donors)
    ),
}
ModelsOf = Callable[[Text], Models]
"""The models that may judge a text: none of them has seen it."""


def role_examples(given: Iterable[Text], role: str, models_of: ModelsOf) -> Examples:
    """The proposals for one role of every miRNA that is annotated or that a rule puts into vesicles."""
    examples, number = Examples(), 0
    for text in given:
        for judge in text.judges(models_of(text)):
            for entity in judge.scene.mirnas:
                gold = text.annotated(names(entity.mentions), "carried")
                if not gold and entity.key not in judge.roles.carried:
                    continue
                number += 1
                _add_proposals(examples, PROPOSE[role](judge, entity.key), gold, role, text, number)
    return examples


def _add_proposals(
    examples: Examples, proposals: Sequence[Proposal], gold: Gold, role: str, text: Text, number: int
) -> None:
    right = [fits(p.filler, gold, role) for p in proposals]
    slot = SLOT[role][0]
    lost = max(len({t[slot][0] for t in gold if t[slot]}) - sum(right), 0)
    if text.part in CHOOSING:
        examples.missed += lost * text.weight / max(len(proposals), 1) ** 0.5
    for proposal, label in zip(proposals, right, strict=True):
        examples.add(proposal.features, label, text, number)


def carriage_examples(given: Iterable[Text], models_of: ModelsOf) -> Examples:
    """Every miRNA of a text about vesicles, and whether the text has vesicles carry it."""
    examples = Examples()
    for text in given:
        for judge in text.judges(models_of(text)):
            for entity in judge.scene.mirnas:
                features = judge.carriage(entity.key, judge.cast(entity.key))
                examples.add(features, bool(text.annotated(names(entity.mentions), "carried")), text)
    return examples


def fit(given: Sequence[Text], nets: Sequence[Nets]) -> dict[str, Fitted]:
    """All regressions but the confidence, each with the ones before it in place.

    ``nets`` holds for each net fold the networks that have not seen it.
    """
    dense: dict[str, Any] = {}
    fitted: dict[str, Fitted] = {}

    def models_of(text: Text) -> Models:
        return Models(dense, nets[text.net_fold])

    for role in ROLES:
        fitted[role] = fit_one(role, role_examples(given, role, models_of))
        dense[role] = fitted[role].model
    fitted["carriage"] = fit_one("carriage", carriage_examples(given, models_of))
    return fitted
