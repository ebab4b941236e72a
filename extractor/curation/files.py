"""Files that are replaced whole or not at all, and never over someone else's change."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path


class FileChanged(ValueError):
    """A file is not the one that was read; the message says what to do."""


def digest(data: bytes) -> str:
    """The content's SHA-256 in hex digits."""
    return hashlib.sha256(data).hexdigest()


def read_or_empty(path: Path) -> bytes:
    """The bytes of a file, none where there is no file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def replace(path: Path, data: bytes, expected: str | None = None) -> None:
    """Put ``data`` in the place of the file, on disk before the old bytes go.

    ``expected``: the digest of what was read; raises FileChanged when the file has another one by now.
    Raises OSError when the system does not let us write; the old file then stands.
    """
    path = path.resolve()  # through a link, to the file it leads to
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        _refuse_changed(path, expected)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _refuse_changed(path: Path, expected: str | None) -> None:
    if expected is not None and digest(read_or_empty(path)) != expected:
        raise FileChanged(changed(path))


def changed(path: Path) -> str:
    """What to say of a file that somebody changed meanwhile."""
    return f"{path} was changed while this ran; it was not overwritten: run the command again"
