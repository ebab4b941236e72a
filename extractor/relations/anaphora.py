"""Pronouns and "this miRNA": put back what they stand for, where the text leaves one choice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.relations.masking import MARK, MaskedSentence
from extractor.types import Mention

_ONE = re.compile(
    r"\b(?:this|that|such|the latter|the)\s(?:same\s|specific\s)?<K(\d+)>(?![\w-])"
    r"(?!\s(?:express|profil|array|sequenc|target|biogenesis|process|content|cargo|level|signature|panel|"
    r"machinery|seq|cluster|famil|pathway|sponge|transfer|delivery))",
    re.I,
)
_MANY = re.compile(
    r"\b(?:these|both|those|all of these|all these|the two|the three|two of these)\s+(?:\w+\s)?<K(\d+)>", re.I
)
# "it was found that ..." and "it remains unclear" point to nothing
_FOUND = (
    r"found|shown|reported|demonstrated|observed|known|suggested|unclear|unknown|clear|possible|likely|important|"
    r"necessary|confirmed|revealed|believed|thought|proposed|hypothesi[sz]ed|concluded|well|essential|of|noted"
)
_IT = re.compile(
    r"(?<![\w-])[Ii]t(?![\w-])"
    r"(?!\s(?:is|was|has been|remains|seems|appears|may be|can be|could be)\s"
    r"(?:\w+ly\s|also\s|further\s|not\s)?"
    rf"(?:{_FOUND})\b(?!\sto\b))"
)
_WHERE = re.compile(r"\b(?:where|which|and there|there)\s*$", re.I)
_OPENING = re.compile(
    r"(?:[A-Z][a-z]+, )?(?:In|Within|For|With|Among|By|After|Upon|Under)\s"
    r"(?:(?!<[MV]\d+> (?:was|were|is|are|rose|fell|had|has)\b)[^,;]){0,60},\s"
)
_THEY = re.compile(  # the authors find and show; vesicles do not
    r"(?<![\w-])[Tt]hey(?![\w-])(?!\s(?:also\s|further\s)?(?:found|show|demonstrat|report|reveal|observ|suggest|identif|"
    r"conclud|propos|confirm|discover|isolat|investigat|used|hypothes|indicat|compar|describ|detect))"
)
_BOTH = re.compile(
    r"\b(?:both|the two|these two|the three|all three|each of the)\s(?:\w+\s)?cell\s(?:lines|types)\b", re.I
)
_PAIR = re.compile(r"<C\d+>(?:(?: ?, ?| ?,? and | ?/ ?)<C\d+>)*")
_ITS = re.compile(r"^[Ii]ts(?=\s(?:\w+\s)?(?:direct\s|downstream\s)?targets?\b)")
_OF_ITS = re.compile(  # "The mRNA of its targets", "One of its predicted targets"
    r"^(?:(?:The )?(?:relative )?(?:m?RNAs?|proteins?|expression|levels?|abundance)"
    r"(?: (?:m?RNA|protein|expression|levels?))*"
    r"|One|Two|Three|Some|Both|Most|Many|Several|All|Each) of (?P<its>its)"
    r"(?=\s(?:\w+\s)?(?:direct\s|downstream\s)?targets?\b)"
)

_THEIR_CARGO = re.compile(
    r"^(?:(?:Among|Of|In) their|Their|Its)"
    r"(?=\s(?:(?:(?:mi)?RNA|molecular|exosomal|vesicular|<K\d+>)\s)?(?:cargos?|contents?)\b)"
)

_BE = "(?:as|is|was|were|be|are)"
_KIND = r"(?:(?:direct|downstream|functional|mRNA|gene|common|key|main|novel|new|putative|candidate) )*"
_END = r"(?: genes?| mRNAs?)?(?=\s*[.,;]|\s*$|\s(?:by|in|using|through|and)\b)"
_PROVEN = (
    r"(?:identified|confirmed|validated|verified|predicted|proven?|shown|found|considered|recogni[sz]ed)"
)
_TARGET = re.compile(
    rf"\b(?:{_BE} (?:(?:an?|the|one) )?(?:\w+ )?(?:direct|downstream) {_KIND}targets?{_END}"
    rf"|{_BE} (?:(?:one|some|both) of )?(?:its|their) {_KIND}targets?{_END}"
    rf"|{_PROVEN} (?:as|to be) (?:(?:an?|the|one) )?{_KIND}targets?{_END}"
    rf"|{_PROVEN} <G\d+> as (?:(?:an?|the|its|their) )?{_KIND}targets?{_END})"
    rf"|^(?:[Tt]he|[Ii]ts) {_KIND}target(?: genes?| mRNAs?)?(?=\s(?:is|was|were|of this)\s<G\d+>)"
)

# what an assay proves of a gene without saying which miRNA does it; "by p53" would say it
_DIRECT = re.compile(
    r"\bdirect (?:post-\w+ )?(?:regulation|targeting|repression|suppression|inhibition|binding|interaction)"
    r" (?:of|to|with) (?:the )?(?:3['′’]?-?UTRs? of )?<G\d+>(?:(?: ?, ?| ?,? and )<G\d+>)*"
    r"(?: expression| mRNA)?"
    r"(?=\s*[.;]|\s*$|\sin\b)"
)


def resolve_anaphora(sentences: Sequence[MaskedSentence]) -> None:
    """Replaces what can be resolved by a mark of its antecedent, in place."""
    for position, sentence in enumerate(sentences):
        before = sentences[max(0, position - 2) : position]
        _replace(sentence, _MANY, _listed_inside(sentence) or listed(before), "M")
        _replace(sentence, _ONE, _last_inside(sentence) or _last(before, "M"), "M", singular=True)
        _replace(sentence, _ITS, _last(before, "M"), "M")
        only = _spoken_of(before) or _spoken_of(sentences[:position])
        _of_its(sentence, only)
        _of_what(sentence, only)
        _replace(sentence, _THEIR_CARGO, _subject(before[-1:], "V")[0], "V")
        _replace(sentence, _BOTH, _cells(sentences[:position]), "C")
        _pronoun(sentence, _IT, before, "MV")
        _pronoun(sentence, _THEY, before, "V")


def _spoken_of(before: Sequence[MaskedSentence]) -> tuple[Mention, ...]:
    """The one miRNA that the sentences before name; none where they name several."""
    names = {m.name for s in before for g in s.groups for m in g if m.label == "MIRNA"}
    return _last(before, "M") if len(names) == 1 else ()


def _of_its(sentence: MaskedSentence, members: Sequence[Mention]) -> None:
    match = _OF_ITS.search(sentence.text)
    if match and members:
        begin, end = match.span("its")
        sentence.text = sentence.text[:begin] + sentence.merge("M", members) + sentence.text[end:]


def _of_what(sentence: MaskedSentence, members: Sequence[Mention]) -> None:
    """ "PTEN was its target", "direct targeting of PTEN was shown": of, or by, the one miRNA spoken of."""
    if not members or sentence.has("MK"):
        return
    for pattern, word in ((_TARGET, "of"), (_DIRECT, "by")):
        if match := pattern.search(sentence.text):
            at = match.end()
            sentence.text = f"{sentence.text[:at]} {word} {sentence.merge('M', members)}{sentence.text[at:]}"
            return


def _replace(
    sentence: MaskedSentence,
    pattern: re.Pattern[str],
    members: Sequence[Mention],
    letter: str,
    singular: bool = False,
) -> None:
    match = pattern.search(sentence.text)
    if not match or not members:
        return
    generic = sentence.groups[int(match.group(1))] if match.groups() else ()
    if singular and any(m.text.endswith("s") for m in generic):
        return  # "the miRNAs" in general
    _put(sentence, match, members, letter)


def _last_inside(sentence: MaskedSentence) -> tuple[Mention, ...]:
    """The miRNA that the sentence itself names before "the miRNA"."""
    match = _ONE.search(sentence.text)
    marks = [m for m in MARK.finditer(sentence.text, 0, match.start() if match else 0) if m.group(1) == "M"]
    return sentence.members(marks[-1].group()) if marks else ()


def _put(sentence: MaskedSentence, match: re.Match[str], members: Sequence[Mention], letter: str) -> None:
    mark = sentence.merge(letter, members)
    sentence.text = sentence.text[: match.start()] + mark + sentence.text[match.end() :]


def _pronoun(
    sentence: MaskedSentence, pattern: re.Pattern[str], before: Sequence[MaskedSentence], letters: str
) -> None:
    match = pattern.search(sentence.text)
    if not match:
        return
    opening = _OPENING.match(sentence.text)
    begin = opening.end() if opening else 0
    inside = [m for m in MARK.finditer(sentence.text, begin, match.start()) if m.group(1) in letters + "CG"]
    if inside:
        named = [m for m in inside if m.group(1) in letters]
        # "to T cells, where it binds": the cells are the place, "it" is what was spoken of before
        first = named[-1] if named and _WHERE.search(sentence.text[: match.start()]) else inside[0]
        members, letter = sentence.members(first.group()), first.group(1)
    else:
        members, letter = _subject(before[-1:], letters, singular=pattern is _IT)
    if members and letter in letters:
        _put(sentence, match, members, letter)


def _subject(
    before: Sequence[MaskedSentence], letters: str, singular: bool = False
) -> tuple[tuple[Mention, ...], str]:
    """The first miRNA or vesicle of the sentence before: what it speaks of; "it" is not "exosomes"."""
    for sentence in before:
        for mark in MARK.finditer(sentence.text):
            members = sentence.members(mark.group())
            if mark.group(1) in letters and not (singular and mark.group(1) == "V" and _many(members)):
                return members, mark.group(1)
    return (), ""


def _cells(before: Sequence[MaskedSentence]) -> tuple[Mention, ...]:
    """The cells that were last named side by side: what "both cell lines" are."""
    for sentence in reversed(before):
        for match in reversed(list(_PAIR.finditer(sentence.text))):
            names = sentence.members(match.group())
            if len({m.text for m in names}) > 1:
                return names
    return ()


def _many(members: Sequence[Mention]) -> bool:
    return all(m.text.endswith("s") for m in members)


def _last(before: Sequence[MaskedSentence], letter: str) -> tuple[Mention, ...]:
    for sentence in reversed(before):
        marks = [m for m in MARK.finditer(sentence.text) if m.group(1) == letter]
        if marks:
            return sentence.members(marks[-1].group())
    return ()


def _listed_inside(sentence: MaskedSentence) -> tuple[Mention, ...]:
    """The miRNAs that the sentence itself names before "these miRNAs"."""
    match = _MANY.search(sentence.text)
    end = match.start() if match else 0
    names = [
        m
        for k in MARK.finditer(sentence.text, 0, end)
        if k.group(1) == "M"
        for m in sentence.members(k.group())
    ]
    return tuple(names) if len({m.name for m in names}) > 1 else ()


def listed(before: Sequence[MaskedSentence]) -> tuple[Mention, ...]:
    """All miRNAs of the nearest sentence that names more than one."""
    for sentence in reversed(before):
        names = [
            m
            for mark in MARK.finditer(sentence.text)
            if mark.group(1) == "M"
            for m in sentence.members(mark.group())
        ]
        if len({m.name for m in names}) > 1:
            return tuple(names)
    return ()
