"""The pages: for people as HTML, for programs as RDF or tables, at the same addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

import pyoxigraph as ox

from kg.asking.results import Results, spreadsheet_csv, write
from kg.asking.sparql.library import SavedQuery, saved_queries, saved_query
from kg.asking.sparql.parameters import bindings_for, with_values
from kg.asking.things.kinds import ENTITIES, KINDS, kind_of
from kg.graph.writing import write_graph
from kg.model.bodies import INSPECTED
from kg.model.errors import KgError, Unknown
from kg.model.formats import Format, format_named, formats_of
from kg.model.iris import graph_iri, graph_of, is_graph, prefixes_for
from kg.model.vocab import KG, VOID
from kg.serving.http.messages import Refusal, Request, Response
from kg.serving.http.negotiation import choose, offers
from kg.serving.pages import questions
from kg.serving.pages.bodies import body_page
from kg.serving.pages.naming import ending, named_cell, names
from kg.serving.pages.questions import ask_about
from kg.serving.pages.rendering import (
    HEADERS,
    HTML,
    ROWS_SHOWN,
    Table,
    bases,
    cell,
    link,
    load_templates,
    page,
    table,
)
from kg.serving.pages.report_page import reader_page, report_page
from kg.serving.pages.source import PageSource
from kg.serving.pages.statement_page import statement_page
from kg.serving.pages.term_pages import browse_page, ontology_page
from kg.serving.pages.thing_page import picture, thing_page
from kg.serving.protocol.protocol import read_fields

_HTML = Format("html", HTML, ".html", "graph", False, "web page")
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
_READ = re.compile(r"/report/[^/]+/read")
_OF_REPORT = (KG.report,)
_DRAWN = frozenset((*ENTITIES, "framework")) - {"grade", "period"}
"""The kinds of thing whose page has a picture."""
_STYLE = Path(__file__).resolve().parent / "templates" / "style.css"


def prepare() -> None:
    """What a fork of this process should find ready."""
    load_templates()
    saved_queries()


def respond(site: PageSource, request: Request) -> Response | None:
    """The page at a path; None where there is none. Raises Refusal."""
    route = _ROUTES.get(request.path)
    try:
        if route is not None:
            return route(site, request)
        if request.path.startswith("/queries/"):
            return _saved(site, request, request.path.removeprefix("/queries/"))
        return _thing(site, request)
    except Unknown as error:
        raise Refusal(404, str(error)) from error
    except KgError as error:
        raise Refusal(400, str(error)) from error


# --- fixed pages -------------------------------------------------------------------------------------


def _home(site: PageSource, request: Request) -> Response:
    reports = [{**row, "href": link(site, str(row["report"]))} for row in site.ask(questions.REPORTS).dicts()]
    heat = questions.heat_tables(site.ask(questions.GRADES).dicts())
    values = {"title": "Inspection findings", "reports": reports, "heat": heat, "queries": saved_queries()}
    return page("home.html", {**values, "link": lambda iri: link(site, iri)})


def _style(site: PageSource, request: Request) -> Response:
    return Response(200, "text/css; charset=utf-8", _STYLE.read_bytes(), cacheable=True)


def _robots(site: PageSource, request: Request) -> Response:
    return Response(200, "text/plain; charset=utf-8", b"User-agent: *\nDisallow: /sparql\n", cacheable=True)


def _queries(site: PageSource, request: Request) -> Response:
    return page("queries.html", {"title": "Saved queries", "queries": saved_queries()})


def _search(site: PageSource, request: Request) -> Response:
    words = _field(request, "q").strip()[:200]
    found = None
    if words:
        text = with_values(questions.SEARCH, {"words": ox.Literal(words)})
        rows = site.ask(text).terms
        found = [(cell(site, thing, _value(name)), _value(kind)) for thing, name, kind in rows]
    return page("search.html", {"title": "Search", "words": words, "found": found})


def _value(term: object) -> str:
    return term.value if isinstance(term, (ox.Literal, ox.NamedNode)) else ""


def _field(request: Request, name: str) -> str:
    return dict(read_fields(request.query)).get(name, "")


def _ontology(site: PageSource, request: Request) -> Response:
    return page("ontology.html", {"title": "The ontology", **ontology_page(site)})


def _browse(site: PageSource, request: Request) -> Response:
    name = _field(request, "class")
    values = browse_page(site, name)
    plural = KINDS[kind_of([KG.iri + name])].plural
    return page("browse.html", {"title": plural[0].upper() + plural[1:], **values})


def _void(site: PageSource, request: Request) -> Response:
    """The dataset's description (https://www.w3.org/TR/void/#well-known)."""
    graphs = (graph_iri("dataset", base) for base in bases(site))
    graph = next((iri for iri in graphs if _has_graph(site, iri)), None)
    triples = list(ask_about(site, questions.GRAPH, "graph", graph).triples or ()) if graph else []
    dataset = ox.NamedNode(graph.replace("/graph/", "/") if graph else site.settings.address + "/#dataset")
    endpoint = ox.NamedNode(site.settings.address + "/sparql")
    triples.append(ox.Triple(dataset, ox.NamedNode(VOID.sparqlEndpoint), endpoint))
    accept = request.headers.get("accept", "")
    row = None if "text/html" in accept else choose(accept, offers("graph"))
    return _rdf(triples, row or format_named("turtle", "graph"), [])


