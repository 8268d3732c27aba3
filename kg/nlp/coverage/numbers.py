"""Numbers as a reader sees them: digits, and words that spaCy takes for numbers.

Nothing of the code that finds figures is asked which numbers there are, so that a number which that code
overlooks is seen all the same. Its rules say only why a number was ruled out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from spacy.lang.en.lex_attrs import like_num

from kg.model.text.numbers import FRACTION, Number, fraction_value, word_value
from kg.nlp.figures.numbers.exclusions import excluded_starts
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "coverage-numbers"
_DIGITS = re.compile(r"(?<![A-Za-z\d_@#])(?<![A-Za-z][-–.])\d+(?:[.,:/]\d+)*[½¼¾⅓⅔]?|(?<!\w)[½¼¾⅓⅔]")
_JOINED = re.compile(r"(?:st|nd|rd|th|m|bn|k|p|s|kg|km|hrs?|mins?)?(?![A-Za-z\d])")
_WORD = re.compile(r"(?<![\w’'])[A-Za-z]+(?![\w’'])")
_ENDS_NAME = re.compile(r"[,.;:)](?!\d)")
_DESCRIBES = re.compile(r"-[a-z]")
_YEARS = re.compile(r"(?<![\w.,£-])(?:19|20)\d\d(?:[/–-](?:(?:19|20)\d\d|\d\d))?(?![\w%]|[.,]\d)")
_PARTS = {"hundred", "thousand", "million", "billion"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A number in the text; ``value`` is None for one in words or in a form that is no plain number.

    ``part`` has numerator and denominator of a part in words: "four fifths".
    """

    start: int
    end: int
    value: Decimal | None = None
    part: tuple[int, int] | None = None


def find_seen(text: str) -> list[Seen]:
    """Numbers in digits and words, parts ("a third of"), ranks ("fifth highest") and multiples, in order.

    A word is a number where spaCy’s ``like_num`` says so; an ordinal only as a rank, "one" only where it
    counts ("only one", "one in five"). Digits inside a word ("COVID-19") and times of day are none.

    >>> text = "One of the 2 left at 9am in four-hour shifts, a third of it; the fifth highest by 7.5%"
    >>> [text[n.start : n.end] for n in find_seen(text)]
    ['2', 'a third', 'fifth', '7.5']
    """
    found = [*_in_digits(text), *_in_words(text), *_in_forms(text)]
    kept: list[Seen] = []
    for seen in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or seen.start >= kept[-1].end:
            kept.append(seen)
    return kept


def _in_digits(text: str) -> Iterator[Seen]:
    coded = {at for code in pattern(_FILE, "number.code").finditer(text) for at in range(*code.span())}
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        none = start in coded or pattern(_FILE, "number.clock").match(text, start) is not None
        if not none and _JOINED.match(text, end) and not _marks_item(text, start, end):
            yield Seen(*match.span(), _value(match[0]))


def _marks_item(text: str, start: int, end: int) -> bool:
    """Whether a number only marks an item or paragraph: "12. Plans are …" at the beginning of a line."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return not line.strip(" \t(") and re.match(r"[.)][ \t]", text[end : end + 2]) is not None


def _value(written: str) -> Decimal | None:
    try:
        return Decimal(written.replace(",", ""))
    except InvalidOperation:
        return None


def _in_words(text: str) -> Iterator[Seen]:
    """Cardinals in words, what belongs together as one: "forty-two", "three hundred and five"."""
    start = end = -1
    last = ""
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if not _is_number(word) or word == "one":
            continue
        gap = text[end : match.start()] if start >= 0 else ""
        tens = last.endswith("ty") or word in _PARTS or last in _PARTS
        if (gap in (" ", "-") and tens) or (gap == " and " and last in _PARTS):
            end, last = match.end(), word
            continue
        if start >= 0 and not _DESCRIBES.match(text, end):
            yield Seen(start, end)
        start, end, last = match.start(), match.end(), word
    if start >= 0 and not _DESCRIBES.match(text, end):
        yield Seen(start, end)


def _is_number(word: str) -> bool:
    """Whether a word is a cardinal number, no ordinal."""
    ordinal = word.endswith(("th", "rd", "nd", "st")) and word != "thousand"
    return bool(like_num(word)) and not ordinal  # type: ignore[no-untyped-call]


def _in_forms(text: str) -> Iterator[Seen]:
    for form in load_patterns(_FILE):
        if form.role == "number":
            for match in form.regex.finditer(text):
                group = next(name for name, words in match.groupdict().items() if words)
                yield Seen(*match.span(group), part=_part(match[group]))


def _part(words: str) -> tuple[int, int] | None:
    """Numerator and denominator of a part in words: "four fifths", "half", "one call in five"."""
    if match := FRACTION.fullmatch(words):
        return fraction_value(match)
    top, among, bottom = words.partition(" in ")
    if not among:
        return None
    numbers = (top.split()[0], bottom.split()[-1])
    numerator, denominator = (int(n) if n.isdigit() else word_value(n) for n in numbers)
    return numerator, denominator


def is_year(number: Seen) -> bool:
    """Whether a number may be a year."""
    return number.end - number.start == 4 and number.value is not None and 1900 <= number.value <= 2099


def _tells_year(text: str, number: Seen) -> bool:
    """Whether a number only says of which year or years something is: "our 2017 inspection", "its plan for
    2020–23". A count of such a size has a comma, or a plural behind it."""
    whole = _YEARS.match(text, number.start) or _YEARS.match(text, max(0, number.start - len("2020–")))
    if whole is None or whole.end() < number.end:
        return False
    return whole[0] != text[number.start : number.end] or not counts_something(text, number)


def counts_something(text: str, number: Seen) -> bool:
    """Whether a plural follows a number, so that it is a figure of its own and no mere part of another."""
    return pattern(_FILE, "number.plural").match(text, number.end) is not None


def ruled_out(text: str, numbers: Sequence[Seen]) -> dict[int, str]:
    """Where those of the numbers start that a rule says are no figure, with the id of the rule.

    The rules are those of ``patterns/figure-exclusions.jsonl``, ``number.time`` for a time that the text does
    not say was measured, ``number.year`` for the year of something that is no count, and ``number.named`` for
    a number that ends a name.
    """
    asked = [Number(seen.start, seen.end, seen.value or Decimal(0)) for seen in numbers]
    rules = excluded_starts(text, asked)
    places = sorted(rules)
    found: dict[int, str] = {}
    for seen in numbers:
        at = bisect_left(places, seen.start - 1)
        if at < len(places) and places[at] < seen.end:
            found[seen.start] = rules[places[at]]
        elif pattern(_FILE, "number.time").match(text, seen.end):
            found[seen.start] = "number.time"
        elif _tells_year(text, seen):
            found[seen.start] = "number.year"
        elif _ENDS_NAME.match(text, seen.end) and pattern(_FILE, "number.named").search(
            text[max(0, seen.start - 40) : seen.start]
        ):
            found[seen.start] = "number.named"
    return found
