"""Who may talk to the review, and what a page may do: hosts, token, forged requests, content policy.

The server listens on loopback unless told otherwise, but any page in the curator's browser can send requests
there. So a request must name a host that is ours (against DNS rebinding), a change must carry the secret that
only our own pages hold and come from our own origin, and no page runs anything that is not a file of ours.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # 'no-referrer' would also blank the Origin that we check
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TOKEN_COOKIE: Final = "evmir-token"


@dataclass(frozen=True, slots=True)
class Settings:
    """``host``: the address to listen on; ``token``: what a browser must show once, empty for none;
    ``curator``: who a browser that has not said is; ``secret``: made anew for every run."""

    host: str = "127.0.0.1"
    token: str = ""
    curator: str = ""
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))


def is_loopback(host: str) -> bool:
    """Can this address be reached from this machine alone?"""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def allowed_host(header: str, host: str) -> bool:
    """May a request name this host? Its port may be any: it changes when a port is forwarded.

    A rebound name is never an address and never ours, so addresses may pass where the server is open to
    others; on loopback only loopback may.

    >>> [allowed_host(h, "127.0.0.1") for h in ("localhost:8765", "[::1]:80", "evil.example", "10.0.0.7", "")]
    [True, True, False, False, False]
    """
    try:
        name = urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return False
    if is_loopback(name) or (name and name == host.lower()):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return not is_loopback(host)


def same(given: str, wanted: str) -> bool:
    """Are two secrets equal? Takes as long whether they begin alike or not."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode("utf-8"))


def own_origin(headers: Headers) -> bool:
    """Did a page of ours send this? Browsers tell by ``Origin`` and ``Sec-Fetch-Site``; programs need not."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site", "same-origin")
    if site not in ("same-origin", "none"):
        return False
    return origin is None or origin.partition("://")[2] == headers.get("host")


class Guard:
    """Lets through what may pass, with the headers that every answer carries."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._refusal(Request(scope))
        await (refusal or self._app)(scope, receive, guarded)

    def _refusal(self, request: Request) -> Response | None:
        if not allowed_host(request.headers.get("host", ""), self._settings.host):
            return PlainTextResponse("This host name is not that of the review.", 421)
        token = self._settings.token
        if not token or same(request.cookies.get(TOKEN_COOKIE, ""), token):
            return None
        if request.method == "GET" and same(request.query_params.get("token", ""), token):
            return self._admitted(request)
        return PlainTextResponse("Open the address that evmir review printed, with its token.", 403)

    def _admitted(self, request: Request) -> Response:
        """The token moves from the address, where it would be seen and kept, to a cookie."""
        rest = urlencode([(k, v) for k, v in request.query_params.multi_items() if k != "token"])
        response = RedirectResponse(request.url.path + ("?" + rest if rest else ""), 303)
        response.set_cookie(TOKEN_COOKIE, self._settings.token, httponly=True, samesite="strict")
        return response
