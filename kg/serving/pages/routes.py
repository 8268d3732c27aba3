"""Which page is at which address: one table. A page is a function here or in its module, and a template."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

from kg.asking.analysis.reasons import find_why
from kg.asking.sparql.library import by_group, saved_queries
from kg.model.errors import KgError, Unknown
from kg.model.text.display import shortened
from kg.serving.http.messages import Refusal, Request, Response
from kg.serving.pages import queries
from kg.serving.pages.colours import colour_rules
from kg.serving.pages.grades import heat_tables
from kg.serving.pages.linked_data import iris_at, thing, void
from kg.serving.pages.ontology_page import browse_page, ontology_page
from kg.serving.pages.openapi import openapi
from kg.serving.pages.query_pages import saved_query_page
from kg.serving.pages.reader_page import reader_page
from kg.serving.pages.rendering import HEADERS, HTML, link, load_templates, page
from kg.serving.pages.search_page import search_page
from kg.serving.pages.source import PageSource
from kg.serving.protocol.protocol import read_each_once, read_named

_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
_STYLE = Path(__file__).resolve().parent / "templates" / "style.css"


def prepare() -> None:
    """What a fork of this process should find ready."""
    load_templates()
    saved_queries()


def respond(site: PageSource, request: Request) -> Response | None:
    """The page at a path; None where there is none. Raises Refusal."""
    found, view, names = next(
        (m, view, names) for pattern, view, names in ROUTES if (m := re.fullmatch(pattern, request.path))
    )
    if names is not None:
        read_named(request.query, names)
    try:
        return view(site, request, *found.groups())
    except Unknown as error:
        raise Refusal(404, str(error)) from error
    except KgError as error:
        raise Refusal(400, str(error)) from error


def _field(request: Request, name: str) -> str:
    return read_each_once(request.query).get(name, "")


def _home(site: PageSource, request: Request) -> Response:
    answers = site.ask_all({"reports": queries.REPORTS, "grades": queries.GRADES})
    return page("home.html", {
        "title": "Inspection findings",
        "reports": [{**row, "href": link(site, str(row["report"]))} for row in answers["reports"].dicts()],
        "heat": heat_tables(answers["grades"].dicts()),
        "groups": by_group(),
        "link": lambda iri: link(site, iri),
    })  # fmt: skip


def _style(site: PageSource, request: Request) -> Response:
    return Response(
        200, "text/css; charset=utf-8", _STYLE.read_bytes() + colour_rules().encode(), cacheable=True
    )


def _robots(site: PageSource, request: Request) -> Response:
    return Response(200, "text/plain; charset=utf-8", b"User-agent: *\nDisallow: /sparql\n", cacheable=True)


def _queries(site: PageSource, request: Request) -> Response:
    return page("queries.html", {"title": "Saved queries", "groups": by_group()})


def _ontology(site: PageSource, request: Request) -> Response:
    return ontology_page(site)


def _browse(site: PageSource, request: Request) -> Response:
    return browse_page(site, _field(request, "class"))


def _reader(site: PageSource, request: Request, path: str) -> Response | None:
    show = _field(request, "show")
    if len(show) > 200:
        raise Refusal(400, "show: longer than 200 characters.")
    pages = (reader_page(site, path, iri, show) for iri in iris_at(site, path))
    return next(filter(None, pages), None)


def _neighbourhood(site: PageSource, request: Request) -> Response:
    """The picture of what is around a thing: a page that brings its own script, allowed by its hash."""
    from kg.asking.network import neighbourhood, to_html

    entity, depth = _field(request, "thing"), _field(request, "depth") or "1"
    if not entity:
        raise Refusal(400, "Say which thing: /neighbourhood?thing=NAME.")
    if depth not in ("1", "2", "3"):
        raise Refusal(400, f"depth {shortened(depth, 20)}: give 1, 2 or 3.")
    endpoint = site.settings.endpoint
    store = None if endpoint else site.served.store
    graph = neighbourhood(entity, store=store, endpoint=endpoint, depth=int(depth))
    text = to_html(graph)
    policy = _POLICY.search(text)
    allowed = unescape(policy[1]) if policy else "default-src 'none'"
    headers = (("Content-Security-Policy", allowed + "; frame-ancestors 'none'"), *HEADERS[1:])
    return Response(200, HTML, text.encode(), headers, cacheable=True)


def _why(site: PageSource, request: Request, json_form: str | None) -> Response:
    """The reasons for a grade as JSON; for people, the way to the page of the judgement, which has them."""
    body, area = _field(request, "body"), _field(request, "area")
    if not body.strip() or not area.strip():
        raise Refusal(400, "Say whose grade, and in what: /why.json?body=NAME&area=NAME.")
    year = _field(request, "year")
    if year and not re.fullmatch("(19|2[0-9])[0-9]{2}", year):
        raise Refusal(400, "year is one of 1900 to 2999.")
    report = _field(request, "report") or None
    found = find_why(body, area, site.ask, report=report, year=int(year) if year else None)
    if not json_form:
        to = f"{link(site, found.judgement)}#reasons"
        return Response(303, HTML, b"", (("Location", to), *HEADERS))
    text = json.dumps(found.as_dict(), ensure_ascii=False, indent=2) + "\n"
    return Response(200, "application/json", text.encode(), HEADERS, cacheable=True)


def error_page(refusal: Refusal) -> Response:
    """An error as a page."""
    response = page("error.html", {"title": str(refusal.status), "message": refusal.message}, refusal.status)
    extra = (*refusal.headers, ("Cache-Control", "no-store"))
    return Response(response.status, response.media_type, response.body, HEADERS + extra)


View = Callable[..., Response | None]
"""Takes the source, the request and what the parentheses of its pattern hold."""
ROUTES: tuple[tuple[str, View, tuple[str, ...] | None], ...] = (
    (r"/", _home, None),
    (r"/static/style\.css", _style, None),
    (r"/robots\.txt", _robots, None),
    (r"/queries", _queries, None),
    (r"/queries/(.*)", saved_query_page, None),
    (r"/openapi\.json", openapi, ()),
    (r"/search(\.json)?", search_page, None),
    (r"/\.well-known/void", void, ()),
    (r"/why(\.json)?", _why, ("body", "area", "report", "year")),
    (r"/neighbourhood", _neighbourhood, ("thing", "depth")),
    (r"/ontology\.html", _ontology, None),
    (r"/things", _browse, ("class",)),
    (r"(/report/[^/]+)/read", _reader, ("show",)),
    (r"[\s\S]*", thing, None),
)
"""Patterns of paths, their pages and the parameters that these have; the first that matches is taken. None:
the page reads its parameters itself, or is for people and has none (an address may come with those of others,
as ``utm_source``). Kinds of thing: thing_page.PAGES."""
