"""How wide text is and how it wraps, without a font at hand.

Widths are those of Helvetica (Adobe's AFM files, thousandths of the size), which Arial and Liberation Sans
share. Lato is narrower. So text laid out here fits in a picture whichever of them draws it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_WIDTHS = {
    " !,./:;I[\\]ft|": 278, "'ijl": 222, "\"": 355, "()-`r": 333, "*": 389, "{}": 334, "^": 469,
    "+<=>~": 584, "#$0123456789?L_abdeghnopqu": 556, "Jckksvxyz": 500, "FTZ": 611, "&ABEKPSVXY": 667,
    "CDHNRUw": 722, "GOQ": 778, "Mm": 833, "%": 889, "W": 944, "@": 1015, "’‘": 222, "“”": 333,
    "–": 556, "—…": 1000, "·": 278, "−±×": 584, "£€": 556,
}  # fmt: skip
_WIDTH = {character: width for characters, width in _WIDTHS.items() for character in characters}

BOLD = 1.09
"""Bold letters are wider by about this much."""


@cache
def _width(character: str) -> int:
    if character in _WIDTH:
        return _WIDTH[character]
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 1000
    plain = unicodedata.normalize("NFKD", character)[0]
    return _WIDTH.get(plain, 700)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of a line in pixels.

    >>> text_width("Wide", 10) > text_width("till", 10)
    True
    """
    return sum(map(_width, text)) * size / 1000 * (BOLD if bold else 1)


def wrap(text: str, width: float, size: float, lines: int, bold: bool = False) -> list[str]:
    """At most ``lines`` lines, none wider than ``width`` pixels; what does not fit ends in an ellipsis.

    A word that is wider than a line is broken.

    >>> wrap("Takes too long to answer calls", 90, 12, 2)
    ['Takes too long', 'to answer calls']
    """
    done: list[str] = []
    line = ""
    for word in _pieces(text, width, size, bold):
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, bold) <= width:
            line = longer
            continue
        done.append(line)
        line = word
    done = [*done, line]
    if len(done) <= lines:
        return done
    return [*done[: lines - 1], _ended(done[lines - 1], width, size, bold)]


def _pieces(text: str, width: float, size: float, bold: bool) -> list[str]:
    pieces: list[str] = []
    for word in text.split():
        while text_width(word, size, bold) > width and len(word) > 1:
            cuts = range(len(word) - 1, 1, -1)
            cut = next((n for n in cuts if text_width(word[:n], size, bold) <= width), 1)
            pieces.append(word[:cut])
            word = word[cut:]
        pieces.append(word)
    return pieces


def _ended(line: str, width: float, size: float, bold: bool) -> str:
    while line and text_width(line + "…", size, bold) > width:
        line = line[:-1]
    return line.rstrip(" ,;:") + "…"


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_safe(text: str) -> str:
    """A text in which characters that XML cannot carry are replaced by U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)
