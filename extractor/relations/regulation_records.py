"""What a text says of miRNAs and genes as results: one value a sentence, and one relation a document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.relations.analysis import Analysis
from extractor.relations.assembly import Filler
from extractor.relations.entities import Entities
from extractor.relations.pair_view import pair_views
from extractor.relations.regulation import Statement, statements
from extractor.relations.roles import Support
from extractor.text import Reading
from extractor.types import Document, Effect, Evidence, Mention, Regulation, Relation

if TYPE_CHECKING:
    from extractor.relations.records import Writer


def read_statements(analysis: Analysis, least: float | None = None) -> list[Statement]:
    """What the sentences of an analysed text say of their miRNAs and genes, as ``statements``."""
    a = analysis
    return statements(pair_views(a.text, a.mentions, a.sentences, a.facts, a.parses), least)


def ties_of(told: Sequence[Statement], entities: Entities) -> dict[tuple[str, str], Statement]:
    """The surest statement that a miRNA acts on a gene, by the keys of both."""
    ties: dict[tuple[str, str], Statement] = {}
    for statement in sorted(told, key=lambda s: s.probability):
        mirna, gene = (entities.of.get(m) for m in statement.pair)
        if mirna and gene and not statement.upstream and not statement.negated:
            ties[mirna, gene] = statement
    return ties


def regulations_of(document: Document, reading: Reading, analysis: Analysis) -> tuple[Regulation, ...]:
    """Every statement with the document's offsets, in the order of the text."""

    def placed(mention: Mention) -> Mention:
        start, end = reading.original(mention.start, mention.end)
        return replace(mention, start=start, end=end, text=document.text[start:end])

    def told(statement: Statement) -> Regulation:
        sentence = analysis.sentences[statement.sentence]
        start, end = reading.original(sentence.start, sentence.end)
        mirna, gene = map(placed, statement.pair)
        evidence = Evidence(start, end, document.text[start:end], statement.rules)
        kind = (statement.upstream, statement.negated, statement.effect)
        return Regulation(mirna, gene, *kind, round(statement.probability, 4), evidence)

    return tuple(map(told, read_statements(analysis)))


def regulations(writer: Writer, told: Sequence[Statement]) -> list[Relation]:
    """One relation for each miRNA and gene of a finding, where ``told`` has the miRNA act on the gene.

    What one sentence states and another denies is stated; the surest sentence gives the confidence.
    """
    own = set(writer.finding.mentions)
    key = writer.finding.entities.of
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in told:
        if not statement.upstream and own.issuperset(statement.pair):
            mirna, gene = statement.pair
            groups[key[mirna], key[gene]].append(statement)
    return [_relation(mirna, gene, group, writer) for (mirna, gene), group in groups.items()]


def _relation(mirna: str, gene: str, told: Sequence[Statement], writer: Writer) -> Relation:
    stated = [s for s in told if not s.negated] or told
    support = Support(mentions=[s.pair[1] for s in stated])
    for statement in stated:
        support.sentences[statement.sentence] += statement.rules
    best = max(stated, key=lambda s: s.probability)
    effects: list[Effect] = [s.effect for s in stated if s.effect != "unknown"]
    entity = writer.finding.entities.by_key[gene]
    return Relation(
        writer.document.doc_id,
        writer.mirna(mirna),
        target=writer.filler(Filler([entity], support, best.probability)),
        effect=Counter(effects).most_common(1)[0][0] if effects else "unknown",
        kind="regulation",
        negated=best.negated,
        confidence=best.probability,
        evidence=writer.evidence([support]),
        citations=writer.finding.citations,
    )
