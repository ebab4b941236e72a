"""What a run found, for people who do not sit at the queue: one page, or Markdown for a mail.

Findings stand by kind and paper, the highest rank first, each with its sentences and a link to PubMed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Final

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
    def by_reason(self) -> list[tuple[str, list[str]]]:
        """Why and how sure, each with the statements that it holds for."""
        found: dict[str, list[str]] = {}
        for p in self.proposals:
            found.setdefault(f"{p.why}; confidence {p.record['confidence']:.2f}", []).append(
                statement(p.record)
            )
        return list(found.items())

    @property
    def sentences(self) -> list[Record]:
        """Of the evidence that they share, the sentences that tell most: those that name most roles."""
        evidence: list[Record] = self.proposals[0].record["evidence"]
        best = sorted(evidence, key=lambda e: -len(self._roles(e["text"])))[:QUOTED]
        return [sentence for sentence in evidence if sentence in best]

    def _roles(self, text: str) -> set[str]:
        return {role for *_, role in _names_in(text, self.proposals)}


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
        "".join(f"<h3>{escape(told)}</h3>" for told in statements) + f'<p class="soft">{escape(why)}</p>'
        for why, statements in paper.by_reason
    )
    quotes = "".join(f"<blockquote>{_marked(s, paper.proposals)}</blockquote>" for s in paper.sentences)
    return f"<article>{findings}{quotes}<p>{linked}</p></article>"


def _markdown_paper(paper: Paper) -> Iterator[str]:
    name = escaped(_named(paper.doc_id))
    for why, statements in paper.by_reason:
        yield from (f"**{escaped(told)}**  " for told in statements)
        yield escaped(why)
        yield ""
    for sentence in paper.sentences:
        yield f"> {escaped(sentence['text'])}"
        yield ""
    yield f"[{name}]({paper.link})" if paper.link else name
    yield ""


def _marked(sentence: Record, proposals: Sequence[Proposal]) -> str:
    """The sentence, escaped, with every name of the relations marked."""
    text, parts, behind = sentence["text"], [], 0
    for start, end, _ in _names_in(text, proposals):
        parts += [escape(text[behind:start]), "<mark>", escape(text[start:end]), "</mark>"]
        behind = end
    return "".join([*parts, escape(text[behind:])])


def _names_in(text: str, proposals: Iterable[Proposal]) -> list[tuple[int, int, str]]:
    """Where names of the relations stand in a text: start, end and role, in order, the longest name first."""
    slots = [(role, p.record[role]) for p in proposals for role in MARKED if p.record.get(role)]
    roles = {name.casefold(): role for role, slot in slots for name in (slot["text"], *slot["forms"])}
    if not roles:
        return []
    longest_first = sorted(roles, key=len, reverse=True)
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"
    found = re.finditer(pattern, text, re.IGNORECASE)
    return [(m.start(), m.end(), roles.get(m.group().casefold(), "")) for m in found]
