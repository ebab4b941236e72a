"""A relation against the table: every answer, and what makes two names one."""

from __future__ import annotations

from typing import Any

import pytest
from table_helpers import cell, record, row

from extractor.curation.agreement import agreement
from extractor.curation.comparison import Comparer, Comparison
from extractor.curation.rows import Cell

STANDS = row(
    "1", "CAF=mesh:D1 | miR-21=mirbase:MI1 | breast cancer cell | PTEN=hgnc:9588", "decreases", "100"
)
OPEN = row("2", "TAM | miR-223 | breast cancer cell | –", pmid="200")
PART = row("3", "– | miR-155 | EC | RAC1", "decreases", "300")


def compared(statement: str, effect: str | None = None, **more: Any) -> Comparison:
    return Comparer([STANDS, OPEN, PART]).compare(record(statement, effect, **more))


@pytest.mark.parametrize(
    ("statement", "effect", "doc_id", "status", "rows"),
    [
        # The row's own paper, in full, in part, and under other names.
        ("CAFs=mesh:D1 | miR-21 | breast cancer cells | PTEN", "decreases", "100", "already there", ("1",)),
        ("– | miR-21 | – | PTEN", "decreases", "100", "already there", ("1",)),
        ("fibroblasts=mesh:D1 | hsa-miR-21 | – | –", None, "100", "already there", ("1",)),
        ("CAF | miR-21-5p | breast cancer cells | PTEN", "decreases", "100", "new evidence", ("1",)),
        # Its own paper fills what it leaves open, and adds a recipient that is another cell.
        ("TAMs | miR-223 | breast cancer cells | MEF2C", "decreases", "200", "new evidence", ("2",)),
        ("CAF | miR-21 | monocytes | PTEN", "decreases", "100", "new row", ()),
        # Another paper.
        ("CAF | miR-21 | breast cancer cells | PTEN", "decreases", "999", "new evidence", ("1",)),
        ("CAF | miR-21 | – | –", None, "999", "new evidence", ("1",)),
        ("TAMs | miR-223 | breast cancer cells | MEF2C", "decreases", "999", "new row", ()),
        ("CAF | miR-21 | normal breast cancer cells | PTEN", "decreases", "999", "new row", ()),
        ("CAF | miR-22 | breast cancer cells | PTEN", "decreases", "999", "new row", ()),
        # Conflicts.
        ("CAF | miR-21 | breast cancer cells | TLR4=hgnc:1", "decreases", "999", "conflict", ("1",)),
        ("CAF | miR-21 | – | TLR4=hgnc:1", "decreases", "999", "new row", ()),
        ("CAF | miR-21 | – | TLR4=hgnc:1", "decreases", "100", "conflict", ("1",)),
        ("CAF | miR-21 | breast cancer cells | PTEN", "increases", "999", "conflict", ("1",)),
        ("CAF | miR-21 | breast cancer cells | PTEN", "increases", "100", "conflict", ("1",)),
        ("CAF | miR-21 | breast cancer cells | PTEN", "unknown", "999", "new evidence", ("1",)),
        # Nothing to ask.
        ("– | miR-21 | – | –", None, "100", None, ()),
    ],
)
def test_each_answer(
    statement: str, effect: str | None, doc_id: str, status: str | None, rows: tuple[str, ...]
) -> None:
    found = compared(statement, effect, doc_id=doc_id)
    assert (found.status, found.rows) == (status, rows)
    assert found.why


def test_an_open_slot_that_is_filled_is_named() -> None:
    found = compared("TAMs | miR-223 | breast cancer cells | MEF2C", "decreases", doc_id="200")
    assert found.fills == ("target",)
    assert found.why == "the paper of row 2 fills what the row leaves open: target MEF2C"
    assert compared("TAMs | miR-223 | – | –", doc_id="200").fills == ()


def test_what_another_paper_says_in_part_is_told_as_a_part() -> None:
    found = compared("CAF | miR-21 | – | –", doc_id="999")
    assert found.why == "another paper states a part of it (no recipient, no target): row 1"


def test_a_denial_is_a_conflict_or_nothing() -> None:
    denied = {"negated": True, "doc_id": "999"}
    assert compared("CAF | miR-21 | breast cancer cells | –", **denied).status == "conflict"
    assert compared("CAF | miR-7 | breast cancer cells | –", **denied).status is None


