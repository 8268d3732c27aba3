"""Parts and multiples in words: "a third of the calls", "more than half", "by two-thirds", "twice the 15"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.model.text.numbers import FRACTION, fraction_value, quotient
from kg.nlp.figures.numbers.prose import Prose
from kg.nlp.figures.quantities import Quantity
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.rules.prefilter import prefiltered

_FORMS = "figure-forms"
_BEFORE = 60
_CLAUSE = 140
_MULTIPLES = {
    "twice": Decimal(2),
    "half": Decimal("0.5"),
    "doubled": Decimal(2),
    "trebled": Decimal(3),
    "tripled": Decimal(3),
    "quadrupled": Decimal(4),
    "halved": Decimal("0.5"),
}


def parts_and_multiples(prose: Prose) -> list[Quantity]:
    """The ratios in words of a text: its fractions with numerator and denominator, and its multiples."""
    return [*_multiples(prose), *_fractions(prose)]


def _multiples(prose: Prose) -> Iterator[Quantity]:
    """ "twice as likely", "more than twice its size", "half as many", "calls doubled in 2023"."""
    for form in ("form.twice", "form.doubled"):
        for match in prefiltered(prose.text).finditer(pattern(_FORMS, form)):
            written = next(word for word in match.groups() if word)
            sentence = prose.sentence_of(match.start())
            yield Quantity(*match.span(), _MULTIPLES[written.lower()], "ratio", form, sentence, match.end())


def _fractions(prose: Prose) -> Iterator[Quantity]:
    for match in FRACTION.finditer(prose.text):
        start, end = match.span()
        is_number = _has_number(match) and prose.text[match.end("top")] == " "
        if (is_number and start not in prose.by_start) or not _is_part(prose, match):
            continue
        top, bottom = (Decimal(part) for part in fraction_value(match))
        sentence = prose.sentence_of(start)
        yield Quantity(
            start,
            end,
            quotient(top, bottom),
            "ratio",
            "form.fraction",
            sentence,
            end,
            numerator=top,
            denominator=bottom,
        )


def _has_number(match: re.Match[str]) -> bool:
    """Whether a fraction is counted ("one third"): "a third" may be one after a second."""
    return match["top"] is not None and match["top"].lower() not in ("a", "an")


def _is_part(prose: Prose, match: re.Match[str]) -> bool:
    """Whether a fraction says how much of something, or by how much it changed.

    It does with its whole behind it ("a third of the calls"), and at the end of its phrase where a word
    before it measures ("just over half.", "by one quarter") or it opens its clause ("one third had no
    opinion"); not in what is asked for, in a half of a year, or in "a third" that follows a second.
    """
    start, end = match.span()
    limit, before = prose.end_of_sentence(start), prose.words_before(start, _BEFORE)
    if pattern(_FORMS, "form.half-named").search(before):
        return False
    is_counted, in_bracket = _has_number(match), prose.text.startswith(" (", end)
    has_whole = pattern(_FORMS, "form.fraction-whole").match(prose.text, end, limit) is not None
    if match["top"] and (prose.text.startswith(" of ", end) or (in_bracket and is_counted)):
        return True
    asked = pattern(_FORMS, "form.asked").search(prose.words_before(start, _CLAUSE)) is not None
    if asked or (in_bracket and match["top"]):
        return False
    if has_whole or (match["top"] and not is_counted and _is_subject(prose, match)):
        return True
    if end < limit and pattern(_FORMS, "form.fraction-end").match(prose.text, end, limit) is None:
        return False
    if match["top"] and not is_counted:
        by = pattern(_FORMS, "form.changed-by").search(prose.words_before(start, _CLAUSE))
        return by is not None or pattern(_FORMS, "form.hedge").search(before) is not None
    return pattern(_FORMS, "form.fraction-before").search(before) is not None


def _is_subject(prose: Prose, match: re.Match[str]) -> bool:
    """ "Of those in post, a quarter were eligible to retire": what a clause of several is about."""
    start, end = match.span()
    opens = pattern(_FORMS, "form.clause-start").search(prose.words_before(start, _CLAUSE))
    verb = pattern(_FORMS, "form.fraction-subject").match(prose.text[end : prose.end_of_sentence(start)])
    return opens is not None and verb is not None
