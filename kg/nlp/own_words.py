"""What a report says well or ill of an area in sentences that belong to none of its findings.

In the inspector's summary a sentence names the area that it praises ("I congratulate the force on how it
prevents crime"), or stands below a title that does; in the section of an area the paragraphs above its
findings are about it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model.frameworks import Framework
from kg.model.records import Extraction, Section, Span
from kg.nlp.bearing import is_aside, sentences_of, sign_of, stands_for
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.area_clauses import area_of_clause

_FILE = "reasons"
_SUMMING_UP = ("summary", "overview")
"""The roles of sections in which an inspector sums up."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about an area that praises it or finds fault (``sign``). ``basis`` is ``summary`` or
    ``section``."""

    area: str
    basis: str
    sign: str
    words: Span


def find_own_words(extraction: Extraction, framework: Framework | None) -> Iterator[Said]:
    """The sentences about graded areas that belong to no finding, box, need, concern or judgement."""
    if framework is None:
        return
    reader = _Reader(extraction, Words(framework, framework.wording, framework.boxes, framework.kinds))
    last: dict[str | None, int] = {}  # behind its last finding there may stand notes and data
    for finding in extraction.findings:
        last[finding.area] = max(last.get(finding.area, 0), finding.start)
    above: list[Section] = []
    sections = sorted(extraction.sections, key=lambda section: (section.start, -section.end))
    for number, section in enumerate(sections):
        above = [one for one in above if one.end > section.start] + [section]
        after = sections[number + 1].start if number + 1 < len(sections) else section.end
        span = section.start, min(section.end, after)
        if any(reader.sums_up(one) for one in above):
            yield from reader.of_summary(section, span)
        elif section.area in reader.judged:
            yield from reader.of_section(
                section.area or "", (span[0], min(span[1], last.get(section.area, span[1])))
            )


class _Reader:
    """Reads the lines of sections; ``judged`` are the areas that are graded."""

    def __init__(self, extraction: Extraction, words: Words) -> None:
        self.text, self.words = extraction.report.text, words
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

    def of_summary(self, section: Section, span: Span) -> Iterator[Said]:
        """The sentences of a summary with the areas that they name, or the sentence before that they go on
        about, or the title above; the title is one of them."""
        headed = self._areas(section.title)
        for line in self._lines(span):
            carried: list[str] = []
            for sentence in sentences_of(self.text, line):
                said = self.text[slice(*sentence)]
                goes_on = pattern(_FILE, "goes-on").match(said) is not None
                carried = self._areas(said) or (carried if goes_on else []) or headed
                if not self._is_taken(sentence) and (sign := _sign(said)):
                    yield from (Said(area, "summary", sign, sentence) for area in carried)

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
        return [area.label for area in named if area.label in self.judged]


def _sign(said: str) -> str:
    """How a sentence speaks, of one that does not give the grade; what pleases the inspector is praise."""
    if pattern(_FILE, "graded").search(said):
        return ""
    if pattern(_FILE, "pleased").match(said) and sign_of(said) == "positive" and not is_aside(said):
        return "positive"
    return stands_for(said)
