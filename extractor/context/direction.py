"""Whether the transfer promotes or inhibits the relation's phenotype: a vote of the clauses that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.components.phenotypes import denied, direction, effect_noun, told_behind
from extractor.context.cue_rules import Hit
from extractor.context.scope import Scope
from extractor.types import Direction, Mention

_SIGN = {"increases": 1, "decreases": -1, "": 0}
_TURNING = frozenset({"loss-of-function", "secretion-block", "absence"})
"""Cues by which the transfer is taken away: what then rises, the transfer lowers."""
_CLAUSE = re.compile(r";|,? (?:but|whereas|while|although|however)\b")

_REPORTED = re.compile(r"[^.,;:]{0,30}? (?:was|were|is|are|be|been)\b")
"""Behind an effect: something is told of it."""
_AGENT = re.compile(
    r"(?:(?!\band\b|\bbut\b|\bwhile\b|\bwhereas\b)[^.;:]){0,60}? (?:was|were|is|are|be|been) "
    r"(?:(?!\band\b)[^.,;:]){0,40}?(?:by|when|if|after|upon|following|with|in the presence of)"
    r"(?: (?!through\b|via\b|and\b)[\w()-]+){0,4} ?"
)
"""Between a phenotype and what changed it."""


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
    before, behind = _taken_away(mention, scope)
    text = _without(scope.view.text, [*before, *behind])
    noun, start = effect_noun(text, mention)
    if noun and _REPORTED.match(text, mention.end):
        turned = -1 if before else 1
        then = _SIGN[told_behind(text, mention)] * (-1 if behind else 1)
        if not then or _names_transfer(start, mention, scope):
            return _SIGN[noun] * turned  # whatever then reverses the effect, this is the effect
        return _SIGN[noun] * then * turned
    sign = _SIGN[direction(text, mention)]
    if before and not sign:
        return _SIGN[denied(text, mention)]
    return -sign if before or behind else sign


def _without(text: str, hits: list[Hit]) -> str:
    for hit in hits:
        text = f"{text[: hit.start]}{'x' * (hit.end - hit.start)}{text[hit.end :]}"
    return text


def _names_transfer(start: int, mention: Mention, scope: Scope) -> bool:
    """Whether the miRNA or vesicles are what has the effect: "miR-21-mediated inhibition of"."""
    opening = scope.view.sentences[max(scope.view.sentence_at(start), 0)].start
    opening = max(opening, scope.view.text.rfind(",", opening, start))
    inside = scope.view.names_in(opening, mention.start, "VESICLE", "MIRNA")
    return any(m.label == "VESICLE" or m in scope.mirna for m in inside)


def _taken_away(mention: Mention, scope: Scope) -> tuple[list[Hit], list[Hit]]:
    """Inhibitors, knock-downs, blocked vesicles that the clause speaks of: before the phenotype, or behind it
    as what changed it ("migration was reduced by a miR-21 inhibitor")."""
    text, number = scope.view.text, scope.view.sentence_at(mention.start)
    before, behind = [], []
    for hit in scope.source.hits.get(number, ()):
        if hit.rule.name not in _TURNING:
            continue
        if hit.end <= mention.start and not _CLAUSE.search(text, hit.end, mention.start):
            before.append(hit)
        elif hit.start >= mention.end and _AGENT.fullmatch(text, mention.end, hit.start):
            behind.append(hit)
    return before, behind
