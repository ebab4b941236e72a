"""What the services need to know about us, and where things are: options, environment, a file, defaults.

The file is ``config.ini`` in ``$XDG_CONFIG_HOME/evmir`` (``~/.config/evmir``), with a section ``[evmir]`` and
a line for each field of `Settings` that differs, e.g. ``email = me@example.org``. In the environment the
fields are ``EVMIR_EMAIL``, ``EVMIR_STORE`` and so on; the API key is ``NCBI_API_KEY``.
"""

from __future__ import annotations

import configparser
import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from extractor.sources.errors import SourceError

TOOL: Final = "evmir"
RATE: Final = 3.0
"""Requests a second that NCBI allows without an API key; also what is asked of Europe PMC at most."""
RATE_WITH_KEY: Final = 10.0
_EUTILS: Final = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
_IDCONV: Final = "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles/"
_EUROPEPMC: Final = "https://www.ebi.ac.uk/europepmc/webservices/rest/"
_FILES: Final = "https://ftp.ncbi.nlm.nih.gov/pubmed/"


def _folder(variable: str, default: str) -> Path:
    """``evmir`` in the folder of a kind that the XDG base directory specification names."""
    return Path(os.environ.get(variable) or Path.home() / default) / TOOL


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that may differ between users and servers; printing it shows no key."""

    email: str = ""
    api_key: str = field(default="", repr=False)
    store: Path = field(default_factory=lambda: _folder("XDG_DATA_HOME", ".local/share") / "store")
    """Where fetched records are kept."""
    cache: Path = field(default_factory=lambda: _folder("XDG_CACHE_HOME", ".cache"))
    """Where all processes of a user keep the pace together."""
    eutils_url: str = _EUTILS
    idconv_url: str = _IDCONV
    europepmc_url: str = _EUROPEPMC
    files_url: str = _FILES
    """The folder of ``baseline/`` and ``updatefiles/``."""
    rate: float = 0.0
    """Requests a second; 0 for what the service allows. A public service is never asked more often."""
    timeout: float = 60.0
    """Seconds without a byte before a connection counts as dead."""
    attempts: int = 6
    pause: float = 1.0
    """Seconds before the second attempt; they double from one to the next."""
    workers: int = 3
    """Requests under way at once."""
    batch: int = 200
    """Records in one request."""
    page: int = 5000
    """Identifiers in one request."""
    limit: int = 9999
    """Hits of one search that PubMed lists; what has more is split by date."""

    def pace(self, url: str, allowed: float) -> float:
        """Requests a second for a service: ours to choose only where the server is not a public one."""
        public = url in (_EUTILS, _IDCONV, _EUROPEPMC, _FILES)
        return min(self.rate or allowed, allowed) if public else self.rate or allowed


def load_settings(**options: object) -> Settings:
    """Settings from options (None: not given), then the environment, then the file, then defaults.

    Raises SourceError naming what is wrong and where it stands; the API key is never part of a message.
    """
    known = {f.name for f in fields(Settings)}
    values: dict[str, Any] = {}
    for origin, found in (_from_file(known), _from_environment(known)):
        for name, text in found.items():
            values[name] = _converted(name, text, origin)
    values.update({name: value for name, value in options.items() if value is not None})
    settings = Settings(**values)
    _check(settings)
    return settings


def _from_environment(known: set[str]) -> tuple[str, dict[str, str]]:
    names = {name: f"EVMIR_{name.upper()}" for name in known} | {"api_key": "NCBI_API_KEY"}
    return "the environment", {name: os.environ[v] for name, v in names.items() if os.environ.get(v)}


def _from_file(known: set[str]) -> tuple[str, Mapping[str, str]]:
    path = _folder("XDG_CONFIG_HOME", ".config") / "config.ini"
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read(path, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError, OSError) as error:
        # The library's message quotes the line, which may hold the key.
        where = f", line {error.lineno}" if isinstance(error, configparser.MissingSectionHeaderError) else ""
        raise SourceError(
            f"{path}{where}: cannot be read; write [evmir], then lines 'name = value'"
        ) from None
    found = dict(parser["evmir"]) if parser.has_section("evmir") else {}
    unknown = sorted(found.keys() - known)
    if unknown:
        raise SourceError(f"{path}: no setting is named {unknown[0]!r}; there are {', '.join(sorted(known))}")
    return str(path), {name: text.strip("\"'") for name, text in found.items() if text.strip("\"'")}


def _converted(name: str, text: str, origin: str) -> object:
    convert = _TYPES.get(name, str)
    try:
        return convert(text.strip())
    except ValueError:
        raise SourceError(
            f"{name} in {origin} is {text!r}, which is no positive number; correct it"
        ) from None


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise ValueError
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _path(text: str) -> Path:
    return Path(text).expanduser()


_TYPES: Final[Mapping[str, Callable[[str], object]]] = {
    **dict.fromkeys(("store", "cache"), _path),
    **dict.fromkeys(("rate", "timeout", "pause"), _positive),
    **dict.fromkeys(("attempts", "workers", "batch", "page", "limit"), _count),
}


def _check(settings: Settings) -> None:
    for name in ("eutils_url", "idconv_url", "europepmc_url", "files_url"):
        parts = urlsplit(getattr(settings, name))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SourceError(f"{name} is no address: let it begin with https:// and a host")
        if settings.api_key and parts.scheme == "http" and not _is_loopback(parts.hostname):
            raise SourceError(f"{name} begins with http://, over which an API key can be read; use https://")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
