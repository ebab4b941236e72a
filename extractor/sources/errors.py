"""What can go wrong between here and a service, told in lines that a user can act on."""

from __future__ import annotations


class SourceError(Exception):
    """A service or the store cannot give what was asked for; the message says why and what to do."""


class Unavailable(SourceError):
    """A service did not answer properly, however often it was asked; the same run later may work."""


class Rejected(SourceError):
    """A service understood and refused: asking again the same way gives the same."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status
        """The HTTP status, 0 where there is none."""


class BadAnswer(Exception):
    """An answer that cannot be what was meant (cut short, malformed, an error in disguise): ask again."""
