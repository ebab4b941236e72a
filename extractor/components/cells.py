"""Cell names (types, lines, tumour cells), the tissues and tumours that stand for them, and body fluids.

Labels: ``CELL``; ``TISSUE`` (a tissue or tumour word without "cells", a cell only in the role of a
donor or recipient: "melanoma exosomes"); ``FLUID`` (never a donor cell).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from extractor.components._cell_verbs import SENTENCE, joined, trimmed
from extractor.components._line_names import SUBLINE, is_subline, lines_of, spaced_lines
from extractor.components._longest import longest
from extractor.components.cell_names import cell_lines, curated_abbreviations, singular
from extractor.components.organisms import giving_organisms
from extractor.components.shared_heads import shared_heads
from extractor.rules.loader import word_class
from extractor.types import Mention

_L, _R = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_UNCUT = r"(?<![A-Za-z0-9][/-])"
"""Not the second half of a line's name: "MC3T3-E1 osteoblasts", "hCMEC/D3 endothelial cells"."""
# "PTEN-null", "IL-4-stimulated", but never a miRNA's name: "miR-21-modified"
_NO_MIRNA = r"(?<![\w+/-])(?!(?:mi-?R|micro-?R|let-|anti|hsa-|mmu-))"
_VESICLE = r"(?:exo(?:some)?s?|s?EVs?|(?:micro)?vesicles?|MVs?)-"
_MARKERS = r"CD\d+[A-Za-z]?|Foxp3|FOXP3|Sca-?1|c-?Kit|Lin|EpCAM|ALDH|HER2|Ly6[CG]|F4/80"
_SIGNS = (
    r"(?:\((?:[+−-]|neg(?:ative)?|pos(?:itive)?|high|low|hi|lo|bright|dim)\)|[+−⁺⁻]|-(?=[\s)/])|/(?=low|dim|int)"
    r"|high|low|neg|pos|hi|lo|bright|dim)"
)
_MUTANT = (
    r"(?-i:(?![A-Z]\d+[A-Z]\b)[A-Z][A-Z0-9]{1,6}(?:\s[A-Z]\d+[A-Z])?\s(?:mutant|mutated|null|deficient))"
)
_MARKER = rf"(?:{_MARKERS})\s?{_SIGNS}*(?:/?(?:{_MARKERS}){_SIGNS}+)*"
_SORTED = rf"(?:{_MARKERS})\s?{_SIGNS}+(?:/?(?:{_MARKERS}){_SIGNS}+)*"
"""What a sorter parts cells by: "CD44(+)/CD54(+)", "CD44+CD24-/low"."""


# "the glioma line U87", but "a second line of evidence", "the breast cancer line of treatment"
_NO_CELL_LINE = (
    r"(?!\s(?:of\s(?:evidence|treatment|therapy|chemotherapy|defen[cs]e|research|work)|treatments?|therap)\b)"
)


@cache
def _words(label: str) -> str:
    return _alternation(word_class("cell_words.tsv", label))


@cache
def _state() -> str:
    """Anything hyphened to a word of state: "oxaliplatin-resistant", "M2-polarized".

    What is hyphened may be two words where the first is a known half ("palmitic acid-treated"); else the
    name would begin inside it.
    """
    # "brain-cell-derived vesicles" are of a brain-cell; in "exosome-treated" the vesicles are their own name
    chain = rf"(?!{_VESICLE})[\w+/]+(?:-(?!cells?-|{_VESICLE})[\w+/]+)*"
    word, treated = rf"{chain}-(?:{_words('state')})", rf"{chain}-(?:{_words('treated')})"
    return (
        rf"(?:(?-i:[A-Z]\.\s[a-z]{{4,}})-(?:{_words('treated')})|(?:{_words('treatment')})\s{treated}"
        rf"|(?:{_words('drug')})\s(?:resistant|sensitive|treated|tolerant)|{_NO_MIRNA}{word})"
    )


@cache
def _place() -> str:
    """ "dental pulp-derived", "gastric cancer tissue-derived": only before cells, tumours are places."""
    place = rf"(?:{_words('tissue')}|{_words('disease')}|{_words('source')})"
    return rf"{_L}(?:(?:(?:{_words('tissue')})\s)?{place}\stissues?|{place})-(?:{_words('state')})"


