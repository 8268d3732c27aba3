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
from kg.model.text.comparing import without_punctuation
from kg.nlp.document.lines import HEAD, Line
from kg.nlp.document.wording import Words, words_for
from kg.nlp.periods.dates import date_in
from kg.nlp.rules.pattern_files import GRADES, compiled, pattern
from kg.nlp.rules.prefilter import lowered, may_match, prefiltered

_TO_REPORT = timedelta(days=120)
"""From the first visits of a cycle to its first report, at the least."""
_LAST_REPORTS = timedelta(days=540)
"""From the first visits of a cycle to the last report of the cycle before."""
_LONGEST_HEADING = 120


@dataclass(frozen=True, slots=True)
class FrameworkFound:
    """``inferred`` says from what, where the text (or a given fact) does not name the framework."""

    framework: Framework | None
    inferred: str | None = None


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
    given: Mapping[str, str],
    title: str | None,
    text: str,
    lines: Sequence[Line],
    frameworks: Sequence[Framework],
    when: str | None,
    graded: bool = True,
) -> FrameworkFound:
    """The framework of a report that was published or inspected ``when`` (ISO; None if not known).

    ``graded`` is False for kinds of report that grade nothing: letters and news.
    """
    if wanted := given.get("framework"):
        exact = [f for f in frameworks if wanted in (f.notation, f.title, f.iri)]
        return FrameworkFound(exact[0] if exact else _only(f for f in frameworks if count_names(f, wanted)))
    if named := _named(title, text, lines, frameworks, when):
        return FrameworkFound(named)
    return _inferred(title, text, lines, frameworks, when, graded)


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


def _named(
    title: str | None, text: str, lines: Sequence[Line], frameworks: Sequence[Framework], when: str | None
) -> Framework | None:
    present = {without_punctuation(line.text) for line in lines if len(line.text) < _LONGEST_HEADING}
    short = [line.text for line in lines if line.is_open and len(line.text) < 80]
    scores = {f.notation: _score(f, title or "", text, short, present) for f in frameworks}
    best = max(scores.values(), default=0)
    leaders = [f for f in frameworks if scores[f.notation] == best]
    if best <= 0 or not any(count_names(framework, text) for framework in leaders):
        return None
    return _newest([f for f in leaders if not (when and f.begins and f.begins > when)] or leaders)


def _newest(leaders: list[Framework]) -> Framework | None:
    """Of frameworks that are equally likely the one that follows the others: reports name earlier cycles."""
    earlier = {framework.previous for framework in leaders}
    return _only(framework for framework in leaders if framework.notation not in earlier)


def _score(framework: Framework, title: str, text: str, short: Sequence[str], present: set[str]) -> int:
    """Points for a framework: its name in the title 100, on a ``short`` line 10, anywhere 4; 2 for each
    area whose label is among the lines ``present``, if half of the areas are there."""
    mentioned = count_names(framework, text)
    named = bool(mentioned) and any(count_names(framework, line) for line in short)
    found = sum(without_punctuation(area.label) in present for area in framework.areas)
    areas = 2 * found if found >= max(3, len(framework.areas) // 2) else 0
    return 100 * bool(count_names(framework, title)) + 10 * named + 4 * bool(mentioned) + areas


# --- frameworks that are inferred ---------------------------------------------------------------------


def _inferred(
    title: str | None,
    text: str,
    lines: Sequence[Line],
    frameworks: Sequence[Framework],
    when: str | None,
    graded: bool,
) -> FrameworkFound:
    ours = _of_the_body(title, text, lines, frameworks)
    dated = _programme_date(text, ours) if not graded else None
    known = dated or when
    day = date.fromisoformat(known) if known else None
    likely = [_evidence(f, text, lines, frameworks) for f in ours if _in_time(f, frameworks, day)]
    likely = [evidence for evidence in likely if _is_enough(evidence, day, graded)]
    if not likely:
        return FrameworkFound(None)
    fewest = min(evidence.foreign for evidence in likely)
    likely = [evidence for evidence in likely if evidence.foreign == fewest]
    most = max((evidence.areas, evidence.labels) for evidence in likely)
    leaders = [evidence for evidence in likely if (evidence.areas, evidence.labels) == most]
    chosen = _newest([evidence.framework for evidence in leaders])
    reason = (
        _reason(next(evidence for evidence in leaders if evidence.framework is chosen), day)
        if chosen
        else None
    )
    return FrameworkFound(chosen, reason)


def _of_the_body(
    title: str | None, text: str, lines: Sequence[Line], frameworks: Sequence[Framework]
) -> list[Framework]:
    """The frameworks whose kind of body the beginning names; failing that, the whole text."""
    head = "\n".join([title or "", *(line.text for line in lines[:HEAD])])
    for words in (title or "", head, text):
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


def _in_time(framework: Framework, frameworks: Sequence[Framework], day: date | None) -> bool:
    if day is None:
        return True
    if framework.begins and date.fromisoformat(framework.begins) + _TO_REPORT > day:
        return False
    following = [f.begins for f in frameworks if f.previous == framework.notation and f.begins]
    return not any(date.fromisoformat(begins) + _LAST_REPORTS < day for begins in following)


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
