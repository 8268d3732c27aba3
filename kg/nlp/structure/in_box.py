"""Lines inside a box: which are its titles, items and text, and which line ends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.nlp.document.lines import Line, bullet_of
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.box_labels import BoxLabel, box_label, is_tally, line_status
from kg.nlp.structure.clauses import is_sentence_like
from kg.nlp.structure.due import is_deadline
from kg.nlp.structure.heading_lines import HeadingLines
from kg.nlp.structure.need_sentences import states_need

_FILE = "boxes"
_LONGEST_GROUP = 100
"""Characters of a heading between the items of a list."""
_FEW = 2
"""Items after which a paragraph between items is taken for one more."""
_PLURAL_LISTS = ("area-for-improvement", "recommendation")
"""Kinds whose label may stand above a list that headings divide ("What needs to improve" is no plural)."""


def asks(text: str, words: Words) -> bool:
    """Whether a paragraph of a box asks for something: a need, or, where no framework tells whom a report
    inspects, a first sentence that says what leaders, partners or services should do."""
    if states_need(text, words):
        return True
    return words.framework is None and pattern(_FILE, "asking").match(text) is not None


@dataclass(slots=True)
class OpenBox:
    """A box that a label has opened. ``parts`` are its lines so far: field, title, recommendations (a label
    of them), item, group, prose; ``recommending`` that recommendations follow; ``group_level`` the level of
    the headings that divide its list."""

    number: int
    label: BoxLabel
    level: int | None
    parts: list[str] = field(default_factory=list)
    recommending: bool = False
    group_level: int | None = None

    def __post_init__(self) -> None:
        self.recommending = self.label.kind == "recommendation"

    @property
    def kind(self) -> str:
        return self.label.kind

    @property
    def plural(self) -> bool:
        return self.label.plural

    def takes_recommendations(self, label: BoxLabel) -> bool:
        """Whether a label "Recommendations" stands inside this box, and does not open one; it is noted."""
        if self.kind != "cause-of-concern" or label.kind != "recommendation" or label.tracked:
            return False
        self.recommending = True
        self.parts.append("recommendations")
        return True


class BoxLines:
    """Reads lines that may belong to a box. ``heading_lines`` says which are headings."""

    def __init__(
        self,
        lines: Sequence[Line],
        words: Words,
        heading_lines: HeadingLines,
    ) -> None:
        self.lines = lines
        self.words = words
        self.headings = heading_lines.areas
        self.heading_lines = heading_lines
        self.numbered = any(line.numbered for line in lines)
        self.main_ahead = self._main_ahead()

    def _main_ahead(self) -> list[bool]:
        """For each line, whether the heading of the main findings comes later in the same area."""
        ahead = [False] * (len(self.lines) + 1)
        for at in range(len(self.lines) - 1, -1, -1):
            role = self.words.role_of(self.lines[at].text)
            ends = at in self.headings or role in ("annex", "summary")
            ahead[at] = role == "main" or (ahead[at + 1] and not ends)
        return ahead[1:]

    def is_followed(self, at: int, label: BoxLabel) -> bool:
        """Whether a label is followed by content and not by another label, a heading, a grade or nothing."""
        if label.rest is not None and label.rest.endswith((".", "!")):
            return True
        following = self._line(at + 1)
        return (
            following is not None
            and at + 1 not in self.headings
            and not (box_label(following.text, self.words) and not following.is_item)
            and not self.words.grade_line(following.text)
        )

    def _line(self, at: int) -> Line | None:
        return self.lines[at] if at < len(self.lines) else None

    def role(self, at: int, box: OpenBox, main_seen: bool) -> str | None:
        """The role of a line inside a box, which is noted in its parts; None where the line ends it.

        ``main_seen``: whether the heading of the area's main findings stands above.
        """
        line = self.lines[at]
        if is_tally(line.text, self.words):
            return None
        if self._is_field(at, box):
            box.parts.append("field")
            return "box-field"
        if self._is_item(at, box):
            box.parts.append("item")
            return "item"
        if self._groups_items(at, box):
            box.parts.append("group")
            box.group_level = line.level
            return "topic"
        if set(box.parts) == {"field"}:  # what a tracker is about stands below the status
            box.parts.append("prose")
            return "prose"
        if self.heading_lines.is_heading(at, in_box=True):
            if not self._is_title(at, box, main_seen):
                return None
            box.parts.append("title")
            return "box-title"
        if self._prose_ends(at, box):
            return None
        box.parts.append("prose")
        return "prose"

    def _is_field(self, at: int, box: OpenBox) -> bool:
        """Whether a line of a tracker is a status, a date or another fact of the item."""
        text = self.lines[at].text
        if line_status(text) is not None:
            return not box.parts or "field" in box.parts
        other = pattern(_FILE, "field.due").match(text) or pattern(_FILE, "field.other").match(text)
        return other is not None and (not box.parts or "field" in box.parts)

    def _is_item(self, at: int, box: OpenBox) -> bool:
        line = self.lines[at]
        if line.is_item:
            return True
        if line.numbered:
            return "prose" not in box.parts and not self._introduces(at, box)
        return box.parts[-1:] == ["item"] and self._has_lost_its_mark(at, box)

    def _has_lost_its_mark(self, at: int, box: OpenBox) -> bool:
        """Whether a paragraph is an item whose bullet or number a format has lost (as PDF at the top of a
        page): between "12." and "14.", or alone between the items of a longer list."""
        line, before, after = self.lines[at], self.lines[at - 1], self._line(at + 1)
        if after is None:
            return False
        if before.is_item and after.is_item:
            whole = line.text[0].isupper() and line.text.endswith(".") and before.text.endswith(".")
            return whole and line.kind == "paragraph" and box.parts.count("item") > _FEW
        if not (before.numbered and after.numbered):
            return False
        first, last = (bullet_of(line.text)[0] for line in (before, after))
        return bool(first and last) and int(first or 0) + 2 == int(last or 0)

    def _groups_items(self, at: int, box: OpenBox) -> bool:
        """Whether a short line between items says what the next ones are about."""
        line, following = self.lines[at], self._line(at + 1)
        if (
            following is None
            or not (following.is_item or following.numbered)
            or len(line.text) > _LONGEST_GROUP
        ):
            return False
        if is_deadline(line.text):
            return True
        below = line.level is None or (box.level is not None and line.level > box.level)
        if below and (following.numbered or (self.numbered and line.text.endswith(":"))):
            return line.is_open or line.text.endswith(":")
        divides = box.kind in _PLURAL_LISTS and line.kind == "heading" and self._names_group(line)
        return divides and (
            not box.parts or (below and "item" in box.parts) or self._is_like_before(line, box)
        )

    def groups_like_before(self, at: int, box: OpenBox) -> bool:
        """Whether a heading above items stands at the level of those that have divided the list so far."""
        line, following = self.lines[at], self._line(at + 1)
        heads = line.kind == "heading" and following is not None and following.is_item
        return heads and self._names_group(line) and self._is_like_before(line, box)

    def _names_group(self, line: Line) -> bool:
        return (
            line.is_open
            and pattern(_FILE, "not-a-group").search(line.text) is None
            and box_label(line.text, self.words) is None
            and not is_sentence_like(line.text)
        )

    def _is_like_before(self, line: Line, box: OpenBox) -> bool:
        return box.group_level is not None and line.level == box.group_level

    def _introduces(self, at: int, box: OpenBox) -> bool:
        """Whether the first numbered paragraph of a box says that its items follow."""
        following = self._line(at + 1)
        announced = pattern(_FILE, "announcing").search(self.lines[at].text) is not None
        return not box.parts and announced and not (following is not None and following.numbered)

    def _is_title(self, at: int, box: OpenBox, main_seen: bool) -> bool:
        """Whether a heading titles the box, its recommendations or one more item of it."""
        line = self.lines[at]
        if not box.parts or (box.recommending and box.parts[-1:] == ["recommendations"]):
            return True
        if "item" in box.parts and "title" not in box.parts and not is_sentence_like(line.text):
            return False  # a list has no titles: "Case study: area for improvement"
        deeper = line.level is not None and box.level is not None and line.level > box.level
        shallow = line.level is not None and box.level is not None and line.level <= box.level
        return not shallow and (deeper or self._another_item(at, box, main_seen))

    def _another_item(self, at: int, box: OpenBox, main_seen: bool) -> bool:
        """Whether a heading after a box's text titles another item under the same label."""
        line = self.lines[at]
        ahead = not main_seen and self.main_ahead[at]
        if box.kind == "area-for-improvement" and states_need(line.text, self.words):
            return box.plural or ahead
        return box.plural and ahead and is_sentence_like(line.text)

    def _prose_ends(self, at: int, box: OpenBox) -> bool:
        """Whether a paragraph no longer belongs to the box."""
        line = self.lines[at]
        leads = line.text.endswith(":") and asks(line.text, self.words)
        if leads or not box.parts:
            return False
        if box.parts[-1] == "item":
            if asks(line.text, self.words) and (box.recommending or box.plural):
                return False
            return not self._goes_on(at, box)
        untitled = "title" not in box.parts
        if untitled and box.plural and box.kind == "area-for-improvement" and not self.main_ahead[at]:
            return not asks(line.text, self.words)
        return False

    def _goes_on(self, at: int, box: OpenBox) -> bool:
        """Whether a paragraph after an item goes on with it: a page break parted them, or the list goes on
        below it with its next heading."""
        line, before, after = self.lines[at], self.lines[at - 1], self._line(at + 1)
        if line.text[0].islower() and not re.search(r"[.;:!?]$", before.text):
            return True
        return after is not None and self.groups_like_before(at + 1, box)
