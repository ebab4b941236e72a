"""Identifiers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.sources.identifiers import Identifier, from_lines, from_table, identifier


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("24735924", "pmid", "24735924"),
        ("PMID: 24735924", "pmid", "24735924"),
        ("pmid:0024735924", "pmid", "24735924"),
        ("https://pubmed.ncbi.nlm.nih.gov/24735924/", "pmid", "24735924"),
        ("PMC3624465", "pmcid", "PMC3624465"),
        ("pmc3624465.2", "pmcid", "PMC3624465"),
        ("pmc:PMC5992447", "pmcid", "PMC5992447"),
        ("PMCID: PMC5992447", "pmcid", "PMC5992447"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC3624465/", "pmcid", "PMC3624465"),
        ("10.1038/NCB1596", "doi", "10.1038/ncb1596"),
        ("doi:10.1158/0008-5472.CAN-10-2372", "doi", "10.1158/0008-5472.can-10-2372"),
        ("https://doi.org/10.1016/S0140-6736(05)67889-0", "doi", "10.1016/s0140-6736(05)67889-0"),
    ],
)
def test_each_way_of_writing_is_recognised(text: str, kind: str, value: str) -> None:
    assert identifier(text) == Identifier(kind, value)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "0", "miR-21", "PMC", "1234567890", "10.1/x", "doi:", "24735924x"])
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no PMID, PMCID or DOI"):
        identifier(text)


@given(st.text())
def test_any_text_is_an_identifier_or_refused(text: str) -> None:
    try:
        found = identifier(text)
    except ValueError:
        return
    assert identifier(found.alias) == found


def test_lines_in_any_mix_with_comments_and_what_is_wrong_by_line() -> None:
    told: list[tuple[str, str]] = []
    lines = ["# from the review", "1, 2,PMC3", "PMID: 4  10.5/x", "", "10.5555/a,b;", "nonsense 6 # seven"]
    found = [one.alias for one in from_lines(lines, lambda where, why: told.append((where, why)))]
    assert found == ["1", "2", "PMC3", "4", "doi:10.5555/a,b", "6"]
    assert [where for where, _ in told] == ["line 3", "line 6"]
    assert told[1][1] == "'nonsense' is no PMID, PMCID or DOI; correct or remove it"


def test_a_manifest_gives_the_identifier_that_needs_no_look_up() -> None:
    told: list[tuple[str, str]] = []
    table = ["id\trole\tpmid\tpmcid\tdoi", "pmid:1\treview\t1\tPMC1\t10.5555/a", "x\tcited\t\t\t10.5555/B",
             "pmc:PMC7\ttable1\t\tPMC7\t", "pmc:PMC8\ttable1\t\t\t", "\tcited\t\t\t"]  # fmt: skip
    found = [one.alias for one in from_table(table, lambda where, why: told.append((where, why)))]
    assert found == ["1", "doi:10.5555/b", "PMC7", "PMC8"]
    assert told == [("line 6", "a row without identifier; add one or remove it")]


def test_a_table_without_such_columns_says_so() -> None:
    told: list[tuple[str, str]] = []
    assert list(from_table(["name\tyear", "a\t2"], lambda where, why: told.append((where, why)))) == []
    assert told == [("line 1", "no column named pmid, doi, pmcid, id; name the columns, separated by tabs")]
