"""Web pages that a browser saved as one file (MHTML): the page is one HTML part of a mail-like file."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message
from email.policy import default

from kg.model.errors import CannotRead

_FIELD = rb"[A-Za-z-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*"
_HEAD = re.compile(rb"\s*(?:" + _FIELD + rb"){0,12}?content-type:\s*multipart/related", re.IGNORECASE)


def is_mhtml(data: bytes) -> bool:
    """Whether the bytes begin with the header of a page saved as one file.

    >>> is_mhtml(b"From: <Saved by Blink>\\r\\nMIME-Version: 1.0\\r\\nContent-Type: multipart/related;\\r\\n")
    True
    """
    return _HEAD.match(data[:4096]) is not None


def page_of(data: bytes) -> bytes:
    """The bytes of the page itself. Raises CannotRead where there is none.

    Other HTML parts are frames in it. The page is that which the file names by its id (``start``, RFC 2387),
    else by its address, as browsers do (``Snapshot-Content-Location``), else the first.
    """
    message = message_from_bytes(data, policy=default)
    parts = list(message.walk())
    starts = {str(start).strip() for part in parts if (start := part.get_param("start"))}
    address = message["Snapshot-Content-Location"]

    def order(part: Message) -> tuple[bool, bool]:
        return str(part["Content-ID"]).strip() not in starts, part["Content-Location"] != address

    for part in sorted((part for part in parts if part.get_content_type() == "text/html"), key=order):
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            return payload
    raise CannotRead("a page saved as one file (MHTML) without its HTML; save it again as HTML only")
