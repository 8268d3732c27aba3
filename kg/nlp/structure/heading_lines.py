"""Which lines of a report are headings, and which of those state a finding.

Where the format marks headings it is believed; else a heading is a line with the form of one that a text
follows. What a heading looks like by its words alone is said in ``kg.model.text.headings``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg.model.text.headings import LONGEST_HEADING, looks_like_heading
from kg.nlp.document.lines import Line
from kg.nlp.document.wording import Words
from kg.nlp.structure.box_labels import box_label
from kg.nlp.structure.clauses import is_evaluation, is_sentence_like

_LONGEST_TOPIC = 14
"""Words of a heading without a verb that no format marks."""
_TITLE = 2
"""Headings that may be no more than the title."""


class HeadingLines:
    """Tells of each line whether it is a heading.

    ``areas`` are the indexes of lines that open areas.
    """

    def __init__(self, lines: Sequence[Line], words: Words, areas: Collection[int]) -> None:
        self.lines = lines
        self.words = words
        self.areas = areas
        headings = [line for line in lines if line.kind == "heading"]
        self.marked = len(headings) > _TITLE or any((line.level or 1) > 1 for line in headings)

    def is_heading(self, at: int, *, in_box: bool = False) -> bool:
        """Whether the line heads what follows it.

        Where the format marks headings a paragraph is none, but a clause ``in_box`` may be its title.
        """
        line = self.lines[at]
        if line.kind == "heading":
            return True
        if self._is_graded_question(at):
            return True
        if line.is_item or line.kind == "row" or "\t" in line.text or not looks_like_heading(line.text):
            return False
        if at + 1 >= len(self.lines):
            return False
        states = is_sentence_like(line.text)
        if self.marked and line.kind == "paragraph" and not (in_box and states):
            return False
        return self._heads_text(at) and (states or len(line.text.split()) <= _LONGEST_TOPIC)

    def states_finding(self, at: int) -> bool:
        """Whether a heading states what was found: a clause, or an evaluation without a verb."""
        line = self.lines[at]
        if line.text.endswith("?"):
            return False
        return is_sentence_like(line.text) or is_evaluation(line.text)

    def _is_graded_question(self, at: int) -> bool:
        """Whether a line asks a question and the next is the grade that answers it."""
        line, following = self.lines[at], self.lines[at + 1 : at + 2]
        asks = line.text.endswith("?") and not line.is_item and len(line.text) < LONGEST_HEADING
        return asks and any(self.words.grade_line(after.text) for after in following)

    def _heads_text(self, at: int) -> bool:
        """Whether a paragraph or list comes next, or one more heading with a paragraph."""
        following = self.lines[at + 1]
        if following.kind == "row" or following.is_item:
            return following.is_item
        if not following.is_open:
            return True
        return at + 2 < len(self.lines) and (
            at + 1 in self.areas
            or box_label(following.text, self.words) is not None
            or self.words.role_of(following.text) is not None
            or is_sentence_like(following.text)
        )
