"""Areas by the headings of findings alone: what reports that grade nothing head, and no framework names.

National reports, and inspections that grade nothing (custody), have a heading of two or three words above
headings that state what was found. Such a heading is the area of these findings: one of the framework in
other words, or one of this report alone. Where findings are graded, a grade says what an area is
(``own_areas``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model.frameworks import Framework
from kg.model.records import Notice
from kg.model.text.comparing import without_number, without_punctuation
from kg.nlp.document.lines import HEAD, Line
from kg.nlp.document.recognise import Recognised
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.outline import HEADINGS, Outline
from kg.nlp.structure.own_areas import may_name_area, with_areas, with_names


def _name(line: Line) -> str:
    """The name of the area that a line heads."""
    return without_number(line.text).rstrip(":")


_FEWEST = 2
"""Findings from which headings above such lines are how a report is built."""


def with_headed_areas(
    lines: Sequence[Line], words: Words, known: Recognised, frameworks: Sequence[Framework]
) -> tuple[Words, tuple[Notice, ...]]:
    """The words with the areas that headings of findings show, and a notice for each that no framework has.

    Nothing is added for reports whose framework grades, letters and news, and pages that say of no inspection
    that it is one.
    """
    if (known.kind is not None and not known.kind.graded) or known.of_method:
        return words, ()
    if any(area.graded for area in words.areas) or not _is_inspection(lines):
        return words, ()
    framework = words.framework or _without_areas(known, frameworks)
    if framework is None:
        return words, ()
    words = replace(words, framework=framework)
    heads = dict.fromkeys(_heads(Outline(lines, words, known.title_line, letter=False), words))
    named = with_names(words, [_name(line) for line in heads], graded=False)
    own = [line for line in heads if named.area_called(_name(line)) is None]
    why = f"no area of {framework.title}" if known.words.framework else "its framework is not known"
    notices = tuple(
        Notice(
            "area-not-in-framework",
            f"“{line.text}” heads findings, and {why}: it is kept as an area of this report",
            line.start,
            line.end,
        )
        for line in own
    )
    if not heads:
        return (known.words if known.words.framework is None else words), ()
    return with_areas(named, {_name(line): "" for line in own}, graded=False), notices


def _is_inspection(lines: Sequence[Line]) -> bool:
    """Whether one of the first lines calls the document an inspection, a thematic one among them."""
    return any(pattern("structure", "inspection").search(line.text) for line in lines[:HEAD])


def _without_areas(known: Recognised, frameworks: Sequence[Framework]) -> Framework | None:
    """The wording of the latest framework for such bodies, as that of a report without areas."""
    ours = [f for f in frameworks if known.body_kind in (None, f.body_kind) and not f.only_named]
    latest = max(ours, key=lambda framework: framework.begins or "", default=None)
    return replace(latest, notation="", areas=()) if latest else None


def _heads(outline: Outline, words: Words) -> Iterator[Line]:
    """The headings outside known areas that stand above headings which state a finding with text below."""
    found: list[tuple[Line, Line]] = []
    head: Line | None = None
    parts = outline.parts
    for at, part in enumerate(parts):
        if part.role not in (*HEADINGS, "finding"):
            continue
        line = part.line
        if part.role in ("title", "overview", "summary", "annex", "area"):
            head = None
        elif outline.heading_lines.states_finding(at):
            if head is not None and at + 1 < len(parts) and parts[at + 1].role == "prose":
                found.append((head, line))
        elif part.role != "main" and not pattern("structure", "findings.below").match(line.text):
            known = part.area is not None or not may_name_area(line, words)
            head = None if known or words.role_of(line.text) is not None else line
    if len({without_punctuation(line.text) for _, line in found}) >= _FEWEST:
        yield from (line for line, _ in found)
