"""Which framework a report follows: every one is a candidate, and one decision weighs all that speaks for it.

What names a framework outweighs what only fits it (``WEIGHTS``): a title more than the address of the page,
that more than a line, that more than a sentence. A report that names none (a fire report without its round, a
letter that says "our PEEL report", news) is read with the one whose areas its headings name, whose grades it
uses and that was in use at its time; that is said to be inferred. Where nothing is enough there is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp

from kg.model.frameworks import Framework
from kg.model.records import Span
from kg.model.text.comparing import without_punctuation
from kg.model.text.sentences import sentence_around
from kg.nlp.document.lines import HEAD, Line
from kg.nlp.document.opening import Opening
from kg.nlp.document.times import (
    When,
    Years,
    cycle_of,
    fit,
    when_of,
    without_months,
    words_of_address,
    years_in,
    years_of,
)
from kg.nlp.document.wording import words_for
from kg.nlp.rules.pattern_files import GRADES, compiled, pattern
from kg.nlp.rules.prefilter import lowered, may_match, prefiltered

WEIGHTS = {
    # what names a framework
    "named in a title": 100,
    "cycle in a title": 90,
    "year in a title": 60,
    "cycle in the address": 45,
    "year in the address": 40,
    "named on a line": 10,
    "cycle beside the programme": 8,
    "named": 4,
    # what fits it
    "programme": 4,
    "years in a title": 2,
    "words of this cycle": 6,
    "publisher": 2,
    "body": 0,
    "area": 2,
    "label of an area": 1,
    "area in a sentence": 1,
    "name of this cycle": 2,
    "grades": 2,
    "in-time": 2,
    "only programme": 2,
    # what does not
    "foreign grade": -4,
    "too-early": -3,
    "late": -5,
    "not-begun": -40,
    "over": -40,
}
"""What each kind of evidence counts. "programme" is its name without a cycle, "years in a title" are those of
its cycle without the programme, "body" is a name of one that it inspects. "area", "label of an
area" and "area in a sentence" count for each area, "name of this cycle" for each name of one that no other
cycle has, "foreign grade" for each grade that it does not have; "grades" is at least two of its own. "words
of this cycle" are what only its reports say of their method. "only programme" is that bodies of the kind are
inspected under no other: once in letters and news, twice where the date of the inspection is known and the
programme has a name. The rest is how it fits the time of the document (``times.fit``)."""
_IN_TITLE = ("named in a title", "cycle in a title", "year in a title")
_IN_TEXT = (*_IN_TITLE, "named on a line", "cycle beside the programme", "named")
_IN_ADDRESS = ("cycle in the address", "year in the address")
_NAMING = (*_IN_TEXT, *_IN_ADDRESS)
_FAMILY = ("programme", "publisher", "body", "words of this cycle")
_ENOUGH = 6
"""The weight from which a framework that nothing names may be inferred."""
_TELLING = 3
"""Areas from which a framework may be chosen among equals without a date, or by the years of its cycle."""
_MOST_SENTENCES, _MOST_NAMES = 4, 3
_SEVERAL_NAMES = 2
"""Names of areas that one framework alone has from which it may be meant though it is not named."""
_CLEAR = 8
"""The margin over the second best from which a decision is no longer doubtful."""
_LONGEST_HEADING = 120
_LONGEST_LINE = 500
"""A longer text is searched as a whole, with what is remembered of its lines."""


@dataclass(frozen=True, slots=True)
class FrameworkFound:
    """``inferred`` says from what, where the text (or a given fact) does not name the framework; ``spans``
    are the words that name it, ``confidence`` is below 1 where it is inferred or ``rival``, another, is
    nearly as likely."""

    framework: Framework | None
    inferred: str | None = None
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0
    rival: Framework | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a framework and against it: each kind of evidence, and how often."""

    framework: Framework
    counts: Mapping[str, int]

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[kind] * count for kind, count in self.counts.items())

    def has(self, *kinds: str) -> bool:
        return any(self.counts.get(kind) for kind in kinds)

    @property
    def is_enough(self) -> bool:
        """Whether it may be the one: it is named, or much fits it and its programme or publisher is there."""
        if self.has(*_NAMING):
            return self.weight > 0
        telling = self.has("years in a title") and self.counts.get("area", 0) >= _TELLING
        telling = telling or (self.framework.only_named and self.has("area"))
        return (telling or self.has(*_FAMILY)) and self.weight >= _ENOUGH


