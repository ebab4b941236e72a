"""A relation held against the table: a new row, evidence for one, a conflict with one, or nothing new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from extractor.curation.agreement import AGREE, Agreement, agreement
from extractor.curation.proposals import Status
from extractor.curation.rows import Cell, Row
from extractor.evaluation.matching import keys
from extractor.evaluation.records import clean_id

Record = Mapping[str, Any]
OTHERS: Final = ("donor", "recipient", "target")
COMPARED: Final = ("donor", "mirna", "recipient", "target")
OPPOSITE: Final = frozenset({("decreases", "increases"), ("increases", "decreases")})


@dataclass(frozen=True, slots=True)
class Held:
    """A row and a relation of the same miRNA: how each slot agrees; ``own``: the row rests on this paper."""

    row: Row
    slots: Mapping[str, Agreement]
    own: bool
    opposite: bool = False

    def where(self, *kinds: str) -> tuple[str, ...]:
        """The slots besides the miRNA that agree in one of these ways."""
        return tuple(slot for slot in OTHERS if self.slots[slot] in kinds)

    @property
    def agreed(self) -> int:
        """How many slots besides the miRNA both fill alike."""
        return len(self.where(*AGREE))

    @property
    def fits(self) -> bool:
        """Nothing speaks against it: between papers a cell that is named more closely is another one."""
        near = () if self.own else tuple(s for s in self.where("narrower", "broader") if s != "target")
        return not self.where("other") and not near

    @property
    def rank(self) -> tuple[int, int]:
        """The larger, the better the row fits."""
        same = sum(self.slots[slot] == "same" for slot in COMPARED)
        return same, -len(self.where("relation open", "row open"))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the table makes of a relation: status, ids of the rows it touches, and why in one line.

    ``status`` None: the relation is not worth a question. ``novelty``: the share of its pairs of slots
    (donor-miRNA, miRNA-recipient, miRNA-target) that no row states.
    """

    status: Status | None
    rows: tuple[str, ...] = ()
    why: str = ""
    novelty: float = 0.0
    fills: tuple[str, ...] = ()
    """Slots that the first of the rows leaves open and the relation fills."""


class Comparer:
    """Holds the table's rows, by miRNA, and the papers that each rests on.

    ``evidence``: row id -> ids of further papers that are recorded as its evidence.
    """

    def __init__(self, rows: Iterable[Row], evidence: Mapping[str, frozenset[str]] | None = None) -> None:
        self._rows: dict[str, Row] = {}
        self._evidence: dict[str, frozenset[str]] = {}
        self._by_key: dict[str, dict[str, None]] = {}
        for row in rows:
            self.put(row, (evidence or {}).get(row.id, frozenset()))

    def put(self, row: Row, papers: frozenset[str] = frozenset()) -> None:
        """Adds a row, or takes its new state; ``papers`` are further ones that are its evidence."""
        self._rows[row.id] = row
        self._evidence[row.id] = self._evidence.get(row.id, frozenset()) | papers
        for key in _mirna_keys(row.mirna):
            self._by_key.setdefault(key, {})[row.id] = None

    def compare(self, record: Record) -> Comparison:
        """The verdict on a relation record of the contract."""
        if "retracted" in record.get("flags", ()):
            return _retracted(self.resting_on(record["doc_id"]))
        held = self.held(record)
        found = _verdict(record, held)
        return found if found.status is None else replace(found, novelty=_novelty(record, held))

    def held(self, record: Record) -> tuple[Held, ...]:
        """The rows of the relation's miRNA, the best-fitting first."""
        cells = {slot: cell_of(record.get(slot)) for slot in COMPARED}
        doc_id = clean_id(record["doc_id"])
        ids = dict.fromkeys(i for key in _mirna_keys(cells["mirna"]) for i in self._by_key.get(key, ()))
        found = []
        for row in (self._rows[row_id] for row_id in ids):
            slots = {slot: agreement(slot, row.cell(slot), cells[slot]) for slot in COMPARED}
            if slots["mirna"] in AGREE:
                opposite = (row.effect, record.get("effect") or "") in OPPOSITE
                found.append(Held(row, slots, doc_id in self._papers(row), opposite))
        return tuple(sorted(found, key=lambda h: h.rank, reverse=True))

    def resting_on(self, doc_id: str) -> tuple[Row, ...]:
        """The rows that a paper is the source or the evidence of."""
        return tuple(row for row in self._rows.values() if clean_id(doc_id) in self._papers(row))

    def _papers(self, row: Row) -> frozenset[str]:
        return row.papers | self._evidence[row.id]


def cell_of(slot: Mapping[str, Any] | None) -> Cell:
    """A slot of a record as a cell; an open one for None."""
    if not slot:
        return Cell()
    forms = tuple(slot.get("forms") or ())
    return Cell(slot["text"], slot.get("name") or "", slot.get("curie") or "", forms)


def _mirna_keys(cell: Cell) -> list[str]:
    """Under these a miRNA is looked up; arms are told apart later."""
    return sorted({key for name in cell.names for key in keys("mirna", name, True)})


