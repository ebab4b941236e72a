"""What to ask next: proposals re-ranked by what earlier decisions teach.

A proposal's rank is the one that it came with plus what its features have earned: its rules, its miRNA, its
cells and its confidence, in tenths. Each feature's acceptance rate is drawn towards the rate over all
decisions as if ``WEIGHT`` more had been seen at that rate; the mean of the differences is added. So a
proposal of a rule that was always right climbs, by at most 1, and nothing learnt moves nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from extractor.curation.proposals import slot_key
from extractor.curation.queue import Queue

WEIGHT: Final = 4.0
"""Decisions that the rate over all stands for: with fewer of its own a feature says little."""
EVERY: Final = 5
"""Decisions after which the review ranks anew."""
LEAST: Final = 0.005
"""A smaller change of rank is not written: it moves nobody past more than a near tie."""
CHUNK: Final = 200
"""Ranks that are written at once: a curator's decision never waits for thousands."""

Features = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What decisions teach: ``worth`` of each feature that was decided on, in (-1, 1)."""

    base: float
    worth: Mapping[str, float]

    def gain(self, features: Features) -> float:
        """What is added to the rank of a proposal with these features."""
        return sum(self.worth.get(f, 0.0) for f in features) / len(features) if features else 0.0


def features_of(record: Mapping[str, Any]) -> Features:
    """The features of a relation record, sorted, e.g. ``("confidence:7", "mirna:miR-21", "rule:...")``."""
    rules = {f"rule:{rule}" for evidence in record["evidence"] for rule in evidence["rules"]}
    keys = {
        f"{role}:{slot_key(record[role])}" for role in ("donor", "mirna", "recipient") if record.get(role)
    }
    return tuple(sorted({*rules, *keys, f"confidence:{min(int(record['confidence'] * 10), 9)}"}))


def learn(judged: Iterable[tuple[Features, bool]]) -> Lesson:
    """From the features of decided proposals and whether they were accepted.

    >>> lesson = learn([(("rule:a",), True)] * 4 + [(("rule:b",), False)] * 4)
    >>> lesson.base, lesson.worth["rule:a"], lesson.worth["rule:b"]
    (0.5, 0.25, -0.25)
    """
    accepted, seen = Counter[str](), Counter[str]()
    right = total = 0
    for features, good in judged:
        total += 1
        right += good
        seen.update(features)
        accepted.update(features if good else ())
    base = right / total if total else 0.0
    rates = {f: (accepted[f] + WEIGHT * base) / (seen[f] + WEIGHT) for f in seen}
    return Lesson(base, {f: rate - base for f, rate in rates.items()})


class Ranker:
    """Ranks the undecided proposals of a queue; reads each proposal's features once."""

    def __init__(self) -> None:
        self._features: dict[str, Features] = {}

    def rerank(self, queue: Queue) -> int:
        """Gives every undecided proposal its new rank; returns how many ranks changed.

        A blind queue keeps its order, which would else tell one curator what the other said.
        """
        if queue.blind:
            return 0
        verdicts = queue.rows("SELECT proposal_id, verdict FROM standing WHERE verdict <> 'skip'")
        ranks = queue.rows("SELECT proposal_id, prior, score FROM proposals")
        self._read(queue)  # after the ranks, so that whatever was added meanwhile is known as well
        lesson = learn((self._features[row[0]], row[1] == "accept") for row in verdicts)
        changed = list(_changed(ranks, lesson, self._features, {row[0] for row in verdicts}))
        for start in range(0, len(changed), CHUNK):
            queue.rerank(dict(changed[start : start + CHUNK]))
        return len(changed)

    def _read(self, queue: Queue) -> None:
        """Proposals are never taken away: where there are as many as were read, none is new."""
        if queue.rows("SELECT count(*) FROM proposals")[0][0] != len(self._features):
            for proposal_id, record in queue.rows("SELECT proposal_id, record FROM proposals"):
                if proposal_id not in self._features:
                    self._features[proposal_id] = features_of(json.loads(record))


def _changed(
    ranks: Iterable[Any], lesson: Lesson, features: Mapping[str, Features], decided: set[str]
) -> Iterator[tuple[str, float]]:
    for proposal_id, prior, score in ranks:
        if proposal_id not in decided:
            new = prior + lesson.gain(features[proposal_id])
            if abs(new - score) >= LEAST:
                yield proposal_id, new
