"""The component's bookkeeping, on a parser with random weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractor.components.biaffine import LONGEST, Trained, Types, _read
from extractor.components.network import Analysis, Floats, Ints, Packing

TEXTS = [
    "EVs of the cells carry miR-21 . They reach HUVECs .",
    "One.\n\nTwo words here.\n",
    "  Leading spaces and  double ones .",
    "",
    " \n ",
    "word",
]


def rows(doc: Doc) -> list[tuple[str, str, str, int, bool | None]]:
    return [(t.text, t.tag_, t.dep_, t.head.i, t.is_sent_start) for t in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_every_sentence_is_one_tree(tiny: Language, text: str) -> None:
    doc = tiny(text)
    assert doc.text == text
    for sent in doc.sents if len(doc) else ():
        assert [t.i for t in sent if t.head.i == t.i] == [sent.root.i]
        assert all(t.head in sent for t in sent)
        assert [t.dep_ for t in sent if t.dep_ == "ROOT"] == ["ROOT"]


def test_white_space_hangs_on_the_word_before_it(tiny: Language) -> None:
    doc = tiny("  a  b \n")
    spaces = [(t.i, t.head.i, t.tag_, t.dep_) for t in doc if t.is_space]
    assert spaces == [(0, 1, "_SP", "dep"), (2, 1, "_SP", "dep"), (4, 3, "_SP", "dep")]


def test_an_empty_line_ends_a_sentence_and_a_line_end_alone_does_not(tiny: Language) -> None:
    weights = dict(tiny.get_pipe("parser")._types.trained.weights)  # type: ignore[attr-defined]
    weights["split.out_bias"] = np.array([-1e9], dtype=np.float32)  # the splitter never fires
    old = tiny.get_pipe("parser")._types.trained  # type: ignore[attr-defined]
    tiny.get_pipe("parser").fill(Trained(old.words, old.tags, old.labels, weights))  # type: ignore[attr-defined]
    assert [s.text.strip() for s in tiny("a b\nc\n\nd e").sents] == ["a b\nc", "d e"]


def test_sentence_starts_of_the_caller_are_kept(tiny: Language) -> None:
    doc = tiny.make_doc("a b c d e f")
    for token in doc:
        token.is_sent_start = token.i in (0, 4)
    doc = tiny.get_pipe("parser")(doc)  # type: ignore[operator]
    assert [s.text for s in doc.sents] == ["a b c d", "e f"]


def test_a_sentence_start_counts_as_after_a_space(tiny: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    network, seen = tiny.get_pipe("parser")._types.network, list[list[int]]()  # type: ignore[attr-defined]
    analyse = network.analyse

    def recording(vectors: Floats, space: Ints, packing: Packing) -> list[Analysis]:
        seen.append(space.tolist())
        return list(analyse(vectors, space, packing))

    monkeypatch.setattr(network, "analyse", recording)
    doc = Doc(tiny.vocab, ["x", ".", "b", "c", "d"], spaces=[True, False, True, True, False])
    for token in doc:
        token.is_sent_start = token.i in (0, 2)
    tiny.get_pipe("parser")(doc)  # type: ignore[operator]
    # packed, longest first: b x c . d; 1 = a space follows, 2 = one precedes
    assert seen == [[3, 3, 3, 2, 2]]


@pytest.mark.parametrize("text", ["a b\nc d", "a b\n c d", "a b \nc d"])
def test_a_line_end_is_a_space_to_the_words_around_it(tiny: Language, text: str) -> None:
    types = tiny.get_pipe("parser")._types  # type: ignore[attr-defined]
    assert _read(tiny.make_doc(text), types).space.tolist() == [3, 3, 3, 2]


def test_a_sentence_without_end_is_cut(tiny: Language) -> None:
    doc = Doc(tiny.vocab, ["x"] * (2 * LONGEST + 1))
    for token in doc:
        token.is_sent_start = token.i == 0
    doc = tiny.get_pipe("parser")(doc)  # type: ignore[operator]
    assert [len(s) for s in doc.sents] == [LONGEST, LONGEST, 1]


def test_batches_of_any_size_give_the_same(tiny: Language) -> None:
    alone = [rows(tiny(text)) for text in TEXTS]
    tiny.get_pipe("parser").batch_tokens = 5  # type: ignore[attr-defined]
    assert [rows(doc) for doc in tiny.pipe(TEXTS, batch_size=2)] == alone
    assert [rows(doc) for doc in tiny.pipe(TEXTS[::-1])] == alone[::-1]


def test_the_same_after_saving_and_loading(tiny: Language, tmp_path: Path) -> None:
    tiny.to_disk(tmp_path / "p")
    loaded = spacy.load(tmp_path / "p")
    copied = spacy.blank("en")
    copied.add_pipe("evmir_biaffine", name="parser")
    copied.from_bytes(tiny.to_bytes())
    for text in TEXTS:
        assert rows(loaded(text)) == rows(copied(text)) == rows(tiny(text))


def test_two_processes_give_the_same(tiny: Language) -> None:
    alone = [rows(tiny(text)) for text in TEXTS]
    assert [rows(doc) for doc in tiny.pipe(TEXTS, n_process=2, batch_size=2)] == alone


def test_a_parser_without_weights_says_so() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("evmir_biaffine", name="parser")
    with pytest.raises(RuntimeError, match="'parser' has no weights"):
        nlp("a b")
    assert nlp.pipe_labels == {"parser": []}


def test_the_cache_grows_and_keeps_its_rows(trained: Trained, tiny: Language) -> None:
    parser = tiny.get_pipe("parser")
    types: Types = parser._types  # type: ignore[attr-defined]
    first = rows(tiny("alpha beta gamma"))
    tiny(" ".join(f"w{i}" for i in range(3000)))
    assert len(types.row) == 3003
    assert len(types.vectors) == 4096
    assert rows(tiny("alpha beta gamma")) == first
