"""Where the server stands, under the path of the base too, and how a client knows what it has already.

A base such as ``https://data.example/insp/`` has a path. A request under it is answered as the one without,
and the addresses in pages then have it in front; a proxy may just as well take it off.
"""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from urllib.parse import urlsplit

from kg.model.vocab import BASE
from kg.serving.http.messages import Request, Response

_PATH = urlsplit(BASE).path.rstrip("/")
"""The path of the base without the slash at its end: empty where the base is a host."""
_ADDRESS = re.compile(rb'(\s(?:href|src|action)=")(/(?!/))')


def below_base(request: Request, path: str = _PATH) -> Request | None:
    """The request without the path of the base in front; None where it has none.

    >>> below_base(Request("GET", "/insp/report/x?a"), "/insp").target
    '/report/x?a'
    >>> below_base(Request("GET", "/inspector"), "/insp")
    """
    if not path or not (request.path == path or request.path.startswith(path + "/")):
        return None
    rest = request.target[len(path) :]
    return replace(request, target=rest if rest.startswith("/") else "/" + rest)


def with_path_of_base(response: Response, path: str = _PATH) -> Response:
    """A response whose addresses on this server have the path of the base in front.

    >>> with_path_of_base(Response(200, "text/html", b'<a href="/ontology">'), "/insp").body
    b'<a href="/insp/ontology">'
    """
    headers = tuple(
        (name, path + value if name == "Location" and value.startswith("/") else value)
        for name, value in response.headers
    )
    body = response.body
    if isinstance(body, bytes) and (response.media_type or "").startswith("text/html"):
        body = _ADDRESS.sub(rb"\1" + path.encode() + rb"\2", body)
    return replace(response, headers=headers, body=body)


def with_tag(response: Response, request: Request) -> Response:
    """A response that a client may keep, with its tag (RFC 9110, section 8.8.3); 304 where it has it already.

    The tag is weak: it is the same for each coding of the body.
    """
    if response.status != 200 or not response.cacheable or not isinstance(response.body, bytes):
        return response
    tag = f'W/"{sha256(response.body).hexdigest()[:20]}"'
    headers = (*response.headers, ("ETag", tag))
    known = (part.strip() for part in request.headers.get("if-none-match", "").split(","))
    if request.method in ("GET", "HEAD") and tag in known:
        return Response(304, headers=headers)
    return replace(response, headers=headers)
