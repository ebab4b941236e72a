"""What the parser sees of a word: counted by hand."""

from __future__ import annotations

import subprocess
import sys

import pytest

from extractor.components.lexeme import AFFIX_ROWS, NGRAM_ROWS, describe, normal_form, word_shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [("HUVECs", "XXXx"), ("miR-21", "xxX-dd"), ("TGF-β1", "XXX-xd"), ("12345", "ddd"), ("p53", "xdd")],
)
def test_shape(text: str, shape: str) -> None:
    assert word_shape(text) == shape


def test_digits_and_case_do_not_matter_to_the_vocabulary() -> None:
    assert normal_form("miR-21") == normal_form("MIR-29") == "mir-00"
    assert describe("miR-21", {"mir-00": 7}).word == 7
    assert describe("miR-210", {"mir-00": 7}).word == 0


def test_ngrams_are_those_of_two_to_five_letters_of_the_marked_word() -> None:
    # <ec> has 3 + 2 + 1 + 0 of them
    assert len(describe("EC", {}).ngrams) == 6
    assert set(describe("EC", {}).ngrams) == set(describe("ec", {}).ngrams)


def test_a_very_long_word_costs_no_more_than_24_letters() -> None:
    assert len(describe("x" * 5000, {}).ngrams) == len(describe("x" * 24, {}).ngrams) == 25 + 24 + 23 + 22


def test_rows_fit_the_tables() -> None:
    lexeme = describe("Zonula-Occludens-1", {})
    assert all(0 <= row < NGRAM_ROWS for row in lexeme.ngrams)
    assert all(0 <= row < AFFIX_ROWS for row in lexeme.affixes)


def test_rows_are_the_same_in_every_process() -> None:
    code = "from extractor.components.lexeme import describe; print(describe('exosomes', {}))"
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    assert other.stdout.strip() == str(describe("exosomes", {}))
