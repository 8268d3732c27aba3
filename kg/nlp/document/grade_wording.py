"""The forms of sentences that grade an inspected body, compiled for its names, its grades and its areas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.model.frameworks import AreaDef, GradeDef
from kg.model.text.comparing import content_stems, stems, with_plain_typography, without_punctuation
from kg.nlp.rules.pattern_files import compiled, one_of, pattern, words

_FILE = "grade-sentences"
_VERBAL = re.compile(r"(?:requires?|requiring|needs?|required) ")
"""Names of grades that are predicates themselves: "requires improvement"."""
FORMS = ("object", "direct", "past", "back", "state", "bare", "again", "colon", "areas", "sorted", "handed")
"""Forms of predicates: "judged the force good", "judged A and B as good", "was rated good", "was good", "is
good", "requires improvement", "(and) good at …" after a subject, ": good" after an area, "areas graded good
were", "the good areas were", "good ratings were given for"."""
GRADE_GROUPS = ("grade", "verbal", "more", "last", "given_to", "kind", "mark")
MARK = r"(?:rating|grade|grading|judge?ment|mark|score)s?"
"""What is given: a grade in other words."""
_ALIKE, _AHEAD = 0.66, 0.2
"""The share of the words of an area’s name from which other words mean it, and by how much more it has to be
than that of the next area."""
_FEWEST_WORDS = 2
_LONGEST_NAME = 160
_ABBREVIATION = re.compile(r" \([A-Z]{2,6}\)")
_NOT_AMONG_AREAS = r"as|by|earlier|is|are|was|were|has|had|became|it|they"
"""Words that no list of areas between a verb and its grade has: "rating A, in addition to B, as good"."""
PRONOUN = r"(?i:it|they)"
_SERVICE = r"(?i:(?:its|their) (?:overall )?(?:service|performance))"
"""What the inspected body does, for the body: "their service requires improvement in five areas"."""
_PLACED = r"(?i:the (?:county|local|city) (?:police )?(?:force|constabulary|service|council))"
"""The inspected body by where it is, as newspapers name it."""


