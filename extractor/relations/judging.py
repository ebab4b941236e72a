"""From proposals to the cast of each miRNA: rules propose fillers, small trained models accept them.

Donors are judged first, recipients with the donors known, targets with both known, and last whether vesicles
carry the miRNA at all. The models are logistic regressions over named features (``rules/models.json``),
trained by ``benchmarks/train_models.py``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from extractor.relations import features
from extractor.relations.aside import APART, asides
from extractor.relations.assembly import (
    DONOR,
    PASS,
    RECIPIENT,
    TARGET,
    TARGET_DEFAULT,
    Filler,
    acted_in,
    acts,
    cells_first,
    direct_targets,
    gives,
    in_recipients,
    listed_with,
    merge_cells,
    not_at_home,
    score,
)
from extractor.relations.denial import ONLY
from extractor.relations.entities import Entity, is_giver, is_reporter, is_taker
from extractor.relations.features import Cast
from extractor.relations.logistic import Features, Models
from extractor.relations.masking import shares_stem
from extractor.relations.regulation import Statement
from extractor.relations.role_net import Told, told
from extractor.relations.roles import Support
from extractor.relations.scene import Scene
from extractor.types import Effect

_DENIAL = re.compile(
    r"\b(?:no|not|neither|nor|never|without|cannot|fail(?:s|ed)?|unchanged|unaffected)\b", re.I
)
UNLINKED = 0.8
"""How sure the carriage of a miRNA must be that no rule links with vesicles."""
SURE = 0.9
"""How sure the regression of a miRNA and a gene must be to overrule the model of targets."""
Ties = Mapping[tuple[str, str], Statement]
"""The surest statement that a miRNA acts on a gene, by their keys."""


@dataclass(frozen=True)
class Proposal:
    """A filler that rules propose for a role, and what is measured of it."""

    filler: Filler
    features: Features


def named_outright(measured: Features) -> bool:
    """A target for rules and for the pair's regression alike: "it binds TLR7 and TLR8" names both."""
    aside = measured["at home"] or measured["downstream"]
    return bool(measured["passes"] and not aside and measured["related"] >= SURE)


def _continues(filler: Filler, taken: Sequence[Filler]) -> bool:
    """Named by its number alone behind a gene that is taken: the 3 of "Smad2/3"."""
    ends = {m.end + 1 for f in taken for e in f.entities for m in e.mentions}
    mentions = [m for e in filler.entities for m in e.mentions]
    return bool(filler.support.features) and all(m.start in ends and shares_stem(m) for m in mentions)


def surest(proposals: Sequence[Proposal]) -> float:
    """How sure the model is of the best filler, taken or not; 0 where there is none."""
    return max((p.filler.probability for p in proposals), default=0.0)


