"""Lists of cells that print their common head once, and what only looks like one."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.components.cells import find_cells
from extractor.relations.entities import gather


def names(text: str) -> list[str]:
    return [m.name for m in find_cells(text) if m.label == "CELL"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M1 and M2 macrophages", ["M1 macrophages", "M2 macrophages"]),
        ("M1/M2 macrophages", ["M1 macrophages", "M2 macrophages"]),
        ("CD4+ and CD8+ T cells", ["CD4+ T cells", "CD8+ T cells"]),
        ("T and B cells", ["T cells", "B cells"]),
        ("lung and breast cancer cells", ["lung cancer cells", "breast cancer cells"]),
        (
            "lung, breast and colon cancer cells",
            ["lung cancer cells", "breast cancer cells", "colon cancer cells"],
        ),
        ("normoxic and hypoxic glioma cells", ["normoxic glioma cells", "hypoxic glioma cells"]),
        ("bone marrow- and adipose-derived MSCs", ["bone marrow-derived MSCs", "adipose-derived MSCs"]),
        ("tumor and immune cells", ["tumor cells", "immune cells"]),
        ("resting and activated NK cells", ["resting NK cells", "activated NK cells"]),
        (
            "human lung and metastatic breast cancer cells",
            ["human lung cancer cells", "metastatic breast cancer cells"],
        ),
    ],
)
def test_each_member_is_a_cell(text: str, expected: list[str]) -> None:
    assert names(f"We grew {text} here.") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the heart and cardiac fibroblasts", ["cardiac fibroblasts"]),
        ("lung and endothelial cells", ["endothelial cells"]),
        ("cancer and cancer stem cells", ["cancer stem cells"]),
        ("miR-21 and M2 macrophages", ["M2 macrophages"]),
        ("survival, invasion and lung cancer cells", ["lung cancer cells"]),
        ("lung, breast cancer cells", ["breast cancer cells"]),
    ],
)
def test_other_words_before_a_cell_share_nothing(text: str, expected: list[str]) -> None:
    assert names(f"We saw {text} here.") == expected


def test_members_are_two_cells_with_names_written_out() -> None:
    mentions = find_cells("M1 and M2 macrophages met M1 macrophages.")
    entities = gather(mentions, {}).all("CELL")
    assert [e.forms for e in entities] == [("M1 macrophages",), ("M2 macrophages",)]


WORDS = [
    "lung",
    "and",
    "breast",
    "M1",
    "M2",
    "macrophages",
    "cancer",
    "cells",
    ",",
    "/",
    "bone",
    "marrow-",
    "T",
    "(",
    "-",
]


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from(["", " "]))
def test_any_list_gives_mentions_in_place(words: list[str], joint: str) -> None:
    text = (joint or " ").join(words) if joint else "".join(words)
    found = find_cells(text)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
