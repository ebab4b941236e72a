"""Relations of one document as the contract wants them: slots with offsets, evidence, confidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.grounding import Context, ground, species_cues
from extractor.relations.analysis import Analysis, Finding
from extractor.relations.assembly import Filler, best_mention, combine, holds_in, one_cell
from extractor.relations.confidence import Whole, confidence
from extractor.relations.entities import Entity, added
from extractor.relations.features import WEAK, Cast
from extractor.relations.judging import Judge
from extractor.relations.logistic import Models, shipped
from extractor.relations.masking import shares_stem
from extractor.relations.negation import Denied, denied
from extractor.relations.regulation import Statement, threshold
from extractor.relations.regulation_records import read_statements, regulations, ties_of
from extractor.relations.roles import Roles, Support
from extractor.relations.scene import Scene
from extractor.relations.surface import RawFact
from extractor.text import Reading
from extractor.types import Concept, Document, Effect, Evidence, Mention, Relation, Slot

INTERRUPTION = 150
"""Characters of the document that a sentence may jump over before it counts as interrupted."""
_GROUNDED = frozenset({"MIRNA", "CELL", "GENE"})
_SENSOR = re.compile(r"TLR|toll", re.I)
"""Receptors that bind RNA: a miRNA that binds one is its ligand, and does not repress it."""
_EFFECTS: tuple[Effect, ...] = ("decreases", "binds", "increases", "unknown")


def _is_short(mention: Mention, printed: str) -> bool:
    """Printed without what the members of a list share: "-29a", "M1 and M2 macrophages", "Smad2/3"."""
    if mention.label == "CELL":
        return len(mention.name) > len(mention.text)
    if shares_stem(mention):
        return True
    return mention.label == "MIRNA" and not re.search(r"mi|let|lin|bantam", printed, re.I)


class Writer:
    """Turns the fillers of one finding into slots and evidence of the document."""

    def __init__(self, document: Document, reading: Reading, analysis: Analysis, finding: Finding) -> None:
        self.document, self.reading, self.analysis, self.finding = document, reading, analysis, finding
        self.context = Context(
            analysis.abbreviations, species_cues(reading.text), gene_cue=True, followed_by_cells=True
        )

    def slot(self, mention: Mention, forms: Sequence[str], name: str) -> Slot:
        start, end = self.reading.original(mention.start, mention.end)
        printed = self.document.text[start:end]
        concept = self.concept(mention)
        expanded = _is_short(mention, printed)
        text = mention.name if expanded else printed
        others = tuple(f for f in dict.fromkeys(forms) if f not in (printed, text))
        known = concept.name if concept else name
        return Slot(text, start, end, known or None, concept.curie if concept else None, others)

    def concept(self, mention: Mention) -> Concept | None:
        """The identifier where grounding is sure of one; an unsure name keeps its slot without."""
        label = "CELL" if mention.label == "TISSUE" else mention.label
        if label not in _GROUNDED:
            return mention.concept
        printed = mention.text if label == "GENE" else mention.name or mention.text
        decision = ground(printed, label, self.context)
        return decision.best if decision.confident else None

    def filler(self, filler: Filler | None) -> Slot | None:
        if filler is None:
            return None
        mention = best_mention(filler.support.mentions)
        return self.slot(mention, [f for e in self._names(filler) for f in e.forms], mention.name)

    def _names(self, filler: Filler) -> list[Entity]:
        """The filler's entities and whatever else the document calls the same cell."""
        entities, same = self.finding.entities, self.finding.roles.same
        if filler.entities[0].label not in ("CELL", "TISSUE"):
            return filler.entities
        first = filler.entities[0]
        others = [
            e
            for e in entities.all("CELL", "TISSUE")
            if e not in filler.entities and one_cell(e, first, entities, same)
        ]
        return [*filler.entities, *others]

    def mirna(self, key: str) -> Slot:
        entity = self.finding.entities.by_key[key]
        mention = best_mention(entity.mentions)
        names = [m.name for m in entity.mentions]
        return self.slot(mention, [*entity.forms, *names], max(names, key=len))

    def evidence(self, supports: Sequence[Support]) -> tuple[Evidence, ...]:
        rules: dict[int, list[str]] = {}
        for support in supports:
            for number, ids in support.sentences.items():
                rules.setdefault(number, []).extend(i for i in ids if i not in rules.get(number, []))
        return tuple(self.shown(index, rules[index]) for index in sorted(rules))

    def shown(self, index: int, rules: Sequence[str]) -> Evidence:
        """A sentence as it is printed; where a table or caption interrupts it, its longer part."""
        sentence = self.analysis.sentences[index]
        sources = self.reading.sources
        edges = [
            i
            for i in range(sentence.start + 1, sentence.end)
            if abs(sources[i] - sources[i - 1]) > INTERRUPTION
        ]
        runs = pairwise([sentence.start, *edges, sentence.end])
        first, behind = max(runs, key=lambda r: r[1] - r[0])
        start, end = self.reading.original(first, behind)
        return Evidence(start, end, self.document.text[start:end], tuple(dict.fromkeys(rules)))


