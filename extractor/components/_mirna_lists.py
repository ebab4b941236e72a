"""The rest of a printed list: ``and -29a``, ``/b-3p``, ``, 29b and 29c``, after a first miRNA name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from extractor.components._mirna_grammar import ARM_AT, ITEM_AT, LETTER_AT, Piece, piece
from extractor.rules.loader import read_rows

_SEPARATOR = re.compile(
    r"\s?(?P<slash>/)\s?|\s?(?P<amp>&)\s?"
    r"|\s?[,;]\s+(?:(?:and|or|&|as well as)\s+)?|,(?=-[0-9]|[0-9]+[a-z])"
    r"|,(?=[b-k](?:,[c-k])*(?![A-Za-z0-9'′’-]))|\s(?:and|or|as well as)\s"
)
# what looks like a suffix letter but opens a gene name: miR-34a/c-Myc, miR-200c/e-cadherin
_GENE_LETTER = re.compile(
    r"(?:c-(?:myc|met|fos|jun|kit|src|abl|raf|maf|rel|cbl|myb|ski|flip|fms|yes|iap)|[en]-cad|a-sma|b-cat)",
    re.I,
)
_PREDICATE = re.compile(r"\s(?:were|are|expression|levels?|up-?regulation|down-?regulation)\b")
_LAST = re.compile(r"\s?(?:$|[.;)\]](?![0-9])|,\s(?![0-9])|(?:in|from|by|via|on|target(?:s|ed|ing)?)\b)")
"""What may follow the number that ends ``miR-21 and 155``; before a noun it may be a count."""
_JOINED = re.compile(r"(?:and|or|&) $")
_RANGE = re.compile(r"(?=-[b-k](?![A-Za-z0-9'′’-]))(?P<slash>)(?P<amp>)")
_HYPHEN = re.compile(r"-\s?(?=[0-9])")


@cache
def _count_words() -> re.Pattern[str]:
    rows = read_rows("mirna_counts.tsv", ("id", "words", "example", "counterexample"))
    words = {w for row in rows for w in row["words"].split(";") if w}
    longest_first = sorted(words, key=lambda w: (-len(w), w))
    return re.compile(
        r"\s?-?(?:"
        + "|".join(map(re.escape, longest_first))
        + r")(?![A-Za-z0-9])|[.·][0-9]|,[0-9]+(?![0-9a-z])"
    )


def is_count(text: str, end: int) -> bool:
    """True where the number that ends at ``end`` is an amount, a time, a count or a decimal."""
    return bool(_count_words().match(text, end))


def _next_item(text: str, at: int, last: Piece) -> tuple[Piece, str] | None:
    """The list item that starts at ``at`` and its kind: hyphen, bare, letter or arm."""
    if last.arm and (arm := ARM_AT.match(text, at)):
        return replace(last, start=at, end=arm.end(), arm=arm["arm"], star=""), "arm"
    if text.startswith("14-3-3", at):
        return None
    hyphen = _HYPHEN.match(text, at)
    if match := ITEM_AT.match(text, hyphen.end() if hyphen else at):
        stem = last.stem if last.stem != "let" or match["num"] == "7" else "miR"
        found = piece(match, at, stem)
        return found, "hyphen" if hyphen else "bare"
    plain = at + (text[at : at + 1] == "-")
    letter = LETTER_AT.match(text, plain) if last.letter and not last.chain else None
    if letter is None or letter["letter"] <= last.letter or _GENE_LETTER.match(text, plain):
        return None
    return piece(letter, at, last.stem, last.number), "letter"


def _ends_well(text: str, found: Piece, kind: str) -> bool:
    """A list item ends at a word boundary and is no amount; ``d``, ``h`` and the like may be units."""
    after = text[found.end : found.end + 1]
    if kind == "arm" or (found.arm and not after.isalnum()):
        return True
    if after.isalnum() or re.match(r"-3-3|['′’]", text[found.end :][:4]):
        return False
    # 7d may be seven days, -7d is no amount
    letter_end = found.end - len(found.letter) if found.letter and not found.paralog else found.end
    return not is_count(text, found.end) and (kind == "hyphen" or not is_count(text, letter_end))


def _is_word(text: str, found: Piece) -> bool:
    return len(found.number) > 2 and not text[found.end : found.end + 1].isalnum()


def _walk(text: str, first: Piece) -> Iterator[tuple[Piece, str]]:
    """Items after ``first`` with their kind, ``/kind`` when joined by a slash; a ``count`` ends the list."""
    last = first
    while separator := _SEPARATOR.match(text, last.end) or (last.letter and _RANGE.match(text, last.end)):
        item = _next_item(text, separator.end(), last)
        if item is None:
            return
        found, kind = item
        if kind == "bare" and is_count(text, found.end):
            yield found, "count"
        # 302a, 302b, 302d: the repeated number vouches for a letter that could be a unit
        vouched = found.letter and found.number == last.number and text[found.end : found.end + 1] in ",;.) "
        # miR-455/378d: nobody counts hundreds of days behind a slash
        vouched = vouched or (found.letter and separator.group() == "/" and _is_word(text, found))
        if not vouched and not _ends_well(text, found, kind):
            return
        yield found, f"/{kind}" if separator["slash"] or separator["amp"] else kind
        last = found


def _without_counts(walked: list[tuple[Piece, str]]) -> list[tuple[Piece, str]]:
    """In ``miRs-21, 24 and 48 h`` the 48 is a time, and so is the 24 before it."""
    if not walked or walked[-1][1] != "count":
        return walked
    walked = walked[:-1]
    while walked and _is_bare_number(*walked[-1]):
        walked = walked[:-1]
    return walked


def _is_bare_number(found: Piece, kind: str) -> bool:
    return kind == "bare" and not (found.letter or found.arm or found.paralog)


def _closes(text: str, found: Piece, kind: str) -> bool:
    """Is a bare number the last miRNA of a list: before a predicate, or after ``and`` and before no noun?"""
    if len(found.number) < 2 or not _is_bare_number(found, kind):
        return False
    joined = _JOINED.search(text, max(0, found.start - 5), found.start)
    return bool(_PREDICATE.match(text, found.end) or (joined and _LAST.match(text, found.end)))


def rest_of_list(text: str, first: Piece, plural: bool) -> tuple[list[Piece], bool]:
    """The accepted items after ``first``, and whether all of them are joined by slashes.

    A bare number counts only after a plural head (miRs-21, 155), a slash, in a list whose other bare items
    print a suffix or an arm (miR-29a, 29b), or before the last of a list (miR-21 and 221 were).
    """
    walked = _without_counts(list(_walk(text, first)))
    marked = any(k in ("bare", "letter") and not _is_bare_number(p, k) for p, k in walked)
    last = (
        0 if plural or marked else max((i for i, p in enumerate(walked, 1) if _closes(text, *p)), default=0)
    )
    kept: list[Piece] = []
    for place, (found, kind) in enumerate(walked, 1):
        if _is_bare_number(found, kind) and not (plural or marked or place <= last):
            break
        kept.append(found)
    return kept, bool(kept) and all(kind.startswith("/") for _, kind in walked[: len(kept)])


def share_arm(pieces: list[Piece]) -> list[Piece]:
    """``miR-199a/b-3p`` gives each member the arm that the last one prints."""
    last = pieces[-1]
    plain = all(not p.arm and not p.star and not p.paralog for p in pieces[:-1])
    if not (last.arm and plain) or last.paralog:
        return pieces
    return [replace(p, arm=last.arm) for p in pieces]
