"""What a sentence grades: which areas of an inspected body, and how.

A grade is given by a predicate ("is judged to be good", "requires improvement", "got Adequate") whose subject
is the body ("The force is good at A and B") or an area of it ("Its planning for the future is inadequate"),
or by those who grade ("We graded the force good at A"). Whatever else stands between subject, predicate and
areas ("not", "often", "some of", "in rural areas") makes it another statement, and it grades nothing. So
does a condition, a claim of somebody else, another body and another time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.model.records import Span
from kg.model.text.comparing import with_plain_typography
from kg.model.text.sentences import find_sentences
from kg.nlp.document.grade_wording import FORMS, GRADE_GROUPS, MARK, PRONOUN
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import BUILT_IN, compiled, pattern
from kg.nlp.structure.area_lists import listed_areas
from kg.nlp.structure.asserted import is_asserted

_FILE = "grade-sentences"
_LONGEST = 900
"""Characters of a sentence that may give grades."""
_BY_GRADER = ("object", "direct")
"""Forms of predicates whose subject is who grades."""
_AFTER_GRADE = rf"\A {MARK}(?![\w-])"
_TALLY = compiled(rf"(?:\d+|{BUILT_IN['NUMBERWORD']})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Graded:
    """One area with its grade; ``area`` is its label, None for a name that the framework does not have.

    ``named`` and ``graded`` are the spans of the words of the area and of the grade. ``own`` is whether such
    a name is one all the same: the subject of a sentence that gives it a grade of its own.
    """

    name: str
    area: str | None
    grade: str
    named: Span
    graded: Span
    own: bool = False


@dataclass(frozen=True, slots=True)
class _Predicate:
    """A predicate that gives a grade; ``form`` is one of ``FORMS``.

    ``inner`` is where its areas stand if that is between verb and grade: "graded it in A and B as good".
    """

    start: int
    end: int
    grade: str
    words: Span
    form: str
    inner: Span | None = None


def read_grades(
    text: str,
    words: Words,
    *,
    subject: bool = False,
    earlier: bool = False,
    dated: bool = False,
    news: bool = False,
) -> list[Graded]:
    """What a sentence grades, in its order; offsets are into ``text``.

    ``subject`` is True where the subject stands in a lead-in above ("HMICFRS judged that the force:"),
    ``earlier`` where the sentences before tell of another inspection, so that the past tense is of that one,
    ``dated`` where the sentence before gives grades of another year, so that "we also judged" is of it,
    ``news`` where the past tense is of the inspection that the text is about: "was adequate at".

    Names that are no area are given with ``area`` None where the sentence is otherwise complete.
    """
    if len(text) > _LONGEST or not words.grades:
        return []
    plain = with_plain_typography(text)
    gone = (*(("past", "back") if earlier or dated else ()), *(_BY_GRADER if dated else ()))
    predicates = [p for p in _predicates(plain, words) if p.form not in gone]
    found: list[Graded] = []
    shared, done = subject, 0
    for nth, predicate in enumerate(predicates):
        stop = len(plain)
        if following := predicates[nth + 1 : nth + 2]:
            stop = _Clause(plain, predicate.end, len(plain), following[0], words).subject_start()
        clause = _Clause(plain, done, stop, predicate, words, news)
        graded, shared = clause.read(shared)
        found += graded
        done = max([predicate.end, *(one.named[1] for one in graded)])
    return found


def tells_another_time(text: str, words: Words) -> bool:
    """Whether a sentence speaks of grades of another inspection or year."""
    plain = with_plain_typography(text)
    told = any(predicate.form not in ("again", "colon") for predicate in _predicates(plain, words))
    return told and pattern(_FILE, "another-time").search(plain) is not None


def tells_past_year(text: str, words: Words) -> bool:
    """Whether a sentence gives a grade of a year that it names: "In 2017 we judged the force good at …"."""
    plain = with_plain_typography(text)
    told = any(predicate.form in ("past", "back", *_BY_GRADER) for predicate in _predicates(plain, words))
    return told and pattern(_FILE, "year-of-past").search(plain) is not None


def read_lead(text: str, words: Words) -> tuple[str, Span] | None:
    """The grade, and where its words stand, that a lead-in gives to the areas in its bullets: "But it is good
    at:", "The effectiveness of the service requires improvement in the way it:"."""
    plain = re.sub(r":\s?[–—-]\Z", ":", with_plain_typography(text.rstrip()))
    predicates = list(_predicates(plain, words)) if plain.endswith(":") and len(plain) <= _LONGEST else []
    if not predicates:
        return None
    last, before = predicates[-1], predicates[-2].end if len(predicates) > 1 else 0
    clause = _Clause(plain, before, len(plain), last, words)
    behind = plain[last.end :]
    if last.form in ("areas", "sorted"):
        return (last.grade, last.words) if clause.may_head_areas(behind) else None
    ends = pattern(_FILE, "lead-ends").match(re.sub(_AFTER_GRADE, "", behind))
    return (last.grade, last.words) if ends and clause.may_lead() else None


def read_tally(text: str, words: Words) -> tuple[str, Span] | None:
    """The one grade, and where its words stand, that a sentence gives the body in a number of areas which it
    does not name: "It was rated inadequate in more than half of the areas."."""
    plain = with_plain_typography(text)
    predicates = list(_predicates(plain, words)) if len(plain) <= _LONGEST else []
    if len(predicates) != 1 or not pattern(_FILE, "tally-behind").match(plain[predicates[0].end :]):
        return None
    clause = _Clause(plain, 0, len(plain), predicates[0], words, news=True)
    said = clause.has_body() or clause.goes_on_about_body()
    return (predicates[0].grade, predicates[0].words) if said else None


def read_these(text: str, grade: str, words: Words) -> list[Graded]:
    """The areas of "These included how it protects people", with the grade of the tally before; where the
    words of the grade stand is that sentence's to say."""
    plain = with_plain_typography(text)
    head = pattern(_FILE, "these-are").match(plain)
    if head is None:
        return []
    listed, rest = listed_areas(plain[head.end() :], words)
    if not listed or pattern(_FILE, "goes-on").match(rest) is None:
        return []
    at = head.end()
    return [Graded(plain[at + a : at + b], area, grade, (at + a, at + b), (0, 0)) for area, (a, b) in listed]


def opens_with_grade(text: str, words: Words) -> bool:
    """Whether a line begins with a sentence that grades something, known or not."""
    if any(form.match(text) for form in words.judgement_forms):
        return True
    first = find_sentences(text)[:1]
    return any(read_grades(text[start:end], words) for start, end in first)


# --- predicates ---------------------------------------------------------------------------------------


