"""How sure a whole relation is: one more logistic regression, over how sure the models were of its parts.

Trained with the others by ``benchmarks/train_models.py`` on annotated abstracts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from extractor.relations.assembly import Filler
from extractor.relations.logistic import Models


@dataclass(frozen=True)
class Whole:
    """What holds of all relations of one miRNA."""

    carried: float
    """How sure it is in vesicles."""
    best: Mapping[str, float] = field(default_factory=dict)
    """By role: how sure the best filler was. What an empty slot may have missed."""
    titled: bool = False
    """Whether the finding spans a title: an abstract. Paragraphs without one are read less well."""


def features(
    whole: Whole, donor: Filler | None, recipient: Filler | None, target: Filler | None
) -> dict[str, float]:
    """The features by name, each from 0 to 1."""
    slots = {"donor": donor, "recipient": recipient, "target": target}
    sure = [f.probability if f else 1.0 - whole.best.get(role, 0.0) for role, f in slots.items()]
    return {
        "all right": whole.carried * math.prod(sure),
        "weakest": min(whole.carried, *sure),
        "titled": float(whole.titled),
    }


def confidence(
    whole: Whole, donor: Filler | None, recipient: Filler | None, target: Filler | None, models: Models
) -> float:
    """Probability that all four slots are right, in (0, 1)."""
    return models.probability("relation", features(whole, donor, recipient, target))
