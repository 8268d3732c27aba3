"""Lines inside a box: which are its titles, items and text, and which line ends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.nlp.document.lines import Line
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.clauses import is_sentence_like
from kg.nlp.structure.heading_lines import HeadingLines
from kg.nlp.structure.need_sentences import states_need


@dataclass(slots=True)
class OpenBox:
    """A box that a label has opened. ``parts`` are its lines so far: title, recommendations (a label of
    them), item, prose; ``recommending`` that recommendations follow."""

    number: int
    kind: str
    plural: bool
    level: int | None
    parts: list[str] = field(default_factory=list)
    recommending: bool = False

    def takes_recommendations(self, kind: str, number: str | None, plural: bool) -> bool:
        """Whether a label "Recommendations" stands inside this box, and does not open one; it is noted."""
        inside = self.kind == "cause-of-concern" and kind == "recommendation"
        if not inside or (number is not None and plural):
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

    def is_followed(self, at: int) -> bool:
        """Whether a label line is followed by content and not by another label, heading or grade."""
        if at + 1 >= len(self.lines):
            return False
        text = self.lines[at + 1].text
        return (
            at + 1 not in self.headings and not self.words.box_label(text) and not self.words.grade_line(text)
        )

    def role(self, at: int, box: OpenBox, main_seen: bool) -> str | None:
        """The role of a line inside a box, which is noted in its parts; None where the line ends it.

        ``main_seen``: whether the heading of the area's main findings stands above.
        """
        line = self.lines[at]
        if line.is_item or (line.numbered and "prose" not in box.parts and not self._introduces(at, box)):
            box.parts.append("item")
            return "item"
        if self._groups_items(at, box):
            return "topic"
        if self.heading_lines.is_heading(at, in_box=True):
            if not self._is_title(at, box, main_seen):
                return None
            box.parts.append("title")
            return "box-title"
        if self._prose_ends(at, box):
            return None
        box.parts.append("prose")
        return "prose"

    def _groups_items(self, at: int, box: OpenBox) -> bool:
        """Whether a short line between numbered items says what the next ones are about."""
        line = self.lines[at]
        below = line.level is None or (box.level is not None and line.level > box.level)
        following = self.lines[at + 1] if at + 1 < len(self.lines) else line
        items = following.numbered or (self.numbered and following.is_item and line.text.endswith(":"))
        return below and items and len(line.text) < 100 and (line.is_open or line.text.endswith(":"))

    def _introduces(self, at: int, box: OpenBox) -> bool:
        """Whether the first numbered paragraph of a box says that its items follow."""
        following = self.lines[at + 1] if at + 1 < len(self.lines) else self.lines[at]
        announced = pattern("structure", "announcing").search(self.lines[at].text) is not None
        return not box.parts and announced and not following.numbered

    def _is_title(self, at: int, box: OpenBox, main_seen: bool) -> bool:
        """Whether a heading titles the box, its recommendations or one more item of it."""
        line = self.lines[at]
        if not box.parts or (box.recommending and box.parts[-1:] == ["recommendations"]):
            return True
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
        leads = line.text.endswith(":") and states_need(line.text, self.words)
        if leads or not box.parts:
            return False
        if box.parts[-1] == "item":
            asks = states_need(line.text, self.words)
            return not (asks and box.recommending) and not (asks and box.plural)
        untitled = "title" not in box.parts
        if untitled and box.plural and box.kind == "area-for-improvement" and not self.main_ahead[at]:
            return not states_need(line.text, self.words)
        return False