def _neighbourhood(site: PageSource, request: Request) -> Response:
    """The picture of what is around a thing: a page that brings its own script, allowed by its hash."""
    from kg.asking.network import neighbourhood, to_html

    entity, depth = _field(request, "thing"), _field(request, "depth") or "1"
    if not entity:
        raise Refusal(400, "Say which thing: /neighbourhood?thing=NAME.")
    endpoint = site.settings.endpoint
    store = None if endpoint else site.served.store
    graph = neighbourhood(entity, store=store, endpoint=endpoint, depth=int(depth) if depth.isdigit() else 0)
    text = to_html(graph)
    policy = _POLICY.search(text)
    allowed = unescape(policy[1]) if policy else "default-src 'none'"
    headers = (("Content-Security-Policy", allowed + "; frame-ancestors 'none'"), *HEADERS[1:])
    return Response(200, HTML, text.encode(), headers, cacheable=True)


# --- saved queries -----------------------------------------------------------------------------------


_HINTS = {
    "entity": "a name, an alias or an address", "report": "the id of a report", "iri": "an address",
    "text": "some words", "date": "year-month-day", "number": "a number",
}  # fmt: skip
"""What to type for each kind of parameter."""


def _saved(site: PageSource, request: Request, name: str) -> Response:
    name, dot, extension = name.partition(".")
    saved = saved_query(name)
    fields = {key: value for key, value in read_fields(request.query) if value}
    given = {key: value for key, value in fields.items() if key not in ("format", "output")}
    wish = extension or fields.get("format", "") or fields.get("output", "")
    if not dot and not wish:
        row = choose(request.headers.get("accept"), _with_html(offers("results")))
        wish = row.name if row is not None else "html"
    if wish == "html":
        return _saved_page(site, saved, given)
    results = _run(site, saved, given)
    row = format_named(wish, "results")
    body = spreadsheet_csv(results) if row.name == "csv" else write(results, row.name)
    charset = "; charset=utf-8" if row.media_type.startswith("text/") else ""
    return Response(200, (row.media_type or "text/plain") + charset, body, cacheable=True)


def _with_html(rows: tuple[tuple[str, Format], ...]) -> tuple[tuple[str, Format], ...]:
    return (*rows, ("text/html", _HTML))


def _run(site: PageSource, saved: SavedQuery, given: dict[str, str]) -> Results:
    text = with_values(saved.text, bindings_for(saved, given, site.ask))
    return site.ask(text)


