"""Improvement needs of a report, each with the finding, section and area that it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model.records import Box, Need, Section
from kg.model.text.headings import is_open
from kg.model.text.sentences import find_sentences
from kg.nlp.document.lines import bullet_of
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.due import find_due
from kg.nlp.structure.findings import Located, section_at
from kg.nlp.structure.issue_days import IssueDays
from kg.nlp.structure.need_sentences import states_need
from kg.nlp.structure.outline import Part

_FILE = "needs"
_LONGEST_SPEAKER = 150
"""Characters before a quotation in which who is quoted is named."""
_DATED = ("day", "month", "year", "within")
_SPEAKING = ("prose", "item", "finding", "box-title", "topic")


def find_needs(
    text: str,
    parts: Sequence[Part],
    findings: Sequence[Located],
    sections: Sequence[Section],
    boxes: Sequence[Box],
    words: Words,
    issue: IssueDays,
) -> tuple[Need, ...]:
    """All needs in order: sentences, headings, titles of boxes, and lead-ins together with their bullets.

    A need outside the boxes has the deadline that its sentence sets; in them the box has it.
    """
    heading_of = {at: located.finding for located in findings for at in located.parts}
    found = []
    for at, start, end in _units(parts, words):
        finding = heading_of.get(at)
        section = section_at(sections, start)
        area = parts[at].area or (finding.area if finding else _box_area(boxes, start))
        heading = finding.heading if finding else None
        need = Need(text[start:end], start, end, section.id if section else None, area, heading)
        boxed = any(box.start < end and start < box.end for box in boxes)
        found.append(need if boxed else _with_due(need, issue))
    return tuple(found)


def _with_due(need: Need, issue: IssueDays) -> Need:
    """The need with its deadline, where that has a day: "at once" in a sentence of prose is none."""
    due = find_due(need.text, issue.of_box("", need.start, need.end), issue.published)
    if due is None or due.date is None or due.kind not in _DATED:
        return need
    return replace(need, due=due.date, due_text=due.text, due_derived=due.derived)


def _box_area(boxes: Sequence[Box], offset: int) -> str | None:
    return next((box.area for box in boxes if box.start <= offset < box.end), None)


def _units(parts: Sequence[Part], words: Words) -> Iterator[tuple[int, int, int]]:
    """(index of the part, start, end) of everything that states a need."""
    taken = -1
    for at, part in enumerate(parts):
        if at <= taken or part.top in ("annex", "overview"):
            continue
        if part.role == "box-label" and part.label is not None and part.label.rest is not None:
            begin = part.label.rest_at  # “Recommendations: within six months, the force should”
        elif part.role in _SPEAKING:
            begin = bullet_of(part.line.text)[1] if part.role == "item" else 0
        else:
            continue
        for start, end in find_sentences(part.line.text[begin:]):
            sentence = part.line.text[begin + start : begin + end]
            if not states_need(sentence, words) or _is_said_by_others(parts, at, begin + start):
                continue
            until = part.line.start + begin + end
            followed = part.role != "item" and parts[at + 1 : at + 2] and parts[at + 1].role == "item"
            if sentence.endswith(":") or (is_open(sentence) and followed):
                taken = _last_item(parts, at)
                until = parts[taken].line.end
            yield at, part.line.start + begin + start, until


def _is_said_by_others(parts: Sequence[Part], at: int, offset: int) -> bool:
    """Whether what begins at an offset of a line stands in a quotation of somebody who neither inspects the
    body nor answers for it: "A shopkeeper said: “The police must come sooner.”"."""
    before = parts[at].line.text[: offset + 1]
    opened = before.rfind("“")
    if opened < 0 or "”" in before[opened:]:
        return False
    told = before[:opened] if before[:opened].strip() or at == 0 else parts[at - 1].line.text
    speaking = pattern(_FILE, "quoted").search(told) is not None
    return speaking and pattern(_FILE, "entitled").search(told[-_LONGEST_SPEAKER:]) is None


def _last_item(parts: Sequence[Part], at: int) -> int:
    while at + 1 < len(parts) and parts[at + 1].role == "item":
        at += 1
    return at
