"""The grades of reports as tables: a row a report, a column an area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeatLine:
    """A report's grades: area to (grade, its notation, IRI of the judgement)."""

    report: str
    force: str
    issued: str
    title: str
    grades: dict[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class HeatTable:
    """The grades under one framework; ``areas`` are its columns in order."""

    framework: str
    areas: dict[str, int]
    lines: dict[str, HeatLine]


def heat_tables(rows: Iterable[Mapping[str, object]]) -> list[HeatTable]:
    """The grades as one table a framework; ``rows`` are those of ``queries.GRADES``."""
    tables: dict[str, HeatTable] = {}
    for row in rows:
        name = str(row["framework"] or "other")
        table = tables.setdefault(name, HeatTable(name, {}, {}))
        report, area = str(row["report"]), str(row["area"])
        table.areas.setdefault(area, len(table.areas))
        new = HeatLine(report, str(row["force"] or ""), str(row["issued"] or ""), str(row["title"] or ""), {})
        line = table.lines.setdefault(report, new)
        line.grades.setdefault(area, (str(row["grade"]), str(row["gradeCode"]), str(row["judgement"])))
    return [tables[name] for name in sorted(tables)]
