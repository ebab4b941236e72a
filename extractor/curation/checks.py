"""What lint asks of one name: a miRNA that exists, a gene symbol of today, a cell that says something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from extractor.curation.nearest import nearest
from extractor.grounding import Context, Grounding, ground
from extractor.grounding.mirna import known_in, tidy
from extractor.lexicons import Lexicons, Term
from extractor.lexicons.mirna import PREFERRED, SPECIES, base_name, species_of

Severity = Literal["error", "warning", "note"]
VAGUE: Final = frozenset({"CL:0001064", "CL:0000000", "CL:0000738", "CL:0000499", "CL:0000151"})
COMMON: Final = {"hsa": "human", "mmu": "mouse", "rno": "rat"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A better name and why; ``sure`` means that ``--fix`` may put it in."""

    name: str
    reason: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a name."""

    check: str
    severity: Severity
    message: str
    suggestions: tuple[Suggestion, ...] = ()


Check = Callable[[str, str, Lexicons], Iterable[Problem]]


def check_mirna(name: str, species: str, lexicons: Lexicons) -> Iterator[Problem]:
    """Unknown in its species (nearest real names), or no arm said (its arms)."""
    wanted = _species(name, species)
    known = [s for s in wanted if known_in(name, s, lexicons)]
    if not known:
        yield _unknown_mirna(name, wanted, lexicons)
        return
    arms = [m.name.split("-", 1)[1] for m in lexicons.mirnas.arms(tidy(name), known[0])]
    if arms and not base_name(tidy(name)).endswith(("-5p", "-3p")):
        reason = f"a mature product ({COMMON.get(known[0], known[0])})"
        yield Problem(
            "arm-missing",
            "note",
            f"{name} does not say which arm",
            tuple(Suggestion(a, reason) for a in arms),
        )


def _species(name: str, species: str) -> tuple[str, ...]:
    own = species_of(name)
    if own:
        return (own,)
    return (SPECIES.get(species, species),) if species else PREFERRED


def _unknown_mirna(name: str, wanted: tuple[str, ...], lexicons: Lexicons) -> Problem:
    where = ", ".join(COMMON.get(s, s) for s in wanted)
    places = lexicons.mirnas.species_with(tidy(name))
    elsewhere = (
        f"; it exists in {', '.join(places[:4])}" if places else "; it exists in no species of miRBase"
    )
    message = f"{name} does not exist in {where}{elsewhere}"
    return Problem("mirna-unknown", "error", message, _near_mirnas(tidy(name), wanted, lexicons))


def _near_mirnas(name: str, wanted: tuple[str, ...], lexicons: Lexicons) -> tuple[Suggestion, ...]:
    close = nearest(name, _mirna_names(wanted, lexicons), limit=4)
    alone = len(close) == 1 or (len(close) > 1 and close[0].cost < close[1].cost)
    return tuple(
        Suggestion(n.name, _why(n.edits, n.keys), sure=alone and i == 0 and n.edits == 1)
        for i, n in enumerate(close)
        if n.edits <= max(close[0].edits, 1) + 1
    )


@lru_cache(maxsize=8)
def _mirna_names(wanted: tuple[str, ...], lexicons: Lexicons) -> tuple[str, ...]:
    """Human names first where several species are asked; with and without arm."""
    names: dict[str, None] = {}
    for species in wanted:
        names.update(dict.fromkeys(lexicons.mirnas.names(species)))
        names.update(dict.fromkeys(k.replace("mir-", "miR-", 1) for k in lexicons.mirnas.entries(species)))
    return tuple(names)


def _why(edits: int, keys: float) -> str:
    unit = "edit" if edits == 1 else "edits"
    return f"{edits} {unit} away, fingers off by {keys:g} keys"


def check_gene(name: str, species: str, lexicons: Lexicons) -> Iterator[Problem]:
    """No gene of this name, a former symbol, an alias of several genes, a family, or another name."""
    decision = ground(name, "GENE", Context(species=(species,) if species else (), gene_cue=True), lexicons)
    if decision.best is None and not decision.candidates:
        near = nearest(name, _alike(name, _symbols(lexicons)), furthest=1) if len(name) > 3 else ()
        hints = tuple(Suggestion(n.name, _why(n.edits, n.keys)) for n in near)
        yield Problem("gene-unknown", "warning", f"no gene or protein is named {name}", hints)
        return
    terms = lexicons.genes.lookup(name) or lexicons.genes.lookup_loose(name)
    yield from _gene_name(name, terms, decision)


def _gene_name(name: str, terms: tuple[Term, ...], decision: Grounding) -> Iterator[Problem]:
    statuses = {t.status for t in terms}
    if statuses & {"symbol", "curated"}:
        if decision.best and decision.best.curie.startswith("fplx:"):
            yield Problem("gene-family", "note", f"{name} names a family or complex ({decision.best.name})")
        return
    owners = {t.curie: t.name for t in terms if t.status in ("alias", "previous")}
    if len(owners) > 1 and "family" not in statuses and "complex" not in statuses:
        hints = tuple(Suggestion(n, f"owns {name} as an alias") for n in owners.values())
        yield Problem("gene-ambiguous", "warning", f"{name} is an alias of {len(owners)} genes", hints)
    elif statuses == {"previous"} and decision.best:
        hint = Suggestion(decision.best.name, "the approved symbol today", sure=True)
        yield Problem("gene-outdated", "warning", f"{name} is a former symbol", (hint,))
    elif decision.best and decision.best.curie.startswith("hgnc:") and decision.best.name != name:
        hint = Suggestion(decision.best.name, "the approved symbol")
        yield Problem("gene-alias", "note", f"{name} is not the approved symbol", (hint,))


def _alike(name: str, symbols: Iterable[str]) -> Iterator[str]:
    """Symbols that can be one edit away: they share the beginning or the end. Forty thousand are too many."""
    half = len(name) // 2
    head, tail = name[:half].upper(), name[-half:].upper()
    return (s for s in symbols if s.upper().startswith(head) or s.upper().endswith(tail))


@lru_cache(maxsize=2)
def _symbols(lexicons: Lexicons) -> tuple[str, ...]:
    terms = (t for key in lexicons.genes.tables[0].index for t in lexicons.genes.tables[0].lookup_folded(key))
    return tuple(t.text for t in terms if t.status == "symbol")


def check_cell(name: str, species: str, lexicons: Lexicons) -> Iterator[Problem]:
    """Nothing or only a class is named, or the short form has several readings."""
    decision = ground(name, "CELL", Context(species=(species,) if species else ()), lexicons)
    if decision.best is None:
        hints = tuple(Suggestion(c.concept.name, c.reason) for c in decision.candidates[:3])
        told = decision.note or "no cell type, line, tumour or tissue is recognised"
        yield Problem("cell-unknown", "warning", f"{name}: {told}", hints)
    elif decision.best.curie in VAGUE:
        yield Problem(
            "cell-vague", "warning", f"{name} says no more than '{decision.best.name}'; name type or tumour"
        )
    elif not decision.confident:
        hints = tuple(Suggestion(c.concept.name, c.reason) for c in decision.candidates[:3])
        yield Problem("cell-ambiguous", "warning", f"{name} may mean several cells; write it out", hints)


CHECKS: Final[dict[str, Check]] = {"MIRNA": check_mirna, "GENE": check_gene, "CELL": check_cell}
