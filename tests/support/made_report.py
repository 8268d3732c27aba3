"""A small report made by hand: one of each kind of record, over a text that is clearly fictional."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

import pyoxigraph as ox

from kg.model.records import (
    Block,
    Box,
    Concern,
    Entity,
    Extraction,
    Figure,
    Finding,
    Judgement,
    Mention,
    Need,
    Notice,
    Report,
    Section,
    Source,
)
from kg.model.vocab import KG, RDF, SKOS

FORCE = "https://kg.example/id/force/fenshire"
UNIT = "https://kg.example/id/unit/fenshire--rural-crime-team"
OFFICE = "https://kg.example/id/organisation/office-of-inspection"
YEAR = "https://kg.example/id/period/2021-04-01--2022-03-31"

LINES = (
    "Fenshire Police: an inspection",
    "Investigating crime",
    "Fenshire Police requires improvement at investigating crime.",
    "The force doesn’t always supervise investigations well",
    "In 9 of 16 cases the rural crime team had a plan. "
    "Recorded crime fell to 15,590 from 21,542 in the year ending 31 March 2022.",
    "The force needs to supervise all investigations.",
    "The rural crime team knows its communities",
    "It meets farmers each month.",
    "I have serious concerns about how well Fenshire Police investigates crime.",
    "Cause of concern 1",
    "The force doesn’t supervise investigations.",
    "Recommendation 1: By 31 March 2024, supervise all investigations.",
    "It meets farmers each month.",
)
TEXT = "\n".join(LINES)


@dataclass(frozen=True)
class Area:
    iri: str
    label: str


@dataclass(frozen=True)
class Grade:
    iri: str
    notation: str


@dataclass(frozen=True)
class Framework:
    """A framework as the mapping sees it."""

    iri: str = "https://kg.example/id/framework/fens-2022"
    publisher: str | None = OFFICE
    areas: tuple[Area, ...] = (Area("https://kg.example/id/area/fens-2022--crime", "Investigating crime"),)
    grades: tuple[Grade, ...] = (Grade("https://kg.example/id/grade/fens-ri", "requires-improvement"),)


def vocabulary() -> list[ox.Triple]:
    """What a vocabulary says of the force, the framework, its area and its grade."""
    framework, scheme = Framework(), "https://kg.example/id/grades/fens"
    area, grade = framework.areas[0], framework.grades[0]
    rows = [
        (framework.iri, KG.gradeScheme, ox.NamedNode(scheme)),
        (area.iri, RDF.type, ox.NamedNode(KG.Area)),
        (area.iri, SKOS.inScheme, ox.NamedNode(framework.iri)),
        (area.iri, SKOS.prefLabel, ox.Literal(area.label)),
        (grade.iri, RDF.type, ox.NamedNode(KG.Grade)),
        (grade.iri, SKOS.inScheme, ox.NamedNode(scheme)),
        (grade.iri, SKOS.prefLabel, ox.Literal(grade.notation)),
        (FORCE, RDF.type, ox.NamedNode(KG.PoliceForce)),
        (FORCE, SKOS.prefLabel, ox.Literal("Fenshire Police")),
    ]
    return [ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in rows]


def at(words: str, nth: int = 1) -> tuple[int, int]:
    """Where words stand in TEXT."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def line(number: int) -> tuple[int, int]:
    """Where a line of TEXT stands, counted from 1."""
    start = sum(len(text) + 1 for text in LINES[: number - 1])
    return start, start + len(LINES[number - 1])


def mention(words: str, label: str, entity: str | None, name: str | None, nth: int = 1) -> Mention:
    return Mention(*at(words, nth), words, label, entity, name, "made")


def made_report(text: str = TEXT, **fields: object) -> Report:
    facts: dict[str, object] = {
        "id": "fenshire-2022",
        "title": LINES[0],
        "kind": "full",
        "force": FORCE,
        "force_name": "Fenshire Police",
        "framework": "fens-2022",
        "publisher": "Office of Inspection",
        "published": "2022-11-30",
        "source": Source("fenshire.txt", sha256(text.encode()).hexdigest(), "text/plain"),
        "text": text,
        "text_sha256": sha256(text.encode()).hexdigest(),
        "given": ("published",),
        "inspector": "Ann Example",
        **fields,
    }
    return Report(**facts)  # type: ignore[arg-type]