class Judge:
    """Decides for one finding; ``Cast`` by ``Cast``, a miRNA each."""

    def __init__(self, scene: Scene, models: Models, ties: Ties, said: Told | None = None) -> None:
        """``said`` is what the networks say of the scene, where that is known already."""
        self.scene, self.models, self.ties = scene, models, ties
        self.roles, self.entities = scene.finding.roles, scene.finding.entities
        self.told = told(scene, models.nets) if said is None else said
        self.denied = {self.entities.of.get(m) for f in scene.stated if f.negated for m in f.denied}
        """What some sentence denies something of: only a rule can still propose it."""
        self.passed_over = {
            self.entities.of.get(m) for f in scene.stated if f.rule.startswith(ONLY) for m in f.left
        }
        """miRNAs of a list of which another one alone is told to reach the cells."""
        apart = (f for f in scene.stated if f.kind in APART)
        self.otherwise = self.denied | {self.entities.of.get(m) for f in apart for m in f.right}
        """Of what some sentence tells something else than that vesicles carry it, as well."""
        self.aside = asides(scene.stated)
        of = self.entities.of
        self.lists = {
            frozenset(of.get(m, "") for m in side)
            for f in scene.facts
            for side in (f.left, f.right)
            if len(side) > 1
        }

    def donors(self, key: str) -> list[Proposal]:
        found = self._cells("donor", self.roles.donors.get(key, {}), DONOR)
        found = [f for f in found if not all(map(is_taker, f.entities))]
        return [Proposal(f, features.donor(f, key, found, self.scene, self.told)) for f in found]

    def recipients(self, key: str, donors: Sequence[Filler]) -> list[Proposal]:
        found = self._cells("recipient", self.roles.recipients.get(key, {}), RECIPIENT)
        found = [f for f in found if self._may_take(f) and not self._of_others(f, key, donors)]
        found = self._told_beside(key, found)
        if key in self.passed_over:
            found = [f for f in found if any(name.endswith("_mirna") for name in f.support.features)]
        own = [gives(f, donors, self.entities, self.roles.same) for f in found]
        acting = acts(key, self.roles)
        return [
            Proposal(f, features.recipient(f, key, found, donors, o, acting, self.scene, self.told))
            for f, o in zip(found, own, strict=True)
        ]

    def _told_beside(self, key: str, found: list[Filler]) -> list[Filler]:
        """Where the one sentence on a miRNA tells in which cells it acts, no others are asked for."""
        mine = self.scene.sentences(self.entities.by_key[key].mentions) - self.scene.title
        told = [f for f in found if acted_in(f.support, "")]
        if len(mine) != 1 or not told:
            return found
        return [f for f in found if f in told or (f.support.features and mine & set(f.support.sentences))]

    @staticmethod
    def _may_take(filler: Filler) -> bool:
        """Not what is named as a giver, and a line for assays only where vesicles reach it."""
        if all(map(is_giver, filler.entities)):
            return False
        reached = any(f.startswith(("reaches", "fromto", "named")) for f in filler.support.features)
        return reached or not all(map(is_reporter, filler.entities))

    def _of_others(self, filler: Filler, key: str, donors: Sequence[Filler]) -> bool:
        """Reached by other miRNAs alone, all of them from other donors: "T cells took up those of A"."""
        reached = {
            other
            for other, cells in self.roles.recipients.items()
            for k in filler.keys & cells.keys()
            if other != key and any(f.startswith(("reaches", "fromto")) for f in cells[k].features)
        }
        own = {k for d in donors for k in d.keys}
        theirs = [self.roles.donors.get(other, {}).keys() for other in reached]
        if filler.support.features or not own or not theirs:
            return False
        return all(their and not their & own for their in theirs)

    def _cells(self, role: str, supported: Mapping[str, Support], weights: dict[str, float]) -> list[Filler]:
        """All cells of the finding, whether a rule proposes them or only the network can."""
        cells = self.entities.all("CELL", "TISSUE")
        all_of_them = {
            e.key: Support()
            for e in cells
            if e.key not in self.denied and not self._in_denials(e) and not self.aside.issuperset(e.mentions)
        }
        found = merge_cells(all_of_them | dict(supported), self.entities, weights, self.roles.same)
        return [self._shown(role, f) for f in found]

    def _in_denials(self, entity: Entity) -> bool:
        """Named only in sentences that deny something: "had no effect on hepatocytes"."""
        places = self.scene.sentences(entity.mentions)
        return self.scene.says(places, _DENIAL) == len(places)

    def _shown(self, role: str, filler: Filler) -> Filler:
        """Where no rule speaks of it, the mention of which the network is surest is the evidence."""
        if not filler.support.mentions:
            said = self.told.mentions[role]
            mention = max((m for e in filler.entities for m in e.mentions), key=lambda m: said.get(m, 0.0))
            filler.support.mentions.append(mention)
            filler.support.sentences[self.scene.sentence(mention)].append(f"net.{role}")
        return filler

    def targets(self, key: str, donors: Sequence[Filler], recipients: Sequence[Filler]) -> list[Proposal]:
        supported = self.roles.targets.get(key, {})
        found = [
            self._shown("target", Filler([e], s, score(s, TARGET, TARGET_DEFAULT)))
            for e in self.entities.all("GENE")
            if e.key in supported or e.key not in self.denied
            for s in (supported.get(e.key, Support()),)
        ]
        found.sort(key=lambda f: -f.score)
        passing = [f for f in found if f.score >= PASS]
        direct = direct_targets(passing)
        away = in_recipients(direct, donors, recipients, self.roles)
        cast = Cast(donors, recipients)
        return [
            Proposal(
                f,
                features.target(
                    f,
                    key,
                    found,
                    cast,
                    f in direct and f not in away,
                    f in direct,
                    self.tied(key, f),
                    self.scene,
                    self.told,
                ),
            )
            for f in found
        ]

    def tied(self, key: str, gene: Filler) -> float:
        """How sure some sentence is that the miRNA acts on the gene."""
        return max((self.ties[key, k].probability for k in gene.keys if (key, k) in self.ties), default=0.0)

    def effect(self, key: str, gene: Filler | None) -> Effect:
        """What that sentence says that the miRNA does to the gene."""
        ties = [self.ties[key, k] for k in (gene.keys if gene else ()) if (key, k) in self.ties]
        return max(ties, key=lambda s: s.probability).effect if ties else "unknown"

    def worded_link(self, key: str) -> Support:
        """The sentence that for the network ties the miRNA most to vesicles: evidence where no rule does."""
        said = self.told.mentions["carried"]
        mention = max(self.entities.by_key[key].mentions, key=lambda m: said.get(m, 0.0))
        return Support(sentences={self.scene.sentence(mention): ["net.carried"]}, mentions=[mention])

    def accepted_donors(self, key: str) -> list[Filler]:
        return cells_first(self.accepted("donor", self.donors(key)))

    def accepted_recipients(self, key: str, donors: Sequence[Filler]) -> list[Filler]:
        return cells_first(self.accepted("recipient", self.recipients(key, donors)))

    def cast(self, key: str) -> Cast:
        """The accepted fillers of a miRNA's roles, each the best first."""
        givers = self.donors(key)
        donors = cells_first(self.accepted("donor", givers))
        takers = self.recipients(key, donors)
        recipients = cells_first(self.accepted("recipient", takers))
        genes = self.targets(key, donors, recipients)
        targets = self.accepted("target", genes)
        targets += [p.filler for p in genes if p.filler not in targets and named_outright(p.features)]
        targets += [p.filler for p in genes if p.filler not in targets and _continues(p.filler, targets)]
        targets = not_at_home(targets, donors, recipients, self.roles)
        best = {"donor": surest(givers), "recipient": surest(takers), "target": surest(genes)}
        return Cast(donors, recipients, targets, best)

    def said_to_give(self, cast: Cast) -> list[Filler]:
        """The donors without those that only the networks propose and that are recipients.

        "Exosomal miR-21 acts on HUVECs" does not make them givers: a cell gives to its own kind only where a
        rule says that it gives.
        """
        takes = [gives(d, cast.recipients, self.entities, self.roles.same) for d in cast.donors]
        return [d for d, own in zip(cast.donors, takes, strict=True) if d.support.features or not own]

    def accepted(self, model: str, proposals: Sequence[Proposal]) -> list[Filler]:
        """The fillers that a model takes, the surest first; how sure it is is written on each.

        Beside the surest only those that a rule proposes: second fillers are rarely right otherwise.
        """
        for proposal in proposals:
            proposal.filler.probability = self.models.probability(model, proposal.features)
        first, others = self.models.threshold(model), self.models.further(model)
        ranked = sorted((p.filler for p in proposals), key=lambda f: -f.probability)
        taken = [f for n, f in enumerate(ranked) if f.probability >= (others if n else first)]
        taken = taken[:1] + [f for f in taken[1:] if f.support.features]
        return taken + [f for f in ranked if f not in taken and listed_with(f, taken[:1], self.lists)]

    def carried(self, casts: Mapping[str, Cast]) -> dict[str, float]:
        """How sure it is of each miRNA that vesicles carry it; 0 below the model's line.

        The members of a list that are named in the same sentences throughout are judged together.
        """
        alone = {k: self.models.probability("carriage", self.carriage(k, c)) for k, c in casts.items()}
        sure = {k: fmean(alone[o] for o in group) for group in self._listed_together(alone) for k in group}
        return {key: sure[key] if sure[key] >= self._line(key) else 0.0 for key in casts}

    def _listed_together(self, keys: Iterable[str]) -> list[list[str]]:
        """miRNAs of the same lists and sentences of which the rules say the same; the others alone."""
        lists: dict[str, set[str]] = {}
        for fact in self.scene.facts:
            for side in (fact.left, fact.right):
                members = {k for m in side if m.label == "MIRNA" and (k := self.entities.of.get(m))}
                for key in members if len(members) > 1 else ():
                    lists.setdefault(key, set()).update(members)
        groups: dict[Hashable, list[str]] = {}
        for key in keys:
            places = frozenset(self.scene.sentences(self.entities.by_key[key].mentions))
            alike = places, frozenset(lists.get(key, ())), self._linked(key)
            groups.setdefault(alike if key in lists and key not in self.denied else key, []).append(key)
        return [*groups.values()]

    def _line(self, key: str) -> float:
        """The probability from which a miRNA counts as carried.

        Where no rule links it with vesicles, the line is higher, and a sentence that denies something of it
        settles it: the network reads what is told, and is weak at what is denied.
        """
        line = self.models.threshold("carriage")
        if self._linked(key):
            return line
        return math.inf if key in self.otherwise else max(line, UNLINKED)

    def _linked(self, key: str) -> bool:
        """Some rule ties the miRNA to vesicles or says which cell releases it."""
        donors = self.roles.donors.get(key, {}).values()
        return key in self.roles.carried or any("direct" in s.features for s in donors)

    def carriage(self, key: str, cast: Cast) -> Features:
        return features.carriage(key, self.scene, cast, self.told)
