"""Findings: sentence-like headings under an area with the paragraphs that support them.

A report whose paragraphs are numbered through has no such headings: each of its paragraphs under an area is a
finding, which its first sentence states.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.model.records import Finding, Section, Span
from kg.model.text.sentences import find_sentences
from kg.nlp.document.lines import bullet_of
from kg.nlp.document.wording import Words
from kg.nlp.structure.outline import Part
from kg.nlp.structure.polarity import polarity

_SUPPORT = ("prose", "item", "row", "caption", "furniture")


@dataclass(frozen=True, slots=True)
class Located:
    """A finding and the indexes of the parts that it covers, heading first."""

    finding: Finding
    parts: range


def find_findings(
    text: str, parts: Sequence[Part], sections: Sequence[Section], words: Words
) -> tuple[Located, ...]:
    """All findings in order. Outside the section of an area (letters) the area is what the text is about."""
    headed = _headed(text, parts, sections, words)
    taken = {at for located in headed for at in located.parts}
    numbered = _numbered(text, parts, taken, sections, words)
    return tuple(sorted((*headed, *numbered), key=lambda located: located.finding.start))


def _headed(
    text: str, parts: Sequence[Part], sections: Sequence[Section], words: Words
) -> tuple[Located, ...]:
    found = []
    for at, part in enumerate(parts):
        if part.role != "finding":
            continue
        end = _end(parts, at)
        passages = tuple((p.line.start, p.line.end) for p in parts[at + 1 : end] if p.role != "furniture")
        if passages:
            span = part.line.start, part.line.end
            found.append(Located(_finding(text, part, span, passages, sections, words), range(at, end)))
    return tuple(found)


def _numbered(
    text: str, parts: Sequence[Part], taken: Collection[int], sections: Sequence[Section], words: Words
) -> tuple[Located, ...]:
    found = []
    for at, part in enumerate(parts):
        plain = part.line.numbered and part.role == "prose" and part.box is None and part.top == "area"
        if not plain or part.area is None or at in taken:
            continue
        end = at + 1
        while end < len(parts) and parts[end].role in ("item", "row") and parts[end].box is None:
            end += 1
        passages = tuple((p.line.start, p.line.end) for p in parts[at:end])
        span = _first_sentence(part)
        found.append(Located(_finding(text, part, span, passages, sections, words), range(at, end)))
    return tuple(found)


def _first_sentence(part: Part) -> Span:
    """The first sentence of a numbered paragraph, without its number."""
    begin = bullet_of(part.line.text)[1]
    start, end = find_sentences(part.line.text[begin:])[0]
    return part.line.start + begin + start, part.line.start + begin + end


def _end(parts: Sequence[Part], at: int) -> int:
    end = at + 1
    while end < len(parts) and parts[end].role in _SUPPORT and parts[end].box is None:
        end += 1
    return end


def _finding(
    text: str, part: Part, span: Span, passages: tuple[Span, ...], sections: Sequence[Section], words: Words
) -> Finding:
    area, heading = part.area, text[span[0] : span[1]]
    section = section_at(sections, part.line.start)
    if area is None:
        about = words.area_about((heading, 3), (text[passages[0][0] : passages[-1][1]], 1))
        about = about or words.area_about((section.title if section else "", 1))
        area = about.label if about else None
    return Finding(
        heading=heading,
        area=area,
        section=section.id if section else None,
        polarity=polarity(heading),
        start=span[0],
        end=span[1],
        passages=passages,
    )


def section_at(sections: Sequence[Section], offset: int) -> Section | None:
    """The innermost section that an offset stands in."""
    inside = [section for section in sections if section.start <= offset < section.end]
    return max(inside, key=lambda section: (section.start, section.level)) if inside else None
