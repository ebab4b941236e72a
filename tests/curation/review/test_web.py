"""The application over HTTP: what pages say, what actions do, and who is refused."""

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
from extractor.curation.queue import Filter, Queue
from extractor.types import Document

Serve = Callable[..., AbstractContextManager[Any]]
HOSTILE = (
    """<script>window.hacked=1</script>"'><img src=x onerror=window.hacked=1>{{7*7}}</textarea></title>"""
)


def words_of(page: str) -> str:
    """What a reader sees of a page's main part."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def first(queue: Queue) -> str:
    return queue.proposals()[0].proposal_id


def test_a_browser_without_a_name_is_asked_for_one(served: Any) -> None:
    visitor = served.visitor()
    assert visitor.get(f"{served.url}/next").url == f"{served.url}/curator"
    served.send(visitor, "/curator", curator="  Ada   Łoś ")
    assert "Curator Ada Łoś, change" in visitor.get(f"{served.url}/").text
    for bad in ("", " ", "x" * 61, "a\x00b"):
        assert served.send(visitor, "/curator", curator=bad).status_code == 400


def test_decisions_lead_on_and_are_kept_at_once(served: Any) -> None:
    visitor = served.visitor("ada")
    answer = served.send(visitor, "/decide", proposal=first(served.queue), verdict="accept", seen=0)
    assert (answer.status_code, answer.headers["location"]) == (303, "/next?done=1")
    page = visitor.get(served.url + answer.headers["location"])
    assert page.url.endswith(f"/proposal?id={served.queue.proposals()[1].proposal_id}&done=1")
    assert words_of(page.text).startswith("Accepted. 1 of 12 decided")
    second = served.queue.proposals()[1].proposal_id
    served.send(visitor, "/decide", proposal=second, reason="wrong role", seen=0, note=" why ")
    found = served.queue.decisions()
    assert [(d.verdict, d.reason, d.note, d.curator) for d in found] == [
        ("accept", None, "", "ada"),
        ("reject", "wrong role", "why", "ada"),
    ]


def test_a_filter_is_carried_from_one_decision_to_the_next(served: Any) -> None:
    visitor = served.visitor("ada")
    page = visitor.get(f"{served.url}/next?words=miR-7").text
    assert "0 of 1 decided" in page
    where = re.findall(r'name="where" value="([^"]*)"', page)[0]
    decision = {"proposal": served.queue.proposals()[6].proposal_id, "verdict": "skip", "seen": 0}
    answer = served.send(visitor, "/decide", where=where, **decision)
    assert answer.headers["location"] == "/next?words=miR-7&done=1"


def test_who_comes_second_is_told(served: Any) -> None:
    ada, bob = served.visitor("ada"), served.visitor("bob")
    decision = {"proposal": first(served.queue), "verdict": "accept", "seen": 0}
    assert served.send(ada, "/decide", **decision).status_code == 303
    answer = served.send(bob, "/decide", **decision)
    assert answer.status_code == 409
    assert "ada decided this proposal" in words_of(answer.text)
    assert len(served.queue.decisions()) == 1


def test_undo_shows_the_proposal_again_with_its_corrections(served: Any) -> None:
    visitor, key = served.visitor("ada"), first(served.queue)
    served.send(visitor, "/edit", proposal=key, role="target", clear=1)
    edits = {"target": None}
    served.send(visitor, "/decide", proposal=key, verdict="accept", seen=0, edits=json.dumps(edits))
    assert served.queue.decisions()[0].edits == edits
    answer = served.send(visitor, "/undo")
    assert answer.headers["location"] == f"/proposal?id={key}&done=2"
    page = visitor.get(served.url + answer.headers["location"]).text
    assert "Accept as edited" in words_of(page)
    served.send(visitor, "/undo")
    assert "Nothing to undo" in words_of(served.send(visitor, "/undo").text)


def test_a_slot_can_be_filled_named_emptied_and_restored(served: Any) -> None:
    visitor, key = served.visitor("ada"), first(served.queue)
    text = served.queue.document_of(key).text
    start = text.index("endothelial")

    def edit(**form: Any) -> Any:
        assert served.send(visitor, "/edit", proposal=key, **form).status_code == 303
        return served.queue.draft(key, "ada")[0]

    chosen = edit(role="donor", select=f"{start}-{start + 17}")["donor"]
    assert chosen == {
        "text": "endothelial cells",
        "start": start,
        "end": start + 17,
        "name": "endothelial cell",
        "curie": "CL:0000115",
    }
    other = {"name": "vein endothelial cell", "curie": "CL:0002543"}
    assert edit(role="donor", choose=json.dumps(other))["donor"] == {**chosen, **other}
    assert edit(role="donor", clear=1) == {"donor": None}
    assert edit(role="donor", restore=1) == {}
    assert edit(role="effect", effect="increases") == {"effect": "increases"}
    assert edit(role="effect", effect="decreases") == {}


MISTAKES: dict[str, tuple[str, dict[str, Any]]] = {
    "no proposal": ("/decide", {"proposal": "x", "verdict": "accept", "seen": 0}),
    "no verdict": ("/decide", {"seen": 0}),
    "unknown verdict": ("/decide", {"verdict": "maybe", "seen": 0}),
    "seen nothing": ("/decide", {"verdict": "accept"}),
    "unknown reason": ("/decide", {"reason": "boring", "seen": 0}),
    "edits are a list": ("/decide", {"verdict": "accept", "seen": 0, "edits": "[]"}),
    "edits are deep": ("/decide", {"verdict": "accept", "seen": 0, "edits": "[" * 100000}),
    "edits of no slot": ("/decide", {"verdict": "accept", "seen": 0, "edits": '{"doc_id": null}'}),
    "edits of another text": (
        "/decide",
        {
            "verdict": "accept",
            "seen": 0,
            "edits": '{"donor": {"text": "x", "start": 0, "end": 1, "name": 1, "curie": null}}',
        },
    ),
    "no such edit": ("/edit", {"role": "donor"}),
    "no such slot": ("/edit", {"role": "__class__", "clear": 1}),
    "no stretch": ("/edit", {"role": "donor", "select": "5-100000"}),
    "no numbers": ("/edit", {"role": "donor", "select": "a-b"}),
    "emptied miRNA": ("/edit", {"role": "mirna", "clear": 1}),
    "odd effect": ("/edit", {"role": "effect", "effect": "kills"}),
    "an identifier that is no text": ("/edit", {"role": "donor", "choose": '{"name": [], "curie": {}}'}),
    "an identifier for nothing": ("/edit", {"role": "phenotype", "choose": "{}"}),
    "odd filter": ("/edit", {"role": "donor", "clear": 1, "where": "state=odd"}),
    "odd filter of a decision": ("/decide", {"verdict": "accept", "seen": 0, "where": "state=odd"}),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_request_that_no_page_makes_is_refused_and_changes_nothing(untouched: Any, case: str) -> None:
    path, form = MISTAKES[case]
    visitor = untouched.visitor("ada")
    answer = untouched.send(visitor, path, **{"proposal": first(untouched.queue), **form})
    assert answer.status_code in (400, 404)
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/proposal?id=none", 404),
        ("/proposal", 404),
        ("/proposals?state=odd", 400),
        ("/proposals?page=x", 400),
        ("/proposals?page=-3", 200),
        ("/proposals?page=99", 200),
        ("/candidates?role=odd&q=a", 400),
        ("/candidates?role=donor", 200),
        ("/static/review.css", 200),
        ("/static/none.css", 404),
        ("/static/../security.py", 404),
        ("/static/%2e%2e%2fsecurity.py", 404),
        ("/static/..%2f..%2f..%2fapp.py", 404),
        ("/etc/passwd", 404),
        ("/decide", 405),
    ],
)
def test_addresses(untouched: Any, path: str, status: int) -> None:
    visitor = untouched.visitor("ada")
    request = requests.Request("GET", untouched.url).prepare()
    request.url = untouched.url + path  # as it is: requests would tidy dots away
    assert visitor.send(visitor.prepare_request(requests.Request("GET", untouched.url)), timeout=10).ok
    request.headers.update({"Cookie": "; ".join(f"{c.name}={c.value}" for c in visitor.cookies)})
    assert visitor.send(request, timeout=10).status_code == status


def test_pages_of_a_paper_a_mirna_and_a_cell(served: Any) -> None:
    visitor = served.visitor("ada")
    expected = {"/paper?id=p3": 1, "/mirna?key=mir-4": 1, "/cell?key=CL:0000115": 12, "/cell?key=CL:1": 0}
    found = {path: words_of(visitor.get(served.url + path).text) for path in expected}
    assert found["/cell?key=CL:0000115"].startswith("Cell endothelial cell ")
    for path, count in expected.items():
        assert f" {count} proposal{'' if count == 1 else 's'}" in found[path]


def test_the_dashboard_counts(served: Any) -> None:
    queue, visitor = served.queue, served.visitor("ada")
    keys = [p.proposal_id for p in queue.proposals()]
    queue.decide(keys[0], "ada", "accept")
    queue.decide(keys[1], "bob", "reject", reason="other")
    queue.decide(keys[2], "bob", "skip")
    queue.decide(keys[0], "bob", "reject", reason="other", seen=1)
    seen = words_of(visitor.get(f"{served.url}/?since=2024-03-01").text)
    assert "2 of 12 proposals decided" in seen
    assert "Status open accept reject skip differs new row 9 0 1 1 1" in seen
    assert "12 proposals since 2024-03-01" in seen
    assert "Name accepted rejected skipped last ada 1 0 0" in seen
    assert "bob 0 2 1" in seen
    assert "1 difference to settle" in seen


def test_blind_curators_see_nothing_of_each_other_until_both_have_judged(served: Any) -> None:
    queue = served.queue
    queue.set_blind(True)
    ada, bob = served.visitor("ada"), served.visitor("bob")
    key = first(queue)
    served.send(ada, "/decide", proposal=key, verdict="accept", seen=0, note="adas note")
    own = f"/proposal?id={key}"
    paths = (own, f"{own}&settle=1", "/", "/proposals", "/differences", "/next?done=1")
    shown = [bob.get(served.url + path).text for path in paths]
    assert [page for page in shown if "adas note" in page or re.search(r"\bada\b", words_of(page))] == []
    assert "0 of 12 decided" in words_of(shown[0])
    assert served.send(bob, "/decide", proposal=key, reason="not EV", seen=0).status_code == 303
    page = words_of(bob.get(f"{served.url}/differences").text)
    assert "ada and bob 1 0" in page
    assert "ada : accept , “adas note”" in page
    settle = bob.get(f"{served.url}/proposal?id={key}&settle=1").text
    assert 'name="final" value="1"' in settle
    served.send(bob, "/decide", proposal=key, verdict="accept", seen=2, final=1)
    assert "nothing to settle" in bob.get(f"{served.url}/differences").text


def test_rows_that_a_proposal_touches_are_shown(queue: Queue, made: Any, served: Any) -> None:
    text = "Title\nMacrophages shed exosomes with miR-105. In endothelial cells PTEN stays."
    touching = propose(made.record("late", text, "miR-105"), rows=("4", "unknown"))
    queue.add([touching], [Document("late", text)])
    page = words_of(served.visitor("ada").get(f"{served.url}/proposal?id={touching.proposal_id}").text)
    assert "4 Breast cancer cell miR-105 EC ZO-1" in page
    assert "unknown start the review with --table to see this row" in page


def test_candidates_for_what_is_typed(untouched: Any) -> None:
    visitor = untouched.visitor("ada")

    def names(role: str, typed: str) -> list[str]:
        found = visitor.get(f"{untouched.url}/candidates", params={"role": role, "q": typed, "id": "x"})
        return [choice["name"] for choice in found.json()]

    assert names("target", "PTE")[0] == "PTEN"
    assert names("target", "hgnc:9588") == ["PTEN"]
    assert names("mirna", "21")[:3] == ["hsa-mir-21", "hsa-miR-21-3p", "hsa-miR-21-5p"]
    assert "endothelial cell" in names("donor", "endoth")
    assert names("phenotype", "tube form") == ["tube formation"]
    assert names("donor", HOSTILE) == []
    assert names("vesicle", "exosome") == []


def test_what_decisions_teach_changes_what_comes_next(
    served: Any, queue: Queue, made: Any, eventually: Any
) -> None:
    """Of five decisions two accept: rule.good was always right, rule.bad always wrong."""
    texts = {
        f"r{n}": f"Macrophages shed exosomes with miR-5{n}. In endothelial cells PTEN." for n in range(8)
    }
    records = [made.record(key, text, f"miR-5{key[1]}", 0.99) for key, text in texts.items()]
    for number, record in enumerate(records):
        record["evidence"][0]["rules"] = ["rule.good" if number % 2 else "rule.bad"]
    proposals = [propose(r, score=0.99 - n / 1000) for n, r in enumerate(records)]
    queue.add(proposals, [Document(*item) for item in texts.items()])
    visitor = served.visitor("ada")
    for number, proposal in enumerate(proposals[:5]):
        answer = {"verdict": "accept"} if number % 2 else {"reason": "not EV"}
        served.send(visitor, "/decide", proposal=proposal.proposal_id, seen=0, **answer)
    assert eventually(lambda: queue.proposal(proposals[6].proposal_id).score < 0.984)
    asked = [p.doc_id for p in queue.proposals(Filter(state="open"))[:3]]
    assert asked == ["r5", "r7", "r6"]
