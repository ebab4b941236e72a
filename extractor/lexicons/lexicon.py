"""A lexicon: built tables and curated rows behind one look-up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

from extractor.lexicons.table import ConceptRow, Table
from extractor.lexicons.terms import Status, Term, fold, latin, squash

PREFIX: Final = (12, 7, 4, 3)
RANK: Final[dict[Status, int]] = {
    "curated": 0,
    "symbol": 1,
    "name": 2,
    "family": 3,
    "complex": 3,
    "alias": 4,
    "previous": 5,
}


class Lexicon:
    """Names of one kind. Tables are read at the first look-up, curated terms come first."""

    def __init__(
        self,
        tables: Iterable[Callable[[], Table]],
        curated: Iterable[Term] = (),
        blocked: frozenset[str] = frozenset(),
    ) -> None:
        self._makers = tuple(tables)
        self._loaded: tuple[Table, ...] | None = None
        self._blocked = blocked
        self._curated: dict[str, tuple[Term, ...]] = {}
        for term in curated:
            key = fold(term.text)
            self._curated[key] = (*self._curated.get(key, ()), term)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The built tables (loads them)."""
        if self._loaded is None:
            self._loaded = tuple(make() for make in self._makers)
        return self._loaded

    @cached_property
    def _indexes(self) -> tuple[Mapping[str, object], ...]:
        return (self._curated, *(table.index for table in self.tables))

    @cached_property
    def prefixes(self) -> frozenset[str]:
        """The first ``PREFIX`` characters of every key: what can still grow into a name."""
        keys = (key for index in self._indexes for key in index)
        return frozenset(key[:size] for key in keys for size in PREFIX if len(key) >= size)

    def __contains__(self, text: object) -> bool:
        """Is there any name with this text's folded key?"""
        return isinstance(text, str) and bool(self.lookup_folded(fold(text)))

    def has_key(self, key: str) -> bool:
        """Is there a name under this folded key? The cheap test that scanning is made of."""
        for index in self._indexes:  # noqa: SIM110 - any() with a generator takes three times as long
            if key in index:
                return True
        return False

    def lookup_folded(self, key: str) -> tuple[Term, ...]:
        """Names under a folded key, best status first; ``blocked`` keys have none but curated ones."""
        curated = self._curated.get(key, ())
        if key in self._blocked:
            return curated
        found = [t for table in self.tables for t in table.lookup_folded(key)]
        return (*curated, *sorted(found, key=lambda t: RANK[t.status]))

    def lookup(self, text: str) -> tuple[Term, ...]:
        """Names printed like ``text``: same case, hyphens, spaces and Greek letters aside.

        Falls back to the key without a plural 's' ('HUVECs') and to Greek as Latin ('TGFβ1' ~ TGFB1).
        """
        for form in self._forms(text):
            wanted = squash(form)
            terms = tuple(t for t in self.lookup_folded(fold(form)) if squash(t.text) == wanted)
            if terms:
                return terms
        return ()

    def lookup_loose(self, text: str) -> tuple[Term, ...]:
        """Names under the folded key of ``text`` or of its singular or Latin variant, in any case."""
        for form in self._forms(text):
            terms = self.lookup_folded(fold(form))
            if terms:
                return terms
        return ()

    def _forms(self, text: str) -> Iterator[str]:
        yield text
        yield from singulars(text)
        if not text.isascii():
            plain = latin(text)
            yield plain
            yield plain.upper()

    def concept(self, curie: str) -> ConceptRow | None:
        """The concept behind a CURIE, from whichever table has it."""
        for table in self.tables:
            row = table.concept(curie)
            if row is not None:
                return row
        for terms in self._curated.values():
            for term in terms:
                if term.curie == curie:
                    return ConceptRow(curie, term.name, term.species)
        return None


def singulars(text: str) -> Iterator[str]:
    """Candidates for the singular: 'HUVECs' -> 'HUVEC', 'metastases' -> 'metastasis'."""
    if len(text) < 3 or text[-1] != "s" or text[-2] in "su":
        return
    if len(text) == 3 and not text[:-1].isupper():  # 'ECs', but not 'gas'
        return
    if text.endswith("ses"):
        yield text[:-2] + "is"
    if text.endswith("ies"):
        yield text[:-3] + "y"
    yield text[:-1]
