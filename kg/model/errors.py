"""The ways things go wrong. Each message says what, where and what to do, in one line.

KgError
├── CannotRead         a file, folder or store that cannot be opened or has nothing to read
├── CannotUnderstand   readable, but not what it should be: bad SPARQL, bad Turtle, bad option value
├── Unknown            a name that nothing has (saved query, entity, format); lists what comes close
│   └── Ambiguous      a name that several things have; lists them
├── Invalid            the data that was built breaks the shapes
└── MissingExtra       an optional library is needed: names the extra to install
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from kg.model.text.display import escaped, shortened

LONGEST = 200
"""Characters of a name that a message repeats; what is close to a longer one is not looked for."""


class KgError(Exception):
    """Base of all errors that are shown to a user as one line, whatever they quote.

    >>> str(KgError("a name with \\x1b[31m\\n and \\u202e"))
    'a name with \\\\x1b[31m  and \\\\u202e'
    """

    def __init__(self, message: str = "") -> None:
        super().__init__(escaped(" ".join(message.split("\n"))))


class CannotRead(KgError):
    """A file, folder or store cannot be opened, or has nothing that can be read."""


class CannotUnderstand(KgError):
    """Input was read, but is not what it should be."""


LONGEST_NAME = 1000
"""Most characters of a name or a value that is looked for: longer than any heading or IRI, short enough to
be compared with all."""


def refuse_long(what: str, text: str) -> None:
    """CannotUnderstand for a name or a value that is longer than any is; ``what`` it is, for the message."""
    if len(text) > LONGEST_NAME:
        raise CannotUnderstand(f"{what}: longer than {LONGEST_NAME:,} characters")


class Unknown(KgError):
    """A name that nothing has."""

    @classmethod
    def name(cls, kind: str, name: str, known: Iterable[str], hint: str = "") -> Unknown:
        """An error that proposes the known names closest to ``name``."""
        known = sorted(known)
        close = get_close_matches(name, known, n=3, cutoff=0.5) if len(name) <= LONGEST else []
        if close:
            advice = "did you mean " + " or ".join(f'"{c}"' for c in close) + "?"
        elif not known:
            advice = "there is none"
        else:
            advice = "known: " + ", ".join(known[:12]) + ("…" if len(known) > 12 else "")
        return cls(f'no {kind} "{shortened(name, LONGEST)}"; {advice}' + (f" ({hint})" if hint else ""))


class Ambiguous(Unknown):
    """A name that several things have."""


class Invalid(KgError):
    """The data breaks the shapes."""


class MissingExtra(KgError):
    """An optional library is not installed."""

    @classmethod
    def of(cls, what: str, extra: str) -> MissingExtra:
        return cls(f"{what} needs an extra: pip install 'inspection-findings-kg[{extra}]'")
