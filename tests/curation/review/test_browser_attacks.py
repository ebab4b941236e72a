"""Attacks in a real browser: scripts in a text, and another site that acts in the curator's name."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from extractor.curation.proposals import propose
from extractor.curation.queue import Queue
from extractor.types import Document

HOSTILE = (
    "<script>window.hacked=1</script>\"'><img src=x onerror='window.hacked=1'><svg onload=window.hacked=1>"
)


def test_a_script_in_an_abstract_is_shown_and_not_run(page: Any, queue: Queue, made: Any) -> None:
    text = f"{HOSTILE}\nMacrophages shed exosomes with miR-666. In endothelial cells PTEN. {HOSTILE}"
    slot = {**made.slot(text, "Macrophages"), "name": HOSTILE, "curie": '"><script>window.hacked=1</script>'}
    odd = propose(made.record(HOSTILE, text, "miR-666", donor=slot), rows=(HOSTILE,), why=HOSTILE)
    queue.add([odd], [Document(HOSTILE, text)])
    queue.decide(odd.proposal_id, HOSTILE, "accept", note=HOSTILE)
    paths = [f"/proposal?id={odd.proposal_id}", "/proposals?words=script", "/", "/differences"]
    for path in (*paths, f"/proposals?words={HOSTILE}", f"/paper?id={HOSTILE}"):
        page.goto(path)
        assert page.evaluate("window.hacked") is None
        assert page.locator("main img, main svg, main script").count() == 0
    page.goto(paths[0])
    assert HOSTILE in page.inner_text("#text")
    page.keyboard.press("1")
    page.keyboard.type("<b>x")
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None


@pytest.fixture
def elsewhere(served: Any) -> Iterator[str]:
    """A page of another origin that tries to decide in the curator's name, by form and by script."""
    key = served.queue.proposals()[0].proposal_id
    target, fields = f"{served.url}/decide", f"proposal={key}&verdict=accept&seen=0"
    inputs = "".join("<input name={} value={}>".format(*field.split("=")) for field in fields.split("&"))
    body = f"""<iframe name=f></iframe><form id=f method=post action={target} target=f>{inputs}</form><script>
        document.forms[0].submit(); const headers = {{"Content-Type": "application/x-www-form-urlencoded"}};
        const more = {{method: "POST", mode: "no-cors", credentials: "include", headers, body: "{fields}"}};
        fetch("{target}", more).finally(() => fetch("{served.url}/next", {{credentials: "include"}})
          .then((a) => a.text()).then((t) => document.title = "read", () => document.title = "refused"));
        </script>"""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on standard error."""

    server = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_another_site_can_neither_decide_nor_read(visit: Any, served: Any, elsewhere: str) -> None:
    page = visit("ada", strict=False)
    answers: list[int] = []
    page.on("response", lambda r: answers.append(r.status) if "/decide" in r.url else None)
    page.goto(elsewhere)
    page.wait_for_function("document.title !== ''")
    assert page.title() == "refused"
    assert answers and set(answers) == {403}
    assert served.queue.decisions() == ()
