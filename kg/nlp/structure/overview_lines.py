"""The lines of an overview of grades, each alone: what it names and what it grades, in whatever form.

An overview says "Good" above its areas, the areas above their grades, or both on one line, parted by a colon,
a dash, a tab or the cells of a table. What the lines mean together is read in ``overview``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.model.frameworks import AreaDef
from kg.model.records import Notice
from kg.model.text.comparing import without_punctuation
from kg.model.text.headings import is_furniture
from kg.nlp.document.lines import Line, bullet_of
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.area_lists import (
    CLOSING,
    QUOTES,
    Named,
    all_known,
    known,
    listed_names,
    named_in,
    pieces_between,
)
from kg.nlp.structure.box_labels import box_label
from kg.nlp.structure.earlier_grades import is_earlier_year, says_repeated

UNGRADED = ""
"""The grade of what is said to be not graded."""
# Where spaces stand before a mark the match begins at the first of them and is not tried from each.
_CELL = re.compile(r"(?<!\s)\s*[|\t]\s*|(?<=\s)[|\t]\s*")
_LABEL = re.compile(r"(?<!\s)\s*:\s+|(?<!\s)\s+[–—-]+\s+")
_RUNS_ON = re.compile(r"[.;,]\s+(?=[A-Z])")
_CAPITAL = re.compile(r" (?=[A-Z])")
_BRACKET = re.compile(r"(?P<name>[^()]+?) \((?P<grade>[^()]+)\)")
_LONGEST_NAME = 14
"""Words: a line with more is no name of an area."""
_LONGEST_LIST = 160
"""Words: a line with more is no list of areas, of which no framework has 20."""


@dataclass(frozen=True, slots=True)
class GradeWords:
    """A grade on a line: its notation or ``UNGRADED``, and where its words stand."""

    grade: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line of an overview holds: names, grades, or the heads of columns.

    ``form``: "grade", "area" (a known one), "name" (perhaps one), "row" (a name, then its grades), "rows"
    (names, each with its grade), "list" (a grade, then names), "heads" (a row of a table without names and
    grades), "note" (on an earlier grade, or a link of the page).
    """

    form: str
    names: tuple[Named, ...] = ()
    grades: tuple[GradeWords, ...] = ()
    heads: tuple[str, ...] = ()
    cells: tuple[tuple[str, int], ...] = ()
    """The cells of a row, empty ones too, each with its offset."""


def unknown_area(named: Named, grade: str) -> Notice:
    """What is said of a graded name that the framework does not know."""
    message = f"“{named.text}” is graded {grade} in an overview and is no area of the framework"
    return Notice("unknown-area", message, named.start, named.end)


def grade_in(text: str, words: Words) -> str | None:
    """The grade that a line or cell states and nothing else; ``UNGRADED`` where it says there is none."""
    plain = text.strip().rstrip(":").strip(QUOTES)
    if pattern("structure", "ungraded").fullmatch(plain.rstrip(".")):
        return UNGRADED
    return words.grade_line(plain)


def _graded(text: str, at: int, words: Words) -> GradeWords | None:
    """``grade_in`` a line or cell, with its place."""
    grade = grade_in(text, words)
    plain = text.strip(CLOSING + QUOTES)
    begin = at + text.find(plain)
    return None if grade is None else GradeWords(grade, begin, begin + len(plain))


def read_entry(line: Line, words: Words) -> Entry | None:
    """What a line may be in an overview; None for a line that ends one: prose, a known heading, a label."""
    begin = line.start + bullet_of(line.text)[1]
    text = line.text[begin - line.start :]
    if is_earlier_year(text, words):
        return None
    if words.is_grade_note(text) or is_furniture(text) or pattern("boxes", "none").match(text):
        return Entry("note")
    if says_repeated(text):
        return None
    if box_label(text, words) or (words.role_of(text) and not words.area_called(text)):
        return None
    cells = _pieces(text, begin, _CELL)
    if len(cells) > 1 or line.kind == "row" or line.tabs:
        entry = _from_cells(cells, words)
        before = (("", line.start),) * line.tabs
        return replace(entry, cells=(*before, *cells)) if entry else None
    if grade := _graded(text, begin, words):
        return Entry("grade", grades=(grade,))
    if several := _rows_in_one(text, begin, words):
        return several
    parts = _pieces(text, begin, _LABEL)
    if len(parts) > 1 and (entry := _labelled(parts, text, begin, words)):
        return entry
    bracket = _BRACKET.fullmatch(text)
    if (
        bracket
        and not words.graded_heading(bracket["name"])
        and (in_brackets := _graded(bracket["grade"], begin + bracket.start("grade"), words))
    ):
        return Entry("row", (named_in(bracket["name"], begin, words),), (in_brackets,))
    area, notation = words.area_heading(text)
    if area and notation:
        whole = GradeWords(notation, begin, line.end)
        return Entry("row", (Named(text, area.label, begin, line.end),), (whole,))
    if named := known(text, begin, words):
        return Entry("area", (named,))
    if listed := _several(text, begin, words):
        return Entry("area", listed)
    if len(text.split()) <= _LONGEST_NAME and pattern("structure", "dated-line").search(text):
        return Entry("note")
    is_name = line.is_open and text[:1].isupper() and len(text.split()) <= _LONGEST_NAME
    return Entry("name", (Named(text, None, begin, line.end),)) if is_name else None


