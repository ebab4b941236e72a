"""What a run found, for people who do not sit at the queue: one page, or Markdown for a mail.

Findings stand by kind and paper, the highest rank first, each with its sentences and a link to PubMed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Any, Final

from extractor.curation.comparison import cell_of
from extractor.curation.exports.markdown import escaped
from extractor.curation.exports.view import NOTHING, SYMBOLS, link_of
from extractor.curation.merge import row_of_record
from extractor.curation.page import page
from extractor.curation.proposals import Decision, Proposal, Record
from extractor.curation.update import Summary

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "retracted": "Retracted papers",
        "new row": "New rows",
        "conflict": "Conflicts with the table",
        "new evidence": "New evidence for rows of the table",
    }
)
"""The kinds of proposals in the order of the digest, with their headings."""
QUOTED: Final = 3
"""Sentences shown of one finding; the queue has them all."""
MARKED: Final = ("donor", "mirna", "recipient", "target")


@dataclass(frozen=True, slots=True)
class Paper:
    """Proposals of one kind that rest on the same sentences of one paper."""

    doc_id: str
    link: str
    proposals: tuple[Proposal, ...]

    @property
    def sentences(self) -> list[dict[str, Any]]:
        """Of the evidence that they share, the sentences that tell most: those where their names stand."""
        evidence: list[dict[str, Any]] = self.proposals[0].record["evidence"]
        best = sorted(evidence, key=lambda e: -len(_places(e, self.proposals)))[:QUOTED]
        return [sentence for sentence in evidence if sentence in best]


def papers(proposals: Iterable[Proposal]) -> tuple[Paper, ...]:
    """Grouped, in the order of each group's first proposal."""
    groups: dict[tuple[str, tuple[tuple[int, int], ...]], list[Proposal]] = {}
    for proposal in proposals:
        places = tuple((e["start"], e["end"]) for e in proposal.record["evidence"])
        groups.setdefault((proposal.doc_id, places), []).append(proposal)
    return tuple(Paper(key[0], _link(members[0]), tuple(members)) for key, members in groups.items())


def statement(record: Record) -> str:
    """``donor → miRNA → recipient: target ↓``, a dash for what is not stated.

    >>> statement({"mirna": {"text": "miR-21"}, "target": {"text": "PTEN"}, "effect": "decreases"})
    '– → miR-21 → –: PTEN ↓'
    """
    donor, mirna, recipient, target = (cell_of(record.get(slot)).label or NOTHING for slot in MARKED)
    effect = SYMBOLS.get(record.get("effect") or "", "")
    acts = f": {target} {effect}".rstrip() if record.get("target") else ""
    phenotype = cell_of(record.get("phenotype")).label
    denied = "denied: " if record.get("negated") else ""
    return f"{denied}{donor} → {mirna} → {recipient}{acts}" + (f" ({phenotype})" if phenotype else "")


def headline(summary: Summary) -> str:
    """The run in one line."""
    found = ", ".join(f"{count} {kind}" for kind, count in summary.found.items()) or "nothing"
    before = f", {summary.screened_before} screened before" if summary.screened_before else ""
    return (
        f"{summary.documents} papers read{before}. Found: {found}. New in the queue: {len(summary.new)}"
        f"{f', known to it: {summary.known}' if summary.known else ''}."
    )


def html_digest(title: str, summary: Summary) -> bytes:
    """One page that needs nothing else; every text is escaped."""
    parts = [f"<h1>{escape(title)}</h1>", f"<p>{escape(headline(summary))}</p>"]
    parts += [f'<p class="soft">{escape(line)}</p>' for line in _retracted(summary)]
    for kind, heading, found in _sections(summary):
        parts.append(f'<section id="{kind.replace(" ", "-")}"><h2>{escape(heading)} ({_count(found)})</h2>')
        parts += [_html_paper(paper) for paper in found]
        parts.append("</section>")
    if not summary.new:
        parts.append("<p>Nothing new.</p>")
    return page(title, "\n".join(parts))


def markdown_digest(title: str, summary: Summary) -> bytes:
    """The same as Markdown."""
    lines = [f"# {escaped(title)}", "", escaped(headline(summary)), ""]
    lines += [line for told in _retracted(summary) for line in (escaped(told), "")]
    for _, heading, found in _sections(summary):
        lines += [f"## {escaped(heading)} ({_count(found)})", ""]
        lines += [line for paper in found for line in _markdown_paper(paper)]
    if not summary.new:
        lines += ["Nothing new.", ""]
    return "\n".join(lines).encode("utf-8", "replace")


DIGESTS: Final[Mapping[str, Callable[[str, Summary], bytes]]] = MappingProxyType(
    {".html": html_digest, ".md": markdown_digest}
)


def _sections(summary: Summary) -> Iterator[tuple[str, str, tuple[Paper, ...]]]:
    for kind, heading in KINDS.items():
        found = papers(p for p in summary.new if p.status == kind)
        if found:
            yield kind, heading, found


def _count(found: Sequence[Paper]) -> int:
    return sum(len(paper.proposals) for paper in found)


def _retracted(summary: Summary) -> list[str]:
    return [
        f"{doc_id} was retracted; of the table rest on it: {', '.join(rows)}"
        for doc_id, rows in summary.retracted.items()
    ]


def _link(proposal: Proposal) -> str:
    nobody = Decision(0, proposal.proposal_id, "", "accept", None)
    return link_of(row_of_record(proposal.record, "", nobody))


def _named(doc_id: str) -> str:
    return f"PMID {doc_id}" if doc_id.isdigit() else doc_id


def _html_paper(paper: Paper) -> str:
    name = escape(_named(paper.doc_id))
    linked = f'<a href="{escape(paper.link)}">{name}</a>' if paper.link else name
    findings = "".join(
        f'<h3>{escape(statement(p.record))}</h3><p class="soft">{escape(p.why)}; '
        f"confidence {p.record['confidence']:.2f}</p>"
        for p in paper.proposals
    )
    quotes = "".join(f"<blockquote>{_marked(s, paper.proposals)}</blockquote>" for s in paper.sentences)
    return f"<article>{findings}{quotes}<p>{linked}</p></article>"


def _markdown_paper(paper: Paper) -> Iterator[str]:
    name = escaped(_named(paper.doc_id))
    for p in paper.proposals:
        yield f"**{escaped(statement(p.record))}**  "
        yield f"{escaped(p.why)}; confidence {p.record['confidence']:.2f}"
        yield ""
    for sentence in paper.sentences:
        yield f"> {escaped(sentence['text'])}"
        yield ""
    yield f"[{name}]({paper.link})" if paper.link else name
    yield ""


def _marked(sentence: dict[str, Any], proposals: Sequence[Proposal]) -> str:
    """The sentence, escaped, with the names of the relations marked where they stand in it."""
    start, text = sentence["start"], sentence["text"]
    parts, behind = [], 0
    for first, last in _places(sentence, proposals):
        if first - start >= behind:
            name = text[first - start : last - start]
            parts += [escape(text[behind : first - start]), "<mark>", escape(name), "</mark>"]
            behind = last - start
    return "".join([*parts, escape(text[behind:])])


def _places(sentence: dict[str, Any], proposals: Iterable[Proposal]) -> list[tuple[int, int]]:
    """Where the slots of the proposals stand in a sentence: start and end in the document, in order."""
    slots = [p.record[role] for p in proposals for role in MARKED if p.record.get(role)]
    places = {(slot["start"], slot["end"]) for slot in slots}
    return sorted((a, b) for a, b in places if sentence["start"] <= a and b <= sentence["end"])
