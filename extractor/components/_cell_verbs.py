"""Where a cell's name begins: verbs and stimuli in front of it that only look like states of the cell."""

from __future__ import annotations

import re

# "miR-21 activated fibroblasts", "induced macrophages to polarize": the verb of the sentence, not a state
_VERB = re.compile(
    r"(?:induced|activated|transformed|transfected|engineered|polari[sz]ed|differentiated|educated|reprogrammed|"
    r"infected|injured|stimulated|"
    r"targets?(?!\s(?:cells?|tissues?)\b))\s+(?!pluripotent)"
)
_TO_DO = re.compile(
    r"\s+(?:in)?to\s+(?:polari[sz]e|(?:trans)?differentiate|secrete|become|express|undergo|migrate|proliferate|produce|"
    r"release|adopt|acquire|transform|convert|invade|promote|shift|switch|support|drive|shed|package|generate)\b"
)
_ACTS = (
    r"(?:\b(?i:cells|lines|exosomes|vesicles)|\bEVs|\b[Ee]xos|\b[A-Z]{2,5}s|\bmi[Rr]-?\d[\w-]*|\blet-7[\w-]*|"
    r"\w+(?:phages|blasts|cytes))"
)
_SUBJECT = re.compile(
    rf"(?:{_ACTS}(?:,?\sthat|,?\s\([^()]{{1,20}}\))?|,?\swhich|\bthen|\balso|\bnot only|\bin turn|"
    r"\b(?!alternatively|classically|newly|freshly|fully|highly|previously|partially|chronically)\w+ly)\s+$"
)
_AND = re.compile(r"\band\s+$")
_HOW = re.compile(r"\s(?:by|via|through)\s")
"""How it is done: "and activated fibroblasts by targeting"."""
_STIMULUS = re.compile(r"(?:[\w/+αβγκ.-]+[\s-])?[\w/+αβγκ.-]+-(?i:induced)\s+")
_PHENOTYPE = re.compile(
    r"(?<!s)\s(?!(?:exosom|vesic|extracellular|cell|lines?\b|small|EVs?\b|sEVs?\b|were|was|and|or)\w*)[a-z]{5}"
)
SENTENCE = re.compile(r"[A-Z][a-z-]+\s(?:induced|activated|stimulated|transformed|primed|infected)\s")
"""A word that opens a sentence and its verb: "Exercise induced endothelial cells to release"."""


def trimmed(text: str, start: int, end: int) -> int:
    """Where the name that was found at ``start`` to ``end`` really starts.

    >>> text = "miR-21 activated fibroblasts"
    >>> text[trimmed(text, text.index("act"), len(text)) :]
    'fibroblasts'
    """
    name = text[start:end]
    verb = _VERB.match(name)
    if verb and _is_verb(text, start, end, verb.group()):
        return start + verb.end()
    stimulus = _STIMULUS.match(name)
    if stimulus and not name.endswith("s") and _PHENOTYPE.match(text, end):
        return start + stimulus.end()  # "LPS-induced microglial activation": the activation is induced
    return start


def _is_verb(text: str, start: int, end: int, verb: str) -> bool:
    if verb.startswith("targets") or _TO_DO.match(text, end):
        return True
    near = max(start - 40, 0)
    if _SUBJECT.search(text, near, start):
        return True
    return bool(_AND.search(text, near, start) and _HOW.match(text, end))