@dataclass(frozen=True)
class GradeWording:
    """``body`` is a regular expression for the inspected body, ``body_patterns`` are some for any of its
    kind."""

    body: str
    body_patterns: tuple[str, ...]
    grades: tuple[GradeDef, ...]
    areas: tuple[AreaDef, ...]

    # Predicates.

    @cached_property
    def predicate(self) -> re.Pattern[str]:
        """A predicate that gives a grade, in plain typography: one of the groups of ``FORMS`` has matched,
        and of ``GRADE_GROUPS`` one has the words of the grade."""
        names = {name for grade in self.grades for name in grade.names}
        any_name = one_of(re.escape(name) for name in names) if names else r"(?!)"
        verbal = [re.escape(name) for name in names if _VERBAL.match(name.casefold())]
        any_verbal = one_of(verbal) if verbal else r"(?!)"
        some = rf"(?:{one_of(words(_FILE, 'adverbs'))} )*"
        as_being = r"(?: (?:as being|to be|as|at|to|being|an?))?"
        given = rf"{one_of(words(_FILE, 'participles'))}{as_being}"
        area = r"(?:areas?|aspects?|pillars?|themes?)(?: of policing)?"
        alternatives = (
            rf"(?:{self._verbs(as_being, any_name)})(?:: ?| )(?P<quote>['\"]?)(?P<grade>{any_name})"
            r"(?:(?P=quote)|[.,]['\"]|(?= (?:at|in|for)\b))(?![\w-])",
            rf"(?P<handed>(?:{MARK} of )?)['\"]?(?P<mark>{any_name})['\"]?(?:(?: {MARK})? "
            rf"{one_of(words(_FILE, 'handed'))}| {MARK} (?:was|were|is|are))(?= (?:at|in|for|on)\b)",
            rf"(?P<bare>{some})['\"]?(?P<verbal>{any_verbal})['\"]?(?![\w-])",
            rf"(?P<again>(?:(?:as|to be|{given}) )?)['\"]?(?P<more>{any_name})['\"]?"
            rf"(?= (?:(?:{MARK}|one) )?(?:at|in|for|on|with)\b)",
            rf"(?P<areas>{area}(?: (?:that|which|(?:where|in which) (?:{self.body}|{PRONOUN})))?"
            rf"(?: (?:was|were|are|is))?(?: {given})?) "
            rf"['\"]?(?P<given_to>{any_name})['\"]? (?=(?:includ|was|were|are|is\b))",
            rf"(?P<sorted>)['\"]?(?P<kind>{any_name})['\"]? {area} (?=(?:includ|was|were|are|is\b))",
        )
        return compiled(
            rf"(?<![\w-])(?:{'|'.join(alternatives)})|(?P<colon>:? )(?P<last>{any_name})(?=[.;]|\Z)",
            re.IGNORECASE,
        )

    def _verbs(self, as_being: str, grade: str) -> str:
        """What stands before a grade: "is", "was judged to be", "we graded the force as", "went from good
        to" …"""
        adverbs = rf"(?: {one_of(words(_FILE, 'adverbs'))})*"
        given = rf" {one_of(words(_FILE, 'participles'))}{adverbs}{as_being}"
        noun = rf"(?: (?:an?|the)(?: overall)?)?(?: {MARK} of)?"
        changed = rf"{one_of(words(_FILE, 'changed'))} from ['\"]?{grade}['\"]?(?: in 20\d\d)? to"
        return "|".join(
            (
                rf"(?P<object>{one_of(words(_FILE, 'grading'))} (?:{self.body}|{_PLACED}|{PRONOUN})"
                r"(?:'s? (?:overall )?performance)?"
                r"(?P<inner> (?:in|at|for|on) [^.;:]{4,120}?(?= (?:as|to be) ))?"
                rf"{adverbs}{as_being}{noun})",
                rf"(?P<direct>{one_of(words(_FILE, 'grading'))}"
                rf"(?P<areas_graded>(?: (?!(?:{_NOT_AMONG_AREAS})\b)[\w,'&-]+){{2,16}}?),? "
                rf"as(?: being)?{noun})",
                rf"(?P<past>(?:was|were){adverbs}{given}{noun})",
                rf"(?P<back>(?:was|were){adverbs})",
                rf"(?P<state>(?:{one_of(words(_FILE, 'adverbs'))} )*(?:"
                rf"(?:is|are|was|were) {one_of(words(_FILE, 'one-of-areas'))}{given}|{changed}"
                rf"|(?:is|are|remains?|continues? to be){adverbs}(?: being)?(?:{given})?"
                rf"|(?:has|have){adverbs} been{adverbs}{given}"
                rf"|{one_of(words(_FILE, 'received'))}{adverbs}{noun}))",
            )
        )

    # Who is graded, and who grades.

    @cached_property
    def subject(self) -> re.Pattern[str]:
        """The inspected body (``body``) at the end of what stands before a predicate."""
        aside = (
            r"(?:,? (?:overall|however|in general|therefore|also),?|, which (?:[^,.;]|,(?=\d)){3,80},"
            r"|, which(?: also)?)?"
        )
        return compiled(rf"(?<![\w-])(?P<body>{self.body}|{_PLACED}|{_SERVICE}|{PRONOUN}){aside} ?\Z")

    @cached_property
    def graders(self) -> str:
        return one_of(words(_FILE, "who-grades"))

    @cached_property
    def grader(self) -> re.Pattern[str]:
        """Those who grade, at the end of what stands before a predicate."""
        relative = rf"(?:[^,.;:]{{0,60}}, (?:which|who)|(?: {one_of(words(_FILE, 'adverbs'))})+)?"
        return compiled(rf"(?<![\w-])(?:{self.graders}|(?-i:I))(?: \([A-Z]+\))?{relative} ?\Z", re.IGNORECASE)

    def names_another(self, text: str) -> bool:
        """Whether the last body that a text names is another than the inspected one."""
        last = max(
            (m.span() for form in self.body_patterns for m in compiled(form).finditer(text)), default=None
        )
        if last is None:
            return False
        ours = [m.end() for m in compiled(self.body).finditer(text)]
        return not any(end >= last[1] for end in ours)

    # Areas.

    @cached_property
    def _meant(self) -> dict[str, AreaDef]:
        """The stems of the headings of areas to the areas."""
        return {stems(name): area for area in reversed(self.areas) for name in reversed(area.headings)}

    def meant(self, phrase: str) -> AreaDef | None:
        """The area that a phrase means, in whatever form its verbs stand: "how well it investigates crime"
        for "Investigating crime". A phrase that says more or less means none."""
        readings = (self._meant.get(stems(reading)) for reading in self._readings(phrase))
        return next((area for area in readings if area is not None), None)

    def area_in(self, phrase: str) -> str | None:
        """The label of the area that a phrase means, if it is graded: by a name, else by the words of one."""
        area = self.meant(phrase) or self.alike(phrase)
        return area.label if area is not None and area.graded else None

    @cached_property
    def _contents(self) -> list[tuple[AreaDef, tuple[frozenset[str], ...]]]:
        """Each area with the words of its names."""
        return [(area, tuple({content_stems(name) for name in area.headings})) for area in self.areas]

    def alike(self, phrase: str) -> AreaDef | None:
        """The area of whose name a phrase has nearly all words and no other: "tackling crime and anti-social
        behaviour" for "Preventing crime and tackling antisocial behaviour". None where another is close."""
        if len(phrase) > _LONGEST_NAME:
            return None
        best = {reading: self._shares(reading) for reading in dict.fromkeys(self._readings(phrase))}
        shares = max(best.values(), key=lambda found: max((s for s, _ in found), default=0.0), default=[])
        ranked = sorted(shares, key=lambda pair: -pair[0])
        if not ranked or ranked[0][0] < _ALIKE:
            return None
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        return ranked[0][1] if ranked[0][0] - second >= _AHEAD else None

    def told_by_few(self, phrase: str) -> str | None:
        """The label of the one graded area that has all words of a phrase in a name, where no other area has
        them: "leadership" in a list of areas for "Leadership and force management"."""
        if len(phrase) > _LONGEST_NAME:
            return None
        for reading in self._readings(phrase):
            words = content_stems(reading)
            found = [area for area, names in self._contents if words and any(words <= name for name in names)]
            if len(found) == 1 and found[0].graded:
                return found[0].label
        return None

    def _shares(self, phrase: str) -> list[tuple[float, AreaDef]]:
        """For each area what share of the words of a name a phrase has, if it has no other words."""
        words = content_stems(phrase)
        if len(words) < _FEWEST_WORDS:
            return []
        found = []
        for area, names in self._contents:
            share = max((len(words) / len(name) for name in names if words <= name), default=0.0)
            if share:
                found.append((share, area))
        return found

    def area_of_body(self, phrase: str) -> str | None:
        """The area that the subject of a sentence means, if the phrase says that it is the body’s: "the
        force’s planning for the future", "the extent to which it is effective at …"."""
        plain = with_plain_typography(phrase)
        if of_grade := pattern(_FILE, "grade-of").match(plain):
            return self.area_in(of_grade["name"])
        whose = rf"(?:(?:{self.body})(?:'s?|’s?)|(?i:its|their)) (?:overall )?"
        if own := re.match(whose, plain):
            return self.area_in(plain[own.end() :])
        how = pattern(_FILE, "how").match(plain)
        quality = pattern(_FILE, "quality").match(plain)
        if (how or quality) and re.search(rf"(?<![\w-])(?:{self.body}|{PRONOUN})(?![\w-])", plain):
            return self.area_in(plain)
        of_body = re.fullmatch(rf"(?i:the )?(?i:overall )?(?P<name>.+?) (?:of|at|in) (?:{self.body})", plain)
        return self.area_in(of_body["name"]) if of_body else None

    def _readings(self, phrase: str) -> Iterator[str]:
        """A phrase as it stands, and without the words that only lead to the name."""
        plain = with_plain_typography(phrase).strip(" '\".,;:()")
        yield plain
        if kind := pattern(_FILE, "area-noun").search(plain):
            yield plain[: kind.start()]
        if (short := _ABBREVIATION.sub("", plain)) != plain:
            yield short
        about = pattern(_FILE, "about-areas").match(plain)
        if about and about.end():
            plain = plain[about.end() :]
            yield plain
        body = rf"(?<![\w-])(?:(?:{self.body})(?:'s?|’s?)?|{PRONOUN})(?![\w-]) ?"
        if quality := pattern(_FILE, "quality").match(plain):
            yield quality["noun"] + " with which " + re.sub(body, "", plain[quality.end() :], count=1)
            return
        how = pattern(_FILE, "how").match(plain)
        if how is None:
            yield re.sub(rf"\A{body}", "", plain)
            return
        whose = rf"{body}|(?:(?:its|their) )?(?:officers|crews|firefighters|staff) "
        rest = re.sub(rf"\A(?:{whose})?(?:(?:is|are|does|do) )?", "", plain[how.end() :])
        adverb = (how["adverb"] or "").casefold()
        if adverb and adverb not in ("well", "good"):
            yield f"{adverb} {rest}"
            return
        yield rest
        yield from self._without_quality(rest)

    def _without_quality(self, phrase: str) -> Iterator[str]:
        """ "effective at investigating crime" without its adjective, if that is the one of the area’s pillar:
        "efficient at keeping people safe" is not about effectiveness."""
        adjective, _, name = phrase.partition(" at ")
        known = self._meant.get(stems(name))
        if known is None or not name:
            return
        pillar = known.broader or known.label
        if without_punctuation(pillar)[:6] == without_punctuation(adjective)[:6]:
            yield name
