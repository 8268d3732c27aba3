"""Sections: the headings of a report that open a part of it, with level, area and extent."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model.iris import slug
from kg.model.records import Section
from kg.nlp.structure.outline import HEADINGS, Part

_LEVELS = {
    "title": 1,
    "overview": 2,
    "summary": 2,
    "annex": 2,
    "section": 2,
    "area": 2,
    "main": 3,
    "topic": 3,
}


def find_sections(parts: Sequence[Part], length: int) -> tuple[Section, ...]:
    """All sections in order. A section ends where the next of the same or a higher level begins.

    Levels are those of the format's headings where it marks them, else 1 for the title, 2 for main parts
    and areas, 3 below. Ids are ``section-{slug of the title}``, numbered from the second of the same.
    """
    opening = [part for part in parts if part.role in HEADINGS]
    levels = [part.line.level or _LEVELS[part.role] for part in opening]
    seen: dict[str, int] = {}
    sections = []
    for at, part in enumerate(opening):
        later = [n for n in range(at + 1, len(opening)) if levels[n] <= levels[at]]
        end = opening[later[0]].line.start - 1 if later else length
        name = f"section-{slug(part.line.text)}"
        seen[name] = seen.get(name, 0) + 1
        ident = name if seen[name] == 1 else f"{name}-{seen[name]}"
        sections.append(Section(ident, part.line.text, levels[at], part.line.start, end, part.area))
    return tuple(sections)