def test_a_retracted_paper_names_the_rows_that_rest_on_it() -> None:
    flagged = {"flags": ["retracted"]}
    found = compared("CAF | miR-7 | EC | –", doc_id="100", **flagged)
    assert (found.status, found.rows) == ("retracted", ("1",))
    assert compared("CAF | miR-7 | EC | –", doc_id="999", **flagged).rows == ()


def test_a_paper_recorded_as_evidence_is_the_rows_own() -> None:
    comparer = Comparer([STANDS], {"1": frozenset({"999"})})
    relation = record("CAF | miR-21 | breast cancer cells | PTEN", "decreases", doc_id="PMID:999")
    assert comparer.compare(relation).status == "already there"


def test_the_row_of_the_very_arm_goes_before_one_without() -> None:
    rows = [row("1", "CAF | miR-21 | EC | –", pmid="100"), row("2", "CAF | miR-21-5p | EC | –", pmid="100")]
    found = Comparer(rows).compare(record("CAF | miR-21-5p | EC | –"))
    assert (found.status, found.rows) == ("already there", ("2",))


def test_an_exact_row_goes_before_a_conflict_with_its_sibling() -> None:
    rows = [
        row("1.1", "CAF | miR-21 | EC | A1", "decreases"),
        row("1.2", "CAF | miR-21 | EC | B2", "decreases"),
    ]
    found = Comparer(rows).compare(record("CAF | miR-21 | EC | B2", "decreases"))
    assert (found.status, found.rows) == ("new evidence", ("1.2",))


@pytest.mark.parametrize(
    ("statement", "novelty"),
    [
        ("CAF | miR-21 | breast cancer cells | PTEN", 0.0),
        ("CAF | miR-21 | monocytes | TLR4=hgnc:1", 2 / 3),
        ("CAF | miR-21 | breast cancer cells | –", 0.0),
        ("CAF | miR-999 | EC | –", 1.0),
    ],
)
def test_novelty_is_the_share_of_pairs_that_no_row_has(statement: str, novelty: float) -> None:
    assert compared(statement, doc_id="999").novelty == pytest.approx(novelty)


@pytest.mark.parametrize(
    ("slot", "ours", "theirs", "expected"),
    [
        ("mirna", "miR-210=mirbase:MI0000286", "mmu-mir-210=mirbase:MI0000695", "same"),
        ("mirna", "miR-21", "miR-21-5p", "narrower"),
        ("mirna", "miR-21-5p", "miR-21", "broader"),
        ("mirna", "miR-21-5p", "miR-21-3p", "other"),
        ("mirna", "miR-203", "miR-203a-3p", "other"),
        ("target", "ZO-1=hgnc:11827", "TJP1=hgnc:11827", "same"),
        ("target", "PTEN=hgnc:9588", "Pten=mgi:109583", "same"),
        ("target", "A=hgnc:1", "A=hgnc:2", "other"),
        ("target", "TLR=fplx:TLR", "TLR7=hgnc:15631", "narrower"),
        ("target", "TLR7=hgnc:15631", "TLR=fplx:TLR", "broader"),
        ("target", "TLR=fplx:TLR", "TLRX=hgnc:9", "other"),
        ("target", "PTEN", "PTEN mRNA", "same"),
        ("donor", "EC=CL:0000115", "vascular endothelium=CL:0000115", "same"),
        ("donor", "M1 macrophages=CL:0000235", "M2 macrophages=CL:0000235", "other"),
        ("donor", "PSC=CL:0002410", "PSC=CL:0002248", "other"),
        ("donor", "prostate cancer cells=MONDO:1", "PC3 prostate cancer cells=cellosaurus:2", "same"),
        ("donor", "Fibroblast", "normal lung fibroblasts", "narrower"),
        ("donor", "tumor-associated macrophages", "macrophages", "broader"),
        ("donor", "bone stromal cells", "bone marrow stroma", "narrower"),
        ("donor", "fibroblasts", "macrophages", "other"),
        ("recipient", "", "macrophages", "row open"),
        ("recipient", "macrophages", "", "relation open"),
        ("recipient", "", "", "both open"),
    ],
)
def test_agreement_of_names(slot: str, ours: str, theirs: str, expected: str) -> None:
    assert agreement(slot, cell(ours), cell(theirs)) == expected


def test_any_name_of_an_entity_counts() -> None:
    assert (
        agreement(
            "donor",
            Cell("TAM", forms=("tumor-associated macrophage",)),
            cell("tumour-associated macrophages"),
        )
        == "same"
    )
