"""Blanking: what is left out of the parser's sight, whatever the edges of the blocks that it is read in."""

from __future__ import annotations

import io
import re

from hypothesis import given
from hypothesis import strategies as st

from extractor.readers.xml import _Blanked, _Bounded

TAGS = ("AuthorList", "ReferenceList")


def blanked(data: bytes, size: int = 1 << 15) -> bytes:
    stream = _Blanked(_Bounded(io.BytesIO(data)), TAGS)
    return b"".join(iter(lambda: stream.read(size), b""))


def test_wanted_bytes_stay_where_they_are() -> None:
    data = (
        b'<A>x<AuthorList Complete="Y">\n<b/>\n</AuthorList>y<AuthorList/><Title>z</Title>\n'
        b"<ReferenceList>1<ReferenceList>2</ReferenceList>3</ReferenceList >w<AuthorLists>v</AuthorLists></A>"
    )
    expected = re.sub(
        rb"<AuthorList .*</AuthorList>|<ReferenceList>.*</ReferenceList >",
        lambda match: re.sub(rb"[^\n]", b" ", match[0]),
        data,
        flags=re.DOTALL,
    )
    assert expected.count(b" ") > 80
    for size in (1, 7, 64, 65, 1000):
        assert blanked(data, size) == expected


def test_comments_and_cdata_end_the_blanking() -> None:
    for mark in (b"<!-- <AuthorList> -->", b"<![CDATA[<AuthorList>]]>"):
        data = b"<A>" + mark + b"x</A><AuthorList>y</AuthorList>"
        assert blanked(data) == data
        assert blanked(b" " * 5000 + data, 512) == b" " * 5000 + data


PIECE = st.sampled_from(
    [
        b"<AuthorList>",
        b"</AuthorList>",
        b"<ReferenceList a='b'>",
        b"</ReferenceList>",
        b"<x>",
        b"text\n",
        b"</x>",
    ]
)


@given(st.lists(PIECE, max_size=30), st.integers(1, 200))
def test_the_size_of_the_blocks_changes_nothing(pieces: list[bytes], size: int) -> None:
    data = b"".join(pieces)
    whole = blanked(data)
    assert blanked(data, size) == whole
    assert len(whole) == len(data)
    assert [i for i, byte in enumerate(whole) if byte == 10] == [
        i for i, byte in enumerate(data) if byte == 10
    ]
    assert all(a == b or a == 32 for a, b in zip(whole, data, strict=True))
