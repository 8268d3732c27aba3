"""Which format a client gets: Accept headers with quality values, ``format=`` and file extensions.

The formats themselves are the rows of ``kg.graph.writing.turtle.FORMATS``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from kg.model.errors import Unknown
from kg.model.formats import Format, Kind, format_named, formats_of
from kg.serving.http.messages import Refusal

_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
_RANGE = re.compile(r"[!#$%&'+.^_`|~0-9a-z-]+/[!#$%&'+.^_`|~0-9a-z-]+|[!#$%&'+.^_`|~0-9a-z-]+/\*|\*/\*")
_MAX_RANGES = 64
T = TypeVar("T")

ALIASES: Mapping[Kind, Mapping[str, str]] = {
    "results": {"application/json": "json", "application/xml": "xml", "text/xml": "xml"},
    "graph": {"application/json": "jsonld", "application/xml": "rdfxml", "text/xml": "rdfxml",
              "application/x-turtle": "turtle", "text/n3": "turtle", "text/plain": "ntriples"},
    "network": {},
}  # fmt: skip
"""Media types that clients send for a format that has another one, by name of the format."""

SHORT_NAMES: Mapping[Kind, Mapping[str, str]] = {
    "results": {},
    "graph": {
        "json": "jsonld", "json-ld": "jsonld", "xml": "rdfxml", "rdf+xml": "rdfxml", "rdf": "rdfxml",
        "n3": "turtle",
    },
    "network": {},
}  # fmt: skip
"""What clients call a format in ``format=`` besides its own name, where the result is a graph."""


@lru_cache(maxsize=512)
def parse_accept(header: str) -> tuple[tuple[str, float], ...]:
    """Media ranges in lower case with their quality, in the order sent; what is malformed is left out.

    >>> parse_accept("TEXT/CSV ; Q=0.9 , image/png, ;;")
    (('text/csv', 0.9), ('image/png', 1.0))
    """
    ranges = []
    for item in header.split(",")[:_MAX_RANGES]:
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        quality = _quality(parameters)
        if quality is not None and _RANGE.fullmatch(name):
            ranges.append((name, quality))
    return tuple(ranges)


def _quality(parameters: list[str]) -> float | None:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            return float(value) if _QUALITY.fullmatch(value.strip()) else None
    return 1.0


def quality(media_type: str, ranges: Iterable[tuple[str, float]]) -> float:
    """The quality of a media type: that of the most specific range that covers it, else 0.

    >>> quality("text/csv", parse_accept("*/*;q=0.9, text/*;q=0.8, text/csv;q=0.1"))
    0.1
    """
    best = (-1, 0.0)
    for name, value in ranges:
        if name == media_type:
            specific = 2
        elif name == "*/*":
            specific = 0
        elif name.endswith("/*") and media_type.startswith(name[:-1]):
            specific = 1
        else:
            continue
        best = max(best, (specific, value))
    return best[1]


def choose(header: str | None, available: Iterable[tuple[str, T]]) -> T | None:
    """The offer (media type, thing) that an Accept header likes best; the first one among equals.

    None means that nothing is acceptable. Without a header, or with one that has no readable range,
    the first offer is chosen.
    """
    available = tuple(available)
    ranges = parse_accept(header) if header else ()
    if not ranges:
        return available[0][1]
    scored = [(quality(media_type, ranges), -place) for place, (media_type, _) in enumerate(available)]
    best, place = max(scored)
    return available[-place][1] if best > 0 else None


FILES = ("spreadsheet", "xlsx")
"""Formats of results that the pages of saved queries give, as files; no answer of the protocol."""


@lru_cache(maxsize=8)
def offered_formats(kind: Kind) -> tuple[tuple[str, Format], ...]:
    """What the endpoint available for a kind of result, the default first, then the aliases."""
    rows = [row for row in formats_of(kind) if row.media_type and row.name not in ("markdown", *FILES)]
    if kind == "results":
        rows.sort(key=lambda row: row.name != "json")
    named = [(row.media_type, row) for row in rows]
    return (*named, *((alias, format_named(name, kind)) for alias, name in ALIASES[kind].items()))


@lru_cache(maxsize=512)
def chosen_format(kind: Kind, accept: str | None, wish: str | None) -> Format:
    """The format of a result: ``wish`` (``format=``: a name, extension or media type) goes before Accept.

    A wish that is not known falls back to Accept where that names a type. Raises Refusal (406) that lists
    what there is.
    """
    found = _wished(kind, wish) if wish else choose(accept, offered_formats(kind))
    if found is None and wish and any(name != "*/*" for name, _ in parse_accept(accept or "")):
        found = choose(accept, offered_formats(kind))
    if found is None:
        asked = f"format={wish}" if wish else f"Accept: {accept}"
        known = ", ".join(row.media_type for row in dict.fromkeys(row for _, row in offered_formats(kind)))
        what = "a table of results" if kind == "results" else "a graph"
        raise Refusal(406, f"This gives {what}, which cannot be sent as {asked[:100]}. Formats: {known}.")
    return found


def _wished(kind: Kind, wish: str) -> Format | None:
    wanted = wish.strip().lower()
    for media_type, row in offered_formats(kind):
        if media_type == wanted:
            return row
    try:
        row = format_named(SHORT_NAMES[kind].get(wanted, wanted), kind)
    except Unknown:
        return None
    return None if row.name in FILES else row


@lru_cache(maxsize=512)
def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header allows gzip.

    >>> [accepts_gzip(h) for h in ("gzip, br", "gzip;q=0", "*", "identity")]
    [True, False, True, False]
    """
    codings: dict[str, float | None] = {}
    for item in header.lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        codings[name] = _quality(parameters)
    return bool(codings.get("gzip", codings.get("*")))
