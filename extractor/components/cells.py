"""Cell names (types, lines, tumour cells), the tissues and tumours that stand for them, and body fluids.

Labels: ``CELL``; ``TISSUE`` (a tissue or tumour word without "cells", a cell only in the role of a
donor or recipient: "melanoma exosomes"); ``FLUID`` (never a donor cell).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from extractor.components._cell_verbs import SENTENCE, trimmed
from extractor.components._longest import longest
from extractor.components.cell_names import cell_lines, curated_abbreviations, singular
from extractor.components.shared_heads import shared_heads
from extractor.rules.loader import word_class
from extractor.types import Mention

_L, _R = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
# "PTEN-null", "IL-4-stimulated", but never a miRNA's name: "miR-21-modified"
_NO_MIRNA = r"(?<![\w-])(?!(?:mi-?R|micro-?R|let-|anti|hsa-|mmu-))"
_MARKERS = r"CD\d+[A-Za-z]?|Foxp3|FOXP3|Sca-?1|c-?Kit|Lin|EpCAM|ALDH|HER2|Ly6[CG]|F4/80"
_SIGNS = r"(?:\([+−-]\)|[+−⁺⁻]|-(?=[\s)])|high|low|hi|lo|bright|dim)*"
_MARKER = rf"(?:{_MARKERS})\s?{_SIGNS}"


_RESISTANT = (
    r"/(?:ADR|ADM|DDP|CDDP|CIS|DOX|TAX|PTX|Taxol|OXA|OxR|L-OHP|5-?FU|GEM|TMZ|VCR|MTX|BTZ|CBP|TAM|MDR|DR|CR|GR|R|S)"
    r"(?![A-Za-z0-9])"
)
"""What a line grown under a drug is called: MCF-7/ADR."""


@cache
def _state() -> str:
    """Anything hyphened to a word of state: "oxaliplatin-resistant", "M2-polarized"."""
    return rf"{_NO_MIRNA}[\w+/]+(?:-[\w+/]+)*-(?:{_alternation(word_class('cell_words.tsv', 'state'))})"


def _alternation(words: Iterable[str]) -> str:
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"[\s-]") for w in ordered)


@cache
def _lexical() -> dict[str, re.Pattern[str]]:
    words = {
        c: _alternation(word_class("cell_words.tsv", c))
        for c in ("head", "tissue", "disease", "modifier", "fluid")
    }
    mod = rf"(?:{words['modifier']}|{words['tissue']}|{words['disease']})(?:'s|s)?"
    # "PTEN-null", "CD4+", "IL-4-stimulated", "M2-polarized": open classes, bounded by their form
    joined = r"(?:tumou?r|cancer|carcinoma)[ -]associated"
    lead = rf"(?:(?:{joined}|{_state()}|{_MARKER}|{mod})(?:[ -]|(?<=\+)))"
    kinds = "(?:cell|precursor|progenitor|barrier|spheroid|organoid)s?|(?:sub)?lines?"
    tail = rf"(?:[ -](?:{kinds}))?(?:[ -](?:sub)?lines?)?"
    return {
        "typed": re.compile(
            rf"{_L}(?:(?-i:[A-Z][A-Za-z]{{0,4}}-?\d+[\w.]*(?<!\.))\s)?{lead}{{0,7}}(?:{words['head']})(?:s|es)?{tail}{_R}",
            re.I,
        ),
        "cells": re.compile(
            rf"{_L}{lead}{{1,8}}(?:stem|progenitor|precursor|stromal)?\s?cells?"
            rf"(?:[\s-](?:sub)?(?:lines?|clones?|populations?))?{_R}",
            re.I,
        ),
        "coded": re.compile(
            rf"{_L}(?:{lead}{{0,4}})(?:[A-Zα-ω0-9][\w+αβγ/.]*|[a-z]{{1,2}}[A-Z][\w+.]*)(?:-[\w+.]+)*"
            rf"(?<!\.)\s(?:{lead}{{0,2}})cells?(?:[\s-](?:sub)?lines?)?{_R}"
        ),
        "tumour": re.compile(
            rf"{_L}{lead}{{0,5}}(?:{words['disease']})s?(?:\s(?:tissues?|specimens?|samples?))?{_R}", re.I
        ),
        "tissue": re.compile(
            rf"{_L}(?:(?:infarcted|injured|white|brown|ischemic|human|mouse|rat|murine|fetal|aged|diabetic)\s)*"
            rf"(?:(?:{words['tissue']})\s){{0,2}}(?:{words['tissue']})s?(?:\s(?:tissues?|organs?|barriers?))?{_R}",
            re.I,
        ),
        "fluid": re.compile(rf"{_L}(?:{words['fluid']}){_R}", re.I),
        "generic": re.compile(rf"{_L}(?:[A-Za-z]+\s)?cells?(?:\slines?)?{_R}"),
    }


# words before "cells" that are no part of a name
_NOT_CODE = re.compile(
    r"^(?:The|These|This|In|Of|To|And|Our|We|By|When|Both|Such|Many|Most|All|Its|Their|Thus|For|As|On|An?|After|Using|"
    r"Here|How|Moreover|Furthermore|RNA|DNA|EV|EVs|MV|Exosome|Exosomes|MiR|miR.*|let-7.*|RESULTS|METHODS|Cancer|Cells?|"
    r"Circulating|While|With|Within|From|That|Treated|Transfected|Recipient|Target|Host|Donor|GFP|siRNA|shRNA|mRNA|WT|KO|"
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
    ordered = sorted(spans, key=lambda s: (s[0] - s[1], s[0], s[2]))
    found = longest((Mention(label, a, b, text[a:b], text[a:b]) for a, b, label in ordered), len(text))
    shared = tuple(shared_heads(text, found))
    if not shared:
        return found
    taken = [(m.start, m.end) for m in shared]
    return tuple(sorted((*shared, *longest(found, len(text), taken)), key=lambda m: m.start))


def _short_spans(text: str, abbreviations: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Short forms and cell lines, with the modifiers and the word "cells" that belong to them."""
    labels = {}
    for short, _, label in _short_forms(abbreviations):
        labels[short] = label
        labels.setdefault(singular(short), label)
    present = [s for s in labels if s in text]
    if not present:
        return
    listed = _alternation(word_class("cell_words.tsv", "before short"))
    words = rf"(?i:(?:{listed})(?:-derived)?)|CD\d+[+-]?|[A-Za-z]{{1,6}}(?=-)"
    lead = rf"(?:(?:(?i:{_state()})|{words})[ -]|(?<=\s)[A-Z]{{2,5}}\d{{1,2}}\s(?=microglia))*"
    pattern = re.compile(
        rf"{_L}({lead})({_alternation(present)})(?:{_RESISTANT}|s)?(?:[\s-]?\(?[+−]\)?)?(\s(?:[Ss]tem\s|[Tt]umou?r\s)?[Cc]ells?)?"
        r"(?:\s(?:(?:sub)?line|spheroid|organoid)s?)?(?![A-Za-z0-9]|-\d)"
    )
    for match in pattern.finditer(text):
        label = "CELL" if match.group(3) else labels[match.group(2)]
        yield trimmed(text, match.start(), match.end()), match.end(), label


def _phrase_spans(text: str) -> Iterator[tuple[int, int, str]]:
    patterns = _lexical()
    for name, label in (
        ("typed", "CELL"),
        ("cells", "CELL"),
        ("tumour", "TISSUE"),
        ("tissue", "TISSUE"),
        ("fluid", "FLUID"),
    ):
        for match in patterns[name].finditer(text):
            if label == "CELL" and _BARRIER.search(match.group()):
                yield match.start(), match.end(), "TISSUE"
                continue
            if label == "CELL" and _NO_CELL_AFTER.match(text, match.end()):
                continue
            yield trimmed(text, match.start(), match.end()), match.end(), label
    for match in patterns["coded"].finditer(text):
        words = match.group().split()
        code = next((w for w in words if re.match(r"[A-Zα-ω0-9]|[a-z]{1,2}[A-Z]", w)), "")
        if (
            code
            and not _NOT_CODE.match(code)
            and not _NO_CELL_AFTER.match(text, match.end())
            and not SENTENCE.match(match.group())
        ):
            yield trimmed(text, match.start(), match.end()), match.end(), "CELL"
