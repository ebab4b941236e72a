"""The demo corpus keeps its own rules: form, counts, classes, and no copied sentence."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

REPO = Path(__file__).resolve().parents[2]
DEMO = REPO / "corpus" / "demo"
Record = dict[str, Any]

SLOTS = ("donor", "mirna", "recipient", "target", "phenotype")
TUPLE_KEYS = {*SLOTS, "effect", "engineered", "indirect"}
EFFECTS = {"decreases", "increases", "binds", "unknown"}
NOTHING_AFTER_CARGO = ("recipient", "target", "phenotype", "indirect")
# The microRNAs that a list shortens, by document: the only forms that are no substring of their text.
EXPANDED = {
    ("22753494", "miR-29a"),
    ("21343399", "miR-197"),
    ("21343399", "miR-222"),
    ("21343399", "miR-223"),
}
COPIED_WORDS = 14


def read(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def text_of(document: Record) -> str:
    return f"{document['title']}\n{document['abstract']}"


def form_problems(text: str, pmid: str, item: Record) -> Iterator[str]:
    """Forms that the text does not hold, and forms given twice in one slot."""
    for slot in (*SLOTS, "indirect"):
        forms = item[slot]
        if len(set(forms)) != len(forms):
            yield f"{slot}: repeated form"
        for form in forms:
            if (pmid, form) in EXPANDED and slot == "mirna":
                if f"-{form.removeprefix('miR-')}" not in text:
                    yield f"{slot}: no source for {form!r}"
            elif not form or form not in text:
                yield f"{slot}: {form!r} is not in the text"


def tuple_problems(text: str, gold: Record, item: Record) -> Iterator[str]:
    """What breaks the guidelines in one tuple."""
    if set(item) != TUPLE_KEYS:
        yield "wrong keys"
        return
    yield from form_problems(text, gold["pmid"], item)
    if not item["mirna"]:
        yield "no mirna"
    if not item["donor"] and not item["recipient"]:
        yield "neither donor nor recipient"
    if (item["effect"] in EFFECTS) != bool(item["target"]):
        yield "effect and target do not agree"
    if gold["class"] == "cargo" and any(item[slot] for slot in NOTHING_AFTER_CARGO):
        yield "cargo with more than donor and mirna"


def problems(document: Record, gold: Record) -> list[str]:
    """All that is wrong with one document and its gold."""
    found = [problem for item in gold["tuples"] for problem in tuple_problems(text_of(document), gold, item)]
    if gold["class"] == "none" and gold["tuples"]:
        found.append("none with tuples")
    if gold["class"] == "transfer" and not any(item["recipient"] for item in gold["tuples"]):
        found.append("transfer without recipient")
    return found


DOCUMENTS = "abstracts.jsonl"
GOLD = "gold.jsonl"


def pairs() -> dict[str, tuple[Record, Record]]:
    return {d["pmid"]: (d, g) for d, g in zip(read(DEMO / DOCUMENTS), read(DEMO / GOLD), strict=True)}


def test_same_documents_in_the_same_order_each_once() -> None:
    documents, gold = read(DEMO / DOCUMENTS), read(DEMO / GOLD)
    pmids = [d["pmid"] for d in documents]
    assert pmids == [g["pmid"] for g in gold]
    assert len(set(pmids)) == len(pmids) == 35
    assert all(re.fullmatch(r"[1-9]\d{7}", pmid) for pmid in pmids)
    assert all(set(d) == {"pmid", "title", "abstract"} for d in documents)
    assert all(set(g) == {"pmid", "class", "tuples", "notes"} for g in gold)


def test_counts_that_the_readme_states() -> None:
    gold = read(DEMO / GOLD)
    assert Counter((g["class"], bool(g["tuples"])) for g in gold) == {
        ("transfer", True): 23,
        ("cargo", True): 2,
        ("cargo", False): 4,
        ("none", False): 6,
    }
    assert sum(len(g["tuples"]) for g in gold) == 43
    readme = (REPO / "corpus" / "README.md").read_text(encoding="utf-8")
    assert "no measure of quality" in readme and "43 tuples" in readme


def test_documents_are_short() -> None:
    lengths = {d["pmid"]: len(text_of(d).split()) for d in read(DEMO / DOCUMENTS)}
    assert {p: n for p, n in lengths.items() if not 80 <= n <= 180} == {}


def test_gold_follows_the_guidelines() -> None:
    assert {pmid: p for pmid, (d, g) in pairs().items() if (p := problems(d, g))} == {}


def test_every_expansion_is_used() -> None:
    used = {(g["pmid"], form) for g in read(DEMO / GOLD) for t in g["tuples"] for form in t["mirna"]}
    texts = {pmid: text_of(d) for pmid, (d, _) in pairs().items()}
    assert {(pmid, form) for pmid, form in used if form not in texts[pmid]} == EXPANDED


def test_no_tuple_is_stated_twice() -> None:
    def key(item: Record) -> str:
        return json.dumps([item[slot] for slot in ("donor", "mirna", "recipient", "target")])

    for pmid, (_, gold) in pairs().items():
        keys = [key(item) for item in gold["tuples"]]
        assert len(set(keys)) == len(keys), pmid


BREAKS: list[tuple[str, Callable[[Record], Any], list[str]]] = [
    (
        "23439645",
        lambda g: g["tuples"][0]["donor"].append("hepatocytes"),
        ["donor: 'hepatocytes' is not in the text"],
    ),
    ("23439645", lambda g: g["tuples"][0]["mirna"].clear(), ["no mirna"]),
    ("23439645", lambda g: g["tuples"][0].update(effect="decreases"), ["effect and target do not agree"]),
    ("23439645", lambda g: g["tuples"][0].pop("indirect"), ["wrong keys"]),
    ("23439645", lambda g: g["tuples"][0]["recipient"].append("ECs"), ["recipient: repeated form"]),
    ("23439645", lambda g: g["tuples"][0]["recipient"].clear(), ["transfer without recipient"]),
    (
        "28211508",
        lambda g: g["tuples"][0].update(recipient=["liver"]),
        ["cargo with more than donor and mirna"],
    ),
    ("28211508", lambda g: g.update({"class": "none"}), ["none with tuples"]),
    ("28211508", lambda g: g["tuples"][0]["donor"].clear(), ["neither donor nor recipient"]),
]


@pytest.mark.parametrize(("pmid", "spoil", "expected"), BREAKS)
def test_the_check_sees_what_is_wrong(pmid: str, spoil: Callable[[Record], Any], expected: list[str]) -> None:
    document, gold = pairs()[pmid]
    spoiled = deepcopy(gold)
    spoil(spoiled)
    assert problems(document, gold) == []
    assert problems(document, spoiled) == expected


def windows(text: str) -> set[tuple[str, ...]]:
    """All runs of COPIED_WORDS words, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + COPIED_WORDS]) for i in range(len(words) - COPIED_WORDS + 1)}


