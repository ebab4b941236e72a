"""The built lexicon file: concepts, then folded keys with the names that share them.

A file is gzip (mtime 0) of UTF-8 lines::

    #evmir-lexicon 1 <name> <number of concepts>
    <curie> TAB <name> TAB <species> TAB <cross-references, space separated>      (sorted)
    <folded key> TAB <text> TAB <concept number> TAB <code> [TAB text TAB number TAB code ...]   (sorted)

An empty text means the concept's own name. Rows stay raw strings until they are asked for, so that
loading costs one split and one dictionary: 100,000 keys take about a tenth of a second.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from extractor.lexicons.terms import Species, Status, Term, fold

HEADER: Final = "#evmir-lexicon 1"
CODES: Final[dict[str, tuple[Status, str]]] = {
    "s": ("symbol", "hgnc"),
    "a": ("alias", "hgnc"),
    "p": ("previous", "hgnc"),
    "n": ("name", "hgnc"),
    "m": ("name", "mesh"),
    "f": ("family", "famplex"),
    "x": ("complex", "famplex"),
    "g": ("alias", "famplex"),
    "S": ("symbol", "mgi"),
    "A": ("alias", "mgi"),
    "R": ("symbol", "rgd"),
    "B": ("alias", "rgd"),
    "c": ("name", "cl"),
    "d": ("alias", "cl"),
    "h": ("name", "mesh"),
    "i": ("alias", "mesh"),
    "v": ("name", "cellosaurus"),
    "w": ("alias", "cellosaurus"),
    "u": ("name", "uberon"),
    "t": ("alias", "uberon"),
    "o": ("name", "mondo"),
    "q": ("alias", "mondo"),
    "k": ("curated", "curated"),
}


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """What a concept line holds; ``xrefs`` are CURIEs of the same gene in other species."""

    curie: str
    name: str
    species: str = ""
    xrefs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A name to be written: printed text, its concept's CURIE and a code of ``CODES``."""

    text: str
    curie: str
    code: str


class Table:
    """A lexicon in memory: raw rows behind a dictionary of folded keys."""

    def __init__(self, name: str, concepts: list[str], index: dict[str, str]) -> None:
        self.name = name
        self._concepts = concepts
        self.index = index
        """Folded key -> raw cells; read it, do not change it."""
        self._by_curie: dict[str, int] | None = None

    @classmethod
    def read(cls, path: Path) -> Table:
        """Load a built file. Raises ValueError naming the file when it is not one."""
        text = gzip.decompress(path.read_bytes()).decode("utf-8")
        return cls.parse(text, str(path))

    @classmethod
    def parse(cls, text: str, where: str) -> Table:
        """The same from the decompressed text; ``where`` is for the message."""
        lines = text.split("\n")
        if not lines[0].startswith(HEADER):
            raise ValueError(
                f"{where}: not a lexicon (first line {lines[0][:40]!r}); run 'evmir lexicon build'"
            )
        _, _, name, count = lines[0].split(" ")
        split = 1 + int(count)
        rows = lines[split:-1]
        return cls(
            name, lines[1:split], {key: rest for key, _, rest in (row.partition("\t") for row in rows)}
        )

    def __len__(self) -> int:
        return len(self.index)

    def __contains__(self, key: object) -> bool:
        return key in self.index

    def lookup_folded(self, key: str) -> tuple[Term, ...]:
        """Every name under a folded key, in the file's order; empty when there is none."""
        raw = self.index.get(key)
        if raw is None:
            return ()
        cells = raw.split("\t")
        return tuple(self._term(cells[i], int(cells[i + 1]), cells[i + 2]) for i in range(0, len(cells), 3))

    def _term(self, text: str, number: int, code: str) -> Term:
        concept = self._row(number)
        status, source = CODES[code]
        species = cast(Species, concept.species)
        return Term(text or concept.name, concept.curie, concept.name, status, species, source)

    def _row(self, number: int) -> ConceptRow:
        curie, name, species, xrefs = self._concepts[number].split("\t")
        return ConceptRow(curie, name, species, tuple(xrefs.split()))

    def concept(self, curie: str) -> ConceptRow | None:
        """The concept line of a CURIE (the index for it is made at the first call)."""
        if self._by_curie is None:
            self._by_curie = {row.partition("\t")[0]: i for i, row in enumerate(self._concepts)}
        number = self._by_curie.get(curie)
        return None if number is None else self._row(number)


def render(name: str, concepts: Iterable[ConceptRow], entries: Iterable[Entry]) -> str:
    """The text of a lexicon file: sorted and without duplicates, so equal input gives equal bytes."""
    rows = sorted(set(concepts), key=lambda c: (c.curie, c.name))
    number = {row.curie: i for i, row in enumerate(rows)}
    if len(number) != len(rows):
        raise ValueError(f"{name}: a CURIE has two concept rows; merge them before writing")
    grouped: dict[str, set[tuple[str, int, str]]] = {}
    for entry in entries:
        ref = number[entry.curie]
        shown = "" if entry.text == rows[ref].name else entry.text
        grouped.setdefault(fold(entry.text), set()).add((shown, ref, entry.code))
    order = {code: i for i, code in enumerate(CODES)}
    out = [f"{HEADER} {name} {len(rows)}"]
    out += ["\t".join((r.curie, r.name, r.species, " ".join(r.xrefs))) for r in rows]
    for key in sorted(k for k in grouped if k):
        cells = sorted(_best_code(grouped[key], order), key=lambda c: (order[c[2]], c[1], c[0]))
        out.append("\t".join((key, *(f"{text}\t{ref}\t{code}" for text, ref, code in cells))))
    return "\n".join(out) + "\n"


def _best_code(cells: set[tuple[str, int, str]], order: dict[str, int]) -> list[tuple[str, int, str]]:
    """One row a (text, concept): a symbol that is also listed as an alias stays a symbol."""
    best: dict[tuple[str, int], str] = {}
    for text, ref, code in cells:
        kept = best.get((text, ref))
        if kept is None or order[code] < order[kept]:
            best[text, ref] = code
    return [(text, ref, code) for (text, ref), code in best.items()]


def compress(text: str) -> bytes:
    """gzip without a time or a file name in its header."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=9, mtime=0, filename="") as stream:
        stream.write(text.encode("utf-8"))
    return buffer.getvalue()
