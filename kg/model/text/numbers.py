"""Numbers as reports write them: digits, words, magnitudes, ordinals and fractions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import lru_cache

from kg.model.text.comparing import LINES_OF_CALLS, with_plain_numerals

_UNIT_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: number for number, word in enumerate(_UNIT_WORDS.split())}
_TENS = {word: 10 * number for number, word in enumerate(_TEN_WORDS.split(), 2)}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
    **{word + "th": number for word, number in _UNITS.items() if number in (4, 6, 7, 10, 11) or number > 12},
    **{word[:-1] + "ieth": number for word, number in _TENS.items()},
}
_SCALES = {
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "thousand million": 10**9,
    "bn": 10**9,
    "billion": 10**9,
    "tn": 10**12,
    "trillion": 10**12,
}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}


def _either(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


SMALL_WORDS = rf"(?:(?:{_either(_TENS)})(?:[- ](?:{_either(_UNITS)}))?|{_either(_UNITS)})"
"""Regex of a whole number in words below 100."""
_PARTED = re.compile(rf"(?<![\w.,/£-])\d{{1,3}}(?: (?!{LINES_OF_CALLS})\d{{3}})+(?![\d/])")
"""Digits that may be one number or several ("1 243 calls"): neither is read, and the notices say so."""
_DOZENS = {"half a dozen": 6, "a dozen": 12, "two dozen": 24, "three dozen": 36}
WORDS = rf"(?:{_either(_DOZENS)}|(?:a|{SMALL_WORDS}) hundred(?: and {SMALL_WORDS})?|{SMALL_WORDS})"
"""Regex of a whole number in words below 10,000: "forty-two", "a hundred and five", "a dozen"."""
_HALVES = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
DIGITS = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,12}})(?:\.\d{{1,6}}|[{''.join(_HALVES)}])?"
"""Regex of a number in digits, with or without commas of thousands: "1,250", "4.5", "4½"."""
_SCALE = r"(?:(?: ?(?:bn|mn|m|k|tn)|[ -](?:thousand million|thousand|million|billion|trillion))(?![\w]))"
_BEFORE_SIGN = (
    r"(?:(?<=: )|(?<=\()|(?<=\| )|(?<=\t)|(?<= of )|(?<= by )|(?<= at )|(?<= was )|(?<= were )|(?<= is ))"
)
_MINUS = rf"(?:(?<!or )\bminus |[−-]|{_BEFORE_SIGN}[–—]|{_BEFORE_SIGN}[−–-] )"
"""A dash is a sign where it cannot part words: behind a mark ("in numbers: –15 percent") or a preposition."""
_SIGN = rf"(?:\+|{_MINUS})(?=\d)"
SIGN = re.compile(_SIGN)
"""What stands before a number that is a change, in a text ``with_plain_numerals``."""
NUMBER = re.compile(
    rf"(?<![\w.,/£$€’\ue000-\uf8ff])(?:(?P<sign>{_SIGN})?(?P<digits>{DIGITS})|(?P<words>{WORDS})(?!-?\w))"
    rf"(?P<scale>{_SCALE})?(?![A-Za-z\d‰]|[,./]\d)",
    re.IGNORECASE,
)
_PENCE = re.compile(
    rf"(?<![\w.,£-])(?:(?P<digits>\d{{1,3}}(?:\.\d+)?)(?:(?-i:p)| pence)|(?P<words>{WORDS}) pence)(?![\w-])",
    re.IGNORECASE,
)
MONEY = re.compile(
    rf"(?P<sign>{_MINUS})?£ ?(?P<sign_within>[−–-] ?)?(?P<digits>{DIGITS})(?P<scale>{_SCALE})?(?![\d])",
    re.IGNORECASE,
)
ORDINAL = re.compile(
    rf"\b(?:(?P<number>\d{{1,3}})(?:st|nd|rd|th)"
    rf"|(?:(?P<tens>{_either(_TENS)})[- ])?(?P<word>{_either(_ORDINALS)}))\b",
    re.IGNORECASE,
)
FRACTION = re.compile(
    rf"(?<![\d.,£-])\b(?:(?P<top>a|an|[1-9]|{'|'.join(list(_UNITS)[1:11])})[- ]"
    r"(?P<part>thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)|(?P<half>(?:one )?half))\b(?!-)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text; ``words``: it is written in words, ``money``: £ stands before it."""

    start: int
    end: int
    value: Decimal
    words: bool = False
    money: bool = False


