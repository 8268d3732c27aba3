"""Bullets, numbers and labels with which a line begins."""

from __future__ import annotations

import re

from kg.model.text.bullets import AMBIGUOUS, is_bullet_sign
from kg.reading.pdf.lines import Line

NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2}){0,2}|[a-z]|[ivx]{1,5})[.)]?")


def is_bullet(text: str) -> bool:
    """Whether a text is a bullet or what may stand for one."""
    return text in tuple(AMBIGUOUS) or is_bullet_sign(text)


def parse_mark(line: Line) -> tuple[str, tuple[str, ...], float]:
    """(bullet or number, the texts of the fragments without it, where the words begin)."""
    texts = tuple(fragment.text for fragment in line.fragments if fragment.text)
    if len(texts) > 1 and len(texts) == len(line.fragments):
        near = line.fragments[1].x0 - line.fragments[0].x1 < 6 * line.size
        if is_bullet(texts[0]) or (near and NUMBER.fullmatch(texts[0])):
            return texts[0], texts[1:], line.fragments[1].x0
    # "10.There" has the space that the page shows by place alone.
    first, _, rest = re.sub(r"^(\d{1,3}\.)(?=[A-Z‘“])", r"\1 ", texts[0]).partition(" ")
    if not rest:
        return ("", texts, line.x0) if not is_bullet_sign(texts[0]) else (texts[0], ("",), line.x0)
    gap, x = gap_after(line, len(first))
    sure = is_bullet_sign(first) or (first in tuple(AMBIGUOUS) and gap > 0.45 * line.size)
    glued = not texts[0].startswith(first + " ")
    if sure or glued or (NUMBER.fullmatch(first) and not first.isalpha() and gap > 0.55 * line.size):
        return first, (rest.strip(), *texts[1:]), x
    return "", texts, line.x0


def after_label(line: Line) -> float | None:
    """Where the words begin after a label and a gap ("Lead inspector:    A Person"), or None."""
    if len(line.fragments) > 1 and line.fragments[0].text.endswith(":"):
        return line.fragments[1].x0
    label, colon, rest = line.text[:50].partition(": ")
    if not colon or not rest:
        return None
    gap, x = gap_after(line, len(label.replace(" ", "")) + 1)
    return x if gap > 0.7 * line.size else None


def gap_after(line: Line, count: int) -> tuple[float, float]:
    """The empty space after the first ``count`` characters of a line, and where the next one begins."""
    chars = [char for char in line.fragments[0].chars if char.text != " "]
    if count >= len(chars):
        return 0.0, line.x0
    return chars[count].x0 - chars[count - 1].x1, chars[count].x0
