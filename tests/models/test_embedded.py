"""The shipped pipeline on sentences written for this test, and on a piece of a treebank if there is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from extractor.model import load_model


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model()


def arcs(doc: Doc) -> set[tuple[str, str, str]]:
    return {(t.text, t.dep_, t.head.text) for t in doc}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hsa-miR-21-5p (let-7a-3p) rose.", ["hsa-miR-21-5p", "(", "let-7a-3p", ")", "rose", "."]),
        ("miR-21-5p-mediated loss", ["miR-21-5p-mediated", "loss"]),
        ("miR-17-92 and microRNA-155*, too", ["miR-17-92", "and", "microRNA-155*", ",", "too"]),
        ("CD4+ cells at 4 °C +/- NF-kappaB.", ["CD4+", "cells", "at", "4", "°C", "+/-", "NF-kappaB", "."]),
        ("E. coli, miRNA-free", ["E.", "coli", ",", "miRNA-free"]),
    ],
)
def test_tokens(nlp: Language, text: str, words: list[str]) -> None:
    assert [t.text for t in nlp.make_doc(text)] == words


def test_donor_and_recipient_hang_on_the_verb(nlp: Language) -> None:
    found = arcs(nlp("miR-21-5p was transferred from fibroblasts to cancer cells."))
    assert {
        ("miR-21-5p", "nsubjpass", "transferred"),
        ("fibroblasts", "nmod", "transferred"),
        ("cells", "nmod", "transferred"),
        ("from", "case", "fibroblasts"),
        ("to", "case", "cells"),
        ("cancer", "compound", "cells"),
    } <= found


def test_participles_and_relative_clauses_hang_on_their_noun(nlp: Language) -> None:
    found = arcs(nlp("Exosomes secreted by macrophages carry miR-223, which suppresses MEF2C."))
    assert ("secreted", "acl", "Exosomes") in found
    assert ("macrophages", "nmod", "secreted") in found
    assert ("miR-223", "dobj", "carry") in found
    assert ("suppresses", "acl:relcl", "miR-223") in found
    assert ("MEF2C", "dobj", "suppresses") in found


def test_coordination(nlp: Language) -> None:
    found = arcs(nlp("Exosomal miR-21 reached macrophages and suppressed PTEN and KLF2."))
    assert ("suppressed", "conj", "reached") in found  # not: the macrophages and the PTEN were reached
    assert ("PTEN", "dobj", "suppressed") in found
    assert ("KLF2", "conj", "PTEN") in found


def test_sentences(nlp: Language) -> None:
    text = "Exosomes reached E. coli at 4 °C. miR-21 fell by 3.5 vs. control. CD4+ T cells did not respond."
    assert [s.text[:6] for s in nlp(text).sents] == ["Exosom", "miR-21", "CD4+ T"]


def test_lemmas_and_parts_of_speech(nlp: Language) -> None:
    doc = nlp("The exosomes were carrying microvesicles and suppressed migration.")
    assert [t.lemma_ for t in doc if t.pos_ in ("NOUN", "VERB")] == [
        "exosome", "carry", "microvesicle", "suppress", "migration",
    ]  # fmt: skip


def test_a_treebank_sample_keeps_its_score(nlp: Language, shared: Path) -> None:
    """Heads of words on gold tokens; 1,000 sentences of the dev part score 0.91."""
    path = shared / "train" / "treebank" / "genia_dev.spacy"
    if not path.exists():
        pytest.skip(f"no treebank {path}")
    right = total = 0
    for gold in list(DocBin().from_disk(path).get_docs(nlp.vocab))[:20]:
        doc = Doc(nlp.vocab, [t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold])
        doc = nlp.get_pipe("parser")(doc)  # type: ignore[operator]
        scored = [(a.head.i, b.head.i) for a, b in zip(gold, doc, strict=True) if a.dep_ != "punct"]
        right += sum(a == b for a, b in scored)
        total += len(scored)
    assert right / total > 0.88
