"""The condition of donor and recipient cells: hypoxic, M2, gemcitabine-treated, transfected with a mimic, ...

Three kinds of rules (``rules/context_conditions.tsv``): a ``state`` stands in the cell's name or right before
it; a ``verbal`` state could also be a verb ("exosomes activated fibroblasts") and needs a word before it that
shows it is none; a ``clause`` names the cell, or its vesicles, as ``{C}`` or ``{V}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from extractor.context.view import View, expand, veil
from extractor.rules.loader import RuleError, read_rows
from extractor.types import Mention

CONDITIONS: Final = "context_conditions.tsv"
PLACES: Final = ("state", "verbal", "clause")
_STOP: Final = (
    r"(?:and|or|for|to|in|by|at|on|of|from|with|into|than|via|during|under|after|before|through|as|were|was|is|"
    r"are|be|which|that|who|the|a|an|both|show(?:ed|s)?|could|can|may|would|had|have|has|not|but|then|thus|"
    r"their|its|our|this|these|such|same|different|various|conditions?|treatment|stimulation|stress|exposure|"
    r"challenge|incubation)\b"
)
_WORD: Final = rf"(?!{_STOP})[^\s,.;:()\[\]{veil('CV')}]+"
_MACROS: Final = {
    "~gap": rf"[^.;{veil('C')}]{{0,120}}?",
    "~two": (
        r"(?:(?:high|low|cigarette|oxidi[sz]ed|hydrogen|angiotensin|interferon|amyloid|cigarette smoke|"
        r"tumou?r necrosis|transforming growth|\w+ic(?= acid-)) )"
    ),
    "~cause": (
        r"(?:the )?(?!(?:ir)?radiation\b)(?=(?:\S+ ){0,4}?~acts\b)(?:~acts (?:with|to|by) )?~dose~agent"
    ),
    "~agent": rf"(?P<agent>{_WORD}(?: (?![a-z]+(?:ed|es)\b){_WORD}){{0,3}})",
    "~acts": (
        r"(?:(?:pre-?)?(?:treatment|conditioning|incubation)|stimulation|exposure|infection|challenge|priming|"
        r"irradiation)"
    ),
    "~dose": r"(?:the |an? )?(?:\d[\d.,]* ?(?:[a-zμµ]{0,3}[gMULl]|%)(?:/m?[lL])? (?:of )?)?",
    "~stress": (
        r"(?:(?:hyp|an)oxi[ac](?:[-/ ]reoxygenation)?|H/R|I/R|OGD(?:/R)?|oxygen[- /]+(?:and )?glucose[- ]"
        r"deprivation(?:/\w+)?|ischa?emia(?:[-/ ]reperfusion)?|(?:high|low|elevated)[- ]glucose|"
        r"(?:oxidative|ER|endoplasmic reticulum|(?:fluid )?shear|mechanical|metabolic|nutrient) stress|"
        r"(?:serum|nutrient|glucose|amino acid)[- ](?:starvation|deprivation|withdrawal)|starvation|"
        r"hyperglyca?emia|(?:0\.\d|[1-5]) ?% (?:O2|oxygen)|acidosis|heat shock|"
        r"(?:ionizing )?(?:ir)?radiation|cyclic stretch)"
    ),
    "~word": r"[\w+/.'αβγδκω-]+",
}
_NO_AGENT: Final = re.compile(
    r"control|vehicle|PBS|DMSO|saline|scrambled|negative|medium$|media$|plates?$|GW4869|"
    r"^\d(?![\d.]* ?% o|\d?[αβ]?-(?-i:[A-Z]{2}|[a-z]{6,}))|"
    r"^vi[tv][ro]o?$|"
    r"^culture|presence|absence|exosom|vesicle|3D|2D|model|usual|standard|normal|normoxi|physiologic|"
    r"^(?:mouse|murine|rat|rabbit|animal)$|inhibitor|"
    r"^(?:surgical|medical|clinical|chronic|acute|prolonged|repeated|further|long|short|early|late)$|"
    r"anti-?(?:miR|sense)|antago|s[ih]-?RNA|silenc|knock",
    re.I,
)
_NO_STATE: Final = re.compile(r"control|vehicle|GW4869|exosom|vesic|\bEVs?\b|siRNA|anti-?miR|antago", re.I)
"""Cells treated so are the experiment's control, or its test."""
_ADVERB: Final = re.compile(r"(?:\b[A-Za-z-]+ly )+\Z")
_ADJECTIVES: Final = re.compile(
    r"(?:[a-z]+(?:ic|al|ed|ous)|human|mouse|rat|murine|primary|\S+-)(?: (?:[a-z]+(?:ic|al|ed|ous)))*"
)
_LEFT: Final = re.compile(r"(?:[^\s,.;:()]+ ){0,3}[^\s,.;:()]*\Z")
_FUNCTION: Final = re.compile(
    rf"\b{_STOP}|(?<![\w-])(?:mice|rats|patients|donors|individuals|subjects|enter(?:s|ed)|reach(?:es|ed)|"
    r"releas(?:es?|ed)|secret(?:es?|ed))\b",
    re.I,
)
"""Words that end what may describe a name behind them: function words, hosts, verbs of a transfer."""
_REACH: Final = 60
"""Characters before a cell's name in which its adjectives may stand."""


@dataclass(frozen=True, slots=True)
class ConditionRule:
    """One rule; ``name`` is a template over the groups of its pattern, empty for the words as printed."""

    id: str
    place: str
    name: str
    pattern: re.Pattern[str]


class Condition(NamedTuple):
    """What is stated of one mention of cells, or of vesicles, and where."""

    mention: Mention
    name: str
    rule: str
    start: int
    end: int


