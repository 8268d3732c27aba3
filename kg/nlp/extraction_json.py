"""An Extraction as the JSON of ``kg extract``, and back; ``extraction.schema.json`` describes it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from kg.model.records import (
    Box,
    Concern,
    EarlierGrade,
    Extraction,
    Figure,
    Finding,
    Ground,
    Judgement,
    Known,
    Mention,
    Need,
    Notice,
    Report,
    ReportBody,
    Section,
    Source,
)
from kg.nlp.structure.area_names import names_in_report

_BODY = ("iri", "name", "role")
_SECTION = ("id", "title", "level", "start", "end", "area")
_JUDGEMENT = ("area", "grade", "start", "end", "evidence", "known", "in_framework", "decided")
_EARLIER = ("area", "grade", "year", "stands", "start", "end")
_FINDING = (
    "heading", "area", "section", "polarity", "start", "end", "passages", "passage_polarity", "contrary",
    "known",
)  # fmt: skip
_NEED = (
    "text", "start", "end", "section", "area", "finding", "due", "due_text", "due_derived", "known",
)  # fmt: skip
_CONCERN = ("text", "start", "end", "areas", "composed", "continuing", "known")
_BOX = (
    "kind", "number", "title", "text", "composed", "due", "due_text", "due_derived", "status", "area",
    "start", "end", "lead_in", "parent", "known",
)  # fmt: skip
_MENTION = ("start", "end", "text", "label", "entity", "name")
_FIGURE = tuple(field.name for field in fields(Figure) if field.name != "pattern")
_NOTICE = ("code", "message", "start", "end")
_LISTS: tuple[tuple[str, type, tuple[str, ...]], ...] = (
    ("sections", Section, _SECTION),
    ("judgements", Judgement, _JUDGEMENT),
    ("earlier_grades", EarlierGrade, _EARLIER),
    ("findings", Finding, _FINDING),
    ("needs", Need, _NEED),
    ("concerns", Concern, _CONCERN),
    ("boxes", Box, _BOX),
    ("mentions", Mention, _MENTION),
    ("figures", Figure, _FIGURE),
    ("warnings", Notice, _NOTICE),
)
_DECIMALS = frozenset(field.name for field in fields(Figure) if str(field.type).startswith("Decimal"))


def as_json(extraction: Extraction) -> dict[str, Any]:
    """The extraction as an object that ``json.dumps`` can write; absent values are None.

    Offsets are into the text as read. Numbers are exact: whole ones as integers, others as the shortest
    decimal, which keeps 15 significant digits. An area has the name under which the report heads it.
    """
    made: dict[str, Any] = {"report": _report(extraction.report)}
    areas = names_in_report(extraction)
    for name, _, keys in _LISTS:
        made[name] = [_with_names(_record(record, keys), areas) for record in getattr(extraction, name)]
    for box in made["boxes"]:  # a deadline is a date, or as written: none is lost ("immediately")
        box["due"] = box["due"] or box["due_text"]
    return made


def _with_names(record: dict[str, Any], areas: Mapping[str, str]) -> dict[str, Any]:
    """The record with the areas that it names renamed."""
    if record.get("area") in areas:
        record["area"] = areas[record["area"]]
    if "areas" in record:
        record["areas"] = [areas.get(area, area) for area in record["areas"]]
    return record


def as_json_lines(extraction: Extraction) -> Iterator[str]:
    """The same as one JSON object a line, each with its ``type`` (``report``, ``sections``, …)."""
    for name, value in as_json(extraction).items():
        for record in [value] if isinstance(value, dict) else value:
            yield json.dumps({"type": name, **record}, ensure_ascii=False)


def _report(report: Report) -> dict[str, Any]:
    keys = ("id", "title", "kind", "force", "framework", "publisher", "published")
    made: dict[str, Any] = {key: getattr(report, key) for key in keys}
    made["bodies"] = [_record(body, _BODY) for body in report.bodies]
    made["evidence"] = {ground.field: _plain(ground.spans) for ground in report.grounds if ground.spans}
    made["confidence"] = {
        ground.field: ground.confidence for ground in report.grounds if ground.confidence is not None
    }
    source = ("file", "sha256", "media_type")
    made["source"] = {key: getattr(report.source, key) for key in source}
    return made | {"text_length": len(report.text), "text_sha256": report.text_sha256}


def _record(record: Any, keys: Collection[str]) -> dict[str, Any]:
    made = {key: _plain(getattr(record, key)) for key in keys if key != "known"}
    if "known" in keys:
        known: Iterable[Known] = record.known
        made["known"] = {one.slot: {"how": one.how, "start": one.start, "end": one.end} for one in known}
    return made


def _plain(value: object) -> Any:
    """A field as JSON has it: tuples as lists, decimals as numbers."""
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return number(value) if isinstance(value, Decimal) else value


def number(value: Decimal) -> int | float:
    """A decimal as a JSON number.

    >>> number(Decimal("688000000")), number(Decimal("14.40")), number(Decimal("1E+3"))
    (688000000, 14.4, 1000)
    """
    return int(value) if value == value.to_integral_value() else float(value)


# --- back --------------------------------------------------------------------------------------------


def from_json(data: Mapping[str, Any], text: str = "") -> Extraction:
    """The extraction that ``as_json`` wrote; ``text`` is the report's text, which the JSON leaves out.

    What the JSON does not carry has its default. Raises KeyError for a key that is missing.
    """
    lists = {name: tuple(_made(kind, keys, row) for row in data[name]) for name, kind, keys in _LISTS}
    lists["boxes"] = tuple(replace(b, due=None) if b.due == b.due_text else b for b in lists["boxes"])
    return Extraction(report=_read_report(data["report"], text), **lists)


def _read_report(data: Mapping[str, Any], text: str) -> Report:
    source = Source(**data["source"])
    bodies = tuple(ReportBody(**body) for body in data["bodies"])
    grounded = [*data["evidence"], *(name for name in data["confidence"] if name not in data["evidence"])]
    grounds = tuple(
        Ground(name, _field(name, data["evidence"].get(name, [])), data["confidence"].get(name))
        for name in grounded
    )
    named = next((body.name for body in bodies if body.iri == data["force"]), None)
    return Report(
        id=data["id"], title=data["title"], kind=data["kind"], force=data["force"], force_name=named,
        framework=data["framework"], publisher=data["publisher"], published=data["published"],
        source=source, text=text, text_sha256=data["text_sha256"], bodies=bodies, grounds=grounds,
    )  # fmt: skip


def _made(kind: type, keys: Iterable[str], row: Mapping[str, Any]) -> Any:
    return kind(**{key: _field(key, row[key]) for key in keys})


def _field(key: str, value: Any) -> Any:
    if key in _DECIMALS:
        return None if value is None else Decimal(str(value))
    if key == "known":
        return tuple(Known(slot, **words) for slot, words in value.items())
    if key == "comparators":
        return tuple(Decimal(str(part)) for part in value)
    if isinstance(value, list):
        return tuple(tuple(part) if isinstance(part, list) else part for part in value)
    return value
