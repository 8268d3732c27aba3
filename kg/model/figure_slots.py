"""The slots of a figure, each with its property: what the mapping writes and the queries for figures ask.

A slot is a field of ``kg.model.records.Figure``. A new one is a field there and a row here; JSON has the
fields of the record, and a test compares its schema. What a figure has besides (its words, place, body,
area) is not a slot.
"""

from __future__ import annotations

from kg.model.vocab import KG, SDMX

SLOTS = {
    "value": KG.value,
    "text": KG.valueText,
    "unit": KG.unit,
    "base": KG.base,
    "measure": KG.measureText,
    "measure_composed": KG.measureComposed,
    "concept": KG.measure,
    "numerator": KG.numerator,
    "denominator": KG.denominator,
    "direction": KG.direction,
    "base_value": KG.baseValue,
    "comparators": KG.comparatorValue,
    "interval": KG.interval,
    "interval_level": KG.intervalLevel,
    "derived": KG.derived,
    "kind": KG.valueKind,
    "sign": KG.sign,
    "bound": KG.bound,
    "complement": KG.complement,
    "of": KG.of,
    "of_sample": KG.ofSample,
    "doubtful": KG.doubtful,
    "population": KG.population,
    "group": KG.group,
    "attribution": KG.attribution,
    "period_begin": KG.periodBegin,
    "period_end": KG.periodEnd,
    "pattern": KG.pattern,
}
"""Slot to property."""

CODES = {
    "unit": SDMX.unitMeasure,
    "population": KG.populationCode,
    "attribution": KG.attributionCode,
    "direction": KG.directionCode,
    "kind": KG.valueKindCode,
    "bound": KG.boundCode,
}
"""The slots whose values are of a closed list, each with the property of the concept of the value."""

KNOWN = {
    "period": (KG.periodWords, KG.periodKnown),
    "population": (KG.populationWords, KG.populationKnown),
    "attribution": (KG.attributionWords, KG.attributionKnown),
    "group": (KG.groupWords, KG.groupKnown),
    "of": (KG.ofWords, KG.ofKnown),
    "sample": (KG.sampleWords, KG.sampleKnown),
}
"""The slots that a figure has from words of their own, each with the property of the span and that of how
it is known from them."""

ONE_VALUE = tuple(slot for slot in SLOTS if slot not in ("comparators", "pattern", "doubtful"))
"""The slots that tell what a figure says and have one value at most."""


def asked(slots: tuple[str, ...], figure: str = "?figure") -> str:
    """SPARQL that binds each of these slots where a figure has it, to a variable of the slot's name.

    >>> asked(("base_value",))
    'OPTIONAL { ?figure <https://kg.example/ontology#baseValue> ?base_value }'
    """
    return "\n  ".join(f"OPTIONAL {{ {figure} <{SLOTS[slot]}> ?{slot} }}" for slot in slots)
