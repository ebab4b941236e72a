"""The application: addresses to handlers, every change checked, every mistake a page."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qsl, unquote

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from extractor.curation.queue import AlreadyDecided, Queue, QueueError
from extractor.curation.ranking import EVERY
from extractor.curation.table_rows import TableRows
from extractor.curation.web.actions import ACTIONS, cookie
from extractor.curation.web.pages import PAGES
from extractor.curation.web.security import Guard, Settings, own_origin, same
from extractor.curation.web.site import STATIC, Handler, Site, Unusable, Visit, to

LARGEST: Final = 1 << 20
"""Bytes of a form: a note of many pages."""

Endpoint = Callable[[Request], Awaitable[Response]]


def build_app(queue: Queue, settings: Settings | None = None, table: TableRows | None = None) -> Starlette:
    """The application over a queue; ``table``: the rows that proposals touch, by id."""
    settings = settings or Settings()
    site = Site(queue, settings, table or {})
    routes = [Route(path, _page(site, handler)) for path, handler in PAGES.items()]
    routes += [Route(path, _action(site, handler), methods=["POST"]) for path, handler in ACTIONS.items()]
    routes.append(Route("/static/{name}", _static(site)))
    app = Starlette(routes=routes, middleware=[Middleware(Guard, settings=settings)])
    app.state.site = site
    return app


def _page(site: Site, handler: Handler) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        curator = _curator(site, request)
        if not curator and request.url.path != "/curator":
            return to("/curator")
        visit = Visit(site, curator, request.query_params, {})
        return await run_in_threadpool(_answer, visit, handler)

    return endpoint


def _action(site: Site, handler: Handler) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return PlainTextResponse("That is more than a form of ours holds.", 413)
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        visit = Visit(site, _curator(site, request), {}, form)
        if not own_origin(request.headers) or not same(form.get("csrf", ""), site.settings.secret):
            text = "The page is from an earlier run of the review, or not from it at all. Load it again."
            return visit.message(403, "Not done", text)
        if not visit.curator and request.url.path != "/curator":
            return to("/curator")
        response = await run_in_threadpool(_answer, visit, handler)
        if request.url.path == "/decide" and response.status_code == 303:
            response.background = BackgroundTask(_rerank, site)
        return response

    return endpoint


async def _body(request: Request) -> bytes | None:
    found = b""
    async for part in request.stream():
        found += part
        if len(found) > LARGEST:
            return None
    return found


def _answer(visit: Visit, handler: Handler) -> Response:
    try:
        return handler(visit)
    except AlreadyDecided as error:
        return visit.message(409, "Decided meanwhile", str(error))
    except QueueError as error:
        return visit.message(404, "Not done", str(error))
    except (Unusable, ValueError) as error:
        return visit.message(400, "Not done", str(error))
    except sqlite3.Error as error:
        return PlainTextResponse(f"The queue cannot be used now: {error}. Nothing was changed.", 503)


def _rerank(site: Site) -> None:
    """After some decisions."""
    if site.queue.rows("SELECT count(*) FROM decisions")[0][0] % EVERY == 0:
        site.rerank()


def _curator(site: Site, request: Request) -> str:
    said = request.cookies.get(cookie(site.settings.secret), "")
    return unquote(said) or site.settings.curator


def _static(site: Site) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in STATIC:
            return PlainTextResponse("There is no such file.", 404)
        kept = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(site.files[name], media_type=STATIC[name], headers=kept)

    return endpoint
