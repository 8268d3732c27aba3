"""The outline of a report: what each line is (its role), and the area it stands in.

Reports come as web text without markup as often as with headings that are marked. Where the format marks
headings they decide; else a heading is a line without final punctuation that is followed by a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model.records import Notice
from kg.model.text.headings import is_caption, is_furniture
from kg.nlp.document.lines import HEAD, Line
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.area_clauses import area_of_clause
from kg.nlp.structure.area_headings import find_area_headings, find_contents
from kg.nlp.structure.box_labels import BoxLabel, area_behind, box_label, tracked_label
from kg.nlp.structure.clauses import is_sentence_like
from kg.nlp.structure.heading_lines import HeadingLines
from kg.nlp.structure.in_box import BoxLines, OpenBox
from kg.nlp.structure.need_sentences import states_need
from kg.nlp.structure.overview import Overview, read_overviews
from kg.nlp.structure.polarity import polarity

TOP = ("overview", "summary", "annex", "section")
HEADINGS = ("title", "area", "main", "topic", *TOP)
"""Roles that open a section."""
_KINDS = {
    "cause-of-concern": "a cause of concern, since recommendations stand below it",
    "area-for-improvement": "an area for improvement, since it asks for one above the main findings",
}
"""What a heading is taken for that titles a box without a label, and why."""
_LOW = ("requires-improvement", "inadequate")
"""Grades below which recommendations stand in causes of concern."""


@dataclass(slots=True)
class Part:
    """A line with its role, the label of its area, and the top-level part of the report it stands in.

    Roles: title, meta, overview, summary, annex, section, area, main, topic, finding, box-label, box-title,
    box-field (of a tracker: a status, a date), grade, lead-in, item, row, caption, prose; furniture, which
    serves the page and belongs to no part. ``grade`` is a grade that stands on the line; ``box`` the number
    of the box that the line belongs to; ``label`` what a box-label says.
    """

    line: Line
    role: str
    area: str | None = None
    top: str = "start"
    grade: str | None = None
    box: int | None = None
    label: BoxLabel | None = None


@dataclass(slots=True)
class _State:
    top: str = "start"
    top_level: int | None = None
    area: str | None = None
    area_at: int = -1
    box: OpenBox | None = None
    boxes: int = 0
    main_seen: bool = False
    closed_at: int = -1
    """The line of a grade that closed the section of the area."""


def _subject_line(lines: Sequence[Line]) -> int | None:
    """The line below the greeting of a letter that says what the letter is about."""
    for at, line in enumerate(lines[:-1]):
        if pattern("structure", "letter.greeting").match(line.text):
            return at + 1 if line.text.startswith("Dear") and lines[at + 1].is_open else None
    return None


class Outline:
    """Reads the lines once, in order; ``parts`` is the result. ``letter`` reports have no graded areas;
    ``news`` are such, and have no parts."""

    def __init__(
        self, lines: Sequence[Line], words: Words, title: Line | None, letter: bool, news: bool = False
    ) -> None:
        self.lines = lines
        self.words = words
        self.letter = letter
        self.news = news
        self.title = title
        self.overview = read_overviews(lines, words, title) if news or not letter else Overview()
        self.contents = find_contents(lines, words) - self.overview.lines
        self.headings = find_area_headings(lines, words, self.contents | self.overview.lines)
        if letter:
            self.headings = {at: area for at, area in self.headings.items() if self._heads_in_letter(at)}
        self.subject = _subject_line(lines) if letter else None
        self.heading_lines = HeadingLines(lines, words, self.headings)
        self.boxes = BoxLines(lines, words, self.heading_lines)
        texts = Counter(line.text for line in lines if line.is_open)
        self.repeated = {text for text, count in texts.items() if count > 1}
        """Headings that stand below each area of a letter: “What remains to be done”."""
        self.state = _State()
        self.inferred: list[Notice] = []
        """A notice for each box whose kind no label says."""
        self.parts: list[Part] = []
        for at in range(len(lines)):
            self.parts.append(self._part(at))

    def _heads_in_letter(self, at: int) -> bool:
        """Whether a line of a letter is no more than the name of an area."""
        line = self.lines[at]
        named = line.kind in ("heading", "line", "paragraph") and not line.text.endswith("?")
        return named and self.words.area_called(line.text) is not None and len(line.text.split()) > 1

    def _part(self, at: int) -> Part:
        line, state = self.lines[at], self.state
        if line is self.title:
            return Part(line, "title")
        if at in self.overview.lines or (at in self.overview.ends and at not in self.headings):
            grade = self.words.grade_line(line.text)
            return Part(line, "grade" if grade else "row", top=self.state.top, grade=grade)
        if at in self.contents:
            return Part(line, "row", top=self.state.top)
        role = self._structural(at)
        if role is None and not line.is_item and line.kind != "row" and is_furniture(line.text):
            return Part(line, "furniture", state.area, state.top)
        if role is None and state.box is not None:
            role = self._in_box(at)
        if role is None:
            role = self._plain(at)
        part = Part(line, role, state.area, state.top, box=state.box.number if state.box else None)
        if role == "grade":
            part.grade = self.words.grade_line(line.text)
        elif role == "area":
            part.grade = self.words.area_heading(line.text)[1]
        elif role == "box-label":
            part.label = self._label(at)
        elif role == "box-title" and state.box is not None and self.parts[-1].box != state.box.number:
            part.label = state.box.label  # its title opens it
        return part

    # Lines that the data knows: area headings, other headings, labels of boxes, grades.

    def _structural(self, at: int) -> str | None:
        line = self.lines[at]
        if self.state.box is not None and self.boxes.groups_like_before(at, self.state.box):
            return "topic"
        if at in self.headings:
            return self._open_area(at)
        if line.kind == "row":
            return "row"
        if line.is_item:
            return None
        if (role := self.words.role_of(line.text)) and (line.is_open or line.text.endswith(":")):
            return self._known_heading(at, role)
        if label := self._label(at):
            return self._open_box(at, label)
        ungraded = self.words.is_grade_note(line.text) or pattern("structure", "ungraded").fullmatch(
            line.text
        )
        if self.words.grade_line(line.text) or ungraded:
            self.state.box = None
            if self.parts[at - 1].role not in ("area", "topic", "grade"):
                self.state.closed_at = at
            return "grade"
        if self.words.lead_ins.fullmatch(line.text):
            self.state.box = None
            return "lead-in"
        return None

    def _open_area(self, at: int) -> str:
        area = self.headings[at]
        again = area == self.state.area and at - self.state.area_at <= 3
        self.state.box = None
        if again:
            return "topic"
        self.state.top, self.state.area, self.state.area_at = "area", area, at
        self.state.top_level, self.state.main_seen = self.lines[at].level, False
        return "area"

    def _known_heading(self, at: int, role: str) -> str | None:
        line, state = self.lines[at], self.state
        if role == "main":
            state.box, state.main_seen = None, True
            return "main"
        below = line.level is not None and state.top_level is not None and line.level > state.top_level
        if (
            state.top == "area"
            and not (self.letter and role == "section")
            and (role == "topic" or (role in ("section", "overview") and (below or line.level is None)))
        ):
            state.box = None
            return "topic"
        if role == "topic" and not self.letter:
            state.box = None
            return "topic"
        if state.top == "annex" and role in ("section", "overview", "topic"):
            return "topic"
        if role == "overview" and state.top in TOP and line.level is None and state.top == "overview":
            return "topic"
        state.box, state.area, state.main_seen = None, None, False
        state.top, state.top_level = ("section" if role == "topic" else role), line.level
        return state.top

    def _label(self, at: int) -> BoxLabel | None:
        text = self.lines[at].text
        return tracked_label(self.lines, at, self.words) or box_label(text, self.words)

    def _open_box(self, at: int, label: BoxLabel) -> str | None:
        state = self.state
        if state.top in ("annex", "overview", "summary"):
            return None
        if not self.boxes.is_followed(at, label):
            state.box = None
            return None
        if state.box is not None and state.box.takes_recommendations(label):
            return "box-label"
        state.boxes += 1
        state.box = OpenBox(state.boxes, label, self.lines[at].level)
        if self.letter and (area := area_behind(label, self.words)):
            # what a letter says below “Cause of concern 1: responding to the public”
            state.area, state.top = area, "area"
        return "box-label"

    def _in_box(self, at: int) -> str | None:
        """The role of a line inside the open box; None where the line ends the box."""
        assert self.state.box is not None
        role = self.boxes.role(at, self.state.box, self.state.main_seen)
        if role is None:
            self.state.box = None
        return role

    def _open_unlabelled(self, at: int) -> str | None:
        """Opens a box for a heading that titles one though web text has lost its label.

        In a report whose areas have a heading of main findings, what stands before that is boxed. Below a
        shortcoming, recommendations are those of a cause of concern where the area is graded low.
        """
        state = self.state
        if self.letter or state.top != "area":
            return None
        heading = self.lines[at].text
        before_main = not state.main_seen and self.boxes.main_ahead[at]
        if self._recommends_below(at) and (
            before_main or (self._is_graded_low() and polarity(heading) == "negative")
        ):
            kind = "cause-of-concern"
        elif before_main and states_need(heading, self.words):
            kind = "area-for-improvement"
        else:
            return None
        state.boxes += 1
        state.box = OpenBox(state.boxes, BoxLabel(kind), self.lines[at].level, ["title"])
        said = f"“{heading}” has no label: taken for {_KINDS[kind]}"
        self.inferred.append(
            Notice("box-kind-inferred", said, self.lines[at].start, self.lines[at].start + len(heading))
        )
        return "box-title"

    def _recommends_below(self, at: int) -> bool:
        """Whether the label of recommendations is the first heading below a line, with text between them."""
        for n in range(at + 1, len(self.lines)):
            label = box_label(self.lines[n].text, self.words)
            if label is not None:
                return label.kind == "recommendation" and n > at + 1
            if n in self.headings or self.heading_lines.is_heading(n):
                return False
        return False

    def _is_graded_low(self) -> bool:
        """Whether the area that is open has a grade that asks for improvement."""
        grades = (self.parts[n].grade for n in range(self.state.area_at, len(self.parts)))
        return next(filter(None, grades), None) in _LOW

    # Other lines.

    def _plain(self, at: int) -> str:
        line, state = self.lines[at], self.state
        if line.is_item:
            return "item"
        if self._is_meta(at):
            return "meta"
        if is_caption(line.text):
            return "caption"
        if not self.heading_lines.is_heading(at):
            return "prose"
        may_find = state.top == "area" or (self.letter and state.top in ("section", "start"))
        if at == self.subject:
            return "topic"
        if may_find and self.heading_lines.states_finding(at):
            return self._open_unlabelled(at) or "finding"
        if state.top == "area" and state.closed_at == at - 1 and line.level is None:
            state.area, state.top = None, "section"  # web text grades an area below its findings
        if state.top in ("overview", "summary") and not self.words.areas:
            state.top = "section"  # no area is known that could end it
        if self.letter and not self.news:
            self._turn_to(line.text)
        return "topic"

    def _turn_to(self, heading: str) -> None:
        """What stands below a heading of a letter is of the one area that it names, or of none."""
        named = self.words.areas_named(heading)
        told = named[0] if len(named) == 1 else area_of_clause(heading, self.words.areas)
        inner = heading in self.repeated or pattern("structure", "letter.inner-heading").match(heading)
        if told or not inner:
            self.state.area = told.label if told else None
            self.state.top = "area" if told else "section"

    def _is_meta(self, at: int) -> bool:
        """A line of metadata: a date, an address line of a letter, a signature."""
        text = self.lines[at].text
        early = at < HEAD * 2
        if pattern("structure", "letter.greeting").match(text):
            return True
        if self.words.is_inspector(text):
            return True
        if (
            len(text) < 40
            and pattern("structure", "dated-line").search(text)
            and not re.search(r"[.!?]$", text)
            and not is_sentence_like(text)
        ):
            return True
        if early and pattern("structure", "metadata").match(text):
            return True
        before = self.lines[at - 1].text if at else ""
        if early and self.letter and pattern("structure", "letter.label").match(before):
            return True
        following = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
        named = not re.search(r"[.!?:]$", text)  # and no last paragraph of what the inspector says
        return named and self.words.is_inspector(following)
