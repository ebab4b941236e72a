"""Table 1 as gold: its counts, its agreement with the seed text, and the identifiers beside it."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from extractor.evaluation.gold import POOL, read_gold, split_list, split_mirnas
from extractor.evaluation.matching import plain, same_entity
from extractor.evaluation.records import KINDS, split_forms
from extractor.evaluation.table import against_table
from extractor.resources import resource

SLOTS = ("donor", "recipient", "mirna", "target")
Row = dict[str, str]


def rows(*parts: str) -> list[Row]:
    with resource(*parts).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


PRINTED = rows("gold", "table1.tsv")
ATOMS = rows("gold", "table1_atomic.tsv")
REFERENCES = rows("gold", "references.tsv")


def test_shape() -> None:
    assert [row["row"] for row in PRINTED] == [str(number) for number in range(1, 21)]
    assert len(ATOMS) == 34
    assert sum(bool(atom["target"]) for atom in ATOMS) == 27
    assert {row["phenotype"] for row in PRINTED[:3]} == {"Induction of angiogenesis"}
    assert {row["recipient"] for row in PRINTED[:3]} == {"EC"}


def test_what_the_text_states() -> None:
    stated = {slot: sum(atom[f"{slot}_in_text"] == "yes" for atom in ATOMS) for slot in SLOTS}
    assert stated == {"donor": 33, "recipient": 30, "mirna": 33, "target": 18}
    assert sum(atom["all_in_text"] == "yes" for atom in ATOMS) == 20
    missing = {
        (atom["reference"], slot) for atom in ATOMS for slot in SLOTS if atom[f"{slot}_in_text"] == "no"
    }
    assert missing == {
        *((reference, "target") for reference in ("42", "54", "59", "64", "65")),
        ("54", "mirna"),
        ("50", "recipient"),
        ("60", "recipient"),
        ("52", "donor"),
    }


@pytest.mark.parametrize("atom", ATOMS, ids=lambda a: f"{a['reference']}-{a['mirna']}-{a['target']}")
def test_flags_fit_the_slots(atom: Row) -> None:
    flags = {slot: atom[f"{slot}_in_text"] for slot in SLOTS}
    assert all(flags[slot] in (("yes", "no") if atom[slot] else ("",)) for slot in SLOTS)
    assert (atom["all_in_text"] == "yes") == ("no" not in flags.values())
    assert atom["effect"] in (("decreases", "binds", "unknown") if flags["target"] == "yes" else ("",))


def test_atoms_are_the_printed_rows_taken_apart() -> None:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for atom in ATOMS:
        found[atom["row"]].append((atom["donor"], atom["recipient"], atom["mirna"], atom["target"]))
    for row in PRINTED:
        pairs = [(m, t) for m in split_mirnas(row["mirna"]) for t in split_list(row["target"]) or ("",)]
        assert found[row["row"]] == [(row["donor"], row["recipient"], *pair) for pair in pairs]


def test_misprints_stand_beside_what_is_printed() -> None:
    corrected = {row["reference"]: (row["mirna_corrected"], row["target_corrected"]) for row in PRINTED}
    assert {reference: values for reference, values in corrected.items() if any(values)} == {
        "51": ("miR-223", "Mef2c"),
        "54": ("miR-212-3p", ""),
        "60": ("miR-409-3p and miR-409-5p", ""),
        "61": ("miR-21, miR-378e and miR-143", ""),
    }
    printed = {row["reference"]: (row["mirna"], row["target"]) for row in PRINTED}
    assert printed["51"] == ("miR-233", "Mef2s")
    assert "278e" in printed["61"][0]
    notes = {row["reference"] for row in PRINTED if row["misprint_note"]}
    assert notes == {"50", "51", "54", "57", "60", "61", "63", "64", "65"}
    assert all(re.match(r"(misprint|difference): ", row["misprint_note"] or "misprint: ") for row in PRINTED)


def test_corrected_names_are_accepted() -> None:
    for atom in ATOMS:
        for slot in ("mirna", "target"):
            accepted = split_forms(atom[f"{slot}_forms"])
            assert all(name in accepted for name in split_forms(atom[f"{slot}_corrected"]))


def test_what_the_text_names_besides_is_another_entity() -> None:
    besides = {(a["reference"], slot) for a in ATOMS for slot in ("donor", "recipient") if a[f"{slot}_text"]}
    assert besides == {
        ("50", "recipient"),
        ("52", "donor"),
        ("57", "recipient"),
        ("62", "recipient"),
        ("65", "donor"),
    }
    for atom in ATOMS:
        for slot in ("donor", "recipient"):
            own = split_forms(f"{atom[slot]}|{atom[f'{slot}_forms']}")
            for name in split_forms(atom[f"{slot}_text"]):
                assert not same_entity(KINDS[slot], own, (name,))  # type: ignore[index]


def test_the_gold_finds_itself() -> None:
    gold = read_gold(resource("gold", "table1.tsv"))
    assert gold.pooled
    entries = gold.documents[POOL]
    made = against_table(entries, entries)
    assert (made.rows.counts.tp, made.rows.counts.fn) == (34, 0)
    assert (made.stated.counts.tp, made.stated.counts.fn) == (20, 0)
    assert made.count("correct") == 34


def test_every_row_has_its_reference() -> None:
    listed = {row["reference"] for row in REFERENCES if row["in_table1"] == "yes"}
    assert listed == {row["reference"] for row in PRINTED}
    assert len(REFERENCES) == len({row["reference"] for row in REFERENCES}) == 27


PATTERNS = {"pmid": r"\d{7,8}", "pmcid": r"PMC\d+", "doi": r"10\.\d{4,5}/\S+", "year": r"(19|20)\d\d"}


@pytest.mark.parametrize("column", PATTERNS)
def test_identifiers_have_their_form(column: str) -> None:
    assert [
        row for row in REFERENCES if row[column] and not re.fullmatch(PATTERNS[column], row[column])
    ] == []


def test_what_has_no_identifier_says_so() -> None:
    bare = {
        row["reference"]: row["basis"]
        for row in REFERENCES
        if not (row["pmid"] or row["pmcid"] or row["doi"])
    }
    assert bare == dict.fromkeys(("57", "66", "68"), "from memory, to be verified")


def test_the_manifest_holds_the_identified_articles() -> None:
    manifest = rows("corpus", "manifest.tsv")
    columns = ("pmid", "pmcid", "doi", "basis")
    known = [tuple(r[c] for c in columns) for r in REFERENCES if r["pmid"] or r["pmcid"] or r["doi"]]
    assert [tuple(row[c] for c in columns) for row in manifest] == known
    assert len({row["id"] for row in manifest}) == len(manifest) == 24
    assert [row["role"] for row in manifest].count("table1") == 18


@pytest.fixture(scope="module")
def seed(shared: Path) -> str:
    files = sorted((shared / "seed").glob("*.txt"))
    if not files:
        pytest.skip(f"no seed text in {shared / 'seed'}")
    return " ".join(files[0].read_text(encoding="utf-8").split())


@pytest.fixture(scope="module")
def running_text(seed: str) -> str:
    """The body without the table, its footnote, and the figure legend that breaks a sentence in two."""
    start, end = seed.index("Table 1 Function"), seed.index("Treg regulatory T cell")
    return plain(re.sub(r"Fig\. 2 miRNA.*?and induce EMT ", "", seed[:start] + seed[end:]))


def test_printed_cells_are_those_of_the_seed(seed: str) -> None:
    table = seed[seed.index("Table 1 Function") : seed.index("Foot Note")]
    cells = [row[column] for row in PRINTED for column in ("phenotype", *SLOTS)]
    assert [cell for cell in cells if cell not in table] == []
    assert re.findall(r"\[(\d+)\]", table) == [row["reference"] for row in PRINTED]


def passage(text: str, reference: str) -> str:
    """What stands round the places where the running text cites a reference."""
    places = [m.start() for m in re.finditer(rf"\[{reference}\]", text)]
    return " ".join(text[max(0, place - 700) : place] for place in places).casefold()


@pytest.mark.parametrize("slot", SLOTS)
def test_what_is_marked_as_stated_stands_in_the_passage(running_text: str, slot: str) -> None:
    for atom in ATOMS:
        if atom[f"{slot}_in_text"] != "yes":
            continue
        names = [plain(name).casefold() for name in split_forms(f"{atom[slot]}|{atom[f'{slot}_forms']}")]
        # A list prints a miRNA without its stem: -222.
        names += [name.removeprefix("mir") for name in names if slot == "mirna"]
        assert any(name in passage(running_text, atom["reference"]) for name in names), (
            atom["reference"],
            slot,
        )


def test_targets_that_only_the_table_has(running_text: str) -> None:
    absent = {a["target"] for a in ATOMS if a["target_in_text"] == "no"}
    assert absent == {"SMAD4", "STAT6", "RFXAP", "B4GALT3", "CXCL12", "MARCKS"}
    assert [target for target in absent if target.casefold() in running_text.casefold()] == []


def test_cells_that_the_text_names_instead_or_besides(running_text: str) -> None:
    for atom in ATOMS:
        for slot in ("donor", "recipient"):
            for name in split_forms(atom[f"{slot}_text"]):
                assert plain(name).casefold() in passage(running_text, atom["reference"])
