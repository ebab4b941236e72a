"""Who is refused, and what a page can never do, over HTTP."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
import requests

from extractor.curation.proposals import propose
from extractor.curation.queue import Queue
from extractor.curation.web.actions import ACTIONS
from extractor.curation.web.security import HEADERS, Settings
from extractor.types import Document

Serve = Callable[..., AbstractContextManager[Any]]
HOSTILE = """<script>window.hacked=1</script>"'><img src=x onerror=window.hacked=1>{{7*7}}</title>"""


def first(queue: Queue) -> str:
    return queue.proposals()[0].proposal_id


def test_every_answer_carries_the_policy_and_no_page_has_inline_code(untouched: Any) -> None:
    visitor = untouched.visitor("ada")
    pages = ["/", "/proposals", "/differences", "/curator", f"/proposal?id={first(untouched.queue)}", "/none"]
    for path in (*pages, "/static/review.js", "/candidates?role=donor&q=a"):
        answer = visitor.get(untouched.url + path)
        assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)
    inline = re.compile(r"<script(?![^>]*src=)|<style|\s(?:on\w+|style)=|javascript:")
    assert [path for path in pages if inline.search(visitor.get(untouched.url + path).text)] == []
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_hostile_text_is_shown_as_text(queue: Queue, made: Any, served: Any) -> None:
    text = f"{HOSTILE}\nMacrophages shed exosomes with miR-666. In endothelial cells PTEN stays. {HOSTILE}"
    slot = {**made.slot(text, "Macrophages"), "name": HOSTILE, "curie": HOSTILE, "forms": [HOSTILE]}
    record = made.record(HOSTILE, text, "miR-666", donor=slot)
    record["evidence"][0]["rules"] = [HOSTILE]
    odd = propose(record, rows=(HOSTILE,), why=HOSTILE)
    queue.add([odd], [Document(HOSTILE, text)])
    visitor = served.visitor(HOSTILE[:50])
    served.send(visitor, "/note", proposal=odd.proposal_id, note=HOSTILE)
    chosen = json.dumps({"name": HOSTILE, "curie": HOSTILE})
    assert served.send(visitor, "/edit", proposal=odd.proposal_id, role="donor", choose=chosen).ok
    paths = ["/", "/proposals", f"/proposal?id={odd.proposal_id}", f"/cell?key={HOSTILE}"]
    paths += [f"/paper?id={HOSTILE}", f"/proposals?words={HOSTILE}"]
    paths += [f"/proposal?id={HOSTILE}", f"/proposals?state={HOSTILE}"]
    for path in paths:
        page = visitor.get(served.url + path).text
        assert "<script>window" not in page
        assert "<img" not in page
    shown = visitor.get(f"{served.url}/proposal?id={odd.proposal_id}").text
    assert html.unescape(shown).count("<script>window.hacked=1</script>") > 5
    assert "{{7*7}}" in html.unescape(shown)


@pytest.mark.parametrize("path", ACTIONS)
@pytest.mark.parametrize(
    ("csrf", "headers"),
    [
        (None, {}),
        ("wrong", {}),
        ("right", {"Origin": "http://evil.example"}),
        ("right", {"Origin": "null"}),
        ("right", {"Sec-Fetch-Site": "cross-site"}),
        ("right", {"Sec-Fetch-Site": "same-site"}),
    ],
)
def test_forged_changes_fail(untouched: Any, path: str, csrf: str | None, headers: dict[str, str]) -> None:
    visitor, key = untouched.visitor("ada"), first(untouched.queue)
    form = {"proposal": key, "verdict": "accept", "seen": "0", "note": "x", "role": "donor", "clear": "1"}
    token = {"csrf": untouched.settings.secret if csrf == "right" else csrf} if csrf else {}
    answer = visitor.post(untouched.url + path, {**form, "curator": "eve", **token}, headers=headers)
    assert answer.status_code == 403
    assert untouched.queue.decisions() == ()
    assert untouched.queue.draft(key, "ada") == ({}, "")
    assert "Curator ada" in visitor.get(untouched.url).text


def test_every_route_that_changes_anything_is_an_action(serve: Serve, queue: Queue) -> None:
    from extractor.curation.web.app import build_app

    routes: list[Any] = build_app(queue).routes
    assert {r.path for r in routes if r.methods - {"GET", "HEAD"}} == set(ACTIONS)


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example:80", "10.0.0.9", "[::2]", "", "a:b:c", "["]
)
def test_another_host_name_is_refused(untouched: Any, host: str) -> None:
    for method in ("GET", "POST"):
        answer = requests.request(
            method, f"{untouched.url}/next", headers={"Host": host}, proxies={"http": ""}
        )
        assert answer.status_code in (400, 421)


@pytest.mark.parametrize("host", ["localhost:1234", "127.0.0.1", "[::1]:8765", "LOCALHOST"])
def test_our_host_names_pass(untouched: Any, host: str) -> None:
    assert requests.get(f"{untouched.url}/", headers={"Host": host}, proxies={"http": ""}).status_code == 200


def test_a_token_is_asked_once_and_leaves_the_address(serve: Serve, queue: Queue) -> None:
    with serve(queue, Settings(token="correct horse battery", curator="ada")) as served:
        stranger = served.visitor()
        for path in ("/", "/static/review.js", "/?token=wrong", "/candidates?role=donor&q=a"):
            assert stranger.get(served.url + path).status_code == 403
        assert served.send(stranger, "/undo", token="correct horse battery").status_code == 403
        guest = served.visitor()
        first_answer = guest.get(f"{served.url}/proposals?token=correct horse battery&words=miR-7")
        assert (first_answer.status_code, first_answer.url) == (200, f"{served.url}/proposals?words=miR-7")
        cookie = first_answer.history[0].headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=strict" in cookie
        assert guest.get(f"{served.url}/next").status_code == 200


def test_a_form_that_is_too_large_is_refused(served: Any) -> None:
    visitor = served.visitor("ada")
    answer = served.send(visitor, "/note", proposal=first(served.queue), note="x" * (1 << 20))
    assert answer.status_code == 413
    assert served.queue.draft(first(served.queue), "ada") == ({}, "")
