"""Another endpoint behind this server: queries are passed on, the answers come back in any format."""

from __future__ import annotations

from kg.asking.results import Results, write
from kg.asking.sparql import with_prefixes
from kg.asking.sparql.endpoint import ask_endpoint
from kg.model.errors import CannotUnderstand, KgError
from kg.model.formats import Kind
from kg.serving.http.messages import Refusal, Response
from kg.serving.http.negotiation import chosen_format
from kg.serving.protocol.dataset import Served
from kg.serving.protocol.protocol import Operation
from kg.serving.protocol.screening import screen
from kg.serving.settings import Settings

_GRAPHS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g LIMIT 1000"


def remote(settings: Settings) -> Served:
    """What an endpoint has; asks it, so that an address that is wrong is found at the start.

    Raises CannotRead, CannotUnderstand.
    """
    rows = ask_endpoint(str(settings.endpoint), _GRAPHS, timeout=settings.timeout).rows
    try:
        graphs = tuple((str(name), int(str(size))) for name, size in rows if name is not None)
    except ValueError as error:
        raise CannotUnderstand(f"{settings.endpoint}: the answer is not what was asked for") from error
    return Served(None, graphs=graphs)


def relay(operation: Operation, settings: Settings) -> Results:
    """The answer of the endpoint to a query. Raises Refusal: what it refuses, or 502 if it fails."""
    screen(operation.query)
    try:
        return ask_endpoint(
            str(settings.endpoint),
            with_prefixes(operation.query),
            default_graphs=operation.default_graphs,
            named_graphs=operation.named_graphs,
            timeout=settings.timeout,
        )
    except CannotUnderstand as error:
        raise Refusal(400, str(error)) from error
    except KgError as error:
        raise Refusal(502, str(error)) from error


def relayed(results: Results, operation: Operation, accept: str | None) -> Response:
    """The results in the format that the client likes best."""
    kind: Kind = "graph" if results.triples is not None else "results"
    row = chosen_format(kind, accept, operation.wish)
    charset = "; charset=utf-8" if row.media_type.startswith("text/") else ""
    return Response(200, row.media_type + charset, write(results, row.name))