def made_figures() -> tuple[Figure, ...]:
    sentence = {"sentence_start": at("Recorded")[0], "sentence_end": at("31 March 2022.")[1]}
    year = {"period_begin": "2021-04-01", "period_end": "2022-03-31"}
    first = {"sentence_start": line(5)[0], "sentence_end": at("a plan.")[1]}
    return (
        Figure(
            *at("9 of 16 cases"), "9 of 16 cases", Decimal(9), "count", measure="cases with a plan",
            numerator=Decimal(9), denominator=Decimal(16), population="inspected-force",
            attribution="inspectorate", **first,
        ),
        Figure(
            *at("15,590"), "15,590", Decimal("15590.0"), "count", measure="recorded crime",
            direction="decrease", base_value=Decimal(21542), change_from=2,
            comparators=(Decimal(21542),), compared_with=(2,), **sentence, **year,
        ),
        Figure(*at("21,542"), "21,542", Decimal(21542), "count", measure="recorded crime", **sentence),
    )  # fmt: skip


def made_extraction(**parts: object) -> Extraction:
    """The reading of TEXT; ``parts`` replace fields of the Extraction."""
    area = "Investigating crime"
    fields: dict[str, object] = {
        "report": made_report(),
        "sections": (
            Section("top", LINES[0], 1, 0, len(TEXT), None),
            Section("crime", LINES[1], 2, *(line(2)[0], len(TEXT)), area),
        ),
        "judgements": (Judgement(area, "requires-improvement", *line(3)),),
        "findings": (
            Finding(LINES[3], area, "crime", "negative", *line(4), (line(5), line(6))),
            Finding(LINES[6], area, "crime", "positive", *line(7), (line(8),)),
        ),
        "needs": (Need(LINES[5], *line(6), "crime", area, LINES[3]),),
        "concerns": (Concern(LINES[8], *line(9), (area,)),),
        "boxes": (
            Box("cause-of-concern", "1", None, LINES[10], None, area, *(line(10)[0], line(11)[1])),
            Box(
                "recommendation", "1", None, "By 31 March 2024, supervise all investigations.",
                "2024-03-31", area, *line(12), "By 31 March 2024", parent=(line(10)[0], line(11)[1]),
            ),
        ),
        "mentions": (
            mention("Fenshire Police", "FORCE", FORCE, "Fenshire Police"),
            mention("rural crime team", "UNIT", UNIT, "rural crime team"),
            mention("rural crime team", "UNIT", UNIT, "rural crime team", nth=2),
            mention("year ending 31 March 2022", "PERIOD", YEAR, "year ending 31 March 2022"),
            mention("9 of 16 cases", "METRIC", None, None),
        ),
        "figures": made_figures(),
        "entities": (
            Entity(FORCE, "FORCE", "Fenshire Police", ("the force",), known=True),
            Entity(UNIT, "UNIT", "rural crime team", ("RCT",), (FORCE,), "implied", FORCE),
            Entity(OFFICE, "ORGANISATION", "Office of Inspection"),
            Entity(YEAR, "PERIOD", "year ending 31 March 2022"),
        ),
        "coverage": (("numbers", 3, 4),),
        "warnings": (Notice("odd-line", "a line was not understood", *line(8)),),
        **parts,
    }  # fmt: skip
    return Extraction(**fields)  # type: ignore[arg-type]


def lines_as_blocks(text: str) -> tuple[Block, ...]:
    """One block a line, as a reader of HTML or PDF gives them, with page and fragment."""
    blocks, start = [], 0
    for number, words in enumerate(text.split("\n")):
        blocks.append(Block(start, start + len(words), "paragraph", page=number // 5 + 1, fragment="main"))
        start += len(words) + 1
    return tuple(blocks)
