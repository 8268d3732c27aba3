"""Asking a SPARQL 1.1 endpoint over HTTP, with what the standard library has."""

from __future__ import annotations

import base64
import os
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from email.message import Message
from typing import IO

import pyoxigraph as ox

from kg.errors import CannotRead, CannotUnderstand
from kg.results import Results

ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8"


def authorization(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The Authorization header that KG_TOKEN, or KG_USER with KG_PASSWORD, ask for; else nothing.

    >>> authorization({"KG_TOKEN": "t"})
    {'Authorization': 'Bearer t'}
    """
    if token := environment.get("KG_TOKEN"):
        return {"Authorization": f"Bearer {token}"}
    if user := environment.get("KG_USER"):
        pair = f"{user}:{environment.get('KG_PASSWORD', '')}".encode()
        return {"Authorization": "Basic " + base64.b64encode(pair).decode()}
    return {}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the password to another server, so it is reported and not followed."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        fp.close()
        raise CannotRead(f"{req.full_url}: moved to {newurl}; give that address")


def ask_endpoint(
    url: str,
    query: str,
    *,
    default_graphs: tuple[str, ...] = (),
    named_graphs: tuple[str, ...] = (),
    timeout: float | None = 60.0,
) -> Results:
    """The results of a query that an endpoint gives (SPARQL 1.1 Protocol, form POST).

    ``timeout`` is in seconds. Raises CannotUnderstand where the endpoint refuses the query or answers in
    a way that no SPARQL format has, CannotRead where it cannot be reached.
    """
    if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
        raise CannotRead(f"{url}: an endpoint is an http or https address")
    form = [("query", query)]
    form += [("default-graph-uri", graph) for graph in default_graphs]
    form += [("named-graph-uri", graph) for graph in named_graphs]
    request = urllib.request.Request(
        url,
        data=urllib.parse.urlencode(form).encode(),
        headers={"Accept": ACCEPT, "User-Agent": "inspection-findings-kg", **authorization()},
    )
    body, media_type = send(request, timeout)
    return _parsed(url, body, media_type)


def send(request: urllib.request.Request, timeout: float | None) -> tuple[bytes, str]:
    """Body and media type of the answer; raises CannotUnderstand for a 400, CannotRead for other failures."""
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=timeout) as response:
            return response.read(), response.headers.get_content_type()
    except urllib.error.HTTPError as error:
        with error:
            said = " ".join(error.read(2000).decode("utf-8", "replace").split())[:300]
        kind = CannotUnderstand if error.code == 400 else CannotRead
        raise kind(f"{request.full_url}: {error.code} {error.reason}{': ' if said else ''}{said}") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise CannotRead(f"{request.full_url}: cannot be reached: {reason}") from error


def _parsed(url: str, body: bytes, media_type: str) -> Results:
    syntax = ox.QueryResultsFormat.from_media_type(media_type)
    graph = ox.RdfFormat.from_media_type(media_type)
    try:
        if syntax is not None:
            return collected(ox.parse_query_results(body, format=syntax))
        if graph is not None:
            return Results(triples=tuple(q.triple for q in ox.parse(body, format=graph, base_iri=url)))
    except (SyntaxError, ValueError) as error:
        raise CannotUnderstand(f"{url}: the answer is not valid {media_type}: {error}") from error
    raise CannotUnderstand(f"{url}: answered with {media_type}, no SPARQL result; is it an endpoint?")


def collected(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Results:
    """Oxigraph's answer as Results; reads it to its end."""
    if isinstance(answer, ox.QueryBoolean):
        return Results(answer=bool(answer))
    if isinstance(answer, ox.QueryTriples):
        return Results(triples=tuple(answer))
    columns = tuple(variable.value for variable in answer.variables)
    return Results(columns, tuple(tuple(solution) for solution in answer))