def find_framework(
    given: Mapping[str, str], opening: Opening, frameworks: Sequence[Framework]
) -> FrameworkFound:
    """The framework of a report: the given one, else the one that most speaks for."""
    if wanted := given.get("framework"):
        exact = [f for f in frameworks if wanted in (f.notation, f.title, f.iri)]
        return FrameworkFound(exact[0] if exact else _only(f for f in frameworks if count_names(f, wanted)))
    if _names_unknown_cycle(opening, frameworks):
        return FrameworkFound(None)
    return decide(opening, Weighing(opening, frameworks))


def decide(opening: Opening, weighing: Weighing) -> FrameworkFound:
    """The one decision over all frameworks."""
    ranked = sorted(weighing.evidence(), key=lambda e: (-e.weight, e.framework.notation))
    likely = [evidence for evidence in ranked if evidence.is_enough]
    if likely and likely[0].weight < ranked[0].weight:  # what fits best is not enough, so only a name is
        likely = [evidence for evidence in likely if evidence.has(*_NAMING)]
    if not likely:
        return FrameworkFound(None)
    leaders = [evidence for evidence in likely if evidence.weight == likely[0].weight]
    best = leaders[0] if len(leaders) == 1 else _latest(leaders, weighing.when)
    return _found(best, likely, weighing) if best else FrameworkFound(None)


def _latest(leaders: Sequence[Evidence], when: When | None) -> Evidence | None:
    """Of frameworks that are equally likely the one that follows the others, as reports name earlier cycles;
    none for a year that several cycles share, or where little speaks for any and no day is known."""
    first = leaders[0]
    little = first.counts.get("area", 0) < _TELLING and not first.has(*_NAMING)
    if first.has("year in a title", "year in the address") or (little and not (when and when.is_day)):
        return None
    earlier = {evidence.framework.previous for evidence in leaders}
    last = [evidence for evidence in leaders if evidence.framework.notation not in earlier]
    return last[0] if len(last) == 1 else None


def _found(best: Evidence, likely: Sequence[Evidence], weighing: Weighing) -> FrameworkFound:
    """The decision with its words, its doubt and, if nothing in the text names the framework, its reasons."""
    others = [e for e in likely if e is not best and (e.has(*_NAMING) or not best.has(*_IN_TEXT))]
    second = max(others, key=lambda e: e.weight, default=None)
    margin = best.weight - second.weight if second else _CLEAR
    rival = second.framework if second and margin < _CLEAR else None
    confidence = round(1 / (1 + exp(-margin / 4)), 2) if rival else 1.0
    if best.has(*_IN_TEXT):
        return FrameworkFound(best.framework, None, weighing.words_naming(best), confidence, rival)
    most = _OF_ADDRESS if best.has(*_IN_ADDRESS) else _OF_INFERRED
    return FrameworkFound(best.framework, _reason(best, weighing.when), (), min(confidence, most), rival)


_OF_ADDRESS, _OF_INFERRED = 0.9, 0.7
"""How sure a framework is that only the address of its page names, or nothing."""
_REASONS = {
    **dict.fromkeys(_IN_ADDRESS, "the address of its page"),
    "words of this cycle": "words that only its reports have",
    "area": "{} of its areas",
    "area in a sentence": "{} of its areas in sentences",
    "name of this cycle": "{} names of areas that no other cycle has",
    "programme": "the programme",
    "grades": "its grades",
}


def _reason(evidence: Evidence, when: When | None) -> str:
    """From what a framework is inferred, in words."""
    counts = evidence.counts
    said = [form.format(counts[kind]) for kind, form in _REASONS.items() if counts.get(kind)]
    if when and evidence.has("in-time"):
        said.append(str(when))
    return ", ".join(said) or "its publisher"


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


def _names_unknown_cycle(opening: Opening, frameworks: Sequence[Framework]) -> bool:
    """Whether a title names a cycle of a known programme that no framework describes: "PEEL 2027–29"."""
    last = max((cycle[1] for f in frameworks if (cycle := cycle_of(f))), default=0)
    for title in opening.titles:
        years = years_of(title)
        programme = any(compiled(p).search(title) for f in frameworks for p in f.wording.programme_patterns)
        if programme and years and years[1] > last:
            return True
    return False


# --- the evidence -------------------------------------------------------------------------------------


