"""PMIDs, PMCIDs and DOIs as people write them: alone, with a prefix, as an address, in a table."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["pmid", "pmcid", "doi"]

_PUBMED: Final = r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov/|www\.ncbi\.nlm\.nih\.gov/pubmed/)"
_FORMS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("pmid", re.compile(rf"(?:pmid[: ]*|{_PUBMED})?0*([1-9]\d{{0,8}})/?", re.I)),
    (
        "pmcid",
        re.compile(r"(?:pmc(?:id)?[: ]*|https?://\S*/articles/)?PMC0*([1-9]\d{0,9})(?:\.\d+)?/?", re.I),
    ),
    ("doi", re.compile(r"(?:doi[: ]*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.I)),
)
_COLUMNS: Final = ("pmid", "doi", "pmcid", "id")
"""Of a table, in the order in which they are asked: a PMID needs no look-up."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier of a known kind: ``pmid`` 123, ``pmcid`` PMC123, ``doi`` 10.1000/x (lower case).

    >>> identifier("https://doi.org/10.1016/J.ccr.2014.03.007").alias
    'doi:10.1016/j.ccr.2014.03.007'
    """

    kind: Kind
    value: str

    @property
    def alias(self) -> str:
        """How the store knows it."""
        return f"doi:{self.value}" if self.kind == "doi" else self.value


def identifier(text: str) -> Identifier:
    """Recognises the kind. Raises ValueError for what is none of them."""
    text = text.strip().strip("\"'<>")
    for kind, form in _FORMS:
        if match := form.fullmatch(text):
            return Identifier(kind, _NORMAL[kind](match.group(1)))
    raise ValueError(f"{text[:80]!r} is no PMID, PMCID or DOI; correct or remove it")


_NORMAL: Final[Mapping[Kind, Callable[[str], str]]] = {
    "pmid": str,
    "pmcid": "PMC{}".format,
    "doi": lambda value: value.lower().rstrip(".,;"),
}


def from_lines(lines: Iterable[str], report: Callable[[str, str], None]) -> Iterator[Identifier]:
    """Identifiers with white space or commas between; ``#`` begins a comment; what is none is reported."""
    for number, line in enumerate(lines, 1):
        for text in re.sub(r"(?:^|\s)#.*", "", re.sub(r"(?i)\b(pmid|pmcid|doi):\s+", r"\1:", line)).split():
            for part in [text] if "10." in text else text.split(","):
                yield from _recognised(part.rstrip(",;"), f"line {number}", report)


def from_table(lines: Iterable[str], report: Callable[[str, str], None]) -> Iterator[Identifier]:
    """One identifier a row of a TSV with columns pmid, doi, pmcid or id (``corpus/manifest.tsv``)."""
    rows = csv.DictReader(lines, delimiter="\t")
    columns = [name for name in _COLUMNS if name in (rows.fieldnames or ())]
    if not columns:
        report("line 1", f"no column named {', '.join(_COLUMNS)}; name the columns, separated by tabs")
        return
    for row in rows:
        value = next((row[name] for name in columns if row[name]), "")
        if value:
            yield from _recognised(value, f"line {rows.line_num}", report)
        else:
            report(f"line {rows.line_num}", "a row without identifier; add one or remove it")


def _recognised(text: str, position: str, report: Callable[[str, str], None]) -> Iterator[Identifier]:
    if text:
        try:
            yield identifier(text)
        except ValueError as error:
            report(position, str(error))
