"""From the arguments of a command to sources: files as they are, folders file by file, standard input."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from extractor.readers.formats import known_suffix
from extractor.readers.problems import Problem
from extractor.readers.source import Source, opened

Tell = Callable[[Problem], None]


def sources(inputs: Iterable[str | Path], tell: Tell, stdin: IO[Any] | None) -> Iterator[Source]:
    """An open source for each file; a path that cannot be opened is a problem."""
    for name in (os.fspath(path) for path in inputs):
        if name == "-":
            yield Source("stdin", _binary(stdin or sys.stdin))
            continue
        for path in _files(name, tell):
            try:
                with opened(path) as source:
                    yield source
            except OSError as error:
                tell(Problem(path, "", _reason(error)))
            except ValueError:  # a NUL in the name
                tell(Problem(path, "", "no possible file name; correct it"))


def _binary(stream: IO[Any]) -> BinaryIO:
    """The bytes below a text stream; those of one that has none, such as a StringIO, as UTF-8."""
    if hasattr(stream, "buffer"):
        return cast(BinaryIO, stream.buffer)
    if hasattr(stream, "encoding"):
        return io.BytesIO(stream.read().encode("utf-8", "replace"))
    return cast(BinaryIO, stream)


def _files(name: str, tell: Tell) -> Iterator[str]:
    """The path itself, or what of a folder is readable: known suffixes, sorted, hidden ones left out."""
    if not os.path.isdir(name):
        yield name
        return
    count = 0
    unreadable: list[OSError] = []
    for folder, folders, files in os.walk(name, onerror=unreadable.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            if _is_known(file):
                count += 1
                yield os.path.join(folder, file)
    for error in unreadable:
        tell(Problem(str(error.filename), "", _reason(error)))
    if not count and not unreadable:
        tell(
            Problem(name, "", "no file of a known format in this folder; name the file itself if it has one")
        )


def _is_known(file: str) -> bool:
    path = Path(file.lower().removesuffix(".gz"))
    return not file.startswith(".") and known_suffix(path.suffix)


def _reason(error: OSError) -> str:
    advice = {
        "FileNotFoundError": "no such file or folder; check the path",
        "PermissionError": "may not be read; change its permissions",
    }
    return advice.get(type(error).__name__, f"cannot be read ({error.strerror or error})")
