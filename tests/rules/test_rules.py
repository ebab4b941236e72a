"""Every rule against its own sentences: the example fires it, the counterexample does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import srsly

from extractor.components.cell_names import cell_lines
from extractor.components.vesicles import find_vesicles
from extractor.mentions import find_other_rnas
from extractor.pipeline import Extractor, build_pipeline
from extractor.relations import surface
from extractor.relations.frames import Frame, load_frames, parse, read_frames
from extractor.relations.masking import LETTER, MaskedSentence, mask
from extractor.relations.surface import Rule, load_rules, read_surface
from extractor.rules import loader
from extractor.rules.loader import RULES, RuleError, read_rows, word_class

# what masking writes, and what rewriting adds: adjectives, inhibited miRNAs, manipulated genes, pathways
MARKS = frozenset(LETTER.values()) | frozenset("XIHW")
EVERY = [*load_rules(), *load_rules("facts.yaml"), *load_frames()]
VESICLE_ROWS = read_rows("vesicle_words.tsv", ("pattern", "kind", "form", "example", "counterexample"))
OTHER_ROWS = read_rows("other_rnas.tsv", ("pattern", "kind", "example", "counterexample"))
Fired = Callable[[str], set[str]]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return build_pipeline()


@pytest.fixture
def fired(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> Fired:
    """The ids of all rules that state a fact in a sentence or rewrite a phrase of it."""
    rewriting: set[str] = set()
    rewritten = surface._rewritten

    def spy(rule: Rule, match: re.Match[str], sentence: MaskedSentence) -> str:
        rewriting.add(rule.id)
        return rewritten(rule, match, sentence)

    monkeypatch.setattr(surface, "_rewritten", spy)

    def run(text: str) -> set[str]:
        rewriting.clear()
        sentence = mask(text, 0, len(text), extractor.mentions(text)[0])
        facts = read_surface(sentence)
        for parsed, doc in parse([sentence], extractor.nlp):
            facts += read_frames(parsed, doc)
        return rewriting | {fact.rule for fact in facts}

    return run


@pytest.mark.parametrize("rule", EVERY, ids=lambda r: r.id)
def test_the_example_fires_and_the_counterexample_does_not(rule: Rule | Frame, fired: Fired) -> None:
    assert rule.id in fired(rule.example)
    assert rule.id not in fired(rule.counterexample)


def test_every_rule_has_its_own_id_and_sentences() -> None:
    ids = [rule.id for rule in EVERY]
    assert len(ids) == len(set(ids)) > 100
    assert not [rule.id for rule in EVERY if rule.example.strip() == rule.counterexample.strip()]


@pytest.mark.parametrize("name", ["surface.yaml", "facts.yaml"])
def test_patterns_speak_of_known_marks(name: str) -> None:
    data = srsly.read_yaml(RULES / name)
    for row in data["rules"]:
        letters = set("".join(re.findall(r"\{\w+:([A-Z]+)\}", row["pattern"])))
        assert letters and letters <= MARKS, row["id"]
        target = row.get("rewrite", "").rpartition(":")[0]
        assert not target or target in MARKS, row["id"]


@pytest.mark.parametrize("name", ["surface.yaml", "facts.yaml"])
def test_rules_refer_to_what_they_name(name: str) -> None:
    data = srsly.read_yaml(RULES / name)
    for row in data["rules"]:
        names = set(re.findall(r"\{(\w+):[A-Z]+\}", row["pattern"]))
        used = {n for fact in row.get("facts", []) for n in fact.split()[1:]}
        used |= set(filter(None, row.get("rewrite", "").rpartition(":")[2].split("+")))
        assert used and used <= names, row["id"]
        macros = {m for m in re.findall(r"~(\w+)", row["pattern"]) if m not in data["macros"]}
        assert not macros, f"{row['id']}: no such macro: {macros}"


def test_frames_refer_to_what_they_name() -> None:
    lists = srsly.read_yaml(RULES / "frames.yaml")["lemmas"]
    for frame in load_frames():
        assert set("".join(letters for *_, letters in frame.roles)) <= MARKS
        names = {name for name, *_ in frame.roles}
        assert {n for _, *pair in frame.facts for n in pair} <= names, frame.id
    assert all(len(words) == len(set(words)) for words in lists.values())


@pytest.mark.parametrize("row", VESICLE_ROWS, ids=lambda r: r["pattern"][:24])
def test_vesicle_words(row: dict[str, str]) -> None:
    assert f"{row['kind']}:{row['form']}" in {m.name for m in find_vesicles(row["example"])}


@pytest.mark.parametrize(
    "row",
    VESICLE_ROWS,
    ids=lambda r: r["pattern"][:24],
)
def test_what_is_no_vesicle_word(row: dict[str, str]) -> None:
    assert not [m for m in find_vesicles(row["counterexample"]) if m.name == f"{row['kind']}:{row['form']}"]


@pytest.mark.parametrize("row", OTHER_ROWS, ids=lambda r: r["pattern"][:24])
def test_other_rnas(row: dict[str, str]) -> None:
    pattern = re.compile(rf"(?<![A-Za-z0-9])(?:{row['pattern']})(?![A-Za-z0-9])")
    assert pattern.search(row["example"]) and find_other_rnas(row["example"])
    assert not pattern.search(row["counterexample"])


def test_cell_lines_and_pathways_load() -> None:
    rows = read_rows("cell_lines.tsv", ("line", "type"))
    assert {row["line"] for row in rows} <= set(cell_lines())
    names = [row["name"] for row in read_rows("pathways.tsv", ("name", "reason"))]
    assert len(names) == len(set(names)) > 20


@pytest.mark.parametrize(
    ("body", "faulty"),
    [
        ("a\tb\nx\ty\nx\t\n", ["t.tsv:3: column 'b' is empty"]),
        ("a\tb\n\ty\nx\n", ["t.tsv:2: column 'a' is empty", "t.tsv:3: column 'b' is empty"]),
        ("a\nx\n", ["t.tsv:2: column 'b' is empty"]),
    ],
)
def test_all_faults_of_a_table_are_told(
    body: str, faulty: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "t.tsv").write_text(body, encoding="utf-8")
    monkeypatch.setattr(loader, "RULES", tmp_path)
    with pytest.raises(RuleError) as caught:
        read_rows("t.tsv", ("a", "b"))
    lines = str(caught.value).splitlines()
    assert len(lines) == len(faulty)
    assert all(line.startswith(fault) for line, fault in zip(lines, faulty, strict=True))


def test_an_unknown_word_class_is_named() -> None:
    with pytest.raises(RuleError, match=r"cell_words\.tsv: no class 'planet'"):
        word_class("cell_words.tsv", "planet")


def test_faulty_surface_rules_are_all_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "macros: {}\nrules:\n"
        '- {id: open, pattern: "{m:M}(", example: "a", counterexample: "b"}\n'
        '- {id: bare, pattern: "{m:M}", counterexample: "b"}\n'
        '- {id: short, pattern: "{m:M}", facts: ["X m"], example: "a", counterexample: "b"}\n'
        '- {id: good, pattern: "{m:M}", example: "a", counterexample: "b"}\n'
    )
    (tmp_path / "faulty.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(surface, "RULES", tmp_path)
    with pytest.raises(RuleError) as caught:
        load_rules("faulty.yaml")
    told = str(caught.value)
    assert all(f"'{name}'" in told for name in ("open", "bare", "short")) and "'good'" not in told
