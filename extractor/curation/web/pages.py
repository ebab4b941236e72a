"""The pages: each reads the queue and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Final

from starlette.responses import JSONResponse, Response

from extractor.curation import overview
from extractor.curation.proposals import ROLES
from extractor.curation.queue import Filter
from extractor.curation.verdicts import standing
from extractor.curation.web.proposal_view import view
from extractor.curation.web.site import Handler, Unusable, Visit, to, whole, without_state
from extractor.grounding import species_cues

PAGE: Final = 50
"""Proposals on one page of a list."""


def dashboard(visit: Visit) -> Response:
    """How far the work is, what came since a day, who did what and how far they agree."""
    queue, viewer = visit.queue, visit.viewer
    since = visit.query.get("since", "")
    mirnas, cells = visit.site.frequent()
    counts, curators = overview.tally(queue, viewer), overview.curators(queue)
    return visit.page(
        "dashboard.html",
        progress=overview.decided(counts),
        tally=counts,
        curators=[c for c in curators if not viewer or c.curator == viewer],
        agreements=overview.agreements(queue, [c.curator for c in curators]) if not viewer else (),
        additions=overview.additions(queue),
        since=since,
        new=queue.count(Filter(since=since)) if since else 0,
        mirnas=mirnas,
        cells=cells,
        differing=queue.count(Filter(state="differs")),
    )


def next_proposal(visit: Visit) -> Response:
    """On to the proposal that comes next; with ``after``, to the one ranked below it."""
    after = visit.query.get("after", "")
    found = visit.queue.next(visit.curator, visit.where, after=after)
    if found is None:
        return visit.page("done.html", differing=visit.queue.count(Filter(state="differs")), after=after)
    return to("/proposal", without_state(visit.where), id=found.proposal_id, done=visit.query.get("done"))


def proposal(visit: Visit) -> Response:
    """One proposal to decide on."""
    found = visit.queue.proposal(visit.query.get("id", ""))
    if found is None:
        return visit.message(404, "No such proposal", "The queue has no proposal of this number.")
    shown = view(visit, found, bool(visit.query.get("settle")))
    done, total = overview.progress(visit.queue, visit.where, visit.viewer)
    last = visit.query.get("done", "")
    return visit.page(
        "proposal.html",
        view=shown,
        done=done,
        total=total,
        paper=visit.queue.count(Filter(doc_id=found.doc_id)),
        last=visit.queue.decision(whole(last)) if last else None,
    )


def proposals(visit: Visit) -> Response:
    """A list that can be searched and filtered."""
    return _list(visit, "Proposals", visit.where)


def paper(visit: Visit) -> Response:
    """All proposals on one document."""
    doc_id = visit.query.get("id", "")
    return _list(visit, f"Paper {doc_id}", replace(visit.where, doc_id=doc_id))


def mirna(visit: Visit) -> Response:
    """All proposals on one miRNA."""
    key = visit.query.get("key", "")
    return _list(visit, f"miRNA {overview.name_of(visit.queue, key)}", replace(visit.where, mirna=key))


def cell(visit: Visit) -> Response:
    """All proposals in which one cell sends or receives."""
    key = visit.query.get("key", "")
    return _list(visit, f"Cell {overview.name_of(visit.queue, key)}", replace(visit.where, cell=key))


def _list(visit: Visit, title: str, where: Filter) -> Response:
    number = max(whole(visit.query.get("page") or "1"), 1)
    meant = replace(where, curator=visit.viewer)
    found = visit.queue.proposals(meant, limit=PAGE, offset=(number - 1) * PAGE)
    total = visit.queue.count(meant)
    return visit.page(
        "list.html",
        title=title,
        where=where,
        found=found,
        states_of=overview.states(visit.queue, (p.proposal_id for p in found), visit.viewer),
        total=total,
        page=number,
        pages=-(-total // PAGE),
    )


def differences(visit: Visit) -> Response:
    """What curators disagree on, and how far they agree."""
    found = visit.queue.proposals(Filter(state="differs"), limit=PAGE)
    return visit.page(
        "differences.html",
        found=[(p, standing(visit.queue.decisions(p.proposal_id))) for p in found],
        total=visit.queue.count(Filter(state="differs")),
        agreements=overview.agreements(visit.queue, [c.curator for c in overview.curators(visit.queue)]),
    )


def candidates(visit: Visit) -> Response:
    """What a slot's identifier may be, for what is typed so far, as JSON."""
    role, typed = visit.query.get("role", ""), visit.query.get("q", "")[:200]
    if role not in ROLES:
        raise Unusable(f"no slot is named {role!r}")
    found = visit.queue.proposal(visit.query.get("id", ""))
    species = species_cues(visit.queue.document_of(found.proposal_id).text) if found else ()
    return JSONResponse([asdict(choice) for choice in visit.site.candidates.offer(role, typed, species)])


def who(visit: Visit) -> Response:
    """Asks the curator's name."""
    names = [c.curator for c in overview.curators(visit.queue)]
    return visit.page("curator.html", names=names, back=visit.query.get("back", ""))


PAGES: Final[Mapping[str, Handler]] = {
    "/": dashboard,
    "/next": next_proposal,
    "/proposal": proposal,
    "/proposals": proposals,
    "/paper": paper,
    "/mirna": mirna,
    "/cell": cell,
    "/differences": differences,
    "/candidates": candidates,
    "/curator": who,
}
