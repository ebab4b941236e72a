"""Asking politely: what is asked again and what is not, and what a message never holds."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from http.server import HTTPServer
from pathlib import Path

import pytest
from literature import Literature, Paper

from extractor.sources.errors import BadAnswer, Rejected, SourceError, Unavailable
from extractor.sources.eutils import Eutils, Found
from extractor.sources.http import Answer, Request, Service, Session, readable
from extractor.sources.settings import Settings

Make = Callable[..., Settings]
KEY = "SECRET-KEY"


def body(answer: Answer) -> bytes:
    return answer.body()


@pytest.fixture
def files(literature: Literature, settings: Make) -> Service:
    literature.files["baseline/x"] = b"what was asked for"
    return Service("the service", settings().files_url, 1000.0)


@pytest.mark.parametrize("fault", ["429", "500", "cut", "reset"])
def test_a_stumble_is_asked_again(
    literature: Literature, session: Session, files: Service, fault: str
) -> None:
    literature.planned.append(("baseline", fault))
    assert session.ask(Request(files, "baseline/x"), body) == b"what was asked for"
    assert (len(literature.log), literature.injected[fault]) == (2, 1)


def test_what_a_reader_calls_bad_is_asked_again(
    literature: Literature, session: Session, files: Service
) -> None:
    answers = []

    def read(answer: Answer) -> int:
        answers.append(answer.body())
        if len(answers) < 3:
            raise BadAnswer("half of it")
        return len(answers)

    assert session.ask(Request(files, "baseline/x"), read) == 3
    assert answers == [b"what was asked for"] * 3


def test_a_slow_service_is_given_up_and_asked_again(
    literature: Literature, settings: Make, files: Service
) -> None:
    literature.slow = 0.6
    session = Session(settings(timeout=0.2, attempts=2))
    with pytest.raises(
        Unavailable, match=r"no proper answer to 2 attempts \(the last: no byte within 0.2 s\)"
    ):
        session.ask(Request(files, "baseline/x"), body)
    assert len(literature.log) == 2


@pytest.mark.parametrize("date", [False, True])
def test_retry_after_holds_everybody(
    literature: Literature, settings: Make, files: Service, date: bool
) -> None:
    later = datetime.now(timezone.utc) + timedelta(seconds=2)
    literature.retry_after = format_datetime(later, usegmt=True) if date else "1"
    literature.planned.append(("baseline", "429"))
    threads = [
        threading.Thread(target=Session(settings()).ask, args=(Request(files, "baseline/x"), body))
        for _ in range(2)
    ]
    threads[0].start()
    while not literature.injected:
        time.sleep(0.005)
    time.sleep(0.1)  # the refusal is on its way back
    threads[1].start()
    for thread in threads:
        thread.join()
    times = [at for at, _, _ in literature.log]
    assert len(times) == 3
    assert min(times[1:]) - times[0] > 0.9


def test_a_service_that_wants_hours_is_not_waited_for(
    literature: Literature, session: Session, files: Service
) -> None:
    literature.retry_after = "7200"
    literature.planned.append(("baseline", "429"))
    with pytest.raises(Unavailable, match="the service asks to wait 120 minutes"):
        session.ask(Request(files, "baseline/x"), body)
    assert len(literature.log) == 1


def test_a_refusal_is_not_asked_again(literature: Literature, session: Session, files: Service) -> None:
    with pytest.raises(Rejected, match=r"the service refused \(HTTP status 404\)") as told:
        session.ask(Request(files, "baseline/none"), body)
    assert (told.value.status, len(literature.log)) == (404, 1)


def test_nobody_there_is_told_without_address_or_library(settings: Make) -> None:
    nobody = Service("PubMed", "http://127.0.0.1:9/", 1000.0)
    with pytest.raises(Unavailable) as told:
        Session(settings(attempts=2)).ask(Request(nobody, "x", {"api_key": KEY}), body)
    reason = "PubMed gave no proper answer to 2 attempts (the last: no connection)"
    assert str(told.value) == f"{reason}; run the same command again later"


def test_pauses_double_and_vary(session: Session) -> None:
    first, third = ({session._pause(n) for _ in range(50)} for n in (1, 3))
    assert 0.005 <= min(first) < max(first) <= 0.01
    assert 0.02 <= min(third) < max(third) <= 0.04
    assert len(first) > 40


def test_a_closed_session_stops_waiting(settings: Make, files: Service) -> None:
    session = Session(settings(rate=0.01))
    slow = Service("the service", files.url, 0.01)
    session.ask(Request(slow, "baseline/x"), body)
    threading.Timer(0.1, session.close).start()
    began = time.monotonic()
    with pytest.raises(SourceError, match="stopped before everything was asked"):
        session.ask(Request(slow, "baseline/x"), body)
    assert time.monotonic() - began < 10  # the next slot would come after 110 s


def test_every_request_tells_who_asks_and_no_address_holds_a_key(
    literature: Literature, settings: Make
) -> None:
    literature.papers["1"] = Paper("1", "A title")
    made = settings(email="me@example.org", api_key=KEY)
    eutils = Eutils(Session(made), made)
    assert [record.id for record in eutils.articles(["1"])] == ["1"]
    ((_, path, form),) = literature.log
    assert (form["tool"], form["email"], form["api_key"]) == ("evmir", "me@example.org", KEY)
    assert path == "/eutils/efetch.fcgi"
    assert literature.headers[0]["User-Agent"].startswith("evmir/")


@pytest.mark.parametrize("fault", ["429", "json error"])
def test_a_key_that_a_service_quotes_is_masked(literature: Literature, settings: Make, fault: str) -> None:
    literature.fault_rate = 1.0
    made = settings(api_key="backend" if fault == "json error" else KEY, attempts=1)
    literature.planned.append(("efetch", fault))
    with pytest.raises(Unavailable) as told:
        Eutils(Session(made), made).articles(["1"])
    assert made.api_key not in str(told.value)
    if fault == "json error":  # a control character in it, shown as none
        assert "an error: *** failed , try later" in str(told.value)


def test_a_key_in_a_refusal_is_masked(literature: Literature, settings: Make) -> None:
    made = settings(api_key="retrieve history")  # words of the answer to a history that is gone
    with pytest.raises(Rejected, match=r"HTTP status 400: Cannot \*\*\* data\."):
        Eutils(Session(made), made).page(Found(5, "gone", "1"), 0, 5)


def test_the_proxy_of_the_environment_is_asked(
    literature: Literature, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    literature.files["baseline/x"] = b"through the proxy"
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, literature.address)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    away = Service("the service", "http://services.invalid/pubmed/", 1000.0)
    assert session.ask(Request(away, "baseline/x"), body) == b"through the proxy"


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path, settings: Make) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    make = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run([*make, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    server = HTTPServer(("127.0.0.1", 0), Literature()._server.RequestHandlerClass)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    service = Service("the service", f"https://127.0.0.1:{server.server_port}/", 1000.0)
    with pytest.raises(Rejected, match=r"the certificate of 127\.0\.0\.1 could not be verified"):
        Session(settings()).ask(Request(service), body)
    server.shutdown()
    server.server_close()


def test_a_message_is_one_line_of_what_can_be_printed() -> None:
    assert readable(b"<html>\n<b>No\x0b\x1f way</b>\xff</html>") == "No way \ufffd"
    assert len(readable(b"x" * 5000)) == 200
