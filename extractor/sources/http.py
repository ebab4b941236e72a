"""One polite way to ask a service: at the common pace, and again when it stumbles."""

from __future__ import annotations

import email.utils
import random
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urljoin, urlsplit

from extractor import __version__
from extractor.sources.errors import BadAnswer, Rejected, SourceError, Unavailable
from extractor.sources.pace import MAX_HOLD, Pace
from extractor.sources.settings import TOOL, Settings

if TYPE_CHECKING:
    import requests

T = TypeVar("T")

CONNECT: Final = 20.0
"""Seconds to wait for a connection."""
WHOLE: Final = 600.0
"""Seconds for a whole answer: a server that drips must not hold us for ever."""
LONGEST_PAUSE: Final = 60.0
_PIECE: Final = 1 << 16
_TRY_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_NOT_MODIFIED: Final = 304
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Service:
    """A service to ask: its name in messages, its address, how often it may be asked."""

    name: str
    url: str
    rate: float


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask. A ``form`` is sent by POST: long queries fit, and what it holds is in nobody's logs."""

    service: Service
    path: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None
    headers: Callable[[], Mapping[str, str]] = dict
    """Called before each attempt: how much of a file is there already changes between two."""


class Answer:
    """An answer whose body is still on its way."""

    def __init__(self, response: requests.Response, secret: str = "") -> None:
        """``secret`` is what nobody may read in it: services quote the API key in their errors."""
        self._secret = secret.encode()
        self.status = response.status_code
        self.headers = response.headers
        self._response = response

    @property
    def unchanged(self) -> bool:
        """What we have (we told its ETag) is still right."""
        return self.status == _NOT_MODIFIED

    def pieces(self) -> Iterator[bytes]:
        """The body, unpacked, as it comes. Raises BadAnswer when it takes for ever."""
        until = time.monotonic() + WHOLE
        for piece in self._response.iter_content(_PIECE):
            if time.monotonic() > until:
                raise BadAnswer(f"not all of it came within {WHOLE:.0f} s")
            yield piece

    def body(self) -> bytes:
        """All of it, without the secret."""
        whole = b"".join(self.pieces())
        return whole.replace(self._secret, b"***") if self._secret else whole


class Session:
    """Asks services for all threads of this process; made once, closed at the end."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pace = Pace(settings.cache / "pace.sqlite")
        self._local = threading.local()  # the library's sessions are not made for several threads
        self._closing = threading.Event()

    def close(self) -> None:
        """Threads that wait for their turn give up at once."""
        self._closing.set()

    def ask(self, request: Request, read: Callable[[Answer], T]) -> T:
        """What ``read`` makes of the answer; asked again while it raises BadAnswer or the service stumbles.

        Raises Rejected where the service refuses, and Unavailable after ``settings.attempts`` in vain.
        """
        failure = ""
        for attempt in range(self._settings.attempts):
            if attempt:
                self._sleep(self._pause(attempt))
            try:
                return self._once(request, read)
            except _transient() as error:
                failure = self._told(error)
        raise Unavailable(
            f"{request.service.name} gave no proper answer to {self._settings.attempts} attempts "
            f"(the last: {failure}); run the same command again later"
        )

    def _once(self, request: Request, read: Callable[[Answer], T]) -> T:
        import requests

        service = request.service
        try:
            with self._pace.turn(_key(service), service.rate, self._sleep):
                response = self._send(request)
            with response:
                answer = Answer(response, self._settings.api_key)
                self._check(service, answer)
                return read(answer)
        except requests.exceptions.SSLError as error:
            raise Rejected(
                f"the certificate of {urlsplit(service.url).hostname} could not be verified; "
                "is a proxy in between? REQUESTS_CA_BUNDLE names a file of certificates to trust"
            ) from error
        except (requests.exceptions.InvalidURL, requests.exceptions.TooManyRedirects) as error:
            raise Rejected(f"{service.name} cannot be asked at {service.url}; correct the address") from error

    def _send(self, request: Request) -> requests.Response:
        return self._session().request(
            "GET" if request.form is None else "POST",
            urljoin(request.service.url, request.path),
            params=request.params,
            data=request.form,
            headers=dict(request.headers()),
            timeout=(CONNECT, self._settings.timeout),
            stream=True,
        )

    def _session(self) -> requests.Session:
        """This thread's connections; proxies and certificates as the environment says."""
        import requests

        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
            contact = f" (mailto:{self._settings.email})" if self._settings.email else ""
            self._local.session.headers["User-Agent"] = f"{TOOL}/{__version__}{contact}"
        session: requests.Session = self._local.session
        return session

    def _check(self, service: Service, answer: Answer) -> None:
        if answer.status in _TRY_AGAIN:
            self._heed(service, answer.headers.get("Retry-After", ""))
            raise BadAnswer(f"HTTP status {answer.status}")
        if answer.status >= 400:
            said = readable(answer.body())
            detail = f"HTTP status {answer.status}{said and ': ' + said}"
            raise Rejected(f"{service.name} refused ({detail})", answer.status)

    def _heed(self, service: Service, retry_after: str) -> None:
        """Makes everybody wait as long as the service wants. Raises Unavailable where that is too long."""
        seconds = _seconds(retry_after)
        if seconds > MAX_HOLD:
            raise Unavailable(
                f"{service.name} asks to wait {seconds / 60:.0f} minutes; run the same command again then"
            )
        if seconds > 0:
            self._pace.hold(_key(service), seconds)

    def _pause(self, attempt: int) -> float:
        """Twice as long from one attempt to the next, and at random, so that not all come back at once."""
        return min(LONGEST_PAUSE, self._settings.pause * 2.0 ** (attempt - 1)) * random.uniform(0.5, 1.0)

    def _sleep(self, seconds: float) -> None:
        if self._closing.wait(max(0.0, seconds)):
            raise SourceError("stopped before everything was asked")

    def _told(self, error: Exception) -> str:
        """Why an attempt failed, without what libraries put into their messages: addresses and parameters."""
        import requests

        if isinstance(error, BadAnswer):
            return str(error)
        if isinstance(error, requests.exceptions.Timeout):
            return f"no byte within {self._settings.timeout:g} s"
        if isinstance(error, requests.exceptions.ConnectionError):
            return "no connection"
        return "the connection broke off"


def readable(body: bytes) -> str:
    """The beginning of an answer as one line for a message, tags and control characters dropped."""
    text = _TAG.sub(" ", body.decode("utf-8", "replace"))
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]


def _transient() -> tuple[type[Exception], ...]:
    import requests

    broken = requests.exceptions
    return (
        BadAnswer,
        broken.ConnectionError,
        broken.Timeout,
        broken.ChunkedEncodingError,
        broken.ContentDecodingError,
    )


def _key(service: Service) -> str:
    """What shares a pace: all that lies on one server."""
    return urlsplit(service.url).netloc


def _seconds(retry_after: str) -> float:
    """From either form of the header, seconds or a date; 0 where it says nothing usable."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        until = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    return max(0.0, until.timestamp() - time.time())
