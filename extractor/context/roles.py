"""Which of a document's conditions are those of the relation's donor and recipient."""

from __future__ import annotations

import re
from typing import Final

from extractor.context.conditions import Condition
from extractor.context.scope import Scope
from extractor.context.view import veil
from extractor.types import Cue

_DONORS_ONLY: Final = frozenset(
    {"vesicle.under", "releasing.after", "releasing.stress", "before.releasing", "before.stress"}
)
_RECIPIENTS_ONLY: Final = frozenset({"induced", "model.induced"})
"""Rules that speak of one role whatever name they found: only recipients are protected from something."""
_OUTCOMES: Final = frozenset({"activated", "polarised"})
"""States into which a transfer brings its recipient: conditions only where they are in its own name."""
_VAGUE: Final = frozenset({"injured", "damaged", "stressed", "inflamed"})
_OUTCOME: Final = re.compile(
    r"(?: cells?)? (?:polari[sz]ation|phenotypes?|differentiation|activation|transition|skewing|conversion)\b"
)
"""Behind a cell's name: what the transfer brings about, "M2 macrophage polarization"."""
_COMPARED: Final = re.compile(
    r"\b(?:compared? (?:with|to)|versus|vs\.?|unlike|than|instead of|in contrast (?:with|to)|"
    r"contrary to|relative to|as opposed to|but not|not)"
    r"(?:[ -](?:those|that|the|their|in|of|from|by|with|derived|secreted|released|"
    rf"[{veil('V')}]+)){{0,6}} \Z",
    re.I,
)
"""Right before cells that the relation's own are held against: "higher than in those of hypoxic cells"."""


def donor_conditions(scope: Scope) -> tuple[Cue, ...]:
    """Of the donor cells, in any of their mentions, or of the vesicles that are said to be theirs.

    Cells that are said not to be something ("non-metastatic") are those that the donor is compared with.
    """
    own = [
        c
        for c in scope.within(scope.source.conditions)
        if (c.mention in scope.donor or c.mention in scope.giving)
        and c.rule not in _RECIPIENTS_ONLY
        and not c.name.startswith("non")
        and not _compared(c, scope)
    ]
    return _cues(scope, own)


def recipient_conditions(scope: Scope) -> tuple[Cue, ...]:
    """Of the recipient cells, in any of their mentions."""
    own = [
        c
        for c in scope.within(scope.source.conditions)
        if c.mention in scope.recipient and _before_transfer(c, scope) and not _compared(c, scope)
    ]
    return _cues(scope, own)


def _before_transfer(condition: Condition, scope: Scope) -> bool:
    """Not what the transfer makes of the recipient, nor what a miRNA or the target does to it."""
    slot, target = scope.relation.recipient, scope.relation.target
    printed = scope.view.text[condition.start : condition.end]
    if condition.rule in _OUTCOMES and (slot is None or printed not in slot.text):
        return False
    if condition.rule in _OUTCOMES and _OUTCOME.match(scope.view.text, condition.mention.end):
        return False
    if target is not None and target.text in printed:
        return False
    mirnas = scope.view.names_in(condition.start, condition.end, "MIRNA")
    return condition.rule not in _DONORS_ONLY and not mirnas


def _compared(condition: Condition, scope: Scope) -> bool:
    """Whether the cells are those of a comparison."""
    first = min(condition.start, condition.mention.start)
    opening = scope.view.sentences[max(scope.view.sentence_at(first), 0)].start
    return bool(_COMPARED.search(scope.view.veiled("V")[max(opening, first - 80) : first]))


def _cues(scope: Scope, own: list[Condition]) -> tuple[Cue, ...]:
    """One cue a condition. Where sentences that state the relation give conditions, only those count.

    An abstract also names the cells that a donor is compared with: "exosomes of normoxic cells". A word that
    tells only that cells are ill ("damaged") does not keep out what made them so.
    """
    stated = [c for c in own if scope.states(scope.view.sentence_at(c.start))]
    if all(c.name in _VAGUE for c in stated):
        stated = []
    return tuple(scope.source.cue(c.start, c.end, c.name, c.rule) for c in _once(stated or own))


def _once(conditions: list[Condition]) -> list[Condition]:
    """The first of each name, without names that only end a longer one ("resistant")."""
    first: dict[str, Condition] = {}
    for condition in conditions:
        first.setdefault(condition.name.casefold(), condition)
    longer = [name for name in first if not name.startswith("non")]
    return [c for name, c in first.items() if not any(o.endswith((f"-{name}", f" {name}")) for o in longer)]
