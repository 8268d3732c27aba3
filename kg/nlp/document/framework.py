"""Which framework a report follows: the one that it names, else the one that all it says points to.

A report that names none (a fire report without its round, a letter that says "our PEEL report") is read with
the framework whose areas its headings name, whose grades it uses and whose time it falls into. Such a
framework is inferred and is said to be so. Where nothing does there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.model.frameworks import Framework
from kg.model.records import Span
from kg.model.text.comparing import without_punctuation
from kg.nlp.document.lines import HEAD, Line
from kg.nlp.document.wording import Words, words_for
from kg.nlp.periods.dates import date_in, month_bounds
from kg.nlp.rules.pattern_files import GRADES, compiled, pattern
from kg.nlp.rules.prefilter import lowered, may_match, prefiltered

_TO_REPORT = timedelta(days=120)
"""From the first visits of a cycle to its first report, at the least."""
_LAST_REPORTS = timedelta(days=540)
"""From the first visits of a cycle to the last report of the cycle before."""
_LAST_VISITS = timedelta(days=120)
"""From the first visits of a cycle to the last visits of the cycle before."""
_TELLING = 3
"""Areas from which a framework may be chosen among equals without a date."""
_LONGEST_HEADING = 120


@dataclass(frozen=True, slots=True)
class FrameworkFound:
    """``inferred`` says from what, where the text (or a given fact) does not name the framework; ``spans``
    are the words that name it, ``confidence`` is below 1 where it is inferred or others are named too."""

    framework: Framework | None
    inferred: str | None = None
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known of a document before its framework is: its text and lines; its titles (that of the text
    with its span, that of its page); when it was published, when its inspection took place (ISO; None if not
    known); the class of bodies that it speaks of; and whether its kind of report grades areas (letters and
    news do not)."""

    text: str
    lines: Sequence[Line]
    title: str | None
    title_span: Span | None = None
    page_title: str | None = None
    published: str | None = None
    inspected: str | None = None
    body_kind: str | None = None
    graded: bool = True

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(title for title in (self.title, self.page_title) if title)

    @property
    def when(self) -> str | None:
        return self.inspected or self.published


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The evidence for a framework: areas among the headings, those of them under their own labels, whether
    the programme or the publisher is named, distinct grades used, and whether all of them are its own."""

    framework: Framework
    areas: int
    labels: int
    programme: bool
    publisher: bool
    grades: int
    foreign: int


def find_framework(
    given: Mapping[str, str], opening: Opening, frameworks: Sequence[Framework]
) -> FrameworkFound:
    """The framework of a report: the given one, else the one that it names, else the one inferred."""
    if wanted := given.get("framework"):
        exact = [f for f in frameworks if wanted in (f.notation, f.title, f.iri)]
        return FrameworkFound(exact[0] if exact else _only(f for f in frameworks if count_names(f, wanted)))
    if named := _named(opening, frameworks):
        return named
    if _names_unknown_cycle(opening, frameworks):
        return FrameworkFound(None)
    return _inferred(opening, frameworks)


_LONGEST_LINE = 500
"""A longer text is searched as a whole, with what is remembered of its lines."""


def count_names(framework: Framework, text: str) -> int:
    """How often a text names a framework."""
    patterns = map(compiled, framework.recognised_by)
    if len(text) > _LONGEST_LINE:
        return sum(1 for regex in patterns for _ in prefiltered(text).finditer(regex))
    low = lowered(text)
    return sum(len(regex.findall(text)) for regex in patterns if may_match(regex, low))


def _only(found: Iterable[Framework]) -> Framework | None:
    frameworks = list(found)
    return frameworks[0] if len(frameworks) == 1 else None


# --- frameworks that are named ------------------------------------------------------------------------

_IN_TITLE, _CYCLE_IN_TITLE, _YEAR_IN_TITLE, _ON_LINE, _IN_TEXT, _AREA = 100, 90, 60, 10, 4, 2
"""What counts for a framework: its name in a title; its programme with the years of its cycle, or a year of
it, in one; its name on a short line; anywhere else but in what is announced; the label of each area, if half
of them are there."""


def _named(opening: Opening, frameworks: Sequence[Framework]) -> FrameworkFound | None:
    """The framework that counts most, if it is named; of equals the newest that had begun."""
    told = _without_announcements(opening.text)
    present = {without_punctuation(line.text) for line in opening.lines if len(line.text) < _LONGEST_HEADING}
    short = [told[line.start : line.end] for line in opening.lines if line.is_open and len(line.text) < 80]
    scores = {f.notation: _score(f, opening, told, short, present, frameworks) for f in frameworks}
    best = max(scores.values(), default=0)
    leaders = [f for f in frameworks if scores[f.notation] == best]
    in_title = best >= _YEAR_IN_TITLE
    named = in_title or any(count_names(framework, told) for framework in leaders)
    if best <= 0 or not named:
        return None
    day = date.fromisoformat(_last_day(opening.when)) if opening.when else None
    in_time = [f for f in leaders if _may_be_of(f, frameworks, day, opening.inspected is not None)]
    leaders = in_time or (leaders if in_title else [])
    chosen = _only(leaders) if best == _YEAR_IN_TITLE else _newest(leaders)
    if chosen is None:
        return None
    rivals = sum(score >= _IN_TEXT and score * 2 > best for score in scores.values()) - 1
    spans = _words_for(chosen, opening, told, frameworks)
    return FrameworkFound(chosen, None, spans, 1.0 if in_title or not rivals else round(1 / (1 + rivals), 2))


def _without_announcements(text: str) -> str:
    """The text with blanks for sentences on what is still to come: "our PEEL 2025–27 inspection will …"."""
    blank = lambda match: " " * len(match[0])  # noqa: E731
    return pattern("document", "announced").sub(blank, text)


def _words_for(
    framework: Framework, opening: Opening, told: str, frameworks: Sequence[Framework]
) -> tuple[Span, ...]:
    """The title, if it names the framework, else where the text does so first."""
    if opening.title_span and _in_title(framework, opening, (opening.title or "",), frameworks):
        return (opening.title_span,)
    found = [m.span() for form in framework.recognised_by for m in prefiltered(told).finditer(compiled(form))]
    return (min(found),) if found else ()


def _is_only_family(framework: Framework, opening: Opening, frameworks: Sequence[Framework]) -> bool:
    """Whether all frameworks of the kind of body that a document speaks of follow one another: what it is
    inspected under needs no name of a programme."""
    firsts = {f.notation for f in frameworks if f.body_kind == framework.body_kind and f.previous is None}
    return opening.body_kind == framework.body_kind and len(firsts) == 1


def _in_title(
    framework: Framework, opening: Opening, titles: Sequence[str], frameworks: Sequence[Framework]
) -> int:
    """What titles count for a framework."""
    if any(count_names(framework, title) for title in titles):
        return _IN_TITLE
    cycle = _cycle_of(framework)
    if cycle is None or opening.body_kind not in (None, framework.body_kind):
        return 0
    programmes = [compiled(form) for form in framework.wording.programme_patterns]
    head = "\n".join(line.text for line in opening.lines[:HEAD])
    for title in titles:
        years = _years_of(title)
        place = pattern("document", "place-and-year").fullmatch(title)
        said = any(form.search(title) or (place and form.search(head)) for form in programmes)
        said = said or (place is not None and _is_only_family(framework, opening, frameworks))
        if years and said and cycle[0] <= years[0] and years[1] <= cycle[1]:
            return _CYCLE_IN_TITLE if years == cycle else _YEAR_IN_TITLE
    return 0


def _years_of(text: str) -> tuple[int, int] | None:
    """The first and last year of the one range (or year) of years that a text has."""
    found = {
        (int(m[1]), int(m[1][:2] + (m[2] or m[1])[-2:])) for m in pattern("document", "years").finditer(text)
    }
    return found.pop() if len(found) == 1 else None


def _cycle_of(framework: Framework) -> tuple[int, int] | None:
    """The years of a framework’s cycle, as its title says."""
    return _years_of(framework.title.replace(" to ", "–"))


def _names_unknown_cycle(opening: Opening, frameworks: Sequence[Framework]) -> bool:
    """Whether a title names a cycle of a known programme that no framework describes: "PEEL 2027–29"."""
    for title in opening.titles:
        years = _years_of(title)
        programme = any(compiled(p).search(title) for f in frameworks for p in f.wording.programme_patterns)
        last = max((cycle[1] for f in frameworks if (cycle := _cycle_of(f))), default=0)
        if programme and years and years[1] > last:
            return True
    return False


def _newest(leaders: list[Framework]) -> Framework | None:
    """Of frameworks that are equally likely the one that follows the others: reports name earlier cycles."""
    earlier = {framework.previous for framework in leaders}
    return _only(framework for framework in leaders if framework.notation not in earlier)


def _score(
    framework: Framework,
    opening: Opening,
    told: str,
    short: Sequence[str],
    present: set[str],
    frameworks: Sequence[Framework],
) -> int:
    """Points for a framework; ``told`` is the text without announcements, ``short`` are its short lines."""
    mentioned = count_names(framework, told)
    named = bool(mentioned) and any(count_names(framework, line) for line in short)
    found = sum(without_punctuation(area.label) in present for area in framework.areas)
    areas = _AREA * found if found >= max(3, len(framework.areas) // 2) else 0
    in_title = _in_title(framework, opening, opening.titles, frameworks)
    return in_title + _ON_LINE * named + _IN_TEXT * bool(mentioned) + areas


def _may_be_of(
    framework: Framework, frameworks: Sequence[Framework], day: date | None, inspected: bool
) -> bool:
    """Whether a report of that day (or an inspection, if ``inspected``) can follow a framework."""
    if day is None:
        return True
    if framework.begins and framework.begins > day.isoformat():
        return False
    return not inspected or _in_time(framework, frameworks, day, inspected)


# --- frameworks that are inferred ---------------------------------------------------------------------


def _inferred(opening: Opening, frameworks: Sequence[Framework]) -> FrameworkFound:
    text, lines, graded = opening.text, opening.lines, opening.graded
    ours = [f for f in _of_the_body(opening, frameworks) if not f.only_named]
    dated = _programme_date(_without_announcements(text), ours) if not graded else None
    known = opening.inspected or dated or opening.published
    inspected = opening.inspected is not None
    day = date.fromisoformat(_last_day(known)) if known else None
    likely = [_evidence(f, text, lines, frameworks) for f in ours if _in_time(f, frameworks, day, inspected)]
    family = day is not None and any(_is_only_family(f, opening, frameworks) for f in ours)
    likely = [e for e in likely if _is_enough(e, day, graded) or (family and e.publisher and not graded)]
    if not likely:
        return FrameworkFound(None)
    fewest = min(evidence.foreign for evidence in likely)
    likely = [evidence for evidence in likely if evidence.foreign == fewest]
    most = max((evidence.areas, evidence.labels) for evidence in likely)
    leaders = [evidence for evidence in likely if (evidence.areas, evidence.labels) == most]
    chosen = _newest([evidence.framework for evidence in leaders])
    if chosen is None or (day is None and len(leaders) > 1 and most[0] < _TELLING):
        return FrameworkFound(None)
    reason = _reason(next(evidence for evidence in leaders if evidence.framework is chosen), day)
    return FrameworkFound(chosen, reason, (), round(1 / (1 + len(likely)), 2))


def _last_day(known: str) -> str:
    """The last day of an ISO month, or the day itself."""
    return month_bounds(*map(int, known.split("-")))[1].isoformat() if known.count("-") == 1 else known


def _of_the_body(opening: Opening, frameworks: Sequence[Framework]) -> list[Framework]:
    """The frameworks of the kind of body that the document speaks of; failing that, of those it names."""
    if opening.body_kind:
        ours = [f for f in frameworks if f.body_kind == opening.body_kind]
        forms = {
            form
            for f in ours
            for form in (
                *f.wording.body_patterns,
                *f.wording.programme_patterns,
                *f.wording.publisher_patterns,
            )
        }
        return ours if any(compiled(form).search(opening.text) for form in forms) else []
    head = "\n".join([opening.title or "", *(line.text for line in opening.lines[:HEAD])])
    for words in (opening.title or "", head, opening.text):
        found = [f for f in frameworks if any(compiled(p).search(words) for p in f.wording.body_patterns)]
        if found:
            return found
    return []


def _programme_date(text: str, frameworks: Iterable[Framework]) -> str | None:
    """The date or year of the inspection that a letter follows up: "our PEEL report of 21 November 2023"."""
    patterns = sorted({p for f in frameworks for p in f.wording.programme_patterns})
    for form in patterns:
        for match in re.finditer(rf"[^.\n]*(?:{form})[^.\n]*", text):
            if found := date_in(match[0]):
                return found
            if year := re.search(r"\b(20[0-4]\d)\b", match[0]):
                return f"{year[1]}-12-31"
    return None


def _in_time(
    framework: Framework, frameworks: Sequence[Framework], day: date | None, inspected: bool = False
) -> bool:
    """Whether a report of that day can follow a framework; with ``inspected``, an inspection that began."""
    if day is None:
        return True
    begins = date.fromisoformat(framework.begins) if framework.begins else None
    if begins and begins + (timedelta(0) if inspected else _TO_REPORT) > day:
        return False
    following = [f.begins for f in frameworks if f.previous == framework.notation and f.begins]
    late = _LAST_VISITS if inspected else _LAST_REPORTS
    return not any(date.fromisoformat(begins) + late < day for begins in following)


def _evidence(
    framework: Framework, text: str, lines: Sequence[Line], frameworks: Sequence[Framework]
) -> _Evidence:
    words = words_for(framework, frameworks)
    headings = [line.text for line in lines if _may_head(line)]
    areas = {area.label for heading in headings if (area := words.area_heading(heading)[0])}
    plain = {without_punctuation(heading) for heading in headings}
    others = [f for f in frameworks if f.publisher_name == framework.publisher_name]
    used = _grades_used(lines, text, others)
    own = {grade.notation for grade in framework.grades}
    return _Evidence(
        framework,
        len(areas),
        sum(without_punctuation(area.label) in plain for area in framework.areas),
        any(compiled(form).search(text) for form in framework.wording.programme_patterns),
        any(compiled(form).search(text) for form in framework.wording.publisher_patterns),
        len(used & own),
        len(used - own),
    )


def _may_head(line: Line) -> bool:
    may = not line.is_item and len(line.text) < _LONGEST_HEADING
    return may and (line.is_open or line.text.endswith("?") or line.kind == "row")


def _grades_used(lines: Sequence[Line], text: str, frameworks: Sequence[Framework]) -> set[str]:
    """Notations of the grades that stand alone on a line, after an area, in quotes, or after "is" before
    "at" or "in"."""
    names = {
        without_punctuation(n): grade.notation for f in frameworks for grade in f.grades for n in grade.names
    }
    any_name = "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))
    if not any_name:
        return set()
    alone = compiled(rf"(?:.* \| |.{{3,80}}[:–—-] )?({any_name})(?: *\([^)]*\))?\.?", re.IGNORECASE)
    said = compiled(pattern("document", "grade-said").pattern.replace(GRADES, any_name), re.IGNORECASE)
    found = {match[1] for line in lines if (match := alone.fullmatch(line.text.strip("- ")))}
    found |= {group for match in said.finditer(text) for group in match.groups() if group}
    return {names[without_punctuation(name)] for name in found}


def _is_enough(evidence: _Evidence, day: date | None, graded: bool) -> bool:
    """Whether a framework may be inferred: many of its areas, or few and its programme or publisher."""
    family = evidence.programme or evidence.publisher
    if evidence.areas >= 3 or (family and evidence.areas >= 2) or (evidence.programme and evidence.areas):
        return True
    if day is None:
        return False
    return (evidence.programme and not graded) or (family and evidence.grades >= 2)


def _reason(evidence: _Evidence, day: date | None) -> str:
    said = [
        f"{evidence.areas} of its areas" if evidence.areas else "",
        "the programme" if evidence.programme else "",
        f"{evidence.grades} of its grades" if evidence.grades else "",
        f"the date {day.isoformat()}" if day else "",
    ]
    return ", ".join(filter(None, said))


# --- grades that a report uses beyond those of its framework -------------------------------------------


def with_grades_used(framework: Framework, lines: Iterable[str], others: Sequence[Framework]) -> Framework:
    """The framework with those grades of its publisher that stand alone on a ``lines`` of the report, though
    they are not among its own."""
    own = {grade.notation for grade in framework.grades}
    more = {
        grade.notation: grade
        for other in others
        if other.publisher_name == framework.publisher_name and other.body_kind == framework.body_kind
        for grade in other.grades
        if grade.notation not in own
    }
    if not more:
        return framework
    wide = replace(framework, grades=(*framework.grades, *more.values()))
    words = Words(wide, wide.wording, (), ())
    used = {words.grade_line(line) for line in lines if len(line) < _LONGEST_HEADING}
    added = tuple(grade for notation, grade in more.items() if notation in used)
    return replace(framework, grades=(*framework.grades, *added)) if added else framework
