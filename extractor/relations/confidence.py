"""How sure a relation is: a logistic regression over a dozen named features, its weights a small JSON file.

Trained by ``benchmarks/train_confidence.py`` on annotated abstracts; every weight can be argued with.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractor.relations.assembly import NAMED_TARGET, Filler
from extractor.relations.roles import Support
from extractor.rules.loader import RULES

_WEAK = frozenset({"cooccur", "topic"})


@dataclass(frozen=True)
class Parts:
    """What a relation was put together from."""

    carried: Support
    donor: Filler | None
    recipient: Filler | None
    target: Filler | None
    siblings: int
    """Relations of the same miRNA in this finding."""
    mirnas: int
    """miRNAs that this finding puts into vesicles."""
    title: bool
    """Whether a title is among the evidence."""


def _capped(filler: Filler | None, cap: float) -> float:
    return 0.0 if filler is None else min(filler.score, cap) / cap


def _tissue(filler: Filler | None) -> float:
    return float(filler is not None and all(e.label == "TISSUE" for e in filler.entities))


def features(parts: Parts) -> dict[str, float]:
    """The features by name, each about 0 to 1."""
    carried = set(parts.carried.features)
    donor = set(parts.donor.support.features) if parts.donor else set()
    recipient = set(parts.recipient.support.features) if parts.recipient else set()
    target = set(parts.target.support.features) if parts.target else set()
    sentences = {s for p in (parts.donor, parts.recipient, parts.target) if p for s in p.support.sentences}
    return {
        "carried weakly": float(bool(carried) and carried <= _WEAK),
        "carried several times": min(sum(parts.carried.features.values()), 4) / 4,
        "fluid": float("fluid" in carried),
        "no donor": float(parts.donor is None),
        "donor score": _capped(parts.donor, 6.0),
        "donor inherited": float(bool(donor) and donor <= {"inherited", "cooccur", "topic", "short"}),
        "donor tissue": _tissue(parts.donor),
        "no recipient": float(parts.recipient is None),
        "recipient score": _capped(parts.recipient, 8.0),
        "recipient reached": float(any("reaches" in f or "fromto" in f for f in recipient)),
        "recipient tissue": _tissue(parts.recipient),
        "no target": float(parts.target is None),
        "target score": _capped(parts.target, 6.0),
        "target named": float(any(f.startswith(NAMED_TARGET) for f in target)),
        "siblings": min(math.log2(max(parts.siblings, 1)), 3.0) / 3,
        "many miRNAs": min(math.log2(max(parts.mirnas, 1)), 4.0) / 4,
        "title": float(parts.title),
        "sentences": min(len(sentences), 5) / 5,
    }


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """Weights by feature name, and ``bias``."""
    data = json.loads((RULES / "confidence.json").read_text(encoding="utf-8"))
    return {str(k): float(v) for k, v in data["weights"].items()}


def confidence(parts: Parts) -> float:
    """Probability that all four slots are right, in (0, 1)."""
    known = weights()
    total = known.get("bias", 0.0) + sum(
        known.get(name, 0.0) * value for name, value in features(parts).items()
    )
    return 1.0 / (1.0 + math.exp(-total))


def contributions(parts: Parts) -> Sequence[tuple[str, float]]:
    """What each feature adds to the log-odds, the strongest first: why a relation got its confidence."""
    known = weights()
    added = [(name, known.get(name, 0.0) * value) for name, value in features(parts).items() if value]
    return sorted(added, key=lambda c: -abs(c[1]))
