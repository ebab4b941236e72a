"""Words in pieces: greedy from the left, names by kind and letter, whole sentences in a window."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.relations.sequence import END, Place, Row
from extractor.relations.wordpiece import SPECIAL, STOP, UNKNOWN, Pieces, plain, shown, windows
from extractor.types import Mention

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LIST = [*SPECIAL, *LETTERS, *(f"##{c}" for c in LETTERS), "exo", "##some", "##so", "cell", "rel", "##eas"]
PIECES = Pieces(LIST)


def named(word: str) -> list[str]:
    return [LIST[n] for n in PIECES.of_word(word)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("exosome", ["exo", "##some"]),  # the longest piece, not "##so"
        ("Exosomes", ["exo", "##some", "##s"]),
        ("released", ["rel", "##eas", "##e", "##d"]),
        ("éa", ["e", "##a"]),  # accents do not count
        ("a7", ["[UNK]"]),  # no piece has the 7
        ("µ", ["[UNK]"]),
        ("abcdefgh", ["a", "##b", "##c", "##d", "##e", "##f"]),  # six pieces are read
    ],
)
def test_the_pieces_of_a_word(word: str, expected: list[str]) -> None:
    assert named(word) == expected


@given(st.text(LETTERS, min_size=1, max_size=6))
def test_pieces_put_together_are_the_word(word: str) -> None:
    found = named(word)
    assert "".join(p.removeprefix("##") for p in found) == word
    assert [p.startswith("##") for p in found] == [False] + [True] * (len(found) - 1)


@given(st.text(max_size=12))
def test_no_word_is_without_pieces(word: str) -> None:
    assert 1 <= len(PIECES.of_word(word)) <= 6


def test_plain_letters() -> None:
    assert plain("Ménière Ångström") == "meniere angstrom"


def place(index: int, key: str) -> Place:
    return Place(index, key, Mention("CELL", index, index + 1, key), ())


def test_names_are_shown_by_kind_and_letter() -> None:
    words = ("<C>", "give", "<M>", "to", "<C>", END, "<C>", "<V>", "<C>", END)
    places = (place(0, "T"), place(2, "miR-1"), place(4, "B"), place(6, "T"))
    row = Row(words, (0,) * 10, places, words)
    assert shown(row) == [
        "cell a", "give", "mirna a", "to", "cell b", END, "cell a", "exosomes", "cells", END,
    ]  # fmt: skip


def test_a_word_of_two_words_and_the_end() -> None:
    assert [LIST[n] for n in PIECES.of_shown(["cell a"])[0]] == ["cell", "a"]
    assert PIECES.of_shown([END]) == [(STOP,)]


@given(st.lists(st.sampled_from([(9,), (9, 9), (9, 9, 9), (STOP,)]), max_size=40), st.integers(3, 12))
def test_windows_hold_every_word_once_and_are_short(pieces: list[tuple[int, ...]], longest: int) -> None:
    found = windows(pieces, longest)
    assert [n for window in found for n in window] == [*range(len(pieces))]
    assert all(sum(len(pieces[n]) for n in window) <= longest for window in found)
    for before, after in pairwise(found):
        whole = pieces[before[-1]] == (STOP,)
        sentence = pieces[after[0] :]
        length = next((i + 1 for i, p in enumerate(sentence) if p == (STOP,)), len(sentence))
        # a window ends inside a sentence only where the sentence alone is too long
        assert whole or sum(map(len, pieces[before[0] : after[0] + length])) > longest


def test_the_first_entries_are_the_marks() -> None:
    assert (UNKNOWN, STOP) == (1, 3)
