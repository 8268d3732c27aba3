"""All that the server answers: who may ask, which path is what, and the headers that every answer has."""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from kg.web.dataset import Served
from kg.web.description import describe_service
from kg.web.http1 import Refusal, Request, Response
from kg.web.negotiation import chosen_format, offers
from kg.web.protocol import METHODS, answer, read_operation
from kg.web.settings import Settings

Page = Callable[["Site", Request], Response | None]
"""A page looks at a request and gives a response, or None where the path is not its own."""

_SCHEMES = (("WWW-Authenticate", 'Basic realm="kg", charset="UTF-8"'), ("WWW-Authenticate", "Bearer"))
COMMON = (("X-Content-Type-Options", "nosniff"), ("Vary", "Accept, Accept-Encoding, Origin, Host"))
_REVALIDATE = (("Cache-Control", "no-cache"),)
CORS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "X-Query-Time-Limit, X-Result-Size-Limit"),
)
_READ = ("GET", "HEAD", "OPTIONS")


@dataclass(slots=True)
class Site:
    """The data, the settings and the pages: what a worker needs to answer a request."""

    served: Served
    settings: Settings = field(default_factory=Settings)
    pages: tuple[Page, ...] = ()
    common: tuple[tuple[str, str], ...] = field(init=False)
    _limits: tuple[tuple[str, str], ...] = field(init=False)
    _descriptions: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.served.base = self.settings.address + "/sparql"
        self.common = common_headers(self.settings)
        self._limits = (
            ("X-Query-Time-Limit", f"{self.settings.timeout:g} s"),
            ("X-Result-Size-Limit", f"{self.settings.max_bytes} bytes"),
        )

    def open(self) -> None:
        """Opens the data in this process. Raises CannotRead."""
        self.served.open()

    def prepare(self) -> None:
        """Makes what all workers need once, before they are forked."""
        for _, row in offers("graph"):
            self.description(row.media_type)

    def respond(self, request: Request) -> Response:
        """The response to any request; errors are responses too."""
        try:
            self._admit(request)
            response = self._route(request)
        except Refusal as refusal:
            response = refusal.response()
        return self.dressed(response)

    def _admit(self, request: Request) -> None:
        if not host_is_known(request.headers.get("host"), self.settings):
            raise Refusal(421, "This server does not answer to that Host name.")
        token = self.settings.token
        if token and request.method != "OPTIONS" and not _has_token(request, token):
            raise Refusal(401, "This server asks for a token: send Authorization: Bearer TOKEN.", _SCHEMES)

    def _route(self, request: Request) -> Response:
        if request.path == "/sparql":
            return self._sparql(request)
        for page in self.pages:
            response = page(self, request)
            if response is not None:
                if request.method not in _READ:
                    raise Refusal(405, "Pages can only be read.", (("Allow", ", ".join(_READ)),))
                return response
        raise Refusal(404, "There is nothing at this address.")

    def _sparql(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(204, headers=(("Allow", METHODS), *self._preflight()))
        operation = read_operation(request)
        accept = request.headers.get("accept")
        response = self.description(accept) if operation is None else answer(operation, accept, self.served)
        return Response(response.status, response.media_type, response.body, self._limits, response.lasting)

    def description(self, accept: str | None) -> Response:
        """The service description, in the format that the client likes best (Turtle for a browser)."""
        likes_html = accept is not None and "text/html" in accept
        row = chosen_format("graph", None if likes_html else accept, None)
        if row.name not in self._descriptions:
            self._descriptions[row.name] = describe_service(self.served, self.settings, row.name)
        body = self._descriptions[row.name]
        charset = "; charset=utf-8" if row.media_type.startswith("text/") else ""
        return Response(200, row.media_type + charset, body, lasting=True)

    def _preflight(self) -> tuple[tuple[str, str], ...]:
        if not self.settings.cors:
            return ()
        return (
            ("Access-Control-Allow-Methods", METHODS),
            ("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type"),
            ("Access-Control-Max-Age", "86400"),
        )

    def dressed(self, response: Response) -> Response:
        """The response with the headers that all have: no sniffing, right caching, who may read it."""
        fresh = () if any(name == "Cache-Control" for name, _ in response.headers) else _REVALIDATE
        headers = self.common + fresh + response.headers
        return Response(response.status, response.media_type, response.body, headers, response.lasting)


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
    name = header.lower().rstrip(".")
    in_brackets = name.startswith("[")
    name = name[1:].partition("]")[0] if in_brackets else name.partition(":")[0].rstrip(".")
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
            given = base64.b64decode(given, validate=True).decode("utf-8", "replace").partition(":")[2]
        except binascii.Error:
            return False
    elif scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())
