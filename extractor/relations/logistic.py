"""Logistic regressions whose weights are data: named features of about 0 to 1, one weight each."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from extractor.relations import role_net
from extractor.relations.role_net import Nets
from extractor.rules.loader import RULES

Features = Mapping[str, float]
Weights = Mapping[str, float]
"""The weights of one regression by feature name, and ``bias``."""


def sigmoid(value: float) -> float:
    """In (0, 1), for a value however large."""
    return 0.5 * (1.0 + math.tanh(0.5 * value))


@dataclass(frozen=True)
class Models:
    """What judges: the networks that read a text, and the regressions that weigh what they and rules say."""

    dense: Mapping[str, Mapping[str, Any]]
    """``threshold``, ``further`` and ``weights`` of each regression of ``rules/models.json``."""
    nets: Nets = field(default_factory=Nets)
    """The networks of roles."""

    def threshold(self, model: str) -> float:
        """The probability from which the model says yes."""
        return float(self.dense[model]["threshold"])

    def further(self, model: str) -> float:
        """The probability from which it says yes to more than the surest candidate."""
        return float(self.dense[model].get("further", self.dense[model]["threshold"]))

    def probability(self, model: str, features: Features) -> float:
        """What a regression makes of the features, in (0, 1). A feature without a weight counts nothing."""
        known: Weights = self.dense[model]["weights"]
        return sigmoid(known["bias"] + sum(known.get(name, 0.0) * value for name, value in features.items()))


@cache
def shipped() -> Models:
    """The models that come with evmir."""
    dense = json.loads((RULES / "models.json").read_text(encoding="utf-8"))["models"]
    return Models(dense, role_net.shipped())
