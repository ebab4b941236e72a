"""Records as relations again: what every writer takes, checked on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, get_args

from extractor.types import CUES, Cue, Direction, Effect, Evidence, Kind, Relation, RelationContext, Slot
from extractor.writers import tsv
from extractor.writers.values import Record


def relation_of(record: Record) -> Relation:
    """The relation that ``record`` was made of; its ``relation_id`` comes anew from what it states.

    Keys that a relation has no place for are passed over: see :func:`unknown_keys`. Raises ValueError
    naming the key whose value cannot be one, KeyError for a key that is missing.
    """
    if record["mirna"] is None:
        raise ValueError("mirna: null; a relation needs a miRNA")
    return Relation(**{key: _made(key, make, record[key]) for key, make in MAKERS.items() if key in record})


def unknown_keys(record: Record) -> set[str]:
    """The keys of ``record`` that a relation has no place for."""
    return record.keys() - MAKERS.keys() - {"relation_id"}


def _made(key: str, make: Callable[[Any], Any], value: Any) -> Any:
    try:
        return make(value)
    except KeyError as error:
        raise ValueError(f"{key}: no {error.args[0]}") from error
    except (TypeError, ValueError) as error:
        raise ValueError(f"{key}: {error}") from error


def _a(kind: type | tuple[type, ...], name: str, value: Any) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ValueError(f"{value!r} is not {name}")
    return value


def _among(values: tuple[Any, ...], value: Any) -> Any:
    if value not in values:
        raise ValueError(f"{value!r} is none of {', '.join(values)}")
    return value


_text = partial(_a, str, "a text")
_whole = partial(_a, int, "a whole number")


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(_text(value) for value in _a(list, "a list", values))


def _optional(value: Any) -> str | None:
    return None if value is None else str(_text(value))


def _effect(value: Any) -> Any:
    return None if value is None else _among(get_args(Effect), value)


def _share(value: Any) -> float:
    number = float(_a((int, float), "a number", value))
    if not 0 <= number <= 1:
        raise ValueError(f"{value!r} is not between 0 and 1")
    return number


def _slot(value: Any) -> Slot | None:
    if value is None:
        return None
    return Slot(
        _text(_a(dict, "an object", value)["text"]),
        _whole(value["start"]),
        _whole(value["end"]),
        _optional(value.get("name")),
        _optional(value.get("curie")),
        _texts(value.get("forms", [])),
    )


def _evidence(values: Any) -> tuple[Evidence, ...]:
    items = [_a(dict, "an object", item) for item in _a(list, "a list", values)]
    return tuple(
        Evidence(
            _whole(item["start"]), _whole(item["end"]), _text(item["text"]), _texts(item.get("rules", []))
        )
        for item in items
    )


def _cue(value: Any) -> Cue:
    item = _a(dict, "an object", value)
    texts = {key: _text(item[key]) for key in ("name", "text", "rule")}
    places = {key: _whole(item[key]) for key in ("start", "end", "sentence_start", "sentence_end")}
    return Cue(**texts, **places, curie=_optional(item.get("curie")))


def _context(value: Any) -> RelationContext:
    item = _a(dict, "an object", value)
    direction = item.get("phenotype_direction")
    if direction is not None:
        _among(get_args(Direction), direction)
    cues = {name: tuple(map(_cue, _a(list, "a list", item.get(name, [])))) for name in CUES}
    return RelationContext(direction, **cues)


MAKERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "doc_id": _text,
    "kind": partial(_among, get_args(Kind)),
    **dict.fromkeys(tsv.SLOTS, _slot),
    "effect": _effect,
    "negated": partial(_a, bool, "true or false"),
    "confidence": _share,
    "evidence": _evidence,
    "citations": _texts,
    "flags": _texts,
    "context": _context,
}
"""How the value of each key of a record is made what a relation has there."""