def effect_of(target: Filler | None, otherwise: Effect) -> Effect | None:
    """Decreases where any rule says so; a weaker reading only where nothing else is stated."""
    if target is None:
        return None
    if target.support.effects.get("binds") and any(
        _SENSOR.match(f) for e in target.entities for f in e.forms
    ):
        return "binds"
    return next((e for e in _EFFECTS if target.support.effects.get(e)), otherwise)


def about_vesicles(finding: Finding, analysis: Analysis) -> bool:
    """Vesicles are named; in a review, on average once a finding is enough."""
    if any(m.label == "VESICLE" for m in finding.mentions):
        return True
    return len(analysis.findings) > 1 and sum(m.label == "VESICLE" for m in analysis.mentions) >= len(
        analysis.findings
    )


def relations_of(
    document: Document,
    reading: Reading,
    analysis: Analysis,
    include_regulation: bool = False,
    models: Models | None = None,
) -> tuple[Relation, ...]:
    """All relations; ``regulation`` ones (no vesicle asserted) only when asked for.

    Each carries the document's flags: a row that rests on a retracted article has to say so.
    ``models`` are the shipped ones unless others are given, as in training.
    """
    relations: list[Relation] = []
    told = read_statements(analysis, 0.0)
    for finding in analysis.findings:
        writer = Writer(document, reading, analysis, finding)
        if about_vesicles(finding, analysis):
            relations += _carried(judge_of(finding, analysis, told, models), writer)
        if include_regulation:
            relations += regulations(writer, [s for s in told if s.probability >= threshold()])
        relations += [_denial(one, writer) for one in denied(_facts_of(finding, analysis), finding)]
    return tuple(replace(relation, flags=document.flags) for relation in relations)


def judge_of(
    finding: Finding, analysis: Analysis, told: Sequence[Statement], models: Models | None = None
) -> Judge:
    """The judge of a finding; ``told`` is what ``read_statements`` says of its document."""
    ties = ties_of(told, finding.entities)
    return Judge(Scene(finding, analysis), shipped() if models is None else models, ties)


def _carried(judge: Judge, writer: Writer) -> list[Relation]:
    """The relations of all miRNAs of a finding that vesicles carry."""
    keys = [e.key for e in judge.scene.mirnas if not _only_sponged(e.key, judge.roles) and not added(e)]
    casts = {key: judge.cast(key) for key in keys}
    carried = judge.carried(casts)
    return [r for key in keys for r in _transfers(key, casts[key], carried[key], writer, judge)]


def _only_sponged(key: str, roles: Roles) -> bool:
    """A lncRNA or circRNA binds the miRNA, and no sentence calls the miRNA itself exosomal."""
    carried = roles.carried[key].features if key in roles.carried else {}
    return key in roles.sponged and not {"vesicle", "fluid"} & set(carried)


def _facts_of(finding: Finding, analysis: Analysis) -> list[RawFact]:
    own = set(finding.mentions)
    return [f for f in analysis.facts if set(f.left) & own or set(f.right) & own]