def find_numbers(text: str) -> list[Number]:
    """All cardinal numbers and sums of money of a text, in order, none overlapping.

    >>> [(number.value, number.money) for number in find_numbers("Forty-two cost £1.3m of 2,000")]
    [(Decimal('42'), False), (Decimal('1300000'), True), (Decimal('2000'), False)]
    """
    return list(_found(text))


@lru_cache(maxsize=2)
def _found(text: str) -> tuple[Number, ...]:
    text = with_plain_numerals(text)
    money = [Number(m.start(), m.end(), _value(m), money=True) for m in MONEY.finditer(text) if _is_short(m)]
    money += [
        Number(m.start(), m.end(), _plain_value(m) / 100, money=True)
        for m in _PENCE.finditer(text)
        if _is_short(m)
    ]
    taken = {position for number in money for position in range(number.start, number.end)}
    taken |= {position for m in _PARTED.finditer(text) for position in range(*m.span())}
    plain = [
        Number(m.start(), m.end(), _value(m), words=m["words"] is not None)
        for m in NUMBER.finditer(text)
        if m.start() not in taken and _is_short(m)
    ]
    found = _with_shared_scales(text, sorted(money + plain, key=lambda number: number.start))
    return tuple(number for number in found if abs(number.value) < _TOO_BIG)


_RANGE = re.compile(r" ?[–-] ?| to | or |(?P<last>,? and )|(?P<more>, )")
_BETWEEN = re.compile(r"\bbetween (?:about |around |roughly |approximately )?$", re.IGNORECASE)
_WRITTEN_SCALE = re.compile(rf"(?<=[\w½¼¾])(?P<scale>{_SCALE})$", re.IGNORECASE)


def _with_shared_scales(text: str, numbers: Sequence[Number]) -> list[Number]:
    """The numbers, where those of a range or list share what only one of them has written.

    The last has the scale ("£1.2–1.4bn", "between two and three million", "20, 21 and 22 million"), the first
    the currency. A number that is no less than the one with the scale has none of it: "from £500 to £2m".
    """
    result, own = list(numbers), [_scale_of(text, number) for number in numbers]
    scales = list(own)
    joined = [False] * len(result)
    for index in range(len(result) - 2, -1, -1):
        here, scale = result[index], scales[index + 1]
        gap = _RANGE.fullmatch(text, here.end, result[index + 1].start)
        if gap is None or not _is_range(text, here, gap, shared=own[index + 1] is None and scale is not None):
            continue
        joined[index] = scale is not None or gap[0].strip() in ("–", "-")
        if (
            scale is not None
            and own[index] is None
            and here.value < numbers[index + 1].value / (own[index + 1] or 1)
        ):
            result[index] = replace(here, value=without_trailing_zeros(here.value * scale))
            scales[index] = scale
    for index, is_joined in enumerate(joined):
        if is_joined and result[index].money:
            result[index + 1] = replace(result[index + 1], money=True)
    return result


def _is_range(text: str, first: Number, gap: re.Match[str], *, shared: bool) -> bool:
    """Whether two numbers are the ends of a range or beside one another in a list of one scale.

    "And" joins the ends only behind "between", else the last of a list; a comma only numbers before those.
    """
    if gap["more"]:
        return shared
    in_list = text.endswith(", ", 0, first.start)
    between = _BETWEEN.search(text, max(0, first.start - 25), first.start) is not None
    return not gap["last"] or in_list or between


