"""The shipped files: what they must know, that the curated rows agree with them, size and hashes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from extractor.lexicons import Lexicon, curated, load
from extractor.resources import resource

KNOWN = ("genes", "cells", "cell_lines", "tissues", "diseases")


def test_files_match_their_manifest_and_stay_small() -> None:
    folder = resource("models", "lexicons")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    shipped = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.glob("*.gz")}
    assert shipped == {name: entry["sha256"] for name, entry in manifest["files"].items()}
    assert sum(p.stat().st_size for p in folder.glob("*.gz")) < 6_000_000


def test_no_table_is_shipped_whose_terms_are_unconfirmed() -> None:
    folder = resource("models", "lexicons")
    assert not [p.name for p in folder.glob("*mouse*")] + [p.name for p in folder.glob("*rat*")]


@pytest.mark.parametrize(
    ("lexicon", "name", "curie"),
    [
        ("genes", "TJP1", "hgnc:11827"),
        ("genes", "phosphatase and tensin homolog", "hgnc:9588"),
        ("cells", "macrophage", "CL:0000235"),
        ("cells", "HUVECs", "CL:0002618"),
        ("cell_lines", "MDA-MB-231", "cellosaurus:CVCL_0062"),
        ("cell_lines", "U87", "cellosaurus:CVCL_0022"),
        ("tissues", "liver", "UBERON:0002107"),
        ("diseases", "hepatocellular carcinoma", "MONDO:0007256"),
    ],
)
def test_a_known_name(lexicon: str, name: str, curie: str) -> None:
    assert getattr(load(), lexicon).lookup(name)[0].curie == curie


def test_symbols_are_case_sensitive() -> None:
    genes = load().genes
    assert genes.lookup("Set") == ()
    assert [t.curie for t in genes.lookup("SET")] == ["hgnc:10760"]
    assert "hgnc:10760" in {t.curie for t in genes.lookup_loose("Set")}


def test_orthologues_come_from_hgnc() -> None:
    assert load().orthologue("hgnc:19388", "mouse") == "mgi:1918464"
    assert load().orthologue("hgnc:19388", "zebrafish") is None
    assert load().orthologue("hgnc:0", "mouse") is None


@pytest.mark.parametrize("name", KNOWN)
def test_curated_rows_name_concepts_that_exist(name: str) -> None:
    lexicon: Lexicon = getattr(load(), name)
    tables = lexicon.tables
    for row in curated.rows(name):
        concept = next((c for t in tables if (c := t.concept(row["curie"]))), None)
        assert concept is not None, row
        assert concept.name == row["name"], row


def test_curated_lines_name_known_tissues_and_diseases() -> None:
    lexicons = load()
    for row in curated.rows("cell_lines"):
        for column, lexicon in (("tissue", lexicons.tissues), ("disease", lexicons.diseases)):
            assert not row[column] or row[column] in {t.name for t in lexicon.lookup_loose(row[column])}, row
    assert len(curated.rows("cell_lines")) > 200


@pytest.mark.parametrize("name", [*KNOWN, "never_ground", "common_words", "cell_states", "species"])
def test_every_curated_row_has_a_reason(name: str) -> None:
    assert all(row["reason"] for row in curated.rows(name))


def test_a_bad_row_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "bad.tsv").write_text("text\treason\nx\ty\n# remark\nonly\nz\t\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.tsv:4: 1 cells.*bad\.tsv:5: the reason is empty"):
        curated.rows("bad", tmp_path)


def test_never_grounded_names_have_no_built_term() -> None:
    assert load().genes.lookup("proteins") == ()
    assert load().cell_lines.lookup("M2") == ()


def test_common_words() -> None:
    assert load().is_common_word("Rest")
    assert not load().is_common_word("PTEN")