class Weighing:
    """All that an opening says for and against each framework."""

    def __init__(self, opening: Opening, frameworks: Sequence[Framework]) -> None:
        self.opening, self.frameworks = opening, frameworks
        self.told = _without_announcements(opening.text)
        self.short = [
            self.told[line.start : line.end] for line in opening.lines if line.is_open and len(line.text) < 80
        ]
        self.headings = [line.text.strip(" |") for line in opening.lines if _may_head(line)]
        self.plain_headings = {without_punctuation(heading) for heading in self.headings}
        self.address = words_of_address(opening.address)
        self._years: dict[str, set[Years]] = {}
        kind = opening.body_kind
        ours = [f for f in frameworks if kind in (None, f.body_kind)]
        programmes = sorted({p for f in ours for p in f.wording.programme_patterns})
        self.when = when_of(opening, self.told, programmes)
        self.grades = {
            publisher: _grades_used(
                opening.lines, opening.text, [f for f in ours if f.publisher == publisher]
            )
            for publisher in {f.publisher for f in ours}
        }

    def evidence(self) -> list[Evidence]:
        """What speaks for each framework, of those of the kind of body that the document speaks of."""
        naming = {framework.notation: self._naming(framework) for framework in self.frameworks}
        entitled = any(kind in counts for counts in naming.values() for kind in _IN_TITLE)
        found = []
        for framework in self.frameworks:
            counts = naming[framework.notation]
            if self.opening.body_kind in (None, framework.body_kind):
                counts += self._fitting(framework, named=bool(counts), sentences=not entitled)
            if counts and (fitting := fit(framework, self.frameworks, self.when)):
                counts[fitting] = 1
            if counts:
                found.append(Evidence(framework, counts))
        return found

    # What names a framework.

    def _naming(self, framework: Framework) -> Counter[str]:
        found: Counter[str] = Counter()
        if in_title := self._in_title(framework):
            found[in_title] = 1
        if in_address := self._in_address(framework):
            found[in_address] = 1
        if count_names(framework, self.told):
            found["named"] = 1
            found["named on a line"] = any(count_names(framework, line) for line in self.short)
        if self._beside_programme(framework):
            found["cycle beside the programme"] = 1
        return +found

    def _in_title(self, framework: Framework) -> str | None:
        """What titles are for a framework: its name, or its programme with years of its cycle."""
        titles = self.opening.titles
        if any(count_names(framework, title) for title in titles):
            return "named in a title"
        cycle = cycle_of(framework)
        if cycle is None or self.opening.body_kind not in (None, framework.body_kind):
            return None
        programmes = [compiled(form) for form in framework.wording.programme_patterns]
        head = "\n".join(line.text for line in self.opening.lines[:HEAD])
        for title in titles:
            years = years_of(without_months(title))
            place = pattern("document", "place-and-year").fullmatch(title)
            said = any(form.search(title) or (place and form.search(head)) for form in programmes)
            said = said or (place is not None and self._is_only_programme(framework))
            if years and said and cycle[0] <= years[0] and years[1] <= cycle[1]:
                return "cycle in a title" if years == cycle else "year in a title"
        return None

    def _in_address(self, framework: Framework) -> str | None:
        """What the address of the page is for a framework: "/peel-2016/norfolk/", "/frs-2021/"."""
        cycle, years = cycle_of(framework), years_of(self.address)
        programmes = framework.wording.programme_patterns
        named = any(compiled(form, re.IGNORECASE).search(self.address) for form in programmes)
        if not named or cycle is None or years is None:
            return None
        if years == cycle:
            return "cycle in the address"
        return "year in the address" if cycle[0] <= years[0] and years[1] <= cycle[1] else None

    def _is_only_programme(self, framework: Framework) -> bool:
        """Whether all frameworks of the kind of body that a document speaks of follow one another: what it is
        inspected under needs no name of a programme."""
        kind = framework.body_kind
        firsts = {f.notation for f in self.frameworks if f.body_kind == kind and f.previous is None}
        return self.opening.body_kind == kind and len(firsts) == 1

    def _beside_programme(self, framework: Framework) -> bool:
        """Whether a sentence has the programme and the years of the cycle: "the 2021/22 police efficiency,
        effectiveness and legitimacy (PEEL) programme"; or, where the programme is named elsewhere, calls
        years that are no financial year a cycle: "the 2023-25 inspections"."""
        cycle = cycle_of(framework)
        forms = [form for form in framework.wording.programme_patterns if self._is_named(form)]
        if cycle is None or cycle[0] == cycle[1] or not forms:
            return False
        if cycle[1] - cycle[0] > 1:
            forms.append(pattern("document", "of-a-cycle").pattern)
        return any(cycle in self._years_beside(form) for form in forms)

    def _is_named(self, programme: str) -> bool:
        return compiled(programme).search(self.opening.text) is not None

    def _years_beside(self, form: str) -> set[Years]:
        """The years in the sentences that have these words, found once for all frameworks."""
        if form not in self._years:
            text = self.opening.text
            spans = {sentence_around(text, *match.span()) for match in compiled(form).finditer(text)}
            self._years[form] = {years for a, b in spans for years in years_in(self.told[a:b])}
        return self._years[form]

    def words_naming(self, evidence: Evidence) -> tuple[Span, ...]:
        """The title, if it names the framework, else where the text does so first."""
        if self.opening.title_span and evidence.has(*_IN_TITLE):
            return (self.opening.title_span,)
        forms = evidence.framework.recognised_by
        found = [m.span() for form in forms for m in prefiltered(self.told).finditer(compiled(form))]
        return (min(found),) if found else ()

    # What fits a framework.

    def _fitting(self, framework: Framework, *, named: bool, sentences: bool) -> Counter[str]:
        """What speaks for a framework besides its name; for one whose areas are headings of other reports too
        only if names of areas that no other has stand in the text. With ``sentences``, what running text says
        counts too: where no title names a framework."""
        found: Counter[str] = Counter()
        text, wording = self.opening.text, framework.wording
        if framework.only_named and not named and not (sentences and self._has_names_of(framework)):
            return found
        words = words_for(framework, self.frameworks)
        areas = {area.label for heading in self.headings if (area := words.area_heading(heading)[0])}
        found["area"] = len(areas)
        found["label of an area"] = sum(
            without_punctuation(area.label) in self.plain_headings for area in framework.areas
        )
        found["words of this cycle"] = any(compiled(form).search(self.told) for form in framework.marked_by)
        found["programme"] = any(compiled(form).search(self.told) for form in wording.programme_patterns)
        found["publisher"] = any(compiled(form).search(text) for form in wording.publisher_patterns)
        found["body"] = any(compiled(form).search(text) for form in wording.body_patterns)
        used, own = self.grades[framework.publisher], {grade.notation for grade in framework.grades}
        found["grades"] = len(used & own) >= 2
        found["foreign grade"] = len(used - own)
        if self.when and self._is_only_programme(framework):
            dated = self.when.inspected and bool(wording.programme_patterns)
            found["only programme"] = 2 if dated else not self.opening.graded
        found["years in a title"] = any(
            years_of(title) == cycle_of(framework) for title in self.opening.titles
        )
        if sentences and used:
            found += self._in_sentences(framework)
        return +found

    def _has_names_of(self, framework: Framework) -> bool:
        """Whether the text has several names of areas that only this framework has, or headings that are
        labels of its areas alone."""
        used = self.grades[framework.publisher]
        names = _names_of_one_cycle(framework, tuple(self.frameworks))
        plain = f" {without_punctuation(self.opening.text[:_OPENING])} "
        labels = {without_punctuation(area.label) for area in framework.areas} & self.plain_headings
        told = sum(f" {name} " in plain for name in names) >= _SEVERAL_NAMES and bool(used)
        return told or (len(labels) >= _TELLING and bool(labels & names))

    def _in_sentences(self, framework: Framework) -> Counter[str]:
        """Areas that running text names, where it has grades: "how it investigates crime"; and names of areas
        that no other cycle has."""
        found: Counter[str] = Counter()
        if self.opening.body_kind is None:
            return found
        plain = f" {without_punctuation(self.opening.text[:_OPENING])} "
        own = {area.label for area in framework.areas if any(f" {n} " in plain for n in _names(area.names))}
        found["area in a sentence"] = min(len(own), _MOST_SENTENCES) if len(own) > 1 else 0
        names = _names_of_one_cycle(framework, tuple(self.frameworks))
        found["name of this cycle"] = min(sum(f" {n} " in plain for n in names), _MOST_NAMES)
        return +found


_OPENING = 8000
"""Characters of a text in which sentences name the areas that it is about."""


@cache
def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(without_punctuation(name) for name in names)


@cache
def _names_of_one_cycle(framework: Framework, frameworks: tuple[Framework, ...]) -> frozenset[str]:
    """Names of areas, of three words or more, that no other framework for these bodies has."""

    def of(one: Framework) -> set[str]:
        return {name for area in one.areas for name in _names(area.names) if len(name.split()) > 2}

    others = [f for f in frameworks if f is not framework and f.body_kind == framework.body_kind]
    return frozenset(of(framework).difference(*map(of, others)))


def _without_announcements(text: str) -> str:
    """The text with blanks for sentences on what is still to come: "our PEEL 2025–27 inspection will …"."""
    blank = lambda match: " " * len(match[0])  # noqa: E731
    for rule in ("announced-beside", "announced"):
        text = pattern("document", rule).sub(blank, text)
    return text


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
