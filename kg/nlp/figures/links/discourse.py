"""What a paragraph goes on about: the sample that was read or asked, who speaks of it and when it was.

A sentence that states the size of a sample ("We examined 36 investigations", "620 people answered the
survey") opens a topic. The topic lasts to the end of the paragraph at most: a sentence goes on with it if it
tells of a part of the sample or of the same measure and nobody else speaks; any other sentence with figures
ends it. Samples that inspectors read are remembered through the report by their size ("71 of the 75 cases")
and as "people whose records we read".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.nlp.figures.links.scene import Scene, Sentence
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-discourse"
_OPENING = 12
_NOMINAL = ("period.same", "period.same-days", "period.those", "period.previous", "period.distance")
_INSPECTORS = "inspectorate"
_SURVEY = "survey"


@dataclass(frozen=True, slots=True)
class Sample:
    """Who read or asked it (an attribution), the draft that states its size, its largest size."""

    speaker: str
    draft: int
    size: Decimal

    @property
    def is_survey(self) -> bool:
        return self.speaker == _SURVEY


class Topics:
    """The sample that each draft is about: ``of`` has those of a scene by index of the draft."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.of: dict[int, Sample] = {}
        self.opening: dict[int, Sample] = {}
        self._by_noun: dict[str, Sample] = {}
        self._sizes: dict[Decimal, Sample] = {}
        self._read()

    def visit(self, index: int) -> Sentence | None:
        """The sentence before the one that opens a topic if it tells when the inspectors came."""
        before = self.scene.paragraph_before(self.scene.drafts[index].sentence)[:1]
        if index not in self.opening or not before or before[0].drafts:
            return None
        words = before[0].text
        told = all(pattern(_FILE, form).search(words) for form in ("topic.inspectors", "topic.visit"))
        return before[0] if told else None

    def _read(self) -> None:
        topic, paragraph, parts = None, -1, False
        for number, sentence in enumerate(self.scene.sentences):
            if sentence.paragraph != paragraph:
                topic, paragraph, parts = None, sentence.paragraph, False
            self._recall(sentence)
            opened = self._opened(number, sentence)
            if opened is not None:
                topic, parts = opened, False
            elif topic is not None and self._goes_on(sentence, topic, parts):
                parts = parts or bool(sentence.drafts)
                self.of.update(dict.fromkeys(sentence.drafts, topic))
            else:
                topic = self._recalled(sentence)
                parts = topic is not None

    def _recall(self, sentence: Sentence) -> None:
        """Shares whose whole is the size of a sample that inspectors read, also far from it."""
        for index in sentence.drafts:
            whole = self.scene.drafts[index].denominator
            if whole is not None and whole in self._sizes:
                self.of[index] = self._sizes[whole]

    def _recalled(self, sentence: Sentence) -> Sample | None:
        """The topic that "the people whose records we read" takes up again."""
        again = pattern(_FILE, "topic.read-before").search(sentence.text)
        sample = self._by_noun.get(again["noun"].lower()) if again else None
        if sample is not None:
            self.of.update(dict.fromkeys(sentence.drafts, sample))
        return sample

    def _opened(self, number: int, sentence: Sentence) -> Sample | None:
        if not sentence.drafts:
            return None
        if pattern("figure-population", "population.survey").search(sentence.text):
            counts = [i for i in sentence.drafts if self.scene.drafts[i].unit == "count"]
            size = max((self.scene.drafts[i].value for i in counts), default=Decimal(0))
            return Sample(_SURVEY, sentence.drafts[0], size)
        sizes = self._sizes_read(number, sentence)
        if not sizes:
            return None
        for index in sizes:
            self._remember(index)
        for index in sentence.drafts:
            draft = self.scene.drafts[index]
            if (
                draft.pattern == "form.bare"
                and sizes[-1] < index
                and draft.value <= self.opening[sizes[-1]].size
            ):
                self.of[index] = self.opening[sizes[-1]]
        return max((self.opening[i] for i in sizes), key=lambda s: s.size)

    def _remember(self, index: int) -> None:
        draft = self.scene.drafts[index]
        sample = Sample(_INSPECTORS, index, draft.value)
        self._sizes[draft.value] = self.opening[index] = self.of[index] = sample
        if draft.noun:
            self._by_noun[self.scene.text[slice(*draft.noun)].split()[-1].lower()] = sample

    def _sizes_read(self, number: int, sentence: Sentence) -> list[int]:
        """The drafts of a sentence that are sizes of samples which inspectors read."""
        found: list[int] = []
        for index in sentence.drafts:
            draft = self.scene.drafts[index]
            if draft.unit != "count" or draft.denominator is not None:
                continue
            before = self.scene.text[sentence.start : draft.start]
            read = pattern(_FILE, "topic.reads").search(before)
            joined = found[-1:] == [index - 1] and self.scene.gap(index - 1, index) in (" and ", ", ")
            if joined or (read and self._are_inspectors(number, before[: read.start()])):
                found.append(index)
        return found

    def _are_inspectors(self, number: int, subject: str) -> bool:
        """Whether the words before a verb name inspectors or stand for those of the sentence before."""
        if pattern(_FILE, "topic.inspectors").search(subject):
            return True
        before = self.scene.paragraph_before(number)[:1]
        pronoun = pattern(_FILE, "topic.pronoun").match(self.scene.sentences[number].text)
        return bool(pronoun and before and pattern(_FILE, "topic.inspectors").search(before[0].text))

    def _goes_on(self, sentence: Sentence, topic: Sample, parts: bool) -> bool:
        if any(form.regex.search(sentence.text) for form in load_patterns("figure-attribution")):
            return False
        if not sentence.drafts:
            return True
        drafts = [self.scene.drafts[i] for i in sentence.drafts]
        part = pattern(_FILE, "topic.part").match(sentence.text)
        if part and drafts[0].start < sentence.start + part.end():
            return True
        if pattern(_FILE, "topic.of-them").search(sentence.text):
            return True
        first = drafts[0]
        past = pattern(_FILE, "topic.counted-then").match(self.scene.text, first.end, sentence.end)
        if topic.is_survey and first.numerator is not None and first.start == sentence.start and past:
            return True
        if all(draft.unit == "percent" for draft in drafts):
            again = [p for p in sentence.periods[:1] if p.start - sentence.start < _OPENING]
            known = topic.is_survey and any(p.pattern in _NOMINAL for p in again)
            return known or pattern(_FILE, "topic.same-measure").match(sentence.text) is not None
        if any(d.unit != "count" or d.value > topic.size for d in drafts):
            return False
        if all(draft.pattern in ("form.bare", "form.of-antecedent") for draft in drafts):
            return True
        return parts and first.start == sentence.start and past is not None
