"""The page of any thing: what all have is asked first, then what its kind has, then the names of all."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from kg.asking.results import Results
from kg.asking.things.kinds import ENTITIES
from kg.model.errors import KgError
from kg.model.formats import formats_of
from kg.model.vocab import local_name
from kg.serving.http.messages import Response
from kg.serving.pages import queries
from kg.serving.pages.body_page import BODY
from kg.serving.pages.labels import Name, iris_in, names
from kg.serving.pages.queries import bound
from kg.serving.pages.rendering import cell, link, page
from kg.serving.pages.report_page import REPORT
from kg.serving.pages.source import PageSource
from kg.serving.pages.statement_page import STATEMENT
from kg.serving.pages.statements import Shown, by_kind, rows
from kg.serving.pages.thing_parts import Answers, ThingPage, facts, properties, quotes

_DRAWN = frozenset((*ENTITIES, "framework")) - {"grade", "period"}
"""The kinds of thing whose page has a picture."""
_NAMED = {"said": "value", "leading": "value", "evidence": "report", "mentions": "report", "linked": "thing"}
"""The answers, and their columns, in which things are shown by name."""


def thing_page(site: PageSource, path: str, iri: str) -> Response | None:
    """The page of a report, a body, a statement or any other thing; None if the data say nothing of it."""
    answers = site.ask_all({
        "types": bound(queries.TYPES, thing=iri), "said": bound(queries.OUTGOING, thing=iri),
        "about": bound(queries.ABOUT, thing=iri), "aliases": bound(queries.ALIASES, thing=iri),
        "evidence": bound(queries.EVIDENCE, statement=iri), "places": bound(queries.PLACE, statement=iri),
        "support": bound(queries.SUPPORT, statement=iri),
    })  # fmt: skip
    if not answers["said"]:
        return None
    labels = [str(label or local_name(str(type_))) for type_, label in answers["types"].rows]
    types = [row[0] for row in answers["types"].terms]
    classes = frozenset(iris_in(answers["types"], "type"))
    kind = next(row for row in PAGES if row.applies(classes, answers))
    more = {"mentions": bound(queries.MENTIONS_OF, thing=iri), **kind.asks(iri, answers)}
    if kind.shows_incoming:
        more["leading"] = bound(queries.INCOMING, thing=iri)
    answers |= site.ask_all(more)
    shown = (iris_in(answers[name], column) for name, column in _NAMED.items() if name in answers)
    known = names(site, {iri}.union(*shown))
    said, leading = answers["said"], answers.get("leading", Results())
    return page(kind.template, {
        "title": known[iri].label, "kind": known[iri].kind_label, "iri": iri, "path": path,
        "formats": formats_of("graph"),
        "types": [cell(site, *pair) for pair in zip(types, labels, strict=True)],
        "properties": properties(site, said, known),
        "incoming": properties(site, leading, known), "incoming_cut": len(leading) > 500,
        "evidence": quotes(site, answers["evidence"], known),
        "mentions": quotes(site, answers["mentions"], known),
        **kind.shows(site, iri, answers, known),
    })  # fmt: skip


def _asks(iri: str, answers: Answers) -> dict[str, str]:
    return {
        "statements": bound(queries.SAID_OF, thing=iri),
        "figures": bound(queries.FIGURES, concept=iri),
        "beside": bound(queries.BESIDE, this=iri),
    }


def _shows(site: PageSource, iri: str, answers: Answers, known: Mapping[str, Name]) -> Shown:
    statements = rows(site, answers["statements"])
    return {
        **facts(site, answers),
        "said": statements[:200],
        "said_cut": len(statements) > 200,
        "figures": rows(site, answers["figures"]),
        "beside": by_kind(row for row in rows(site, answers["beside"]) if row["thing"] != iri),
        "picture": _picture(site, iri) if known[iri].kind in _DRAWN else None,
    }


def _picture(site: PageSource, iri: str) -> Markup | None:
    """What is around a thing, its boxes leading to their pages; None where there is nothing."""
    from kg.asking.network import neighbourhood, to_svg

    endpoint = site.settings.endpoint
    try:
        graph = neighbourhood(iri, store=None if endpoint else site.served.store, endpoint=endpoint, limit=24)
    except KgError:
        return None
    if len(graph) < 2:
        return None
    svg = to_svg(graph, captioned=False, address=lambda node: link(site, node))
    return Markup(svg)  # to_svg escapes every text


PAGES = (REPORT, BODY, STATEMENT, ThingPage("thing.html", lambda classes, answers: True, _asks, _shows))
"""The first that applies to a thing is its page."""
