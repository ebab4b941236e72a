"""From supported roles to atomic relations: who passes, which names are one, which combinations hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.relations.entities import Entities, Entity, is_generic, is_line, is_plain, is_tumour, same_cell
from extractor.relations.roles import Roles, Support
from extractor.types import Mention

# How much one feature counts. Roles pass at 2; the values were set by hand on the read part of the
# development abstracts and stand in one table so that they can be learnt.
DONOR = {
    "direct": 3.0,
    "vesicle": 3.0,
    "short": 3.0,
    "inherited": 2.0,
    "fromto": 3.0,
    "cooccur": 2.0,
    "topic": 2.0,
}
RECIPIENT = {
    "reaches_mirna": 4.0,
    "reaches_vesicle": 3.0,
    "reaches_vesicle_far": 2.5,
    "fromto": 4.0,
    "fromto_far": 2.0,
    "affects_mirna": 1.5,
    "mimic_mirna": 1.0,
    "affects_vesicle": 2.0,
    "carried_affects_mirna": 2.0,
    "carried_outcome_mirna": 2.0,
    "carried_affects_mirna_tissue": 0.8,
    "carried_outcome_mirna_tissue": 0.8,
    "affects_vesicle_far": 2.0,
    "outcome_mirna": 1.5,
    "outcome_vesicle": 2.0,
    "outcome_vesicle_far": 1.5,
    "target_host": 2.0,
    "named_recipient": 1.0,
    "named_as": 2.0,
    "reaches_mirna_tissue": 2.5,
    "reaches_vesicle_tissue": 2.0,
    "reaches_vesicle_far_tissue": 1.0,
    "fromto_tissue": 2.5,
    "affects_mirna_tissue": 0.6,
    "affects_vesicle_tissue": 0.6,
    "outcome_mirna_tissue": 0.6,
    "outcome_vesicle_tissue": 0.8,
}
TARGET = {"via": 0.7, "supports": 0.7, "changes": 0.2, "vesicle": 1.5, "vesicle_here": 2.0, "pathway": 0.6}
TARGET_DEFAULT = 2.0
PASS = 2.0
NAMED_TARGET = (
    "target.by",
    "target.verb",
    "target.is",
    "target.apposed",
    "target.of",
    "target.its",
    "target.noun",
    "target.targeted.by",
    "target.utr",
    "axis",
    "receptor",
)
DOWNSTREAM = 4.5


@dataclass
class Filler:
    """One cell (or gene) in one role: all entities that name it, and the support of all."""

    entities: list[Entity]
    support: Support
    score: float
    probability: float = 0.0
    """How sure the model of its role is."""

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(e.key for e in self.entities)


def score(support: Support, weights: dict[str, float], default: float = 0.0) -> float:
    """Each feature counts once fully, a second time by half: repetition helps, but saturates."""
    return sum(weights.get(f, default) * (1.0 if n == 1 else 1.5) for f, n in support.features.items())


def one_cell(one: Entity, other: Entity, entities: Entities, same: set[frozenset[str]]) -> bool:
    """Two names of one cell: set equal by the text or by their words, directly or over a third name.

    The third name joins cell lines: SW480 and HCT-15 are one donor where the text calls both "CRC lines".
    """
    if frozenset((one.key, other.key)) in same or same_cell(one, other):
        return True
    bridges = [e for e in entities.all("CELL") if e not in (one, other) and is_plural_type(e)]
    return any(_joined(one, e, same) and _joined(other, e, same) for e in bridges)


def _joined(line: Entity, kind: Entity, same: set[frozenset[str]]) -> bool:
    if frozenset((line.key, kind.key)) in same:
        return True
    return is_line(line) and same_cell(line, kind)


def is_plural_type(entity: Entity) -> bool:
    """A type that the text uses for several lines: "CRC cell lines"."""
    return not is_line(entity) and any(m.text.lower().endswith("lines") for m in entity.mentions)


def merge_cells(
    found: dict[str, Support],
    entities: Entities,
    weights: dict[str, float],
    same: set[frozenset[str]] = frozenset(),  # type: ignore[assignment]
) -> list[Filler]:
    """The fillers of a cell role, names of the same cell gathered, best first; generic names only alone."""
    ranked = sorted(found, key=lambda k: (-score(found[k], weights), k))
    fillers: list[Filler] = []
    for key in ranked:
        entity = entities.by_key[key]
        homes = [f for f in fillers if any(one_cell(entity, e, entities, same) for e in f.entities)]
        home = homes[0] if homes else None
        for other in homes[1:]:  # "HCC cells (Huh7 and HepG2)" are one
            lines = home and all(is_line(e) for f in (home, other) for e in f.entities)
            if home and lines and any(frozenset((entity.key, e.key)) in same for e in other.entities):
                _take_in(home, other)
                fillers.remove(other)
        if home is None:
            fillers.append(Filler([entity], found[key].copy(), score(found[key], weights)))
        else:
            home.entities.append(entity)
            home.score += score(found[key], weights)
            _join(home.support, found[key])
    for filler in fillers:
        _specify(filler, entities)
    fillers = _united(fillers)
    specific = [f for f in fillers if not all(is_generic(e) for e in f.entities)]
    if not any(f.score >= PASS for f in specific):
        specific = fillers
    return sorted(specific, key=lambda f: -f.score)


def _united(fillers: Sequence[Filler]) -> list[Filler]:
    """Fillers that came to share an entity are one."""
    united: list[Filler] = []
    for filler in fillers:
        home = next((f for f in united if f.keys & filler.keys), None)
        if home is None:
            united.append(filler)
        else:
            _take_in(home, filler)
    return united


def _take_in(home: Filler, other: Filler) -> None:
    home.entities += [e for e in other.entities if e.key not in home.keys]
    home.score += other.score
    _join(home.support, other.support)


def _specify(filler: Filler, entities: Entities) -> None:
    """ "Tumor-derived" in a text about one tumour means that tumour; its name then fills the slot."""
    if not all(is_generic(e) and is_tumour(e) for e in filler.entities):
        return
    named = [e for e in entities.all("CELL", "TISSUE") if is_tumour(e) and not is_generic(e)]
    if named:
        chosen = max(named, key=lambda e: (len(e.mentions), -e.mentions[0].start))
        filler.entities.insert(0, chosen)
        filler.support.mentions = [chosen.mentions[0]]


def _join(into: Support, other: Support) -> None:
    into.features.update(other.features)
    into.mentions.extend(other.mentions)
    for sentence, rules in other.sentences.items():
        into.sentences[sentence] += [r for r in rules if r not in into.sentences[sentence]]


def cells_first(fillers: list[Filler]) -> list[Filler]:
    """Tissues only where no cell fills the role."""
    cells = [f for f in fillers if any(e.label == "CELL" for e in f.entities)]
    return cells or fillers


def combine(
    donors: Sequence[Filler], recipients: Sequence[Filler], pairs: Iterable[tuple[str, str]]
) -> list[tuple[Filler | None, Filler | None]]:
    """Donor-recipient combinations: the stated pairs where they cover both sides, else all."""
    givers: list[Filler | None] = [*donors] or [None]
    takers: list[Filler | None] = [*recipients] or [None]
    every = [(d, r) for d in givers for r in takers]
    stated: list[tuple[Filler | None, Filler | None]] = [
        (d, r) for d, r in every if d and r and any(a in d.keys and b in r.keys for a, b in pairs)
    ]
    covered = {id(f) for pair in stated for f in pair if f}
    if len(donors) > 1 and len(recipients) > 1 and all(id(f) in covered for f in (*donors, *recipients)):
        return stated
    return every


def gives(recipient: Filler, donors: Sequence[Filler], entities: Entities, same: set[frozenset[str]]) -> bool:
    """Whether a recipient is, under this or another name, a donor itself."""
    return any(
        one_cell(a, b, entities, same) or a.key == b.key
        for d in donors
        for a in recipient.entities
        for b in d.entities
    )


def best_mention(mentions: Sequence[Mention], preferred: str = "") -> Mention:
    """The longest printing among the mentions, the first; "recipient cells" only for want of others."""
    return max(mentions, key=lambda m: (m.text == preferred, not is_plain(m.text), len(m.text), -m.start))


def acted_in(support: Support, *kinds: str) -> bool:
    """The miRNA itself, and not only its vesicles, is said to do something there.

    ``kinds`` are the endings that count: "" for cells, "_tissue" for places that stand for them.
    """
    ends = tuple(f"_mirna{kind}" for kind in kinds or ("", "_tissue"))
    return any(f.endswith(ends) or f == "target_host" for f in support.features)


def acts(mirna: str, roles: Roles) -> bool:
    """Something is said of what this miRNA does; else it only stands in the list of what vesicles hold."""
    outcomes = {f for s in roles.outcomes.get(mirna, {}).values() for f in s.features}
    return (
        any(map(acted_in, roles.recipients.get(mirna, {}).values()))
        or "mirna" in outcomes
        or bool(roles.targets.get(mirna))
        or (mirna in roles.carried and "through" in roles.carried[mirna].features)
    )


def in_recipients(
    targets: Sequence[Filler], donors: Sequence[Filler], recipients: Sequence[Filler], roles: Roles
) -> list[Filler]:
    """Targets without those that are only spoken of beside the donor: what the miRNA does at home."""
    giving = {k for d in donors for k in d.keys}
    taking = {k for r in recipients for k in r.keys}

    def at_home(target: Filler) -> bool:
        return all(
            i not in roles.vesicles_in and roles.cells_in[i] & giving and not roles.cells_in[i] & taking
            for i in target.support.sentences
        )

    away = [t for t in targets if not at_home(t)]
    return away if away and len(away) < len(targets) else list(targets)


def listed_with(filler: Filler, first: Sequence[Filler], lists: Iterable[frozenset[str]]) -> bool:
    """Named side by side with the surest, and told the same throughout: "by T cells and macrophages"."""
    told = set(filler.support.features)
    return bool(told) and any(
        told == set(f.support.features) and filler.keys & names and f.keys & names
        for f in first
        for names in lists
    )


def not_at_home(
    targets: Sequence[Filler], donors: Sequence[Filler], recipients: Sequence[Filler], roles: Roles
) -> list[Filler]:
    """Without the genes that are only said to be hit in the donor, where some other cell is the recipient."""
    taking = {k for r in recipients for k in r.keys}
    giving = {k for d in donors for k in d.keys} - taking
    if not taking or not giving:
        return [*targets]

    def at_home(target: Filler) -> bool:
        places = {h for k in target.keys for h in roles.gene_hosts.get(k, ())}
        beside = any(i in roles.vesicles_in for i in target.support.sentences)
        return bool(places) and places <= giving and not beside

    return [t for t in targets if not at_home(t)]


def holds_in(
    target: Filler | None, recipient: Filler | None, recipients: Sequence[Filler], roles: Roles
) -> bool:
    """Whether a target goes with this recipient, where the text says in which recipient it is hit."""
    if target is None or recipient is None:
        return True
    hosts = {h for k in target.keys for h in roles.gene_hosts.get(k, ())}
    named = [r for r in recipients if r.keys & hosts]
    return not named or recipient in named


def direct_targets(targets: Sequence[Filler]) -> list[Filler]:
    """Where a target is named as such, genes that merely fall are taken for what lies downstream of it."""
    named = [t for t in targets if any(f.startswith(NAMED_TARGET) for f in t.support.features)]
    return [t for t in targets if not named or t in named or t.score >= DOWNSTREAM]
