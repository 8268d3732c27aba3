"""Headings by their form, and whether anything came of them.

A heading is captured where it heads a finding, a box, the section of an area, or a part of the report that
has a name; a section under a heading that states something is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache, cached_property

from kg.model.frameworks import load_frameworks
from kg.model.records import LOST_HEADING, Box, Section, Span
from kg.model.text.headings import is_furniture, looks_like_heading
from kg.model.text.verbs import past_forms
from kg.nlp.coverage.boxes import find_boxes
from kg.nlp.coverage.grades import is_lone_grade
from kg.nlp.coverage.sight import Cover, Found, Sight, plain, spans_of
from kg.nlp.document.lines import bullet_of
from kg.nlp.rules.pattern_files import pattern, word_set

_FILE = "coverage-headings"
_HEAD_OF_BOX = 3
"""Lines."""
_TO_PROSE, _PROSE = 4, 60
"""Lines from the heading of an area to its prose, with question and grade between; characters of prose."""
_ASKS = re.compile(r"(?:How|To what extent|Does|Do|Is|Are)\b")
_NUMBER, _MANY_NUMBERS = re.compile(r"\d[\d,.]*"), 4
_WORD = re.compile(r"[A-Za-z’]+")
_LABEL = re.compile(r"[A-Z][a-z]+(?: [a-z]+){0,2}: ?")


class Headings:
    """The headings of a text, and which of its lines stand in a part of the report."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight

    @cached_property
    def found(self) -> Found:
        """Lines that the format marks as headings, or that look like one, and whether they were captured."""
        told = [(line, self._is_captured(line)) for line in self._formed]
        return [(line, captured) for line, captured in told if captured or not self._is_of_menu(line)]

    @cached_property
    def _formed(self) -> list[Span]:
        lines = self.sight.lines
        return [line for at, line in enumerate(lines) if self._is_heading(line, at + 1 == len(lines))]

    @cached_property
    def titles(self) -> Cover:
        """The headings that were captured: their numbers and words are those of a title."""
        return self.sight.cover(line for line, captured in self.found if captured)

    @cached_property
    def lines(self) -> Found:
        """All lines; those of headings that became nothing, and those in no section, are not captured."""
        missed = {line for line, captured in self.found if not captured}
        inside = self.sight.cover(spans_of(self.sight.extraction.sections))

        def is_placed(line: Span) -> bool:
            told = inside.touches(*line) or self.sight.mentioned.touches(*line)
            return told or line[0] in self._opening or is_furniture(self.sight.words(line))

        return [(line, line not in missed and is_placed(line)) for line in self.sight.lines]

    def _is_heading(self, line: Span, last: bool) -> bool:
        kind, words = self.sight.kind(line[0]), self.sight.words(line)
        if self._is_about_report(words):
            return False
        if kind == "heading":
            return True
        if line[0] in self._listed or _is_data(words):
            return False
        if words.endswith("?") and not last and is_lone_grade(self._below(line)):
            return True
        if last or kind in ("row", "list-item", "paragraph") or bullet_of(words)[1] or "\t" in words:
            return False
        return looks_like_heading(words)

    def _is_of_menu(self, line: Span) -> bool:
        """Whether a line that states nothing stands above another that looks like a heading: a menu, a list
        of links, an address."""
        known = plain(self.sight.words(line)) in _known_titles()
        below = self._below(line)
        linked = looks_like_heading(below) and not is_lone_grade(below)
        plain_line = self.sight.kind(line[0]) != "heading" and linked
        return plain_line and not known and not self._states(line)

    @cached_property
    def _listed(self) -> set[int]:
        """Where the lines of a contents list begin: open lines in a row, each of which comes again below."""
        lines = self.sight.lines
        words = [self.sight.words(line) for line in lines]
        last = {text: at for at, text in enumerate(words)}
        listed = [at for at, text in enumerate(words) if last[text] > at + 1 and looks_like_heading(text)]
        near = set(listed)
        return {lines[at][0] for at in listed if {at - 1, at + 1} & near}

    def _below(self, line: Span) -> str:
        after = self.sight.lines[self.sight.line_at(line[0]) + 1 :][:1]
        return self.sight.words(after[0]) if after else ""

    @cached_property
    def formed(self) -> Cover:
        """Lines that have the form of a heading, or tell of the report or page: their years date nothing."""
        about = (line for line in self.sight.lines if self._is_about_report(self.sight.words(line)))
        return self.sight.cover([*self._formed, *about])

    def _is_about_report(self, words: str) -> bool:
        formed = looks_like_heading(words) or words.startswith("©")
        told = formed and pattern(_FILE, "heading.metadata").match(words)
        return is_furniture(words) or bool(told)

    def _is_captured(self, line: Span) -> bool:
        if line[0] in self.lost or self._opens_no_section(line):
            return False
        if line[0] in self._opening or self.sight.judged.touches(*line) or self._is_furniture(line):
            return True
        if pattern("coverage-grades", "grade.ungraded").search(self.sight.words(line)):
            return True
        if self.sight.line_at(line[0]) in self._boxed or line[0] in self._labels:
            return True
        section = self._sections.get(line[0])
        return section is not None and (self._is_known(section) or not self._states(line))

    def _opens_no_section(self, line: Span) -> bool:
        """Whether what stands below a heading belongs to another area or to none: it names an area of which
        the report has no section, or asks what a grade below answers, and no area begins there."""
        at = self.sight.line_at(line[0])
        below = [self.sight.words(one) for one in self.sight.lines[at + 1 : at + 1 + _TO_PROSE]]
        if not any(len(words) >= _PROSE and words.endswith((".", "”")) for words in below):
            return False
        area = self._areas.get(plain(self.sight.words(line)))
        if area is not None:
            return area not in self._sectioned
        words = self.sight.words(line)
        asks = _ASKS.match(words) and words.endswith("?") and any(map(is_lone_grade, below))
        above = (self.sight.lines[n][0] for n in range(max(0, at - 2), at + 1))
        return bool(asks) and not any(
            start in self._sections and self._sections[start].area for start in above
        )

    @cached_property
    def _areas(self) -> dict[str, str]:
        """The areas that headings of the framework name, and those that judgements have, by plain names."""
        framework, judgements = self.sight.framework, self.sight.extraction.judgements
        known = {plain(one.area): one.area for one in judgements}
        named = framework.areas if framework else ()
        return known | {plain(name): area.label for area in named for name in area.headings}

    @cached_property
    def _sectioned(self) -> set[str]:
        """The areas that have a section."""
        return {section.area for section in self.sight.extraction.sections if section.area}

    @cached_property
    def _opening(self) -> set[int]:
        """Where the lines begin that open a finding or box, and the title of the report."""
        found = self.sight.extraction
        starts = {start for start, _ in spans_of(found.findings, found.boxes)}
        starts |= {at for at in map(self._title_of, found.boxes) if at is not None}
        title = found.report.title
        at = self.sight.text.find(title) if title else -1
        return starts | ({at} if at >= 0 else set())

    @cached_property
    def stating(self) -> Cover:
        """The lines that open a finding or box: what they name is read like that of the body."""
        title = self.sight.extraction.report.title
        opening = (line for line in self.sight.lines if line[0] in self._opening)
        return self.sight.cover(line for line in opening if self.sight.words(line) != title)

    @cached_property
    def lost(self) -> set[int | None]:
        """Where headings begin of which the structure has said itself that it lost what they state."""
        return {n.start for n in self.sight.extraction.warnings if n.code == LOST_HEADING}

    def _title_of(self, box: Box) -> int | None:
        at = self.sight.text.find(box.title, box.start, box.end) if box.title else -1
        return at if at >= 0 else None

    @cached_property
    def _sections(self) -> dict[int, Section]:
        return {section.start: section for section in self.sight.extraction.sections}

    @cached_property
    def _labels(self) -> set[int]:
        """Where the labels stand of boxes that were read."""
        return {start for (start, _), captured in find_boxes(self.sight) if captured}

    @cached_property
    def _boxed(self) -> set[int]:
        """The first lines of boxes, in which their label and title stand; what looks like a heading further
        down may be one that a box has swallowed."""
        found: set[int] = set()
        for box in self.sight.extraction.boxes:
            first, last = self.sight.line_at(box.start), self.sight.line_at(box.end - 1)
            found |= set(range(first, min(last + 1, first + _HEAD_OF_BOX)))
        return found

    def _is_known(self, section: Section) -> bool:
        """Whether a section is one that frameworks name, or stands in a part that has no findings."""
        around = [s for s in self.sight.extraction.sections if s.start <= section.start < s.end]
        told = [s.title for s in around if s is not section]
        named = plain(section.title) in _known_titles()
        return named or any(pattern(_FILE, "heading.no-findings").search(title) for title in told)

    def _states(self, line: Span) -> bool:
        """Whether a heading has a word that may be its verb: no topic, so it may state a finding."""
        words = [word.casefold() for word in _WORD.findall(self.sight.words(line))]
        if len(words) < 3 or self.sight.words(line).endswith("?"):
            return False
        if pattern(_FILE, "heading.asked").match(self.sight.words(line)):
            return False
        return any(word in _verbs() or word.endswith("n’t") for word in words[1:])

    def _is_furniture(self, line: Span) -> bool:
        """A grade, date, name or signature: mentions are all that it has, but for a label before a colon."""
        label = _LABEL.match(self.sight.words(line))
        begin = line[0] + (label.end() if label else 0)
        words = re.finditer(r"\w+", self.sight.text[begin : line[1]])
        return all(self._told.touches(begin + w.start(), begin + w.end()) for w in words)

    @cached_property
    def _told(self) -> Cover:
        """What says something by itself: mentions, but for the name of an area, which opens its section."""
        return self.sight.cover(spans_of(m for m in self.sight.extraction.mentions if m.label != "AREA"))


def _is_data(words: str) -> bool:
    """Whether a line is a row of numbers: "1,655 police staff, of whom 63 percent are women"."""
    numbers = len(_NUMBER.findall(words))
    return numbers >= _MANY_NUMBERS or (numbers > 1 and words[0].isdigit())


@cache
def _known_titles() -> Set[str]:
    """The headings that any framework names: of areas, and of parts of a report."""
    names: set[str] = set()
    for framework in load_frameworks():
        wording = framework.wording
        for titles in (
            wording.main_headings, wording.overview_headings, wording.summary_headings,
            wording.annex_headings, wording.section_headings, wording.topic_headings,
        ):  # fmt: skip
            names |= {plain(title) for title in titles}
        for area in framework.areas:
            names |= {plain(title) for title in area.headings}
    return names


@cache
def _verbs() -> Set[str]:
    return word_set(_FILE, "finite") | (past_forms() - word_set(_FILE, "no_verbs"))
