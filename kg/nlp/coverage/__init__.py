"""The honesty report: how much of a report was captured, and a notice for each thing that was not.

It looks at the text anew, by means of its own, and asks whether what it finds there is in the ``Extraction``:
headings by their form, words of grading, labels of boxes, sentences, numbers, names, lines. What counts, and
what is passed over on purpose, is said in docs/honesty.md; how far it can be believed is measured there too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from kg.model.records import LOST_HEADING, RULED_OUT, Extraction, Figure, Notice, Period, Span
from kg.nlp.coverage.boxes import find_boxes, find_concerns, find_needs
from kg.nlp.coverage.grades import find_grades
from kg.nlp.coverage.headings import Headings
from kg.nlp.coverage.names import find_names, find_programmes
from kg.nlp.coverage.numbers import Seen, counts_something, find_seen, is_year, ruled_out
from kg.nlp.coverage.sight import Found, Sight, spans_of


def with_coverage(
    extraction: Extraction, sentences: Sequence[Span], periods: Sequence[Period] = ()
) -> Extraction:
    """The extraction with its ``coverage`` filled in, and a notice for each thing that was not captured.

    ``coverage`` has headings, grades, boxes, lines, names, numbers and sentences, each with how many were
    captured and how many there are, and of how many of all numbers a rule says that they are no figure. The
    notices (codes ``records.GAPS`` and ``RULED_OUT``) come after those that were there, as in the text.
    """
    look = _Look(Sight(extraction, tuple(sentences), tuple(periods)))
    numbers = Counter(look.numbers.values())
    tallies = [
        ("headings", *_share(look.headings.found)),
        ("grades", *_share(look.grades)),
        ("boxes", *_share(look.boxes)),
        ("sentences", *_share(look.sentences)),
        ("numbers", numbers["modelled"], numbers["modelled"] + numbers["unseen"]),
        ("numbers ruled out", numbers.total() - numbers["modelled"] - numbers["unseen"], numbers.total()),
        ("names", *_share(look.names)),
        ("lines", *_share(look.headings.lines)),
    ]
    found = sorted(_notices(look), key=lambda n: (n.start or 0, n.end or 0, n.code))
    return replace(extraction, coverage=tuple(tallies), warnings=(*extraction.warnings, *found))


def _share(found: Found) -> tuple[int, int]:
    return sum(captured for _, captured in found), len(found)


@dataclass(frozen=True)
class _Look:
    """What is seen of each kind."""

    sight: Sight

    @cached_property
    def headings(self) -> Headings:
        return Headings(self.sight)

    @cached_property
    def grades(self) -> Found:
        return find_grades(self.sight)

    @cached_property
    def boxes(self) -> Found:
        return find_boxes(self.sight)

    @cached_property
    def sentences(self) -> Found:
        """Sentences of the body, captured where a mention, figure or statement of any kind stands in them."""
        found = self.sight.extraction
        recommended = (box for box in found.boxes if box.kind == "recommendation")
        statements = (found.judgements, found.needs, found.concerns, recommended)
        cover = self.sight.cover(spans_of(*statements, found.mentions, found.figures))
        body = [span for span in self.sight.sentences if not self.headings.titles.holds(*span)]
        return [(span, cover.touches(*span)) for span in body]

    @cached_property
    def names(self) -> Found:
        """Capitalised names of the body, of findings and titles, captured where a mention stands on them."""
        titles, stating = self.headings.titles, self.headings.stating
        found = find_names(self.sight.text)
        body = {name for name in found if stating.touches(*name) or not titles.touches(*name)}
        body.update(find_programmes(self.sight.text))
        return [(name, self.sight.named.touches(*name)) for name in sorted(body)]

    @cached_property
    def numbers(self) -> dict[Span, str]:
        """Numbers of the body: "modelled" (in a figure or its slots, a period or a name), "unseen", or the id
        of the rule by which they are no figure."""
        found = self.sight.extraction
        cover = self.sight.cover(spans_of(found.figures, found.mentions, self.sight.periods))
        titles, formed = self.headings.titles, self.headings.formed
        body = [
            number
            for number in find_seen(self.sight.text)
            if not titles.touches(number.start, number.end)
            and not (is_year(number) and formed.touches(number.start, number.end))
        ]
        taken = self._slots
        told: dict[Span, str] = {}
        left: list[Seen] = []
        for number in body:
            slots = taken.get(self.sight.sentence(number.start), Counter())
            if number.part and not self._has_part(number):
                left.append(number)
            elif cover.holds(number.start, number.end):
                told[number.start, number.end] = "modelled"
            elif slots[number.value] > 0 and not counts_something(self.sight.text, number):
                slots[number.value] -= 1
                told[number.start, number.end] = "modelled"
            else:
                left.append(number)
        rules = ruled_out(self.sight.text, left)
        return told | {(n.start, n.end): rules.get(n.start, "unseen") for n in left}

    def _has_part(self, number: Seen) -> bool:
        """Whether a figure on a part in words has its value: "four fifths" is no four."""
        top, bottom = map(Decimal, number.part or (0, 0))
        return any(
            (figure.numerator, figure.denominator) == (top, bottom) or figure.value * bottom == top
            for figure in self._figures.get(self.sight.sentence(number.start), ())
            if figure.start < number.end and number.start < figure.end
        )

    @cached_property
    def _figures(self) -> dict[int, list[Figure]]:
        """The figures of each sentence."""
        found: dict[int, list[Figure]] = {}
        for figure in self.sight.extraction.figures:
            found.setdefault(self.sight.sentence(figure.start), []).append(figure)
        return found

    @cached_property
    def _slots(self) -> dict[int, Counter[object]]:
        """What figures say of numbers that have no figure of their own, by sentence: wholes and intervals."""
        slots: dict[int, Counter[object]] = {}
        for sentence, figures in self._figures.items():
            values = [(f.denominator, f.interval, f.interval_level) for f in figures]
            slots[sentence] = Counter(value for some in values for value in some if value is not None)
        return slots


def _notices(look: _Look) -> Iterator[Notice]:
    text = look.sight.text
    missed = {span for span, captured in look.headings.found if not captured}
    headings = [(span, captured or span[0] in look.headings.lost) for span, captured in look.headings.found]
    lines = [(span, captured or span in missed) for span, captured in look.headings.lines]
    unread = [(span, told != "unseen") for span, told in look.numbers.items()]
    for code, found, message in (
        (LOST_HEADING, headings, "a heading that became no finding and no known part"),
        ("grade-not-modelled", look.grades, "a grade, or an area of the framework, that no judgement has"),
        ("box-not-modelled", look.boxes, "a label or demand that became no box"),
        ("concern-not-modelled", find_concerns(look.sight), "a concern that was not read"),
        ("need-not-modelled", find_needs(look.sight), "a need that was not read"),
        ("number-not-modelled", unread, "a number that became no figure"),
        ("name-not-linked", look.names, "a name that was not linked to a thing"),
        ("line-not-parsed", lines, "a line that is in no known part of the report"),
    ):
        for (start, end), captured in found:
            if not captured:
                yield Notice(code, f"{message}: “{_around(text, start, end)}”", start, end)
    for (start, end), told in look.numbers.items():
        if told not in ("modelled", "unseen"):
            yield Notice(RULED_OUT, f"no figure by {told}: “{_around(text, start, end)}”", start, end)


def _around(text: str, start: int, end: int, longest: int = 60) -> str:
    """The words of a span, with some before and after on its line where it is short."""
    if end - start > longest:
        return text[start : start + longest].rstrip() + "…"
    begin = max(text.rfind("\n", 0, start) + 1, start - 30)
    stop = text.find("\n", end)
    stop = min(len(text) if stop < 0 else stop, end + 30)
    left, right = text[begin:start], text[end:stop]
    left = "…" + left.partition(" ")[2] if begin and text[begin - 1] not in "\n " else left
    right = right.rpartition(" ")[0] + "…" if stop < len(text) and text[stop] not in "\n " else right
    return f"{left}{text[start:end]}{right}".strip()
