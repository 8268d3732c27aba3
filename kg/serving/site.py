"""All that the server answers: who may ask, which path is what, and the headers that every answer has."""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from kg.model.errors import CannotUnderstand
from kg.model.iris import base_of
from kg.model.vocab import local_name
from kg.serving.http.addressing import below_base, with_path_of_base, with_tag
from kg.serving.http.messages import Refusal, Request, Response
from kg.serving.http.negotiation import choose, chosen_format, offered_formats
from kg.serving.pages import routes
from kg.serving.pages.query_pages import sparql_page
from kg.serving.pages.rendering import ROWS_SHOWN
from kg.serving.pages.source import PageSource
from kg.serving.protocol.description import describe_service
from kg.serving.protocol.protocol import METHODS, Operation, answer, evaluate, first_results, read_operation
from kg.serving.protocol.relay import relay, relayed
from kg.serving.settings import MIB, Settings

_SCHEMES = (("WWW-Authenticate", 'Basic realm="kg", charset="UTF-8"'), ("WWW-Authenticate", "Bearer"))
COMMON = (("X-Content-Type-Options", "nosniff"), ("Vary", "Accept, Accept-Encoding, Origin, Host"))
_REVALIDATE = (("Cache-Control", "no-cache"),)
CORS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "X-Query-Time-Limit, X-Remark, X-Result-Size-Limit"),
)
_READ = "GET, HEAD, OPTIONS"
_HOST = re.compile(r"(?:\[(?P<address>[0-9a-f:.%]+)\]|(?P<name>[^\s:@/\[\]]+))(?::\d{0,5})?\.?")
"""The Host header (RFC 9110, section 7.2): a name or an address, and a port."""


def _check_addresses(graphs: Iterable[str]) -> None:
    """One path of a server is one IRI: two datasets with bases of their own have the same paths.

    Who follows the link to a report of one would read that of the other, with its grades.
    """
    bases: dict[str, str] = {}
    for graph in sorted(graphs):
        base, name = base_of(graph), local_name(graph)
        other = bases.setdefault(name, base) if base else None
        if base != other:
            raise CannotUnderstand(
                f"the data are of two datasets, with the bases {other} and {base}: one address would stand "
                f"for both their {name}; serve each by itself"
            )


