"""The pages of queries: the saved ones with a form for their parameters, and the form for any other."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from urllib.parse import quote

import pyoxigraph as ox

from kg.asking.results import Results, spreadsheet_csv, write
from kg.asking.sparql.library import SavedQuery, saved_query
from kg.asking.sparql.parameters import bindings_for, with_values
from kg.asking.sparql.remarks import remarks
from kg.model.errors import KgError, Unknown
from kg.model.formats import format_named
from kg.serving.http.messages import Request, Response
from kg.serving.http.negotiation import choose, offered_formats
from kg.serving.pages.labels import named_cell, names
from kg.serving.pages.rendering import ROWS_SHOWN, Table, link, page, table, with_html
from kg.serving.pages.source import PageSource
from kg.serving.protocol.protocol import read_each_once, read_named

_HINTS = {
    "entity": "a name, an alias or an address", "report": "the id of a report", "iri": "an address",
    "area": "the name of an area",
    "text": "some words", "date": "year-month-day, year-month or year", "number": "a number",
}  # fmt: skip
"""What to type for each kind of parameter."""


def saved_query_page(site: PageSource, request: Request, name: str) -> Response:
    name, dot, extension = name.partition(".")
    saved = saved_query(name)
    fields = read_each_once(request.query)
    given = {key: value for key, value in fields.items() if key not in ("format", "output")}
    wish = extension or fields.get("format", "") or fields.get("output", "")
    if not dot and not wish:
        row = choose(request.headers.get("accept"), with_html(offered_formats("results")))
        wish = row.name if row is not None else "html"
    if wish == "html":
        return _html_page(site, saved, {key: value for key, value in given.items() if value})
    read_named(request.query, {*saved.parameters, "format", "output"})
    results = _run(site, saved, given)
    told = tuple(("X-Remark", ascii_only(line)) for line in remarks(saved, given, site.ask, results))
    row = format_named(wish, "results")
    body = spreadsheet_csv(results) if row.name == "csv" else write(results, row.name)
    media_type = row.media_type or ("text/csv" if row.name == "spreadsheet" else "text/plain")
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    saved_as = {"spreadsheet": f"{saved.name}.csv", "xlsx": f"{saved.name}.xlsx"}.get(row.name)
    headers = (("Content-Disposition", f'attachment; filename="{saved_as}"'),) if saved_as else ()
    return Response(200, media_type + charset, body, (*headers, *told), cacheable=True)


def ascii_only(text: str) -> str:
    """A text as a header has it: letters that are not ASCII as percent-encoded UTF-8 (RFC 3986).

    >>> ascii_only("no report on Caffè\\n100%")
    'no report on Caff%C3%A8 100%25'
    """
    return quote(" ".join(text.split()), safe=" !\"#$&'()*+,-./:;<=>?@[]^_`{|}~")


def _run(site: PageSource, saved: SavedQuery, given: dict[str, str]) -> Results:
    text = with_values(saved.text, bindings_for(saved, given, site.ask))
    return site.ask(text)


def _html_page(site: PageSource, saved: SavedQuery, given: dict[str, str]) -> Response:
    """The form, with the answer; without it where a value is missing that makes a question of the query."""
    message, shown, status, told = "", None, 200, list[str]()
    try:
        if not saved.needs or given.get(saved.needs):
            results = _run(site, saved, given)
            shown, told = named_table(site, results), remarks(saved, given, site.ask, results)
    except KgError as error:
        message, status = str(error), 404 if isinstance(error, Unknown) else 400
    query = "&".join(f"{quote(key)}={quote(value)}" for key, value in given.items())
    values = {
        "title": saved.name,
        "saved": saved,
        "given": given,
        "table": shown,
        "message": message,
        "remarks": told,
    }
    values |= {"hints": _HINTS, "workbooks": find_spec("openpyxl") is not None}
    return page("query.html", {**values, "suffix": "?" + query if query else ""}, status)


def named_table(site: PageSource, results: Results) -> Table:
    """Rows as a table in which each thing is called by its name, and words lead to their statement.

    Addresses that another column leads to are no columns of their own, nor are offsets beside the words.
    """
    at = {name: place for place, name in enumerate(results.columns)}
    leads = {words: at[address] for words, address in LEADS.items() if words in at and address in at}
    dropped = {results.columns[place] for place in leads.values()} | (_PLACES if "quote" in leads else set())
    columns = tuple(name for name in results.columns if name not in dropped)
    every = results.terms[:ROWS_SHOWN]
    shown = [[row[at[name]] for name in columns] for row in every]
    known = names(site, (term.value for row in shown for term in row if isinstance(term, ox.NamedNode)))
    rows = []
    for row, terms in zip(every, shown, strict=True):
        cells = []
        for name, term in zip(columns, terms, strict=True):
            cell, target = named_cell(site, term, known), row[leads[name]] if name in leads else None
            if isinstance(target, ox.NamedNode) and cell.text:
                cell = replace(cell, href=link(site, target.value))
            cells.append(cell)
        rows.append(tuple(cells))
    return Table(columns, tuple(rows), len(results.terms) > ROWS_SHOWN)


LEADS = {
    "quote": "statement",
    "reportTitle": "report",
    "earlierQuote": "earlierStatement",
    "otherQuote": "otherStatement",
    "practiceQuote": "practiceStatement",
    "practiceReportTitle": "practiceReport",
    "concernQuote": "concernStatement",
    "comparedText": "comparedStatement",
}
"""Columns of words, each with the column of what it leads to."""
_PLACES = {"start", "end"}


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
