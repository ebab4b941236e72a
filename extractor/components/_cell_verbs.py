"""Where a cell's name begins: verbs that only look like states, and tissues and lines that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractor.components._line_names import is_known_line
from extractor.components.cell_names import cell_lines, curated_abbreviations, singular
from extractor.rules.loader import word_class
from extractor.types import Mention

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
_OPENING = re.compile(
    r"(?:^|[.;:?!]\s)(?!(?:In|From|By|With|Of|For|On|At|The|A|An|These|Those|This|Both|Such|Most|Many|All|When|"
    r"While|After|Upon|As|If|And|But|Here|We|Our|Its|Their)\b)[A-Z][\w-]*(?:\s[a-z-]+)?\s$"
)
"""A sentence up to its verb: "Hypoxia activated endothelial cells through", "High glucose injured"."""
_AND = re.compile(r"\band\s+$")
_HOW = re.compile(r"\s(?:by|via|through)\s")
"""How it is done: "and activated fibroblasts by targeting"."""
_HALF = re.compile(r"(?<=[A-Z]{2}-)[αβγ]\s+")
"""The end of a cytokine's name: "TGF-β activated fibroblasts"."""
_STIMULUS = re.compile(r"(?:[\w/+αβγκ.-]+[\s-])?[\w/+αβγκ.-]+-(?i:induced)\s+")
_PHENOTYPE = re.compile(
    r"\s(?!(?:exosom|vesic|extracellular|cell|line|small|microves|nanoves|derived|through)\w*)[a-z]{5}", re.I
)
_GIVER_ACTS = re.compile(
    r"(?:^|\s)([\w/-]+)\s(?:induced|activated|stimulated|educated|reprogrammed|transformed)\s+"
)
_LAST_WORD = re.compile(r"(?<![\w/-])([\w/-]+)\s$")
_VESICLES_OF = re.compile(
    r"(?:[Ee]xosomes?|[Ee]xos|EVs|[Vv]esicles|MVs)\s(?:[a-z]+\s){0,2}(?:from|of|by)\s(?:[a-z-]+\s)*$"
)
SENTENCE = re.compile(r"[A-Z][a-z-]+\s(?:induced|activated|stimulated|transformed|primed|infected)\s")
"""A word that opens a sentence and its verb: "Exercise induced endothelial cells to release"."""


def trimmed(text: str, start: int, end: int) -> int:
    """Where the name that was found at ``start`` to ``end`` really starts.

    >>> text = "miR-21 activated fibroblasts"
    >>> text[trimmed(text, text.index("act"), len(text)) :]
    'fibroblasts'
    """
    if half := _HALF.match(text, start, end):
        start = half.end()
    name = text[start:end]
    verb = _VERB.match(name)
    if verb and _is_verb(text, start, end, verb.group()):
        return start + verb.end()
    giver = _GIVER_ACTS.search(name)
    if giver and _gives(text, start, end, giver.group(1)):
        return start + giver.end()
    stimulus = _STIMULUS.match(name)
    if stimulus and not name.endswith("s") and _PHENOTYPE.match(text, end):
        return start + stimulus.end()  # "LPS-induced microglial activation": the activation is induced
    return start


def _is_verb(text: str, start: int, end: int, verb: str) -> bool:
    before = _LAST_WORD.search(text, max(start - 20, 0), start)
    if before and _gives(text, before.start(), end, before.group(1)):
        return True
    if verb.startswith("targets") or _TO_DO.match(text, end):
        return True
    near = max(start - 40, 0)
    if _SUBJECT.search(text, near, start) or _from_tumour().search(text, near, start):
        return True
    told = _AND.search(text, near, start) or _OPENING.search(text, near, start)
    return bool(told and _HOW.match(text, end))


def _gives(text: str, start: int, end: int, name: str) -> bool:
    """Is it their vesicles that act: "exosomes of CAFs activated T cells through"?"""
    short = singular(name)
    known = short in cell_lines() or curated_abbreviations().get(short, ("", "ambiguous"))[1] != "ambiguous"
    of_vesicles = known and _VESICLES_OF.search(text, max(start - 60, 0), start)
    return bool(of_vesicles and (_HOW.match(text, end) or _TO_DO.match(text, end)))


@cache
def _from_tumour() -> re.Pattern[str]:
    """What stands before the verb: "miR-21 from HCC activated stellate cells", not "from HCC-activated"."""
    words = (*word_class("cell_words.tsv", "disease"), *_tumour_short_forms())
    return re.compile(
        rf"\b(?:from|of)\s(?:[a-z-]+\s){{0,3}}(?:{'|'.join(map(re.escape, sorted(words)))})\s+$"
    )


def _tumour_short_forms() -> tuple[str, ...]:
    return tuple(short for short, (_, kind) in curated_abbreviations().items() if kind == "disease")


_SHORT = re.compile(r"[A-Za-z]*\d|[A-Za-z]+[A-Z]")
"""A short form or a line begins so: ECs, hMSCs, HaCaT, A549; a plain word never does."""
_OF_TISSUE = re.compile(r"(?:tissues?|specimens?|samples?|organs?|barriers?)$", re.I)


def joined(text: str, found: Sequence[Mention]) -> tuple[Mention, ...]:
    """Neighbours that are one name: "lung CAFs", "A549 CSCs", "HaCaT keratinocytes", "cell line A549"."""
    names: list[Mention] = []
    for mention in found:
        before = names[-1] if names else None
        if before and text[before.end : mention.start] == " " and _one_name(before, mention):
            whole = text[before.start : mention.end]
            names[-1] = Mention("CELL", before.start, mention.end, whole, whole)
        else:
            names.append(mention)
    return tuple(names)


def _one_name(first: Mention, second: Mention) -> bool:
    if second.label != "CELL":
        return False
    words = second.text.split()
    many = words[-1].endswith("s") or words[-1].lower() in ("cell", "line")
    if first.label == "TISSUE":
        plural = singular(first.text) != first.text
        short = _SHORT.match(words[0]) and (many or not _is_line(words[0]))
        return bool(short) and not plural and not _OF_TISSUE.search(first.text)
    if first.label != "CELL":
        return False
    if _is_line(words[0]):
        last = first.text.split()[-1]
        named = last in ("line", "cell") or (many and last.islower() and singular(last) == last)
        return named and not _is_line(last)
    return many and _is_line(first.text) and not words[0].endswith("ed")


def _is_line(name: str) -> bool:
    """A line, or a name that ends in one: "PMA-treated THP-1"."""
    last = name.split()[-1]
    return name in cell_lines() or last in cell_lines() or is_known_line(last)