def sources(shared: Path) -> Iterator[str]:
    """The seed review, the development abstracts and the paragraphs of open articles."""
    for path in sorted((shared / "seed").glob("*.txt")):
        yield path.read_text(encoding="utf-8")
    for name in ("dev", "unlabelled"):
        for record in read(shared / "data" / f"{name}.jsonl"):
            yield text_of(record)
    yield from (shared / "data" / "fulltext" / "paragraphs.jsonl").read_text(encoding="utf-8").splitlines()


def test_windows_find_a_copy() -> None:
    sentence = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    assert windows(f"Before that, {sentence.upper()}: after.") & windows(sentence) == {
        tuple(sentence.split())
    }
    assert windows(sentence.replace("seven", "7")) & windows(sentence) == set()


def test_no_sentence_is_copied() -> None:
    shared = Path(os.environ.get("EVMIR_SHARED") or REPO.parent / "shared")
    if not (shared / "data").is_dir():
        pytest.skip(
            "the source texts are not here: set EVMIR_SHARED to the folder that holds data/ and seed/"
        )
    ours = {window: d["pmid"] for d in read(DEMO / DOCUMENTS) for window in windows(text_of(d))}
    texts = list(sources(shared))
    assert len(texts) > 300
    assert {ours[w] for text in texts for w in windows(text) & ours.keys()} == set()
