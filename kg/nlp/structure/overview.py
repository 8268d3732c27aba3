"""The overview of grades, read once and as a whole: which area has which grade.

Whether a grade stands above its areas or below each of them shows only in all lines together. Every layout is
a hypothesis that explains so many of them; the best is taken, for all of them. A name that no area of the
framework has is said and moves nothing; layouts that explain as much and grade otherwise give no judgement.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model.records import Judgement, Known, Notice
from kg.nlp.document.lines import Line
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.area_lists import Named, named_in
from kg.nlp.structure.earlier_grades import heads_earlier, says_repeated
from kg.nlp.structure.grade_columns import heads_by_column, heads_others, this_column
from kg.nlp.structure.grade_sentences import opens_with_grade
from kg.nlp.structure.overview_lines import (
    UNGRADED,
    Entry,
    GradeWords,
    grade_of_title,
    read_entry,
    unknown_area,
)

_FEWEST = 2
"""Areas that make an overview; one with its grade is the heading of its section."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What overviews of a report state. ``lines`` are the indexes of their lines, which open no section;
    ``ends`` those of last lines, which open one only if no better place for their area is found."""

    judgements: tuple[Judgement, ...] = ()
    notices: tuple[Notice, ...] = ()
    lines: frozenset[int] = frozenset()
    ends: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Token:
    """A line of an overview with its index."""

    at: int
    line: Line
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Graded:
    """A name on its line, and the grade that a layout gives it."""

    named: Named
    words: GradeWords
    line: Line

    @property
    def grade(self) -> str:
        return self.words.grade

    @property
    def start(self) -> int:
        return self.line.start

    @property
    def end(self) -> int:
        """The end of the line, or of the grade below it."""
        return max(self.line.end, self.words.end)

    def judgement(self, area: str) -> Judgement:
        """That of the area that the name is one of. A grade above the line is carried, and evidence too."""
        above = self.words.end <= self.line.start
        known = (
            Known("area", "stated", self.named.start, self.named.end),
            Known("grade", "carried" if above else "stated", self.words.start, self.words.end),
        )
        heading = ((self.words.start, self.words.end),) if above else ()
        return Judgement(area, self.grade, self.start, self.end, (*heading, (self.start, self.end)), known)


@dataclass(frozen=True, slots=True)
class _Layout:
    """What a layout makes of a run: grades, and how many of its lines it explains."""

    graded: tuple[_Graded, ...]
    explained: int


def read_overviews(lines: Sequence[Line], words: Words, title: Line | None = None) -> Overview:
    """All overviews of a report; none without a framework, whose grades and areas they name. The grade of the
    area that the title names belongs to none."""
    if not words.grades or not words.areas:
        return Overview()
    read = [
        _others(run) if run[0].at and _heads_others(run, lines[run[0].at - 1], words) else _read(run, words)
        for run in _runs(lines, words, grade_of_title(lines, title, words))
    ]
    return Overview(
        tuple(judgement for one in read for judgement in one.judgements),
        tuple(notice for one in read for notice in one.notices),
        frozenset().union(*(one.lines for one in read)),
        frozenset().union(*(one.ends for one in read)),
    )


def _heads_others(run: Sequence[_Token], above: Line, words: Words) -> bool:
    """Whether what stands above a run, or is the first line of it, says that its grades are not of this
    inspection or body."""
    heads = [above, *(token.line for token in run[:1] if token.entry.form == "name")]
    return any(
        heads_earlier(line)
        or (
            (line.is_open or _leads(line))
            and not words.areas_named(line.text)
            and heads_others(line.text, words)
        )
        for line in heads
    )


def _leads(line: Line) -> bool:
    """Whether a sentence introduces what stands below it."""
    return line.text.endswith(":") or pattern("structure", "overview.grades-of").search(line.text) is not None


def _others(run: Sequence[_Token]) -> Overview:
    message = "grades are listed as those of an earlier inspection or of another body; none is taken"
    return Overview((), (Notice("grades-of-earlier", message, run[0].line.start, run[-1].line.end),))


def _runs(
    lines: Sequence[Line], words: Words, title: tuple[str, int] | None = None
) -> Iterator[list[_Token]]:
    """Lines in a row that may make an overview: from the first that names an area or grade to the last."""
    begin = title[1] + 1 if title else 0
    run: list[_Token] = []
    areas: set[str] = set()
    for at, line in [*enumerate(lines[begin:], begin), (len(lines), None)]:
        entry = read_entry(line, words) if line is not None else None
        if entry is not None and run and line is not None and _asks_again(run[-1], line, entry, words):
            entry = Entry("note")
        again = entry is not None and any(name.area in areas for name in entry.names if name.area)
        if entry is None or again:
            if kept := _trimmed(run, line, words):
                yield kept
            run, areas = [], set()
        if len(run) == 1 and run[0].entry.form == "name" and (entry is None or entry.form != "grade"):
            run = []  # a heading above, and not a name above its grade
        if entry is not None and line is not None and (run or entry.form != "note"):
            run.append(_Token(at, line, entry))
            areas |= {name.area for name in entry.names if name.area}


def _asks_again(before: _Token, line: Line, entry: Entry, words: Words) -> bool:
    """Whether a line is the question of the area above it, whatever area its words name; a question on a part
    of that pillar is not."""
    if before.entry.form != "area" or entry.form != "area":
        return False
    heading, named = before.entry.names[0].area, entry.names[0].area
    part = words.area_labelled(named)
    asks = line.text.endswith("?") and not before.line.text.endswith("?")
    return heading == named or (asks and (part is None or part.broader != heading))


def _trimmed(run: list[_Token], following: Line | None, words: Words) -> list[_Token]:
    """A run without the names at its end (headings of what follows), and without the section that it runs
    into; empty if it is no overview."""
    run = [token for token in run if token.entry.form != "note"]
    while run and run[-1].entry.form in ("name", "heads") and not _known(run[-1]):
        run = run[:-1]
    if len(run) > 1 and following is not None and _opens_section(run, following, words):
        run = run[:-2] if run[-1].entry.form == "grade" else run[:-1]
    names = {name.area for token in run for name in token.entry.names if name.area}
    graded = any(token.entry.grades for token in run)
    lone = [token.entry.form for token in run] == ["area", "grade"]
    return run if graded and (len(names) >= _FEWEST or lone) else []


def _known(token: _Token) -> bool:
    return any(name.area for name in token.entry.names)


def _opens_section(run: Sequence[_Token], following: Line, words: Words) -> bool:
    """Whether the last lines of a run are the heading of a section, with its grade: a judgement sentence, the
    findings or a remark that the grade is an earlier one come next."""
    content = (
        words.role_of(following.text) == "main"
        or opens_with_grade(following.text, words)
        or says_repeated(following.text)
    )
    return content and (run[-1].entry.form in ("area", "row") or run[-2].entry.form == "area")


def _read(run: Sequence[_Token], words: Words) -> Overview:
    first, last = run[0].line, run[-1].line
    if columns := _columns(run, words):
        return _overview(columns, [], words, frozenset(token.at for token in run), frozenset())
    if _lost_columns(run):
        message = "grades stand in a row before areas, as in a table without its columns; none is taken"
        return Overview((), (Notice("overview-ambiguous", message, first.start, last.end),))
    layouts = _in_markup(run, _grade_first(run), _area_first(run))
    best, other = sorted(layouts, key=lambda layout: -layout.explained)
    lines = _claimed(run, best)
    ends = frozenset(token.at for token in run[1:]) - lines if lines else lines
    if best.explained == other.explained and _grades(best) != _grades(other):
        message = "an overview of grades can be read in two ways; none of its grades is taken"
        return Overview((), (Notice("overview-ambiguous", message, first.start, last.end),), lines, ends)
    rows, without, notices = _rows(run, words)
    return _overview([*best.graded, *rows], notices, words, lines | without, ends - without)


def _overview(
    graded: Sequence[_Graded],
    notices: list[Notice],
    words: Words,
    lines: frozenset[int],
    ends: frozenset[int],
) -> Overview:
    judgements = []
    for one in graded:
        area = words.area_labelled(one.named.area)
        if area is None and one.grade != UNGRADED and one.named.text:
            notices.append(unknown_area(one.named, one.grade))
        elif area is not None and area.graded and one.grade != UNGRADED:
            judgements.append(one.judgement(area.label))
    judgements.sort(key=lambda judgement: judgement.start)
    return Overview(tuple(judgements), tuple(notices), lines, ends)


def _columns(run: Sequence[_Token], words: Words) -> list[_Graded]:
    """The names in the columns of a table whose head has a grade for each; none where the run is no such
    table."""
    head = run[1] if run[0].entry.form == "name" and len(run) > 1 else run[0]
    if head.entry.form != "grade" or len(head.entry.grades) < _FEWEST:
        return []
    filled = [column for column, (text, _) in enumerate(head.entry.cells) if text]
    grades = dict(zip(filled, head.entry.grades, strict=True))
    graded: list[_Graded] = []
    for token in run[run.index(head) + 1 :]:
        cells = {column: cell for column, cell in enumerate(token.entry.cells) if cell[0]}
        if token.entry.grades or not cells or not cells.keys() <= grades.keys():
            return []
        graded += [_Graded(named_in(*cells[at], words), grades[at], token.line) for at in cells]
    return graded


def _in_markup(run: Sequence[_Token], grade_first: _Layout, area_first: _Layout) -> tuple[_Layout, _Layout]:
    """The layouts; one in which plain lines would head lines marked as headings explains nothing."""
    marked: dict[bool, set[bool]] = {True: set(), False: set()}
    for token in run:
        if token.entry.form in ("grade", "area"):
            marked[token.entry.form == "grade"].add(token.line.kind == "heading")
    grades, areas = marked[True], marked[False]
    if areas == {True} and grades == {False}:
        return (grade_first, _Layout((), 0)) if _are_cards(run) else (_Layout((), 0), area_first)
    if areas == {False} and grades == {True}:
        return grade_first, _Layout((), 0)
    return grade_first, area_first


def _are_cards(run: Sequence[_Token]) -> bool:
    """Whether each grade has the heading of its area below it, from the first line to the last."""
    forms = [token.entry.form for token in run]
    return len(forms) > _FEWEST and forms == ["grade", "area"] * (len(forms) // 2)


def _lost_columns(run: Sequence[_Token]) -> bool:
    """Whether all grades stand in a row before all areas: the head of a table, and its cells."""
    forms = [token.entry.form for token in run if token.entry.form != "name"]
    grades = forms.count("grade")
    return grades > _FEWEST and forms[:grades] == ["grade"] * grades


def _claimed(run: Sequence[_Token], layout: _Layout) -> frozenset[int]:
    """The lines that open no section. Few areas with their grades may be headings with nothing below them,
    and so may the last."""
    names = {name.area for token in run for name in token.entry.names if name.area}
    if len(names) <= _FEWEST:
        return frozenset()
    starts = {one.start for one in layout.graded}
    below = run[-1].entry.form == "grade" and any(one.end == run[-1].line.end for one in layout.graded)
    alone = run[-1].entry.form == "row" and run[-1].line.kind != "row"
    kept = run[:-2] if below else run[:-1] if alone else run
    kept = kept[1:] if run[0].entry.form == "name" and run[0].line.start not in starts else kept
    return frozenset(token.at for token in kept)


def _grades(layout: _Layout) -> set[tuple[str | None, str]]:
    return {(one.named.area, one.grade) for one in layout.graded if one.named.area}


def _grade_first(run: Sequence[_Token]) -> _Layout:
    """Each grade stands above its areas, and once; one with nothing below it is given to none. A name above
    them all is their heading."""
    graded: list[_Graded] = []
    seen: set[str] = set()
    explained = int(run[0].entry.form == "name")
    under: GradeWords | None = None
    for token in run:
        form, grades = token.entry.form, token.entry.grades
        if form == "name" and pattern("structure", "overview.ends").search(token.line.text):
            under = None  # "Areas that we did not inspect"
        elif form == "grade" and len(grades) == 1:
            explained += grades[0].grade not in seen
            seen.add(grades[0].grade)
            under = grades[0]
        elif form in ("list", "row", "rows"):
            explained += 1
            spans = form == "list" and token.line.kind == "row"  # a grade’s cell may span the rows below
            under = grades[0] if spans else None
        elif form in ("area", "name") and under is not None:
            explained += 1
            graded += [_Graded(n, under, token.line) for n in token.entry.names]
    return _Layout(tuple(graded), explained)


def _area_first(run: Sequence[_Token]) -> _Layout:
    """Each grade stands below its one area; a name without a grade below it is a heading between them."""
    graded: list[_Graded] = []
    explained = sum(token.entry.form in ("list", "row", "rows") for token in run)
    for token, below in pairwise(run):
        named = token.entry.form in ("area", "name")
        if named and below.entry.form == "grade" and len(below.entry.grades) == 1:
            explained += 2
            grade = below.entry.grades[0]
            graded += [_Graded(n, grade, token.line) for n in token.entry.names]
    return _Layout(tuple(graded), explained)


def _rows(run: Sequence[_Token], words: Words) -> tuple[list[_Graded], frozenset[int], list[Notice]]:
    """Names and grades that share a line; the indexes of lines whose grades are not of this inspection, and
    what is said of them."""
    graded: list[_Graded] = []
    without: set[int] = set()
    notices: list[Notice] = []
    tables: list[tuple[tuple[str, ...], list[_Token]]] = [((), [])]
    for token in run:
        entry, line = token.entry, token.line
        if entry.form == "heads" and not entry.names:
            tables.append((entry.heads, []))
        elif entry.form == "list":
            graded += [_Graded(name, entry.grades[0], line) for name in entry.names]
        elif entry.form == "rows":
            graded += [_Graded(*row, line) for row in zip(entry.names, entry.grades, strict=True)]
        elif entry.form == "row":
            tables[-1][1].append(token)
    for heads, rows in tables:
        column = _this_column(heads, rows, words)
        for token in rows:
            in_column = _by_column(token).get(column) if column is not None else None
            alone = len(token.entry.grades) == 1 and not (heads and token.entry.cells)
            grade = token.entry.grades[0] if alone else in_column
            if grade is not None:
                graded.append(_Graded(token.entry.names[0], grade, token.line))
            else:
                without.add(token.at)
                notices.append(_no_grade(token))
    return graded, frozenset(without), notices


def _this_column(heads: Sequence[str], rows: Sequence[_Token], words: Words) -> int | None:
    """The column in which the rows of a table with these heads have the grades of this inspection."""
    width = max((len(row.entry.cells) for row in rows), default=0)
    used = {column for row in rows for column in _by_column(row)}
    return this_column(heads_by_column(heads, width), used, words) if heads and used else None


def _by_column(token: _Token) -> dict[int, GradeWords]:
    """The grades of a row by the numbers of their columns."""
    starts = [at for _, at in token.entry.cells]
    return {bisect_right(starts, grade.start) - 1: grade for grade in token.entry.grades}


def _no_grade(token: _Token) -> Notice:
    name, grades = token.entry.names[0].text, len(token.entry.grades)
    stated = f"{grades} grades on one line" if grades > 1 else "a grade that is not of this inspection"
    message = f"“{name}” has {stated}; none is taken"
    return Notice("overview-ambiguous", message, token.line.start, token.line.end)
