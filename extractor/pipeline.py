"""The pipeline: a document in, its relations or its mentions out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language

from extractor.components.abbreviations import detector, find_abbreviations
from extractor.context import with_context
from extractor.grounding import Context, ground, species_cues
from extractor.mentions import find_mentions
from extractor.model import load_model
from extractor.relations.analysis import Analysis, analyse
from extractor.relations.given import with_given
from extractor.relations.records import relations_of
from extractor.relations.regulation_records import regulations_of
from extractor.text import Reading, read_text
from extractor.triage import may_regulate, may_transfer
from extractor.types import Document, Mention, Regulation, Relation

LONGEST = 1_000_000
"""Characters of one document: ten times a long full text, a minute of work."""


class Extractor:
    """Holds the loaded model; reads documents one after another, each on its own."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self._detector = detector(nlp)

    def mentions(self, text: str) -> tuple[tuple[Mention, ...], dict[str, str]]:
        """All mentions of a text and its abbreviations (short -> long)."""
        abbreviations = find_abbreviations(self.nlp.make_doc(text), self._detector)
        return find_mentions(text, abbreviations), abbreviations

    def analyse(self, reading: Reading) -> Analysis:
        """Everything between the text and its relations, for error analysis and tests."""
        mentions, abbreviations = self.mentions(reading.text)
        return analyse(reading, mentions, abbreviations, self.nlp)

    def extract(self, document: Document, include_regulation: bool = False) -> tuple[Relation, ...]:
        """The document's atomic relations, in a stable order."""
        reading = self.read(document)
        worth = may_regulate if include_regulation else may_transfer
        if not worth(reading.text):
            return ()
        analysis = self.analyse(reading)
        relations = relations_of(document, reading, analysis, include_regulation)
        return with_context(relations, document, reading, analysis)

    def regulations(
        self, document: Document, mentions: Sequence[Mention] | None = None
    ) -> tuple[Regulation, ...]:
        """What each sentence says of its miRNAs and genes, in either direction, denied ones marked.

        ``mentions`` are miRNAs and genes that are known already (labels MIRNA and GENE, offsets of the
        document): they take the place of what the finders say. Raises ValueError for one that overlaps
        another or stands where nothing is read (a table, a reference list).
        """
        reading = self.read(document)
        if mentions is None:
            analysis = self.analyse(reading)
        else:
            found, abbreviations = self.mentions(reading.text)
            known = with_given(reading, found, mentions)
            analysis = analyse(reading, known, abbreviations, self.nlp)
        return regulations_of(document, reading, analysis)

    def annotate(self, document: Document) -> tuple[Mention, ...]:
        """All mentions with offsets into ``document.text``, each with its identifier where one is sure."""
        reading = self.read(document)
        mentions, abbreviations = self.mentions(reading.text)
        context = Context(abbreviations, species_cues(reading.text), gene_cue=True)
        found = []
        for mention in mentions:
            start, end = reading.original(mention.start, mention.end)
            printed = mention.name if mention.label == "MIRNA" else mention.text
            decision = ground(printed, mention.label, context)
            concept = decision.best if decision.confident else mention.concept
            name = mention.name.partition(":")[0] if mention.label == "VESICLE" else mention.name
            found.append(Mention(mention.label, start, end, document.text[start:end], name, concept))
        return tuple(found)

    def read(self, document: Document) -> Reading:
        """The reading of a document. Raises ValueError, saying what to do, for one that is too long."""
        if len(document.text) > LONGEST:
            raise ValueError(
                f"{len(document.text):,} characters in one document, more than {LONGEST:,}; split it up"
            )
        return read_text(document)


def build_pipeline(model: str | Path | None = None) -> Extractor:
    """An extractor over the embedded model, or over any spaCy pipeline with a tagger and a parser."""
    return Extractor(load_model(model))