def _alternation(words: Iterable[str]) -> str:
    """The longest first, sorted by their first letter: one comparison leaves out all other letters."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]).replace(r"\ ", r"[\s-]"))
    return "|".join(rf"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_letter.items())


def _once(name: str, pattern: str, times: str) -> str:
    """The pattern repeated, each time in one reading only: no time is lost on words that have several."""
    return rf"(?:(?=(?P<{name}>{pattern}))(?P={name})){times}"


@cache
def _lexical() -> dict[str, re.Pattern[str]]:
    words = {c: _words(c) for c in ("head", "tissue", "disease", "fluid", "prefix", "whole", "line kind")}
    # the longest first over all: "squamous cell carcinoma" before "squamous"
    mods = (word_class("cell_words.tsv", c) for c in ("modifier", "tissue", "disease", "source"))
    mod = rf"(?:{_alternation({w for ws in mods for w in ws})})(?:'s|s)?"
    prefix = rf"(?:(?:{words['prefix']})-)?"  # "non-senescent": without it the name says the contrary
    kind = r"(?:type|group)[ -](?:I{1,3}|IV|[1-4])"
    # "PTEN-null", "CD4+", "IL-4-stimulated", "M2-polarized": open classes, bounded by their form
    joined = r"(?:tumou?r|cancer|carcinoma)[ -]associated"
    plain = rf"(?:(?:{joined}|{_state()}|{_MARKER}|{mod})(?:[ -]|(?<=[+)])))"
    lead = rf"(?:(?:{joined}|{_place()}|{_state()}|{_MARKER}|{_MUTANT}|{kind}|{prefix}{mod})(?:[ -]|(?<=\+)))"
    front, few = _once("front", lead, "{0,2}"), _once("few", lead, "{0,4}")
    one, some, many = (_once("lead", lead, times) for times in ("{0,2}", "{0,7}", "{1,8}"))
    line = rf"(?:{front}(?-i:{_UNCUT}[A-Z][A-Za-z]{{0,4}}-?\d+[\w.]*(?<!\.))\s)?"
    code = r"(?:[A-Zα-ω0-9][\w+αβγ/.]*|[a-z]{1,2}[A-Z][\w+.]*)(?:-[\w+.]+)*(?<!\.)"
    kinds = "(?:cell|precursor|progenitor|barrier|spheroid|organoid)s?|(?:sub)?lines?"
    tail = rf"(?:[ -](?:{kinds}))?(?:[ -](?:sub)?lines?)?"
    sort = "infarcted|injured|white|brown|ischemic|human|mouse|rat|murine|fetal|aged|diabetic"
    patterns = {
        "typed": rf"{line}{some}{prefix}(?:{words['head']}|[a-z]{{3,}}[oi]cyte)(?:s|es)?{tail}",
        "lined": rf"{some}(?:{words['disease']}|{words['line kind']})\s(?:sub)?lines?{_NO_CELL_LINE}",
        "sorted": rf"{_SORTED}\s(?:fraction|(?:sub)?population)s?",
        "whole": rf"{one}(?:{words['whole']})",
        "bracketed": rf"{many}(?<=\s)\((?P<short>(?-i:[A-Z][A-Za-z]{{1,6}}))\)\scells?(?:\slines?)?",
        "cells": rf"{many}(?:stem|progenitor|precursor|stromal)?\s?cells?"
        r"(?:[\s-](?:sub)?(?:lines?|clones?|populations?))?",
        "tumour": rf"{_once('lead', plain, '{0,5}')}(?:{words['disease']})s?"
        rf"(?:\s(?:tissues?|specimens?|samples?)|\sof\s(?:the\s)?(?:{words['tissue']}))?",
        "tissue": rf"(?:(?:{sort})\s)*(?:(?:{words['tissue']})\s){{0,2}}(?:{words['tissue']})s?"
        r"(?:\s(?:tissues?|organs?|barriers?|implants?))?(?!\sfibrillation)",
        "fluid": rf"(?:{words['fluid']})",
    }
    coded = rf"{_L}{_UNCUT}{few}{code}\s{one}cells?(?:[\s-](?:sub)?lines?)?{_R}"
    return {
        **{name: re.compile(f"{_L}{pattern}{_R}", re.I) for name, pattern in patterns.items()},
        "coded": re.compile(coded),
    }


# words before "cells" that are no part of a name
_NOT_CODE = re.compile(
    r"^(?:The|These|This|In|Of|To|And|Our|We|By|When|Both|Such|Many|Most|All|Its|Their|Thus|For|As|On|An?|After|Using|"
    r"Here|How|Moreover|Furthermore|RNA|DNA|EV|EVs|MV|Exosome|Exosomes|MiR|miR.*|let-7.*|RESULTS|METHODS|Cancer|Cells?|"
    r"(?:.*-)?(?:[sml]?EVs?|(?i:exo(?:some)?s?)|MVs?)-[a-z]+|"
    r"Circulating|While|With|Within|From|That|Treated|Transfected|Recipient|Target|Host|Donor|GFP|siRNA|shRNA|mRNA|WT|KO|"
    r"One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Several|Various|Multiple|Different|Other|Some|Any|Each|No|"
    r"Because|Since|Although|Whereas|If|Unlike|Upon|During|Before|Through|Via|Until|Where|Which|Not|Only|Even|Also|But|"
    r"Yet|So|Then|Now|Live|Living|Dead|Dying|Stable|Stably|Fewer|More|Less|Modified|Engineered|Like|Between|Among|"
    r"vs|T|B|NK|Once|Interestingly|Finally|However|Mechanistically|Conclusion|Background|\d+|"
    r"(?!Ewing)[A-Z][a-z]{2,}ing)$"  # "Loading stem cell exosomes": a verb that opens the sentence
)
_NO_CELL_AFTER = re.compile(
    r"[\s-](?:(?:cycle|death|line-derived xenograft|counting|cultures?|count|surface|membrane|biology|"
    r"therapy|therapies|renal carcinoma|to[\s-]cell|free|based|lysates?|receptor|factor)\b|"
    r"lymphoma|leuk|carcinoma|cancer|(?<=cell[\s-])(?:communication|interaction))",
    re.I,
)


# a barrier of endothelial or epithelial cells is those cells, the skin barrier is a place
_BARRIER = re.compile(r"^(?!.*theli).*barriers?$", re.I)


def _short_forms(abbreviations: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(short form, long form, label) of every cell or tumour abbreviation that holds in this document."""
    own = {}
    for short, long in abbreviations.items():
        own[singular(short)] = long
        label = label_of(long)
        if label:
            yield short, long, label
    for short, (long, kind) in curated_abbreviations().items():
        if kind != "ambiguous" and short not in own and short + "s" not in own:
            yield short, long, "CELL" if kind == "cell" else "TISSUE"
    for line in cell_lines():
        if line not in own:
            yield line, line, "CELL"


