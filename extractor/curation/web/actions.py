"""The changes that a page can ask for. Each appends a decision or keeps a draft; nothing else changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, cast
from urllib.parse import quote

from starlette.responses import Response

from extractor.curation.proposals import ROLES, Proposal, Verdict, corrected
from extractor.curation.web.site import Unusable, Visit, carried, to, whole
from extractor.grounding import species_cues

LONGEST_NAME: Final = 60


def decide(visit: Visit) -> Response:
    """Appends the decision that the form holds, then on to the next proposal."""
    form, where = visit.form, carried(visit.form)
    verdict = cast(Verdict, form.get("verdict") or "reject")  # the buttons that reject name a reason
    new = visit.queue.decide(
        form.get("proposal", ""),
        visit.curator,
        verdict,
        reason=(form.get("reason") or None) if verdict == "reject" else None,
        edits=_object(form.get("edits") or "{}") if verdict == "accept" else {},
        note=form.get("note", "").strip(),
        seen=whole(form.get("seen", "")),
        final=bool(form.get("final")),
    )
    if new.final:
        return to("/differences")
    return to("/next", where, done=new.number)


def undo(visit: Visit) -> Response:
    """Takes back the curator's last decision and shows its proposal again."""
    where = carried(visit.form)
    taken = visit.queue.undo(visit.curator)
    if taken is None:
        return visit.message(200, "Nothing to undo", "You have no decision that is not undone already.")
    return to("/proposal", where, id=taken.proposal_id, done=taken.number)


def note(visit: Visit) -> Response:
    """Keeps the note as it is typed."""
    proposal = _proposal(visit)
    edits, _ = visit.queue.draft(proposal.proposal_id, visit.curator)
    visit.queue.save_draft(proposal.proposal_id, visit.curator, edits, visit.form.get("note", ""))
    return Response(status_code=204)


def edit(visit: Visit) -> Response:
    """Corrects one slot, keeps that, and shows the proposal with it."""
    proposal, form, where = _proposal(visit), visit.form, carried(visit.form)
    role, how = form.get("role", ""), next((way for way in EDITS if way in form), None)
    if how is None or role not in (*ROLES, "effect"):
        raise Unusable(f"no such edit of {role[:20]!r}")
    edits, said = visit.queue.draft(proposal.proposal_id, visit.curator)
    changed = EDITS[how](visit, proposal, role, edits)
    visit.queue.save_draft(proposal.proposal_id, visit.curator, changed, said)
    settle = form.get("final") and 1
    return to("/proposal", where, id=proposal.proposal_id, settle=settle)


def name(visit: Visit) -> Response:
    """Remembers who sits at this browser."""
    given = " ".join(visit.form.get("curator", "").split())
    if not given or len(given) > LONGEST_NAME or not given.isprintable():
        raise Unusable(f"a name has 1 to {LONGEST_NAME} printable characters")
    response = to("/")
    response.set_cookie(cookie(visit.site.settings.secret), quote(given), httponly=True, samesite="strict")
    return response


def cookie(secret: str) -> str:
    """The cookie that holds the curator's name: another one in every run, so that no name is left over from
    an earlier run or another queue (browsers do not tell ports apart)."""
    return "curator-" + secret[:8]


def _proposal(visit: Visit) -> Proposal:
    found = visit.queue.proposal(visit.form.get("proposal", ""))
    if found is None:
        raise Unusable("the queue has no such proposal")
    return found


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise Unusable("not a JSON object")
    return value


Edits = dict[str, Any]


def _select(visit: Visit, proposal: Proposal, role: str, edits: Edits) -> Edits:
    """The slot becomes a stretch of the text, with the identifier that it surely has."""
    text = visit.queue.document_of(proposal.proposal_id).text
    start, end = (whole(part) for part in visit.form["select"].partition("-")[::2])
    if not 0 <= start < end <= len(text):
        raise Unusable(f"{start} to {end} is no stretch of a text of {len(text)} characters")
    found = visit.site.candidates.best(role, text[start:end], species_cues(text))
    named = {"name": found.name if found else None, "curie": found.curie if found else None}
    return {**edits, role: {"text": text[start:end], "start": start, "end": end, **named}}


def _choose(visit: Visit, proposal: Proposal, role: str, edits: Edits) -> Edits:
    """The slot gets another identifier; its place in the text stays."""
    now = corrected(proposal.record, edits).get(role)
    if now is None:
        raise Unusable(f"select the {role} in the text first")
    chosen = _object(visit.form["choose"])
    named = {"name": chosen.get("name"), "curie": chosen.get("curie")}
    return {**edits, role: {**{key: now[key] for key in ("text", "start", "end")}, **named}}


def _clear(visit: Visit, proposal: Proposal, role: str, edits: Edits) -> Edits:
    return {**edits, role: None}


def _restore(visit: Visit, proposal: Proposal, role: str, edits: Edits) -> Edits:
    return {key: value for key, value in edits.items() if key != role}


def _effect(visit: Visit, proposal: Proposal, role: str, edits: Edits) -> Edits:
    chosen = visit.form["effect"] or None
    rest = _restore(visit, proposal, "effect", edits)
    return rest if chosen == proposal.record.get("effect") else {**rest, "effect": chosen}


EDITS: Final[Mapping[str, Callable[[Visit, Proposal, str, Edits], Edits]]] = {
    "select": _select,
    "choose": _choose,
    "clear": _clear,
    "restore": _restore,
    "effect": _effect,
}
ACTIONS: Final[Mapping[str, Callable[[Visit], Response]]] = {
    "/decide": decide,
    "/undo": undo,
    "/note": note,
    "/edit": edit,
    "/curator": name,
}
