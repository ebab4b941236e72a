"""How a command ends: what it says on standard error and which exit status it leaves."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import typer

DONE: Final = 0
SOME_UNREADABLE: Final = 1
REFUSED: Final = 2
INTERRUPTED: Final = 130


class Refused(Exception):
    """What was asked for cannot be done; the message tells the user why and what to do."""


@contextmanager
def ending() -> Iterator[None]:
    """Turns the ends that are nobody's bug into a line on standard error and an exit status.

    A closed pipe (``evmir ... | head``) is no error: whoever closed it had what they wanted.
    """
    try:
        # While ElementTree loads expat by itself, CPython takes Ctrl-C for a missing module and goes on.
        import xml.parsers.expat  # noqa: F401

        yield
        sys.stdout.flush()
    except Refused as refusal:
        say(f"evmir: {refusal}")
        raise typer.Exit(REFUSED) from None
    except BrokenPipeError:
        # Python would complain once more when it flushes standard output at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(DONE) from None
    except KeyboardInterrupt:
        say("evmir: interrupted")
        raise typer.Exit(INTERRUPTED) from None


def say(message: str) -> None:
    """One line on standard error, whatever characters a file name or a text brought into the message."""
    shown = "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in message)
    print(shown, file=sys.stderr)