@lru_cache(maxsize=4096)
def label_of(phrase: str) -> str | None:
    """CELL, TISSUE or FLUID where the phrase as a whole is such a name, else None."""
    phrase = phrase.strip()
    patterns = _lexical()
    for names, label in (
        (("typed", "cells"), "CELL"),
        (("tumour", "tissue"), "TISSUE"),
        (("fluid",), "FLUID"),
    ):
        for name in names:
            for match in patterns[name].finditer(phrase):
                if match.end() == len(phrase):
                    return label
    # "stem cells from human exfoliated deciduous teeth": the head comes first
    first = patterns["cells"].match(phrase) or patterns["typed"].match(phrase)
    return "CELL" if first and re.match(r"\s(?:from|of)\s", phrase[first.end() :]) else None


def find_cells(text: str, abbreviations: Mapping[str, str] | None = None) -> tuple[Mention, ...]:
    """All CELL, TISSUE and FLUID mentions, sorted, not overlapping; the longest reading wins."""
    abbreviations = abbreviations or {}
    spans = [*_short_spans(text, abbreviations), *_phrase_spans(text)]
    spans += [(start, end, "TISSUE") for start, end in giving_organisms(text)]
    ordered = sorted(spans, key=lambda s: (s[0] - s[1], s[0], s[2]))
    found = longest((Mention(label, a, b, text[a:b], text[a:b]) for a, b, label in ordered), len(text))
    found = joined(text, found)
    shared = tuple(shared_heads(text, found))
    if not shared:
        return found
    taken = [(m.start, m.end) for m in shared]
    return tuple(sorted((*shared, *longest(found, len(text), taken)), key=lambda m: m.start))


_PRO = re.compile(r"\b(?:pro|anti)-$", re.I)
"""What is for or against tumours is none: "pro-tumor TANs", but "an anti-breast cancer effect"."""
LEAD = 120
"""Characters before a short form in which its modifiers are looked for."""


