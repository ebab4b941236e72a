"""Are two names the same thing? The one place that decides it (rules and examples: docs/evaluation.md)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

from extractor.evaluation.words import CONTRAST, GENE_EDGES, GENERIC, GREEK, HEADS, POLARIZED, SPELLINGS

Names = tuple[str, ...]
"""All acceptable names of ONE entity, the most telling first; empty when the slot is empty."""

Kind = Literal["mirna", "cell", "gene", "word"]

_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D\u00AD]\s?")
_CURIE: Final = re.compile(r"[A-Za-z][\w.]*:[\w.:-]*\d[\w.:-]*")
_TRAILING_BRACKET: Final = re.compile(r"^(?P<outside>.*\S)\s*\((?P<inside>[^()]+)\)$")
_SHORT_PLURAL: Final = re.compile(r"(?<=[A-Z0-9])s\b")
_PREPOSITION: Final = re.compile(r"\s(?:of|from|in|with|within)\s")
_MIRNA: Final = re.compile(
    r"(?:mi(?:cro|rco|cor|c)-?rna|micro-?r|mirna|mirr|mirs|mir|(?=let))-?(?P<stem>(?:let-?)?\d.*)$"
)
_ARM: Final = re.compile(r"(?:-[35]p|\*)$")


def plain(name: str) -> str:
    """NFKC, one kind of dash, Greek letters spelled out, single spaces; case is kept.

    >>> plain("AMPK\\u03b12 \\u2212 x")
    'AMPKalpha2 -x'
    """
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", name))
    text = "".join(GREEK.get(char, GREEK.get(char.lower(), char)) for char in text)
    return " ".join(text.split())


def variants(name: str) -> tuple[str, ...]:
    """A name, and where it ends in a bracket, the parts outside and inside: ``endothelial cells (ECs)``."""
    text = plain(name)
    bracket = _TRAILING_BRACKET.match(text)
    return (text,) if bracket is None else (text, bracket["outside"], bracket["inside"])


def mirna_key(name: str) -> str:
    """The normal form of one miRNA name; the arm is kept.

    >>> [mirna_key(n) for n in ("hsa-miR-21-5p", "microRNA-214", "MIR23A", "miRNA-214", "MIRLET7A", "Let-7a")]
    ['mir-21-5p', 'mir-214', 'mir-23a', 'mir-214', 'let-7a', 'let-7a']
    """
    text = re.sub(r"\(mi\w*\)", "", plain(name).casefold())
    text = re.sub(r"\s*\b(?:family|cluster)\b.*$", "", text)
    text = re.sub(r"-+", "-", re.sub(r"[\s_]+", "-", text)).strip("-")
    found = _MIRNA.search(text)
    if found is None:
        return text
    stem = re.sub(r"(?<=\d)s$", "", found["stem"])
    return re.sub(r"^let-?", "let-", stem) if stem.startswith("let") else f"mir-{stem}"


def _mirna_keys(name: str, lenient: bool) -> frozenset[str]:
    keys = {mirna_key(variant) for variant in variants(name)}
    return frozenset(_ARM.sub("", key) for key in keys) if lenient else frozenset(keys)


def _gene_keys(name: str, lenient: bool) -> frozenset[str]:
    """Letters and digits only, so that ``TLR-4`` is ``TLR4``; Greek both spelled out and as one letter."""
    keys: set[str] = set()
    for variant in variants(name):
        text = _SHORT_PLURAL.sub("", variant).casefold().replace("3'", "3")
        words = _without_edges(re.findall(r"[a-z0-9]+", re.sub(r"3-?\s?utr", "3utr", text)))
        compact = "".join(words)
        keys |= {compact, _one_letter_greek(compact)}
    return frozenset(keys - {""})


def _without_edges(words: list[str]) -> list[str]:
    while len(words) > 1 and words[-1] in GENE_EDGES:
        words = words[:-1]
    while len(words) > 1 and words[0] in GENE_EDGES:
        words = words[1:]
    return words


def _one_letter_greek(compact: str) -> str:
    return re.sub(r"alpha|beta|gamma|delta|kappa|epsilon", lambda m: m.group()[0], compact)


@lru_cache(maxsize=20_000)
def cell_words(name: str) -> tuple[tuple[str, ...], ...]:
    """The identity-bearing words of a cell name, once for each variant of it.

    >>> cell_words("M2-polarized macrophages")
    (('m2', 'macrophage'),)
    """
    found: dict[tuple[str, ...], None] = {}
    for variant in variants(name):
        for phrase in (variant, _PREPOSITION.split(variant)[0]):
            words = _words(phrase)
            if words and (phrase == variant or not _generic(words)):
                found.setdefault(words)
    return tuple(found)


def _words(phrase: str) -> tuple[str, ...]:
    text = re.sub(r"\s+(?=\+)", "", _SHORT_PLURAL.sub("", phrase)).casefold()
    words = (_singular(word) for word in re.findall(r"[a-z0-9]+\+?", text))
    return tuple(SPELLINGS.get(w, w) for w in words if w not in HEADS and w not in POLARIZED)


def _singular(word: str) -> str:
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


def _generic(words: Iterable[str]) -> bool:
    return all(word in GENERIC for word in words)


def _cell_keys(name: str, lenient: bool) -> frozenset[str]:
    return frozenset("".join(words) for words in cell_words(name))


def _word_keys(name: str, lenient: bool) -> frozenset[str]:
    return frozenset({plain(name).casefold()})


_KEYS: Final[Mapping[Kind, Callable[[str, bool], frozenset[str]]]] = MappingProxyType(
    {"mirna": _mirna_keys, "cell": _cell_keys, "gene": _gene_keys, "word": _word_keys}
)


@lru_cache(maxsize=50_000)
def keys(kind: Kind, name: str, lenient: bool = False) -> frozenset[str]:
    """The normal forms of a name: two names with a common key are the same. A CURIE is its own key."""
    if _CURIE.fullmatch(name.strip()):
        return frozenset({name.strip().casefold()})
    return _KEYS[kind](name, lenient)


def contains(longer: str, shorter: str) -> bool:
    """Whether ``shorter`` is the same cell as ``longer`` with some words left out.

    ``shorter`` must be the end of ``longer`` (``BMSCs`` of ``human BMSCs``), or its start when it looks like
    a cell line (``THP-1`` of ``THP-1 macrophages``); it must name a cell by itself (not just ``cancer
    cells``), and what is left out must not make it another cell (``normal``, ``M1``, ...).
    """
    return any(_shortens(a, b) for a in cell_words(longer) for b in cell_words(shorter))


def _shortens(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    compact = "".join(shorter)
    if _generic(shorter):
        return False
    for cut in range(1, len(longer)):
        head, tail = longer[:cut], longer[cut:]
        if "".join(tail) == compact and not CONTRAST.intersection(head):
            return True
        if "".join(head) == compact and _is_line(compact) and _is_plain_type(tail):
            return True
    return False


def _is_line(compact: str) -> bool:
    return bool(re.search(r"[a-z]", compact) and re.search(r"\d", compact))


def _is_plain_type(words: tuple[str, ...]) -> bool:
    return not CONTRAST.intersection(words) and all(len(w) > 3 and w.isalpha() for w in words)


@lru_cache(maxsize=200_000)
def same_name(kind: Kind, one: str, other: str, lenient: bool = False) -> bool:
    """Whether two names mean the same thing; symmetric. ``lenient`` lets miRNA arms differ.

    >>> same_name("cell", "human BMSCs", "BMSC"), same_name("cell", "cancer cells", "breast cancer cells")
    (True, False)
    """
    if keys(kind, one, lenient) & keys(kind, other, lenient):
        return True
    return kind == "cell" and (contains(one, other) or contains(other, one))


def same_entity(kind: Kind, gold: Names, pred: Names, lenient: bool = False) -> bool:
    """Whether two slots agree: any name of one is any name of the other. Empty agrees only with empty."""
    if not gold or not pred:
        return not gold and not pred
    return any(same_name(kind, one, other, lenient) for one in gold for other in pred)