@cache
def condition_rules() -> tuple[ConditionRule, ...]:
    """All rules in file order. Raises RuleError naming every faulty row."""
    rules, faults = [], []
    for row in read_rows(CONDITIONS, ("id", "place", "pattern", "example", "counterexample")):
        try:
            rules.append(_rule(row))
        except (re.error, ValueError) as error:
            faults.append(f"{CONDITIONS}: rule '{row['id']}': {error}")
    if faults:
        raise RuleError("\n".join(faults))
    return tuple(rules)


def _rule(row: dict[str, str]) -> ConditionRule:
    if row["place"] not in PLACES:
        raise ValueError(f"no place '{row['place']}'; use {', '.join(PLACES)}")
    return ConditionRule(row["id"], row["place"], row["name"], _compiled(row["pattern"]))


def _compiled(pattern: str) -> re.Pattern[str]:
    for macro, text in _MACROS.items():
        pattern = pattern.replace(macro, text)
    return re.compile(rf"(?<![A-Za-z0-9-])(?:{expand(pattern)})(?![A-Za-z0-9])", re.I)


def _placed(*places: str) -> list[ConditionRule]:
    return [rule for rule in condition_rules() if rule.place in places]


def find_conditions(view: View) -> tuple[Condition, ...]:
    """What the text states of each mention of cells and of vesicles, in order of place."""
    cells = [m for m in view.mentions if m.label in ("CELL", "TISSUE", "VESICLE")]
    found = [c for m in cells for c in _states(m, view)] + list(_clauses(view))
    return tuple(sorted(_longest(found), key=lambda c: (c.start, c.end)))


def _longest(found: list[Condition]) -> Iterator[Condition]:
    """Without those that read but a part of what another rule has read: "oxidative" of "oxidative stress"."""
    widths: dict[Mention, list[tuple[int, int]]] = {}
    for one in found:
        widths.setdefault(one.mention, []).append((one.start, one.end))
    for one in found:
        others = widths[one.mention]
        if not any(a <= one.start and one.end <= b and b - a > one.end - one.start for a, b in others):
            yield one


def _states(mention: Mention, view: View) -> Iterator[Condition]:
    """Adjectives in the name or right before it; what one rule has read no later rule reads again."""
    start, text = _phrase(mention, view), view.veiled("M")
    read: list[tuple[int, int]] = []
    # vesicles are no cells that could be "stimulated": before them it is a verb
    for rule in _placed("state") if mention.label == "VESICLE" else _placed("state", "verbal"):
        for match in rule.pattern.finditer(text, start, mention.end):
            first, last = match.span()
            if any(a < last and first < b for a, b in read) or _NO_STATE.search(match.group()):
                continue
            if rule.place == "verbal" and not _is_adjective(first, start, view):
                continue
            read.append((first, last))
            yield Condition(mention, _name(rule, match, view), rule.id, first, last)


def _phrase(mention: Mention, view: View) -> int:
    """Where the words begin that may describe a mention: behind the last function word or other name."""
    opening = view.sentences[max(view.sentence_at(mention.end - 1), 0)].start
    match = _LEFT.search(view.text[max(opening, mention.start - _REACH) : mention.start])
    start = max(opening, mention.start - len(match.group()) if match else mention.start)
    for word in _FUNCTION.finditer(view.text, start, mention.start):
        start = word.end()
    for other in view.names_in(start, mention.start, "CELL", "TISSUE", "VESICLE"):
        start = other.end
    return start


def _is_adjective(first: int, start: int, view: View) -> bool:
    """Whether a participle cannot be the verb: only adjectives stand before it, and no name right before."""
    before = _ADVERB.sub("", view.text[start:first]).strip()
    if before and not _ADJECTIVES.fullmatch(before):
        return False
    behind = len(_ADVERB.sub("", view.text[:first]).rstrip())
    return not any(m.end == behind for m in view.mentions)


def _clauses(view: View) -> Iterator[Condition]:
    text = view.veiled("CV")
    for rule in _placed("clause"):
        for match in rule.pattern.finditer(text):
            if view.sentence_at(match.start()) != view.sentence_at(match.end() - 1):
                continue
            if not _NO_AGENT.search(view.text[slice(*match.span("agent"))]):
                for mention in view.names_in(*match.span(), "CELL", "TISSUE", "VESICLE")[:1]:
                    yield Condition(mention, _name(rule, match, view), rule.id, *match.span("agent"))


def _name(rule: ConditionRule, match: re.Match[str], view: View) -> str:
    """The usual name, or the words as printed; an agent that has a usual name gets it ("hypoxic" stress)."""
    if not rule.name:
        return as_word(view.text[match.start() : match.end()])
    groups = {k: view.text[slice(*match.span(k))] for k, v in match.groupdict().items() if v}
    usual = usual_name(groups.get("agent", ""))
    return usual or rule.name.format(**{k: as_word(v) for k, v in groups.items()})


def usual_name(agent: str) -> str:
    """The name of a state that has one of its own, e.g. ``hypoxia`` for "hypoxic"; empty for others."""
    named = (r for r in _placed("state") if r.name and "{" not in r.name)
    return next((rule.name for rule in named if rule.pattern.match(agent)), "")


def as_word(text: str) -> str:
    """Words as printed, those that are capitalised like the first of a sentence in lower case.

    >>> as_word("Leonurine-Pretreated"), as_word("TP53-deficient"), as_word("M2")
    ('leonurine-pretreated', 'TP53-deficient', 'M2')
    """
    return re.sub(r"\b[A-Z](?=[a-z]+\b)", lambda m: m.group().lower(), " ".join(text.split()))
