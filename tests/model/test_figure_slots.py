"""A figure's slots are listed once: the record, the JSON, the graph and the queries agree."""

from __future__ import annotations

import json
from dataclasses import fields

from kg.asking.analysis.figure_rows import FigureRow
from kg.model.figure_slots import ONE_VALUE, SLOTS
from kg.model.ontology import ontology_dir
from kg.model.records import Figure
from kg.serving.pages.queries import FIGURES

_FIELDS = {field.name for field in fields(Figure)}
_PLACES = {
    "start",
    "end",
    "sentence_start",
    "sentence_end",
    "change_from",
    "compared_with",
    "sample",
    "known",
    "measure_parts",
}


def test_every_field_of_a_figure_is_a_slot_or_a_place() -> None:
    assert SLOTS.keys() == _FIELDS - _PLACES


def test_the_json_schema_has_the_fields_of_the_record() -> None:
    path = ontology_dir().parent / "kg/nlp/extraction.schema.json"
    figure = json.loads(path.read_text(encoding="utf-8"))["properties"]["figures"]["items"]
    assert set(figure["properties"]) == _FIELDS - {"pattern"}
    assert set(figure["required"]) == _FIELDS - {"pattern"}


def test_rows_for_arithmetic_and_pages_have_every_slot() -> None:
    assert set(ONE_VALUE) <= {field.name for field in fields(FigureRow)}
    assert all(f"?{slot} " in FIGURES for slot in ONE_VALUE)
