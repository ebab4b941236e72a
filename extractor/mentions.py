"""All names of a text, none overlapping: who wins where two finders claim the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from extractor.components.cells import find_cells
from extractor.components.genes import find_genes
from extractor.components.mirna import find_mirnas
from extractor.components.phenotypes import find_phenotypes
from extractor.components.vesicles import find_vesicles
from extractor.rules.loader import read_rows
from extractor.types import Mention

# A gene may hold a cell's name (platelet-derived growth factor), a cell may hold a gene's (CD4+ T cell):
# the longer one is meant; of two that are equally long the one further left in this list.
PRIORITY = ("MIRNA", "OTHER_RNA", "VESICLE", "CELL", "GENE", "PHENOTYPE", "TISSUE", "FLUID", "MIRNA_SET")
_ALWAYS_FIRST = frozenset({"MIRNA", "OTHER_RNA", "VESICLE"})
_WITHIN = frozenset({"TISSUE", "GENE"})
"""What a phenotype's own name may hold without being meant by itself."""
_SET = re.compile(
    r"(?:(?<![\w-])|(?<=EVs-)|(?<=EV-)|(?<=some-)|(?<=cle-)|(?<=exo-))"  # but not "anti-miRNA"
    r"(?:(?:mi|micro-?)RNAs?|miRs|exomiRs)(?![\w]|-?\d)",
    re.I,
)


@cache
def _other_rnas() -> tuple[re.Pattern[str], ...]:
    rows = read_rows("other_rnas.tsv", ("pattern", "kind", "example", "counterexample"))
    return tuple(re.compile(rf"(?<![A-Za-z0-9])(?:{row['pattern']})(?![A-Za-z0-9])") for row in rows)


def find_other_rnas(text: str) -> tuple[Mention, ...]:
    """lncRNAs, circRNAs and ceRNAs: what may sponge a miRNA; label OTHER_RNA."""
    spans = sorted({m.span() for p in _other_rnas() for m in p.finditer(text)}, key=lambda s: (s[0], -s[1]))
    return tuple(resolve(Mention("OTHER_RNA", a, b, text[a:b], text[a:b]) for a, b in spans))


def find_mirna_sets(text: str) -> tuple[Mention, ...]:
    """Generic "miRNAs", to which a list of names may be tied later; label MIRNA_SET."""
    return tuple(Mention("MIRNA_SET", m.start(), m.end(), m.group(), "miRNA") for m in _SET.finditer(text))


def resolve(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions that do not overlap, sorted by place."""
    ranked = sorted(mentions, key=_rank)
    used = bytearray(max((m.end for m in ranked), default=0))
    kept: list[Mention] = []
    for mention in ranked:
        if not any(used[mention.start : mention.end]):
            used[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _rank(mention: Mention) -> tuple[int, int, int, int]:
    first = PRIORITY.index(mention.label) if mention.label in _ALWAYS_FIRST else len(PRIORITY)
    return first, mention.start - mention.end, PRIORITY.index(mention.label), mention.start


def find_mentions(text: str, abbreviations: Mapping[str, str] | None = None) -> tuple[Mention, ...]:
    """Every mention of every kind, none overlapping, sorted by place."""
    known = dict(abbreviations or {})
    names = resolve(
        [
            *find_mirnas(text),
            *find_other_rnas(text),
            *find_vesicles(text, known),
            *find_cells(text, known),
            *find_genes(text, known),
            *find_mirna_sets(text),
        ]
    )
    phenotypes = [p for found in find_phenotypes(text) if (p := trimmed(found, names)) is not None]
    covered = [
        n
        for n in names
        if n.label not in _WITHIN or not any(p.start <= n.start and n.end <= p.end for p in phenotypes)
    ]
    return tuple(resolve([*covered, *phenotypes]))


_DONE = re.compile(r"(?:disrupt|impair|destroy|weaken|damag)(?:e?s|ed|ing)?(?:\sthe)?", re.I)
"""What is done to a cell that was named in a phenotype: "weakens" of "weakens endothelial barriers"."""


def trimmed(phenotype: Mention, names: Iterable[Mention]) -> Mention | None:
    """A phenotype without the cell or tissue that its phrase holds: "CAF activation" -> "activation".

    The cell stays a mention of its own: it is the likely recipient. None where nothing is left.
    """
    start, end = phenotype.start, phenotype.end
    for name in names:
        if name.end <= start or name.start >= end:
            continue
        if name.label == "GENE" and not (start <= name.start and name.end <= end):
            return None
        if name.label in _WITHIN and start <= name.start and name.end <= end:
            continue  # "epithelial-mesenchymal transition", "insulin resistance": one term
        if name.start - start > 4:
            end = name.start
        else:
            start = name.end
    text = phenotype.text[start - phenotype.start : end - phenotype.start]
    core = re.sub(r"^[\s-]+|[\s-]+$|\s(?:of|in|by|to)(?:\sthe)?\s*$", "", text)
    if len(core) < 4 or _DONE.fullmatch(core):
        return None
    start += text.index(core)
    return Mention(phenotype.label, start, start + len(core), core, phenotype.name, phenotype.concept)
