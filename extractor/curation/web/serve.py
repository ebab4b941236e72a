"""The server: one process, one queue, until somebody stops it."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from urllib.parse import quote

import uvicorn

from extractor.curation.queue import Queue
from extractor.curation.table_rows import TableRows
from extractor.curation.web.app import build_app
from extractor.curation.web.security import Settings, is_loopback

SHORTEST_TOKEN = 12
"""Characters of a token that nobody guesses."""


def check_settings(settings: Settings) -> None:
    """Raises ValueError for an address that others reach without a token, or with one that is too short."""
    if settings.token and len(settings.token) < SHORTEST_TOKEN:
        raise ValueError(f"a token needs at least {SHORTEST_TOKEN} characters")
    if not is_loopback(settings.host) and not settings.token:
        raise ValueError(
            f"--host {settings.host} lets other machines reach the review: "
            "add --token with a secret that only your curators know"
        )


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections; port 0 takes any free one. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named TCP, for asyncio sends small parts at once only then: else every page waits 40 ms for an answer.
    server = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let another program take the port over
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((host, port))
        server.listen(128)
    except OSError:
        server.close()
        raise
    return server


def address(settings: Settings, server: socket.socket) -> str:
    """What to open in a browser, with the token where there is one."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    token = f"?token={quote(settings.token)}" if settings.token else ""
    return f"http://{host}:{server.getsockname()[1]}/{token}"


def serve(
    queue: Queue, settings: Settings, server: socket.socket, table: TableRows, ready: Callable[[], None]
) -> None:
    """Answers until the process is told to stop; ``ready`` is called when connections are taken."""
    app = build_app(queue, settings, table)
    warming = threading.Thread(target=app.state.site.warm, daemon=True)
    warming.start()
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        http="h11",
        loop="asyncio",
        timeout_graceful_shutdown=2,
    )
    try:
        ready()
        uvicorn.Server(config).run(sockets=[server])
    finally:
        warming.join()  # it reads the queue, which the caller closes now, and the demo's file is removed
