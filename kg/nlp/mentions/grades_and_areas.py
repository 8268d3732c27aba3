"""Grades, areas, and "the force": what only the report and its framework can resolve."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model.frameworks import AreaDef, Framework, GradeDef
from kg.model.records import Extraction, Span
from kg.model.text.comparing import with_plain_typography
from kg.nlp.mentions.candidates import Candidate
from kg.nlp.mentions.lexicon import words
from kg.nlp.mentions.words import Text
from kg.nlp.rules.pattern_files import GRADES, compiled, load_patterns, pattern
from kg.nlp.rules.prefilter import prefiltered


def find_grades(text: Text, extraction: Extraction, framework: Framework) -> list[Candidate]:
    """Grades in judgement sentences, alone on a line, in tallies and where the words speak of grading."""
    names = {with_plain_typography(name).lower(): grade for grade in framework.grades for name in grade.names}
    any_grade = _any_of(names)
    spans: dict[Span, str] = {}
    for judgement in extraction.judgements:
        for span in judgement.places:
            for match in _in_judgement(text, span, any_grade):
                if names[match[0].lower()].notation == judgement.grade:
                    spans[match.span()] = "grade-judgement"
                    break
    for rule in load_patterns("mention-grades"):
        regex = compiled(rule.regex.pattern.replace(GRADES, any_grade.pattern), re.IGNORECASE)
        for outer in prefiltered(text.plain).finditer(regex):
            if rule.value != "graded-talk" or _is_about_grades(text, outer.start()):
                spans.update(
                    dict.fromkeys(
                        (m.span() for m in any_grade.finditer(text.plain, *outer.span("g"))), rule.id
                    )
                )
    return [
        _grade(span, rule, names[text.plain[span[0] : span[1]].lower()])
        for span, rule in sorted(spans.items())
    ]


def _in_judgement(text: Text, span: Span, grades: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Grade words of a judgement: first those after a verb of judging, then any."""
    matches = list(grades.finditer(text.plain, *span))
    verbs = pattern("mention-context", "judging")
    yield from sorted(
        matches,
        key=lambda m: (
            0 if verbs.search(text.plain[span[0] : m.start()]) or (m[0].lower().startswith("requires")) else 1
        ),
    )


def _is_about_grades(text: Text, start: int) -> bool:
    begin, end = text.sentence(start)
    return pattern("mention-context", "talk-of-grades").search(text.plain, begin, end) is not None


def _grade(span: Span, rule: str, grade: GradeDef) -> Candidate:
    return Candidate(*span, "GRADE", rule, iri=grade.iri, name=grade.label, rank=1)


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(names, key=lambda n: (-len(n), n))
    return compiled(rf"\b(?:{'|'.join(re.escape(name) for name in ordered)})\b", re.IGNORECASE)


def find_areas(text: Text, extraction: Extraction, framework: Framework) -> list[Candidate]:
    """Areas in headings, in judgement sentences and in quotes; the victim service assessment everywhere."""
    areas = {area.label: area for area in framework.areas}
    spans: dict[Span, tuple[str, AreaDef]] = {}
    headed = {s.area for s in extraction.sections if s.area in areas and _names(areas[s.area], s.title)}
    for section in extraction.sections:
        if section.area in areas and _names(areas[section.area], section.title):
            start = text.plain.find(with_plain_typography(section.title), section.start, section.end)
            if start >= 0:
                spans[start, start + len(section.title)] = ("area-heading", areas[section.area])
        elif section.area in areas and section.area not in headed and section.title.endswith("?"):
            asked = _area_span(text, areas[section.area], (section.start, section.start + len(section.title)))
            if asked is not None:
                spans[asked] = ("area-question", areas[section.area])
    for judgement in extraction.judgements:
        for place in judgement.places:
            named = _area_span(text, areas[judgement.area], place) if judgement.area in areas else None
            question = named is not None and text.plain.startswith("?", named[1]) and judgement.area in headed
            # The question below a heading names its area no second time.
            if named is not None and not question:
                spans[named] = ("area-judgement", areas[judgement.area])
    for area in framework.areas:
        for span in _named_areas(text, area):
            spans.setdefault(span, ("area-named", area))
    victims = next((a for a in framework.areas if not a.graded and "ictim" in a.label), None)
    if victims is not None:
        spans.update(
            {
                m.span(): ("area-vsa", victims)
                for m in pattern("mention-context", "victim-service").finditer(text.plain)
            }
        )
    return [
        Candidate(*span, "AREA", rule, iri=area.iri, name=area.label, rank=0)
        for span, (rule, area) in sorted(spans.items(), key=lambda item: item[0])
    ]


def find_graded_areas(text: Text, framework: Framework) -> list[Candidate]:
    """Grades and areas of any sentence that says who is how good at what, another force too."""
    grades = {
        with_plain_typography(name).lower(): grade for grade in framework.grades for name in grade.names
    }
    areas = {
        with_plain_typography(n).lower(): a
        for a in framework.areas
        for n in a.headings
        if not n.startswith("how ")
    }
    regex = compiled(
        rf"\b(?:is|was|are|were|be|remains?)? ?(?P<g>{_any_of(grades).pattern}) (?:at|in|for) "
        rf"(?P<a>{_any_of(areas).pattern})",
        re.IGNORECASE,
    )
    found = []
    for match in prefiltered(text.plain).finditer(regex):
        area = areas[match["a"].lower()]
        found.append(replace(_grade(match.span("g"), "grade-at-area", grades[match["g"].lower()]), rank=2))
        found.append(
            Candidate(*match.span("a"), "AREA", "area-of-grade", iri=area.iri, name=area.label, rank=0)
        )
    return found


def _names(area: AreaDef, title: str) -> bool:
    return with_plain_typography(title).lower() in {
        with_plain_typography(name).lower() for name in area.headings
    }


def _area_span(text: Text, area: AreaDef, span: Span) -> Span | None:
    """The longest of the area’s wordings in a judgement, without "how well the force …"."""
    names = [n for n in area.names if not n.startswith("how ")]
    best: Span | None = None
    for name in sorted(names, key=lambda n: (-len(n), n)):
        match = compiled(rf"\b{re.escape(with_plain_typography(name))}\b", re.IGNORECASE).search(
            text.plain, *span
        )
        if match and (best is None or len(match[0]) > best[1] - best[0]):
            best = match.start() + (3 if match[0].lower().startswith(("at ", "in ")) else 0), match.end()
    return best


def _named_areas(text: Text, area: AreaDef) -> Iterator[Span]:
    """The area’s heading alone on a line, or in quotes."""
    label = re.escape(with_plain_typography(area.label))
    form = compiled(rf"(?m)^(?:- )?({label})[:.]?$|['\"]({label})['\"]")
    for match in prefiltered(text.plain).finditer(form):
        yield match.span(match.lastindex or 0)


def find_nominal(text: Text, force: str | None, name: str | None, kind: str) -> list[Candidate]:
    """Candidates for "the force", "the service" or "the council", by the ``kind`` of the inspected body:
    its path segment; not in compounds."""
    found = []
    for rule in load_patterns("mention-nominal"):
        if rule.value and kind not in rule.value.split():
            continue
        for match in prefiltered(text.plain).finditer(rule.regex):
            after = re.match(r" ([\w'-]+)", text.plain[match.end() : match.end() + 40])
            if after is None or after[1].lower() not in words("force-compounds"):
                found.append(
                    Candidate(
                        *match.span("noun"), "FORCE", rule.id, iri=force, name=name, nominal=True, rank=3
                    )
                )
    return found
