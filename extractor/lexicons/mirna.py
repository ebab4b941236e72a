"""miRBase names: mature miRNAs, hairpins and families, one species at a time."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

Kind = Literal["mature", "hairpin", "family"]
SPECIES: Final[dict[str, str]] = {"human": "hsa", "mouse": "mmu", "rat": "rno"}
PREFERRED: Final = ("hsa", "mmu", "rno")
_ARM: Final = re.compile(r"-[35]p$")
_LOCUS: Final = re.compile(r"-\d+$")
_PREFIX: Final = re.compile(r"^([a-z]{3,4})-(?=(?:mir|let|lin|lsy|bantam|iab)(?![a-z]{2}))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mirna:
    """A miRBase entry; ``products`` are a hairpin's mature accessions, or a family's name stems."""

    curie: str
    name: str
    kind: Kind
    species: str
    products: tuple[str, ...] = ()


def base_name(name: str) -> str:
    """Lower case, 'mir-' / 'let-' forms, no species prefix: 'hsa-miR-21-5p' -> 'mir-21-5p'."""
    plain = _PREFIX.sub("", name.strip()).lower().replace("microrna", "mir").replace(" ", "-")
    plain = re.sub(r"^(mir|let)-?(?=\d)", r"\1-", plain)
    return plain


def species_of(name: str) -> str | None:
    """The three- or four-letter prefix of a name, if it has one: 'mmu-let-7a' -> 'mmu'."""
    match = _PREFIX.match(name.strip())
    return match.group(1).lower() if match else None


class MirnaIndex:
    """Look-ups by species code (``hsa``) or common name (``human``)."""

    def __init__(self, text: str) -> None:
        self._blocks: dict[str, list[str]] = {}
        for line in text.split("\n")[1:]:
            if line:
                self._blocks.setdefault(line.partition("\t")[0], []).append(line)
        self._parsed: dict[str, dict[str, tuple[Mirna, ...]]] = {}

    @classmethod
    def read(cls, path: Path) -> MirnaIndex:
        """Load the built file."""
        return cls(gzip.decompress(path.read_bytes()).decode("utf-8"))

    @property
    def species(self) -> tuple[str, ...]:
        """All species codes, human, mouse and rat first."""
        others = sorted(s for s in self._blocks if s not in PREFERRED and s != "*")
        return (*(s for s in PREFERRED if s in self._blocks), *others)

    def entries(self, species: str) -> dict[str, tuple[Mirna, ...]]:
        """``base_name`` -> entries of a species; empty for an unknown one."""
        code = SPECIES.get(species, species)
        if code not in self._parsed:
            index: dict[str, tuple[Mirna, ...]] = {}
            for line in self._blocks.get(code, ()):
                item = _parse(line)
                key = base_name(item.name)
                index[key] = (*index.get(key, ()), item)
            self._parsed[code] = index
        return self._parsed[code]

    def families(self) -> dict[str, tuple[Mirna, ...]]:
        """RFAM families by label ('mir-17')."""
        return self.entries("*")

    def matures(self, name: str, species: str) -> tuple[Mirna, ...]:
        """Mature miRNAs with this very name ('miR-21-5p', or 'miR-1246', which has no arm)."""
        return tuple(m for m in self.entries(species).get(base_name(name), ()) if m.kind == "mature")

    def arms(self, name: str, species: str) -> tuple[Mirna, ...]:
        """The -5p and -3p products of a name without an arm."""
        index, base = self.entries(species), base_name(name)
        keys = (f"{base}-5p", f"{base}-3p")
        return tuple(m for key in keys for m in index.get(key, ()) if m.kind == "mature")

    def hairpins(self, name: str, species: str) -> tuple[Mirna, ...]:
        """Hairpins of a name: its own, else its loci ('miR-29b' -> mir-29b-1, mir-29b-2)."""
        index, base = self.entries(species), _ARM.sub("", base_name(name))
        own = tuple(m for m in index.get(base, ()) if m.kind == "hairpin")
        if own or not base[-1:].isalnum() or not any(c.isdigit() for c in base):
            return own
        loci = (index.get(f"{base}-{i}", ()) for i in range(1, 10))
        return tuple(m for found in loci for m in found if m.kind == "hairpin")

    def paralogues(self, name: str, species: str) -> tuple[Mirna, ...]:
        """Hairpins that share a bare number: 'miR-29' -> mir-29a, mir-29b-1, mir-29b-2, mir-29c."""
        base = base_name(name)
        pattern = re.compile(re.escape(base) + r"[a-z](?:-\d+)?$")
        index = self.entries(species)
        keys = sorted(key for key in index if pattern.match(key))
        return tuple(m for key in keys for m in index[key] if m.kind == "hairpin")

    def exists(self, name: str, species: str) -> bool:
        """Is the name a mature miRNA, hairpin, locus or number of paralogues in this species?"""
        if self.matures(name, species):
            return True
        if _ARM.search(base_name(name)):
            return False
        return any((self.arms(name, species), self.hairpins(name, species), self.paralogues(name, species)))

    def species_with(self, name: str) -> tuple[str, ...]:
        """The species that have a name, human, mouse and rat first; ones that cannot are not even parsed."""
        base = base_name(name)
        prints = (base, base.replace("mir-", "mir", 1))
        likely = (s for s in self.species if any(p in self._lowered[s] for p in prints))
        return tuple(s for s in likely if self.exists(name, s))

    @cached_property
    def _lowered(self) -> dict[str, str]:
        return {species: "\n".join(lines).lower() for species, lines in self._blocks.items()}

    def names(self, species: str) -> Iterator[str]:
        """Names without arm and locus, as printed: 'miR-223', 'let-7a'."""
        seen = set()
        for key in self.entries(species):
            stem = _LOCUS.sub("", _ARM.sub("", key)) if key.count("-") > 1 else key
            seen.add(stem.replace("mir-", "miR-", 1))
        yield from sorted(seen)


def _parse(line: str) -> Mirna:
    species, kind, accession, name, extra = line.split("\t")
    if kind == "f":
        return Mirna(accession, name, "family", "", tuple(extra.split()))
    if kind == "m":
        return Mirna(f"mirbase.mature:{accession}", name, "mature", species)
    curie = accession if ":" in accession else f"mirbase:{accession}"
    return Mirna(curie, name, "hairpin", species, tuple(extra.split()))
