"""The page of a report: its facts, its statements by area, its figures, and how much was captured."""

from __future__ import annotations

from collections.abc import Mapping

from kg.asking.results import Results
from kg.asking.things.kinds import KINDS
from kg.model.iris import graph_of
from kg.model.terms import whole_number
from kg.model.vocab import KG, local_name
from kg.serving.pages import queries
from kg.serving.pages.grades import heat_tables
from kg.serving.pages.labels import Name
from kg.serving.pages.queries import bound
from kg.serving.pages.rendering import link
from kg.serving.pages.source import PageSource
from kg.serving.pages.statements import Shown, by_area, concerns_of, once_each, rows, seen_once, with_events
from kg.serving.pages.thing_parts import Answers, ThingPage

COVERED = {
    "headings": "headings that were understood", "grades": "places with a grade that were read",
    "boxes": "labels and demands that were read", "numbers ruled out": "numbers that are no figure by a rule",
     "lines": "lines of the report that belong to a section",
    "names": "names in the text that were recognised", "numbers": "numbers in the text that were read",
    "sentences": "sentences that a statement rests on", "dates": "dates that were understood",
}  # fmt: skip
"""What the counts of coverage mean, in words."""


FIELDS = {
    "title": "title", "force": "inspected body", "framework": "framework", "published": "date of publication",
}  # fmt: skip
"""What the facts about a report are called."""


def _applies(classes: frozenset[str], answers: Answers) -> bool:
    return KG.Report in classes


def _asks(iri: str, answers: Answers) -> dict[str, str]:
    return {
        "statements": bound(queries.STATEMENTS, report=iri),
        "events": bound(queries.EVENTS, source=iri),
        "grades": bound(queries.GRADES, report=iri),
        "facts": bound(queries.REPORT_FACTS, report=iri),
        "catalogued": bound(queries.CATALOGUED, report=iri),
        "recognised": bound(queries.RECOGNISED, report=iri),
        "deals_with": bound(queries.DEALS_WITH, report=iri),
        "figures": bound(queries.FIGURES, report=iri),
        "coverage": bound(queries.COVERAGE, report=iri),
        "notices": bound(queries.NOTICES, report=iri),
        "sections": bound(queries.SECTIONS, report=iri),
    }


def _shows(site: PageSource, iri: str, answers: Answers, known: Mapping[str, Name]) -> Shown:
    statements = seen_once(once_each(rows(site, answers["statements"])))
    statements = with_events(site, statements, answers["events"])
    counts: dict[str, int] = {}
    grounds = rows(site, answers["recognised"])
    for row in statements:
        counts[str(row["type"])] = counts.get(str(row["type"]), 0) + 1
    return {
        "about": report_facts(site, answers["facts"]),
        "catalogued": [str(fact) for (fact,) in answers["catalogued"].rows],
        "recognised": [{**row, "words": FIELDS.get(str(row["field"]), row["field"])} for row in grounds],
        "several": [
            {**row, "href": link(site, str(row["body"]))} for row in rows(site, answers["deals_with"])
        ],
        "areas": by_area(statements),
        "counts": {
            (KINDS[name].plural if count > 1 else KINDS[name].label): count for name, count in counts.items()
        },
        "concerns": concerns_of(statements),
        "heat": heat_tables(answers["grades"].dicts()),
        "figures": rows(site, answers["figures"]),
        "coverage": [_share(row) for row in rows(site, answers["coverage"])],
        "notices": rows(site, answers["notices"]),
        "outline": outline(site, answers["sections"]),
        "link": lambda thing: link(site, thing),
        "graph": link(site, graph_of(iri) or iri),
    }


def report_facts(site: PageSource, results: Results) -> Shown:
    """The facts of a report (rows of REPORT_FACTS); where one has several values, they are joined."""
    found = results.dicts()
    joined = {key: sorted({str(row[key]) for row in found if row.get(key) is not None}) for key in found[0]}
    facts: Shown = {key: ", ".join(values) for key, values in joined.items()}
    for key in ("bodyIri", "frameworkIri"):
        facts[key.replace("Iri", "Href")] = link(site, joined[key][0]) if joined[key] else None
    return facts


def _share(row: Shown) -> Shown:
    captured, total = whole_number(row["captured"]), whole_number(row["outOf"])
    what = str(row["what"])
    percent = f"{100 * captured / total:.0f} %" if total else "–"
    words = COVERED.get(what, what)
    return {"words": words, "captured": captured, "total": total, "percent": percent}


def outline(site: PageSource, results: Results) -> list[Shown]:
    """The sections in the order of the text, with ``depth`` (1, 2, …) that never skips a level."""
    found: list[Shown] = []
    above: list[int] = []
    for row in rows(site, results):
        level = whole_number(row["level"])
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        found.append({**row, "depth": len(above), "anchor": local_name(str(row["passage"]))})
    return found


REPORT = ThingPage("report.html", _applies, _asks, _shows, shows_incoming=False)
