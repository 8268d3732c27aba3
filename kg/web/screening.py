"""What is refused before a query is run: SERVICE in any disguise, and brackets nested too deeply."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.screening import calls_service
from kg.web.http1 import Refusal

MAX_DEPTH = 200
"""Brackets within brackets; the engine's own stack ends at about a thousand."""

_TOKEN = re.compile(
    r"""
    (?P<skip>
        "{3}(?:[^"\\]|\\.|"(?!""))*"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
      | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*'
      | [#][^\r\n]*
      | [?$]\w+ | @[A-Za-z]+(?:-[A-Za-z0-9]+)* | _:\w(?:[\w.-]*[\w-])?
    )
    | <(?P<iri>[^<>"{}|^`\\\x00-\x20]*)>
    | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:[\w:.%-]|\\.)*)
    | (?P<word>[^\W\d]\w*)
    | (?P<brace>[{])
    | (?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
SERVICE_IS_OFF = (
    "SERVICE is switched off: this endpoint sends no requests to others, so federated queries do not run."
)


def screen(query: str) -> None:
    """Raises Refusal where the query uses SERVICE (403) or nests its brackets too deeply (400)."""
    if calls_service(query):
        raise Refusal(403, SERVICE_IS_OFF)
    if query.count("{") + query.count("(") + query.count("[") > MAX_DEPTH and depth(query) > MAX_DEPTH:
        raise Refusal(400, f"The query nests brackets more than {MAX_DEPTH} deep.")


def first_word(query: str) -> str:
    """The first keyword after the prologue, in lower case; empty where there is none.

    >>> first_word("# SELECT\\nPREFIX e: <http://e/> insert data {}")
    'insert'
    """
    words = (text.lower() for kind, text in _tokens(query) if kind == "word")
    return next((word for word in words if word not in ("prefix", "base", "version")), "")


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    """(kind, text) of each token that is neither space nor comment, string, variable or language tag."""
    for found in _TOKEN.finditer(query):
        kind = found.lastgroup or ""
        if kind != "skip":
            yield kind, found[kind]


def depth(query: str) -> int:
    """How deep brackets of any kind are nested, strings and comments left out.

    >>> depth('SELECT * { ?s ?p "((((" FILTER(?p = 1) }')
    2
    """
    now = most = 0
    for kind, text in _tokens(query):
        if kind == "brace" or text in ("(", "["):
            now += 1
            most = max(most, now)
        elif text in ("}", ")", "]"):
            now -= 1
    return most
