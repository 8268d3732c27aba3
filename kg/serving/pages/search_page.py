"""Full-text search as a page and as JSON: hits with their words, and what they can be narrowed by."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.asking.search.searching import FACETS, Found, Hit, search
from kg.asking.search.terminal import about
from kg.asking.sparql.parameters import with_values
from kg.asking.things.kinds import KINDS
from kg.model.errors import CannotUnderstand
from kg.model.terms import text_of
from kg.serving.http.messages import Refusal, Request, Response
from kg.serving.pages import queries
from kg.serving.pages.rendering import HEADERS, link, page
from kg.serving.pages.source import PageSource
from kg.serving.protocol.protocol import read_named

_SHOWN = 25
"""Hits on a page."""
_NAMES = 8
"""Names on a page."""
_MOST = 1000
"""The last hit that can be asked for."""
_LONGEST = 300
"""Characters of a value."""
_VALUES = 12
"""Values of a facet that are shown."""


def search_page(site: PageSource, request: Request, json_form: str | None) -> Response:
    """What reports say with the words of ``q``, narrowed by the facets, and the things that are called so.

    ``from`` is the number of hits before those shown.
    Raises Refusal: 400 for a facet or number that there is not, 501 where another endpoint would be asked for
    more than names.
    """
    asked = read_named(request.query, ("q", "from", *FACETS), () if json_form else ("q",))
    for name, value in asked.items():
        if len(value) > _LONGEST:
            raise Refusal(400, f"{name}: longer than {_LONGEST} characters.")
    words, first = asked.get("q", "").strip(), asked.get("from", "0")
    if not (first.isascii() and first.isdigit() and len(first) < 5 and int(first) < _MOST):
        raise Refusal(400, f"from is a number below {_MOST}.")
    narrowed = {name: asked[name] for name in FACETS if name in asked}
    if site.settings.endpoint is not None and (json_form or narrowed):
        raise Refusal(501, "This server asks another endpoint, which has no full-text index: names alone.")
    named = found = Found("", 0, (), {})
    if words:
        try:
            if site.settings.endpoint is not None:
                named = _named(site, words)
            else:
                index = site.served.index()
                if not narrowed and first == "0":
                    named = search(words, index, names=True, limit=_NAMES)
                said = None if "kind" in narrowed else False
                found = search(words, index, narrowed, names=said, limit=_SHOWN, offset=int(first))
        except CannotUnderstand as error:
            raise Refusal(400, f"{error}.") from error
    if json_form:
        both = {**found.as_dict(), "names": named.as_dict()["hits"]}
        text = json.dumps(both, ensure_ascii=False, indent=2) + "\n"
        return Response(200, "application/json", text.encode(), HEADERS, cacheable=True)

    def address(**changed: str | int | None) -> str:
        fields = {"q": words, **narrowed, **changed}
        return "/search?" + urlencode({name: value for name, value in fields.items() if value})

    hits = [
        {"href": link(site, hit.iri), "about": about(hit), "pieces": hit.pieces, "name": hit.name}
        for hit in found.hits
    ]
    after = int(first) + len(hits)
    return page("search.html", {
        "title": f"Search: {words}" if words else "Search", "words": words, "found": found, "hits": hits,
        "named": [{"href": link(site, hit.iri), "about": about(hit)} for hit in named.hits],
        "kinds_of_names": [
            (_word("kind", kind), n, address(kind=kind)) for kind, n in named.facets.get("kind", ())
        ] if named.total > len(named.hits) else [],
        "first": int(first) + 1, "last": after,
        "chosen": [
            (name, _word(name, value), address(**{name: None})) for name, value in narrowed.items()
        ],
        "facets": [
            (name, [(_word(name, value), n, address(**{name: value})) for value, n in values[:_VALUES]])
            for name, values in found.facets.items() if name not in narrowed and len(values) > 1
        ],
        "more": address(**{"from": after}) if after < min(found.total, _MOST) else None,
    })  # fmt: skip


def _named(site: PageSource, words: str) -> Found:
    """The things whose name has the words: all that another endpoint can be asked for."""
    rows = site.ask(with_values(queries.SEARCH, {"words": ox.Literal(words)})).terms
    hits = tuple(
        Hit(str(thing)[1:-1], text_of(kind), text_of(name), text_of(name), pieces=((text_of(name), False),))
        for thing, name, kind in rows
    )
    return Found(words, len(hits), hits, {})


def _word(facet: str, value: str) -> str:
    if facet == "kind" and value in KINDS:
        return KINDS[value].plural
    return value.rpartition("/")[2] if facet == "report" else value
