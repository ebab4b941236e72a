"""Which miRNAs and genes a text relates: rules and cues propose, a logistic regression decides.

The weights lie in ``rules/regulation.json``; ``benchmarks/train_regulation.py`` trained them and says
how well they do. Two sets: is the pair related, and if so, does the gene act on the miRNA rather than the
other way?
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extractor.relations.pair_features import Cue, cues_of, facts_of, features, own_marks
from extractor.relations.pair_verdicts import verdict_of
from extractor.relations.pair_view import Pair, PairView
from extractor.relations.surface import RawFact
from extractor.rules.loader import RULES
from extractor.types import Effect

UPSTREAM = 0.4
"""The probability from which on the gene is taken to act on the miRNA; 0.3 and 0.5 do as well."""
PATH = "pair.path"
"""Stands for a rule where neither rules nor cues speak, and the parse and the neighbours alone decide."""
_FLIPPED: Mapping[str, Effect] = {"decreases": "increases", "increases": "decreases"}
_EFFECTS: tuple[Effect, ...] = ("decreases", "binds", "increases", "unknown")


@dataclass(frozen=True)
class Statement:
    """One sentence relates, or denies to relate, a miRNA and a gene."""

    pair: Pair
    sentence: int
    probability: float
    upstream: bool
    """The gene acts on the miRNA."""
    negated: bool
    effect: Effect
    rules: tuple[str, ...]


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """``related`` and ``upstream``: weights by feature name, and ``bias``."""
    data = json.loads((RULES / "regulation.json").read_text(encoding="utf-8"))
    return {k: {str(n): float(w) for n, w in data[k].items()} for k in ("related", "upstream")}


@cache
def threshold() -> float:
    """The probability from which on a pair is taken as related: best F1 in cross-validation."""
    return float(json.loads((RULES / "regulation.json").read_text(encoding="utf-8"))["threshold"])


def probability(values: Mapping[str, float], kind: str) -> float:
    """What the regression ``kind`` says of a pair's features, in (0, 1)."""
    known = weights()[kind]
    total = known["bias"] + sum(known.get(name, 0.0) * value for name, value in values.items())
    return 1.0 / (1.0 + math.exp(-total))


def statements(views: Sequence[PairView], least: float | None = None) -> list[Statement]:
    """What the sentences say of their pairs, in the order of the text.

    Pairs that are related with a probability below ``least`` (default: ``threshold()``) are left out.
    """
    line = threshold() if least is None else least
    return [statement for view in views for statement in _judged(view, line)]


def _judged(view: PairView, line: float) -> Iterator[Statement]:
    for pair in view.pairs():
        values = features(pair, view)
        related = probability(values, "related")
        if related < line or view.listed_apart(pair):
            continue
        verdict = verdict_of(own_marks(pair, view)[0])
        if verdict and verdict.says == "none":
            continue
        facts = facts_of(pair, view)
        cues = cues_of(pair, view)
        denied = bool(verdict) or any(c.denies for c in cues)
        denied = denied or (bool(facts) and all(f.negated for f in facts))
        rules = tuple(dict.fromkeys(f.rule for f in facts)) or tuple(c.id for c in cues) or (PATH,)
        rules = (verdict.id, *rules) if verdict else rules
        upstream = probability(values, "upstream") >= UPSTREAM
        yield Statement(pair, view.index, related, upstream, denied, _effect(facts, cues), rules)


def _effect(facts: Sequence[RawFact], cues: Sequence[Cue]) -> Effect:
    """What the rules say, the strongest effect first; else what all cues agree on.

    It is turned round where the miRNA is inhibited.
    """
    said = {f.effect for f in facts}
    if said:
        return next((e for e in _EFFECTS if e in said), "unknown")
    agreed = {c.effect for c in cues if c.effect}
    effect = agreed.pop() if len(agreed) == 1 else "unknown"
    flipped = any(c.flips for c in cues)
    return (
        _FLIPPED.get(effect, "unknown") if flipped else next((e for e in _EFFECTS if e == effect), "unknown")
    )
