"""A server that plays E-utilities, PMC, the ID converter, Europe PMC and PubMed's files, faults included.

All records are made up here; their shape is that of the real services' answers. It runs in a test's own
process (`Literature`), or alone: ``python literature.py --records 25000 --faults 0.05`` prints its address,
and ``/control`` tells as JSON what it saw.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

MOST_LISTED = 9999
FAULTS = ("429", "500", "cut", "reset", "malformed", "json error")
DATED = re.compile(r'\((.*)\) AND \("(\d{4}(?:/\d\d/\d\d)?)"\[dp\] : "(\d{4}(?:/\d\d/\d\d)?)"\[dp\]\)')
EXACT = re.compile(r'"(.+)"\[(doi|pmcid|aid)\]')


@dataclass
class Paper:
    """A made-up record; dates as the services know them."""

    pmid: str
    title: str = ""
    abstract: str = ""
    added: date = date(2024, 1, 1)
    published: date = date(2024, 1, 1)
    modified: date = date(2024, 1, 1)
    doi: str = ""
    pmcid: str = ""
    types: tuple[str, ...] = ("Journal Article",)
    open: bool = False

    def xml(self) -> str:
        ids = [("pubmed", self.pmid), ("doi", self.doi), ("pmc", self.pmcid)]
        listed = "".join(f'<ArticleId IdType="{k}">{escape(v)}</ArticleId>' for k, v in ids if v)
        types = "".join(f'<PublicationType UI="D0">{escape(t)}</PublicationType>' for t in self.types)
        abstract = (
            f"<Abstract><AbstractText>{self.abstract}</AbstractText></Abstract>" if self.abstract else ""
        )
        return (
            '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">'
            f'<PMID Version="1">{self.pmid}</PMID>'
            f'<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Internet"><PubDate><Year>'
            f"{self.published.year}</Year></PubDate></JournalIssue><Title>Made-up Journal</Title></Journal>"
            f"<ArticleTitle>{self.title}</ArticleTitle>{abstract}<Language>eng</Language>"
            f"<PublicationTypeList>{types}</PublicationTypeList></Article></MedlineCitation><PubmedData>"
            f"<PublicationStatus>ppublish</PublicationStatus><ArticleIdList>{listed}</ArticleIdList>"
            '<ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.9999/another</ArticleId>'
            "</ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>"
        )

    def jats(self, body: bool) -> str:
        text = (
            f"<body><sec><title>Results</title><p>Full text of {self.pmid}.</p></sec></body>" if body else ""
        )
        return (
            '<article article-type="research-article"><front><article-meta>'
            f'<article-id pub-id-type="pmid">{self.pmid}</article-id>'
            f'<article-id pub-id-type="pmc">{self.pmcid.removeprefix("PMC")}</article-id>'
            f"<title-group><article-title>{self.title}</article-title></title-group>"
            f"<abstract><p>{self.abstract}</p></abstract></article-meta></front>{text}</article>"
        )

    def core(self) -> dict[str, object]:
        return {
            "id": self.pmid,
            "source": "PPR" if self.pmid.startswith("PPR") else "MED",
            **({} if self.pmid.startswith("PPR") else {"pmid": self.pmid}),
            **({"pmcid": self.pmcid} if self.pmcid else {}),
            **({"doi": self.doi} if self.doi else {}),
            "title": self.title,
            "abstractText": f"<h4>Results</h4>{self.abstract}",
            "pubYear": str(self.published.year),
            "language": "eng",
            "journalInfo": {"journal": {"title": "Made-up Journal"}},
            "pubTypeList": {"pubType": list(self.types)},
        }


def many(count: int) -> dict[str, Paper]:
    """Records of fifteen years, more of them in the later ones; every tenth is in PMC."""
    papers = {}
    for n in range(count):
        day = date(2024, 12, 31) - timedelta(days=int(15 * 365 * (n / max(count, 1)) ** 2))
        pmid = str(10_000_000 + 7 * n)
        pmcid = f"PMC{1_000_000 + n}" if n % 10 == 0 else ""
        text = (
            f"Made-up vesicles carry miR-{n} (5&#x3b1;&lt;6<sub>2</sub>) to cells that are made up as well. "
            * 8
        )
        papers[pmid] = Paper(pmid, f"Made-up title {n}", text, day, day, day, f"10.5555/made.{n}", pmcid)
    return papers


@dataclass
class Literature:
    """What the services know, how they misbehave, and what they were asked."""

    papers: dict[str, Paper] = field(default_factory=dict)
    queries: dict[str, list[str]] = field(default_factory=dict)
    """The PMIDs that a query finds; every other query finds nothing."""
    links: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    """By path below ``/pubmed/``."""
    wrong_md5: Counter[str] = field(default_factory=Counter)
    """How many more times a file is sent damaged."""
    planned: deque[tuple[str, str]] = field(default_factory=deque)
    """Faults to come: a part of the path, and the fault."""
    fault_rate: float = 0.0
    """The share of all requests that meet a fault, each kind in turn."""
    retry_after: str = "0"
    slow: float = 0.0
    """Seconds that each answer takes."""
    page_cut: int = 0
    """PMIDs that are missing at the end of each page."""
    by_aid: set[str] = field(default_factory=set)
    """PMIDs of the records that the field ``aid`` alone finds."""
    closed_at_pmc: set[str] = field(default_factory=set)
    """Articles that Europe PMC alone gives away."""
    log: list[tuple[float, str, dict[str, str]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    injected: Counter[str] = field(default_factory=Counter)
    delivered: Counter[str] = field(default_factory=Counter)
    """How often each record was sent in full."""

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._due = 0.0
        self._history: dict[tuple[str, str], list[str]] = {}
        self._count = 0
        handler = type("Bound", (_Handler,), {"literature": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Literature:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def serve(self) -> None:
        self._server.serve_forever()

    @property
    def environment(self) -> dict[str, str]:
        """What points evmir here."""
        return {
            "EVMIR_EUTILS_URL": f"{self.address}/eutils/",
            "EVMIR_IDCONV_URL": f"{self.address}/idconv/",
            "EVMIR_EUROPEPMC_URL": f"{self.address}/europepmc/",
            "EVMIR_FILES_URL": f"{self.address}/pubmed/",
        }

    def asked(self, part: str) -> list[dict[str, str]]:
        """The parameters of each request whose path has that part."""
        return [form for _, path, form in self.log if part in path]

    def peak(self, seconds: float = 1.0) -> int:
        """The most requests that arrived within any such span."""
        times = sorted(at for at, _, _ in self.log)
        most = first = 0
        for last, at in enumerate(times):
            while at - times[first] >= seconds:
                first += 1
            most = max(most, last - first + 1)
        return most

    def forget_histories(self) -> None:
        with self._lock:
            self._history.clear()

    def fault(self, path: str) -> str:
        """The fault that this request meets, if any."""
        with self._lock:
            for index, (part, fault) in enumerate(self.planned):
                if part in path:
                    del self.planned[index]
                    self.injected[fault] += 1
                    return fault
            self._due += self.fault_rate
            if self._due >= 1:
                self._due -= 1
                fault = FAULTS[self.injected.total() % len(FAULTS)]
                self.injected[fault] += 1
                return fault
        return ""

    def keep(self, pmids: list[str], web_env: str = "") -> tuple[str, str]:
        """A new result on the history server."""
        with self._lock:
            self._count += 1
            key = (web_env or f"MCID_{self._count}", str(self._count))
            self._history[key] = pmids
        return key

    def kept(self, web_env: str, key: str) -> list[str] | None:
        with self._lock:
            return self._history.get((web_env, key))

    def found(self, term: str, form: dict[str, str]) -> list[str]:
        """What a term finds, within the dates of the form."""
        pmids = self._matching(term, form)
        if "mindate" in form:
            attribute = {"edat": "added", "mdat": "modified", "pdat": "published"}[form["datetype"]]
            low, high = _bound(form["mindate"], False), _bound(form["maxdate"], True)
            pmids = [p for p in pmids if low <= getattr(self.papers[p], attribute) <= high]
        return pmids

    def _matching(self, term: str, form: dict[str, str]) -> list[str]:
        if term.startswith("#"):
            return self.kept(form.get("WebEnv", ""), term[1:]) or []
        if match := DATED.fullmatch(term):
            low, high = _bound(match[2], False), _bound(match[3], True)
            return [p for p in self.queries.get(match[1], []) if low <= self.papers[p].published <= high]
        if match := EXACT.fullmatch(term):
            value = match[1].lower()
            known = {p.pmid: (p.doi.lower(), p.pmcid.lower()) for p in self.papers.values()}
            return [
                p for p, ids in known.items() if value in ids and (match[2] == "aid") == (p in self.by_aid)
            ]
        return self.queries.get(term, [])


def _bound(text: str, last: bool) -> date:
    parts = [int(part) for part in text.split("/")]
    return date(*parts) if len(parts) == 3 else date(parts[0], 12 if last else 1, 31 if last else 1)


class _Handler(BaseHTTPRequestHandler):
    literature: Literature
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._answer(dict(parse_qsl(urlsplit(self.path).query)))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self._answer(dict(parse_qsl(body.decode("utf-8"))))

    def _answer(self, form: dict[str, str]) -> None:
        world, path = self.literature, urlsplit(self.path).path
        if path == "/control":
            return self._control()
        world.log.append((time.monotonic(), path, form))
        world.headers.append(dict(self.headers))
        time.sleep(world.slow)
        fault = world.fault(path)
        if fault in ("reset", "429", "500", "json error"):
            return self._stumble(fault)
        plays = {
            "/eutils/esearch.fcgi": self._esearch,
            "/eutils/efetch.fcgi": self._efetch,
            "/eutils/epost.fcgi": self._epost,
            "/eutils/elink.fcgi": self._elink,
            "/idconv/": self._idconv,
            "/europepmc/searchPOST": self._search,
        }
        status, body, headers = plays.get(path, self._file_or_article)(form)
        if fault == "malformed":
            body = body[: len(body) * 2 // 3] + b"\x00<"
        self._send(body, status, headers, cut=fault == "cut")
        if not fault and path.endswith("efetch.fcgi") and form.get("retmode") == "xml":
            world.delivered.update(form["id"].split(","))

    def _stumble(self, fault: str) -> None:
        if fault == "reset":
            self.close_connection = True
        elif fault == "json error":
            self._send(b'{"error":"backend \x0b failed\x1f, try later"}', kind="application/json")
        else:
            headers = {"Retry-After": self.literature.retry_after} if fault == "429" else {}
            self._send(b'{"error":"API rate limit exceeded","api-key":"SECRET-KEY"}', int(fault), headers)

    def _send(
        self, body: bytes, status: int = 200, headers: dict[str, str] | None = None, kind: str = "text/plain",
        cut: bool = False,
    ) -> None:  # fmt: skip
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.wfile.flush()
        self.close_connection = self.close_connection or cut

    def _control(self) -> None:
        world = self.literature
        repeats = sum(1 for count in world.delivered.values() if count > 1)
        saw = {"requests": len(world.log), "peak": world.peak(), "injected": world.injected}
        saw |= {"delivered": len(world.delivered), "sent again": repeats}
        self._send(json.dumps(saw).encode())

    def _esearch(self, form: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        world = self.literature
        pmids = world.found(form["term"], form)
        web_env, key = world.keep(pmids, form.get("WebEnv", ""))
        listed = pmids[: min(int(form.get("retmax", "20")), MOST_LISTED)]
        result = {"count": str(len(pmids)), "retmax": str(len(listed)), "retstart": "0", "idlist": listed}
        if form.get("usehistory") == "y":
            result |= {"querykey": key, "webenv": web_env}
        if not pmids:
            known = form["term"] in world.queries
            missing = [] if known else [form["term"]]
            result["warninglist"] = {"quotedphrasesnotfound": missing, "outputmessages": ["No items found."]}
        return 200, json.dumps({"header": {"type": "esearch"}, "esearchresult": result}).encode(), {}

    def _efetch(self, form: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        world = self.literature
        if form.get("db") == "pmc":
            wanted = {f"PMC{number}" for number in form["id"].split(",")}
            found = [p for p in world.papers.values() if p.pmcid in wanted]
            articles = "".join(p.jats(p.open and p.pmcid not in world.closed_at_pmc) for p in found)
            return 200, f'<?xml version="1.0" ?><pmc-articleset>{articles}</pmc-articleset>'.encode(), {}
        if form.get("rettype") == "uilist":
            kept = world.kept(form.get("WebEnv", ""), form.get("query_key", ""))
            start, size = int(form["retstart"]), int(form["retmax"])
            if kept is None or start + size > MOST_LISTED + 1:
                error = "<eFetchResult><ERROR>Cannot retrieve history data.</ERROR></eFetchResult>"
                return 400, error.encode(), {}
            shown = kept[start : start + size - world.page_cut]
            return 200, "".join(f"{pmid}\n" for pmid in shown).encode(), {}
        asked = (world.papers.get(pmid) for pmid in form["id"].split(","))
        records = "\n".join(p.xml() for p in asked if p is not None)
        kind = '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "x.dtd">'
        head = f'<?xml version="1.0" ?>\n{kind}'
        return 200, f"{head}\n<PubmedArticleSet>{records}</PubmedArticleSet>".encode(), {}

    def _epost(self, form: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        web_env, key = self.literature.keep(form["id"].split(","))
        body = f"<ePostResult><QueryKey>{key}</QueryKey><WebEnv>{web_env}</WebEnv></ePostResult>"
        return 200, f'<?xml version="1.0"?>{body}'.encode(), {}

    def _elink(self, form: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        found = self.literature.links.get((form["linkname"], form["id"]), [])
        sets = [{"dbto": "pubmed", "linkname": form["linkname"], "links": found}] if found else []
        linkset = {"dbfrom": "pubmed", "ids": [form["id"]], **({"linksetdbs": sets} if sets else {})}
        return 200, json.dumps({"header": {}, "linksets": [linkset]}).encode(), {}

    def _idconv(self, form: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        papers = self.literature.papers.values()
        records = []
        kinds = {asked.startswith("PMC") for asked in form["ids"].split(",")}
        if len(kinds) > 1:
            return 400, b'{"status":"error"}', {}
        for asked in form["ids"].split(","):
            paper = next((p for p in papers if p.pmcid and asked in (p.pmcid, p.doi)), None)
            found = (
                {"pmid": int(paper.pmid), "pmcid": paper.pmcid, "doi": paper.doi}
                if paper
                else {"status": "error"}
            )
            records.append({"requested-id": asked, **found})
        return 200, json.dumps({"status": "ok", "records": records}).encode(), {}

    def _search(self, form: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        world = self.literature
        ids = re.findall(r'EXT_ID:"([^"]+)"', form["query"])
        papers = [world.papers[i] for i in ids if i in world.papers] if ids else [
            world.papers[i] for i in world.queries.get(form["query"], [])
        ]  # fmt: skip
        start = 0 if form.get("cursorMark", "*") == "*" else int(form["cursorMark"])
        end = start + int(form["pageSize"])
        full = form["resultType"] == "core"
        results = [
            p.core() if full else {k: p.core()[k] for k in ("id", "source")} for p in papers[start:end]
        ]
        body = {"hitCount": len(papers), "resultList": {"result": results}}
        if not full:
            body["nextCursorMark"] = str(min(end, len(papers))) if results else form["cursorMark"]
        return 200, json.dumps(body).encode(), {}

    def _file_or_article(self, form: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        path = urlsplit(self.path).path
        if path.startswith("/pubmed/"):
            return self._file(path.removeprefix("/pubmed/"))
        pmcid = path.removeprefix("/europepmc/").removesuffix("/fullTextXML")
        paper = next((p for p in self.literature.papers.values() if p.pmcid == pmcid and p.open), None)
        if paper is None:
            return 404, b"", {}
        etag = f'"{pmcid}-1"'
        if self.headers.get("If-None-Match") == etag:
            return 304, b"", {"ETag": etag}
        return 200, paper.jats(True).encode(), {"ETag": etag}

    def _file(self, name: str) -> tuple[int, bytes, dict[str, str]]:
        files = self.literature.files
        if name.endswith("/"):
            inside = sorted(f.removeprefix(name) for f in files if f.startswith(name))
            links = "".join(
                f'<a href="{f}">{f}</a> 2026-01-01 1M\n<a href="{f}.md5">{f}.md5</a>\n' for f in inside
            )
            return 200, f"<html><pre><a href='../'>up</a>\n{links}</pre></html>".encode(), {}
        content = files.get(name.removesuffix(".md5"))
        if content is None:
            return 404, b"", {}
        if name.endswith(".md5"):
            file = name.removesuffix(".md5").rpartition("/")[2]
            return 200, f"MD5({file})= {hashlib.md5(content).hexdigest()}\n".encode(), {}
        if self.literature.wrong_md5[name] > 0:
            self.literature.wrong_md5[name] -= 1
            content = content[:-1] + b"?"
        match = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if match and int(match[1]) >= len(content):
            return 416, b"", {}
        if match:
            start = int(match[1])
            span = f"bytes {start}-{len(content) - 1}/{len(content)}"
            return 206, content[start:], {"Content-Range": span}
        return 200, content, {}


def file_of(papers: list[Paper], deleted: tuple[str, ...] = ()) -> bytes:
    """A file of PubMed, packed the same way each time."""
    gone = "".join(f'<PMID Version="1">{pmid}</PMID>' for pmid in deleted)
    tail = f"<DeleteCitation>{gone}</DeleteCitation>" if deleted else ""
    body = "".join(paper.xml() for paper in papers)
    return gzip.compress(f"<PubmedArticleSet>{body}{tail}</PubmedArticleSet>".encode(), mtime=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=25_000)
    parser.add_argument("--faults", type=float, default=0.0)
    given = parser.parse_args()
    papers = many(given.records)
    literature = Literature(papers, {"made up": list(papers)}, fault_rate=given.faults)
    print(literature.address, flush=True)
    literature.serve()


if __name__ == "__main__":
    main()
