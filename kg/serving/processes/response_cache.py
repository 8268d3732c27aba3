"""Responses that are given again: the data do not change while the server runs."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b

_LARGEST = 64 * 1024
_OVERHEAD = 250
"""Bytes that an entry takes beside its response, about."""


class ResponseCache:
    """Whole responses by the digest of the request's bytes, so all that a response depends on is in the key.

    Holds at most ``most`` bytes; what was not asked for the longest goes first.

    >>> cache = ResponseCache(1000)
    >>> one, other = cache.key(b"GET /a"), cache.key(b"GET /b")
    >>> cache.put(one, b"x" * 400), cache.put(other, b"y" * 400)
    (None, None)
    >>> cache.get(one), cache.get(other) == b"y" * 400
    (None, True)
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._responses: OrderedDict[bytes, bytes] = OrderedDict()
        self.size = 0
        """Bytes held, about."""

    def key(self, request: bytes) -> bytes:
        """What a request is known by."""
        return blake2b(request, digest_size=16).digest() if self._most else b""

    def get(self, key: bytes) -> bytes | None:
        """The response to the request with this key, if it is held."""
        response = self._responses.get(key)
        if response is not None:
            self._responses.move_to_end(key)
        return response

    def put(self, key: bytes, response: bytes) -> None:
        """Holds a response, unless it is large."""
        if not self._most or len(response) > _LARGEST or key in self._responses:
            return
        self._responses[key] = response
        self.size += len(response) + _OVERHEAD
        while self.size > self._most:
            _, oldest = self._responses.popitem(last=False)
            self.size -= len(oldest) + _OVERHEAD
