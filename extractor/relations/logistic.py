"""Logistic regressions whose weights are data: named features of about 0 to 1, one weight each."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from extractor.rules.loader import RULES

Features = Mapping[str, float]


Models = Mapping[str, Mapping[str, Any]]
"""``threshold`` and ``weights`` of each model by its name."""


@lru_cache(maxsize=1)
def shipped() -> Models:
    models: Models = json.loads((RULES / "models.json").read_text(encoding="utf-8"))["models"]
    return models


_models: Callable[[], Models] = shipped


def use(models: Models) -> None:
    """Take these models instead of the shipped ones: training fills them one after another."""
    global _models
    _models = lambda: models  # noqa: E731


def weights(model: str) -> Mapping[str, float]:
    """The weights of a model by feature name, and ``bias``."""
    found: Mapping[str, float] = _models()[model]["weights"]
    return found


def threshold(model: str) -> float:
    """The probability from which the model says yes."""
    return float(_models()[model]["threshold"])


def probability(model: str, features: Features) -> float:
    """What the model makes of the features, in (0, 1). A feature without a weight counts nothing."""
    known = weights(model)
    total = known["bias"] + sum(known.get(name, 0.0) * value for name, value in features.items())
    return 1.0 / (1.0 + math.exp(-total))
