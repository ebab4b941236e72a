"""Where a list of names ends because another clause begins, and names that a clause opens by denying."""

from __future__ import annotations

import re

from extractor.relations.masking import MARK, MaskedSentence

_NEXT = re.compile(r" ?, (?:and|but) (?:also |both )?(?=<)")
_PAIR = re.compile(r"<[GM]\d+> and (?=<[GM]\d+>$)")
_DONE = "over-?expression|up-?regulation|down-?regulation|knock-?down|silencing|inhibition|depletion"
_MENTIONED = (
    r"(?: (?:m?RNA|protein|expression|levels?|phosphorylation|secretion|release|production|activity"
    r"|activation|translocation|signal(?:l?ing)?|pathways?))*"
)
_ACTS = (
    r"(?:(?:target|repress|inhibit|suppress|silenc|down-?regulat|reduc|lower|activat|induc|promot|enhanc|regulat"
    r"|bind|interact|mediat|control|act)(?:e?s|e?d)|bound|led|leads)(?! by\b)"
)
_SUBJECT_OF = re.compile(
    rf"{_MENTIONED} (?:(?P<one>is|was|has|(?:{_DONE}) \w+ed|increases|decreases|rises|falls|goes)"
    r"|are|were|have|(?P<any>rose|fell|dropped|declined|increased?|decreased?|rise|fall|decline|drop|went|go"
    rf"|proved|turned out|emerged|appeared|remained|became|{_ACTS}))\b"
)
_OBJECT = re.compile(
    r"(?:\b(?:target|bind|hit|repress|inhibit|suppress|down-?regulat|silenc|decreas|reduc|lower|degrad|block)"
    r"(?:e?s|ed|(?P<ing>t?ing)|e)?|\bbound|\b(?:with|by|to|of its targets?|targets? of)) (?:directly )?"
    r"(?:(?:the|its|m?RNA|messenger|transcripts?|3['’′]?[- ]?UTRs?|expression|levels?|production|translation"
    r"|exosomal|of) )*$",
    re.I,
)
"""What stands right before names that are not the subject of their clause."""
_RELATIVE = re.compile(r"\b(?:that|which|who|whose) [^,;]{0,40}$")
_ALONE = re.compile(
    rf"{_MENTIONED} (?:rose|fell|dropped|declined|increased|decreased|went (?:up|down))"
    r"(?= ?[.,;]| ?$| (?:in|by|after|upon|at|when|following|while|as)\b)"
)
"""A verb behind two names that needs nothing else: "suppressed A and B increased in HUVECs"."""
_APPOSED = re.compile(r"<G\d+>(?:,| \() ?(?:an?|the) (?:[\w-]+ ){1,4}of $")
"""Right before a name that only tells what another gene does: "A, an inhibitor of B, and C"."""
_FRONTED = re.compile(
    r"(?:^|[;,] |\b(?:that|and|but) )(?:unlike|contrary to|in contrast (?:to|with)|compared (?:with|to)"
    r"|instead of|(?:by|through|via|after|upon|on) (?:the )?(?:\w+ly )?(?:\w+ing(?: of| to)?"
    r"|\w+(?:ssion|tion) of)) "
    r"(?:(?:the|its|expression|levels?|of) )*$",
    re.I,
)
"""Right before a name in a phrase that a comma ends: "Unlike A, B was targeted"."""
_PATHWAY_BEHIND = re.compile(r"(?:[- ]?dependent)? (?:signal\w*|pathway|cascade)\b(?! (?:pathway|cascade)s)")
_PATHWAY = re.compile(
    r"(?:NF-?.{0,6}B|nuclear factor.*|Wnt.*|.*catenin.*|p?38.*|(?:MAP|ER|JN|PI3|AMP|RO?C|ME)K.*|p?AKT.*"
    r"|m-?TOR.*|JAK.*|p?-?STAT.*|Notch.*|.*hedgehog.*|SHH|Hippo.*|YAP.*|TGF.*|transforming growth.*"
    r"|p?-?SMADs?|TLR.*|toll.*|IL-?\d.*|interleukin.*|VEGF.*|EGF.*|ErbB.*|TNF.*|IFN.*|interferon.*|BMP.*|IGF.*|FGF.*|PDGF.*"
    r"|HIF.*|insulin.*|RAS|KRAS|RAF|ROCK.*|RhoA|p?-?(?:TP)?53|cGAS|STING|Nrf2|NFE2L2|NLRP3|c?-?MET|HGF|CXC.*|CCL.*|CCR.*)",
    re.I,
)
"""Names that are said of pathways: "suppressed PTEN and NF-kB signaling" speaks of one pathway only."""
_DENIED = re.compile(r"\b(?:neither|nor|none of)(?: (?:the|these|its|both|of))* $", re.I)


def denied_before(before: str) -> bool:
    """Whether what follows is denied: "Neither A nor B was targeted", "none of A, B and C"."""
    return _DENIED.search(before) is not None


def own_clause(sentence: MaskedSentence, match: re.Match[str]) -> int:
    """How much of a list of names is one: "targeted A, and B was lowered" has another clause from B on.

    So has "targeted A, and B and C were lowered", but not "A, B, and C were lowered". Verbs that do not tell
    one from many ("rose") open a clause where the list starts as an object.
    """
    whole, after = match.group(), sentence.text[match.end() :]
    if (end := _before_pathway(sentence, whole, after)) is not None:
        return end
    follows = _SUBJECT_OF.match(after)
    if follows and (comma := whole.find(", ")) > 0 and _FRONTED.search(sentence.text, 0, match.start()):
        return comma
    cut = next(_NEXT.finditer(whole), None)
    if cut and _APPOSED.search(sentence.text, 0, match.start()) and after[:1] != ",":
        return cut.start()
    if follows is None:
        return len(whole)
    acted_on = _OBJECT.search(sentence.text, 0, match.start())
    if cut is None:
        pair = _PAIR.match(whole)
        free = acted_on and not acted_on["ing"] and not _RELATIVE.search(sentence.text, 0, match.start())
        return pair.end() - len(" and ") if pair and free and _ALONE.match(after) else len(whole)
    alone = bool(follows["one"]) or len(sentence.members(whole[cut.end() :])) > 1
    if follows["any"]:  # "by silencing A, B, and C promoted" goes on with one list
        alone = acted_on is not None and not (acted_on["ing"] and ", " in whole[: cut.start()])
    return cut.start() if alone else len(whole)


def _before_pathway(sentence: MaskedSentence, whole: str, after: str) -> int | None:
    """Where genes end and the names of a pathway begin, that "signaling" stands behind; None for one kind."""
    if not _PATHWAY_BEHIND.match(after):
        return None
    marks = list(MARK.finditer(whole))
    named = [any(_PATHWAY.fullmatch(m.text) for m in sentence.members(mark.group())) for mark in marks]
    first = next((i for i in range(len(marks)) if all(named[i:])), None)
    return marks[first - 1].end() if first else None