@dataclass(slots=True)
class Site(PageSource):
    """The data and the settings: what a worker needs to answer a request."""

    common: tuple[tuple[str, str], ...] = field(init=False)
    _limits: tuple[tuple[str, str], ...] = field(init=False)
    _descriptions: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises CannotUnderstand for data of which one address would stand for two things."""
        _check_addresses(name for name, _ in self.served.graphs)
        self.served.base = self.settings.url + "/sparql"
        self.common = common_headers(self.settings)
        self._limits = (
            ("X-Query-Time-Limit", f"{self.settings.timeout:g} s"),
            ("X-Result-Size-Limit", f"{self.settings.max_result * MIB} bytes"),
        )

    def open(self) -> None:
        """Opens the data in this process. Raises CannotRead."""
        self.served.open()

    def prepare(self) -> None:
        """Makes what all workers need once, before they are forked."""
        for _, row in offered_formats("graph"):
            self.description(row.media_type)
        routes.prepare()
        if self.served.opened is not None:
            self.term_label(None)

    def respond(self, request: Request) -> Response:
        """The response to any request; errors are responses too."""
        below = below_base(request)
        try:
            self._admit(request)
            response = self._route(below or request)
        except Refusal as refusal:
            response = routes.error_page(refusal) if _likes_html(request) else refusal.response()
        if below is not None:
            response = with_path_of_base(response)
        return self.with_common_headers(with_tag(response, request))

    def _admit(self, request: Request) -> None:
        if not host_is_known(request.headers.get("host"), self.settings):
            raise Refusal(421, "This server does not answer to that Host name.")
        token = self.settings.token
        if token and request.method != "OPTIONS" and not _has_token(request, token):
            raise Refusal(401, "This server asks for a token: send Authorization: Bearer TOKEN.", _SCHEMES)

    def _route(self, request: Request) -> Response:
        if request.path == "/sparql":
            return self._sparql(request)
        if request.method == "OPTIONS":
            return Response(204, headers=(("Allow", _READ), *self._preflight()))
        if request.method not in ("GET", "HEAD"):
            raise Refusal(405, "Pages can only be read.", (("Allow", _READ),))
        response = routes.respond(self, request)
        if response is None:
            raise Refusal(404, "There is nothing at this address.")
        return response

    def _sparql(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(204, headers=(("Allow", METHODS), *self._preflight()))
        operation = read_operation(request)
        accept = request.headers.get("accept")
        if _likes_html(request) and (operation is None or not operation.wish):
            return self._sparql_page(operation)
        response = self.description(accept) if operation is None else self._answer(operation, accept)
        headers = response.headers + self._limits
        return Response(response.status, response.media_type, response.body, headers, response.cacheable)

    def _sparql_page(self, operation: Operation | None) -> Response:
        if operation is None:
            return sparql_page(self)
        try:
            if self.settings.endpoint is not None:
                results = relay(operation, self.settings)
            else:
                results = first_results(evaluate(operation, self.served), ROWS_SHOWN + 1)
        except Refusal as refusal:
            return sparql_page(self, operation.query, None, refusal.message, refusal.status)
        return sparql_page(self, operation.query, results)

    def _answer(self, operation: Operation, accept: str | None) -> Response:
        if self.settings.endpoint is not None:
            return relayed(relay(operation, self.settings), operation, accept)
        return answer(operation, accept, self.served)

    def description(self, accept: str | None) -> Response:
        """The service description, in the format that the client likes best."""
        row = chosen_format("graph", accept, None)
        if row.name not in self._descriptions:
            self._descriptions[row.name] = describe_service(self.served, self.settings, row.name)
        body = self._descriptions[row.name]
        charset = "; charset=utf-8" if row.media_type.startswith("text/") else ""
        return Response(200, row.media_type + charset, body, cacheable=True)

    def _preflight(self) -> tuple[tuple[str, str], ...]:
        if not self.settings.cors:
            return ()
        return (
            ("Access-Control-Allow-Methods", METHODS),
            ("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type"),
            ("Access-Control-Max-Age", "86400"),
        )

    def with_common_headers(self, response: Response) -> Response:
        """The response with the headers that all have: no sniffing, right caching, who may read it."""
        headers = _merged(self.common, response.headers)
        return Response(response.status, response.media_type, response.body, headers, response.cacheable)


@lru_cache(maxsize=256)
def _merged(
    common: tuple[tuple[str, str], ...], headers: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    fresh = () if any(name == "Cache-Control" for name, _ in headers) else _REVALIDATE
    return common + fresh + headers


def common_headers(settings: Settings) -> tuple[tuple[str, str], ...]:
    """The headers of every response."""
    return COMMON + CORS if settings.cors else COMMON


@lru_cache(maxsize=64)
def host_is_known(header: str | None, settings: Settings) -> bool:
    """Whether a Host header names this server.

    Any IP address does: a page of another site can be made to send its own *name* (DNS rebinding), never
    an address. Names are ``localhost``, the one the server listens on, and those it was told.

    >>> [host_is_known(h, Settings()) for h in ("localhost:8080", "[::1]", "evil.example", None)]
    [True, True, False, True]
    """
    if header is None:  # HTTP/1.0; HTTP/1.1 without it was refused before
        return True
    parts = _HOST.fullmatch(header.lower())
    if parts is None:
        return False
    name = (parts["address"] or parts["name"]).rstrip(".")
    if name == "localhost" or name in (host.lower() for host in (settings.host, *settings.hosts)):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _has_token(request: Request, token: str) -> bool:
    """Bearer, or Basic with the token as the password (any user name), which browsers ask for."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    given = value.strip()
    if scheme.lower() == "basic":
        try:
            password = base64.b64decode(given, validate=True).partition(b":")[2]
        except (binascii.Error, ValueError):
            return False
    elif scheme.lower() == "bearer":
        password = given.encode("latin-1")  # as headers are read: the bytes that came
    else:
        return False
    return hmac.compare_digest(password, token.encode())


def _likes_html(request: Request) -> bool:
    """Whether the client would rather have a web page than data: browsers do, programs do not."""
    accept = request.headers.get("accept")
    if accept is None or "text/html" not in accept.lower():
        return False
    others = (
        (media_type, False) for media_type, _ in (*offered_formats("results"), *offered_formats("graph"))
    )
    return choose(accept, (*others, ("text/html", True))) is True
