"""What every reader gives: pieces of text in reading order, and how they become one text with blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model.records import Block, Notice


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
