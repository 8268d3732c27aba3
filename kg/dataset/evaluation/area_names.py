"""Areas under the label that their framework has for them.

Who annotates a report writes an area as the report does ("financial position"), and so does the JSON of an
extraction in its judgements; a framework has one label for it and knows its other names. All mean one area,
so both sides are compared by the label. A name that the framework gives to two areas, or to none, stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.dataset.evaluation.matching import Row, Rows
from kg.model.frameworks import load_frameworks
from kg.model.text.comparing import letters_and_digits


def labels_by_name(notation: str | None) -> dict[str, str]:
    """The label of each area of a framework by its names (letters and digits), where one area has the name.

    >>> labels_by_name("peel-2014-17")["financialposition"]
    'Sustainability of the financial position'
    """
    labels: dict[str, set[str]] = {}
    for framework in load_frameworks():
        for area in framework.areas if framework.notation == notation else ():
            for name in area.names:
                labels.setdefault(letters_and_digits(name), set()).add(area.label)
            labels[letters_and_digits(area.label)] = {area.label}
    return {name: min(found) for name, found in labels.items() if len(found) == 1}


def with_labels(rows: Rows, labels: Mapping[str, str]) -> list[Row]:
    """The rows with the labels of their areas in the place of other names."""
    return [_with_label(row, labels) for row in rows]


def _with_label(row: Row, labels: Mapping[str, str]) -> Row:
    changed: dict[str, Any] = {}
    if isinstance(row.get("area"), str):
        changed["area"] = labels.get(letters_and_digits(row["area"]), row["area"])
    if isinstance(row.get("areas"), list):
        changed["areas"] = [labels.get(letters_and_digits(name), name) for name in row["areas"]]
    return {**row, **changed} if changed else row
