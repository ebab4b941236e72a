"""What is measured of a miRNA and of the fillers of its roles: the input of ``rules/models.json``."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from extractor.relations.assembly import (
    NAMED_TARGET,
    Filler,
)
from extractor.relations.entities import is_generic, is_line, is_tumour
from extractor.relations.role_net import Told
from extractor.relations.roles import Support
from extractor.relations.scene import Scene, any_of, many, some
from extractor.types import Mention

WEAK = frozenset({"cooccur", "topic"})
"""Links of a miRNA with vesicles that no sentence states."""
LIST = 4
"""So many miRNAs in a sentence are a list."""
_STATED_DONOR = frozenset({"direct", "vesicle", "fromto", "short"})
_OTHER_RNA = re.compile(r"circ|lnc|long (?:intergenic )?non-?coding|sponge|ceRNA|competing endogenous", re.I)
_FLUID = re.compile(r"serum|sera\b|plasma|urin|circulating|biomarker|patients?\b", re.I)
_MIMIC = re.compile(r"mimic|transfect|inhibitor|overexpress|over-express|knock-?down|antagomir", re.I)
_FOUND = re.compile(
    r"profil|sequenc|microarray|differential|enrich|abundan|detected|identified|elevated|increased|"
    r"decreased|(?:up|down|over)-?(?:regulat|express)",
    re.I,
)
_REACHED = ("reaches_mirna", "reaches_vesicle", "fromto", "named_recipient")
_UPTAKE = re.compile(
    r"treat|incubat|co-?cultur|uptake|internali|recipient|transfer|deliver|take[ns]? up|engulf|absorb|expos",
    re.I,
)
_PROOF = re.compile(r"luciferase|direct(?:ly)? target|3['′’]?-?\s?UTR|untranslated", re.I)


@dataclass(frozen=True)
class Cast:
    """The accepted fillers of a miRNA's roles, the surest first."""

    donors: Sequence[Filler] = ()
    recipients: Sequence[Filler] = ()
    targets: Sequence[Filler] = ()
    best: Mapping[str, float] = field(default_factory=dict)
    """By role: how sure the model was of the best filler, taken or not."""


def _has(support: Collection[str], *starts: str) -> float:
    return float(any(f.startswith(starts) for f in support))


def _place(sentences: set[int], scene: Scene) -> dict[str, float]:
    return {
        "title": any_of(sentences, scene.title),
        "conclusion": any_of(sentences, scene.conclusion),
        "with vesicles": some(len(sentences & scene.vesicles), 3),
    }


def carriage(key: str, scene: Scene, cast: Cast, told: Told) -> dict[str, float]:
    """Of a miRNA: whether the text says that vesicles carry it from or to some cell."""
    roles = scene.finding.roles
    carried = roles.carried[key].features if key in roles.carried else {}
    mentions = scene.finding.entities.by_key[key].mentions
    mine = scene.sentences(mentions)
    populations = scene.finding.populations.of.values()
    strong = [e for e in scene.mirnas if set(roles.carried.get(e.key, Support()).features) - WEAK]
    donor = {f for d in cast.donors for f in d.support.features}
    recipient = {f for r in cast.recipients for f in r.support.features}
    sets = scene.sentences(scene.of("MIRNA_SET")) & scene.vesicles
    read = told.of("carried", [key])
    return {
        "net": read,
        "net, odds": _steps(read),
        "net of a mention": told.best("carried", mentions),
        "net in title": told.best("carried", [m for m in mentions if scene.sentence(m) in scene.title]),
        "net of others": told.of("carried", [e.key for e in scene.mirnas if e.key != key]),
        "net of a donor": max(told.entities["donor"].values(), default=0.0),
        "net of a recipient": max(told.entities["recipient"].values(), default=0.0),
        "linked": float(key in roles.carried),
        "sure donor": max((d.probability for d in cast.donors), default=0.0),
        "sure recipient": max((r.probability for r in cast.recipients), default=0.0),
        **{f"carried: {f}": float(f in carried) for f in ("vesicle", "through", "fluid", "cooccur", "topic")},
        "carried several times": some(sum(n for f, n in carried.items() if f not in WEAK), 4),
        "donor": float(bool(cast.donors)),
        "donor stated": float(bool(donor & _STATED_DONOR)),
        "recipient of vesicles": _has(
            recipient, "reaches_vesicle", "affects_vesicle", "outcome_vesicle", "fromto"
        ),
        "recipient reached": _has(recipient, "reaches", "fromto"),
        "recipient of miRNA": float(any("_mirna" in f for f in recipient)),
        "target": float(bool(cast.targets)),
        **_place(mine, scene),
        "title with vesicles": any_of(scene.title, scene.vesicles),
        "title with miRNAs of vesicles": any_of(scene.title, sets),
        "miRNAs of vesicles before": float(any(i <= max(mine) for i in sets)),
        "title other RNA": float(bool(scene.says(scene.title, _OTHER_RNA))),
        "other RNA": float(bool(scene.says(mine, _OTHER_RNA))),
        "fluid acts on cells": float("fluid" in carried) * _surest_cell(cast),
        "title fluid": float(bool(scene.says(scene.title, _FLUID))),
        "fluid": float(bool(scene.says(mine, _FLUID))),
        "mimic": float(bool(scene.says(mine, _MIMIC))),
        "found": float(bool(scene.says(mine, _FOUND))),
        "mentions": some(len(mentions), 6),
        "miRNAs": many(len(scene.mirnas), 4),
        "miRNAs carried": many(len(strong) + 1, 4),
        "beside carried": any_of(
            mine, {i for e in strong if e.key != key for i in scene.sentences(e.mentions)}
        ),
        "after vesicles": any_of(mine, {i + 1 for i in scene.vesicles}),
        "share of vesicles": len(scene.vesicles) / max(len(scene.span), 1),
        "vesicles of cells": some(sum(bool(v.donors) for v in populations), 3),
        "vesicles of fluids": some(sum(v.fluid and not v.donors for v in populations), 3),
    }


