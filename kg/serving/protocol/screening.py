"""What is refused before a query is run: SERVICE in any disguise, and brackets nested too deeply."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.asking.sparql.screening import calls_service
from kg.serving.http.messages import Refusal

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
_PLAINLY_IN_GRAPHS = re.compile(r"[^{}]*\{\s*GRAPH\s+[^\s{}]+\s*\{[^{}]*\}\s*\}[^{}]*", re.IGNORECASE)
"""One GRAPH clause and nothing beside it, as most queries with GRAPH are."""
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


def may_name_graphs(query: str) -> bool:
    """Whether GRAPH or FROM may stand in the query; a quick look at its letters."""
    lower = query.lower()
    return "graph" in lower or "from" in lower


def from_clauses(query: str) -> tuple[list[str], list[str]]:
    """The IRIs of FROM and of FROM NAMED, where all are written in full; else nothing.

    >>> from_clauses("SELECT * FROM <http://e/a> FROM NAMED <http://e/b> { ?s ?p 'FROM <http://e/c>' }")
    (['http://e/a'], ['http://e/b'])
    """
    default: list[str] = []
    named: list[str] = []
    target = None
    for kind, text in _tokens(query):
        word = text.lower() if kind == "word" else ""
        if word == "from":
            target = default
        elif word == "named" and target is not None:
            target = named
        elif target is not None:
            if kind != "iri" or ":" not in text:
                return [], []
            target.append(text)
            target = None
    return default, named


def only_in_graphs(query: str) -> bool:
    """Whether all patterns of the query surely stand in GRAPH clauses.

    >>> only_in_graphs("ASK { GRAPH ?g { ?s ?p ?o } }")
    True
    >>> only_in_graphs("ASK { ?s ?p ?o GRAPH ?g { ?s ?p ?o } }")
    False
    """
    if _PLAINLY_IN_GRAPHS.fullmatch(query):
        return True
    inside: list[bool] = []
    entering, before = False, ""
    for found in _TOKEN.finditer(query):
        text = found[0].lower()
        if text.startswith("#"):
            continue
        if text == "{":
            inside.append(entering or before == "construct" or bool(inside and inside[-1]))
            entering = False
        elif text == "}" and inside:
            inside.pop()
        elif text == "graph":
            entering = True
        elif inside and not inside[-1] and not entering and text not in ("union", "optional", "."):
            return False
        before = text
    return True


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
