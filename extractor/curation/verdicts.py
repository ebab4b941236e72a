"""What decisions amount to: whether one may be made, which one counts, how far two curators agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

from extractor.curation.proposals import REASONS, Decision, Verdict
from extractor.curation.queue_schema import QueueError

JUDGED: Final = ("accept", "reject")


class AlreadyDecided(QueueError):
    """Somebody, perhaps the same curator in another window, was faster; look again before deciding."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """``both``: proposals that both accepted or rejected; ``agreed``: those with the same verdict;
    ``kappa``: Cohen's (Cohen 1960, doi:10.1177/001316446002000104), None without any or where chance
    alone leaves no room (both always said the same one thing)."""

    both: int
    agreed: int
    kappa: float | None


def check_decision(
    curator: str, verdict: Verdict, reason: str | None, edits: Mapping[str, Any] | None, final: bool
) -> None:
    """Raises ValueError for a decision that makes no sense by itself."""
    if not curator.strip():
        raise ValueError("a decision needs its curator's name")
    if verdict == "undo" or verdict not in get_args(Verdict):
        raise ValueError(f"verdict {verdict!r}: must be accept, reject or skip")
    if verdict == "reject" and reason not in REASONS:
        raise ValueError(f"reason {reason!r}: a rejection needs one of {', '.join(REASONS)}")
    if verdict != "reject" and reason is not None:
        raise ValueError(f"only a rejection has a reason, {verdict} has none")
    if edits and verdict != "accept":
        raise ValueError("only what is accepted can be corrected")
    if final and verdict == "skip":
        raise ValueError("a difference is settled by accept or reject")


def check_seen(decisions: Sequence[Decision], seen: int | None) -> None:
    """Raises AlreadyDecided when there are decisions that the curator had not seen."""
    last = decisions[-1] if decisions else None
    if seen is not None and seen != (last.number if last else 0):
        raise AlreadyDecided(_faster(last))
    if seen is None and (judged := [d for d in standing(decisions) if d.verdict in JUDGED]):
        raise AlreadyDecided(_faster(judged[-1]))


def _faster(last: Decision | None) -> str:
    if last is None:
        return "the queue holds no decision on this proposal; look at it again"
    return f"{last.curator} decided this proposal on {last.date} ({last.verdict}); look at it again"


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Of one proposal's decisions each curator's last that was not taken back (and last final one)."""
    decided = list(decisions)
    undone = {d.undoes for d in decided}
    last = {(d.curator, d.final): d for d in decided if d.verdict != "undo" and d.number not in undone}
    return sorted(last.values(), key=lambda d: d.number)


def differ(decisions: Iterable[Decision]) -> bool:
    """Do curators who judged it say different things, edits included, with nobody having settled it?"""
    judged = [d for d in standing(decisions) if d.verdict in JUDGED]
    return not any(d.final for d in judged) and any(not _same(d, judged[0]) for d in judged)


def _same(one: Decision, other: Decision) -> bool:
    return (one.verdict, one.edits) == (other.verdict, other.edits)


def counting(decisions: Iterable[Decision], needed: int) -> Decision | None:
    """The decision that counts: the last final one, else the last of at least ``needed`` curators who all
    say the same, edits included; None while they are too few or differ."""
    judged = [d for d in standing(decisions) if d.verdict in JUDGED]
    final = [d for d in judged if d.final]
    if final:
        return final[-1]
    alike = len(judged) >= needed and all(_same(d, judged[0]) for d in judged)
    return judged[-1] if alike else None


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Of pairs of verdicts.

    >>> agreement([("accept", "accept")] * 2 + [("reject", "reject"), ("accept", "reject")])
    Agreement(both=4, agreed=3, kappa=0.5)
    """
    counts = Counter(pairs)
    both = sum(counts.values())
    agreed = sum(n for (a, b), n in counts.items() if a == b)
    if not both:
        return Agreement(0, 0, None)
    first, second = (Counter[str](), Counter[str]())
    for (a, b), n in counts.items():
        first[a] += n
        second[b] += n
    chance = sum(first[v] * second[v] for v in first)  # times both squared: whole numbers, exact
    room = both * both - chance
    return Agreement(both, agreed, (agreed * both - chance) / room if room else None)