def _several(text: str, begin: int, words: Words) -> tuple[Named, ...]:
    """The areas of a line that is a list of them, below their grade: "Preventing crime; Managing offenders".

    Between semicolons one that is not known may stand; commas and "and" are found in sentences too.
    """
    if len(text.split()) > _LONGEST_LIST:
        return ()
    names = listed_names(text, begin, words) if ";" in text else all_known(text, begin, words)
    names = names or _side_by_side(text, begin, words)
    return names if len(names) > 1 and any(name.area for name in names) else ()


def _side_by_side(text: str, begin: int, words: Words) -> tuple[Named, ...]:
    """Two areas whose lines a PDF has made one: "Tackling antisocial behaviour Investigating crime"."""
    for match in _CAPITAL.finditer(text):
        first = known(text[: match.start()], begin, words)
        second = known(text[match.end() :], begin + match.end(), words) if first else None
        if first and second:
            return first, second
    return ()


def _rows_in_one(text: str, begin: int, words: Words) -> Entry | None:
    """Several names with their grades that run on: "Preventing crime – adequate. Treatment of the public –
    adequate"."""
    rows = [_pieces(piece, at, _LABEL) for piece, at in _pieces(text, begin, _RUNS_ON)]
    grades = [_graded(*row[-1], words) for row in rows if len(row) == 2]
    if len(rows) < 2 or len(grades) < len(rows) or not all(grades):
        return None
    names = tuple(named_in(*row[0], words) for row in rows)
    return Entry("rows", names, tuple(grade for grade in grades if grade))


def _labelled(parts: Sequence[tuple[str, int]], text: str, begin: int, words: Words) -> Entry | None:
    """ "Good: a, b", or "Area – Good" with any name before the last mark."""
    if grade := _graded(*parts[-1], words):
        if len(parts) > 2 and (first := _graded(*parts[-2], words)):
            name = text[: parts[-2][1] - begin].rstrip(" :–—-")
            return Entry("row", (named_in(name, begin, words),), (first, grade))
        name = words.head_of(text) if words.graded_heading(text) else text[: parts[-1][1] - begin]
        name = name.rstrip(" :–—-")
        return Entry("row", (named_in(name, begin, words),), (grade,))
    if grade := _graded(*parts[0], words):
        at = parts[1][1]
        return Entry("list", listed_names(text[at - begin :], at, words), (grade,))
    return None


def _from_cells(cells: Sequence[tuple[str, int]], words: Words) -> Entry | None:
    """A row of a table, by the cells in which its grades stand."""
    filled = [(text, at) for text, at in cells if text]
    grades = [_graded(text, at, words) for text, at in filled]
    if not filled:
        return None
    stated = tuple(grade for grade in grades if grade)
    if len(stated) == len(filled):
        return Entry("grade", grades=stated)
    if grades[0]:
        names = [name for text, at in filled[1:] for name in _cell_names(text, at, words)]
        return Entry("list", tuple(names), (grades[0],))
    if stated:
        text, at = filled[0] if not filled[0][0].isdigit() or grades[1] else filled[1]
        return Entry("row", (named_in(text, at, words),), stated)
    if len(filled) > 1:
        areas = tuple(area for text, at in filled if (area := known(text, at, words)))
        return Entry("heads", areas, heads=tuple(text for text, _ in cells))
    named = named_in(*filled[0], words)
    return Entry("area" if named.area else "name", (named,))


def _cell_names(text: str, at: int, words: Words) -> tuple[Named, ...]:
    one = named_in(text, at, words)
    return (one,) if one.area else listed_names(text, at, words, coordinated=False)


def _pieces(text: str, begin: int, mark: re.Pattern[str]) -> list[tuple[str, int]]:
    """What stands between marks, with its offset in the document."""
    return [(text[start:end], begin + start) for start, end in pieces_between(text, mark)]


def _part_in_title(title: str, pillar: AreaDef, words: Words) -> AreaDef | None:
    """The pillar of a title, or the part of it that stands behind it in brackets: "Police effectiveness
    (vulnerability) 2015" grades its question on vulnerable people; None where no one part is meant."""
    inside = re.search(r"\(([a-z][^)]*)\)", title)
    if inside is None or without_punctuation(inside[1]) in map(without_punctuation, pillar.names):
        return pillar
    cue = inside[1].split()[0][:_CUE].casefold()
    parts = [a for a in words.areas if a.broader == pillar.label and cue in " ".join(a.headings).casefold()]
    return parts[0] if len(parts) == 1 else None


_CUE = 7
"""Letters of a word that tell its family: "vulnerability", "vulnerable"."""


def grade_of_title(lines: Sequence[Line], title: Line | None, words: Words) -> tuple[str, int] | None:
    """The one area that a title names, and the index of the grade alone below it: "PEEL: Police effectiveness
    2016", "Good". Dates may stand between."""
    if title is None or title not in lines:
        return None
    named = [area for area in words.areas_named(title.text) if area.broader is None]
    if len(named) != 1 or not named[0].graded:
        return None
    area = _part_in_title(title.text, named[0], words)
    if area is None or not area.graded:
        return None
    for at in range(lines.index(title) + 1, len(lines)):
        entry = read_entry(lines[at], words)
        if entry is not None and entry.form == "grade" and entry.grades[0].grade != UNGRADED:
            return area.label, at
        if entry is None or entry.form != "note":
            return None
    return None
