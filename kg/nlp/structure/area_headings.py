"""Which lines open the section of an area.

The name of an area also stands in contents lists, in overviews ("Good / Investigating crime / …") and in
annexes. Of several lines that could open the section, one counts that a judgement, findings or boxes follow,
else the one with the most text before the next.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import pairwise

from kg.model.text.comparing import without_punctuation
from kg.nlp.document.lines import Line
from kg.nlp.document.wording import Words
from kg.nlp.structure.box_labels import box_label
from kg.nlp.structure.clauses import is_sentence_like
from kg.nlp.structure.grade_sentences import opens_with_grade

_NEAR = 7
_ENTRIES = 4
"""Known headings in a row that make a contents list."""
_LONGEST_ENTRY = 120
_NOTHING = (0, 0, 0, 0, 0)


def find_area_headings(lines: Sequence[Line], words: Words, contents: Collection[int] = ()) -> dict[int, str]:
    """Index of a line to the label of the area that it opens.

    ``contents`` are the indexes of lines of a contents list, which open nothing.
    """
    search = _Search(lines, words, contents)
    scores = {at: search.score(at) for at in search.candidates}
    chosen: dict[int, str] = {}
    by_area: dict[str, dict[int, None]] = {}
    for at, area in search.candidates.items():
        by_area.setdefault(area, {})[at] = None
    for area, mine in by_area.items():
        best = max(mine, key=lambda at: (scores[at], -at))
        if scores[best] > _NOTHING:
            chosen |= dict.fromkeys(_run(best, mine), area)
    return chosen


def find_contents(lines: Sequence[Line], words: Words) -> frozenset[int]:
    """Indexes of the lines of a contents list: headings in a row, up to where they begin to repeat."""
    found: set[int] = set()
    run: list[int] = []
    for at in range(len(lines) + 1):
        if at < len(lines) and _may_be_listed(lines[at], words):
            run.append(at)
            continue
        found.update(_listed(run, lines, words))
        run = []
    return frozenset(found)


def _may_be_listed(line: Line, words: Words) -> bool:
    if line.kind in ("row", "heading") or line.is_item or not line.is_open or len(line.text) > _LONGEST_ENTRY:
        return False
    graded = words.grade_line(line.text) is not None or words.area_heading(line.text)[1] is not None
    return not graded and box_label(line.text, words) is None


def _listed(run: Sequence[int], lines: Sequence[Line], words: Words) -> Sequence[int]:
    seen: set[str] = set()
    entries: list[int] = []
    for at in run:
        if (name := without_punctuation(lines[at].text)) in seen:
            break
        seen.add(name)
        entries.append(at)
    if len(entries) == len(run):
        entries = entries[:-1]
    known = sum(
        words.role_of(lines[at].text) is not None or _candidate(lines[at], words) is not None
        for at in entries
    )
    return entries if known >= _ENTRIES else []


class _Search:
    """The lines that could open an area, and the evidence for each."""

    def __init__(self, lines: Sequence[Line], words: Words, contents: Collection[int]) -> None:
        self.lines, self.words, self.contents = lines, words, contents
        self.candidates = self._candidates()
        plain = (at for at in range(len(lines)) if at not in contents)
        self.tops = {at: role for at in plain if (role := _top(lines[at], words))}
        self.stops, self.leads = self._extents()
        self.amounts = self._amounts()
        self.strong = {at for at in self.candidates if self._is_strong(at)}
        self.top_order, self.strong_order = sorted(self.tops), sorted(self.strong)

    @staticmethod
    def _before(order: Sequence[int], at: int) -> int | None:
        place = bisect_left(order, at)
        return order[place - 1] if place else None

    def _candidates(self) -> dict[int, str]:
        """A question directly below an area's heading is that area's, whatever area its words name, but for
        one that asks about a part of that pillar."""
        found: dict[int, str] = {}
        for at, line in enumerate(self.lines):
            if at in self.contents or (line.kind == "row" and not self._opens_by_row(at)):
                continue
            if area := _candidate(line, self.words):
                asked = line.text.endswith("?") and at - 1 in found
                found[at] = found[at - 1] if asked and not self._is_part(area, found[at - 1]) else area
        return found

    def _is_part(self, label: str, pillar: str) -> bool:
        area = self.words.area_labelled(label)
        return area is not None and area.broader == pillar

    def _opens_by_row(self, at: int) -> bool:
        """Whether a row "area | grade" stands alone, as a heading in a frame does, and not among others."""
        near = (self.lines[n] for n in (at - 1, at + 1) if 0 <= n < len(self.lines))
        among = any(n.kind == "row" and self.words.area_heading(n.text)[0] for n in near)
        text = self.lines[at].text
        told = self.words.area_heading(text)[1] is not None or self.words.ungraded_head(text) is not None
        return not among and told

    def _extents(self) -> tuple[dict[int, int], dict[int, bool]]:
        """Where the text of each area line ends (another main part, or an area that is not inside it), and
        whether an area inside it comes before."""
        stops: dict[int, int] = {}
        leads: dict[int, bool] = {}
        events = sorted({*self.tops, *self.candidates})
        for place in range(len(events) - 1, -1, -1):
            at = events[place]
            if at not in self.candidates:
                continue
            following = events[place + 1] if place + 1 < len(events) else None
            if following in self.candidates and self.candidates[following] == self.candidates[at]:
                stops[at], leads[at] = stops[following], leads[following]
            else:
                inner = (e for e in events[place + 1 :] if e in self.tops or not self._inside(e, at))
                stops[at] = next(inner, len(self.lines))
                leads[at] = following is not None and following < stops[at]
        return stops, leads

    def _amounts(self) -> list[int]:
        """Characters of text before each line, headings of areas and grades left out."""
        amounts = [0]
        for at, line in enumerate(self.lines):
            plain = at not in self.candidates and self.words.grade_line(line.text) is None
            amounts.append(amounts[-1] + plain * len(line.text))
        return amounts

    def _inside(self, other: int, at: int) -> bool:
        area = self.words.area_labelled(self.candidates[other])
        return area is not None and self.candidates[at] in (area.label, area.broader)

    def _is_strong(self, at: int) -> bool:
        """Whether findings, a box or a judgement sentence come soon; where nothing is graded, a heading that
        states something above a paragraph is enough."""
        own = self.lines[at + 1 : min(self.stops[at], at + 1 + _NEAR)]
        if any(_is_area_content(line, self.words) for line in own):
            return True
        if any(area.graded for area in self.words.areas):
            return False
        return any(_states(line) and not below.is_open for line, below in pairwise(own))

    def _is_overview_row(self, at: int) -> bool:
        """Whether the line directly before grades another area: the last row of an overview has text below
        it, and is no more the heading of that text than the rows above."""
        if at == 0 or self.words.graded_heading(self.lines[at - 1].text) is None:
            return False
        area = self.words.area_heading(self.lines[at - 1].text)[0]
        return area is not None and area.label != self.candidates[at]

    def score(self, at: int) -> tuple[int, int, int, int, int]:
        """(no row of an overview; strong; marked as a heading; a pillar with its areas; characters of text).
        None: no section."""
        amount = self.amounts[self.stops[at]] - self.amounts[at + 1]
        if amount == 0 or not self._may_open(at):
            return _NOTHING
        marked = self.lines[at].kind in ("heading", "row")
        row = self._is_overview_row(at)
        return (int(not row), int(at in self.strong), int(marked), int(self.leads[at]), amount)

    def _may_open(self, at: int) -> bool:
        """In an overview and an annex the name of an area alone does not open its section."""
        region_at = self._before(self.top_order, at)
        own = (area := self.words.area_labelled(self.candidates[at])) is not None and area.iri == ""
        if region_at is None or at in self.strong or own or _is_main_heading(self.lines[at]):
            return True  # an area of this report alone is one by what its heading has
        begun = (self._before(self.strong_order, at) or -1) > region_at
        following = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
        opens = self.words.grade_line(following) is not None or at + 1 in self.candidates
        opens = opens or (self.words.graded_heading(self.lines[at].text) is not None and bool(following))
        role = self.tops[region_at]
        return role == "summary" or (role == "overview" and (begun or opens))


def _candidate(line: Line, words: Words) -> str | None:
    if line.is_item or len(line.text) > 200:
        return None
    area, grade = words.area_heading(line.text)
    closed = not line.is_open and not line.text.endswith(("?", ":")) and grade is None
    return area.label if area and not closed else None


def _top(line: Line, words: Words) -> str | None:
    role = words.role_of(line.text) if not line.is_item else None
    return role if role in ("overview", "summary", "annex") else None


def _run(best: int, mine: Collection[int]) -> range:
    """Directly successive lines that name the same area: a heading and its question."""
    first, last = best, best
    while first - 1 in mine:
        first -= 1
    while last + 1 in mine:
        last += 1
    return range(first, last + 1)


def _states(line: Line) -> bool:
    """Whether a line is a heading that states something: open, with a finite verb."""
    return line.is_open and not line.is_item and line.kind != "row" and is_sentence_like(line.text)


def _is_main_heading(line: Line) -> bool:
    return line.kind == "heading" and (line.level or 9) <= 2


def _is_area_content(line: Line, words: Words) -> bool:
    if (
        words.role_of(line.text) == "main"
        or box_label(line.text, words)
        or words.lead_ins.fullmatch(line.text)
    ):
        return True
    return opens_with_grade(line.text, words)
