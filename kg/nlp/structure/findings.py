"""Findings: sentence-like headings under an area with the paragraphs that support them.

In a report without such headings its paragraphs are the findings (``paragraphs``); the first sentence of each
states it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from kg.model.records import LOST_HEADING, Finding, Notice, Section, Span
from kg.model.text.sentences import find_sentences
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import load_patterns
from kg.nlp.structure.area_clauses import area_of_clause
from kg.nlp.structure.outline import HEADINGS, Part
from kg.nlp.structure.paragraphs import find_paragraphs, first_sentence, gives_reasons
from kg.nlp.structure.polarity import is_contrary, passage_polarity, polarity, praises

_SUPPORT = ("prose", "item", "row", "caption", "furniture")


@dataclass(frozen=True, slots=True)
class Located:
    """A finding and the indexes of the parts that it covers, heading first."""

    finding: Finding
    parts: range


def find_findings(
    text: str, parts: Sequence[Part], sections: Sequence[Section], words: Words
) -> tuple[Located, ...]:
    """All findings in order. In a letter that has no sections of areas the area is what the text is about;
    in one that has, what stands outside them is of none."""
    headed = _headed(text, parts, sections, words)
    taken = {at for located in headed for at in located.parts}
    paragraphs = _paragraphs(text, parts, taken, sections, words)
    return tuple(sorted((*headed, *paragraphs), key=lambda located: located.finding.start))


def _headed(
    text: str, parts: Sequence[Part], sections: Sequence[Section], words: Words
) -> tuple[Located, ...]:
    found = []
    has_areas = any(part.area for part in parts)
    for at, part in enumerate(parts):
        if part.role != "finding":
            continue
        end = _end(parts, at)
        if gives_reasons(part):
            items = [[n] for n in range(at + 1, end) if parts[n].role == "item"]
            found += [_of_paragraph(text, parts, inside, part.area, sections) for inside in items]
            continue
        passages = tuple((p.line.start, p.line.end) for p in parts[at + 1 : end] if p.role != "furniture")
        if passages:
            span = part.line.start, part.line.end
            area = part.area
            if area is None and not has_areas:
                area = _area_about(text, part, passages, sections, words)
            found.append(Located(_finding(text, area, span, passages, sections), range(at, end)))
    return tuple(found)


def _paragraphs(
    text: str, parts: Sequence[Part], taken: Collection[int], sections: Sequence[Section], words: Words
) -> tuple[Located, ...]:
    """Findings without headings. Outside the section of an area they are of the only area that the report
    has, and of none where it has several, or none (joint inspections)."""
    found = []
    areas = {part.area for part in parts if part.role == "area"}
    for inside in find_paragraphs(parts, taken, words):
        area = parts[inside[0]].area or (next(iter(areas)) if len(areas) == 1 else None)
        found.append(_of_paragraph(text, parts, inside, area, sections))
    return tuple(found)


def _of_paragraph(
    text: str, parts: Sequence[Part], inside: Sequence[int], area: str | None, sections: Sequence[Section]
) -> Located:
    """The finding that the first sentence of a paragraph or bullet states."""
    line = parts[inside[0]].line
    start, end = first_sentence(line.text)
    passages = tuple((parts[at].line.start, parts[at].line.end) for at in inside)
    finding = _finding(text, area, (line.start + start, line.start + end), passages, sections)
    return Located(finding, range(inside[0], inside[-1] + 1))


def _end(parts: Sequence[Part], at: int) -> int:
    end = at + 1
    while end < len(parts) and parts[end].role in _SUPPORT and parts[end].box is None:
        end += 1
    return end


def _area_about(
    text: str, part: Part, passages: tuple[Span, ...], sections: Sequence[Section], words: Words
) -> str | None:
    """The area that a heading, its passages or its section is about."""
    section = section_at(sections, part.line.start)
    about = words.area_about((part.line.text, 3), (text[passages[0][0] : passages[-1][1]], 1))
    about = about or words.area_about((section.title if section else "", 1))
    return about.label if about else None


def _finding(
    text: str, area: str | None, span: Span, passages: tuple[Span, ...], sections: Sequence[Section]
) -> Finding:
    heading, section = text[span[0] : span[1]], section_at(sections, span[0])
    sentences = [
        [(start + at, start + to) for at, to in find_sentences(text[start:end])] for start, end in passages
    ]
    signs = tuple(passage_polarity([text[a:b] for a, b in inside]) for inside in sentences)
    sign = _below(section.title if section else "", polarity(heading), heading, signs)
    return Finding(
        heading=heading,
        area=area,
        section=section.id if section else None,
        polarity=sign,
        start=span[0],
        end=span[1],
        passages=passages,
        passage_polarity=signs,
        contrary=tuple(
            (a, b)
            for (c, d), (a, b) in pairwise([(0, 0), *chain.from_iterable(sentences)])
            if not (a < span[1] and b > span[0]) and is_contrary(text[a:b], sign, text[c:d])
        ),
    )


def _below(title: str, sign: str, heading: str, passages: Sequence[str]) -> str:
    """The polarity of a finding below a heading that says which follow: below "Key strengths" what seems a
    fault is only spoken of; below "What does the partnership need to do better?" what lacks praise is one."""
    forms = (rule for rule in load_patterns("structure") if rule.role == "sign")
    told = next((form.value for form in forms if form.regex.match(title)), None)
    if told == "positive" and sign == "negative":
        return "positive"
    if told == "negative" and sign in ("positive", "neutral") and not praises(heading):
        return "mixed" if "mixed" in passages else "negative"
    return sign


def section_at(sections: Sequence[Section], offset: int) -> Section | None:
    """The innermost section that an offset stands in."""
    inside = [section for section in sections if section.start <= offset < section.end]
    return max(inside, key=lambda section: (section.start, section.level)) if inside else None


def lost_headings(parts: Sequence[Part], findings: Sequence[Located], words: Words) -> tuple[Notice, ...]:
    """A notice for each heading below an area that states no finding, is none that the data knows and has
    text directly below it that is in no finding or box: what it says of the area was lost."""
    covered = {at for located in findings for at in located.parts}
    return tuple(
        Notice(
            LOST_HEADING,
            f"a heading that became no finding: “{part.line.text}”",
            part.line.start,
            part.line.end,
        )
        for at, part in enumerate(parts)
        if part.role == "topic"
        and part.top == "area"
        and _is_unknown(part, words)
        and _is_bare(parts, at, covered)
    )


def _is_unknown(part: Part, words: Words) -> bool:
    """Whether the data does not know a heading, and it asks nothing."""
    heading = part.line.text
    told = area_of_clause(heading, words.areas)
    if heading.endswith("?") or (told is not None and told.label == part.area):
        return False
    return words.role_of(heading) is None and words.area_heading(heading)[0] is None


def _is_bare(parts: Sequence[Part], at: int, covered: Collection[int]) -> bool:
    """Whether there is text below a heading, before the next or a finding, and nothing of it is in a finding
    or box."""
    opens = (*HEADINGS, "finding")
    end = next((n for n in range(at + 1, len(parts)) if parts[n].role in opens), len(parts))
    below = [n for n in range(at + 1, end) if parts[n].role in _SUPPORT]
    return bool(below) and not any(n in covered or parts[n].box is not None for n in below)
