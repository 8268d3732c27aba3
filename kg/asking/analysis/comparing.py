"""Grades side by side, and the guard that keeps unlike ones apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.asking.sparql.parameters import Ask
from kg.model.errors import Unknown
from kg.model.vocab import KG

QUERY = (
    f"PREFIX kg: <{KG.iri}>"
    + """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
SELECT DISTINCT ?framework ?notation ?title ?scheme ?schemeName ?area ?order ?force ?id ?published ?grade
  ?report WHERE {
  ?judgement a kg:Judgement ; kg:report ?report ; kg:area ?areaIri ; kg:grade ?gradeIri .
  ?report dct:identifier ?id .
  OPTIONAL { ?report dct:issued ?published }
  OPTIONAL { ?report kg:framework ?framework }
  OPTIONAL { ?report kg:framework/skos:notation ?notation }
  OPTIONAL { ?report kg:framework/dct:title ?title }
  OPTIONAL { ?areaIri skos:prefLabel ?areaName }
  BIND(COALESCE(STR(?areaName), STR(?areaIri)) AS ?area)
  OPTIONAL { ?areaIri kg:order ?order }
  OPTIONAL { ?gradeIri skos:prefLabel ?gradeName }
  BIND(COALESCE(STR(?gradeName), STR(?gradeIri)) AS ?grade)
  OPTIONAL { ?gradeIri skos:inScheme ?scheme . OPTIONAL { ?scheme skos:prefLabel ?schemeName } }
  OPTIONAL { ?judgement kg:inspectedBody ?body . OPTIONAL { ?body skos:prefLabel ?bodyName } }
  BIND(COALESCE(STR(?bodyName), STR(?body)) AS ?force)
}
ORDER BY ?published ?framework ?scheme ?order ?area ?force ?id
"""
)
GUARD = "grades of different frameworks or grade schemes can't be compared, so each has its own table"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The grades of one framework and one scheme: a row an area, a column a report."""

    framework: str
    scheme: str | None
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def compare_grades(ask: Ask, framework: str | None = None) -> list[Comparison]:
    """One table for each framework and grade scheme, the earliest framework first.

    ``framework`` (notation, title or IRI) keeps one; raises Unknown if no report has it.
    """
    found = [Judged(*row) for row in ask(QUERY)]
    if framework is not None:
        found = _of_framework(found, framework)
    groups: dict[tuple[str | None, str | None], list[Judged]] = {}
    for judged in found:
        groups.setdefault((judged.framework, judged.scheme), []).append(judged)
    return [_comparison(group) for group in groups.values()]


@dataclass(frozen=True, slots=True)
class Judged:
    """One grade, as the query gives it."""

    framework: str | None
    notation: str | None
    title: str | None
    scheme: str | None
    scheme_name: str | None
    area: str
    order: Any
    force: str | None
    id: str
    published: Any
    grade: str
    report: str

    @property
    def framework_name(self) -> str:
        return self.title or self.notation or self.framework or "no framework"


def _of_framework(found: Sequence[Judged], wanted: str) -> list[Judged]:
    kept = [j for j in found if wanted in (j.notation, j.title, j.framework)]
    if not kept:
        known = sorted({j.notation or j.framework_name for j in found})
        raise Unknown.name("framework with judgements", wanted, known, "kg query frameworks lists them")
    return kept


def _comparison(group: Sequence[Judged]) -> Comparison:
    """Columns are reports, named by their force, and by their id where a force has several."""
    reports = sorted({(j.force or "", j.id) for j in group})
    forces = [force for force, _ in reports]
    heads = [f if f and forces.count(f) == 1 else f"{f} ({id})".strip() for f, id in reports]
    areas = sorted({(j.order is None, j.order or 0, j.area) for j in group})
    grades = {(j.area, j.id): j.grade for j in group}
    rows = tuple((area, *(grades.get((area, id), "") for _, id in reports)) for _, _, area in areas)
    first = group[0]
    scheme = f" · {first.scheme_name}" if first.scheme_name else ""
    return Comparison(
        first.framework_name, first.scheme_name, first.framework_name + scheme, ("area", *heads), rows
    )
