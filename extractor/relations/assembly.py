"""From supported roles to atomic relations: who passes, which names are one, which combinations hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.relations.entities import Entities, Entity, is_generic, same_cell
from extractor.relations.roles import Roles, Support
from extractor.types import Mention

# How much one feature counts. Roles pass at 2; the values were set by hand on the read part of the
# development abstracts and stand in one table so that they can be learnt.
DONOR = {"direct": 3.0, "vesicle": 3.0, "short": 3.0, "inherited": 2.0, "fromto": 3.0}
RECIPIENT = {
    "reaches_mirna": 4.0,
    "reaches_vesicle": 3.0,
    "reaches_vesicle_far": 2.5,
    "fromto": 4.0,
    "fromto_far": 2.0,
    "affects_mirna": 1.5,
    "affects_vesicle": 2.0,
    "affects_vesicle_far": 1.5,
    "outcome_mirna": 1.5,
    "outcome_vesicle": 2.0,
    "outcome_vesicle_far": 1.5,
    "target_host": 2.0,
}
TARGET = {"via": 0.7, "supports": 0.7, "changes": 0.2, "by.regulate": 1.0, "regulate": 1.5}
TARGET_DEFAULT = 2.0
PASS = 2.0


@dataclass
class Filler:
    """One cell (or gene) in one role: all entities that name it, and the support of all."""

    entities: list[Entity]
    support: Support
    score: float

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(e.key for e in self.entities)


def score(support: Support, weights: dict[str, float], default: float = 0.0) -> float:
    """Each feature counts once fully, a second time by half: repetition helps, but saturates."""
    return sum(weights.get(f, default) * (1.0 if n == 1 else 1.5) for f, n in support.features.items())


def merge_cells(found: dict[str, Support], entities: Entities, weights: dict[str, float]) -> list[Filler]:
    """The fillers of a cell role, names of the same cell gathered, best first; generic names only alone."""
    ranked = sorted(found, key=lambda k: (-score(found[k], weights), k))
    fillers: list[Filler] = []
    for key in ranked:
        entity = entities.by_key[key]
        home = next((f for f in fillers if any(same_cell(entity, e) for e in f.entities)), None)
        if home is None:
            fillers.append(Filler([entity], found[key], score(found[key], weights)))
        else:
            home.entities.append(entity)
            home.score += score(found[key], weights)
            _join(home.support, found[key])
    specific = [f for f in fillers if not all(is_generic(e) for e in f.entities)]
    return sorted(specific or fillers, key=lambda f: -f.score)


def _join(into: Support, other: Support) -> None:
    into.features.update(other.features)
    into.mentions.extend(other.mentions)
    for sentence, rules in other.sentences.items():
        into.sentences[sentence] += [r for r in rules if r not in into.sentences[sentence]]


def passing(fillers: Sequence[Filler], share: float) -> list[Filler]:
    """Those that reach the threshold and a share of the best one's score."""
    best = max((f.score for f in fillers), default=0.0)
    return [f for f in fillers if f.score >= PASS and f.score >= share * best]


def combine(
    donors: Sequence[Filler], recipients: Sequence[Filler], pairs: Iterable[tuple[str, str]]
) -> list[tuple[Filler | None, Filler | None]]:
    """Donor-recipient combinations: the stated pairs where they cover both sides, else all."""
    every = [(d, r) for d in donors or [None] for r in recipients or [None]]
    stated = [
        (d, r) for d, r in every if d and r and any(a in d.keys and b in r.keys for a, b in pairs)
    ]
    covered = {id(f) for pair in stated for f in pair}
    if len(donors) > 1 and len(recipients) > 1 and all(id(f) in covered for f in (*donors, *recipients)):
        return stated
    return every


def without_donors(recipients: list[Filler], donors: Sequence[Filler]) -> list[Filler]:
    """A donor is its own recipient only where it is stated more strongly than any other recipient."""
    others = [r for r in recipients if not any(r.keys & d.keys for d in donors)]
    own = [r for r in recipients if r not in others]
    strong = {"reaches_mirna", "reaches_vesicle", "fromto"}
    kept = [r for r in own if not others and strong & set(r.support.features)]
    return others + kept


def best_mention(mentions: Sequence[Mention], preferred: str = "") -> Mention:
    """The longest printing among the mentions, the first of them."""
    return max(mentions, key=lambda m: (m.text == preferred, len(m.text), -m.start))


def roles_of(mirna: str, roles: Roles, entities: Entities) -> tuple[list[Filler], list[Filler], list[Filler]]:
    """Donors, recipients and targets of one miRNA that pass."""
    donors = passing(merge_cells(dict(roles.donors.get(mirna, {})), entities, DONOR), 0.5)
    recipients = merge_cells(dict(roles.recipients.get(mirna, {})), entities, RECIPIENT)
    recipients = passing(without_donors(recipients, donors), 0.4)
    targets = [
        Filler([entities.by_key[k]], s, score(s, TARGET, TARGET_DEFAULT)) for k, s in roles.targets.get(mirna, {}).items()
    ]
    return donors, recipients, passing(sorted(targets, key=lambda f: -f.score), 0.0)