def _surest_cell(cast: Cast) -> float:
    """How sure the surest recipient is that a rule proposes and that is no tumour.

    Vesicles of serum that act on a cell type carry what is told of them; those that do in the patients'
    own tumour are mostly markers.
    """
    cells = (r for r in cast.recipients if r.support.features and not any(is_tumour(e) for e in r.entities))
    return max((r.probability for r in cells), default=0.0)


def _named(filler: Filler, rivals: Sequence[Filler], scene: Scene) -> dict[str, float]:
    """What holds of a filler of any role: how it is named, where, and how it stands among its rivals."""
    mentions = _mentions(filler)
    best = max((r.score for r in rivals), default=0.0)
    return {
        **_place(scene.sentences(mentions), scene),
        "mentions": many(len(mentions) + 1, 4),
        "only": float(len(rivals) == 1),
        "best": float(filler.score >= best),
        "share of best": filler.score / best if best > 0 else 0.0,
        "rivals": some(len(rivals) - 1, 4),
        "evidence": some(len(filler.support.sentences), 4),
        "kinds of evidence": some(len(filler.support.features), 4),
    }


def _cell(filler: Filler, scene: Scene) -> dict[str, float]:
    cells = filler.entities
    named = {m for f in scene.facts if f.kind == "RELEASES" for m in f.left}
    return {
        "tissue": float(all(e.label == "TISSUE" for e in cells)),
        "generic": float(all(is_generic(e) for e in cells)),
        "tumour": float(any(is_tumour(e) for e in cells)),
        "line": float(any(is_line(e) for e in cells)),
        "releases": float(any(m in named for e in cells for m in e.mentions)),
    }


def _steps(probability: float) -> float:
    """A probability on the scale of its odds, from 0 (below 1 in 55) to 1."""
    if not 0.0 < probability < 1.0:
        return probability
    return min(max(math.log(probability / (1.0 - probability)), -4.0), 4.0) / 8 + 0.5


def _mentions(filler: Filler) -> list[Mention]:
    return [m for e in filler.entities for m in e.mentions]


def _read(
    role: str, filler: Filler, key: str, rivals: Sequence[Filler], scene: Scene, told: Told
) -> dict[str, float]:
    """What the network of roles says of a filler: in all, beside the miRNA, and against its rivals."""
    mentions = _mentions(filler)
    mine = scene.sentences(scene.finding.entities.by_key[key].mentions)
    near = {j for i in mine for j in (i - 1, i, i + 1)}
    best = told.of(role, filler.keys)
    others = max((told.of(role, r.keys) for r in rivals if r is not filler), default=0.0)
    return {
        "net": best,
        "net, odds": _steps(best),
        "net of a mention": told.best(role, mentions),
        "net beside": told.best(role, [m for m in mentions if scene.sentence(m) in mine]),
        "net in title": told.best(role, [m for m in mentions if scene.sentence(m) in scene.title]),
        "net lead": (1.0 + best - others) / 2,
        "net first": float(best >= others),
        "beside": any_of(mine, scene.sentences(mentions)),
        "near": any_of(near, scene.sentences(mentions)),
        "supported": float(bool(filler.support.features)),
    }


