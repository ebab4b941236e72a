"""ZIP archives whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator

from extractor.writers.sink import Sink

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every member: the earliest that ZIP knows."""


def zipped(members: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """An archive of named members, in pieces, each written when it comes."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # as on Unix, wherever this runs
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
            yield sink.drain()
    yield sink.drain()


def members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The members of an archive in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for info in archive.infolist():
            yield info.filename, archive.read(info)