def _short_spans(text: str, abbreviations: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Short forms and cell lines, with the modifiers and the word "cells" that belong to them."""
    labels = {}
    for short, _, label in _short_forms(abbreviations):
        labels[short] = label
        labels.setdefault(singular(short), label)
    defined = {form for short in abbreviations for form in (short, singular(short))}
    labels |= dict.fromkeys(lines_of(text) - defined, "CELL")
    yield from spaced_lines(text)
    present = [s for s in labels if s in text]
    if not present:
        return
    pattern = re.compile(
        rf"{_L}(?P<short>{_alternation(present)})(?:(?P<sub>{SUBLINE})|s)?"
        r"(?:[\s-]?\(?[+−]\)?)?(?P<cells>\s(?:[Ss]tem\s|[Tt]umou?r\s)?[Cc]ells?)?"
        r"(?P<line>\s(?:(?:sub)?line|spheroid|organoid)s?)?(?![A-Za-z0-9]|-\d|[\s-]ceramide)"
    )
    at = 0
    while match := pattern.search(text, at):
        at = match.end()
        if match["sub"] and not is_subline(match["short"], match["sub"]):
            at = match.end("short")
            if not match["sub"].isalnum():
                yield match.start(), at, labels[match["short"]]
            continue
        label = "CELL" if match["cells"] or match["line"] else labels[match["short"]]
        lead = _lead().search(text, max(match.start() - LEAD, 0), match.start())
        yield _begin(text, lead.start() if lead else match.start(), match.end()), match.end(), label


@cache
def _lead() -> re.Pattern[str]:
    """The modifiers that end where a short form begins; compiled once: no document's own forms are in it."""
    listed = _words("before short")
    words = rf"(?i:(?:{listed})(?:-derived)?)|(?:{_words('patient')})|CD\d+[+-]?|[A-Za-z]{{1,6}}(?=-)"
    lead = (
        rf"(?:(?i:{_place()}|{_state()})|{_MUTANT}|{words})[ -]|(?<=\s)[A-Z]{{2,5}}\d{{1,2}}\s(?=microglia)"
    )
    return re.compile(rf"{_L}{_once('lead', lead, '{1,6}')}$")


def _phrase_spans(text: str) -> Iterator[tuple[int, int, str]]:
    patterns = _lexical()
    for name, label in (("tumour", "TISSUE"), ("tissue", "TISSUE"), ("fluid", "FLUID")):
        for match in patterns[name].finditer(text):
            for_or_against = _PRO.search(text, max(match.start() - 5, 0), match.start())
            if not (for_or_against and match.group().lower() in ("tumor", "tumour")):
                yield trimmed(text, match.start(), match.end()), match.end(), label
    for match in _cell_phrases(text):
        if _BARRIER.search(match.group()):
            yield match.start(), match.end(), "TISSUE"
        elif not _NO_CELL_AFTER.match(text, match.end()):
            start = _begin(text, match.start(), match.end())
            if start < match.end():
                yield start, match.end(), "CELL"


def _cell_phrases(text: str) -> Iterator[re.Match[str]]:
    patterns = _lexical()
    needed = {"lined": "line", "sorted": "tion"}  # most texts need not be searched for these
    names = ("typed", "cells", "lined", "sorted", "whole")
    for name in (n for n in names if needed.get(n, "") in text):
        yield from patterns[name].finditer(text)
    for match in patterns["bracketed"].finditer(text):
        # "nucleus pulposus (NP) cells", but CRC is a tumour and Treg a cell by itself
        kind = curated_abbreviations().get(match["short"], ("", "ambiguous"))[1]
        if kind == "ambiguous" and match.group().split()[0] not in word_class("cell_words.tsv", "state"):
            yield match
    for match in patterns["coded"].finditer(text):
        words = match.group().split()
        code = next((w for w in words if re.match(r"[A-Zα-ω0-9]|[a-z]{1,2}[A-Z]", w)), "")
        several = "/" in code and all(part in cell_lines() for part in code.split("/"))  # A549/H1299 cells
        if code and not several and not _NOT_CODE.match(code) and not SENTENCE.match(match.group()):
            yield match


@cache
def _readout() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('readout')})(?:[\s-](?:positive|negative)|\s?\(?[+−⁺]\)?)[\s-]")


def _begin(text: str, start: int, end: int) -> int:
    """Where the name starts; what a stain shows ("Ki67-positive cells") is a count, no kind."""
    start = trimmed(text, start, end)
    near = _readout().finditer(text, max(start - 16, 0), end)
    stain = next((m for m in near if m.start() <= start < m.end()), None)  # "Annexin V-positive" may be cut
    if stain is None:
        return start
    return end if text[stain.end() : end] in ("cell", "cells") else stain.end()
