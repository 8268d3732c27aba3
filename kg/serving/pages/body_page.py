"""The page of an inspected body: its grades, concerns, findings, figures, and what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model.bodies import INSPECTED
from kg.serving.pages import queries
from kg.serving.pages.grades import heat_tables
from kg.serving.pages.labels import Name
from kg.serving.pages.queries import bound
from kg.serving.pages.rendering import link
from kg.serving.pages.source import PageSource
from kg.serving.pages.statements import (
    Shown,
    by_area,
    by_kind,
    concerns_of,
    once_each,
    rows,
    seen_once,
    with_events,
)
from kg.serving.pages.thing_parts import Answers, ThingPage, facts


def _applies(classes: frozenset[str], answers: Answers) -> bool:
    return bool(INSPECTED & classes)


def _asks(iri: str, answers: Answers) -> dict[str, str]:
    return {
        "statements": bound(queries.STATEMENTS, body=iri),
        "events": bound(queries.EVENTS, body=iri),
        "grades": bound(queries.GRADES, bodyIri=iri),
        "reports": bound(queries.REPORTS, bodyIri=iri),
        "figures": bound(queries.FIGURES, body=iri),
        "own": bound(queries.OWN_THINGS, body=iri),
        "others": bound(queries.OTHER_THINGS, body=iri),
    }


def _shows(site: PageSource, iri: str, answers: Answers, known: Mapping[str, Name]) -> Shown:
    statements = seen_once(once_each(rows(site, answers["statements"])))
    statements = with_events(site, statements, answers["events"])
    reports = rows(site, answers["reports"])
    reports.sort(key=lambda row: (str(row["issued"] or ""), str(row["report"])), reverse=True)
    return {
        **facts(site, answers),
        "reports": reports,
        "heat": heat_tables(answers["grades"].dicts()),
        "concerns": concerns_of(statements),
        "areas": by_area(row for row in statements if row["type"] in ("finding", "need")),
        "figures": rows(site, answers["figures"]),
        "own": by_kind(rows(site, answers["own"])),
        "others": by_kind(rows(site, answers["others"])),
        "link": lambda thing: link(site, thing),
    }


BODY = ThingPage("body.html", _applies, _asks, _shows)
