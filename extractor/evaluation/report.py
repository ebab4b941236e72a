"""A report for people (rich tables), for programs (JSON) and for the browser (one self-contained file)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any, Final

from rich.console import Group
from rich.table import Table
from rich.text import Text

from extractor.evaluation.evaluate import Mistake, Report
from extractor.evaluation.records import ENTITY_SLOTS, Entry
from extractor.evaluation.scores import Interval, Score
from extractor.evaluation.table import Judged, TableReport

_VERDICTS: Final = (
    "correct",
    "partial, rest not in text",
    "partial",
    "wrong",
    "wrong, miRNA not in table",
)
_HEADER: Final = ("what is counted", "precision", "recall", "F1", "TP", "FP", "FN", "open")


def render_text(report: Report) -> Group:
    """The report as something ``rich`` prints."""
    parts: list[Table | Text] = [Text(title(report)), _rich(_HEADER, [_cells(s) for s in report.scores])]
    if report.table is not None:
        parts += [Text("Against the table's atomic rows"), _rich(_HEADER[:7], table_rows(report.table))]
        parts.append(_rich(("verdict on a reported relation", "number"), verdict_rows(report.table)))
    parts.append(Text(_FOOT))
    return Group(*parts)


_FOOT: Final = (
    "Intervals: 95 % bootstrap over documents (rows and relations for a table). "
    "open: predictions that only one annotation pass supports, or a row beyond its text; counted "
    "neither way. –: undefined."
)


def title(report: Report) -> str:
    """What was compared, in one line (and a warning about what was not scored)."""
    second = f" and {report.gold2}" if report.gold2 else ""
    part = "" if report.only == "all" else f", {report.only} documents"
    line = (
        f"{report.pred} against {report.gold}{second}{part}: {report.documents} documents, "
        f"{report.gold_entries} gold tuples, {report.pred_entries} relations"
    )
    return line + (
        f"\n{report.outside} relations of documents that gold does not have are not scored"
        * bool(report.outside)
    )


def _rich(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for index, name in enumerate(header):
        table.add_column(name, justify="left" if index == 0 else "right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    return table


def _ratio(value: float | None, interval: Interval | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" + (f" [{interval[0]:.2f}, {interval[1]:.2f}]" if interval else "")


def _cells(score: Score) -> tuple[str, ...]:
    counts = score.counts
    return (
        score.measure,
        _ratio(counts.precision, score.precision_interval),
        _ratio(counts.recall, score.recall_interval),
        _ratio(counts.f1, score.f1_interval),
        *map(str, (counts.tp, counts.fp, counts.fn, counts.ignored)),
    )


def table_rows(table: TableReport) -> Sequence[tuple[str, ...]]:
    """Recall over rows and precision over relations, the cells that do not apply left empty."""
    recalls = [_cells(score) for score in (table.stated, table.rows)]
    precisions = [_cells(score) for score in (table.agreeing, table.complete)]
    return [(r[0], "", r[2], "", r[4], "", r[6]) for r in recalls] + [
        (p[0], p[1], "", "", p[4], p[5], "") for p in precisions
    ]


def verdict_rows(table: TableReport) -> list[tuple[str, str]]:
    """How many reported relations got each verdict."""
    return [(verdict, str(table.count(verdict))) for verdict in _VERDICTS]


def to_dict(report: Report) -> dict[str, Any]:
    """The report as plain values: ``scores`` by measure, ``mistakes``, and ``table`` for a curated table."""
    table = report.table
    return {
        "gold": report.gold,
        "gold2": report.gold2,
        "pred": report.pred,
        "only": report.only,
        "documents": report.documents,
        "gold_entries": report.gold_entries,
        "pred_entries": report.pred_entries,
        "outside": report.outside,
        "scores": {score.measure: _score(score) for score in report.scores},
        "table": None if table is None else _table(table),
        "mistakes": [_mistake(mistake) for mistake in report.mistakes],
    }


def to_json(report: Report) -> str:
    """`to_dict` as JSON text, ending in a newline; the same report gives the same bytes."""
    return json.dumps(to_dict(report), ensure_ascii=False, indent=2) + "\n"


def _score(score: Score) -> dict[str, Any]:
    counts = score.counts
    return {
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "tp": counts.tp,
        "fp": counts.fp,
        "fn": counts.fn,
        "ignored": counts.ignored,
        "precision_interval": score.precision_interval,
        "recall_interval": score.recall_interval,
        "f1_interval": score.f1_interval,
    }


def _table(table: TableReport) -> dict[str, Any]:
    return {
        "recall_stated": _score(table.stated),
        "recall_all": _score(table.rows),
        "precision_agreeing": _score(table.agreeing),
        "precision_complete": _score(table.complete),
        "verdicts": {verdict: table.count(verdict) for verdict in _VERDICTS},
        "judged": [_judged(judged) for judged in table.judged],
        "missed_stated": [{"row": row.label, **_entry(row)} for row in table.missed],
        "missed_not_stated": [{"row": row.label, **_entry(row)} for row in table.missed_unstated],
    }


def _judged(judged: Judged) -> dict[str, Any]:
    return {
        "verdict": judged.verdict,
        "row": judged.row.label if judged.row else None,
        "differs": list(judged.differs),
        **_entry(judged.entry),
    }


def _mistake(mistake: Mistake) -> dict[str, Any]:
    return {
        "kind": mistake.kind,
        "doc_id": mistake.doc_id,
        **_entry(mistake.entry),
        "near": None if mistake.near is None else _entry(mistake.near),
        "differs": list(mistake.differs),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    slots: dict[str, Any] = {slot: list(entry.names(slot)) for slot in ENTITY_SLOTS}
    return {**slots, "evidence": list(entry.evidence), "label": entry.label, "confidence": entry.confidence}


def to_html(report: Report) -> str:
    """One self-contained page: the scores, then every error with its sentence. All text is escaped."""
    parts = [f"<p>{escape(title(report))}</p>", _html_table(_HEADER, [_cells(s) for s in report.scores])]
    if report.table is not None:
        parts += [
            "<h2>Against the table's atomic rows</h2>",
            _html_table(_HEADER[:7], table_rows(report.table)),
        ]
        parts.append(_html_table(("verdict on a reported relation", "number"), verdict_rows(report.table)))
        parts.append(_html_table(_JUDGED_HEADER, [_judged_cells(judged) for judged in report.table.judged]))
        lost = (*report.table.missed, *report.table.missed_unstated)
        parts += [
            "<h2>Rows that no relation holds</h2>",
            _html_table(_LOST_HEADER, [_lost_cells(e) for e in lost]),
        ]
    else:
        parts += ["<h2>Errors</h2>", _html_table(_ERROR_HEADER, [_error_cells(m) for m in report.mistakes])]
    return _PAGE.format(body="\n".join([*parts, f"<p class=foot>{escape(_FOOT)}</p>"]))


_JUDGED_HEADER: Final = ("verdict", "donor | miRNA | recipient | target", "closest row", "slots", "sentence")
_LOST_HEADER: Final = ("row", "donor | miRNA | recipient | target", "not in the text")
_ERROR_HEADER: Final = (
    "document",
    "error",
    "donor | miRNA | recipient | target",
    "closest",
    "slots",
    "sentence",
)


def _judged_cells(judged: Judged) -> tuple[str, ...]:
    row = f"{judged.row.label}: {judged.row.show()}" if judged.row else "–"
    return (
        judged.verdict,
        judged.entry.show(),
        row,
        ", ".join(judged.differs),
        " … ".join(judged.entry.evidence),
    )


def _lost_cells(row: Entry) -> tuple[str, ...]:
    return (row.label, row.show(), ", ".join(slot for slot in ENTITY_SLOTS if slot in row.unstated))


def _error_cells(mistake: Mistake) -> tuple[str, ...]:
    source = mistake.entry if mistake.entry.evidence else mistake.near
    near = mistake.near.show() if mistake.near else "–"
    sentence = " … ".join(source.evidence) if source else ""
    return (mistake.doc_id, mistake.kind, mistake.entry.show(), near, ", ".join(mistake.differs), sentence)


def _html_table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    def line(cells: tuple[str, ...], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    body = "\n".join(line(row, "td") for row in rows)
    return f"<table><thead>{line(header, 'th')}</thead>\n<tbody>{body}</tbody></table>"


_PAGE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>evmir evaluation</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem;
  padding: 0 1rem; color: #222; }}
table {{ border-collapse: collapse; margin: 1rem 0; }}
th, td {{ border-bottom: 1px solid #ddd; padding: .3rem .7rem; text-align: left; vertical-align: top; }}
th {{ background: #f4f4f4; }}
.foot {{ color: #666; }}
@media (prefers-color-scheme: dark) {{
  body {{ background: #181818; color: #ddd; }}
  th {{ background: #2a2a2a; }}
}}
</style></head><body>
<h1>evmir evaluation</h1>
{body}
</body></html>
"""
