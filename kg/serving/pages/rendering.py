"""HTML from templates: every value escaped, nothing loaded from elsewhere, no script at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from kg.asking.results import Results, Term, term_text
from kg.asking.things.kinds import BOXES, CONCERNS, KINDS, PRACTICES, TONES
from kg.model.addresses import is_web_address
from kg.model.formats import Format
from kg.model.iris import base_of
from kg.model.made_here import GENERATOR
from kg.model.text.display import escaped, escaped_lines
from kg.model.vocab import BASE, KG, local_name
from kg.serving.http.messages import Response
from kg.serving.pages.source import PageSource

HTML = "text/html; charset=utf-8"
WEB_PAGE = Format("html", HTML, ".html", "graph", False, "web page")
HEADERS = (
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'",
    ),
    ("Referrer-Policy", "same-origin"),
)
ROWS_SHOWN = 1000
_SAFE = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Cell:
    """A term as a page shows it: its text, and where it leads."""

    text: str
    href: str | None = None
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page. ``more`` says that there are rows beyond those shown."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: bool = False


@cache
def templates() -> jinja2.Environment:
    """The templates of this package; a name that a page does not give is an error."""
    folder = Path(__file__).resolve().parent / "templates"
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    environment.filters |= {
        "plain": _plain,
        "local_name": local_name,
        "safe_address": safe_address,
    }
    environment.globals |= {
        "generator": GENERATOR,
        "KG": KG.iri,
        "KINDS": KINDS,
        "TONES": TONES,
        "CONCERNS": CONCERNS,
        "BOXES": BOXES,
        "PRACTICES": PRACTICES,
    }
    return environment


def _plain(text: object) -> str:
    return escaped_lines(str(text))


def _finalized(value: object) -> object:
    """Every text that a template shows, made plain; markup that was made here stays."""
    return escaped_lines(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def load_templates() -> None:
    """Compiles all templates, so that a fork of this process finds them ready."""
    for name in templates().list_templates(extensions=["html"]):
        templates().get_template(name)


def page(template: str, values: Mapping[str, object], status: int = 200, cacheable: bool = True) -> Response:
    """An HTML page from a template and what it shows."""
    text = templates().get_template(template).render(values)
    return Response(status, HTML, text.encode(), HEADERS, cacheable and status == 200)


def with_html(rows: tuple[tuple[str, Format], ...]) -> tuple[tuple[str, Format], ...]:
    """What a client may choose from at an address that also has a web page."""
    return (*rows, ("text/html", WEB_PAGE))


def bases(site: PageSource) -> tuple[str, ...]:
    """What the IRIs of the served things start with."""
    found = {base for name, _ in site.served.graphs if (base := base_of(name))}
    return (BASE, *sorted(found - {BASE}))


def link(site: PageSource, iri: str) -> str | None:
    """Where a page leads for an IRI: a path of this server, another http address, or nowhere.

    >>> from kg.serving.protocol.dataset import Served
    >>> from kg.serving.pages.source import PageSource
    >>> link(PageSource(Served(None)), "https://kg.example/id/force/west-midlands")
    '/id/force/west-midlands'
    """
    for base in bases(site):
        if iri.startswith(base):
            path, hash_, fragment = iri[len(base) :].partition("#")
            return local_address("/" + path) + (hash_ and "#" + quote(fragment, safe=_SAFE))
    return safe_address(iri)


def local_address(path: str) -> str:
    """The address of a path on this server; browsers would take one that begins ``//`` for another host.

    >>> local_address("//evil.example/x")
    '/%2Fevil.example/x'
    """
    path = quote(path, safe=_SAFE)
    return "/%2F" + path[2:] if path.startswith("//") else path


def safe_address(href: str | None) -> str | None:
    """An address that a page may link to: of this server, or http; None for any other, as ``javascript:``.

    >>> safe_address("javascript:alert(1)"), safe_address("/things"), safe_address("//evil.example")
    (None, '/things', None)
    """
    if not href:
        return None
    local = href[0] == "#" or (href[0] == "/" and href[:2] != "//")
    return href if local or is_web_address(href) else None


def cell(site: PageSource, term: Term | None, label: str | None = None) -> Cell:
    """A term as a cell; ``label`` is shown instead of an IRI."""
    text = escaped(label or term_text(term))
    kind = type(term).__name__
    if kind == "NamedNode":
        return Cell(text, link(site, str(term)[1:-1]))
    number = kind == "Literal" and text.replace(".", "", 1).lstrip("+-").isdigit()
    return Cell(text, None, number)


def table(site: PageSource, results: Results, limit: int = ROWS_SHOWN) -> Table:
    """Rows of results, or the triples of a graph, as a table of at most ``limit`` rows."""
    columns: Sequence[str] = results.columns
    rows: Iterable[Sequence[Term | None]] = results.terms
    if results.triples is not None:
        columns = ("subject", "predicate", "object")
        rows = [(t.subject, t.predicate, t.object) for t in results.triples]
    every = [tuple(cell(site, term) for term in row) for row in list(rows)[: limit + 1]]
    return Table(tuple(columns), tuple(every[:limit]), len(every) > limit)