def _saved_page(site: PageSource, saved: SavedQuery, given: dict[str, str]) -> Response:
    message, shown, status = "", None, 200
    try:
        shown = named_table(site, _run(site, saved, given))
    except KgError as error:
        message, status = str(error), 404 if isinstance(error, Unknown) else 400
    query = "&".join(f"{quote(key)}={quote(value)}" for key, value in given.items())
    values = {"title": saved.name, "saved": saved, "given": given, "table": shown, "message": message}
    values |= {"hints": _HINTS}
    return page("query.html", {**values, "suffix": "?" + query if query else ""}, status)


def named_table(site: PageSource, results: Results) -> Table:
    """Rows as a table in which each thing of the data is called by its name."""
    every = results.terms[:ROWS_SHOWN]
    known = names(site, (term.value for row in every for term in row if isinstance(term, ox.NamedNode)))
    cells = tuple(tuple(named_cell(site, term, known) for term in row) for row in every)
    return Table(results.columns, cells, len(results.terms) > ROWS_SHOWN)


# --- things ------------------------------------------------------------------------------------------


def _thing(site: PageSource, request: Request) -> Response | None:
    """What an IRI of the data stands for: 303 to a description in the format that Accept likes best."""
    if _READ.fullmatch(request.path):
        return _reader(site, request, request.path.removesuffix("/read"))
    path, suffix = _split(request.path)
    iri = _iri_of(site, path)
    if iri is None:
        return None
    if suffix is None:
        row = choose(request.headers.get("accept"), _with_html(offers("graph")))
        if row is None:
            raise Refusal(406, "There is a web page, Turtle, JSON-LD, N-Triples and RDF/XML of this.")
        return Response(303, headers=(("Location", path + row.extension),))
    if suffix.name != "html":
        graph = iri if is_graph(path) else graph_of(iri)
        return _rdf(_triples(site, path, iri), suffix, [graph] if graph else [])
    if is_graph(path):
        return _graph_page(site, path, iri)
    return _thing_page(site, path, iri)


def _split(path: str) -> tuple[str, Format | None]:
    for row in (_HTML, *formats_of("graph")):
        if path.endswith(row.extension):
            return path.removesuffix(row.extension), row
    return path, None


def _iri_of(site: PageSource, path: str) -> str | None:
    """The IRI that this path stands for, if the data say anything of it."""
    local = unquote(path.lstrip("/"))
    for base in bases(site):
        try:
            iri = ox.NamedNode(base + local).value
        except ValueError:
            return None
        found = _has_graph(site, iri) if is_graph(local) else questions.exists(site, iri)
        if local and found:
            return iri
    return None


def _has_graph(site: PageSource, iri: str) -> bool:
    if site.settings.endpoint is None:
        return any(name == iri for name, _ in site.served.graphs)
    return bool(site.ask(f"ASK {{ GRAPH {ox.NamedNode(iri)} {{ ?s ?p ?o }} }}"))


def _triples(site: PageSource, path: str, iri: str) -> list[ox.Triple]:
    if path == "/ontology":
        iri = graph_iri("ontology", iri.removesuffix("ontology"))
    if is_graph(path) or path == "/ontology":
        return list(ask_about(site, questions.GRAPH, "graph", iri).triples or ())
    return list(ask_about(site, questions.DESCRIPTION, "thing", iri).triples or ())


def _rdf(triples: list[ox.Triple], row: Format, graphs: list[str]) -> Response:
    """Triples in a format; the statements of ``graphs`` get a prefix."""
    prefixes = prefixes_for(graphs)
    quads = [ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples]
    body = write_graph(quads, row.name, prefixes, blank_nodes=True)
    charset = "; charset=utf-8" if row.media_type.startswith("text/") else ""
    return Response(200, row.media_type + charset, body, cacheable=True)


def _graph_page(site: PageSource, path: str, iri: str) -> Response:
    size = dict(site.served.graphs).get(iri)
    values = {"title": path.rpartition("/")[2], "iri": iri, "path": path, "size": size}
    return page("graph.html", {**values, "formats": formats_of("graph")})


