"""Responses that are given again: the data do not change while the server runs."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

_LARGEST = 64 * 1024
_OVERHEAD = 300
"""Bytes that an entry takes beside its key and its response, about."""


@dataclass(slots=True)
class Memory:
    """Whole responses by the exact bytes of the request, so whatever a response depends on is in the key.

    Holds at most ``most`` bytes; what was not asked for the longest goes first.
    """

    most: int
    held: int = 0
    _responses: OrderedDict[bytes, bytes] = field(default_factory=OrderedDict)

    def get(self, request: bytes) -> bytes | None:
        """The response to this request, if it is held."""
        response = self._responses.get(request)
        if response is not None:
            self._responses.move_to_end(request)
        return response

    def keep(self, request: bytes, response: bytes) -> None:
        """Holds a response, unless it is large."""
        if len(response) > _LARGEST or request in self._responses:
            return
        self._responses[request] = response
        self.held += len(request) + len(response) + _OVERHEAD
        while self.held > self.most:
            old_request, old_response = self._responses.popitem(last=False)
            self.held -= len(old_request) + len(old_response) + _OVERHEAD
