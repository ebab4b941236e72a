"""miRNA names to miRBase: mature where the arm is known, else hairpin, shared product or family."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from extractor.grounding.decision import Candidate, Context, Grounding, decide
from extractor.lexicons import Lexicons, Mirna
from extractor.lexicons.mirna import PREFERRED, SPECIES, base_name, species_of
from extractor.types import Concept

LABEL: Final = "MIRNA"
_WORD: Final = re.compile(
    r"^(?:(?:mi(?:cro|rco)[- ]?|mic(?:or)?|mi)RNAs?[- ]?(?:\((?:mi)?R(?:NA)?\))?-?|micro-?R(?=-?\d)-?)",
    re.IGNORECASE,
)
_STAR: Final = re.compile(r"[*∗⁎]$")
_ARM: Final = re.compile(r"-[35]p$")
_GROUP: Final = re.compile(r"\s+(?:family|families|clusters?)$|(?<=\d)s$", re.IGNORECASE)
_NOISE: Final = re.compile(
    r"(?:^|(?<=\s))(?:mature|pre-|pri-|anti-)|\(miR\)-?|\s+(?:mimics?|inhibitors?)$", re.IGNORECASE
)
_LOOSE_ARM: Final = re.compile(r"(?<=[a-z\d])[ _]?([35]p)$")
_RANGE: Final = re.compile(r"\d[a-z]?[-~∼/]\d+[a-z]?$")
_LETTER_CASE: Final = re.compile(r"(?<=\d)[A-Z](?=$|-)")


def ground_mirna(text: str, context: Context, lexicons: Lexicons) -> Grounding:
    """The decision for a name such as 'miR-29a', 'hsa-let-7i-5p', 'miR-200 family'."""
    name = tidy(text)
    if not base_name(name):
        return decide(text, LABEL, ())
    if _GROUP.search(name):
        return _ground_group(text, _GROUP.sub("", name), lexicons)
    for rank, species in enumerate(_species_order(name, context)):
        candidates = _in_species(name, species, lexicons, 0.0 if rank == 0 else 0.2)
        if candidates:
            return decide(text, LABEL, candidates)
    return _elsewhere(text, name, lexicons)


def known_in(name: str, species: str, lexicons: Lexicons) -> bool:
    """Does miRBase know the name, as printed, in this one species (a code such as ``hsa``)?"""
    plain = tidy(name)
    if _GROUP.search(plain):
        plain = _GROUP.sub("", plain)
    return bool(_in_species(plain, species, lexicons, 0.0)) or base_name(plain) in lexicons.mirnas.families()


def tidy(text: str) -> str:
    """One spelling for the printings that reach us: 'microRNA (miR)-29c-3p' -> 'miR-29c-3p'."""
    name = _NOISE.sub("", text.strip().replace("–", "-").replace("‐", "-"))
    name = _WORD.sub("miR-", name)
    name = re.sub(r"^(miR|let)[- ]*(?=\d)", r"\1-", name, flags=re.IGNORECASE)
    name = re.sub(r"^(miR-)+", "miR-", name, flags=re.IGNORECASE)
    name = _LETTER_CASE.sub(lambda m: m.group().lower(), name)
    name = _LOOSE_ARM.sub(r"-\1", name).replace("--", "-")
    return (
        _STAR.sub("", name) if _ARM.search(_STAR.sub("", name)) else name
    )  # after an arm a star marks a list


def _species_order(name: str, context: Context) -> tuple[str, ...]:
    """The name's own prefix alone; else the document's species, then human, mouse, rat."""
    own = species_of(name)
    if own:
        return (own,)
    named = [SPECIES[s] for s in context.species if s in SPECIES]
    if "hsa" in named or not named:  # mixed documents: human names are what tables are merged by
        named = ["hsa"]
    return tuple(dict.fromkeys((*named, *PREFERRED)))


def _in_species(name: str, species: str, lexicons: Lexicons, penalty: float) -> list[Candidate]:
    found: list[Candidate] = []
    for rule in RULES:
        found += rule(name, species, lexicons)
        if found:
            break
    return [Candidate(c.concept, round(c.score - penalty, 3), c.reason) for c in found]


def _candidate(item: Mirna, score: float, reason: str) -> Candidate:
    return Candidate(Concept(item.curie, item.name), score, reason)


def _exact(name: str, species: str, lexicons: Lexicons) -> list[Candidate]:
    return [
        _candidate(m, 0.97, f"mature miRNA of this name ({species})")
        for m in lexicons.mirnas.matures(name, species)
    ]


def _star(name: str, species: str, lexicons: Lexicons) -> list[Candidate]:
    """'miR-17*' named the minor product; which arm that is miRBase no longer says."""
    if not _STAR.search(name):
        return []
    arms = lexicons.mirnas.arms(_STAR.sub("", name), species)
    return [_candidate(m, 0.6, "star form of an older miRBase: the minor arm") for m in reversed(arms)]


def _missing_arm(name: str, species: str, lexicons: Lexicons) -> list[Candidate]:
    """An arm is printed that this hairpin is not known to give."""
    if not _ARM.search(base_name(name)):
        return []
    plain = _ARM.sub("", base_name(name))
    only = lexicons.mirnas.matures(plain, species)
    loci = [f"{plain}-{i}{name[-3:]}" for i in range(1, 5)]
    arms = [m for locus in loci for m in lexicons.mirnas.matures(locus, species)]
    hairpins = lexicons.mirnas.hairpins(plain, species)
    return [
        *(_candidate(m, 0.75, "the only mature product; miRBase names no arm") for m in only),
        *(_candidate(m, 0.65, "the arm of one of several loci") for m in arms),
        *(_candidate(m, 0.6, "hairpin; miRBase lists no such arm") for m in hairpins),
    ]


def _hairpin(name: str, species: str, lexicons: Lexicons) -> list[Candidate]:
    """No arm: one locus -> the hairpin; several loci -> the mature product that they share."""
    hairpins = lexicons.mirnas.hairpins(name, species)
    if len(hairpins) == 1:
        return [_candidate(hairpins[0], 0.95, f"hairpin of this name ({species}); no arm given")]
    if not hairpins:
        return []
    shared = set.intersection(*({*h.products} for h in hairpins))
    arms = [m for m in lexicons.mirnas.arms(name, species) if m.curie.split(":")[1] in shared]
    reason = f"mature product shared by {len(hairpins)} loci; no arm given"
    single = len(arms) == 1
    return [
        *(_candidate(m, 0.9 if single else 0.6, reason) for m in arms),
        *(
            _candidate(h, 0.65 if single else 0.72, f"one of {len(hairpins)} loci; no arm given")
            for h in hairpins
        ),
    ]


def _renamed(name: str, species: str, lexicons: Lexicons) -> list[Candidate]:
    """'miR-378' is miR-378a today, and 'miR-30' any of miR-30a to e: a family where RFAM has one."""
    members = lexicons.mirnas.paralogues(name, species)
    if not members:
        return []
    stems = {m.name.split("-", 1)[1] for m in members}
    family = [
        _candidate(f, 0.8, "RFAM family; no letter given")
        for items in lexicons.mirnas.families().values()
        for f in items
        if stems & {*f.products} and base_name(f.name) == base_name(name)
    ]
    first = [m for m in members if m.name.split("-")[-1].endswith("a")]
    reason = (
        "no letter given; the 'a' form is the one first named so" if first else "a paralogue; no letter given"
    )
    rest = [m for m in members if m not in first]
    return [
        *family,
        *(_candidate(m, 0.55 if m in first[:1] else 0.4, reason) for m in (*first, *rest)),
    ]


def _letter_dropped(name: str, species: str, lexicons: Lexicons) -> list[Candidate]:
    """'miR-124a' is miR-124 today."""
    plain = re.sub(r"(?<=\d)a(?=$|-)", "", base_name(name))
    if plain == base_name(name):
        return []
    known = lexicons.mirnas.matures(plain, species) or lexicons.mirnas.hairpins(plain, species)
    return [_candidate(m, 0.6, "former name; the letter was dropped") for m in known]


def _cluster(name: str, species: str, lexicons: Lexicons) -> list[Candidate]:
    """'miR-17-92', 'miR-17~92': HGNC's host gene of the cluster."""
    if species != "hsa" or not _RANGE.search(name):
        return []
    plain = re.sub("[~∼/]", "-", name)
    return [
        Candidate(Concept(t.curie, t.name), 0.85, "HGNC: host gene of the cluster")
        for t in lexicons.genes.lookup_loose(plain)
    ]


