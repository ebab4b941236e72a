"""One document analysed: sentences, facts, entities, populations, roles; what the records are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.language import Language

from extractor.relations.anaphora import resolve_anaphora
from extractor.relations.discourse import Populations, populations
from extractor.relations.entities import Entities, gather
from extractor.relations.frames import parse, read_frames
from extractor.relations.masking import MaskedSentence, mask
from extractor.relations.roles import Roles, read_roles
from extractor.relations.surface import RawFact, read_surface
from extractor.sentences import split_sentences
from extractor.types import Mention, Section


@dataclass
class Analysis:
    """The layers of one document's analysis."""

    text: str
    mentions: tuple[Mention, ...]
    abbreviations: Mapping[str, str]
    sentences: list[MaskedSentence]
    facts: list[RawFact]
    entities: Entities
    populations: Populations
    roles: Roles


def _label_at(sections: Sequence[Section], position: int) -> str:
    return next((s.label for s in sections if s.start <= position < s.end), "")


def analyse(
    text: str,
    sections: Sequence[Section],
    mentions: tuple[Mention, ...],
    abbreviations: Mapping[str, str],
    nlp: Language,
) -> Analysis:
    """All layers, from masked sentences to roles."""
    sentences: list[MaskedSentence] = []
    facts: list[RawFact] = []
    for index, (start, end) in enumerate(split_sentences(text, sections)):
        inside = [m for m in mentions if start <= m.start < end]
        sentences.append(mask(text, start, end, inside, index, _label_at(sections, start)))
    resolve_anaphora(sentences)
    for sentence in sentences:
        facts += read_surface(sentence)
    for sentence, doc in parse(sentences, nlp):
        facts += read_frames(sentence, doc)
    entities = gather(mentions, abbreviations)
    vesicles = [m for m in mentions if m.label == "VESICLE"]
    found = populations(vesicles, facts, entities, abbreviations)
    by_sentence = [[m for m in mentions if s.start <= m.start < s.end] for s in sentences]
    roles = read_roles(facts, entities, found, by_sentence)
    return Analysis(text, mentions, abbreviations, sentences, facts, entities, found, roles)