def _scale_of(text: str, number: Number) -> Decimal | None:
    """What the scale that is written with a number multiplies it by; None without one."""
    found = _WRITTEN_SCALE.search(text[number.start : number.end])
    return None if found is None else Decimal(_SCALES[found["scale"].strip(" -").lower()])


def digit_value(digits: str) -> Decimal:
    """The value of a match of ``DIGITS``.

    >>> digit_value("1,250"), digit_value("4½")
    (Decimal('1250'), Decimal('4.5'))
    """
    whole, half = (digits[:-1], _HALVES[digits[-1]]) if digits[-1] in _HALVES else (digits, "0")
    value = Decimal(whole.replace(",", ""))
    return value + Decimal(half) if half != "0" else value


def word_value(words: str) -> int:
    """The value of a whole number in words.

    >>> word_value("Three hundred and forty-two")
    342
    >>> word_value("a hundred and twelve"), word_value("half a dozen")
    (112, 6)
    """
    if words.lower() in _DOZENS:
        return _DOZENS[words.lower()]
    total = 0
    for word in re.split(r"[- ]", words.lower()):
        if word == "hundred":
            total = 100 * (total or 1)
        elif word != "and":
            total += _UNITS.get(word, 0) + _TENS.get(word, 0)
    return total


def ordinal_value(match: re.Match[str]) -> int:
    """The rank that a match of ``ORDINAL`` names.

    >>> ordinal_value(ORDINAL.search("the twenty-first highest"))
    21
    """
    if match["number"]:
        return int(match["number"])
    return _TENS.get((match["tens"] or "").lower(), 0) + _ORDINALS[match["word"].lower()]


def fraction_value(match: re.Match[str]) -> tuple[int, int]:
    """Numerator and denominator of a match of ``FRACTION``.

    >>> [fraction_value(FRACTION.search(words)) for words in ("two thirds of them", "3 quarters", "half")]
    [(2, 3), (3, 4), (1, 2)]
    """
    if match["half"]:
        return 1, 2
    top = match["top"].lower()
    number = 1 if top in ("a", "an") else int(top) if top.isdigit() else _UNITS[top]
    return number, _PARTS[match["part"].lower().rstrip("s")]


def quotient(numerator: Decimal, denominator: Decimal) -> Decimal:
    """The share as a decimal, exact where it ends, else with nine digits after the point."""
    if denominator == 0:
        return Decimal(0)
    share = _WIDE.divide(numerator, denominator)
    return without_trailing_zeros(share.quantize(Decimal("1e-9"), context=_WIDE))


_WIDE = Context(prec=60)
"""For shares of the longest numbers: fifteen digits before the point, and nine behind it."""


def without_trailing_zeros(value: Decimal) -> Decimal:
    """The value without trailing zeros after the point and without an exponent."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


_MOST_DIGITS = 15
"""What has more digits, or as many before the point with its scale, is no quantity of a report."""
_TOO_BIG = Decimal(10) ** _MOST_DIGITS


def _is_short(match: re.Match[str]) -> bool:
    """Whether a number is short enough to be calculated with."""
    return len(match[0]) <= _MOST_DIGITS or sum(map(str.isdigit, match[0])) <= _MOST_DIGITS


def _value(match: re.Match[str]) -> Decimal:
    groups = match.groupdict()
    value = _plain_value(match)
    if match["scale"]:
        value = without_trailing_zeros(value * _SCALES[match["scale"].strip(" -").lower()])
    sign = groups.get("sign_within") or groups.get("sign")
    return -value if sign and sign != "+" else value


def _plain_value(match: re.Match[str]) -> Decimal:
    """The value of a match in digits or words, without sign and scale."""
    words = match.groupdict().get("words")
    return Decimal(word_value(words)) if words else digit_value(match["digits"])
