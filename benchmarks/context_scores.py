"""How well the context of relations is read: each attribute on three parts of 20 relations.

``gold/context40.jsonl`` holds the ``tuned`` part, which was read for its errors, and the ``scored`` one that
was not; both were annotated before there were rules, by the one who wrote these. ``gold/context20.jsonl`` is
``fresh``: first read, and annotated, when the rules were done. Sorting proteins, which none of the 60 states,
are those of ``gold/context_sorting.jsonl``, all of which was read.

    python benchmarks/context_scores.py              # P / R / F1 an attribute
    python benchmarks/context_scores.py --errors     # and every difference in the part that may be read

A gold relation without a counterpart among the relations found counts as missed in every attribute; the
second table leaves it out, which tells what the rules of the context do by themselves. Needs the abstracts
of ../shared (or EVMIR_SHARED).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any, Final

from annotated import REPOSITORY, SHARED, lines
from rich.console import Console
from rich.table import Table

from extractor.evaluation.matching import Kind, same_entity
from extractor.evaluation.scores import Counts
from extractor.pipeline import Extractor, build_pipeline
from extractor.types import Cue, Document, Relation, Section, Slot

FILES: Final = ("context40.jsonl", "context20.jsonl", "context_sorting.jsonl")
GOLD: Final = tuple(REPOSITORY / "gold" / name for name in FILES)
PARTS: Final = ("tuned", "scored", "fresh")
SLOTS: Final[tuple[tuple[str, Kind], ...]] = (("donor", "cell"), ("recipient", "cell"), ("target", "gene"))
Gold = dict[str, Any]
Verdict = tuple[Counts, str]
"""The counts of one attribute of one relation, and what differs in words."""


def names(slot: Slot | None) -> tuple[str, ...]:
    """All names of a slot."""
    return () if slot is None else tuple(n for n in (slot.text, slot.name, *slot.forms) if n)


def counterpart(gold: Gold, found: Iterable[Relation]) -> Relation | None:
    """The relation of the same miRNA that agrees in most slots, the surer one of equals."""
    wanted = gold["relation"]

    def agreement(relation: Relation) -> tuple[int, float]:
        slots = ((wanted[slot], names(getattr(relation, slot)), kind) for slot, kind in SLOTS)
        return sum(same_entity(k, (w,) if w else (), n) for w, n, k in slots), relation.confidence

    same = [r for r in found if same_entity("mirna", (wanted["mirna"],), names(r.mirna)) and not r.negated]
    return max(same, key=agreement, default=None)


def sets(wanted: Iterable[str], optional: Iterable[str], got: Iterable[str]) -> Verdict:
    """Sets compared; what is optional counts neither way."""
    must, may, have = set(wanted), set(optional), set(got)
    wrong, missed = have - must - may, must - have
    said = " ".join([*(f"+{w}" for w in sorted(wrong)), *(f"-{m}" for m in sorted(missed))])
    return Counts(len(must & have), len(wrong), len(missed), len(have & may)), said


def spans(gold: Iterable[Gold], cues: Iterable[Cue]) -> Verdict:
    """Conditions: a cue is right on any printing of the condition; each condition counts once."""
    items = [(g["spans"], bool(g.get("optional"))) for g in gold]
    hit: set[int] = set()
    wrong: list[str] = []
    for cue in cues:
        over = [
            n for n, (where, _) in enumerate(items) if any(a < cue.end and cue.start < b for a, b in where)
        ]
        hit |= set(over)
        wrong += [] if over else [f"+{cue.name} ({cue.rule})"]
    missed = [f"-{items[n][0][:1]}" for n in range(len(items)) if n not in hit and not items[n][1]]
    right = sum(not items[n][1] for n in hit)
    return Counts(right, len(wrong), len(missed), len(hit) - right), " ".join([*wrong, *missed])


def direction(gold: Gold, relation: Relation) -> Verdict:
    """Judged where the relation has a phenotype and the annotator one of that name."""
    said = relation.context.phenotype_direction
    forms = " ".join(names(relation.phenotype)).casefold()
    wanted = next((d for n, d in gold["phenotype_direction"].items() if n.casefold() in forms), None)
    if said is None or wanted is None:
        return Counts(ignored=1), "" if said is None else f"?{forms}"
    if said == wanted:
        return Counts(tp=int(said != "unclear")), ""
    return Counts(fp=int(said != "unclear"), fn=int(wanted != "unclear")), f"{forms}: {said}, not {wanted}"


def vesicle(gold: Gold, relation: Relation) -> Verdict:
    """The kind of the vesicle slot."""
    got = relation.vesicle.name if relation.vesicle else None
    if got in gold["vesicle"]:
        return Counts(tp=1), ""
    return Counts(fp=int(got is not None), fn=1), f"+{got} -{gold['vesicle']}"


def engineered(gold: Gold, relation: Relation) -> Verdict:
    """Yes or no."""
    cues, wanted = relation.context.engineered, gold["engineered"] is not None
    if gold["engineered_optional"]:
        return Counts(ignored=1), ""
    counts = Counts(int(wanted and bool(cues)), int(not wanted and bool(cues)), int(wanted and not cues))
    return counts, "" if counts.tp or not (wanted or cues) else f"+{[(c.text, c.rule) for c in cues]}"


ATTRIBUTES: Final[Mapping[str, Callable[[Gold, Relation], Verdict]]] = {
    "phenotype direction": direction,
    "vesicle kind": vesicle,
    "donor condition": lambda g, r: spans(g["donor_condition"], r.context.donor_condition),
    "recipient condition": lambda g, r: spans(g["recipient_condition"], r.context.recipient_condition),
    "species": lambda g, r: sets(
        g["species"], g["species_optional"], (str(c.curie) for c in r.context.species)
    ),
    "evidence kind": lambda g, r: sets(
        g["evidence_kinds"], g["evidence_optional"], (c.name for c in r.context.evidence_kind)
    ),
    "engineered": engineered,
    "sorting protein": lambda g, r: sets(g["sorting"], (), (str(c.curie) for c in r.context.sorting_protein)),
}


KEYS: Final = {
    "phenotype direction": "phenotype_direction",
    "vesicle kind": "vesicle",
    "donor condition": "donor_condition",
    "recipient condition": "recipient_condition",
    "species": "species",
    "evidence kind": "evidence_kinds",
    "engineered": "engineered",
    "sorting protein": "sorting",
}
"""What an attribute is called in the gold; a line without it does not speak of it."""


def documents() -> dict[str, Document]:
    """All abstracts that the gold speaks of, by PMID."""
    found = {}
    for name in ("dev.jsonl", "unlabelled.jsonl"):
        for record in lines(SHARED / name):
            text, title = record["title"] + "\n" + record["abstract"], len(record["title"])
            sections = (Section("title", 0, title), Section("abstract", title + 1, len(text)))
            found[str(record["pmid"])] = Document(str(record["pmid"]), text, sections)
    return found


def judge(extractor: Extractor, errors: bool) -> dict[tuple[str, str, bool], Counts]:
    """Counts by attribute, part, and whether only relations that were found are counted."""
    texts = documents()
    totals: dict[tuple[str, str, bool], Counts] = {}
    for gold in chain.from_iterable(map(lines, GOLD)):
        relation = counterpart(gold, extractor.extract(texts[gold["pmid"]]))
        empty = Relation(gold["pmid"], Slot("", 0, 0))
        for name, verdict in ATTRIBUTES.items():
            if KEYS[name] not in gold:
                continue
            counts, said = verdict(gold, relation or empty)
            for only in (False, True)[: 1 + (relation is not None)]:
                key = name, gold["half"], only
                totals[key] = totals.get(key, Counts()) + counts
            if errors and said and relation and gold["half"] == "tuned":
                print(f"{gold['pmid']} {name}: {said}")
        if errors and relation is None and gold["half"] == "tuned":
            print(f"{gold['pmid']} relation not found")
    return totals


def shown(counts: Counts) -> str:
    """``0.91 0.80 0.85  (8 TP, 1 FP, 2 FN)``"""
    ratios = (counts.precision, counts.recall, counts.f1)
    said = " ".join("  –  " if r is None else f"{r:.3f}" for r in ratios)
    return f"{said}  ({counts.tp} TP, {counts.fp} FP, {counts.fn} FN)"


def main() -> int:
    """Extract, compare, print both tables. Exit status 2 without the abstracts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--errors", action="store_true", help="show the differences in the tuned part")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"no abstracts in {SHARED}; set EVMIR_SHARED to the folder that holds data/", file=sys.stderr)
        return 2
    totals = judge(build_pipeline(), options.errors)
    console = Console(width=None if sys.stdout.isatty() else 170)
    for only, title in ((False, "All relations of the gold"), (True, "Relations that were found")):
        table = Table(title=title, title_justify="left", box=None, pad_edge=False)
        for heading in ("attribute", *PARTS):
            table.add_column(heading, no_wrap=True)
        for name in ATTRIBUTES:
            table.add_row(name, *(shown(totals.get((name, half, only), Counts())) for half in PARTS))
        console.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
