"""The printings of one miRNA name as regular expressions over a folded text (same length, plain dashes)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from extractor.rules.loader import read_rows

_FOLD = {ord(c): "-" for c in "‐‑‒–—―−﹣－⁃\u00ad"}
_FOLD |= {ord(c): "~" for c in "∼～˜〜"}
_FOLD |= {ord(c): "*" for c in "∗＊⁎"}
_FOLD |= {ord(c): " " for c in "\u00a0\u2009\u202f\u2002\u2003"}

# a word printed onto the name without a space: miR125amediated
_GLUED = (
    r"(?:mediated|induced|derived|loaded|stimulated|enriched|regulated|targeted|express|was\b|were\b|and\b)"
)

_NUMBER = r"(?P<num>[0-9]{1,4}(?=[35][pP](?![A-Za-z0-9]))|[0-9]{1,5})"
_LETTER = (
    r"(?P<letter>(?!k/d\b|o/e\b)(?:(?<=548)[a-z]{2}(?![A-Za-z])|(?!s)[a-z](?![a-z>])|(?<=548)s(?![a-z])"
    rf"|[a-z](?={_GLUED})|-[a-k](?![A-Za-z'′’]|-[A-Z])"
    # an upper-case letter is a suffix (miRNA-30B), unless it is an allele (C>T, C/T)
    r"|[A-H](?![A-Za-z>]|/[ACGT](?![A-Za-z0-9]))))?"
)
_CHAIN = (
    r"(?P<chain>(?:(?<!1302)-(?!14-3-3)[0-9]{2,4}[a-z]?(?![0-9A-Za-z])|-[a-k](?=[-~][0-9]{2})"
    r"|~(?:mi[rR]-?)?[0-9]{1,4}[a-z]?(?:-[1-9](?![0-9A-Za-z]))?(?![0-9a-z]))+)?"
)
_PARALOG = (
    r"(?P<paralog>-(?:[1-9]|(?<=1302-)1[01])(?![0-9A-Za-z'′’%]|\.[0-9])"
    r"|(?<=[A-Za-z])[1-9](?![0-9]|[pP](?![a-z])))?"
)
_ARM = r"(?P<arm>\s?[-_]\s?[35][pP](?!r)|(?<=[0-9a-z])[35][pP](?![A-Za-z0-9])|\s[35]p(?![A-Za-z0-9]))?"
_STAR = r"(?P<star>\*|\(\*\))?"
ITEM = _NUMBER + _LETTER + _CHAIN + _PARALOG + _ARM + _STAR
LETTER_ITEM = r"(?P<letter>[a-k])(?![A-Za-z0-9'′’]|\.[a-z])(?P<paralog>-[1-9](?![0-9A-Za-z]))?" + _ARM + _STAR

_WORD = r"(?:mi(?:cro|rco)[\s-]?RNA|mic(?:or)?RNA|mi-?RNA|mi-?R|mirR|micro-?R)"
_VIRAL = (
    r"(?P<viral>BART[0-9]{1,2}|BHRF1-[0-9]|K(?:12)?-?[0-9]{1,2}[a-c]?|UL[0-9]{1,3}[A-D]?|US[0-9]{1,2}"
    r"|H[0-9]{1,2})"
)
_FAMILY = (
    r"(?P<family>s(?![A-Za-z0-9])(?:[ -]family)?"
    r"|[ -]?(?:\(?seed\)? )?(?:mi(?:cro)?RNAs? |miR )?(?:family|families|clusters?|polycistron)(?![A-Za-z]))"
)

TRAIL = re.compile(_FAMILY, re.I)
GROUP = re.compile(r"[ -](?:(?:mi(?:cro)?RNA )?(?:gene )?)?(?:clusters?|polycistron|group)(?![A-Za-z])", re.I)
ITEM_AT = re.compile(ITEM)
LETTER_AT = re.compile(LETTER_ITEM)
ARM_AT = re.compile(r"-?\s?(?P<arm>[35]p)(?![A-Za-z0-9])")
HOST_GENE = re.compile(r"(?:-?[0-9])?HG(?![a-z])", re.I)


@dataclass(frozen=True, slots=True)
class Piece:
    """One parsed miRNA name with its offsets; ``name()`` puts it together."""

    start: int
    end: int
    stem: str
    number: str
    letter: str = ""
    chain: str = ""
    paralog: str = ""
    arm: str = ""
    star: str = ""
    group: str = ""

    def name(self) -> str:
        """The normalised name, e.g. ``miR-29b-1-5p``, ``let-7 family``, ``miR-17~92 cluster``."""
        base = f"{self.stem}-{self.number}{self.letter}"
        if self.chain:
            return f"{base}{self.chain} cluster"
        if self.group:
            return f"{base} {self.group}"
        base += f"-{self.paralog}" if self.paralog else ""
        return f"{base}-{self.arm}" if self.arm else base + self.star

    def with_end(self, end: int, group: str) -> Piece:
        return replace(self, end=end, group=group)


@cache
def head() -> re.Pattern[str]:
    """The start of a name up to its number: species, word for miRNA, dash or space."""
    codes = [row["code"] for row in read_rows("mirna_species.tsv", ("code", "organism"))]
    species = "|".join(sorted({*codes, *(c.capitalize() for c in codes)}))
    return re.compile(
        rf"(?<![A-Za-z0-9])(?P<species>(?:{species}|h|HSA|MMU|RNO|EBV|KSHV|HCMV)[-_]|[Hh](?:sa|as)(?=mi|Mi|let))?"
        rf"(?:(?P<mir>(?i:{_WORD}))(?P<plural>s)?(?:\s?[(\[](?i:{_WORD})s?[)\]])?"
        r"|(?P<let>MIRLET|(?i:(?:(?:micro|mi)RNA-|miR-?)?let)))"
        # inside another word only the exact form counts: ExmiR-21, premiR1246
        # microRNAs (29a/b, 27a): a list in brackets, accepted only where an item prints a suffix
        r"(?P<sep>\s?-\s{0,2}\(?|\s\(?|\.|)(?=[0-9]|(?<=-)(?:BART|BHRF|K|UL|US|H)[0-9])"
        r"|(?P<glued>miR)(?P<gluedplural>s)?(?P<gluedsep>-?)(?=[0-9])"
        r"|(?P<gluedlet>(?<=[a-z])let)-(?=7[a-k](?![a-z]))"
    )


def _members(found: dict[str, str | None]) -> str:
    """The further members of a cluster as ``~a~429`` with their numbers: ``~200a~429``."""
    chain = re.sub(r"-(?=[0-9]{2}|[a-z]-)|~(?:mi[rR]-?)?", "~", found.get("chain") or "")
    return re.sub(r"~(?=[a-z])", f"~{found.get('num')}", chain)


VIRAL_AT = re.compile(_VIRAL + _ARM + _STAR)


def fold(text: str) -> str:
    """The text with one plain dash, tilde, star and space each; offsets stay."""
    return text.translate(_FOLD)


_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def lowered(text: str) -> str:
    """ASCII letters in lower case, for gene symbols (MIR34B/C); offsets stay, unlike with ``str.lower``."""
    return text.translate(_LOWER)


def piece(match: re.Match[str], start: int, stem: str, number: str = "") -> Piece:
    """A Piece from a match of ITEM or LETTER_ITEM; ``number`` serves items that print none (``b-3p``)."""
    found = match.groupdict()
    arm = re.sub(r"[^35]", "", found.get("arm") or "")
    return Piece(
        start,
        match.end(),
        stem,
        found.get("num") or number,
        (found.get("letter") or "").strip("-").lower(),
        _members(found),
        (found.get("paralog") or "").strip("-"),
        f"{arm}p" if arm else "",
        "*" if found.get("star") else "",
    )
