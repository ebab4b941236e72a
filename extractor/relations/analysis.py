"""One document analysed: sentences, facts, and for each finding its entities, populations and roles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from spacy.language import Language
from spacy.tokens import Doc

from extractor.relations.anaphora import listed, resolve_anaphora
from extractor.relations.aside import without_asides
from extractor.relations.citing import cited
from extractor.relations.denial import lacks, told_apart, unreached, with_denials
from extractor.relations.discourse import Populations, of_their_kind, populations
from extractor.relations.entities import Entities, gather
from extractor.relations.exclusion import read_without
from extractor.relations.findings import findings
from extractor.relations.frames import parse, read_frames
from extractor.relations.masking import MaskedSentence, mask
from extractor.relations.members import with_members
from extractor.relations.reading import read_roles
from extractor.relations.respectively import in_order
from extractor.relations.roles import Roles
from extractor.relations.surface import RawFact, read_surface
from extractor.sentences import split_sentences
from extractor.text import Reading
from extractor.types import Mention

LONGEST = 5_000
"""Characters of a sentence that is still read for relations; what is longer is a list or no prose."""
NUMBERS = 50
"""Numbers beside its names that a sentence may have: what has more is a flattened table, or statistics."""
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")


@dataclass
class Finding:
    """What one stretch of the document reports: its mentions, entities and their roles."""

    mentions: tuple[Mention, ...]
    entities: Entities
    populations: Populations
    roles: Roles
    citations: tuple[str, ...] = ()
    """Labels of the reference marks in it, in order."""


@dataclass
class Analysis:
    """The layers of one document's analysis."""

    text: str
    mentions: tuple[Mention, ...]
    abbreviations: Mapping[str, str]
    sentences: list[MaskedSentence]
    facts: list[RawFact]
    findings: list[Finding]
    parses: Mapping[int, Doc]
    """The parse of each sentence that was worth one, by the sentence's index."""


def analyse(
    reading: Reading, mentions: tuple[Mention, ...], abbreviations: Mapping[str, str], nlp: Language
) -> Analysis:
    """All layers, from masked sentences to roles."""
    spans = split_sentences(reading.text, reading.sections)
    read = _of_prose(reading.text, spans, mentions)
    mentions = tuple(chain.from_iterable(read))
    sentences = _masked(reading, spans, read)
    resolve_anaphora(sentences)
    apart = [told_apart(sentence) for sentence in sentences]
    whole = [sentence.text for sentence in sentences]
    denied = [lacks(sentence) for sentence in sentences]
    passed_over = [
        [*apart[s.index], *unreached(s, listed(sentences[max(0, s.index - 1) : s.index]))] for s in sentences
    ]
    stated = [
        [*others, *read_without(sentence), *read_surface(sentence)]
        for sentence, others in zip(sentences, passed_over, strict=True)
    ]
    parses = {sentence.index: doc for sentence, doc in parse(sentences, nlp)}
    for index, doc in parses.items():
        stated[index] += read_frames(sentences[index], doc)
    facts = [
        fact
        for sentence, text, found, names in zip(sentences, whole, stated, denied, strict=True)
        for fact in with_denials(_told(found, text, sentence), sentence, text, names)
    ]
    citations = [cited(reading, s.start, s.end) for s in sentences]
    found = []
    for group in filter(None, findings(sentences, [frozenset(labels) for labels in citations])):
        labels = tuple(dict.fromkeys(label for i in group for label in citations[i]))
        found.append(_finding(group, sentences, facts, mentions, abbreviations, labels))
    return Analysis(reading.text, mentions, abbreviations, sentences, facts, found, parses)


def _told(found: Sequence[RawFact], text: str, sentence: MaskedSentence) -> list[RawFact]:
    """What a sentence tells: lists taken apart, without what stands aside, sets with their members."""
    return [*with_members([*without_asides([*in_order(found, text, sentence)])])]


def _of_prose(
    text: str, spans: Sequence[tuple[int, int]], mentions: Sequence[Mention]
) -> list[Sequence[Mention]]:
    """The mentions of each sentence, in their order; none of one that is no prose."""
    starts = [m.start for m in mentions]
    found: list[Sequence[Mention]] = []
    for start, end in spans:
        inside = mentions[bisect_left(starts, start) : bisect_left(starts, end)]
        prose = end - start <= LONGEST and _numbers(text, start, end, inside) <= NUMBERS
        found.append(inside if prose else ())
    return found


def _numbers(text: str, start: int, end: int, names: Sequence[Mention]) -> int:
    """Numbers that are no part of a name: "21" of "miR-21" is none."""
    return sum(
        not any(m.start <= number.start() < m.end for m in names)
        for number in _NUMBER.finditer(text, start, end)
    )


def _masked(
    reading: Reading, spans: Sequence[tuple[int, int]], mentions: Sequence[Sequence[Mention]]
) -> list[MaskedSentence]:
    """``mentions`` holds those of each span."""
    sentences = []
    for index, ((start, end), inside) in enumerate(zip(spans, mentions, strict=True)):
        number = next((n for n, s in enumerate(reading.sections) if s.start <= start < s.end), 0)
        label = reading.sections[number].label if reading.sections else ""
        sentence = mask(reading.text, start, end, inside, index, label)
        sentence.paragraph = number
        sentences.append(sentence)
    return sentences


def _finding(
    group: Sequence[int],
    sentences: Sequence[MaskedSentence],
    facts: Sequence[RawFact],
    mentions: Sequence[Mention],
    abbreviations: Mapping[str, str],
    labels: tuple[str, ...],
) -> Finding:
    chosen = set(group)
    first, last = sentences[group[0]].start, sentences[group[-1]].end
    own = tuple(m for m in mentions if first <= m.start < last)
    stated = [f for f in facts if f.sentence in chosen]
    entities = gather(own, abbreviations)
    stated += of_their_kind(stated, entities)
    vesicles = populations([m for m in own if m.label == "VESICLE"], stated, entities, abbreviations)
    by_sentence = [
        [m for m in own if s.start <= m.start < s.end] if s.index in chosen else [] for s in sentences
    ]
    return Finding(own, entities, vesicles, read_roles(stated, entities, vesicles, by_sentence), labels)
