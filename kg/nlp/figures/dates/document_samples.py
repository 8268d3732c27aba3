"""Samples of a report: what was read or who was asked is told once, and figures far on are parts of it.

"In February 2023, we examined 60 vetting files" tells of a sample: what it is of, its size, its time and
who read it. Three sections on, "in 21 of the 60 vetting files", "of the files that we examined" and "a third
of the files" are of it, and have its time and its source. ``find_document_samples`` finds the samples of a
report with the times that may be theirs; ``DocumentSamples.of`` gives those that a figure may be part of, and
how its words lead there. Which of them it is, and whether its time is the figure’s, a chooser decides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from kg.model.records import Period
from kg.nlp.figures.context import Context, Sentence
from kg.nlp.figures.dates.occasions import Occasions, Reference, singular
from kg.nlp.figures.dates.period_roles import role_of
from kg.nlp.figures.links.topic_chains import TopicChains
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-occasions"
_LINKED = 3
"""So many samples at most that a figure may be part of by each way, the nearest before it first."""


@dataclass(frozen=True, slots=True)
class DocumentSample:
    """A sample: its size, what it is of, who took it, and its times.

    ``quantity`` states its ``size`` in the sentence ``sentence``; ``nouns`` are the last words of what is
    counted, ``words`` all of the sentence, both in the singular; ``stems`` those of what was done with it
    ("examined", "our audit"). ``by`` is an attribution. ``times`` are periods with where they stand: ``own``
    in its sentence, ``behind`` and ``before`` in the sentence next to it, ``visit`` when the inspectors came,
    as the report says elsewhere.
    """

    quantity: int
    sentence: int
    size: Decimal
    nouns: frozenset[str]
    by: str
    words: frozenset[str]
    stems: frozenset[str]
    times: tuple[tuple[Period, str], ...]


Link = tuple[DocumentSample, str]
"""A sample that a figure may be part of, and the way that the figure’s words lead there."""


@dataclass(frozen=True)
class DocumentSamples:
    """The samples of a report in the order of the text."""

    context: Context
    occasions: Occasions
    all: tuple[DocumentSample, ...]

    def of(self, index: int) -> tuple[Link, ...]:
        """The samples that a figure may be part of, each with the way that its words lead there.

        ``self``: it is the size. ``whole``: its whole is of that size. ``size``: the same number of the same
        things again. ``read``: its sentence tells of such things that were read ("the files we examined").
        ``things``: its sentence tells of such things ("of the files"). ``asked``: its sentence tells what was
        answered. Of a value of a table the caption says so: ``table-read`` and so on. ``on``: none of these,
        and the figure before it in its paragraph is part of it.
        """
        return self._of[index]

    def is_same_act(self, index: int, sample: DocumentSample) -> bool:
        """Whether the sentence of a figure names what was done as that of the sample does: "we audited"."""
        references = self.occasions.references[self.context.quantities[index].sentence]
        return any(reference.stem in sample.stems for reference in references)

    def alike(self, index: int, sample: DocumentSample) -> int:
        """How many words the sentence of a figure shares with that which tells of a sample, 3 at most."""
        return min(len(_words_of(self.context.sentence(index).text) & sample.words), 3)

    @cached_property
    def _of(self) -> list[tuple[Link, ...]]:
        found: list[tuple[Link, ...]] = []
        for index in range(len(self.context.quantities)):
            found.append(tuple(self._told(index)) or tuple(self._gone_on(index, found)))
        return found

    def _told(self, index: int) -> Iterator[Link]:
        told: set[int] = set()
        for way, samples in self._ways(index):
            at = bisect_right(samples, index, key=lambda sample: sample.quantity)
            near = [*reversed(samples[max(0, at - _LINKED) : at]), *samples[at : at + _LINKED]]
            for sample in near[:_LINKED]:
                if sample.quantity not in told and (sample.quantity != index or way == "self"):
                    told.add(sample.quantity)
                    yield sample, way

    def _gone_on(self, index: int, found: Sequence[tuple[Link, ...]]) -> Iterator[Link]:
        """The samples of the figure before it in its sentence, else of the last in the sentence before."""
        previous = self.context.previous(index)
        if previous is None:
            last = self.context.last_of_before(self.context.quantities[index].sentence)
            previous = last[0] if last is not None and last[1] == 1 else None
        if previous is not None and not self.context.sentence(index).periods:
            yield from ((sample, "on") for sample, way in found[previous] if way != "things")

    def _ways(self, index: int) -> Iterator[tuple[str, Sequence[DocumentSample]]]:
        context, quantity = self.context, self.context.quantities[index]
        if index in self._by_quantity:
            yield "self", [self._by_quantity[index]]
        head = singular(_last_word(context.noun(index)))
        if quantity.denominator is not None and (head or quantity.unit != "ratio"):
            same = self._by_size[quantity.denominator, ""]
            yield "whole", same if not head or len(same) == 1 else self._by_size[quantity.denominator, head]
        if quantity.unit == "count" and head:
            yield "size", self._by_size[quantity.value, head]
        yield from self._named(quantity.sentence, "")
        cell = context.cells[index]
        if cell is not None:
            yield from self._named(bisect_right(self._starts, cell.table - 1) - 1, "table-")

    def _named(self, number: int, where: str) -> Iterator[tuple[str, Sequence[DocumentSample]]]:
        """The samples that the words of a sentence name."""
        if number < 0:
            return
        sentence = self.context.sentences[number]
        acts = (r for r in self.occasions.references[number] if r.form == "act")
        read = {self._thing(sentence, reference) for reference in acts}
        yield from ((f"{where}read", self._by_noun[thing]) for thing in sorted(read))
        words = pattern(_FILE, "occasion.things").finditer(sentence.text)
        things = {singular(match["noun"].lower()) for match in words}
        yield from ((f"{where}things", self._by_noun[thing]) for thing in sorted(things))
        if pattern(_FILE, "occasion.asked").search(sentence.text):
            yield f"{where}asked", self._surveys

    def _thing(self, sentence: Sentence, reference: Reference) -> str:
        """What the words before "that we examined" name, in the singular; empty if they name nothing."""
        before = self.context.text[sentence.start : reference.start]
        words = pattern("figure-places", "place.thing-read").search(before)
        return singular(words["noun"].lower()) if words else ""

    @cached_property
    def _by_quantity(self) -> dict[int, DocumentSample]:
        return {sample.quantity: sample for sample in self.all}

    @cached_property
    def _surveys(self) -> list[DocumentSample]:
        return [sample for sample in self.all if sample.by == "survey"]

    @cached_property
    def _by_size(self) -> dict[tuple[Decimal, str], list[DocumentSample]]:
        """The samples of a size, by it and each of their nouns, and by it and no noun."""
        found: dict[tuple[Decimal, str], list[DocumentSample]] = defaultdict(list)
        for sample in self.all:
            for noun in ("", *sorted(sample.nouns)):
                found[sample.size, noun].append(sample)
        return found

    @cached_property
    def _by_noun(self) -> dict[str, list[DocumentSample]]:
        found: dict[str, list[DocumentSample]] = defaultdict(list)
        for sample in self.all:
            for noun in sorted(sample.nouns):
                found[noun].append(sample)
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.context.sentences]


def find_document_samples(context: Context, chains: TopicChains, occasions: Occasions) -> DocumentSamples:
    """The samples of a report; ``chains`` has sizes of samples that paragraphs go on about."""
    found: list[DocumentSample] = []
    visits = [o.period for o in occasions.all if _is_visit(o.words)]
    told = [o.words.sentence for o in occasions.all if _is_visit(o.words)]
    for number, sentence in enumerate(context.sentences):
        references = occasions.references[number] if sentence.quantities else ()
        sizes = [(i, by) for i in sentence.quantities if (by := _taken_by(context, chains, i, references))]
        if not sizes:
            continue
        times = list(_times_beside(context, number))
        if visits:  # the last before it, else the first behind
            times.append((visits[max(bisect_right(told, number) - 1, 0)], "visit"))
        words, stems = _words_of(sentence.text), frozenset(reference.stem for reference in references)
        for index, by in sizes:
            counted = re.findall(r"[a-z]{3,}", context.noun(index).lower())[-2:]
            nouns, size = frozenset(map(singular, counted)), context.quantities[index].value
            found.append(DocumentSample(index, number, size, nouns, by, words, stems, tuple(times)))
    return DocumentSamples(context, occasions, tuple(found))


def _is_visit(reference: Reference) -> bool:
    """Whether a reference is to the visit of the inspectors that the report is on."""
    return reference.kind == "visit" and reference.by == "ours" and not reference.is_earlier


def _taken_by(context: Context, chains: TopicChains, index: int, references: Sequence[Reference]) -> str:
    """Whose sample a figure is the size of, as an attribution; empty if of none."""
    quantity = context.quantities[index]
    if quantity.unit != "count" or quantity.denominator is not None:
        return ""
    if index in chains.opening and quantity.noun:
        return chains.opening[index].speaker
    for reference in references:
        source = reference.source or (None if reference.by == "theirs" else "inspectorate")
        if source is not None and reference.kind != "data" and _is_size(context, index, reference):
            return source
    behind = context.text[quantity.end : context.sentence(index).end]
    replied = pattern("figure-population", "population.who-replied").match(behind)
    return "survey" if replied or pattern(_FILE, "occasion.answered").match(behind) else ""


def _is_size(context: Context, index: int, reference: Reference) -> bool:
    """Whether a figure says how much was read or how many were asked, as words before or behind it tell."""
    quantity, text = context.quantities[index], context.text
    if reference.end <= quantity.start:
        form = "occasion.size-of" if reference.form == "name" else "occasion.size-behind"
        return pattern(_FILE, form).match(text[reference.end : quantity.start]) is not None
    between = text[quantity.end : reference.start]
    return reference.form == "act" and pattern(_FILE, "occasion.size-before").match(between) is not None


def _times_beside(context: Context, number: int) -> Iterator[tuple[Period, str]]:
    """The periods that a sample told in a sentence may have, of the sentence and those next to it."""
    sentence = context.sentences[number]
    found = [(p, "own") for p in _plain(context, sentence)]
    for other in context.sentences[number + 1 : number + 2]:
        if other.paragraph == sentence.paragraph and pattern(_FILE, "occasion.of-them").match(other.text):
            found += [(p, "behind") for p in _plain(context, other)]
    yield from found
    for far, other in enumerate(context.paragraph_before(number)[:2] if not found else ()):
        if far == 0 or not other.quantities:
            yield from ((p, "before") for p in _plain(context, other)[-1:])


def _plain(context: Context, sentence: Sentence) -> list[Period]:
    return [p for p in sentence.periods if role_of(context, sentence, p) == ""]


def _words_of(text: str) -> frozenset[str]:
    return frozenset(singular(word) for word in re.findall(r"[a-z]{4,}", text.lower()))


def _last_word(words: str) -> str:
    return words.lower().split()[-1] if words else ""
