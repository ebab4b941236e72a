"""A bracket behind a list of cells names the last of them, or says what all of them are."""

from __future__ import annotations

import pytest

from extractor.mentions import find_mentions
from extractor.relations.masking import mask
from extractor.relations.surface import read_surface


def same(text: str) -> list[tuple[list[str], list[str]]]:
    facts = read_surface(mask(text, 0, len(text), find_mentions(text)))
    return [([m.text for m in f.left], [m.text for m in f.right]) for f in facts if f.kind == "SAME"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("EVs of BxPC-3, PANC-1, and resistant PANC-1 (PANC-1/GR) cells rose.", ["resistant PANC-1"]),
        ("Monocytes and smooth muscle cells (SMCs) took up EVs.", ["smooth muscle cells"]),
        ("Smooth muscle cells (SMCs) took up EVs.", ["Smooth muscle cells"]),
        ("HOS and Saos-2 (osteosarcoma cells) took up EVs.", ["HOS", "Saos-2"]),
    ],
)
def test_whom_the_bracket_names(text: str, left: list[str]) -> None:
    assert [one for one, _ in same(text)] == [left]
