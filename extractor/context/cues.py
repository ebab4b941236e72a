"""Which cues of a document concern one relation: kinds of evidence, engineered cargo, sorters, species."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from extractor.context.cue_rules import Hit, sorter
from extractor.context.scope import Scope
from extractor.types import Cue


def evidence_kinds(scope: Scope) -> tuple[Cue, ...]:
    """How the relation was shown: one cue a kind, from a sentence that names the miRNA where there is one."""
    return _named(scope, _concerning(scope, "evidence"))


def engineered(scope: Scope) -> tuple[Cue, ...]:
    """Why the cargo counts as engineered."""
    return _named(scope, _concerning(scope, "engineered"))


def sorting_proteins(scope: Scope) -> tuple[Cue, ...]:
    """Proteins that are said to sort the miRNA, each with its identifier."""
    found: dict[str, Cue] = {}
    for hit in _concerning(scope, "sorting"):
        for mention in scope.view.names_in(hit.start, hit.end, "SORTER"):
            protein = sorter(mention.name)
            if protein is not None and protein.symbol not in found:
                cue = scope.source.cue(hit.start, hit.end, protein.symbol, hit.rule.id, protein.curie)
                found[protein.symbol] = cue
    return tuple(found.values())


def species(scope: Scope) -> tuple[Cue, ...]:
    """Each species once, at its first word in the relation's part of the document, the most named first."""
    named = sorted(scope.within(scope.source.species), key=lambda n: n.start)
    counts = Counter(n.name for n in named)
    first = {n.name: n for n in reversed(named)}
    ordered = sorted(first.values(), key=lambda n: (-counts[n.name], n.start))
    return tuple(scope.source.cue(n.start, n.end, n.name, n.rule, n.curie) for n in ordered)


def _concerning(scope: Scope, attribute: str) -> Iterator[Hit]:
    for hit in scope.within(scope.source.hits):
        if hit.rule.attribute == attribute and _is_ours(hit, scope):
            yield hit


def _is_ours(hit: Hit, scope: Scope) -> bool:
    """A match that names miRNAs must name the relation's; one that names cells must name the donor."""
    inside = scope.view.names_in(hit.start, hit.end, "MIRNA")
    if inside and not scope.mirna.intersection(inside):
        return False
    if hit.rule.scope == "donor" and not _of_donor(hit, scope):
        return False
    return hit.rule.scope == "document" or not scope.names_other(hit.sentence)


def _of_donor(hit: Hit, scope: Scope) -> bool:
    cells = scope.view.names_in(hit.start, hit.end, "CELL", "TISSUE")
    return not cells or not scope.donor or bool(set(cells).intersection(scope.donor))


def _named(scope: Scope, hits: Iterable[Hit]) -> tuple[Cue, ...]:
    """One cue a name, in order of place; of several matches the first in a sentence with the miRNA."""
    best: dict[str, Hit] = {}
    for hit in hits:
        known = best.get(hit.rule.name)
        if known is None or _rank(hit, scope) < _rank(known, scope):
            best[hit.rule.name] = hit
    return tuple(scope.source.cue(h.start, h.end, h.rule.name, h.rule.id) for h in best.values())


def _rank(hit: Hit, scope: Scope) -> tuple[bool, int]:
    return not scope.names_mirna(hit.sentence), hit.start
