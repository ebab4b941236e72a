"""A file that is handed on while it is written: for libraries that want a file and do not look back."""

from __future__ import annotations

import io


class Sink(io.RawIOBase):
    """Takes bytes as a file does, knows how many there were, and gives them away.

    >>> sink = Sink(); _ = sink.write(b"ab"); sink.drain(), sink.drain(), sink.tell()
    (b'ab', b'', 2)
    """

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._position = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | bytearray | memoryview, /) -> int:  # type: ignore[override]
        size = memoryview(data).nbytes
        self._waiting += data
        self._position += size
        return size

    def tell(self) -> int:
        return self._position

    def drain(self) -> bytes:
        """What was written since the last call."""
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken
