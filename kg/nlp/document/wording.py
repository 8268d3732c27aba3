"""A framework's wordings, compiled for one inspected body: which area, grade, heading or box a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from kg.model.frameworks import AreaDef, BoxDef, Framework, GradeDef, KindDef, Wording
from kg.model.records import Span
from kg.model.text.comparing import without_punctuation
from kg.nlp.document.grade_wording import GradeWording
from kg.nlp.rules.pattern_files import compiled, pattern

_GRADE_SEPARATOR = r"(?:(?<=\?)|\s*[:–—|\t-]+\s*|\s+(?:(?:is|are)\s*(?::\s*|\s))?)"
"""Between a heading and its grade on one line: a mark, "is", "are:" …"""
_YEAR = re.compile(r"\b(20\d\d)(?:\s?[-–/]\s?(?:20)?(\d\d))?\b")
_DATED = re.compile(rf"\(\s*{_YEAR.pattern}\s*\)\.?\s*\Z")
"""A year and nothing else behind a grade: that is when it was given."""
_MARK = re.compile(r"\?|[:|\t] ?| [–—-] ")
"""Between a heading and what is said of it."""
_UNGRADED = re.compile(r"(?P<head>[^|\t:]+?)\s*[|\t:]\s*(?P<words>[^|\t:]+)")

_LONGEST = 500
"""Characters that a heading has at most; spaces before a grade may stand at any place of a longer line."""


def last_year(text: str) -> int | None:
    """The last year that a text names.

    >>> last_year("2023–25"), last_year("PEEL 2021/22"), last_year("Grade")
    (2025, 2022, None)
    """
    ends = [int(m[1]) if m[2] is None else int(m[1][:2] + m[2]) for m in _YEAR.finditer(text)]
    return max(ends, default=None)


def _matched(heading: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The match of a whole line that is short enough for a heading."""
    text = text.strip()
    return heading.fullmatch(text) if len(text) <= _LONGEST else None


@dataclass(frozen=True)
class Words:
    """What the readers ask: compiled wordings of ``framework`` (None: of no framework, but of all wordings).

    ``names`` are names of the inspected body, ``places`` those of its area, by which news call it.
    """

    framework: Framework | None
    wording: Wording
    boxes: tuple[BoxDef, ...]
    kinds: tuple[KindDef, ...]
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @cached_property
    def areas(self) -> tuple[AreaDef, ...]:
        return self.framework.areas if self.framework else ()

    @cached_property
    def grades(self) -> tuple[GradeDef, ...]:
        return self.framework.grades if self.framework else ()

    @cached_property
    def body(self) -> str:
        """A regular expression for the inspected body: its names and its nouns with an article."""
        names = [re.escape(name).replace("’", "[’']") for name in longest_first(self.names)]
        nouns = "|".join(re.escape(noun) for noun in longest_first(self.wording.body_nouns))
        if nouns:
            names.append(rf"(?i:(?:the|this) (?:{nouns}))\b")
        return rf"(?:(?:[Tt]he )?(?:{'|'.join(names)}))" if names else r"(?!)"

    @cached_property
    def grade(self) -> str:
        names = longest_first(name for grade in self.grades for name in grade.names)
        return "(?i:" + "|".join(re.escape(name) for name in names) + ")" if names else r"(?!)"

    def filled(self, pattern: str) -> re.Pattern[str]:
        """A pattern of the data with its slots ``{body}``, ``{grade}``, ``{area}`` as groups."""
        slots = {"body": self.body, "grade": self.grade, "area": ".+?"}
        for slot, expression in slots.items():
            pattern = pattern.replace("{" + slot + "}", f"(?P<{slot}>{expression})", 1)
        return compiled(pattern)

    @cached_property
    def grading(self) -> GradeWording:
        """The forms of sentences that grade this body in these areas."""
        places = "|".join(re.escape(place) for place in longest_first(self.places))
        force = r"(?: police)?(?! (?-i:[A-Z]))"  # “Norfolk police”, of a constabulary
        body = rf"(?:{self.body}|(?:{places}){force})" if places else self.body
        return GradeWording(body, self.wording.body_patterns, self.grades, self.areas)

    @cached_property
    def judgement_forms(self) -> tuple[re.Pattern[str], ...]:
        return tuple(self.filled(pattern) for pattern in self.wording.judgement_patterns)

    @cached_property
    def area_judgement_forms(self) -> tuple[tuple[re.Pattern[str], AreaDef], ...]:
        """Forms that grade one area without naming it, each with the area."""
        return tuple((self.filled(form), area) for area in self.areas for form in area.judgement_patterns)

    @cached_property
    def question_forms(self) -> tuple[re.Pattern[str], ...]:
        return tuple(self.filled(pattern) for pattern in self.wording.question_patterns)

    @cached_property
    def lead_ins(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{p})" for p in self.wording.lead_ins) or r"(?!)", re.IGNORECASE)

    @cached_property
    def _grade_line(self) -> re.Pattern[str]:
        notes = "|".join(f"(?:{p})" for p in self.wording.grade_note_patterns) or r"(?!)"
        given = r"(?i:(?:overall )?(?:graded|rated|judged|grade|judge?ment|rating)(?: as| is)?:? )?"
        return re.compile(rf"{given}(?P<grade>{self.grade})\.?(?:\s*(?i:{notes}))?")

    @cached_property
    def _grade_note(self) -> re.Pattern[str]:
        notes = "|".join(f"(?:{p})" for p in self.wording.grade_note_patterns) or r"(?!)"
        return re.compile(rf"(?:{notes})", re.IGNORECASE)

    @cached_property
    def _grade_names(self) -> dict[str, str]:
        return {without_punctuation(name): grade.notation for grade in self.grades for name in grade.names}

    def grade_of(self, text: str) -> str | None:
        """The notation of the grade with this name."""
        return self._grade_names.get(without_punctuation(text))

    def grade_line(self, text: str) -> str | None:
        """The grade of a line that holds nothing but a grade label (a note about an earlier grade aside)."""
        match = self._grade_line.fullmatch(text.strip())
        dated = _DATED.search(text)
        if match is None or (dated is not None and self.is_of_earlier_cycle(dated[0])):
            return None
        return self.grade_of(match["grade"])

    def is_of_earlier_cycle(self, text: str) -> bool:
        """Whether the last year that a text names is before the cycle of the framework."""
        begins = self.framework.begins if self.framework is not None else None
        year = last_year(text)
        return begins is not None and year is not None and year < int(begins[:4])

    def is_grade_note(self, text: str) -> bool:
        """Whether a line says no more than what an earlier grade was."""
        return self._grade_note.fullmatch(text.strip()) is not None

    @cached_property
    def _headings(self) -> dict[str, AreaDef]:
        return {
            without_punctuation(name): area
            for area in reversed(self.areas)
            for name in reversed(area.headings)
        }

    @cached_property
    def _names(self) -> dict[str, AreaDef]:
        return {
            without_punctuation(name): area for area in reversed(self.areas) for name in reversed(area.names)
        }

    def area_heading(self, text: str) -> tuple[AreaDef | None, str | None]:
        """The area that a heading line names, and a grade on the same line.

        Understands "Investigating crime", "Investigating crime: Inadequate" or "… is inadequate", the
        questions of the data, and a name with what it is about behind a colon.
        """
        match = self._with_grade(text)
        head, grade = (match["head"], self.grade_of(match["grade"])) if match else (text, None)
        head = self.ungraded_head(text) or head
        if area := self._headings.get(without_punctuation(head)):
            return area, grade
        apart = match is None or match["mark"].strip() != ""
        if apart and (area := self._headings.get(without_punctuation(head.partition(":")[0]))):
            return area, grade  # "In the custody cell: safety and health care"
        area, asked_grade = self._asked_area(text)
        if area is None:
            area, asked_grade = self._asked_area(head)
        return area, (asked_grade or grade) if area else None

    def head_of(self, text: str) -> str:
        """A heading without the grade on its line."""
        match = self._with_grade(text)
        return match["head"] if match else text.strip()

    def ungraded_head(self, text: str) -> str | None:
        """What a line heads that says that it has no grade: "Adoption performance | Not judged"."""
        match = _matched(_UNGRADED, text)
        ungraded = match is not None and pattern("structure", "ungraded").fullmatch(match["words"])
        return match["head"] if match and ungraded else None

    def graded_heading(self, text: str) -> str | None:
        """The grade on the line of a heading, whatever it heads."""
        match = self._with_grade(text)
        return self.grade_of(match["grade"]) if match else None

    def _with_grade(self, text: str) -> re.Match[str] | None:
        """A heading and the grade behind it, if nothing between them turns the grade ("not yet Good", "was
        Good") and it is the only one ("Good, previously Inadequate")."""
        match = _matched(self._graded_heading, text)
        if match is None or pattern("structure", "grade.turned").search(match["head"]):
            return None
        said = _MARK.split(match["head"], maxsplit=1)[1:]
        return None if said and self._grade_word.search(said[0]) else match

    @cached_property
    def _graded_heading(self) -> re.Pattern[str]:
        return re.compile(rf"(?P<head>.+?)(?P<mark>{_GRADE_SEPARATOR})(?P<grade>{self.grade})\.?")

    @cached_property
    def _grade_word(self) -> re.Pattern[str]:
        return re.compile(rf"\b{self.grade}\b")

    def _asked_area(self, text: str) -> tuple[AreaDef | None, str | None]:
        """The area that a question (or another form of heading) names, and the grade if it gives one."""
        plain = text.strip().rstrip("?.").strip()
        for form in self.question_forms:
            if match := form.fullmatch(plain):
                grade = match.groupdict().get("grade")
                area = self.area_called(self._without_body(plain)) or self.grading.meant(plain)
                area = area or self._of_quality(plain, self.area_named(match["area"]))
                return area, self.grade_of(grade) if grade else None
        return None, None

    def _of_quality(self, question: str, area: AreaDef | None) -> AreaDef | None:
        """The pillar whose quality a question asks for ("How efficient is …"), where its words are those of
        another pillar."""
        if area is None or area.broader is not None:
            return area
        quality = question.removeprefix("How ").partition(" ")[0].casefold()[:6]
        pillars = (a for a in self.areas if a.broader is None and a.label.casefold().startswith(quality))
        return next(pillars, area) if len(quality) == 6 else area

    def _without_body(self, question: str) -> str:
        """A question without its "How" and the body: "efficient at keeping people safe". Its first word may
        tell one area from another with the same object."""
        return self._asking.sub("", question).removeprefix("How ")

    @cached_property
    def _asking(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:is|does|do|are) {self.body} ")

    def area_labelled(self, label: str | None) -> AreaDef | None:
        """The area of the framework with this label; None without a framework or a label."""
        return self.framework.area(label) if self.framework and label else None

    def area_called(self, phrase: str) -> AreaDef | None:
        """The area that a phrase is exactly a name of."""
        return self._names.get(without_punctuation(phrase))

    def area_named(self, text: str) -> AreaDef | None:
        """The area that a phrase is the name of; failing that, the one whose longest name it contains."""
        plain = without_punctuation(text)
        if plain in self._names:
            return self._names[plain]
        inside = [name for name in self._names if f" {name} " in f" {plain} "]
        return self._names[max(inside, key=lambda name: (len(name), name))] if inside else None

    def areas_named(self, text: str, *, running: bool = False) -> list[AreaDef]:
        """All areas that a text names anywhere, in framework order.

        In ``running`` text a name of one word counts only where it has a capital: "how long people wait" does
        not name the area "People".
        """
        plain = f" {without_punctuation(text)} "
        named = [name for name in self._names if f" {name} " in plain]
        if running:
            named = [name for name in named if " " in name or re.search(rf"\b{name.capitalize()}\b", text)]
        found = {self._names[name].label for name in named}
        return [area for area in self.areas if area.label in found]

    def area_spans(self, text: str) -> list[Span]:
        """Where a text has names of areas that hold an "and", as they are written or without their verb."""
        return [match.span() for match in self._area_names.finditer(text.replace("'", "’"))]

    @cached_property
    def _area_names(self) -> re.Pattern[str]:
        names = {name for area in self.areas for name in area.names if " and " in name}
        names |= {name.partition(" ")[2] for name in names if len(name.split()) > 3}
        any_name = "|".join(re.escape(name) for name in longest_first(names)) or "(?!)"
        return re.compile(rf"\b(?:{any_name})\b", re.IGNORECASE)

    def area_about(self, *weighted: tuple[str, int]) -> AreaDef | None:
        """The area that texts are about, by its names (3 points each) and keywords (1); None in a tie."""
        scores = {area.label: 0 for area in self.areas}
        for text, weight in weighted:
            plain = f" {without_punctuation(text)} "
            for area in self.areas:
                scores[area.label] += weight * _area_score(area, plain)
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        if not ranked or ranked[0][1] == 0 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
            return None
        return next(area for area in self.areas if area.label == ranked[0][0])

    def area_of_things(self, text: str) -> AreaDef | None:
        """The one area with most of the things (keywords) that a text names; None for none, or in a tie."""
        plain = f" {without_punctuation(text)} "
        scores = []
        for area in self.areas:
            things = {without_punctuation(word) for word in area.keywords}
            scores.append((sum(f" {thing}" in plain for thing in things), area))
        most = max((score for score, _ in scores), default=0)
        found = [area for score, area in scores if score == most]
        return found[0] if most and len(found) == 1 else None

    @cached_property
    def _roles(self) -> dict[str, str]:
        wording = self.wording
        table = {
            "topic": wording.topic_headings,
            "section": wording.section_headings,
            "annex": wording.annex_headings,
            "overview": wording.overview_headings,
            "main": wording.main_headings,
            "summary": wording.summary_headings,
        }
        return {
            without_punctuation(heading): role for role, headings in table.items() for heading in headings
        }

    @cached_property
    def _inspectors(self) -> frozenset[str]:
        return frozenset(without_punctuation(title) for title in self.wording.inspector_titles)

    def is_inspector(self, text: str) -> bool:
        """Whether a line is an inspector's office."""
        return without_punctuation(text) in self._inspectors

    def role_of(self, text: str) -> str | None:
        """What a heading line opens: overview, summary, annex, main, section or topic."""
        role = self._roles.get(without_punctuation(text))
        if role is None and pattern("document", "annex-heading").match(text):
            return "annex"
        return role


def _area_score(area: AreaDef, plain: str) -> int:
    names = sum(3 * plain.count(f" {without_punctuation(name)} ") for name in area.names)
    return names + sum(plain.count(f" {without_punctuation(word)}") for word in area.keywords)


def longest_first(words: Iterable[str]) -> list[str]:
    return sorted(set(words), key=lambda word: (-len(word), word))


def words_for(
    framework: Framework | None, frameworks: Sequence[Framework], names: tuple[str, ...] = ()
) -> Words:
    """The words of a framework, or, without one, the wordings of all frameworks without areas and grades."""
    if framework is not None:
        return Words(framework, framework.wording, framework.boxes, framework.kinds, names)
    merged = {
        field.name: _united(getattr(f.wording, field.name) for f in frameworks) for field in fields(Wording)
    }
    boxes = dict.fromkeys(box for f in frameworks for box in f.boxes)
    kinds = dict.fromkeys(kind for f in frameworks for kind in f.kinds)
    return Words(None, Wording(**merged), tuple(boxes), tuple(kinds), names)


def _united(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for group in groups for word in group))
