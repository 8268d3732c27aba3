"""What a report says well or ill of an area in sentences that belong to none of its findings.

In the inspector's summary a sentence names the area that it praises ("I congratulate the force on how it
prevents crime"), goes on about the one before it, or stands below a title that names it; in the section of an
area the paragraphs above its findings are about it. Where nothing is graded, a sentence is about the one area
that all its topics belong to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model.frameworks import Framework
from kg.model.records import Extraction, Section, Span
from kg.model.topics import areas_of_topic, topics_of
from kg.nlp.bearing import is_aside, sentences_of, sign_of, stands_for
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.area_clauses import area_of_clause

_FILE = "reasons"
_OPENING = 60
"""Characters of a sentence in which it has to name what it is about."""
_SUMMING_UP = ("summary", "overview")
"""The roles of sections in which an inspector sums up."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about an area that praises it or finds fault (``sign``). ``basis`` is ``summary``,
    ``section`` or ``subject``."""

    area: str
    basis: str
    sign: str
    words: Span


def find_own_words(extraction: Extraction, framework: Framework | None) -> Iterator[Said]:
    """The sentences about graded areas that belong to no finding, box, need, concern or judgement."""
    if framework is None:
        return
    reader = _Reader(extraction, framework)
    last: dict[str | None, int] = {}  # behind its last finding there may stand notes and data
    for finding in extraction.findings:
        last[finding.area] = max(last.get(finding.area, 0), finding.start)
    above: list[Section] = []
    sections = sorted(extraction.sections, key=lambda section: (section.start, -section.end))
    for number, section in enumerate(sections):
        above = [one for one in above if one.end > section.start] + [section]
        after = sections[number + 1].start if number + 1 < len(sections) else section.end
        span = section.start, min(section.end, after)
        if reader.is_note(above):
            continue
        if any(reader.sums_up(one) for one in above):
            yield from reader.of_summary(section, span)
        elif section.area is None:
            yield from reader.of_summary(section, span, basis="subject")
        elif section.area in reader.judged:
            yield from reader.of_section(
                section.area or "", (span[0], min(span[1], last.get(section.area, span[1])))
            )


class _Reader:
    """Reads the lines of sections; ``judged`` are the areas that are graded."""

    def __init__(self, extraction: Extraction, framework: Framework) -> None:
        self.text, self.framework = extraction.report.text, framework.notation
        self.words = words = Words(framework, framework.wording, framework.boxes, framework.kinds)
        self.topics = topics_of(extraction.report)
        self.concerns = extraction.concerns
        self.others = [m.start for m in extraction.mentions if m.label == "ORGANISATION"]
        made = {area.label for area in words.areas if area.parts}  # a report sums these up by themselves
        self.judged = frozenset(one.area for one in extraction.judgements if one.area not in made)
        told = [(box.start, box.end) for box in extraction.boxes]
        told += [(need.start, need.end) for need in extraction.needs]
        told += [(concern.start, concern.end) for concern in extraction.concerns]
        told += [span for one in extraction.findings for span in ((one.start, one.end), *one.passages)]
        told += [span for one in extraction.judgements for span in ((one.start, one.end), *one.places)]
        self.taken = sorted(told)
        self.reach: list[int] = []
        for _, end in self.taken:
            self.reach.append(max(end, self.reach[-1]) if self.reach else end)

    def sums_up(self, section: Section) -> bool:
        return section.area is None and self.words.role_of(section.title) in _SUMMING_UP

    def is_note(self, above: Sequence[Section]) -> bool:
        """Whether a section, the last of those that it stands in, tells of the data, the terms or the method,
        not of the body."""
        if pattern(_FILE, "notes").search(above[-1].title):
            return True
        return any(self.words.role_of(section.title) == "annex" for section in above)

    def of_summary(self, section: Section, span: Span, basis: str = "summary") -> Iterator[Said]:
        """The sentences of a summary, or of a section where nothing is graded, with the areas that they are
        about; the title is one of them."""
        title = section.title if basis == "summary" else ""
        headed = self._areas(title) or _common(self._areas_of_topics(title))
        for line in self._lines(span):
            before: list[str] = []
            for sentence in sentences_of(self.text, line):
                said = self.text[slice(*sentence)]
                before = self._areas_named(sentence) or headed or self._areas_told(sentence, before)
                if not self._is_taken(sentence) and (sign := _sign(said)):
                    yield from (Said(area, basis, sign, sentence) for area in before)

    def _areas_named(self, sentence: Span) -> list[str]:
        """The graded areas that a sentence names, or that a concern in it is about."""
        concerned = [c for c in self.concerns if c.start < sentence[1] and sentence[0] < c.end]
        named = [area for concern in concerned for area in concern.areas if area in self.judged]
        return named or self._areas(self.text[slice(*sentence)])

    def _areas_told(self, sentence: Span, before: list[str]) -> list[str]:
        """The graded areas that a sentence is about that names none, behind one on the areas ``before``: of
        these those that its topics belong to, or all, if it goes on about them and its topics belong to no
        other; or else the one area of all its topics."""
        said = self.text[slice(*sentence)]
        told = self._areas_of_topics(said)
        if going_on := [area for area in before if any(area in areas for areas in told)]:
            return going_on
        if told:
            return _common(told) if self._is_of_body(sentence) else []
        return before if pattern(_FILE, "goes-on").match(said) else []

    def _areas_of_topics(self, said: str) -> list[frozenset[str]]:
        """The graded areas that each topic in some words belongs to, without topics that belong to none."""
        topics = (areas_of_topic(iri, self.framework) for iri, _ in self.topics.find(said))
        return [areas & self.judged for areas in topics if areas & self.judged]

    def _is_of_body(self, sentence: Span) -> bool:
        """Whether a sentence begins with the body, its people or a unit of it, and with no other body."""
        if pattern(_FILE, "pleased").match(self.text, *sentence):
            return True
        start, end = sentence
        end = end if self.text.startswith("There ", start) else min(end, start + _OPENING)
        if pattern(_FILE, "not-its-own").search(self.text, start, end):
            return False
        begins_with_other = any(start <= at < end for at in self.others)
        return not begins_with_other and pattern(_FILE, "actors").search(self.text, start, end) is not None

    def of_section(self, area: str, span: Span) -> Iterator[Said]:
        for line in self._lines(span):
            if pattern(_FILE, "paragraph").match(self.text[slice(*line)]):
                for sentence in sentences_of(self.text, line):
                    if not self._is_taken(sentence) and (sign := _sign(self.text[slice(*sentence)])):
                        yield Said(area, "section", sign, sentence)

    def _lines(self, span: Span) -> Iterator[Span]:
        start, end = span
        while start < end:
            stop = self.text.find("\n", start, end)
            stop = end if stop < 0 else stop
            yield start, stop
            start = stop + 1

    def _is_taken(self, sentence: Span) -> bool:
        """Whether a sentence shares words with a statement."""
        before = bisect_right(self.taken, (sentence[1] - 1, sentence[1])) - 1
        return before >= 0 and self.reach[before] > sentence[0]

    def _areas(self, said: str) -> list[str]:
        """The graded areas that words name; failing that, the one whose deed they tell."""
        named = self.words.areas_named(said, running=True)
        if not named and (told := area_of_clause(said, self.words.areas)):
            named = [told]
        if not named and pattern(_FILE, "led").search(said):
            leading = [area for area in self.words.areas if "leadership" in area.label.casefold()]
            named = leading if len(leading) == 1 else []
        return [area.label for area in named if area.label in self.judged]


def _common(told: Sequence[frozenset[str]]) -> list[str]:
    """The one area that all topics belong to."""
    common = frozenset.intersection(*told) if told else frozenset[str]()
    return list(common) if len(common) == 1 else []


def _sign(said: str) -> str:
    """How a sentence speaks, of one that does not give the grade and is not on others; what pleases the
    inspector is praise, and so is less crime."""
    if pattern(_FILE, "graded").search(said) or pattern(_FILE, "of-others").search(said):
        return ""
    if pattern(_FILE, "less-harm").search(said) and not is_aside(said) and sign_of(said) == "positive":
        return "positive"
    if pattern(_FILE, "pleased").match(said) and sign_of(said) == "positive" and not is_aside(said):
        return "positive"
    return stands_for(said)
