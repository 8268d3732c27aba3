"""What a box or section of a report says of all its figures: "These figures come from the Home Office".

Such a sentence stands above a list, a table or lines of "label: value", and holds for them as far as they go;
behind them, or as the line "Source: Home Office" below a table, it holds for those above:
"All of the figures in this section come from the Home Office and are for the year ending 31 March 2024". What
it makes an exception of ("Apart from satisfaction, which comes from the force’s survey of victims") has the
source that it names for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.model.records import Span
from kg.model.text.bullets import BULLET
from kg.nlp.figures.sources.data_note import nouns_of, source_of
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-data-notes"
_PROSE = 60
"""A line of so many characters that ends as a sentence is prose, below which a note holds no longer."""


@dataclass(frozen=True)
class SectionNote:
    """A note: where its words stand, its source, what it makes an exception of, and the text it is about."""

    span: Span
    source: str
    exceptions: tuple[tuple[re.Pattern[str], str], ...]
    scope: Span

    def source_of(self, line: str) -> str:
        """The source of the figures of a line below the note; empty if the note does not tell it."""
        for nouns, source in self.exceptions:
            if nouns.search(line):
                return source
        return self.source


@lru_cache(maxsize=8)
def read_section_notes(text: str) -> tuple[SectionNote, ...]:
    """The notes of a report, in the order of the text."""
    return tuple(_notes(text))


def note_of(text: str, position: int) -> SectionNote | None:
    """The note that a place of a text stands below."""
    for note in read_section_notes(text):
        if note.scope[0] <= position < note.scope[1]:
            return note
    return None


def _notes(text: str) -> Iterator[SectionNote]:
    for found in pattern(_FILE, "note.section").finditer(text):
        begin = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.end())
        if end < 0:
            continue
        line = text[begin:end]
        sentence = max(text.rfind(". ", begin, found.start()) + 2, begin)
        source = source_of(text[found.start() : end]) or source_of(text[sentence:end]) or source_of(line)
        scope = (end, _end_of_items(text, end + 1))
        if scope[1] <= end + 1 and sentence == begin:
            scope = (_start_of_items(text, begin), begin)
        if source and scope[1] > scope[0] + 1:
            yield SectionNote((begin, end), source, tuple(_exceptions(line)), scope)
    for found in pattern(_FILE, "note.below").finditer(text):
        source, start = _below(found[0]), _start_of_items(text, found.start())
        if source and start < found.start():
            yield SectionNote(found.span(), source, (), (start, found.start()))


def _below(line: str) -> str:
    """The source that the line below a table names; empty if it is not known."""
    named = [("inspectorate", "note.below-ours"), ("force", "note.below-force")]
    if pattern(_FILE, "note.survey").search(line):
        return "survey"
    return next((source for source, rule in named if pattern(_FILE, rule).match(line)), "") or source_of(line)


def _exceptions(line: str) -> Iterator[tuple[re.Pattern[str], str]]:
    """What a note makes an exception of, with its source; empty where it names none."""
    except_for = pattern(_FILE, "note.except").match(line)
    if except_for is not None:
        nouns = nouns_of(except_for["what"])
        told = except_for["whose"] or ""
        if nouns is not None:
            survey = pattern(_FILE, "note.survey").search(told)
            yield nouns, "survey" if survey else source_of(told)


def _is_item(line: str) -> bool:
    """Whether a line is an item of a list, or a row of a table."""
    return BULLET.match(line) is not None or "|" in line or "\t" in line


def _start_of_items(text: str, end: int) -> int:
    """Where the list or table begins that stands right above a place; the place if none does."""
    start = position = end
    while position > 0:
        begin = text.rfind("\n", 0, position - 1) + 1
        line = text[begin : position - 1].strip()
        if _is_item(line):
            start = begin
        elif position == end or len(line) >= _PROSE or line.endswith((".", "!", "?", ":")):
            return start
        position = begin
    return start


def _end_of_items(text: str, start: int) -> int:
    """Where the list, table or block of labels ends that begins at a place: before the next line of prose."""
    position = start
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position:end].strip()
        if not _is_item(line) and len(line) >= _PROSE and line.endswith((".", "!", "?")):
            return position
        position = end + 1
    return position
