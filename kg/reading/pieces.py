"""What every reader gives: pieces of text in reading order, and how they become one text with blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model.records import Block, Notice
from kg.model.text.display import one_line

_SHOWN = 80
"""Characters of words that nobody sees, in their notice."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One block before it has offsets; fields as in ``records.Block``. ``text`` is one line."""

    text: str
    kind: str
    level: int | None = None
    page: int | None = None
    fragment: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in a file, before the pieces are joined."""

    pieces: tuple[Piece, ...]
    metadata: tuple[tuple[str, str], ...] = ()
    notices: tuple[Notice, ...] = ()


def assemble(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The text, one piece a line, and its blocks; a list item begins with ``- ``, which is in its block.

    >>> assemble([Piece("Aims", "heading", 2), Piece("be fair", "list-item")])[0]
    'Aims\\n- be fair\\n'
    """
    lines: list[str] = []
    blocks: list[Block] = []
    start = 0
    for piece in pieces:
        line = "- " + piece.text if piece.kind == "list-item" else piece.text
        end = start + len(line)
        blocks.append(Block(start, end, piece.kind, piece.level, piece.page, piece.fragment))
        lines.append(line + "\n")
        start = end + 1
    return "".join(lines), tuple(blocks)


_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_MARK_OF_NOTE = re.compile(r"[\[(]?(?:\d{1,3}(?:, ?\d{1,3})*|[*†‡§]+)[\])]?")
_BEFORE_POWER = re.compile(r"(?:(?<![\d.,])10|(?<![A-Za-z])(?:[munckdM]?m|ft|in|yd|s|h))\Z")


BEFORE = 8
"""Characters before what stands above the line that tell whether it is a power."""


def raised(words: str, before: str) -> str:
    """What stands above the line, behind other words, so that no digit of it joins a number: raised digits
    where it is a power, nothing where it is the mark of a note, which is no word of the report.

    >>> raised("3", "12"), raised("3", "10"), raised("2", "per m"), raised("st", "21"), raised("4", "crimes.")
    ('', '³', '²', 'st', '')
    """
    if _MARK_OF_NOTE.fullmatch(words.strip()):
        return words.translate(_RAISED) if _BEFORE_POWER.search(before[-BEFORE:]) else ""
    return words if any(map(str.isalpha, words)) else words.translate(_RAISED)


def unseen_words(runs: Iterable[str], place: str) -> list[Notice]:
    """A notice on words that a file has and that its readers do not see: hidden, covered or struck out.

    They are no words of the report, and whoever hid them may not know that they are there. None, where the
    ``runs`` have no letters or digits.
    """
    words = one_line(" ".join(run for run in runs if any(map(str.isalnum, run))))
    if not words:
        return []
    shown = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
    message = f"{place}left out, since readers do not see them or they are struck out: “{shown}”"
    return [Notice("unseen-words", f"{message} ({len(words):,} characters)")]
