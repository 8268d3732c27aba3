"""The figures of a dataset as records, for arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from kg.asking.sparql.parameters import Ask
from kg.model.figure_slots import ONE_VALUE, asked
from kg.model.vocab import KG


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure with its words. Names as in ``kg.model.records.Figure``; ``figure``, ``report``, ``body``,
    ``passage`` and ``concept`` are IRIs."""

    figure: str
    report: str
    published: str | None
    body: str | None
    force: str | None
    start: int
    end: int
    text: str
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
    interval: Decimal | None = None
    interval_level: Decimal | None = None
    derived: bool = False
    kind: str = "level"
    sign: str | None = None
    bound: str = "exact"
    complement: bool = False
    of: str | None = None
    of_sample: bool = False
    measure_composed: bool = False

    @property
    def is_size(self) -> bool:
        """Whether it is the size of a change or difference ("672 fewer") and no value that changed."""
        return self.kind in ("change", "difference")

    @property
    def signed(self) -> Decimal | None:
        """The value with the sign that its words give a change or difference; None where they give none."""
        if not self.is_size:
            return self.value
        return {"+": self.value, "-": -self.value}.get(self.sign or "")


QUERY = f"""
PREFIX kg: <{KG.iri}>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
SELECT DISTINCT {" ".join("?" + field.name for field in fields(FigureRow))} WHERE {{
  ?figure a kg:Figure ; kg:report ?report ; kg:value ?value ; kg:unit ?unit ;
    kg:evidence/oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end ; oa:exact ?text .
  OPTIONAL {{ ?report dct:issued ?published }}
  OPTIONAL {{ ?figure kg:inspectedBody ?body . OPTIONAL {{ ?body skos:prefLabel ?bodyName }} }}
  BIND(COALESCE(STR(?bodyName), STR(?body)) AS ?force)
  {asked(tuple(slot for slot in ONE_VALUE if slot not in ("value", "text", "unit")))}
  OPTIONAL {{ ?figure kg:measure/skos:prefLabel ?concept_name }}
  OPTIONAL {{ ?figure kg:changeFrom ?change_from }}
  OPTIONAL {{ ?figure kg:inPassage ?passage }}
  OPTIONAL {{
    ?figure kg:sentence/oa:hasSelector ?sentenceSelector .
    ?sentenceSelector oa:start ?sentence_start ; oa:exact ?sentence .
  }}
}}
ORDER BY ?report ?start ?end ?figure
"""


def load_figures(ask: Ask) -> list[FigureRow]:
    """All figures, by report and place. A figure with several values of one slot comes once."""
    rows: dict[str, FigureRow] = {}
    for values in ask(QUERY):
        row = FigureRow(**{f.name: _READ[f.type](v) for f, v in zip(fields(FigureRow), values, strict=True)})
        rows.setdefault(row.figure, row)
    return list(rows.values())


_READ: dict[Any, Callable[[Any], Any]] = {
    "str": lambda value: str(value or ""),
    "str | None": lambda value: None if value is None else str(value),
    "int": int,
    "int | None": lambda value: None if value is None else int(value),
    "Decimal": lambda value: Decimal(str(value)),
    "Decimal | None": lambda value: None if value is None else Decimal(str(value)),
    "bool": bool,
}
"""What makes the value of a field from that of a column, by the type that the record writes."""