def _denial(one: Denied, writer: Writer) -> Relation:
    """A relation that the text denies: only the two names of the denied link are filled."""

    def cell(mention: Mention | None) -> Slot | None:
        return None if mention is None else writer.slot(mention, (), mention.name)

    return Relation(
        writer.document.doc_id,
        writer.slot(one.mirna, (), one.mirna.name),
        cell(one.donor),
        cell(one.recipient),
        negated=True,
        confidence=0.5,
        evidence=(writer.shown(one.fact.sentence, (one.fact.rule,)),),
        citations=writer.finding.citations,
    )


def _transfers(key: str, cast: Cast, carried: float, writer: Writer, judge: Judge) -> list[Relation]:
    """The relations of a miRNA, where vesicles carry it and some cell is known, or vesicles act by it."""
    roles = writer.finding.roles
    if not carried or _cluster_of_named(key, writer.finding):
        return []
    donors = judge.said_to_give(cast)
    if not donors and not cast.recipients and not _acts_in_vesicles(key, roles):
        return []
    combined = [
        (donor, recipient, target)
        for donor, recipient in combine(donors, cast.recipients, roles.pairs.get(key, ()))
        for target in _targets_in(cast.targets, recipient, cast.recipients, roles)
    ]
    whole = Whole(carried, cast.best, bool(judge.scene.title))
    return [_transfer(key, slots, whole, writer, judge) for slots in combined]


def _targets_in(
    targets: Sequence[Filler], recipient: Filler | None, recipients: Sequence[Filler], roles: Roles
) -> list[Filler | None]:
    found: list[Filler | None] = [t for t in targets if holds_in(t, recipient, recipients, roles)]
    return found or [None]


def _transfer(
    key: str,
    slots: tuple[Filler | None, Filler | None, Filler | None],
    whole: Whole,
    writer: Writer,
    judge: Judge,
) -> Relation:
    donor, recipient, target = slots
    roles = writer.finding.roles
    links = [roles.carried[key]] if key in roles.carried else [judge.worded_link(key)]
    return Relation(
        writer.document.doc_id,
        writer.mirna(key),
        writer.filler(donor),
        writer.filler(recipient),
        writer.filler(target),
        _phenotype(key, writer),
        _vesicle(key, writer),
        effect_of(target, judge.effect(key, target)),
        confidence=confidence(whole, donor, recipient, target, judge.models),
        evidence=writer.evidence([*links, *(f.support for f in slots if f)]),
        citations=writer.finding.citations,
    )


def _acts_in_vesicles(key: str, roles: Roles) -> bool:
    """Vesicles with this miRNA do something, though the text names neither donor nor recipient."""
    carried = set(roles.carried[key].features) if key in roles.carried else set()
    if carried <= {*WEAK, "fluid"} or "fluid" in carried:
        return False
    return any("vesicle" in s.features for s in roles.outcomes.get(key, {}).values()) or "through" in carried


def _cluster_of_named(key: str, finding: Finding) -> bool:
    """ "miR-210/92 cluster" says nothing more where miR-210 and miR-92a are reported themselves."""
    if "cluster" not in key:
        return False
    numbers = set(re.findall(r"\d+[a-z]?", key))
    others = {k.removeprefix("MIRNA:") for k in finding.roles.carried if "cluster" not in k}
    # a member's number also without its letter, which the cluster's name may leave out
    members = [set(re.findall(r"\d+[a-z]?", o)) | set(re.findall(r"\d+", o)) for o in others]
    return sum(bool(member & numbers) for member in members) > 1


def _phenotype(key: str, writer: Writer) -> Slot | None:
    outcomes = writer.finding.roles.outcomes.get(key)
    if not outcomes:
        return None
    best = max(outcomes, key=lambda k: (sum(outcomes[k].features.values()), k))
    mention = outcomes[best].mentions[0]
    return writer.slot(mention, writer.finding.entities.by_key[best].forms, mention.name)


def _vesicle(key: str, writer: Writer) -> Slot | None:
    carriers = writer.finding.roles.carriers.get(key)
    if not carriers:
        return None
    kind = Counter(v.name.split(":")[0] for v in carriers).most_common(1)[0][0]
    mention = next(v for v in carriers if v.name.startswith(kind))
    return writer.slot(mention, [v.text for v in carriers], kind)
