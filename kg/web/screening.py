"""What is refused before a query is run: SERVICE in any disguise, and brackets nested too deeply.

The engine would send HTTP requests for SERVICE, and has no switch for it. A search for the word is no
good: it may stand in a string, a comment, an IRI or a name, and the engine also reads it where it is
glued to its neighbours (``1SERVICE<…>``, ``SERVICEx:y {``). So the text is cut into tokens as SPARQL 1.1
(section 19.8) defines them, with and without its ``\\u`` escapes decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.web.http1 import Refusal

MAX_DEPTH = 200
"""Brackets within brackets; the engine's own stack ends at about a thousand."""

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
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
_HIDDEN_IN_COMPARISON = re.compile(r"\)\.?service#", re.IGNORECASE)
"""``?x<1)SERVICE#>``: a comparison and a comment that look like an IRI."""

SERVICE_IS_OFF = (
    "SERVICE is switched off: this endpoint sends no requests to others, so federated queries do not run."
)


def screen(query: str) -> None:
    """Raises Refusal where the query uses SERVICE (403) or nests its brackets too deeply (400)."""
    if _may_call(query):
        decoded = _decode(query)
        if calls_service(query) or (decoded != query and calls_service(decoded)):
            raise Refusal(403, SERVICE_IS_OFF)
    if query.count("{") + query.count("(") + query.count("[") > MAX_DEPTH and depth(query) > MAX_DEPTH:
        raise Refusal(400, f"The query nests brackets more than {MAX_DEPTH} deep.")


def _may_call(query: str) -> bool:
    return "\\u" in query or "\\U" in query or "service" in query.lower()


def _decode(query: str) -> str:
    """The query with codepoint escapes replaced (SPARQL 1.1, section 19.2); impossible ones stay."""

    def character(found: re.Match[str]) -> str:
        number = int(found[1] or found[2], 16)
        return chr(number) if number < 0x110000 else found[0]

    return _ESCAPE.sub(character, query)


def calls_service(query: str) -> bool:
    """Whether a token of the query is, holds or may be read as the keyword SERVICE."""
    before, candidate = "", False
    for kind, text in _tokens(query):
        if candidate and kind == "brace":
            return True
        candidate = False
        word = text.lower()
        if kind == "word" and "service" in word:
            return True
        if kind == "iri" and _HIDDEN_IN_COMPARISON.search(text):
            return True
        if kind == "name":  # SERVICEx:y { may be SERVICE and x:y
            candidate = "service" in word.partition(":")[0] and before != "graph"
        before = word
    return False


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
