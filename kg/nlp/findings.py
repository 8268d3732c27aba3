"""Findings: sentence-like headings under an area with the paragraphs that support them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.nlp.outline import Part
from kg.nlp.polarity import polarity
from kg.nlp.wording import Words
from kg.records import Finding, Section, Span

_SUPPORT = ("prose", "item", "row")


@dataclass(frozen=True, slots=True)
class Located:
    """A finding and the indexes of the parts that it covers, heading first."""

    finding: Finding
    parts: range


def find_findings(
    text: str, parts: Sequence[Part], sections: Sequence[Section], words: Words
) -> tuple[Located, ...]:
    """All findings in order. Outside the section of an area (letters) the area is what the text is about."""
    found = []
    for at, part in enumerate(parts):
        if part.role != "finding":
            continue
        end = _end(parts, at)
        passages = tuple((p.line.start, p.line.end) for p in parts[at + 1 : end])
        if passages:
            found.append(Located(_finding(text, part, passages, sections, words), range(at, end)))
    return tuple(found)


def _end(parts: Sequence[Part], at: int) -> int:
    end = at + 1
    while end < len(parts) and parts[end].role in _SUPPORT and parts[end].box is None:
        end += 1
    return end


def _finding(
    text: str, part: Part, passages: tuple[Span, ...], sections: Sequence[Section], words: Words
) -> Finding:
    area = part.area
    if area is None:
        about = words.area_about((part.line.text, 3), (text[passages[0][0] : passages[-1][1]], 1))
        area = about.label if about else None
    section = section_at(sections, part.line.start)
    return Finding(
        heading=part.line.text,
        area=area,
        section=section.id if section else None,
        polarity=polarity(part.line.text),
        start=part.line.start,
        end=part.line.end,
        passages=passages,
    )


def section_at(sections: Sequence[Section], offset: int) -> Section | None:
    """The innermost section that an offset stands in."""
    inside = [section for section in sections if section.start <= offset < section.end]
    return max(inside, key=lambda section: (section.start, section.level)) if inside else None
