"""Every rule of the context against its own sentences: the example fires it, the counterexample does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.context.conditions import PLACES, condition_rules, find_conditions
from extractor.context.cue_rules import cue_rules, find_cues, find_sorters, sorter
from extractor.context.species import species_patterns, taxa
from extractor.context.view import Span, View
from extractor.lexicons import curated
from extractor.mentions import find_mentions
from extractor.rules import loader
from extractor.rules.loader import RuleError, read_rows
from extractor.sentences import split_sentences

CUES = read_rows("context_cues.tsv", ("id", "example", "counterexample"))
CONDITIONS = read_rows("context_conditions.tsv", ("id", "example", "counterexample"))
SPECIES = read_rows("context_species.tsv", ("id", "example", "counterexample"))
SORTERS = read_rows("sorting_proteins.tsv", ("symbol", "curie", "example", "counterexample", "note"))


def view(text: str) -> View:
    names = sorted([*find_mentions(text), *find_sorters(text)], key=lambda m: m.start)
    return View(text, (Span(a, b) for a, b in split_sentences(text)), names)


@pytest.mark.parametrize("row", CUES, ids=lambda r: r["id"])
def test_cues(row: dict[str, str]) -> None:
    assert row["id"] in {hit.rule.id for hit in find_cues(view(row["example"]))}
    assert row["id"] not in {hit.rule.id for hit in find_cues(view(row["counterexample"]))}


@pytest.mark.parametrize("row", CONDITIONS, ids=lambda r: r["id"])
def test_conditions(row: dict[str, str]) -> None:
    assert row["id"] in {c.rule for c in find_conditions(view(row["example"]))}
    assert row["id"] not in {c.rule for c in find_conditions(view(row["counterexample"]))}


@pytest.mark.parametrize("row", SPECIES, ids=lambda r: r["id"])
def test_species(row: dict[str, str]) -> None:
    (pattern,) = [p for rule, _, p in species_patterns() if rule == row["id"]]
    assert pattern.search(row["example"]) and not pattern.search(row["counterexample"])
    assert row["curie"].startswith("NCBITaxon:")


def test_every_species_of_the_lexicon_has_its_taxon() -> None:
    assert {row["species"] for row in curated.rows("species")} <= taxa().keys()


@pytest.mark.parametrize("row", SORTERS, ids=lambda r: r["symbol"])
def test_sorting_proteins(row: dict[str, str]) -> None:
    found = sorter(row["example"])
    assert found is not None and (found.symbol, found.curie) == (row["symbol"], row["curie"])
    other = sorter(row["counterexample"])
    assert other is None or other.symbol != row["symbol"]


def test_sorting_proteins_name_their_source_or_say_that_it_is_missing() -> None:
    missing = {row["symbol"] for row in SORTERS if not row["pmid"]}
    assert missing == {row["symbol"] for row in SORTERS if "source is still to be found" in row["note"]}
    assert {row["basis"] for row in SORTERS} == {"seen", "from memory, to be verified"}
    assert all(row["pmid"].isdigit() for row in SORTERS if row["pmid"])


@pytest.mark.parametrize("rows", [CUES, CONDITIONS, SPECIES], ids=["cues", "conditions", "species"])
def test_ids_are_unique_and_sentences_differ(rows: list[dict[str, str]]) -> None:
    assert len({row["id"] for row in rows}) == len(rows)
    assert not [row["id"] for row in rows if row["example"] == row["counterexample"]]


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        (
            "context_conditions.tsv",
            "id\tplace\tname\tpattern\texample\tcounterexample\n"
            "open\tstate\t\t(\ta\tb\n"
            "odd\tnowhere\t\tx\ta\tb\n"
            "good\tstate\t\tx\ta\tb\n",
            ["rule 'open'", "rule 'odd': no place 'nowhere'; use " + ", ".join(PLACES)],
        ),
        (
            "context_cues.tsv",
            "id\tattribute\tname\tpattern\twith\tscope\texample\tcounterexample\n"
            "open\tevidence\tx\t(\t\tmirna\ta\tb\n"
            "odd\tevidence\tx\tx\t\tplanet\ta\tb\n"
            "wrong\tcolour\tx\tx\t\tmirna\ta\tb\n"
            "good\tevidence\tx\tx\t\tmirna\ta\tb\n",
            ["rule 'open'", "rule 'odd': no scope 'planet'", "rule 'wrong': no attribute 'colour'"],
        ),
    ],
)
def test_all_faulty_rules_are_named(
    name: str, body: str, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_text(body, encoding="utf-8")
    monkeypatch.setattr(loader, "RULES", tmp_path)
    load = {"context_conditions.tsv": condition_rules, "context_cues.tsv": cue_rules}[name]
    with pytest.raises(RuleError) as caught:
        load.__wrapped__()
    lines = str(caught.value).splitlines()
    assert len(lines) == len(told)
    assert all(part in line for part, line in zip(told, lines, strict=True))
