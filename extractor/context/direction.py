"""Whether the transfer promotes or inhibits the relation's phenotype: a vote of the clauses that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.components.phenotypes import direction
from extractor.context.cue_rules import Hit
from extractor.context.scope import Scope
from extractor.types import Direction, Mention

_SIGN = {"increases": 1, "decreases": -1, "": 0}
_TURNING = frozenset({"loss-of-function", "secretion-block", "absence"})
"""Cues by which the transfer is taken away: what then rises, the transfer lowers."""
_CLAUSE = re.compile(r";|,? (?:but|whereas|while|although|however)\b")


def phenotype_direction(scope: Scope) -> Direction | None:
    """None without a phenotype; ``unclear`` where no clause tells, or as many say one thing as the other."""
    own = scope.source.mention(scope.relation.phenotype)
    if own is None:
        return None
    votes = [(mention, _vote(mention, scope)) for mention in _mentions(own, scope)]
    same = [vote for mention, vote in votes if mention.text.casefold() == own.text.casefold()]
    total = sum(same if any(same) else (vote for _, vote in votes))
    return "promotes" if total > 0 else "inhibits" if total < 0 else "unclear"


def _mentions(own: Mention, scope: Scope) -> Iterator[Mention]:
    """The phenotype wherever its sentence speaks of the miRNA or of vesicles.

    Other printings are asked only where its own tells nothing: "infarct size" falls when "cardiac function"
    rises, though both have one name.
    """
    for mention in scope.finding.mentions:
        if mention.label == "PHENOTYPE" and (mention.name or mention.text) == (own.name or own.text):
            number = scope.view.sentence_at(mention.start)
            if number in scope.inside and (mention == own or _speaks_of_it(number, scope)):
                yield mention


def _speaks_of_it(sentence: int, scope: Scope) -> bool:
    vesicles = scope.view.names_in(*scope.view.sentences[sentence], "VESICLE")
    return scope.names_mirna(sentence) or (bool(vesicles) and not scope.names_other(sentence))


def _vote(mention: Mention, scope: Scope) -> int:
    """The sign of one clause; words that take the transfer away turn it and are no cues themselves."""
    text, hits = scope.view.text, _taken_away(mention, scope)
    for hit in hits:
        text = f"{text[: hit.start]}{'x' * (hit.end - hit.start)}{text[hit.end :]}"
    sign = _SIGN[direction(text, mention)]
    return -sign if hits else sign


def _taken_away(mention: Mention, scope: Scope) -> list[Hit]:
    """Inhibitors, knock-downs, blocked vesicles that the clause speaks of before the phenotype."""
    number = scope.view.sentence_at(mention.start)
    return [
        hit
        for hit in scope.source.hits.get(number, ())
        if hit.rule.name in _TURNING
        and hit.end <= mention.start
        and not _CLAUSE.search(scope.view.text, hit.end, mention.start)
    ]
