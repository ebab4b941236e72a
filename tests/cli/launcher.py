"""``evmir`` with a stand-in for the extractor: what is tested is the command, not the biology.

Worker processes import this module again (under another name), so the stand-in is theirs as well.
"""

from __future__ import annotations

import os
import re
import time

import extractor.cli.work
from extractor.cli import main
from extractor.types import Concept, Document, Evidence, Mention, Relation, Slot

NAME = re.compile(r"miR-\d+")


class Standin:
    """Every ``miR-N`` of a text is a relation, of confidence N / 100. Some words make it misbehave."""

    def extract(self, document: Document, include_regulation: bool = False) -> tuple[Relation, ...]:
        self._misbehave(document.text)
        evidence = (Evidence(0, len(document.text), document.text, ("standin",)),)
        relations = tuple(
            Relation(
                document.doc_id,
                Slot(match.group(), match.start(), match.end(), match.group()),
                confidence=int(match.group()[4:]) / 100,
                evidence=evidence,
            )
            for match in NAME.finditer(document.text)
        )
        regulation = tuple(
            Relation(r.doc_id, r.mirna, kind="regulation", evidence=evidence) for r in relations
        )
        return relations + regulation * include_regulation

    def annotate(self, document: Document) -> tuple[Mention, ...]:
        self._misbehave(document.text)
        return tuple(
            Mention(
                "MIRNA", m.start(), m.end(), m.group(), m.group(), Concept(f"test:{m.group()}", m.group())
            )
            for m in NAME.finditer(document.text)
        )

    def _misbehave(self, text: str) -> None:
        if "CRASH" in text:
            raise ValueError("an odd text\nin two lines")
        if "DIE" in text:
            os._exit(9)
        if "SLOW" in text:
            time.sleep(30)


def standin(model: str | None) -> Standin:
    if model == "missing":
        raise extractor.cli.work.Refused("no spaCy pipeline 'missing'")
    return Standin()


extractor.cli.work._extractor = standin  # type: ignore[assignment]

if __name__ == "__main__":
    main()
