"""Do a row's slot and a relation's slot name the same thing? By identifier, else by name.

Names are compared as the evaluation compares them (docs/evaluation.md). ``narrower`` and ``broader`` tell a
name that says more or less than the row's: the arm of a miRNA, a member of a gene family, a kind of cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final, Literal

from extractor.curation.rows import Cell
from extractor.evaluation.matching import cell_words, keys, mirna_key, same_entity
from extractor.evaluation.words import CONTRAST

Agreement = Literal["same", "narrower", "broader", "other", "row open", "relation open", "both open"]
AGREE: Final = frozenset({"same", "narrower", "broader"})
_ARM: Final = re.compile(r"-[35]p$")
_SHORT: Final = re.compile(r"[A-Z][A-Za-z0-9+/-]{0,5}")
_STEM: Final = 5
"""Letters that two words share to be one word in two forms: stroma and stromal."""


@lru_cache(maxsize=100_000)
def agreement(slot: str, row: Cell, said: Cell) -> Agreement:
    """How ``said``, a relation's cell, agrees with a row's cell in the same slot."""
    if not row.names or not said.names:
        return _OPEN[bool(row.names), bool(said.names)]
    return _JUDGES[slot](row, said)


_OPEN: Final[dict[tuple[bool, bool], Agreement]] = {
    (False, False): "both open",
    (False, True): "row open",
    (True, False): "relation open",
}


def _mirna(row: Cell, said: Cell) -> Agreement:
    """Names decide: an identifier is that of one species, and miR-210 is miR-210 in mouse and man."""
    if row.curie == said.curie != "" or same_entity("mirna", row.names, said.names):
        return "same"
    if not same_entity("mirna", row.names, said.names, lenient=True):
        return "other"
    row_arm, said_arm = _has_arm(row), _has_arm(said)
    return "other" if row_arm and said_arm else "narrower" if said_arm else "broader"


def _has_arm(cell: Cell) -> bool:
    return all(_ARM.search(mirna_key(name)) for name in cell.names)


def _gene(row: Cell, said: Cell) -> Agreement:
    """Identifiers of one namespace decide; those of two species or kinds leave it to the names."""
    if row.curie and said.curie and _space(row) == _space(said):
        return "same" if row.curie == said.curie else "other"
    if _is_family(row) != _is_family(said):
        family, member = (row, said) if _is_family(row) else (said, row)
        if _member(member, family):
            return "narrower" if member is said else "broader"
    return "same" if same_entity("gene", row.names, said.names) else "other"


def _space(cell: Cell) -> str:
    return cell.curie.partition(":")[0].casefold()


def _is_family(cell: Cell) -> bool:
    return _space(cell) == "fplx"


def _member(member: Cell, family: Cell) -> bool:
    """TLR7 is a TLR: what follows the family's name is a number, perhaps with a letter."""
    stems = {key for name in family.names for key in keys("gene", name) if len(key) > 1}
    own = {key for name in member.names for key in keys("gene", name)}
    return any(re.fullmatch(re.escape(stem) + r"\d+[a-z]?\d?", key) for stem in stems for key in own)


def _cell(row: Cell, said: Cell) -> Agreement:
    """One identifier is the same cell unless a word makes another state of it (M1, M2)."""
    if row.curie == said.curie != "":
        return "other" if _contrast(row.label, said.label) else "same"
    names, others = row.names, said.names
    if row.curie and said.curie:  # an abbreviation may stand for both: it does not count
        names, others = _written_out(names), _written_out(others)
    if same_entity("cell", names, others) and names:
        return "same"
    if any(_says_more(a, b) for a in row.names for b in said.names):
        return "narrower"
    return "broader" if any(_says_more(b, a) for a in row.names for b in said.names) else "other"


def _written_out(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if not _SHORT.fullmatch(name))


def _contrast(one: str, other: str) -> bool:
    first, second = (
        frozenset(w for words in cell_words(name) for w in words) & CONTRAST for name in (one, other)
    )
    return bool(first and second and not first & second)


@lru_cache(maxsize=100_000)
def _says_more(short: str, long: str) -> bool:
    """Whether ``long`` names the same kind of cell with more words: (normal lung) fibroblasts."""
    return any(
        len(a) < len(b) and _alike(a[-1], b[-1]) and all(any(_alike(x, y) for y in b) for x in a)
        for a in cell_words(short)
        for b in cell_words(long)
        if a
    )


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _STEM and long.startswith(short) and len(long) - len(short) <= 2


_JUDGES: Final[dict[str, Callable[[Cell, Cell], Agreement]]] = {
    "donor": _cell,
    "recipient": _cell,
    "mirna": _mirna,
    "target": _gene,
}
