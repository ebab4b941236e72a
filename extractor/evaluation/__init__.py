"""Scores of extracted relations against gold: matching, counts over all gold, intervals, error analysis."""

from extractor.evaluation.evaluate import Mistake, Report, evaluate
from extractor.evaluation.records import EvaluationInputError
from extractor.evaluation.report import render_text, to_dict, to_html, to_json
from extractor.evaluation.split import held_back

__all__ = [
    "EvaluationInputError",
    "Mistake",
    "Report",
    "evaluate",
    "held_back",
    "render_text",
    "to_dict",
    "to_html",
    "to_json",
]
