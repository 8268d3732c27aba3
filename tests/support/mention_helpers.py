"""A report made by hand, and its mentions, for tests of mentions."""

from __future__ import annotations

from kg.model.gazetteer import Gazetteer
from kg.model.iris import entity_iri
from kg.model.records import Entity, Extraction, Mention, Period, Report, Source
from kg.model.text.sentences import find_sentences
from kg.nlp.mentions import find_mentions

FORCE = "Larkshire Police"


def extraction(text: str, force: str | None = FORCE, **parts: object) -> Extraction:
    """An extraction of a report on a force, with the structure given in ``parts``."""
    iri = entity_iri("FORCE", force) if force else None
    source = Source("report.txt", "0", "text/plain")
    report = Report(
        "larkshire", None, "inspection", iri, force, "peel-2023-25", "HMICFRS", None, source, text, "0"
    )
    return Extraction(report, **parts)  # type: ignore[arg-type]


def analyse(
    text: str,
    force: str | None = FORCE,
    gazetteer: Gazetteer | None = None,
    periods: tuple[Period, ...] = (),
    **parts: object,
) -> tuple[list[Mention], list[Entity]]:
    """The mentions and entities of a text."""
    return find_mentions(text, find_sentences(text), extraction(text, force, **parts), periods, gazetteer)


def tagged(text: str, *labels: str) -> list[tuple[str, str]]:
    """(label, words) of the mentions of a text, of the labels given or of all; "the force" left out."""
    mentions, _ = analyse(text)
    return [(m.label, m.text) for m in mentions if not m.nominal and (not labels or m.label in labels)]
