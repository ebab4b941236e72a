"""A sentence with its names replaced by typed marks: ``<C0>-derived exosomal <M1> reached <C2>``.

Rules then speak of kinds, not of spellings, and a rule may shorten the sentence by rewriting a phrase
to the mark of its head, so that later rules and the parser see a simple sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.types import Mention

LETTER = {
    "MIRNA": "M",
    "OTHER_RNA": "L",
    "VESICLE": "V",
    "CELL": "C",
    "TISSUE": "T",
    "FLUID": "F",
    "GENE": "G",
    "PHENOTYPE": "P",
    "MIRNA_SET": "K",
}
MARK = re.compile(r"<([A-Z])(\d+)>")


@dataclass
class MaskedSentence:
    """The masked text and, for every mark, the mentions that it stands for."""

    index: int
    start: int
    end: int
    text: str
    groups: list[tuple[Mention, ...]] = field(default_factory=list)
    label: str = ""
    """The section that the sentence stands in (``title``, ``METHODS``, ...)."""
    paragraph: int = 0
    """Which section of the reading it stands in, counted from 0."""

    def members(self, mark: str) -> tuple[Mention, ...]:
        """The mentions behind all marks of a piece of masked text, in order.

        >>> MaskedSentence(0, 0, 1, "<M0>", [(Mention("MIRNA", 0, 1, "x"),)]).members("<M0>")[0].text
        'x'
        """
        return tuple(m for _, number in MARK.findall(mark) for m in self.groups[int(number)])

    def merge(self, letter: str, members: Sequence[Mention]) -> str:
        """A new mark for several mentions taken together."""
        unique = tuple(dict.fromkeys(members))
        self.groups.append(unique)
        return f"<{letter}{len(self.groups) - 1}>"

    def has(self, letters: str) -> bool:
        return any(letter in letters for letter, _ in MARK.findall(self.text))


def letter_of(mention: Mention) -> str:
    """The mark's letter; adjectives such as "exosomal" get ``X``."""
    if mention.label == "VESICLE" and mention.name.endswith(":adjective"):
        return "X"
    return LETTER[mention.label]


def shares_stem(mention: Mention) -> bool:
    """A gene printed by its number alone: the 3 of "Smad2/3"."""
    return mention.label == "GENE" and not re.search("[A-Za-z]{2}", mention.text)


def _continues(mention: Mention, text: str, groups: Sequence[tuple[Mention, ...]], position: int) -> bool:
    """A gene told by its number alone, after a slash: it belongs to the mark before it."""
    between = text[position : mention.start]
    return between == "/" and shares_stem(mention) and bool(groups)


def mask(
    text: str, start: int, end: int, mentions: Sequence[Mention], index: int = 0, label: str = ""
) -> MaskedSentence:
    """The sentence ``text[start:end]`` with its mentions masked."""
    sentence = MaskedSentence(index, start, end, "", label=label)
    pieces, position = [], start
    for mention in mentions:
        if mention.start < position or mention.end > end:
            continue
        if _continues(mention, text, sentence.groups, position):
            sentence.groups[-1] = (*sentence.groups[-1], mention)  # "TIMP2/3" is one mark for two genes
            position = mention.end
            continue
        pieces.append(text[position : mention.start].replace("<", "‹").replace(">", "›"))
        sentence.groups.append((mention,))
        pieces.append(f"<{letter_of(mention)}{len(sentence.groups) - 1}>")
        position = mention.end
    pieces.append(text[position:end].replace("<", "‹").replace(">", "›"))
    sentence.text = "".join(pieces)
    return sentence
