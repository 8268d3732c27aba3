"""Figures that say by themselves whether something is good or bad: shares of reviewed cases, answers of
surveys, and what is better or worse than elsewhere, or than it was, by a measure of which it is known what is
better."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from kg.model.measures import load_measures
from kg.model.records import Extraction, Figure, Span
from kg.nlp.bearing import is_unasserted, sign_of
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.polarity import clause_at, polarity, praises
from kg.nlp.subjects import Told

_FILE = "reasons"
_PRAISED, _PLAIN = Decimal("0.8"), Decimal("0.9")
"""From what share of cases on it is good what a sentence praises (“61 of 92 were effective” is not), and what
it only tells of."""
_MANY, _FEW, _SOME = Decimal("0.7"), Decimal("0.5"), Decimal("0.2")
"""From what share of answers on it is good what people say in favour, up to which it is bad, and from which
on it is bad what they say against."""
_APART = Decimal("0.05")
"""By what share of the other value a figure has to differ to be better or worse."""
_DIRECTIONS = ("increase", "decrease")
_SIGNS = {("higher", True): "positive", ("higher", False): "negative"}
_SIGNS |= {("lower", True): "negative", ("lower", False): "positive"}

Telling = tuple[int, str, Decimal, Span]
"""The index of a figure, how it speaks, the share that it gives (0 where it gives none) and its words."""


class TellingFigures:
    """The figures of a report that praise or find fault, by where they stand, each sentence once."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.beside: dict[int, list[Figure]] = {}
        for figure in extraction.figures:
            self.beside.setdefault(figure.sentence_start, []).append(figure)
        told = ((n, f) for n, f in enumerate(extraction.figures) if _is_reviewed(f) or _is_answer(f))
        compared = ((n, f) for n, f in enumerate(extraction.figures) if self._compared(f) is not None)
        self.figures = sorted({**dict(told), **dict(compared)}.items(), key=lambda one: one[1].start)
        self.starts = [figure.start for _, figure in self.figures]
        self.sentences = [(f.sentence_start, f.sentence_end) for _, f in self.figures]
        self.small = frozenset(
            f.sentence_start for f in extraction.figures if f.kind == "share" and (share_of(f) or 1) < _MANY
        )
        """Where sentences begin that tell of few of a whole: “11 of the 19 were successful” is no praise."""

    def below(self, told: Told) -> Iterator[Telling]:
        """The figures below a statement: of each sentence and sign that with the largest share."""
        if told.kind not in ("finding", "box"):
            return
        best: dict[tuple[Span, str], tuple[Decimal, int]] = {}
        for span in told.below:
            first, last = (bisect_left(self.starts, at) for at in span)
            for number, figure in self.figures[first:last]:
                sign, share, words = self._read(figure, told.sign)
                if sign and best.get((words, sign), (Decimal(-1), 0))[0] < share:
                    best[words, sign] = share, number
        for (words, sign), (share, number) in best.items():
            yield number, sign, share, words

    def _read(self, figure: Figure, heading: str) -> tuple[str, Decimal, Span]:
        """The sign of a figure, how large the share is, and the words; no sign where they leave it open."""
        words = figure.sentence_start, figure.sentence_end
        said = self.extraction.report.text[slice(*words)]
        if is_unasserted(said) or pattern(_FILE, "row").search(said):
            return "", Decimal(0), words
        low, high = clause_at(said, figure.start - figure.sentence_start)
        if _is_reviewed(figure):
            return *_of_cases(figure, said[low:high], heading), words
        if _is_answer(figure):
            answer = said[max(low, figure.end - figure.sentence_start) : high]
            return *_of_answers(figure, said[low:high], answer, heading), words
        return self._compared(figure) or "", Decimal(0), self._words(figure)

    def way_of(self, figure: Figure) -> str:
        """How a figure speaks by its measure: better or worse than others, or than it was; nothing where that
        is not known."""
        if (told := self._compared(figure)) is not None:
            return told
        better = _better().get(figure.concept or "", "neither")
        if figure.kind != "change" or better == "neither" or figure.direction not in _DIRECTIONS:
            return ""
        return _SIGNS[better, (figure.direction == "increase") is not figure.complement]

    def _compared(self, figure: Figure) -> str | None:
        """How a figure of the body speaks that is clearly better or worse than others, or than it was."""
        better = _better().get(figure.concept or "", "neither")
        if (moved := self._moved(figure, better)) is not None:
            return moved
        if figure.population != "inspected-force" or figure.group is not None or better == "neither":
            return None
        other = next((o for o in self._others(figure) if o.population != figure.population), None)
        if other is None and (gap := self._gap(figure)) is not None:
            return _SIGNS[better, (gap == "+") is not figure.complement]
        if other is None or other.concept != figure.concept or other.unit != figure.unit:
            return None
        if figure.kind == "change" or abs(figure.value - other.value) < _APART * abs(other.value):
            return None
        said = self.extraction.report.text[slice(*self._words(figure))]
        if pattern(_FILE, "alike").search(said) or sign_of(said) == "mixed":
            return None
        return _SIGNS[better, (figure.value > other.value) is not figure.complement]

    def _gap(self, figure: Figure) -> str | None:
        """Which way the one difference goes that the sentence of a figure tells of it: “29 percent, 5
        percentage points above the figure for all forces”."""
        beside = self.beside.get(figure.sentence_start, ())
        gaps = [other for other in beside if other.kind == "difference"]
        same = [other for other in beside if other.concept == figure.concept]
        return gaps[0].sign if len(gaps) == 1 and same == [figure] and figure.end <= gaps[0].start else None

    def _moved(self, figure: Figure, better: str) -> str | None:
        """How a figure speaks of which its sentence, and no other in it, says which way it went."""
        said = self.extraction.report.text[figure.sentence_start : figure.sentence_end]
        known = figure.population == "inspected-force" and figure.group is None and figure.kind != "change"
        if not known or better == "neither" or figure.direction not in _DIRECTIONS:
            return None
        base = figure.base_value
        if base is not None and abs(figure.value - base) < _APART * abs(base):
            return None
        if sign_of(said) == "mixed" or not pattern(_FILE, "moved").search(said):
            return None
        return _SIGNS[better, (figure.direction == "increase") is not figure.complement]

    def _others(self, figure: Figure) -> list[Figure]:
        return [self.extraction.figures[index] for index in figure.compared_with]

    def _words(self, figure: Figure) -> Span:
        """The sentence of a figure, with the next if that gives what it is compared with."""
        end = figure.sentence_end
        for other in self._others(figure):
            between = self.extraction.report.text[figure.sentence_end : other.sentence_start]
            if other.sentence_start >= figure.sentence_end and between in ("", " "):
                end = other.sentence_end
        return figure.sentence_start, end


