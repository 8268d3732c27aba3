"""The query half of the SPARQL 1.1 Protocol: a request becomes a response, without a socket.

https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

import pyoxigraph as ox

from kg.asking.results import XML_FORBIDS
from kg.asking.results import Results as Table
from kg.asking.sparql.dataset import Answer
from kg.asking.sparql.screening import first_word
from kg.model.errors import Unknown
from kg.model.formats import Format, Kind
from kg.model.text.display import shortened
from kg.serving.http.messages import Refusal, Request, Response, Writer
from kg.serving.http.negotiation import chosen_format
from kg.serving.protocol.dataset import Served
from kg.serving.protocol.screening import screen

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
METHODS = "GET, HEAD, POST, OPTIONS"
READ_ONLY = "This endpoint is read-only: updates are not accepted."
_MAX_FIELDS = 1000
_GRAPHS = ("default-graph-uri", "named-graph-uri")
"""What a client narrows the data by. Parameters of other endpoints (``timeout``) are passed over."""
_UPDATES = {"insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with"}
_VOLATILE = re.compile(r"now|rand|uuid|\\u", re.IGNORECASE)
"""NOW, RAND, UUID and STRUUID differ at each call; an escape may spell them, a longer word may hold them."""
_LONGEST = 300
"""Most characters of an engine's message that are repeated."""
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Operation:
    """What a client asks: the query, the dataset it names, and the format it wishes for."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    wish: str | None = None


def read_operation(request: Request) -> Operation | None:
    """The query operation of a request (section 2.1); None for a GET that asks for nothing.

    Raises Refusal: 400 for a request that is not as the protocol says, 403 for an update, 405 for
    another method, 415 for another media type.
    """
    if request.method in ("GET", "HEAD"):
        fields = read_fields(request.query)
        return _operation(fields) if fields else None
    if request.method != "POST":
        raise Refusal(405, f"Use GET or POST, not {request.method[:20]}.", (("Allow", METHODS),))
    media_type = _media_type(request)
    in_address = read_fields(request.query)
    if media_type == FORM:
        return _operation(in_address + read_fields(_text(request.body)))
    if any(name == "query" for name, _ in in_address):
        raise Refusal(400, "The query is there twice: in the address and in the body.")
    return _operation([*in_address, ("query", _text(request.body))])


def _media_type(request: Request) -> str:
    given = request.headers.get("content-type", "")
    media_type, *parameters = (part.strip().lower() for part in given.split(";"))
    if media_type == UPDATE:
        raise Refusal(403, READ_ONLY)
    if media_type not in (FORM, DIRECT):
        shown = f"not {media_type[:60]}" if media_type else "and say so in Content-Type"
        raise Refusal(415, f"POST a query as {DIRECT} or {FORM}, {shown}.")
    for name, _, value in (parameter.partition("=") for parameter in parameters):
        if name == "charset" and value.strip('"') not in ("utf-8", "utf8", "us-ascii"):
            raise Refusal(415, "Queries are read as UTF-8, not as another charset.")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Refusal(415, "Send the query without a content encoding.")
    return media_type


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"The body is not UTF-8 (byte {error.start}).") from error


def read_fields(encoded: str) -> list[tuple[str, str]]:
    """The parameters of a query string or form, in their order. Raises Refusal (400)."""
    if not encoded:
        return []
    try:
        pairs = (pair.partition("=") for pair in encoded.replace("+", " ").split("&", _MAX_FIELDS) if pair)
        return [(unquote(name, errors="strict"), unquote(value, errors="strict")) for name, _, value in pairs]
    except UnicodeDecodeError as error:
        raise Refusal(400, "The parameters are not UTF-8.") from error


def read_each_once(encoded: str) -> dict[str, str]:
    """As ``read_fields``, by name. Raises Refusal (400) for two values of a parameter: one would be lost."""
    found: dict[str, str] = {}
    for name, value in read_fields(encoded):
        if found.setdefault(name, value) != value:
            raise Refusal(400, f'The parameter "{shortened(name, 60)}" is given twice; give one value.')
    return found


def read_named(encoded: str, names: Collection[str], may_be_empty: Collection[str] = ()) -> dict[str, str]:
    """As ``read_each_once``, of these names alone: one that is passed over would be an answer to less than
    was asked.

    Raises Refusal (400) for another name, and for an empty value, which is none where it may be empty (a form
    sends its empty fields) and may come from a program's mistake elsewhere.
    """
    found = read_each_once(encoded)
    for name, value in found.items():
        if name not in names:
            raise Refusal(400, str(Unknown.name("parameter", name, names)))
        if not value.strip() and name not in may_be_empty:
            raise Refusal(400, f'The parameter "{name}" is empty: give a value, or leave it out.')
    return {name: value for name, value in found.items() if value}


def _operation(fields: Sequence[tuple[str, str]]) -> Operation:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise Refusal(403, READ_ONLY)
    for name in values:
        if "graph" in name.lower() and name not in _GRAPHS:
            raise Refusal(400, str(Unknown.name("parameter", name, _GRAPHS)))
    queries = values.get("query", [])
    if len(queries) != 1:
        count = "is missing" if not queries else f"is there {len(queries)} times"
        raise Refusal(400, f"The parameter 'query' {count}: give one query.")
    if not queries[0].strip():
        raise Refusal(400, "The query is empty.")
    wishes = values.get("format") or values.get("output") or [""]
    return Operation(
        queries[0],
        tuple(values.get("default-graph-uri", ())),
        tuple(values.get("named-graph-uri", ())),
        wishes[0] or None,
    )


def answer(operation: Operation, accept: str | None, data: Served) -> Response:
    """The response to a query operation. Raises Refusal."""
    results = evaluate(operation, data)
    kind: Kind = "graph" if isinstance(results, ox.QueryTriples) else "results"
    row = chosen_format(kind, accept, operation.wish)
    charset = "; charset=utf-8" if row.media_type.startswith("text/") else ""
    cacheable = _VOLATILE.search(operation.query) is None
    return Response(200, row.media_type + charset, _serialiser(results, row), cacheable=cacheable)


def evaluate(operation: Operation, data: Served) -> Answer:
    """The results of a query, most of them worked out only when they are read. Raises Refusal."""
    screen(operation.query)
    default, named = _graphs(operation.default_graphs), _graphs(operation.named_graphs)
    try:
        if default is None and named is None:
            return data.query(operation.query)
        return data.query_graphs(operation.query, default or [], named or [])
    except SyntaxError as error:
        raise Refusal(400, syntax_message(str(error), operation.query)) from error
    except (ValueError, RuntimeError, OSError) as error:
        raise evaluation_refusal(error) from error


def first_results(results: Answer, most: int) -> Table:
    """At most so many rows or triples of results, read."""
    try:
        if isinstance(results, ox.QueryBoolean):
            return Table(answer=bool(results))
        if isinstance(results, ox.QueryTriples):
            return Table(triples=tuple(islice(results, most)))
        columns = tuple(variable.value for variable in results.variables)
        return Table(columns, tuple(tuple(solution) for solution in islice(results, most)))
    except (ValueError, RuntimeError, OSError) as error:
        raise evaluation_refusal(error) from error


def _graphs(iris: tuple[str, ...]) -> list[ox.NamedNode] | None:
    try:
        return [ox.NamedNode(iri) for iri in dict.fromkeys(iris)] or None
    except ValueError as error:
        raise Refusal(400, f"A graph's IRI is not valid: {error}.") from error


def syntax_message(error: str, query: str) -> str:
    """The engine's syntax error for people: line, column, what was wrong and the words at the place."""
    if first_word(query) in _UPDATES:
        return READ_ONLY
    found = _PLACE.match(error)
    if found is None:
        return "The query is not valid SPARQL: " + shortened(error, _LONGEST)
    line, column, expected = int(found[1]), int(found[2]), found[3]
    reason = "the prefix is not declared" if "Prefix not found" in expected else shortened(expected, _LONGEST)
    lines = query.split("\n")
    here = lines[line - 1][max(column - 1, 0) :].strip()[:40] if line <= len(lines) else ""
    shown = f" (at: {here})" if here else ""
    return f"The query is not valid SPARQL: line {line}, column {column}: {reason}{shown}"