RULES: Final[tuple[Callable[[str, str, Lexicons], list[Candidate]], ...]] = (
    _exact,
    _star,
    _missing_arm,
    _hairpin,
    _renamed,
    _letter_dropped,
    _cluster,
)


def _ground_group(text: str, name: str, lexicons: Lexicons) -> Grounding:
    """'let-7 family', 'miR-17-92 cluster', 'miR-200s': RFAM, the HGNC host gene, else the members."""
    base = base_name(name)
    stems = {base, base.removesuffix("a")}
    families = [
        _candidate(f, 0.9, "RFAM family of this name")
        for items in lexicons.mirnas.families().values()
        for f in items
        if base_name(f.name) in stems
    ]
    hosts = _cluster(name, "hsa", lexicons)
    members = [
        _candidate(m, 0.4, "a member; the family has no identifier here")
        for m in (*lexicons.mirnas.hairpins(base, "hsa"), *lexicons.mirnas.paralogues(base, "hsa"))
    ]
    return decide(text, LABEL, (*families, *hosts, *members))


def _elsewhere(text: str, name: str, lexicons: Lexicons) -> Grounding:
    """Unknown in the species asked: say where the name exists, and ground nothing."""
    places = lexicons.mirnas.species_with(name)
    if not places:
        return decide(text, LABEL, (), note="no species of miRBase has this name")
    found = list(_all_in(name, places[:5], lexicons))
    note = f"not in human, mouse or rat; known in {', '.join(places[:5])}"
    return decide(text, LABEL, found, note=note)


def _all_in(name: str, places: tuple[str, ...], lexicons: Lexicons) -> Iterator[Candidate]:
    for species in places:
        for c in _in_species(name, species, lexicons, 0.0):
            yield Candidate(c.concept, 0.3, f"only in another species ({species})")
