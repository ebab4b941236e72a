"""The format of a file by its name: the longest suffix of a table that the name ends in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class UnknownFormat(ValueError):
    """A file name whose suffix is in no table; the message lists those that are."""


def choose(path: Path, formats: Mapping[str, T]) -> T:
    """What stands for ``path`` by its suffix, whatever its case. Raises UnknownFormat.

    ``found.sssom.tsv`` is no ``.tsv``: of two suffixes that fit, the longer one tells.
    """
    fitting = [suffix for suffix in formats if path.name.lower().endswith(suffix)]
    if not fitting:
        raise UnknownFormat(f"cannot tell the format of {path.name!r}: let it end in {either(formats)}")
    return formats[max(fitting, key=len)]


def either(suffixes: Iterable[str]) -> str:
    """Suffixes for a sentence.

    >>> either([".jsonl", ".tsv", ".csv"]), either([".jsonl"])
    ('.jsonl, .tsv or .csv', '.jsonl')
    """
    *others, last = suffixes
    return f"{', '.join(others)} or {last}" if others else last
