"""What the processes of test_processes do with a queue: ``python worker.py TASK QUEUE CURATOR``.

Each line on standard output says what is done, and is written when it is done.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from extractor.curation.proposals import Proposal, propose
from extractor.curation.queue import AlreadyDecided, Queue
from extractor.types import Document


def decide_all(queue: Queue, curator: str) -> None:
    """Whatever comes next, as fast as possible, until nothing does."""
    while (found := queue.next(curator)) is not None:
        try:
            made = queue.decide(found.proposal_id, curator, "accept", seen=0)
        except AlreadyDecided:
            print("late", flush=True)
        else:
            print(made.number, flush=True)


def decide_for_ever(queue: Queue, curator: str) -> None:
    """Decides and undoes, with a note and a draft beside, until it is killed."""
    proposals = queue.proposals()
    for turn in range(10**6):
        found = proposals[turn % len(proposals)]
        queue.save_draft(found.proposal_id, curator, {}, f"note {turn}")
        made = queue.decide(found.proposal_id, curator, "accept", note=f"turn {turn}")
        print(made.number, flush=True)
        undone = queue.undo(curator)
        print(undone and undone.number, flush=True)


def add(queue: Queue, curator: str) -> None:
    """The records of standard input, all at once."""
    records = [json.loads(line) for line in sys.stdin]
    documents = [Document(r["doc_id"], r["text"]) for r in records]
    proposals: list[Proposal] = [propose(r["record"]) for r in records]
    print(queue.add(proposals, documents), flush=True)


TASKS: dict[str, Callable[[Queue, str], None]] = {
    "decide_all": decide_all,
    "decide_for_ever": decide_for_ever,
    "add": add,
}

if __name__ == "__main__":
    with Queue(sys.argv[2]) as opened:
        TASKS[sys.argv[1]](opened, sys.argv[3])
