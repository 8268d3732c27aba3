"""Statements, figures and things as rows for templates: with addresses, and in groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.asking.results import Results, Value
from kg.asking.things.kinds import BY_CLASS, KINDS, POINTS, kind_of
from kg.serving.pages.rendering import link
from kg.serving.pages.source import PageSource

Shown = dict[str, object]
"""A row as a template takes it."""


def rows(site: PageSource, results: Results) -> list[Shown]:
    """The rows of results, each with the addresses of what it names, and the name and label of its kind."""
    return [_linked(site, row) for row in results.dicts()]


def _linked(site: PageSource, row: Mapping[str, Value]) -> Shown:
    shown: Shown = dict(row)
    for key in ("statement", "report", "cause", "concept", "areaIri", "thing"):
        if row.get(key):
            shown["href" if key == "statement" else f"{key}_href"] = link(site, str(row[key]))
    if row.get("kind"):
        shown["type"] = BY_CLASS.get(str(row["kind"]), "thing")
        shown["type_label"] = KINDS[str(shown["type"])].label
    return shown


def once_each(shown: Iterable[Shown]) -> list[Shown]:
    """Each statement once, by its longest words: a judgement may rest on a sentence and on a label."""
    longest: dict[str, Shown] = {}
    for row in shown:
        best = longest.get(str(row["statement"]))
        if best is None or len(str(row["exact"])) > len(str(best["exact"])):
            longest[str(row["statement"])] = row
    return list(longest.values())


def seen_once(statements: Iterable[Shown]) -> list[Shown]:
    """The statements without needs that are headings of findings: such a finding is marked as ``need``."""
    listed = list(statements)
    headings = {str(row["heads"]) for row in listed if row["heads"]}
    return [{**row, "need": str(row["statement"]) in headings} for row in listed if not row["heads"]]


def with_events(site: PageSource, statements: list[Shown], results: Results) -> list[Shown]:
    """The statements, each with the status events that later reports tell of it."""
    events: dict[str, list[Shown]] = {}
    for row in rows(site, results):
        row["href"] = link(site, str(row["event"]))
        events.setdefault(str(row["about"]), []).append(row)
    return [{**row, "events": events.get(str(row["statement"]), [])} for row in statements]


def by_area(statements: Iterable[Shown]) -> dict[str, list[Shown]]:
    """Statements by the heading of their area, in their order; those without one under "Overall"."""
    areas: dict[str, list[Shown]] = {}
    for row in statements:
        areas.setdefault(str(row["area"] or "Overall"), []).append(row)
    return areas


def concerns_of(statements: Iterable[Shown]) -> list[Shown]:
    """The concerns and boxes among statements, the gravest kind first; each part follows its whole."""
    found = [row for row in statements if row["type"] in POINTS]
    found.sort(key=lambda row: POINTS.index(str(row["type"])))
    causes = [row["statement"] for row in found]
    wholes = [row["cause"] if row["cause"] in causes else row["statement"] for row in found]
    for row in found:
        row["follows"] = row["cause"] in causes
    places = {id(row): causes.index(whole) for row, whole in zip(found, wholes, strict=True)}
    return sorted(found, key=lambda row: places[id(row)])


def by_kind(things: Iterable[Shown]) -> dict[str, list[Shown]]:
    """Things by the plural word of their kind, in the order of a picture's legend."""
    kinds: dict[str, dict[str, Shown]] = {}
    for row in things:
        kinds.setdefault(kind_of([str(row["class"])]), {}).setdefault(str(row["thing"]), row)
    known = [kind for kind in KINDS.values() if kind.name in kinds]
    return {kind.plural: list(kinds[kind.name].values()) for kind in known}