def _predicates(plain: str, words: Words) -> Iterator[_Predicate]:
    for match in words.grading.predicate.finditer(plain):
        kind = next(name for name in GRADE_GROUPS if match[name] is not None)
        grade = words.grade_of(match[kind])
        if grade is not None:
            form = next(name for name in FORMS if match[name] is not None)
            inner = next((match.span(name) for name in ("inner", "areas_graded") if match[name]), None)
            yield _Predicate(match.start(), match.end(), grade, match.span(kind), form, inner)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A predicate with what stands around it, from ``begin`` to ``stop``."""

    plain: str
    begin: int
    stop: int
    predicate: _Predicate
    words: Words
    news: bool = False

    def read(self, shared: bool) -> tuple[list[Graded], bool]:
        """What the clause grades, and whether its subject is the body, which the next clause may share as
        this one may share that of the clause before."""
        left = self.plain[self.begin : self.predicate.start]
        right = self.plain[self.predicate.end : self.stop]
        if self.predicate.form in ("areas", "sorted"):
            return self._listed_behind(left, right), False
        if pattern(_FILE, "areas-subject").fullmatch(left):
            return self._told_behind(right), False
        if self.predicate.inner is not None:
            return self._inside(*self.predicate.inner, left, right), False
        if (named := self._area_subject(left)) and self._is_whole(right):
            return [named], False
        listed = self._area_subjects(left) or self._listed_before(left) or self._own_subject(left)
        if listed and self._is_whole(right):
            return listed, False
        joined = shared and pattern(_FILE, "between-grades").fullmatch(left) is not None
        if joined or self._among_few(left) or self._names_grades(left) or self._gives_grades(left):
            return self._areas(left, right), True
        if self.predicate.form not in ("again", "colon") and self._has_body(left):
            return self._areas(left, right), True
        return [], False

    # Subjects.

    def subject_start(self) -> int:
        """Where the area begins that is the subject of the predicate; else where the predicate begins."""
        named = self._area_subject(self.plain[self.begin : self.predicate.start])
        return named.named[0] if named else self.predicate.start

    def may_lead(self) -> bool:
        """Whether the body, or a quality of it, is the subject of a lead-in."""
        left = self.plain[self.begin : self.predicate.start]
        quality = pattern(_FILE, "lead-quality").search(left) and re.search(self.words.body, left)
        return self._has_body(left) or bool(quality and self._stands(""))

    def may_head_areas(self, behind: str) -> bool:
        """Whether areas below are what a line is about: "Other areas graded outstanding included:"."""
        left = self.plain[self.begin : self.predicate.start]
        ends = re.fullmatch(r" ?(?:includ(?:e|ed|es)|were|are|is|was) ?:", behind)
        opens = re.fullmatch(r"(?i) ?(?:(?:The|All|Its|Our) )?(?:(?:other|remaining|two|three|four) )*", left)
        return ends is not None and opens is not None and self._stands("")

    def goes_on_about_body(self) -> bool:
        """Whether the predicate is a participle behind a clause about the body.

        "The force has been criticised in a report, being rated inadequate in …".
        """
        left = self.plain[self.begin : self.predicate.start]
        ours = re.match(rf" ?(?:{self.words.body})(?![\w-])", left) and left.endswith((", being ", " being "))
        return bool(ours) and not self.words.grading.names_another(left) and self._stands("")

    def has_body(self) -> bool:
        """Whether the inspected body is the subject of the predicate."""
        return self._has_body(self.plain[self.begin : self.predicate.start])

    def _has_body(self, left: str) -> bool:
        """Whether the subject of the predicate is the inspected body, and the clause is said to be so."""
        graded = self.predicate.form in _BY_GRADER
        who = self.words.grading.grader if graded else self.words.grading.subject
        match = who.search(left) or self._further_back(left) or self._grader_before(left)
        if match is None or not (graded or self._is_ours(match)):
            return False
        return self._stands(left[: match.start()])

    def _among_few(self, left: str) -> bool:
        """Whether the body is subject as one of few: "It is one of four forces to be judged good in …"."""
        if self.predicate.form != "again":
            return False
        for body in re.finditer(rf"(?<![\w-])(?P<body>{self.words.grading.body}|{PRONOUN})(?= )", left):
            few = pattern(_FILE, "among-few").match(left[body.end() :])
            if few and self._is_ours(body) and self._stands(left[: body.start()]):
                return True
        return False

    def _names_grades(self, left: str) -> bool:
        """Whether the sentence lists grades that were told of before, in news of one body."""
        told = self.news and pattern(_FILE, "grades-include").match(left) is not None
        return told and self.predicate.form == "again" and self._stands("")

    def _gives_grades(self, left: str) -> bool:
        """Whether grades are said to be given, and nobody else is named as having them: "‘Good’ ratings were
        given for …", "There were ‘good’ grades for …"."""
        there = self.predicate.form in ("back", "state") and left.strip().casefold() == "there"
        opens = self.predicate.form == "handed" and pattern(_FILE, "grades-given").match(left)
        return bool(there or opens) and self._stands("")

    def _further_back(self, left: str) -> re.Match[str] | None:
        """The body as the subject of a verb before, which the predicate shares: "It works well with partners
        and is good at …"."""
        if self.predicate.form not in ("state", "past", "back", "bare"):
            return None
        return re.match(rf" ?(?P<body>{self.words.body}|{PRONOUN}) [^,;:.()]+(?: and|,) \Z", left)

    def _grader_before(self, left: str) -> re.Match[str] | None:
        """Those who grade as the subject of a participle: "HMICFRS saw progress, rating it good in …"."""
        if self.predicate.form not in _BY_GRADER or not self._is_participle():
            return None
        named = rf"(?!{PRONOUN}\b){self.words.grading.graders}"
        return re.match(rf"[^.;]*?(?<![\w-])(?P<body>{named})(?![\w-])", left, re.IGNORECASE)

    def _is_participle(self) -> bool:
        return pattern(_FILE, "participle").match(self.plain, self.predicate.start) is not None

    def _is_ours(self, match: re.Match[str]) -> bool:
        """Whether a pronoun can mean the inspected body: no other body is named before it."""
        if not re.fullmatch(PRONOUN, match["body"]):
            return True
        before = self.plain[: self.begin + match.start()]
        return not self.words.grading.names_another(before)

    def _stands(self, opening: str, *, of_areas: bool = False) -> bool:
        """Whether a clause behind these words is said to be so, now, by the inspectorate.

        ``of_areas``: its subject is areas alone, which may be questions ("how they respond") themselves.
        """
        clause = pattern(_FILE, "compares").sub("", self.plain[self.begin : self.stop])
        claimed = pattern(_FILE, "claimed").search(opening)
        ours = not claimed or self._is_grader(claimed["who"].strip())
        ours = ours or pattern(_FILE, "first-person").search(opening) is not None
        later = pattern(_FILE, "claimed-after").search(self.plain, self.predicate.end)
        theirs = later and not re.fullmatch(self.words.grading.graders, later["who"], re.IGNORECASE)
        if not ours or theirs or pattern(_FILE, "supposed").search(opening):
            return False
        if pattern(_FILE, "another-time").search(clause):
            return False
        past = self.predicate.form in ("past", "back", *_BY_GRADER)
        if past and pattern(_FILE, "year-of-past").search(clause):
            return False
        if self.predicate.form == "back" and not (claimed or later or self.news):
            return False
        if opening.strip(" '\"") and not pattern(_FILE, "clause-opens").search(opening) and not claimed:
            return pattern(_FILE, "tally-before").search(opening) is not None
        verb = self.begin + len(opening) if of_areas else self.predicate.start
        return is_asserted(self.plain, verb) or bool(claimed)

    def _is_grader(self, who: str) -> bool:
        """Whether those who say something are the inspectorate, or what it did before shares its subject:
        "HMICFRS graded eight areas and found …"."""
        graders = self.words.grading.graders
        if re.search(rf"(?:\A|\W){graders}(?: \([A-Z]+\))?\Z", who, re.IGNORECASE):
            return True
        return who.endswith(" and") and re.match(rf"{graders}\b", who, re.IGNORECASE) is not None

    def _area_subject(self, left: str) -> Graded | None:
        """The area that is the subject of the predicate: "the force’s use of resources"."""
        if self.predicate.form in (*_BY_GRADER, "again"):
            return None
        if taken_up := self._taken_up(left):
            return taken_up
        for at in _openings(left):
            name = left[at:].strip(" ,")
            area = self.words.grading.area_of_body(name)
            if area is not None and self._stands(left[:at]):
                start = self.begin + at + left[at:].index(name)
                return self._graded(name, area, (start, start + len(name)))
        return None

    def _taken_up(self, left: str) -> Graded | None:
        """The area that "this" takes up: "it has improved how it treats people and this is good"."""
        match = pattern(_FILE, "takes-up").search(left)
        area = self.words.grading.area_of_body(match["name"]) if match else None
        if match is None or area is None or not self._stands(""):
            return None
        return self._graded(
            match["name"], area, (self.begin + match.start("name"), self.begin + match.end("name"))
        )

    def _area_subjects(self, left: str) -> list[Graded]:
        """Several areas that are the subject: "Investigating crime and managing offenders both require
        improvement". One alone is none: "protecting people requires improvement" may be said of anybody."""
        given = pattern(_FILE, "given").search(self.plain, *self._verb()) is not None
        forms = ("state", "past", "bare", "colon")
        if self.predicate.form not in forms or self.words.grading.names_another(left):
            return []
        for at in _openings(left):
            begin = at + (both.end() if (both := re.match(r"(?i)both ", left[at:])) else 0)
            listed, rest = listed_areas(left[begin:], self.words)
            if (
                len(listed) > (0 if given else 1)
                and all(area for area, _ in listed)
                and not rest.strip(" ,")
                and self._stands(left[:at], of_areas=True)
            ):
                start = self.begin + begin
                return [
                    self._graded(left[begin:][a:b], area, (start + a, start + b)) for area, (a, b) in listed
                ]
        return []

    def _own_subject(self, left: str) -> list[Graded]:
        """A subject that is no area of the framework but named as one, with a grade that is set apart:
        "Reporting crime was categorised as ‘Requires Improvement’"."""
        match = pattern(_FILE, "own-subject").fullmatch(left) if self.begin == 0 else None
        written = self.plain[slice(*self.predicate.words)]
        apart = self.plain[self.predicate.words[0] - 1] in "'\"" or written.istitle()
        if match is None or not apart or self.predicate.form not in ("state", "past"):
            return []
        if pattern(_FILE, "given").search(self.plain, *self._verb()) is None or not self._stands(""):
            return []
        return [replace(self._graded(match["name"], None, match.span("name")), own=True)]

    def _verb(self) -> Span:
        return self.predicate.start, self.predicate.words[0]

    # Areas before and behind the predicate.

    def _listed_before(self, left: str) -> list[Graded]:
        """The areas of "… in A, B and C, which were all judged to require improvement"."""
        relative = pattern(_FILE, "areas-before").search(left)
        if self.predicate.form == "object" and self._is_participle() and self._grader_before(left):
            relative = re.search(r", \Z", left)
        if relative is None or not self._stands("") or self.words.grading.names_another(left):
            return []
        for head in re.finditer(
            r"\b(?:in|at|for|on|of|with|to|including|namely|are|were) |: | (?=the way |how )",
            left[: relative.start()],
        ):
            listed, rest = listed_areas(left[head.end() : relative.start()], self.words)
            if listed and not rest.strip(" '\","):
                at = self.begin + head.end()
                return [
                    self._graded(left[head.end() :][a:b], area, (at + a, at + b)) for area, (a, b) in listed
                ]
        return []

    def _listed_behind(self, left: str, right: str) -> list[Graded]:
        """The areas of "The areas graded as inadequate included A and B"."""
        head = re.match(
            r" ?(?:included?|includes|including|were|was|are|is)(?: (?:those|both) (?:on|of|for))?:? ", right
        )
        opening = re.sub(r"(?i)(?:\bamong )?\b(?:the|its|our|in)(?: \w+)? $", "", left)
        if head is None or self.words.grading.names_another(left) or not self._stands(opening):
            return []
        listed, rest = listed_areas(right[head.end() :], self.words)
        at = self.predicate.end + head.end()
        if not self._is_whole(rest):
            return []
        return [self._graded(right[head.end() :][a:b], area, (at + a, at + b)) for area, (a, b) in listed]

    def _told_behind(self, right: str) -> list[Graded]:
        """The areas of "Four areas of its work drew a good score – A and B"."""
        mark = re.match(_AFTER_GRADE, right)
        begin = mark.end() if mark else 0
        head = pattern(_FILE, "areas-follow").match(right[begin:])
        head = re.match(r"(?:,| ?[–—-])? (?:including|which include[sd]?) ", right[begin:]) or head
        if head is None or not self._stands(""):
            return []
        at = begin + head.end()
        listed, rest = listed_areas(right[at:], self.words)
        if not listed or not self._is_whole(rest):
            return []
        end = self.predicate.end + at
        return [self._graded(right[at:][a:b], area, (end + a, end + b)) for area, (a, b) in listed]

    def _inside(self, start: int, end: int, left: str, right: str) -> list[Graded]:
        """The areas of "We graded the force in A and B as good", which stand from ``start`` to ``end``."""
        lead = re.match(r" (?:in|at|for|on) |\s?", self.plain[start:end])
        begin = start + (lead.end() if lead else 0)
        listed, rest = listed_areas(self.plain[begin:end], self.words)
        if not listed or rest.strip(" ,") or not (self._has_body(left) and self._is_whole(right)):
            return []
        return [
            self._graded(self.plain[begin + a : begin + b], area, (begin + a, begin + b))
            for area, (a, b) in listed
        ]

    def _is_whole(self, right: str) -> bool:
        """Whether nothing behind a predicate takes part of its grade back."""
        return pattern(_FILE, "goes-on").match(re.sub(_AFTER_GRADE, "", right)) is not None

    def _areas(self, left: str, right: str) -> list[Graded]:
        """The areas that stand behind the grade, or, with a tally before it, behind a dash or colon."""
        tally = pattern(_FILE, "tally-before").search(_without_subject(left, self.words))
        head = pattern(_FILE, "areas-follow").match(right) if tally else None
        head = head or pattern(_FILE, "before-areas").match(right)
        if head is None:
            return self._before(left, right)
        at = self.predicate.end + head.end()
        names = _without_foot(right[head.end() :], self.words)
        listed, rest = listed_areas(names, self.words)
        if any(label for label, _ in listed) and not self._is_whole(rest + right[head.end() + len(names) :]):
            return []
        if not listed and (name := _unknown_name(names)):
            begin = names.index(name)
            listed = [self._explained(names, begin + len(name)) or (None, (begin, begin + len(name)))]
        return [self._graded(names[a:b], area, (at + a, at + b)) for area, (a, b) in listed]

    def _explained(self, names: str, end: int) -> tuple[str, Span] | None:
        """The area that brackets behind other words for it name: "good at keeping its public safe (our pillar
        of effectiveness)"."""
        inside = pattern(_FILE, "named-in-brackets").match(names, end)
        label = self.words.grading.area_in(inside["name"]) if inside else None
        return (label, inside.span("name")) if inside and label else None

    def _before(self, left: str, right: str) -> list[Graded]:
        """The areas of "At A and B the force is good": before the subject, if nothing else is graded."""
        opening = _without_subject(left, self.words)
        head = re.search(r"(?:\A|[;.:] )(?:overall, )?(?:at|in|for|on) ", opening, re.IGNORECASE)
        if head is None or not self._is_whole(right):
            return []
        names = opening[head.end() :].rstrip(" ,")
        listed, rest = listed_areas(names, self.words)
        at = self.begin + head.end()
        whole = listed and not rest.strip()
        return [self._graded(names[a:b], area, (at + a, at + b)) for area, (a, b) in listed] if whole else []

    def _graded(self, name: str, area: str | None, span: Span) -> Graded:
        return Graded(name, area, self.predicate.grade, span, self.predicate.words)


def _openings(left: str) -> Iterator[int]:
    """Where the subject of a clause may begin, from the left."""
    yield len(left) - len(left.lstrip(" ,;"))
    for match in re.finditer(r"[;:,.] +(?:and |but |while )?| (?:and|but|found|that|while) ", left):
        yield match.end()


def _without_subject(left: str, words: Words) -> str:
    match = words.grading.subject.search(left)
    return left[: match.start()] if match else left


def _without_foot(right: str, words: Words) -> str:
    """What stands behind a grade without the subject of the next clause."""
    match = words.grading.subject.search(right)
    return re.sub(
        r"[\s,;]*(?:\b(?:and|but|while)(?: that)?)?\s*\Z", "", right[: match.start()] if match else right
    )


def _unknown_name(text: str) -> str:
    """The words up to the end of a clause; empty for a tally ("one area")."""
    name = re.split(r"[.;:(]|, (?:but|and it|although|while)|\s[–—-]\s", text, maxsplit=1)[0].strip(" '\",")
    return "" if _TALLY.match(name) else name