def donor(filler: Filler, key: str, rivals: Sequence[Filler], scene: Scene, told: Told) -> dict[str, float]:
    """Of a proposed donor of a miRNA."""
    support = set(filler.support.features)
    roles = scene.finding.roles
    reached = {f for k in filler.keys for f in roles.recipients.get(key, {}).get(k, Support()).features}
    carried = set(roles.carried[key].features) if key in roles.carried else set()
    return {
        **_named(filler, rivals, scene),
        **_cell(filler, scene),
        **_read("donor", filler, key, rivals, scene, told),
        "net of a recipient": told.of("recipient", filler.keys),
        "score": some(filler.score, 6),
        "stated": float(bool(support & _STATED_DONOR)),
        "direct": _has(support, "direct", "fromto"),
        "inherited only": float(support <= {"inherited"}),
        "surmised only": float(support <= WEAK),
        "also reached": _has(reached, "reaches", "fromto"),
        "also acted in": float(bool(reached)),
        "carried by fluid": float("fluid" in carried),
        "carried weakly": float(carried <= WEAK),
        "population": some(
            sum(bool(filler.keys & set(v.donors)) for v in scene.finding.populations.of.values()), 4
        ),
    }


def _spoken_of(key: str, scene: Scene) -> dict[str, float]:
    """Of a miRNA: what only stands in lists is found in vesicles, seldom followed into a cell."""
    mine = scene.sentences(scene.finding.entities.by_key[key].mentions)
    beside = [scene.mirnas_in[i] for i in mine]
    return {
        "miRNAs": many(len(scene.mirnas), 4),
        "listed": float(min(beside) >= LIST),
        "alone": float(min(beside) == 1),
        "sentences of miRNA": some(len(mine), 5),
    }


def recipient(
    filler: Filler,
    key: str,
    rivals: Sequence[Filler],
    donors: Sequence[Filler],
    own: bool,
    acts: bool,
    scene: Scene,
    told: Told,
) -> dict[str, float]:
    """Of a proposed recipient of a miRNA, its donors known."""
    support = filler.support.features
    mine = scene.sentences(scene.finding.entities.by_key[key].mentions)
    mentions = _mentions(filler)
    places = scene.sentences(mentions)
    hosts = {m for f in scene.facts if f.kind == "HOST" for m in f.left}
    return {
        **_named(filler, rivals, scene),
        **_cell(filler, scene),
        **_read("recipient", filler, key, rivals, scene, told),
        **_spoken_of(key, scene),
        "acting": float(acts),
        "net of a donor": told.of("donor", filler.keys),
        "score": some(filler.score, 8),
        "passes": float(filler.score >= 2),
        "reached by miRNA": _has(support, "reaches_mirna", "fromto"),
        "reached by vesicles": _has(support, "reaches_vesicle"),
        "changed by vesicles": _has(support, "affects_vesicle", "outcome_vesicle"),
        "changed by miRNA": _has(support, "affects_mirna", "outcome_mirna"),
        "changed by carried miRNA": _has(support, "carried"),
        "host of target": _has(support, "target_host"),
        "named recipient": _has(support, "named"),
        "mimic only": float(set(support) <= {"mimic_mirna"}),
        "far only": float(all("far" in f for f in support)),
        "far and idle": float(not acts and all("_far" in f and "reaches" not in f for f in support)),
        "donor": float(own),
        "donor, yet reached": float(own and _has(support, *_REACHED) and len(filler.support.sentences) > 1),
        "donor known": float(bool(donors)),
        "with miRNA": some(len(places & mine), 3),
        "uptake": some(scene.says(places, _UPTAKE), 3),
        "host": some(sum(m in hosts for m in mentions), 3),
    }


def target(
    filler: Filler,
    key: str,
    rivals: Sequence[Filler],
    cast: Cast,
    at_home: bool,
    direct: bool,
    related: float,
    scene: Scene,
    told: Told,
) -> dict[str, float]:
    """Of a proposed target of a miRNA, its donors and recipients known."""
    support = filler.support.features
    mine = scene.sentences(scene.finding.entities.by_key[key].mentions)
    places = scene.sentences(_mentions(filler))
    hosts = {h for k in filler.keys for h in scene.finding.roles.gene_hosts.get(k, ())}
    return {
        **_named(filler, rivals, scene),
        **_read("target", filler, key, rivals, scene, told),
        "related": related,
        "score": some(filler.score, 6),
        "passes": float(filler.score >= 2),
        "named": _has(support, *NAMED_TARGET),
        "axis": _has(support, "axis"),
        "by vesicles": _has(support, "vesicle"),
        "indirect only": float(set(support) <= {"via", "supports", "changes", "pathway"}),
        "pathway": _has(support, "pathway"),
        "at home": float(at_home),
        "downstream": float(not direct),
        "with miRNA": some(len(places & mine), 3),
        "proof": float(bool(scene.says(places & mine, _PROOF))),
        "in recipient": float(any(hosts & r.keys for r in cast.recipients)),
        "in donor": float(any(hosts & d.keys for d in cast.donors)),
        "recipient known": float(bool(cast.recipients)),
    }
