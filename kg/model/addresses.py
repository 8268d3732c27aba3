"""Addresses and IRIs that people and files give are checked here, once, where they come in."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.model.errors import CannotUnderstand

_WEB = re.compile(r"https?://[^/?#@\s]+(?:[/?#].*)?", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\s)")


def is_web_address(text: str) -> bool:
    """Whether a text is an http(s) address with a host, in characters that an IRI may have (RFC 3987).

    No user or password before the host, which makes one host look like another; nothing invisible.

    >>> is_web_address("https://kg.example/a?b#c"), is_web_address("https://kg.example@evil.example/")
    (True, False)
    >>> [is_web_address(text) for text in ("javascript:alert(1)", "https://", "https://a/ b", "//a/b")]
    [False, False, False, False]
    """
    if not _WEB.fullmatch(text) or not text.isprintable():
        return False
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def can_be_base(text: str) -> bool:
    """Whether other addresses can begin with a text: a web address without a query or a fragment.

    >>> can_be_base("https://kg.example/data"), can_be_base("https://kg.example/?a")
    (True, False)
    """
    return is_web_address(text) and not {"?", "#"} & set(text)


def base_of_text(text: str, variable: str) -> str:
    """The base in a variable of the environment; ends the process with a line where it is none."""
    try:
        return checked_base(text)
    except CannotUnderstand as error:
        raise SystemExit(f"kg: {variable}: {error}") from error


def has_scheme(text: str) -> bool:
    """Whether a text begins as an address of any kind does.

    >>> has_scheme("javascript:alert(1)"), has_scheme("Licence: see below")
    (True, False)
    """
    return _SCHEME.match(text) is not None


def checked_base(text: str) -> str:
    """The base under which IRIs are minted, with its closing slash: without it another host would be named.

    Raises CannotUnderstand for what is no http(s) address, or has a query or a fragment.

    >>> checked_base("https://kg.example"), checked_base("https://kg.example/data/")
    ('https://kg.example/', 'https://kg.example/data/')
    """
    if not can_be_base(text):
        raise CannotUnderstand(
            f'the base "{text}" is no http or https address that IRIs can begin with; '
            "give one such as https://kg.example/"
        )
    return text if text.endswith("/") else text + "/"
