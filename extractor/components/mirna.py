"""miRNA names in all their printings: one mention per miRNA, with the name it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extractor.components._longest import longest
from extractor.components._mirna_grammar import (
    GROUP,
    HOST_GENE,
    ITEM_AT,
    TRAIL,
    VIRAL_AT,
    Piece,
    fold,
    head,
    lowered,
    piece,
)
from extractor.components._mirna_lists import is_count, rest_of_list, share_arm
from extractor.rules.loader import read_rows
from extractor.types import Mention

_RNA_WORD = re.compile(r"mi(?:cro|rco|cor|c)?-?RNA|\bmiR", re.I)
_NEAR = 300
"""Characters on either side in which a word for miRNA must stand."""
_GROUPS = {"cluster": "cluster", "polycistron": "cluster", "family": "family", "families": "family"}
_NEEDS_SUFFIX = ("let", "Let", "LET", "MIR")
"""After a space these words take a number only with a suffix: ``let 7 days``, ``MIR 10 um``."""
_KNOWN_GROUPS = (["17", "92"], ["15", "107"])
_ARM = re.compile(r"-([35])p$")


@cache
def _bynames() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    rows = read_rows("mirna_names.tsv", ("id", "pattern", "name", "example", "counterexample"))
    left = r"(?<![A-Za-z0-9])"
    return tuple((re.compile(f"{left}(?:{r['pattern']})"), r["name"], r["context"] == "yes") for r in rows)


def _first(text: str, match: re.Match[str]) -> Piece | None:
    """The name that a head opens, or None where the number is an amount or belongs to a gene symbol."""
    found = match.groupdict()
    if viral := VIRAL_AT.match(text, match.end()):
        return piece(viral, match.start(), "miR", viral["viral"]) if found["mir"] else None
    item = ITEM_AT.match(text, match.end())
    if item is None:
        return None
    is_let = bool(found["let"] or found["gluedlet"])
    made = piece(item, match.start(), "let" if is_let else "miR")
    if HOST_GENE.match(text, made.end) or (is_let and made.number != "7"):
        return None
    sep = found["sep"] or ""
    if "(" in sep:
        return replace(made, start=match.end()) if _plural_goes_on(text, made, lettered=True) else None
    loose = sep.isspace() or match.group().startswith("LET")
    return made if not loose or _spaced_is_name(text, match, made) else None


def _spaced_is_name(text: str, match: re.Match[str], made: Piece) -> bool:
    """After a space a number may be anything: ``miRNA 24 h``, ``let 7 days``, ``MIR 10 um`` are no names."""
    after = text[made.end : made.end + 1]
    if after.isalpha() or made.letter in ("h", "s"):
        return False
    if made.letter or made.arm:
        return True
    if is_count(text, made.end) or (
        (match["sep"] or "").isspace() and match.group().startswith(_NEEDS_SUFFIX)
    ):
        return False
    return not match["plural"] or _plural_goes_on(text, made)


def _plural_goes_on(text: str, made: Piece, lettered: bool = False) -> bool:
    """After ``miRNAs 124`` a list must follow; after ``miRNAs (124`` one with a suffix or an arm in it."""
    rest = rest_of_list(text, made, plural=True)[0]
    return any(p.letter or p.arm or not lettered for p in rest) or (
        lettered and bool(made.letter or made.arm)
    )


def _with_group(text: str, made: Piece) -> Piece:
    """Take in ``family`` or ``cluster`` where it follows; ``miR-200s`` is a family, too."""
    trail = TRAIL.match(text, made.end)
    if trail is None or made.arm:
        return made
    word = trail["family"].rstrip("s").split()[-1].lower() if trail["family"].strip("s") else "family"
    return made.with_end(trail.end(), _GROUPS.get(word.lstrip("-"), "family"))


def _joined(text: str, pieces: list[Piece]) -> Piece | None:
    """``miR-143/145 cluster`` (and miR-17/92) as one cluster; None for a list of miRNAs."""
    first, last = pieces[0], pieces[-1]
    group = GROUP.match(text, last.end)
    numbers = [p.number + p.letter for p in pieces]
    if any(p.arm for p in pieces) or not (group or numbers in _KNOWN_GROUPS):
        return None
    chain = "".join(f"~{p.number}{p.letter}" + (f"-{p.paralog}" if p.paralog else "") for p in pieces[1:])
    end = group.end() if group else last.end
    return Piece(first.start, end, first.stem, first.number, first.letter, chain)


def _expand(text: str, first: Piece, plural: bool) -> list[Piece]:
    rest, slashed = rest_of_list(text, first, plural)
    pieces = [first, *rest]
    if slashed and (joined := _joined(text, pieces)):
        return [joined]
    return [_with_group(text, p) for p in (share_arm(pieces) if slashed else pieces)]


def _systematic(text: str) -> Iterator[Piece]:
    """Names built on miR-, microRNA, let-7 ..., left to right, none inside another."""
    at, small = 0, ""
    while match := head().search(text, at):
        # gene symbols print their suffixes in upper case: MIR34B/C
        if "MIR" in match.group():
            small = small or lowered(text)
        view = small if "MIR" in match.group() else text
        first = _first(view, match)
        if first is None:
            at = match.start() + 3
            continue
        pieces = _expand(view, first, bool(match["plural"] or match["gluedplural"]))
        yield from pieces
        at = pieces[-1].end


def find_mirnas(text: str) -> tuple[Mention, ...]:
    """All miRNAs of a text, sorted, one mention each; ``name`` is the normalised name without species.

    >>> [(m.text, m.name) for m in find_mirnas("hsa-miR-199a/b-3p and -29a")]
    [('hsa-miR-199a', 'miR-199a-3p'), ('b-3p', 'miR-199b-3p'), ('-29a', 'miR-29a')]
    """
    folded = fold(text)
    named = [Mention("MIRNA", a, b, text[a:b], name) for a, b, name in _by_name(folded)]
    systematic = [
        Mention("MIRNA", p.start, p.end, text[p.start : p.end], p.name()) for p in _systematic(folded)
    ]
    free = longest(systematic, len(text), [(m.start, m.end) for m in named])
    return tuple(sorted((*named, *free), key=lambda m: m.start))


def _by_name(text: str) -> Iterator[tuple[int, int, str]]:
    """miRNAs with names of their own (lin-4, bantam), some of them only near a word for miRNA."""
    for pattern, name, needs_context in _bynames():
        for match in pattern.finditer(text):
            start, end = match.span()
            near = text[max(0, start - _NEAR) : start] + text[end : end + _NEAR]
            if not needs_context or _RNA_WORD.search(near):
                yield start, end, name


def mirna_key(name: str) -> str:
    """A form to compare names with: case, species, dashes and the word for miRNA do not count.

    >>> mirna_key("hsa-miR−21-5p") == mirna_key("MIR21-5P") == "mir-21-5p"
    True
    """
    found = find_mirnas(name)
    key = (found[0].name if found else fold(name)).strip().lower()
    return key.replace("~92a cluster", "~92 cluster")


def arm(name: str) -> str:
    """``5p``, ``3p`` or, where the name prints none, the empty string."""
    match = _ARM.search(name)
    return f"{match.group(1)}p" if match else ""


def without_arm(name: str) -> str:
    """The name without its arm or star: ``miR-21`` for ``miR-21-5p`` and ``miR-21*``."""
    return _ARM.sub("", name.removesuffix("*"))
