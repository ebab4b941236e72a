"""A finding as a reader sees it: which sentence every name stands in, the title, the conclusion."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from extractor.relations.analysis import Analysis, Finding
from extractor.relations.entities import Entity
from extractor.relations.masking import MaskedSentence
from extractor.types import Mention

CONCLUSION = 2
"""The last sentences of a finding sum it up."""


class Scene:
    """One finding with the sentences that it spans; everything that features ask for is counted once."""

    def __init__(self, finding: Finding, analysis: Analysis) -> None:
        self.finding, self.text = finding, analysis.text
        self._starts = [s.start for s in analysis.sentences]
        self._sentences = analysis.sentences
        self.mentions: dict[str, list[Mention]] = {}
        for mention in finding.mentions:
            self.mentions.setdefault(mention.label, []).append(mention)
        places = sorted({self.sentence(m) for m in finding.mentions})
        first, last = (places[0], places[-1]) if places else (0, -1)
        self.span = range(first, last + 1)
        self.title = {i for i in self.span if analysis.sentences[i].label == "title"}
        self.conclusion = set([i for i in self.span if i not in self.title][-CONCLUSION:])
        self.stated = [f for f in analysis.facts if f.sentence in self.span]
        self.facts = [f for f in self.stated if not f.negated]

    def sentence(self, mention: Mention) -> int:
        """The number of the sentence that a mention stands in."""
        return bisect_right(self._starts, mention.start) - 1

    def sentences(self, mentions: Iterable[Mention]) -> set[int]:
        return {self.sentence(m) for m in mentions}

    def by_sentence(self) -> Iterator[tuple[MaskedSentence, list[Mention]]]:
        """The sentences of the finding with its mentions in each."""
        inside: dict[int, list[Mention]] = {}
        for mention in self.finding.mentions:
            inside.setdefault(self.sentence(mention), []).append(mention)
        return ((self._sentences[i], inside.get(i, [])) for i in self.span)

    def words(self, sentence: int) -> str:
        """The sentence's text."""
        return self.text[self._sentences[sentence].start : self._sentences[sentence].end]

    def says(self, sentences: Iterable[int], pattern: re.Pattern[str]) -> int:
        """How many of the sentences match."""
        return sum(1 for i in sentences if pattern.search(self.words(i)))

    def of(self, *labels: str) -> list[Mention]:
        return [m for label in labels for m in self.mentions.get(label, ())]

    @cached_property
    def vesicles(self) -> set[int]:
        """The sentences that name vesicles."""
        return self.sentences(self.of("VESICLE"))

    @cached_property
    def mirnas(self) -> list[Entity]:
        return self.finding.entities.all("MIRNA")

    @cached_property
    def mirnas_in(self) -> Counter[int]:
        """How many different miRNAs each sentence names."""
        return Counter(i for entity in self.mirnas for i in self.sentences(entity.mentions))


def some(count: float, full: float) -> float:
    """A count as a share of what is plenty, at most 1."""
    return min(count, full) / full


def many(count: int, doublings: float) -> float:
    """A count that matters less the larger it is: 1 at ``2 ** doublings`` and above."""
    return some(math.log2(max(count, 1)), doublings)


def any_of(one: Collection[int], other: Collection[int]) -> float:
    return float(bool(set(one) & set(other)))
