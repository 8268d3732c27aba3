"""The figures of a dataset as records, for arithmetic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kg.asking.sparql.parameters import Ask

QUERY = """
PREFIX kg: <https://kg.example/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
SELECT DISTINCT ?figure ?report ?published ?body ?force ?start ?end ?text ?before ?value ?unit ?base ?measure
  ?concept ?conceptName ?numerator ?denominator ?baseValue ?direction ?changeFrom ?population ?group
  ?periodBegin ?periodEnd ?attribution ?passage ?sentence ?sentenceStart WHERE {
  ?figure a kg:Figure ; kg:report ?report ; kg:value ?value ; kg:unit ?unit ;
    kg:evidence/oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end ; oa:exact ?text .
  OPTIONAL { ?selector oa:prefix ?before }
  OPTIONAL { ?report dct:issued ?published }
  OPTIONAL { ?figure kg:inspectedBody ?body . OPTIONAL { ?body skos:prefLabel ?bodyName } }
  BIND(COALESCE(STR(?bodyName), STR(?body)) AS ?force)
  OPTIONAL { ?figure kg:base ?base }
  OPTIONAL { ?figure kg:measureText ?measure }
  OPTIONAL { ?figure kg:measure ?concept . OPTIONAL { ?concept skos:prefLabel ?conceptName } }
  OPTIONAL { ?figure kg:numerator ?numerator }
  OPTIONAL { ?figure kg:denominator ?denominator }
  OPTIONAL { ?figure kg:baseValue ?baseValue }
  OPTIONAL { ?figure kg:direction ?direction }
  OPTIONAL { ?figure kg:changeFrom ?changeFrom }
  OPTIONAL { ?figure kg:population ?population }
  OPTIONAL { ?figure kg:group ?group }
  OPTIONAL { ?figure kg:periodBegin ?periodBegin }
  OPTIONAL { ?figure kg:periodEnd ?periodEnd }
  OPTIONAL { ?figure kg:attribution ?attribution }
  OPTIONAL { ?figure kg:inPassage ?passage }
  OPTIONAL {
    ?figure kg:sentence/oa:hasSelector ?sentenceSelector .
    ?sentenceSelector oa:start ?sentenceStart ; oa:exact ?sentence .
  }
}
ORDER BY ?report ?start ?end ?figure
"""
_DIFFERENCE = re.compile(r"\b(?:fewer|less|more|additional|extra)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|around|approximately|nearly|almost|roughly|some)\W*$", re.IGNORECASE)
_CHANGE = re.compile(r"\b(?:change|increase|reduction|decrease|rise|fall|drop|growth)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure with its words. Names as in ``kg.model.records.Figure``; ``figure``, ``report``, ``body``,
    ``passage`` and ``concept`` are IRIs; ``before`` the text just before the figure."""

    figure: str
    report: str
    published: str | None
    body: str | None
    force: str | None
    start: int
    end: int
    text: str
    before: str
    value: Decimal
    unit: str
    base: str | None
    measure: str | None
    concept: str | None
    concept_name: str | None
    numerator: Decimal | None
    denominator: Decimal | None
    base_value: Decimal | None
    direction: str | None
    change_from: str | None
    population: str | None
    group: str | None
    period_begin: str | None
    period_end: str | None
    attribution: str | None
    passage: str | None
    sentence: str
    sentence_start: int | None

    @property
    def says_difference(self) -> bool:
        """Whether the words are the size of a change: "672 fewer officers"."""
        return bool(_DIFFERENCE.search(self.text))

    @property
    def says_change(self) -> bool:
        """Whether what is measured is called a change."""
        return bool(_CHANGE.search(self.measure or ""))

    @property
    def is_approximate(self) -> bool:
        """Whether the words before the figure say that it is about right."""
        return bool(_ABOUT.search(self.before))


def load_figures(ask: Ask) -> list[FigureRow]:
    """All figures, by report and place. A figure with several values of one slot comes once."""
    rows: dict[str, FigureRow] = {}
    for values in ask(QUERY):
        row = _row(values)
        rows.setdefault(row.figure, row)
    return list(rows.values())


def _row(values: tuple[Any, ...]) -> FigureRow:
    (figure, report, published, body, force, start, end, text, before, value, unit, base, measure, concept,
     concept_name, numerator, denominator, base_value, direction, change_from, population, group, begin,
     end_date, attribution, passage, sentence, sentence_start) = values  # fmt: skip
    return FigureRow(
        figure, report, _text(published), body, force, int(start), int(end), str(text), str(before or ""),
        Decimal(str(value)), str(unit), base, measure, concept, concept_name, _number(numerator),
        _number(denominator), _number(base_value), direction, change_from, population, group, _text(begin),
        _text(end_date), attribution, passage, str(sentence or ""), sentence_start,
    )  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def is_difference(figure: FigureRow, others: list[FigureRow]) -> bool:
    """Whether a figure with a base is the size of a change and not the value after it.

    It is where its words say so ("672 fewer"); where it could not be the value after a rise, being below
    the base; where another figure with the same base is what is left ("from 8,626 to 7,954"); and where
    its measure is called a reduction and it is less than half of the base.
    """
    base = figure.base_value
    if base is None:
        return False
    if figure.says_difference or (figure.direction == "increase" and figure.value < base):
        return True
    left = base - figure.value
    if any(o.base_value == base and o.unit == figure.unit and o.value == left > figure.value for o in others):
        return True
    return figure.direction == "decrease" and figure.says_change and figure.value * 2 < base
