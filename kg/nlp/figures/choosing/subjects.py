"""Figures of another body by grammar: its name is the subject of their clause, or its area where that opens.

"In 2023 Kent Police answered 95 percent of 999 calls", "Satisfaction was 56 percent (Kent: 55 percent)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.model.bodies import area_of, kind_of_body, load_bodies
from kg.model.records import Span
from kg.nlp.figures.choosing.candidates import Candidate
from kg.nlp.figures.context import Context, Sentence
from kg.nlp.figures.sources.population import names_of_others
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-population"
_OWN, _OTHER = "inspected-force", "other-force"
_FAR = 160


def with_named_subjects(context: Context, chosen: Sequence[Candidate[str]]) -> list[Candidate[str]]:
    """The chosen populations, where the grammar of its clause makes another body the one of a figure."""
    result, own = list(chosen), context.force_name
    if own is None:
        return result
    for sentence in context.sentences:
        names = _names(sentence, own) if sentence.quantities else []
        for index in sentence.quantities if names else ():
            if result[index].value in (_OWN, _OTHER) and context.cells[index] is None:
                span = _body_of(context, sentence, index, names)
                if span is not None:
                    result[index] = Candidate(_OTHER, "stated", *span, ("subject", "settled"))
    return result


def _names(sentence: Sentence, own: str) -> list[tuple[Span, bool]]:
    """The names of other bodies in a sentence by their places, and whether each is only that of its area."""
    areas = _areas(kind_of_body(None, own).cls)
    found = dict.fromkeys(names_of_others(sentence.text, own), False)
    taken = set(found)
    for match in areas.finditer(sentence.text) if areas is not None else ():
        start, end = match.span()
        if match[0].casefold() in own.casefold() or any(a < end and start < b for a, b in taken):
            continue
        found[start, end] = True
    return [((sentence.start + a, sentence.start + b), is_area) for (a, b), is_area in sorted(found.items())]


@cache
def _areas(cls: str) -> re.Pattern[str] | None:
    """What areas of known bodies of a kind are called; not of councils: “Reading” and “Bath” are words."""
    names = {area for body in load_bodies() if body.kind == cls for area in map(area_of, body.names) if area}
    if not names or kind_of_body(cls).path == "authority":
        return None
    longest = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-]| [A-Z])")


def _body_of(
    context: Context, sentence: Sentence, index: int, names: Sequence[tuple[Span, bool]]
) -> Span | None:
    quantity = context.quantities[index]
    for (start, end), is_area in reversed(names):
        if end > quantity.start:
            if is_area and _is_set_beside(context, index, start, end):
                return start, end
            continue
        if quantity.start - end > _FAR:
            return None
        before = context.text[sentence.start : start]
        between = context.text[end : quantity.start]
        if _governs(before, between, is_area=is_area) and not _goes_back(between, context.force_name):
            return start, end
    return None


def _is_set_beside(context: Context, index: int, start: int, end: int) -> bool:
    """Whether an area stands behind a number that is only compared: “against 53 percent in Kent.”"""
    behind = context.text[context.quantities[index].end : start]
    compared = pattern(_FILE, "subject.compared").search(context.before(index))
    ends = pattern(_FILE, "subject.ends").match(context.text[end : context.sentence(index).end])
    return behind == " in " and compared is not None and ends is not None


def _governs(before: str, between: str, *, is_area: bool) -> bool:
    """Whether a name with these words before it and up to the number is what the clause is about."""
    forms: Iterator[str] = iter(("body", "area", "label") if is_area else ("body", "label"))
    return any(
        pattern(_FILE, f"subject.{form}-before").search(before)
        and pattern(_FILE, f"subject.{form}-behind").fullmatch(between)
        for form in forms
    )


def _goes_back(between: str, own: str | None) -> bool:
    """Whether the words between a name and a number come back to the inspected body."""
    named = own is not None and own.casefold() in between.casefold()
    return named or pattern(_FILE, "population.force").search(between) is not None
