"""Where the files that travel with the package lie: in a wheel, or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """The path of a file or folder below ``models/``, ``corpus/`` or ``gold/``.

    A wheel carries them in ``extractor/_data``; in a checkout they are the package's neighbours.
    Raises FileNotFoundError naming both places when neither has it.
    """
    candidates = [_PACKAGE / "_data" / Path(*parts), _PACKAGE.parent / Path(*parts)]
    for candidate in candidates:
        if candidate.exists():
            return candidate
    raise FileNotFoundError(
        f"{'/'.join(parts)} is missing; looked in {candidates[0]} and {candidates[1]}. "
        "Reinstall evmir, or run from a complete checkout."
    )
