"""What is said on the terminal, safe for it."""

from __future__ import annotations

from kg.model.text.display import escaped


def printable(text: str) -> str:
    """The text on one line, with control and bidirectional characters escaped: safe for a terminal.

    >>> printable("bad\\x1b[31m name\\nnext")
    'bad\\\\x1b[31m name next'
    """
    return escaped(" ".join(text.split("\n")))