def _thing_page(site: PageSource, path: str, iri: str) -> Response:
    """The page of a report, a body, a statement or any other thing, by its kind."""
    terms = ask_about(site, questions.TYPES, "thing", iri).terms
    name, classes = names(site, [iri])[iri], [_value(type_) for type_, _ in terms]
    values: dict[str, object] = {
        "title": name.label, "iri": iri, "path": path, "kind": name.kind, "formats": formats_of("graph"),
        "types": [cell(site, type_, _value(label) or ending(_value(type_))) for type_, label in terms],
    }  # fmt: skip
    if KG.Report in classes:
        return page("report.html", {**values, **_raw(site, iri, hidden=_OF_REPORT), **report_page(site, iri)})
    values |= _raw(site, iri)
    if INSPECTED.intersection(classes):
        return page("body.html", {**values, **thing_page(site, iri), **body_page(site, iri)})
    found = statement_page(site, iri, name.kind) if any(c.startswith(KG.iri) for c in classes) else {}
    if found:
        return page("statement.html", {**values, **found})
    drawn = picture(site, iri) if name.kind in _DRAWN else None
    return page("thing.html", {**values, **thing_page(site, iri), "picture": drawn})


def _raw(site: PageSource, iri: str, hidden: tuple[str, ...] = ()) -> dict[str, object]:
    """What the data say of a thing and what leads to it, every value by its name; and its mentions."""
    said = ask_about(site, questions.OUTGOING, "thing", iri)
    leading = Results() if hidden else ask_about(site, questions.INCOMING, "thing", iri)
    values = (row[1] for row in (*said.terms, *leading.terms))
    shown = [term.value for term in values if isinstance(term, ox.NamedNode)]
    known = names(site, shown)
    return {
        "properties": questions.properties(site, said, known),
        "incoming": questions.properties(site, leading, known),
        "incoming_cut": len(leading) > 500,
        "evidence": questions.quotes(site, ask_about(site, questions.EVIDENCE, "statement", iri)),
        "mentions": questions.quotes(site, ask_about(site, questions.MENTIONS, "thing", iri)),
    }


def _reader(site: PageSource, request: Request, path: str) -> Response | None:
    """The whole text of a report, with what was read in it marked."""
    iri = _iri_of(site, path)
    if iri is None or not site.ask(f"ASK {{ {ox.NamedNode(iri)} a kg:Report }}"):
        return None
    values = reader_page(site, iri, _field(request, "show")[:200])
    title = names(site, [iri])[iri].label
    return page("reader.html", {"title": title, "path": path, **values})


# --- SPARQL for people -------------------------------------------------------------------------------


def sparql_page(
    site: PageSource, query: str = "", results: Results | None = None, message: str = "", status: int = 200
) -> Response:
    """The form for a query, with its results drawn by the server."""
    shown = table(site, results) if results is not None and results.answer is None else None
    answer = None if results is None else results.answer
    graph = results is not None and results.triples is not None
    values = {"title": "SPARQL", "query": query, "table": shown, "answer": answer, "graph": graph}
    seconds = f"{site.settings.timeout:g}"
    return page("sparql.html", {**values, "message": message, "seconds": seconds}, status, cacheable=False)


def error_page(refusal: Refusal) -> Response:
    """An error as a page."""
    response = page("error.html", {"title": str(refusal.status), "message": refusal.message}, refusal.status)
    extra = (*refusal.headers, ("Cache-Control", "no-store"))
    return Response(response.status, response.media_type, response.body, HEADERS + extra)


_ROUTES: dict[str, Callable[[PageSource, Request], Response]] = {
    "/": _home,
    "/static/style.css": _style,
    "/robots.txt": _robots,
    "/queries": _queries,
    "/search": _search,
    "/.well-known/void": _void,
    "/neighbourhood": _neighbourhood,
    "/ontology.html": _ontology,
    "/things": _browse,
}
