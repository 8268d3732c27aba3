"""Headings of a PDF: which paragraphs are, and on which level."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model.text.headings import LONGEST_HEADING, is_caption
from kg.reading.pdf.paragraphs import Paragraph
from kg.reading.pdf.style import Style

_LABEL = re.compile(
    r"(?:[\w’', ]{0,40}\b)?(?:dates?|inspectors?|published|publication|reference|number|urn|authors?|version)"
    r"\b[\w ]{0,20}:\s",
    re.IGNORECASE,
)


def is_heading(paragraph: Paragraph, style: Style) -> bool:
    """Whether a paragraph is short and stands out: larger than the text, or bold where the text is not."""
    text = paragraph.text
    if paragraph.bullet or paragraph.is_labelled or is_caption(text):
        return False
    if _LABEL.match(text) or not _is_short(paragraph):
        return False
    if paragraph.size >= 1.08 * style.size and paragraph.size - style.size > 0.9:
        return len(text) < 160 or not text.endswith(".")
    stands_out = paragraph.bold and not style.bold and paragraph.size > 0.9 * style.size
    return stands_out and not text.endswith((".", ";", ",", ":"))


def _is_short(paragraph: Paragraph) -> bool:
    """Whether there are words, and not more than a heading has."""
    return (
        len(paragraph.text) <= LONGEST_HEADING
        and len(paragraph.lines) <= 5
        and any(map(str.isalpha, paragraph.text))
    )


def heading_levels(paragraphs: Sequence[Paragraph], style: Style) -> dict[tuple[float, bool], int]:
    """The level of each style of heading: the largest is 1, at one size bold before plain."""
    styles = {heading_style(paragraph) for paragraph in paragraphs if is_heading(paragraph, style)}
    return {key: min(at, 6) for at, key in enumerate(sorted(styles, reverse=True), 1)}


def heading_style(paragraph: Paragraph) -> tuple[float, bool]:
    """Size, in steps of half a point, and weight."""
    return round(paragraph.size * 2) / 2, paragraph.bold
