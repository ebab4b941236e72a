"""``evmir convert``: relations from one format into another."""

from __future__ import annotations

from pathlib import Path

from extractor.cli.ending import Refused, say
from extractor.cli.output import Output
from extractor.types import Relation
from extractor.writers import RELATION_WRITERS, RecordError, UnknownFormat, read_records
from extractor.writers.relations import relation_of, unknown_keys
from extractor.writers.terminal import show_relations

SHOWN = 10


def convert_file(source: Path, output: Path | None) -> None:
    """Writes the relations of ``source``; None or ``-`` is standard output. Raises Refused."""
    target = Output(output, [str(source)], RELATION_WRITERS, show_relations)
    target.write(_relations(source))


def _relations(source: Path) -> list[Relation]:
    try:
        records = read_records(source)
    except OSError as error:
        raise Refused(f"cannot read {source}: {error.strerror or error}") from error
    except (RecordError, UnknownFormat) as error:
        raise Refused(str(error)) from error
    relations, problems = [], []
    for number, record in enumerate(records, start=1):
        try:
            relations.append(relation_of(record))
        except (KeyError, ValueError) as error:
            problems.append(f"{source}: record {number}: {error}")
    if problems:
        more = f"; and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        raise Refused("; ".join(problems[:SHOWN]) + more)
    dropped = sorted(set().union(*map(unknown_keys, records)))
    if dropped:
        say(f"{source}: not carried over, for no format has a place for it: {', '.join(dropped)}")
    return relations
