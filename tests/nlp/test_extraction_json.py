from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from kg.model.ontology import ontology_dir
from kg.model.records import (
    Box,
    Concern,
    Extraction,
    Figure,
    Finding,
    Judgement,
    Known,
    Mention,
    Need,
    Notice,
    Report,
    Section,
    Source,
)
from kg.nlp.extraction_json import as_json, as_json_lines, from_json

SOURCE = Source("northmoor.txt", "0" * 64, "text/plain")
FORCE = "https://kg.example/id/force/northmoor"
REPORT = Report("northmoor", None, "inspection-report", FORCE, None, "peel-2023-25",
                "HMICFRS", "2023-12-22", SOURCE, "Some text.", "1" * 64)  # fmt: skip
FIGURE = Figure(0, 4, "9 of 16 cases", Decimal("9"), "count", numerator=Decimal(9), denominator=Decimal(16),
                comparators=(Decimal("4.10"),), compared_with=(1,), interval=Decimal("3.7"),
                sentence_end=9)  # fmt: skip
COMPARED = Figure(10, 13, "4.1", Decimal("4.10"), "rate", base_value=Decimal(9), change_from=0)
FULL = Extraction(
    report=REPORT,
    sections=(Section("s1", "Responding", 2, 0, 9, None),),
    judgements=(
        Judgement(
            "Responding to the public",
            "requires-improvement",
            0,
            4,
            evidence=((0, 4), (5, 9)),
            known=(Known("area", "carried", 0, 2), Known("grade", "stated", 2, 4)),
            in_framework=False,
        ),
    ),
    findings=(Finding("It works", None, "s1", "positive", 0, 4, ((5, 9),)),),
    needs=(Need("It should.", 0, 4, None, None, None),),
    concerns=(Concern("concerns about it", 0, 4, ("Responding to the public",)),),
    boxes=(Box("recommendation", "1", None, "do it", "2024-03-31", None, 0, 4),),
    mentions=(Mention(0, 4, "Some", "UNIT", None, None),),
    figures=(FIGURE, COMPARED),
    warnings=(Notice("number", "a number"),),
)

SCHEMA = ontology_dir().parent / "kg/nlp/extraction.schema.json"


def test_the_json_fits_the_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(as_json(FULL), schema)
    jsonschema.validate(as_json(Extraction(REPORT)), schema)


def test_a_wrong_label_does_not_fit_the_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    wrong = as_json(replace(FULL, mentions=(Mention(0, 4, "Some", "THING", None, None),)))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema)


def test_what_is_written_can_be_read_back() -> None:
    written = json.loads(json.dumps(as_json(FULL)))
    assert from_json(written, REPORT.text) == FULL
    assert as_json(from_json(written, REPORT.text)) == written


@pytest.mark.parametrize("words", ["immediately", "within six months"])
def test_a_deadline_without_a_day_is_given_as_written_and_is_no_day_when_read_back(words: str) -> None:
    box = replace(FULL.boxes[0], due=None, due_text=words)
    written = as_json(replace(FULL, boxes=(box,)))
    assert written["boxes"][0]["due"] == written["boxes"][0]["due_text"] == words
    assert from_json(written, REPORT.text).boxes == (box,)


def test_what_is_known_of_a_judgement_is_an_object_by_slot() -> None:
    judgement = as_json(FULL)["judgements"][0]
    assert judgement["known"]["area"] == {"how": "carried", "start": 0, "end": 2}
    assert judgement["evidence"] == [[0, 4], [5, 9]]
    plain = as_json(replace(FULL, judgements=(Judgement("Responding to the public", "good", 0, 4),)))
    assert (plain["judgements"][0]["known"], plain["judgements"][0]["in_framework"]) == ({}, True)


def test_absent_values_are_null_and_never_left_out() -> None:
    made = as_json(FULL)
    assert made["report"]["title"] is None
    assert made["figures"][0]["period_begin"] is None
    assert made["warnings"][0] == {"code": "number", "message": "a number", "start": None, "end": None}


def test_numbers_are_json_numbers_with_all_their_digits() -> None:
    made = as_json(
        replace(FULL, figures=(replace(FIGURE, value=Decimal("688000000"), interval=Decimal("0.1")),))
    )
    assert '"value": 688000000,' in json.dumps(made)
    assert '"interval": 0.1,' in json.dumps(made)
    assert made["figures"][0]["comparators"] == [4.1]


def test_links_between_figures_are_places_in_the_list_of_figures() -> None:
    first, second = as_json(FULL)["figures"]
    assert (first["change_from"], first["compared_with"]) == (None, [1])
    assert (second["change_from"], second["compared_with"]) == (0, [])


def test_the_report_says_how_long_its_text_is() -> None:
    assert as_json(FULL)["report"]["text_length"] == len(REPORT.text)


def test_lines_carry_their_type() -> None:
    lines = [json.loads(line) for line in as_json_lines(FULL)]
    assert [line["type"] for line in lines[:3]] == ["report", "sections", "judgements"]
    assert len(lines) == 11
