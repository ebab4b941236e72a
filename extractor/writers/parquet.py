"""Parquet: a column a key of the JSON record, slots as structures: nothing is flattened or escaped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extractor.types import CUES, Relation
from extractor.writers import tsv
from extractor.writers.context_cells import empty
from extractor.writers.sink import Sink
from extractor.writers.values import REPLACEMENT, SURROGATE, Parsed, Record, RecordError

if TYPE_CHECKING:
    import pyarrow

GROUP: Final = 10_000
"""Rows that are written, and held in memory, at a time."""
EXTRA: Final = frozenset({"vesicle", "citations", "flags", "context"})
"""Keys that the contract leaves open; a file of other tools may lack them."""


def relation_table(relations: Iterable[Relation]) -> Iterator[bytes]:
    """The file in pieces, one a row group. Lone surrogates, which Parquet lacks, become U+FFFD."""
    import pyarrow
    import pyarrow.parquet

    schema, sink = _schema(), Sink()
    records = (relation.to_record() for relation in relations)
    with pyarrow.parquet.ParquetWriter(pyarrow.PythonFile(sink, "w"), schema, compression="zstd") as writer:
        while group := list(islice(records, GROUP)):
            writer.write_table(_table(group, schema))
            yield sink.drain()
    yield sink.drain()


def read(path: Path) -> Parsed:
    """The records of such a file. Raises RecordError when it is another, OSError."""
    import pyarrow
    import pyarrow.parquet

    try:
        with path.open("rb") as stream:
            file = pyarrow.parquet.ParquetFile(stream)
            _check(path, file.schema_arrow.names)
            rows = (row for batch in file.iter_batches() for row in batch.to_pylist())
            for number, row in enumerate(rows, start=1):
                yield f"row {number}", partial(_record, row)
    except pyarrow.ArrowException as error:
        raise RecordError(f"{path}: not a Parquet file that can be read ({error})") from error


def _check(path: Path, names: list[str]) -> None:
    missing = sorted((tsv.KEYS | {"evidence"}) - EXTRA - set(names))
    if missing:
        raise RecordError(f"{path}: no column {', '.join(missing)}: not relations that evmir wrote")


def _record(row: Record) -> Record:
    return {"vesicle": None, "citations": [], "flags": [], "context": empty(), **row}


def _table(records: list[Record], schema: pyarrow.Schema) -> pyarrow.Table:
    import pyarrow

    try:
        return pyarrow.Table.from_pylist(records, schema)
    except UnicodeEncodeError:
        clean = SURROGATE.sub(REPLACEMENT, json.dumps(records, ensure_ascii=False))
        return pyarrow.Table.from_pylist(json.loads(clean), schema)


def _schema() -> pyarrow.Schema:
    """The columns in the order of the JSON record's keys."""
    import pyarrow as pa

    text, whole, texts = pa.string(), pa.int64(), pa.list_(pa.string())
    details = {"text": text, "start": whole, "end": whole, "name": text, "curie": text, "forms": texts}
    slot = pa.struct(list(details.items()))
    sentence = pa.struct([("start", whole), ("end", whole), ("text", text), ("rules", texts)])
    fields = {
        **dict.fromkeys(("relation_id", "doc_id", "kind"), text),
        **dict.fromkeys(tsv.SLOTS, slot),
        "effect": text,
        "negated": pa.bool_(),
        "confidence": pa.float64(),
        "evidence": pa.list_(sentence),
        **dict.fromkeys(("citations", "flags"), texts),
        "context": _context(),
    }
    return pa.schema(list(fields.items()))


def _context() -> pyarrow.DataType:
    import pyarrow as pa

    places = ("start", "end", "sentence_start", "sentence_end")
    cue = [("name", "curie", "text"), places, ("rule",)]
    kinds = {key: pa.int64() if keys is places else pa.string() for keys in cue for key in keys}
    cues = dict.fromkeys(CUES, pa.list_(pa.struct(list(kinds.items()))))
    return pa.struct(list({"phenotype_direction": pa.string(), **cues}.items()))
