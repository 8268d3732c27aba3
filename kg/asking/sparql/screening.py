"""What a SPARQL text contains, without running it: calls to other servers, and dataset clauses.

Oxigraph reads keywords without a word boundary (``1SERVICE<…>``) and ``<`` as an operator where another
engine would read an IRI, so a search for a word is not enough. Every way to read the text is followed:
at each ``<`` both the IRI and the operator, and each letter of a word may start a keyword.
"""

from __future__ import annotations

import re

from kg.model.errors import CannotUnderstand
from kg.model.iris import PREFIXES

MAX_DEPTH = 200
"""Brackets within brackets; the engine's own stack ends at about a thousand."""
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_IRI = r'<[^<>"{}|^`\\\x00-\x20]*>'
_STRING = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|' + r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n\r]|\\.)*"|' + r"'(?:[^'\\\n\r]|\\.)*'"
)
_SPACE = r"(?:\s|\#[^\n\r]*+)*+"
_WHOLE = re.compile(rf"{_STRING}|\#[^\n\r]*|[?$]\w+|\\.", re.DOTALL)
_AN_IRI = re.compile(_IRI)
_CALL = re.compile(
    rf"SERVICE{_SPACE}(?:SILENT{_SPACE})?(?:{_IRI}|[?$]\w+|[\w.-]*:[\w.:%\\-]*){_SPACE}\{{", re.IGNORECASE
)
_TOKEN = re.compile(rf"{_IRI}|{_STRING}|\#[^\n\r]*|[?$]\w+|[\w.-]*:[\w.:%\\-]*|\w+|.", re.DOTALL)


def decoded(query: str) -> str:
    r"""The query with its ``\u`` and ``\U`` escapes replaced, as SPARQL does before it reads anything.

    >>> decoded(r"SERVIC\u0045")
    'SERVICE'
    """
    return _ESCAPE.sub(_character, query)


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else escape[0]


def calls_service(query: str) -> bool:
    """Whether any way to read the query has a SERVICE clause; the word in names and strings is none.

    >>> calls_service("SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }")
    True
    >>> calls_service("SELECT ?service { ?service ?p 'SERVICE <http://example.org/> {' }")
    False
    """
    if "service" not in decoded(query).lower():
        return False
    return any(_reaches_service(text) for text in {query, decoded(query)})


def _reaches_service(text: str) -> bool:
    """Follows every reading of the text; ``seen`` are the places where a token can start."""
    seen, waiting = {0}, [0]
    while waiting:
        place = waiting.pop()
        if place >= len(text):
            continue
        if _CALL.match(text, place):
            return True
        for after in _next_places(text, place):
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    return False


def _next_places(text: str, place: int) -> list[int]:
    whole = _WHOLE.match(text, place)
    if whole:
        return [whole.end()]
    iri = _AN_IRI.match(text, place) if text[place] == "<" else None
    return [place + 1, iri.end()] if iri else [place + 1]


def refuse_service(query: str) -> None:
    """Raises CannotUnderstand if the query would call another server: no query leaves the machine."""
    if calls_service(query):
        raise CannotUnderstand("SERVICE is switched off: a query asks this dataset alone, no other server")


def refuse_deep_nesting(query: str) -> None:
    """Raises CannotUnderstand for brackets nested so deeply that the engine's stack could end."""
    text = decoded(query)
    if sum(map(text.count, "([{")) <= MAX_DEPTH:
        return
    depth = deepest = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in "([{") - (token[0] in ")]}")
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise CannotUnderstand(f"SPARQL: brackets are nested {deepest} deep; at most {MAX_DEPTH} are read")


def keywords(query: str) -> set[str]:
    """The bare words of a query in upper case, without names, strings and comments.

    >>> sorted(keywords("SELECT ?from FROM <http://example.org/g> { ?s a 'FROM' } # end"))
    ['A', 'FROM', 'SELECT']
    """
    tokens = (match[0] for match in _TOKEN.finditer(decoded(query)))
    return {token.upper() for token in tokens if token[0].isalpha() and ":" not in token}


def names_dataset(query: str) -> bool:
    """Whether the query chooses its graphs itself (FROM, FROM NAMED)."""
    return "from" in decoded(query).lower() and "FROM" in keywords(query)


def names_in(query: str) -> list[str]:
    """The IRIs that a query writes out or shortens with a declared or standard prefix, in their order.

    >>> names_in("PREFIX k: <https://kg.example/ontology#> ASK { ?s a k:Finding } # k:other")
    ['https://kg.example/ontology#', 'https://kg.example/ontology#Finding']
    """
    text = decoded(query)
    declared = re.findall(r"(?i)\bPREFIX\s+([\w.-]*):\s*<([^>\s]*)>", text)
    prefixes = {**PREFIXES, **dict(declared)}
    names: list[str] = []
    for token in (match[0] for match in _TOKEN.finditer(text)):
        prefix, colon, local = token.partition(":")
        if token[0] == "<" and len(token) > 1:
            names.append(token[1:-1])
        elif colon and local and prefix in prefixes and token[0] not in "\"'#":
            names.append(prefixes[prefix] + local.rstrip("."))
    return names
