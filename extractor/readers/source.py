"""Bytes to read: opened and unpacked, in bounded memory, with what broke on the way kept for the end."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import BinaryIO, Final, Protocol, cast

from extractor.readers.problems import Report

MAX_RECORD: Final = 64 * 1024 * 1024
"""Bytes of the longest line, text file or list that is read; the whole of PubMed has none near it."""
HEAD: Final = 16 * 1024
_GZIP_MAGIC: Final = b"\x1f\x8b"
_BOM: Final = b"\xef\xbb\xbf"


class _Chunks(Protocol):
    def read1(self, size: int = ..., /) -> bytes: ...


class _Careful(io.RawIOBase):
    """Ends where its stream breaks, and remembers why: what came before is still worth reading."""

    def __init__(self, stream: _Chunks) -> None:
        self._stream = stream
        self.failure = ""
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = b"" if self.failure else self._next(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)

    def _next(self, size: int) -> bytes:
        try:
            return self._stream.read1(size)
        except EOFError:
            self.failure = "the gzip data ends too early; fetch the file again"
        except (gzip.BadGzipFile, zlib.error):
            self.failure = "the gzip data is damaged; fetch the file again"
        except OSError as error:
            self.failure = f"cannot be read further ({error.strerror or error})"
        return b""


class Source:
    """One input: its name, its bytes (unpacked), and the failure that cut them short, if any."""

    def __init__(self, name: str, stream: BinaryIO) -> None:
        """``name`` is the path as given; ``stream`` may be gzipped, which its first bytes tell."""
        self.name = name
        path = PurePath(name)
        path = path.with_suffix("") if path.suffix.lower() == ".gz" else path
        self.stem, self.suffix = path.stem, path.suffix.lower()
        self._raw = _Careful(_chunks(stream))
        packed = io.BufferedReader(self._raw, HEAD)
        zipped = packed.peek(2)[:2] == _GZIP_MAGIC
        self._careful = _Careful(gzip.GzipFile(fileobj=packed) if zipped else packed)
        self.stream = io.BufferedReader(self._careful, HEAD)

    @property
    def failure(self) -> str:
        """Why the bytes end before their end; known once they have been read."""
        return self._raw.failure or self._careful.failure

    @property
    def failed_at(self) -> str:
        """The position for that problem."""
        return f"byte {self._careful.count}"

    def head(self) -> bytes:
        """The first few thousand bytes without a byte order mark; they are still there to read."""
        return self.stream.peek(HEAD)[:HEAD].removeprefix(_BOM)

    def everything(self, report: Report) -> bytes | None:
        """All bytes, or None with a problem where they are too many or the stream broke."""
        data = self.stream.read(MAX_RECORD + 1)
        if len(data) > MAX_RECORD:
            report("", f"longer than {MAX_RECORD >> 20} MiB; split it")
            return None
        return None if self.failure else data

    def lines(self, report: Report) -> Iterator[tuple[int, str]]:
        """Numbered lines without their ends; one that is too long or not UTF-8 is a problem and left out."""
        number, offset = 0, 0
        while raw := self.stream.readline(MAX_RECORD + 1):
            number += 1
            size = len(raw)
            if self.failure and not raw.endswith(b"\n"):
                return  # half a line, where the stream broke
            if size > MAX_RECORD:
                report(f"line {number}", f"longer than {MAX_RECORD >> 20} MiB; is it one record a line?")
                size += self._skip_line(raw)
            elif (text := decoded(raw, report, f"line {number}", offset)) is not None:
                yield number, text.rstrip("\r\n").removeprefix("\ufeff" if number == 1 else "")
            offset += size

    def _skip_line(self, raw: bytes) -> int:
        skipped = 0
        while raw and not raw.endswith(b"\n"):
            raw = self.stream.readline(1 << 20)
            skipped += len(raw)
        return skipped


def decoded(data: bytes, report: Report, position: str, offset: int = 0) -> str | None:
    """The text of UTF-8 bytes that begin at ``offset`` of their file, or None with a problem."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") and not offset:
        report(position, "UTF-16 text; save it as UTF-8")
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        where = offset + error.start
        report(position, f"byte {where} (0x{data[error.start]:02x}) is not UTF-8; save the text as UTF-8")
        return None


def _chunks(stream: BinaryIO) -> _Chunks:
    # An unbuffered stream has no read1; its read gives what there is, which is the same.
    return cast(
        _Chunks, stream if hasattr(stream, "read1") else io.BufferedReader(cast(io.RawIOBase, stream))
    )


@contextmanager
def opened(name: str) -> Iterator[Source]:
    """The source of a path. Raises OSError."""
    with open(name, "rb") as stream:
        yield Source(name, stream)
