"""Where a command's results go: a file that appears whole or not at all, standard output, a terminal."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Generic, TypeVar

from extractor.cli.ending import Refused

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")
Writer = Callable[[Iterable[T]], Iterator[bytes]]
Show = Callable[[Iterable[T], "Console"], int]


class Output(Generic[T]):
    """The place that ``-o`` names (None: standard output), with the format that suits it.

    ``writers`` gives the writer by suffix, ``show`` prints for a person. Raises Refused for a suffix
    that has no writer and for a file that is one of the inputs.
    """

    def __init__(
        self, path: Path | None, inputs: Iterable[str], writers: Mapping[str, Writer[T]], show: Show[T]
    ) -> None:
        self.path = None if path is None or str(path) == "-" else path
        self._show = show
        self._writer = writers[".jsonl"] if self.path is None else _choose(self.path, writers)
        if self.path is not None:
            _refuse_input(self.path, inputs)

    def write(self, results: Iterable[T]) -> None:
        """Writes all results; when they or the writing fail, a file that was there stays as it was."""
        if self.path is not None:
            self._write_file(self.path, results)
        elif sys.stdout.isatty():
            self._show(results, console())
            sys.stdout.flush()
        else:
            sys.stdout.flush()
            sys.stdout.buffer.writelines(self._writer(results))
            sys.stdout.buffer.flush()

    def _write_file(self, path: Path, results: Iterable[T]) -> None:
        from extractor.writers import Unwritable

        try:
            with replacing(path) as stream:
                stream.writelines(self._writer(results))
        except Unwritable as error:
            raise Refused(str(error)) from error


def console() -> Console:
    """Standard output for people; of a fixed width where it is no terminal, for the same bytes anywhere."""
    from rich.console import Console

    class Screen(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # for ending(), where rich would exit with status 1

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 120
    return Screen(highlight=False, width=width)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A stream to a new file that takes the place of ``path`` at the end, or vanishes on any exception.

    A pipe or a device is written to directly. Raises Refused when the system does not let us write.
    """
    try:
        path = path.resolve()  # through a link, to the file it leads to
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
            return
        with _temporary(path) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Refused(f"cannot write {path}: {error.strerror or error}") from error


@contextmanager
def _temporary(path: Path) -> Iterator[IO[bytes]]:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("xb") as stream:
            yield stream
        if path.exists():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _choose(path: Path, writers: Mapping[str, Writer[T]]) -> Writer[T]:
    from extractor.writers import UnknownFormat, choose

    try:
        return choose(path, writers)
    except UnknownFormat as error:
        raise Refused(str(error)) from error


def _refuse_input(path: Path, inputs: Iterable[str]) -> None:
    for name in inputs:
        if name != "-" and path.exists() and Path(name).exists() and path.samefile(name):
            raise Refused(f"{path} is an input: writing there would destroy it; choose another name for -o")
