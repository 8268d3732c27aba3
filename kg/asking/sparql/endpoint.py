"""Asking a SPARQL 1.1 endpoint over HTTP, with what the standard library has."""

from __future__ import annotations

import base64
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from email.message import Message
from http.client import HTTPException, HTTPMessage
from typing import IO, Any

import pyoxigraph as ox

from kg.asking.results import Results
from kg.model.addresses import is_web_address
from kg.model.errors import CannotRead, CannotUnderstand
from kg.model.iris import PREFIXES
from kg.model.vocab import BASE

ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, text/turtle;q=0.8"
LARGE = 8192
"""Bytes of a body that may not go out whole before the server answers."""


def authorization(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The Authorization header that KG_TOKEN, or KG_USER with KG_PASSWORD, ask for; else nothing.

    A server that wants Digest instead of Basic authentication gets it when it says so (``send``).

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


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Digest authentication (RFC 7616) as KG_USER, for a server that asks for it.

    Such a server may refuse Basic authentication without saying what it wants (Virtuoso does): then it is
    asked again without any.
    """

    def __init__(self, url: str, environment: Mapping[str, str] = os.environ) -> None:
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        if user := environment.get("KG_USER"):
            passwords.add_password(None, url, user, environment.get("KG_PASSWORD", ""))
        super().__init__(passwords)

    def http_error_401(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
    ) -> Any:
        if "WWW-Authenticate" not in headers and req.has_header("Authorization"):
            fp.close()
            req.remove_header("Authorization")
            return self.parent.open(req, timeout=req.timeout)
        return super().http_error_401(req, fp, code, msg, headers)

    def prepare(self, request: urllib.request.Request) -> None:
        """Learn by a HEAD request what the server asks for, and answer it in ``request`` already.

        For large bodies: a server that refuses one may close the line while it is still being sent.
        """
        probe = urllib.request.Request(request.full_url, method="HEAD")
        try:
            urllib.request.build_opener(_NoRedirect).open(probe, timeout=60).close()
        except urllib.error.HTTPError as error:
            with error:
                scheme, _, rest = error.headers.get("WWW-Authenticate", "").partition(" ")
            if scheme.lower() == "digest":
                challenge = urllib.request.parse_keqv_list(urllib.request.parse_http_list(rest))
                request.remove_header("Authorization")
                answer = self.get_authorization(request, challenge)
                request.add_unredirected_header("Authorization", f"Digest {answer}")


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
    if not is_web_address(url):
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
    return as_asked(url, query, _parsed(url, body, media_type))


_ALL = re.compile(r"\bSELECT\s+(?:(?:DISTINCT|REDUCED)\s+)?\*", re.IGNORECASE)


def as_asked(url: str, query: str, results: Results) -> Results:
    """The results with the columns of the query, in its order. Raises CannotUnderstand for those of another
    question: columns that were not asked for, or a graph or a yes or no in the place of rows."""
    try:
        expected = ox.Store().query(query, base_iri=BASE, prefixes=PREFIXES)
    except (SyntaxError, ValueError, RuntimeError):
        return results  # what this endpoint alone understands
    if isinstance(expected, ox.QueryBoolean):
        fits = results.answer is not None
    elif isinstance(expected, ox.QueryTriples):
        fits = results.triples is not None
    else:
        columns = [variable.value for variable in expected.variables]
        fits = results.answer is None and results.triples is None
        if fits and not _ALL.search(query):
            fits = sorted(columns) == sorted(results.columns)
            results = results.chosen(columns) if fits and tuple(columns) != results.columns else results
    if not fits:
        raise CannotUnderstand(f"{url}: the answer is not to what was asked; is it a SPARQL endpoint?")
    return results


def send(request: urllib.request.Request, timeout: float | None) -> tuple[bytes, str]:
    """Body and media type of the answer; raises CannotUnderstand for a 400, CannotRead for other failures."""
    digest = _Digest(request.full_url)
    opener = urllib.request.build_opener(_NoRedirect, digest)
    try:
        if isinstance(request.data, bytes) and len(request.data) > LARGE and "KG_USER" in os.environ:
            digest.prepare(request)
        with opener.open(request, timeout=timeout) as response:
            return response.read(), response.headers.get_content_type()
    except urllib.error.HTTPError as error:
        with error:
            said = " ".join(_beginning(error).decode("utf-8", "replace").split())[:300]
        kind = CannotUnderstand if error.code == 400 else CannotRead
        raise kind(f"{request.full_url}: {error.code} {error.reason}{': ' if said else ''}{said}") from error
    except (OSError, ValueError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        if isinstance(error, ValueError):
            reason = f"it asks for a password in a way that cannot be read ({error})"
        raise CannotRead(f"{request.full_url}: cannot be reached: {reason}") from error


def _beginning(answer: urllib.error.HTTPError) -> bytes:
    """The beginning of the body of an error, as far as it comes."""
    try:
        return answer.read(2000)
    except (OSError, ValueError, HTTPException):
        return b""


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
