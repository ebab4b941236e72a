"""Which of a document's conditions are those of the relation's donor and recipient."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from extractor.context.conditions import Condition
from extractor.context.scope import Scope
from extractor.types import Cue, Mention


def donor_conditions(scope: Scope) -> tuple[Cue, ...]:
    """Of the donor cells, in any of their mentions, or of the vesicles that are said to be theirs."""
    giving = scope.giving
    return _cues(scope, lambda m: m in scope.donor or m in giving)


def recipient_conditions(scope: Scope) -> tuple[Cue, ...]:
    """Of the recipient cells, in any of their mentions; a miRNA given to them is evidence, no condition."""
    return tuple(
        c
        for c in _cues(scope, lambda m: m in scope.recipient)
        if not any(m.text in c.text for m in scope.view.mentions if m.label == "MIRNA")
    )


def _cues(scope: Scope, concerns: Callable[[Mention], bool]) -> tuple[Cue, ...]:
    """One cue a condition. Where sentences that state the relation give conditions, only those count.

    An abstract also names the cells that a donor is compared with: "exosomes of normoxic cells".
    """
    own = [c for c in scope.source.conditions if concerns(c.mention) and _inside(c, scope)]
    stated = [c for c in own if scope.states(scope.view.sentence_at(c.start))]
    return tuple(scope.source.cue(c.start, c.end, c.name, c.rule) for c in _once(stated or own))


def _inside(condition: Condition, scope: Scope) -> bool:
    return scope.view.sentence_at(condition.start) in scope.inside


def _once(conditions: Iterable[Condition]) -> list[Condition]:
    """The first of each name."""
    first: dict[str, Condition] = {}
    for condition in conditions:
        first.setdefault(condition.name.casefold(), condition)
    return list(first.values())
