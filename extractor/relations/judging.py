"""From proposals to the cast of each miRNA: rules propose fillers, small trained models accept them.

Donors are judged first, recipients with the donors known, targets with both known, and last whether vesicles
carry the miRNA at all. The models are logistic regressions over named features (``rules/models.json``),
trained by ``benchmarks/train_models.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.relations import features
from extractor.relations.assembly import (
    DONOR,
    PASS,
    RECIPIENT,
    TARGET,
    TARGET_DEFAULT,
    Filler,
    acts,
    cells_first,
    direct_targets,
    gives,
    in_recipients,
    merge_cells,
    score,
)
from extractor.relations.features import Cast
from extractor.relations.logistic import Features, probability, threshold
from extractor.relations.scene import Scene


@dataclass(frozen=True)
class Proposal:
    """A filler that rules propose for a role, and what is measured of it."""

    filler: Filler
    features: Features


class Judge:
    """Decides for one finding; ``Cast`` by ``Cast``, a miRNA each."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.roles, self.entities = scene.finding.roles, scene.finding.entities

    def donors(self, key: str) -> list[Proposal]:
        found = merge_cells(dict(self.roles.donors.get(key, {})), self.entities, DONOR, self.roles.same)
        return [Proposal(f, features.donor(f, key, found, self.scene)) for f in found]

    def recipients(self, key: str, donors: Sequence[Filler]) -> list[Proposal]:
        found = merge_cells(
            dict(self.roles.recipients.get(key, {})), self.entities, RECIPIENT, self.roles.same
        )
        own = [gives(f, donors, self.entities, self.roles.same) for f in found]
        acting = acts(key, self.roles)
        return [
            Proposal(f, features.recipient(f, key, found, donors, o, acting, self.scene))
            for f, o in zip(found, own, strict=True)
        ]

    def targets(self, key: str, donors: Sequence[Filler], recipients: Sequence[Filler]) -> list[Proposal]:
        found = [
            Filler([self.entities.by_key[k]], s, score(s, TARGET, TARGET_DEFAULT))
            for k, s in self.roles.targets.get(key, {}).items()
        ]
        found.sort(key=lambda f: -f.score)
        passing = [f for f in found if f.score >= PASS]
        direct = direct_targets(passing)
        away = in_recipients(direct, donors, recipients, self.roles)
        cast = Cast(donors, recipients)
        return [
            Proposal(
                f,
                features.target(f, key, found, cast, f in direct and f not in away, f in direct, self.scene),
            )
            for f in found
        ]

    def accepted_donors(self, key: str) -> list[Filler]:
        return cells_first(accepted("donor", self.donors(key)))

    def accepted_recipients(self, key: str, donors: Sequence[Filler]) -> list[Filler]:
        return cells_first(accepted("recipient", self.recipients(key, donors)))

    def cast(self, key: str) -> Cast:
        """The accepted fillers of a miRNA's roles, each the best first."""
        donors = self.accepted_donors(key)
        recipients = self.accepted_recipients(key, donors)
        return Cast(donors, recipients, self.hit(self.targets(key, donors, recipients)))

    def hit(self, proposals: Sequence[Proposal]) -> list[Filler]:
        """The targets among the proposals: rules decide, since a model found no better line than theirs."""
        weigh("target", proposals)
        return [
            p.filler
            for p in proposals
            if p.features["passes"] and not p.features["at home"] and not p.features["downstream"]
        ]

    def carriage(self, key: str, cast: Cast) -> Features:
        return features.carriage(key, self.scene, cast)


def weigh(model: str, proposals: Sequence[Proposal]) -> None:
    """Write on every filler how sure the model is of it."""
    for proposal in proposals:
        proposal.filler.probability = probability(model, proposal.features)


def accepted(model: str, proposals: Sequence[Proposal]) -> list[Filler]:
    """The fillers that a model takes, the surest first."""
    weigh(model, proposals)
    fillers = [p.filler for p in proposals if p.filler.probability >= threshold(model)]
    return sorted(fillers, key=lambda f: -f.probability)
