"""Wordings that settle a miRNA-gene pair by themselves: "no correlation between A and B", "normalized to B".

The regression adds up many weak signs and takes a word of denial for one more of them. Where a wording leaves
no doubt, the rules of ``rules/pair_verdicts.yaml`` decide instead: the pair is denied, or it is no pair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

import srsly

from extractor.rules.loader import RULES, RuleError

Says = Literal["denied", "none"]
_MARKS = {
    "{m}": "<m>",
    "{g}": "<g>",
    "{x}": "<[mg]>",
    "{y}": "<[mg]>",
    "{M}": r"<M\d+>",
    "{G}": r"<G\d+>",
    "{N}": r"<[MG]\d+>",
}
"""What the patterns call the marks: the pair's own names, and the others."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A wording, what it says of the pair, and the words beside which it does not say it."""

    id: str
    says: Says
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    example: str
    counterexample: str

    def speaks(self, text: str) -> bool:
        """Of a sentence whose pair is marked as ``<m>`` and ``<g>``."""
        return bool(self.pattern.search(text)) and not (self.unless and self.unless.search(text))


def _compiled(pattern: str, macros: dict[str, str]) -> re.Pattern[str]:
    for _ in range(3):  # macros within macros
        pattern = re.sub(r"~(\w+)", lambda m: macros[m.group(1)], pattern)
    for name, mark in _MARKS.items():
        pattern = pattern.replace(name, mark)
    return re.compile(pattern, re.I)


@cache
def load_verdicts(name: str = "pair_verdicts.yaml") -> tuple[Verdict, ...]:
    """The verdicts in file order. Raises RuleError naming every faulty one."""
    data = srsly.read_yaml(RULES / name)
    verdicts, faults = [], []
    for row in data["rules"]:
        try:
            if row["says"] not in ("denied", "none"):
                raise ValueError(f"'{row['says']}' is neither 'denied' nor 'none'")
            pattern = _compiled(row["pattern"], data["macros"])
            unless = _compiled(row["unless"], data["macros"]) if "unless" in row else None
            told = row["example"], row["counterexample"]
            verdicts.append(Verdict(row["id"], row["says"], pattern, unless, *told))
        except (KeyError, ValueError, re.error) as error:
            faults.append(f"{name}: verdict '{row.get('id', row)}': {error!r}")
    if faults:
        raise RuleError("\n".join(faults))
    return tuple(verdicts)


def verdict_of(text: str) -> Verdict | None:
    """The first verdict that speaks of the pair marked in the sentence, if any does."""
    return next((verdict for verdict in load_verdicts() if verdict.speaks(text)), None)