def evaluation_refusal(error: Exception) -> Refusal:
    """A valid query that cannot be evaluated; a store that cannot be read is not the client's fault."""
    if isinstance(error, OSError):
        return Refusal(500, "The store could not be read. See kg verify.")
    return Refusal(400, f"The query cannot be evaluated: {shortened(str(error), _LONGEST)}.")


def _serialiser(results: Answer, row: Format) -> Callable[[Writer], None]:
    xml = row.name in ("xml", "rdfxml")

    def write(output: Writer) -> None:
        target = _XmlGuard(output) if xml else output
        try:
            _serialise(results, row, target)
        except (ValueError, RuntimeError) as error:
            raise evaluation_refusal(error) from error

    return write


def _serialise(results: Answer, row: Format, target: Writer) -> None:
    # pyoxigraph only calls write() (and flush()) of its output.
    if isinstance(results, ox.QueryTriples):
        results.serialize(target, ox.RdfFormat.from_media_type(row.media_type))  # type: ignore[arg-type]
    else:
        results.serialize(target, ox.QueryResultsFormat.from_media_type(row.media_type))  # type: ignore[arg-type]


class _XmlGuard:
    """Passes XML on unless it holds a character that XML 1.0 cannot carry (the engine writes it raw)."""

    def __init__(self, output: Writer) -> None:
        self._output = output

    def write(self, data: bytes) -> int:
        if XML_FORBIDS.search(data):
            raise Refusal(406, "A value holds a control character that XML cannot carry; ask for JSON.")
        return self._output.write(data)

    def flush(self) -> None:
        """Nothing is held back."""
