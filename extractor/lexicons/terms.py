"""A lexicon's row and the key under which spelling variants meet."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

Status = Literal["symbol", "alias", "previous", "name", "family", "complex", "curated"]
Species = Literal["human", "mouse", "rat", ""]

GREEK: Final[dict[str, str]] = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu",
    "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma",
    "τ": "tau", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "ϵ": "epsilon", "ϑ": "theta",
}  # fmt: skip
LATIN: Final[dict[str, str]] = {
    "α": "a", "β": "b", "γ": "g", "δ": "d", "ε": "e", "κ": "k", "ζ": "z", "θ": "q", "λ": "l", "ϵ": "e",
}  # fmt: skip
DASHES: Final = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_GAPS: Final = " \t\n\r\u00a0\u2009\u202f\u200b"
_FOLD: Final = str.maketrans({**dict.fromkeys(DASHES + _GAPS, ""), **GREEK, "’": "'", "‘": "'", "′": "'"})
_SQUASH: Final = str.maketrans(
    {**_FOLD, **{ord(k.upper()): v for k, v in GREEK.items() if k.upper() not in "ς"}}
)
_PLAIN: Final = str.maketrans("", "", DASHES + _GAPS)


@dataclass(frozen=True, slots=True)
class Term:
    """One printed name of one concept. ``species`` is empty where a name belongs to none."""

    text: str
    curie: str
    name: str
    status: Status
    species: Species = ""
    source: str = ""


def fold(text: str) -> str:
    """The lookup key: NFKC, case-folded, Greek spelled out, hyphens and spaces dropped.

    >>> fold("TGF-β 1") == fold("tgf-beta1") == "tgfbeta1"
    True
    """
    if text.isascii():
        return text.translate(_PLAIN).casefold()
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_FOLD)
    return unicodedata.normalize("NFKC", folded)  # a mark may now follow another letter


def squash(text: str) -> str:
    """``fold`` that keeps the case: 'NF-κB' and 'NF-kappaB' meet, 'Set' and 'SET' do not.

    >>> squash("NF-κB") == squash("NF-kappaB") == "NFkappaB"
    True
    """
    if text.isascii():
        return text.translate(_PLAIN)
    return unicodedata.normalize("NFKC", text).translate(_SQUASH)


def latin(text: str) -> str:
    """Greek letters as the Latin letter that gene symbols use for them ('TGFβ1' -> 'TGFb1')."""
    return "".join(LATIN.get(char, LATIN.get(char.casefold(), char)) for char in text)