def _verdict(record: Record, held: Sequence[Held]) -> Comparison:
    if not any(record.get(slot) for slot in OTHERS):
        return Comparison(None, why="states nothing but the miRNA")
    if record.get("negated"):
        return _denial(held)
    return next(found for ask in _QUESTIONS if (found := ask(record, held)))


def _denial(held: Sequence[Held]) -> Comparison:
    """What a text denies contradicts the rows that state it, and is no row of its own."""
    denied = [h for h in held if h.fits and h.agreed and not h.where("row open")]
    if not denied:
        return Comparison(None, why="the text denies it, and no row states it")
    return Comparison("conflict", _ids(denied), f"the text denies what {_named(denied)} states")


def _stands(record: Record, held: Sequence[Held]) -> Comparison | None:
    """The row's own paper (or one that is its evidence) says it again, perhaps with less."""
    own = [h for h in held if h.own and h.fits and not h.opposite and not h.where("row open")]
    if not own:
        return None
    closer = [slot for slot in COMPARED if own[0].slots[slot] == "narrower"]
    if closer:
        names = ", ".join(f"{slot} {cell_of(record[slot]).label}" for slot in closer)
        return Comparison(
            "new evidence", _ids(own[:1]), f"the paper of {_named(own[:1])} names more closely: {names}"
        )
    return Comparison("already there", _ids(own[:1]), f"{_named(own[:1])} says so, from this paper")


def _fills(record: Record, held: Sequence[Held]) -> Comparison | None:
    """The row's own paper states a slot that the row leaves open."""
    own = [h for h in held if h.own and h.fits and not h.opposite]
    if not own:
        return None
    slots = own[0].where("row open")
    names = ", ".join(f"{slot} {cell_of(record[slot]).label}" for slot in slots)
    why = f"the paper of {_named(own[:1])} fills what the row leaves open: {names}"
    return Comparison("new evidence", _ids(own[:1]), why, fills=slots)


def _opposes(record: Record, held: Sequence[Held]) -> Comparison | None:
    """All the same, but the miRNA raises what the row lets it lower, or the other way round."""
    rows = [h for h in held if h.fits and h.opposite and h.slots["target"] in AGREE and h.agreed > 1]
    if not rows:
        return None
    why = f"{record['effect']} the target where {_named(rows)} has {rows[0].row.effect}"
    return Comparison("conflict", _ids(rows), why)


def _supports(record: Record, held: Sequence[Held]) -> Comparison | None:
    """Another paper states the row, or a part of it and nothing else."""
    rows = [h for h in held if h.fits and h.agreed and not h.opposite and not h.where("row open")]
    if not rows:
        return None
    lacking = rows[0].where("relation open")
    part = f"a part of it (no {', no '.join(lacking)})" if lacking else "it"
    return Comparison("new evidence", _ids(rows), f"another paper states {part}: {_named(rows)}")


def _contradicts(record: Record, held: Sequence[Held]) -> Comparison | None:
    """Same donor, miRNA and recipient, another target; of one paper, an open donor or recipient is enough."""
    rows = [
        h
        for h in held
        if h.where("other") == ("target",)
        and (set(h.where(*AGREE)) == {"donor", "recipient"} if not h.own else h.agreed)
        and (h.own or not h.where("narrower", "broader"))
    ]
    if not rows:
        return None
    label = cell_of(record["target"]).label
    there = ", ".join(dict.fromkeys(h.row.target.label for h in rows))
    return Comparison("conflict", _ids(rows), f"target {label} where {_named(rows)} has {there}")


def _new(record: Record, held: Sequence[Held]) -> Comparison:
    """No row has it; the row that comes nearest is named."""
    near = [h for h in held if h.agreed and (h.fits or len(h.where("other")) == 1)][:1]
    if not near:
        return Comparison("new row", (), "no row is like it")
    differs = near[0].where("other", "narrower", "broader") or near[0].where("row open")
    verb = "differs in" if near[0].where("other", "narrower", "broader") else "lacks"
    return Comparison("new row", (), f"no row has it; {_named(near)} {verb} {', '.join(differs)}")


_QUESTIONS: Final[tuple[Callable[[Record, Sequence[Held]], Comparison | None], ...]] = (
    *(_stands, _fills, _opposes, _supports, _contradicts),
    _new,
)
"""Asked in this order: the first that applies is the answer."""


def _retracted(resting: Sequence[Row]) -> Comparison:
    if not resting:
        return Comparison("retracted", (), "the paper was retracted; no row rests on it")
    ids = tuple(row.id for row in resting)
    return Comparison(
        "retracted", ids, f"the paper was retracted, and {_listed(ids)} of the table rests on it"
    )


def _novelty(record: Record, held: Sequence[Held]) -> float:
    """How much of the relation no row states, from 0 to 1."""
    stated = [slot for slot in OTHERS if record.get(slot)]
    unseen = [slot for slot in stated if not any(h.slots[slot] in AGREE for h in held)]
    return len(unseen) / len(stated) if stated else 0.0


def _ids(held: Sequence[Held]) -> tuple[str, ...]:
    return tuple(h.row.id for h in held)


def _named(held: Sequence[Held]) -> str:
    return _listed(_ids(held))


def _listed(ids: Sequence[str]) -> str:
    return f"row{'s' if len(ids) > 1 else ''} {', '.join(ids)}"
