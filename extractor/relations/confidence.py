"""How sure a whole relation is: one more logistic regression, over how sure the models were of its parts.

Trained with the others by ``benchmarks/train_models.py`` on annotated abstracts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from extractor.relations.assembly import Filler
from extractor.relations.logistic import Models


@dataclass(frozen=True)
class Whole:
    """What holds of all relations of one miRNA: how sure it is in vesicles, and how many there are."""

    carried: float
    siblings: int


def features(
    whole: Whole, donor: Filler | None, recipient: Filler | None, target: Filler | None
) -> dict[str, float]:
    """The features by name, each about 0 to 1."""
    slots = {"donor": donor, "recipient": recipient, "target": target}
    fillers = [f for f in slots.values() if f]
    sentences = {s for f in fillers for s in f.support.sentences}
    return {
        "carried": whole.carried,
        **{role: f.probability if f else 0.0 for role, f in slots.items()},
        **{f"no {role}": float(f is None) for role, f in slots.items()},
        "weakest": min((whole.carried, *(f.probability for f in fillers))),
        "product": whole.carried * math.prod(f.probability for f in fillers),
        "siblings": min(math.log2(max(whole.siblings, 1)), 3.0) / 3,
        "sentences": min(len(sentences), 5) / 5,
    }


def confidence(
    whole: Whole, donor: Filler | None, recipient: Filler | None, target: Filler | None, models: Models
) -> float:
    """Probability that all four slots are right, in (0, 1)."""
    return models.probability("relation", features(whole, donor, recipient, target))
