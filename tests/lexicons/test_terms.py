"""Folding: what meets under one key, and what must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.lexicons.terms import fold, latin, squash


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("TGF-β1", "tgf beta1"),
        ("NF‑κB", "nf-kappab"),
        ("HIF-1\u03b1", "Hif1alpha"),
        ("MDA-MB-231", "mda mb 231"),
        ("Wharton’s jelly", "wharton's jelly"),
        ("\uff2d\uff23\uff26-7", "MCF7"),
        ("µ-opioid", "mu opioid"),
        ("\u03a3S", "sigmas"),
    ],
)
def test_variants_share_a_key(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize(("left", "right"), [("CD4+", "CD4"), ("IL-1/2", "IL-12"), ("miR-21", "miR-21a")])
def test_different_names_keep_different_keys(left: str, right: str) -> None:
    assert fold(left) != fold(right)


def test_squash_keeps_case_but_not_hyphens() -> None:
    assert squash("NF-κB") == "NFkappaB"
    assert squash("Set") != squash("SET")


def test_latin_gives_the_letter_of_gene_symbols() -> None:
    assert latin("TGFβ1") == "TGFb1"
    assert latin("PRKAα") == "PRKAa"


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
