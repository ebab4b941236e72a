"""Plants and parasites that give vesicles: "ginger-derived exosomes", "EVs of Fasciola hepatica"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractor.rules.loader import word_class

_VESICLE = (
    r"(?:exosom(?:es?|al)|exos?|s?EVs|(?:extracellular|nano|micro)[ -]?(?:nano)?vesicles?|vesicles?|ELNs?|"
    r"[PG]?ELNVs?|NVs|exosome-like|vesicle-like)"
)
_GIVEN = r"(?:(?:derived|isolated|extracted|purified|released|secreted|obtained|shed)\s)?(?:from|of|by)"
_PART = (
    r"(?:\s(?:rhizomes?|roots?|juice|leaf|leaves|seeds?|fruits?|peels?|bulbs?|larvae|worms?|parasites?"
    r"|flowers?))?"
)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = sorted(word_class("cell_words.tsv", "organism"), key=lambda w: (-len(w), w))
    genera = "|".join(sorted(word_class("cell_words.tsv", "genus")))
    named = rf"(?-i:(?:{genera})(?:\s[a-z]{{4,}}|(?=s?[\s-]))|[A-Z]\.\s[a-z]{{5,}})"
    name = rf"(?P<name>(?:{'|'.join(map(re.escape, words))})s?{_PART}|{named})"
    return (
        re.compile(
            rf"(?<![\w-]){name}(?:[-\s](?:derived|released|secreted|shed))?[-\s]"
            rf"(?:\w+\s)?{_VESICLE}(?!\w)",
            re.I,
        ),
        re.compile(
            rf"\b{_VESICLE}(?:\s\([^()]{{1,20}}\))?\s{_GIVEN}\s"
            rf"(?:the\s|fresh\s|edible\s)*{name}(?![\w-])",
            re.I,
        ),
    )


def giving_organisms(text: str) -> Iterator[tuple[int, int]]:
    """Where an organism is named that vesicles come from; elsewhere ginger is food and a worm an animal."""
    for pattern in _patterns():
        for match in pattern.finditer(text):
            yield match.span("name")