@cache
def _better() -> dict[str, str]:
    """Of each measure, whether it is better when it is higher or lower."""
    return {measure.iri: measure.better for measure in load_measures()}


def _is_reviewed(figure: Figure) -> bool:
    """Whether a figure is the share of what inspectors looked at."""
    return figure.of_sample and figure.attribution == "inspectorate" and bool(figure.denominator)


def _is_answer(figure: Figure) -> bool:
    """Whether a figure is the share of those asked who gave an answer."""
    return figure.attribution == "survey" and figure.kind == "share" and share_of(figure) is not None


def share_of(figure: Figure) -> Decimal | None:
    """The share that a figure gives, of 1; one of more is misread, or a slip (“48 of 2”)."""
    if figure.numerator is not None and figure.denominator:
        return min(figure.numerator / figure.denominator, Decimal(1))
    return min(figure.value / 100, Decimal(1)) if figure.unit == "percent" else None


def _of_cases(figure: Figure, clause: str, heading: str) -> tuple[str, Decimal]:
    """The sign of a share of cases, in words that may leave it open, below a heading of a sign."""
    share = min((figure.numerator or Decimal(0)) / (figure.denominator or Decimal(1)), Decimal(1))
    sign = "negative" if figure.complement else polarity(clause)
    if sign == "negative":
        return sign, share
    if sign == "positive" and share >= (_PRAISED if praises(clause) else _PLAIN):
        return sign, share
    # “updated in 62 of 79 cases” is no fault, whatever it is below.
    is_few = sign != "positive" or share < _MANY
    return (heading, share) if sign != "mixed" and heading == "negative" and is_few else ("", share)


def _of_answers(figure: Figure, clause: str, answer: str, heading: str) -> tuple[str, Decimal]:
    """The sign of a share of answers: many who say something good, few who do, or some who say what is bad
    (below praise that may be what they would act on: “would report a colleague who behaved badly”)."""
    share = share_of(figure) or Decimal(0)
    if pattern(_FILE, "no-answer").search(answer):
        return "", share
    sign = "negative" if pattern(_FILE, "harmed").search(answer) else polarity(clause)
    if sign == "negative":
        return (sign if share >= _SOME and heading != "positive" else ""), share
    favour = pattern(_FILE, "in-favour").search(answer) is not None or praises(answer)
    if sign != "positive" or figure.complement or not favour:
        return "", share
    return ("positive" if share >= _MANY else "negative" if share <= _FEW else ""), share
