"""Report cards as JSON and back. Fields that this version does not know are ignored."""

import json
from dataclasses import asdict, fields
from typing import Any, TypeVar

from storage.records import AttemptRecord, ExamFigures, ReportCard, Verdict

_T = TypeVar("_T", ExamFigures, AttemptRecord, ReportCard)


def report_to_json(report: ReportCard | None) -> str | None:
    """The text kept in the adapter's row; None stays None."""
    return None if report is None else json.dumps(asdict(report))


def report_from_json(text: str | None) -> ReportCard | None:
    """The report card that `report_to_json` wrote."""
    if text is None:
        return None
    body = json.loads(text)
    body["verdict"] = Verdict(body["verdict"])
    body["untuned"] = _made(ExamFigures, body["untuned"])
    body["tuned"] = _made(ExamFigures, body["tuned"])
    body["attempts"] = tuple(_attempt(attempt) for attempt in body["attempts"])
    body["reasons"] = tuple(body["reasons"])
    return _made(ReportCard, body)


def _attempt(body: dict[str, Any]) -> AttemptRecord:
    figures = body["figures"]
    body["figures"] = None if figures is None else _made(ExamFigures, figures)
    body["reasons"] = tuple(body["reasons"])
    return _made(AttemptRecord, body)


def _made(kind: type[_T], body: dict[str, Any]) -> _T:
    known = {field.name for field in fields(kind)}
    return kind(**{name: value for name, value in body.items() if name in known})
