"""Texts as they are shown: on one line, cut at a word, with nothing invisible in them."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]"
)
_SPACE = re.compile(r"(?!(?<=\d)[\u00a0\u2009\u202f]\d{3}(?!\d))\s+")


def one_line(text: str) -> str:
    """The text as one line: white space of every kind is one space, layout and control characters go.

    The spaces within a number stay, which end no line: any other may part two numbers.

    >>> one_line("  a\\u00a0b\\n c\\u00ad "), one_line("1\\u00a0243")
    ('a b c', '1\\xa0243')
    """
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()


def shortened(text: str, limit: int) -> str:
    """The text without double spaces; what is longer than ``limit`` characters is cut at a word: "…".

    >>> shortened("Takes too long to answer calls", 18), shortened("one two\\nthree", 9)
    ('Takes too long to…', 'one two…')
    """
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"


def escaped_lines(text: str) -> str:
    """``escaped``, but line ends stay."""
    return text if text.isprintable() else "\n".join(escaped(line) for line in text.split("\n"))


def escaped(text: str) -> str:
    """The text with control, format and bidirectional characters written as escapes: safe to show anywhere.

    >>> escaped("a\\tb\\u202e")
    'a\\\\tb\\\\u202e'
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or unicodedata.category(c) == "Zs" else c.encode("unicode_escape").decode()
        for c in text
    )
