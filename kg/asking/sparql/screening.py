"""What a SPARQL text contains, without running it: calls to other servers, and dataset clauses.

Oxigraph reads keywords without a word boundary (``1SERVICE<…>``) and ``<`` as an operator where another
engine would read an IRI, so a search for a word is not enough. Every way to read the text is followed:
at each ``<`` both the IRI and the operator, and each letter of a word may start a keyword.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.model.errors import CannotUnderstand
from kg.model.iris import PREFIXES

MAX_DEPTH = 200
"""Brackets within brackets; the engine's own stack ends at about a thousand."""
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_IRI = r'<[^<>"{}|^`\\\x00-\x20]*>'
_ESCAPED_IRI = re.compile(r'<[^<>"{}|^`\x00-\x20]*>')
"""An IRI in which escapes may stand for characters."""
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
    """Follows every reading of the text; ``seen`` are the places where a token can start. A text in which no
    place at all looks like a call, as one on fire services, needs no reading."""
    if _CALL.search(text) is None:
        return False
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
    if nests_too_deeply(query):
        deepest = depth(decoded(query))
        raise CannotUnderstand(f"SPARQL: brackets are nested {deepest} deep; at most {MAX_DEPTH} are read")


def nests_too_deeply(query: str) -> bool:
    """Whether brackets are nested more than MAX_DEPTH deep."""
    text = decoded(query)
    return sum(map(text.count, "([{")) > MAX_DEPTH and depth(text) > MAX_DEPTH


_OUT_OF_REACH = frozenset(
    """GROUP HAVING COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT
    EXISTS MINUS FILTER UNION OPTIONAL BIND""".split()  # noqa: SIM905  (sixteen lines otherwise)
)


def is_reached_from_its_end(query: str, variables: Iterable[str]) -> bool:
    """Whether values of these variables at the end of a query select among what it matches.

    They are joined behind its pattern and its groups (SPARQL 1.1, 18.2.4): what a filter asks, a union or an
    option leaves unbound is settled by then, and a query within it has variables of its own.

    >>> is_reached_from_its_end("SELECT ?s { ?s ?p ?o } ORDER BY ?s", ["s"])
    True
    >>> is_reached_from_its_end("SELECT (COUNT(?s) AS ?n) { ?s ?p ?o }", ["s"])
    False
    >>> is_reached_from_its_end("SELECT ?name { ?s ?p ?o }", ["name"])
    False
    """
    text = decoded(query)
    found = [token.upper() for kind, token in _tokens(text) if kind == "word"]
    pattern = text[text.find("{") :]
    within = all(re.search(rf"[?$]{name}\b", pattern) for name in variables)
    return within and found.count("SELECT") < 2 and _OUT_OF_REACH.isdisjoint(found)


def names_in(query: str) -> list[str]:
    """The IRIs that a query writes out or shortens with a declared or standard prefix, in their order.

    >>> names_in("PREFIX k: <https://kg.example/ontology#> ASK { ?s a k:Finding } # k:other")
    ['https://kg.example/ontology#', 'https://kg.example/ontology#Finding']
    """
    text = decoded(query)
    prefixes = _prefixes(text)
    return [iri for kind, token in _tokens(text) if (iri := _iri(kind, token, prefixes))]


def terms_with_words(query: str) -> list[tuple[str, str]]:
    """(IRI of a property, the string right behind it) for each such pair of a query, in their order.

    >>> terms_with_words('ASK { ?f kg:polarity "negative" ; kg:unit "count" }')[0]
    ('https://kg.example/ontology#polarity', 'negative')
    """
    text = decoded(query)
    prefixes, found, before = _prefixes(text), [], ""
    for token in _TOKEN.finditer(text):
        skipped = token["skip"] or ""
        if skipped[:1] in ("'", '"') and before:
            found.append((before, skipped.strip(skipped[0])))
        before = _iri(token.lastgroup or "", token[0].strip("<>"), prefixes)
    return found


def _prefixes(text: str) -> dict[str, str]:
    """The standard prefixes and those that a query declares."""
    return {**PREFIXES, **dict(re.findall(r"(?i)\bPREFIX\s+([\w.-]*):\s*<([^>\s]*)>", text))}


def _iri(kind: str, token: str, prefixes: Mapping[str, str]) -> str:
    """What a token writes out or shortens, if it is an IRI; else nothing."""
    prefix, _, local = token.partition(":")
    if kind == "iri":
        return token
    return prefixes[prefix] + local.rstrip(".") if kind == "name" and local and prefix in prefixes else ""


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


@dataclass(frozen=True, slots=True)
class DatasetClauses:
    """The graphs of FROM (``default``) and of FROM NAMED, as references that mean something behind the
    ``prologue``: IRIs in angle brackets or shortened, or what could not be told from the keyword."""

    prologue: str
    default: tuple[str, ...]
    named: tuple[str, ...]


def dataset_clauses(query: str) -> DatasetClauses | None:
    """The dataset clauses of a query; None where it has none.

    >>> found = dataset_clauses("PREFIX e: <http://e/> SELECT * FROM e:a FROM NAMED <b> { ?s ?p 'FROM e:c' }")
    >>> found.prologue, found.default, found.named
    ('PREFIX e: <http://e/> ', ('e:a',), ('<b>',))
    """
    if "from" not in query.lower():
        return None
    default: list[str] = []
    named: list[str] = []
    prologue, target, behind = None, None, 0
    for found in _TOKEN.finditer(query):
        kind, text = found.lastgroup, found[0]
        if kind == "skip" or found.start() < behind:
            continue
        word = text.lower() if kind == "word" else ""
        if prologue is None and word not in ("", "prefix", "base", "version"):
            prologue = query[: found.start()]
        if prologue is None:
            continue
        if word == "from":
            target = default
        elif word == "named" and target is not None:
            target = named
        elif target is not None:
            iri = _ESCAPED_IRI.match(query, found.start()) or found
            behind = iri.end()
            target.append(iri[0])
            target = None
        elif text.lower().startswith("from") and (word or text.partition(":")[0] not in _prefixes(prologue)):
            default.append(text)  # the engine reads FROMe:a as a clause: what it means can't be told here
    return DatasetClauses(prologue or "", tuple(default), tuple(named)) if default or named else None


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
