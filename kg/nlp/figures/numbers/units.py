"""Units: percentages, rates with their base, money, times, and what a bare number has from another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kg.model.text.numbers import MONEY, NUMBER, Number, digit_value, without_trailing_zeros, word_value
from kg.model.text.plurals import singular_word
from kg.nlp.figures.numbers.prose import Prose
from kg.nlp.figures.quantities import Quantity
from kg.nlp.figures.tables import cell_at, cells_of
from kg.nlp.rules.pattern_files import load_patterns, pattern, words
from kg.nlp.rules.prefilter import prefiltered

_FORMS = "figure-forms"
_SECONDS = {
    "second": 1,
    "sec": 1,
    "minute": 60,
    "min": 60,
    "hour": 3600,
    "hr": 3600,
    "day": 86400,
    "week": 604800,
}
_LENT_ON = 3
"""How often what is lent is lent on: "6.4 per 1,000 (England: 7.2). It rose from 7.0 to 7.4"."""
_LENT_IN_BRACKETS = ("rate", "percent", "duration")
_THOUSANDS = {"m": 1_000_000, "million": 1_000_000, "000": 1000, "k": 1000}
_NUMBERS_CALLED = ("999", "101", "111")
"""Telephone numbers that say of which calls a rate is: "184 999 calls per 1,000 population"."""
_FEW = 4
"""How many words may part a rate from its bracket, how many numbers a decimal from what lends its unit."""
_SMALLER = {"hour": "minutes", "hr": "minutes", "minute": "seconds", "min": "seconds"}
_WRITTEN_OUT = {"sec": "second", "min": "minute", "hr": "hour"}
_WORD_BASES = {
    "hundred thousand": "100000",
    "ten thousand": "10000",
    "thousand": "1000",
    "million": "1000000",
}


def with_unit(prose: Prose, number: Number) -> Quantity | None:
    """The quantity of a number with a unit directly behind it (or "£" before it); None without one."""
    sentence, limit = prose.sentence_of(number.start), prose.end_of_sentence(number.start)
    if number.money:
        return Quantity(number.start, number.end, number.value, "GBP", "unit.currency", sentence, number.end)
    if pattern(_FORMS, "form.ratio-before").search(prose.words_before(number.start, 30)) and not number.words:
        return Quantity(
            number.start, number.end, number.value, "ratio", "form.ratio-before", sentence, number.end
        )
    for form in load_patterns("figure-units"):
        match = form.regex.match(prose.text, number.end, limit)
        if match is None or (form.value == "rate" and not _counts_one_thing(match[0])):
            continue
        if form.role == "points" and not _is_near_percent(prose, number):
            continue
        base = rate_base(match) if form.value == "rate" else None
        return Quantity(
            number.start, match.end(), number.value, form.value, form.id, sentence, number.end, base
        )
    return None


def _is_near_percent(prose: Prose, number: Number) -> bool:
    """Whether a share is in the sentence or, in the paragraph, in the one before: points are of a share."""
    here = prose.sentence_of(number.start)
    start = max(prose.sentences[max(0, here - 1)][0], prose.text.rfind("\n", 0, number.start) + 1)
    near = pattern("figure-units", "unit.percent").finditer(prose.text, start, prose.sentences[here][1])
    return any(prose.text[match.start() - 1].isalnum() for match in near if match.start() > start)


def _counts_one_thing(written: str) -> bool:
    """Whether the words between number and "per" can be what the rate counts."""
    between = re.split(r"\b(?:per|for|in)\b", written, maxsplit=1, flags=re.IGNORECASE)[0].lower().split()
    refused = set(words("figure-units", "rate.not-counted"))
    if between[:1] and between[0] not in refused:  # "21 incidents of anti-social behaviour per 1,000"
        refused -= {"of", "and"}
    return not any(word in refused or (word[0].isdigit() and word not in _NUMBERS_CALLED) for word in between)


def rate_base(match: re.Match[str]) -> str:
    """The base of a rate in digits; "per officer" is per one."""
    lower = match.groupdict().get("base", "1").lower()
    for ending, base in _WORD_BASES.items():
        if lower.endswith(ending):
            return base
    return lower.replace(",", "")


# --- times -------------------------------------------------------------------------------------------


def measured_times(prose: Prose) -> list[Quantity]:
    """Times ("9 minutes 30 seconds") that a sentence says were measured, or that something lasted."""
    found = []
    for match in prefiltered(prose.text).finditer(pattern(_FORMS, "form.duration")):
        if match.start("n") in prose.by_start and prose.sentences:
            start, end = prose.sentences[prose.sentence_of(match.start())]
            lasted = pattern(_FORMS, "form.lasted").search(prose.words_before(match.start(), 90))
            measured = pattern(_FORMS, "form.measured").search(prose.text, start, end) is not None
            if lasted or measured or is_two_part(match) or _is_age(prose, match):
                found.append(_time(prose, match))
    return found


def is_two_part(time: re.Match[str]) -> bool:
    """Whether a match of ``form.duration`` is exact as only measured times are: "2 hours 15 minutes"."""
    larger, smaller = _SECONDS.get(_unit_word(time["u"]), 0), _SECONDS.get(_unit_word(time["v"] or ""), 0)
    return larger > smaller > 0 or time["w"] is not None


def _is_age(prose: Prose, time: re.Match[str]) -> bool:
    """ "most of these are no more than six months old"; how old people are is ruled out elsewhere."""
    before = prose.words_before(time.start(), 60)
    is_old = prose.text.startswith(" old", time.end())
    return is_old and pattern(_FORMS, "form.age-before").search(before) is not None


def _time(prose: Prose, match: re.Match[str]) -> Quantity:
    """A time in its smaller unit: "1 minute 30 seconds" is 90 seconds."""
    start, end, unit, value = match.start("n"), match.end("u"), match["u"].lower(), plain_value(match["n"])
    if match["w"] and _unit_word(unit) in _SMALLER:  # "7 minutes 20"
        smaller_unit = _SMALLER[_unit_word(unit)]
        start, end = match.start("n"), match.end("w")
        value = value * 60 + Decimal(match["w"])
        return Quantity(
            start, end, value, "duration", "form.duration", prose.sentence_of(start), end, smaller_unit
        )
    if is_two_part(match):
        here, smaller = _SECONDS[_unit_word(unit)], _SECONDS[_unit_word(match["v"])]
        value = value * (Decimal(here) / smaller) + plain_value(match["m"])
        unit, end = match["v"].lower(), match.end("v")
    *before, _ = unit.split()
    base = " ".join([*before, _WRITTEN_OUT.get(_unit_word(unit), _unit_word(unit)) + "s"])
    return Quantity(start, end, value, "duration", "form.duration", prose.sentence_of(start), end, base)


def _unit_word(unit: str) -> str:
    """The name of a unit in the singular: "working days" is "day"."""
    return singular_word(unit.lower().split()[-1]) if unit else ""


def plain_value(written: str) -> Decimal:
    """The value of a number in digits or words, without its unit.

    >>> [str(plain_value(written)) for written in ("1,250", "£4.5", "twelve")]
    ['1250', '4.5', '12']
    """
    match = MONEY.match(written) or NUMBER.match(written)
    digits = match["digits"] if match else None
    return digit_value(digits) if digits else Decimal(word_value(written))


# --- the unit of another number ----------------------------------------------------------------------


def with_shared_units(prose: Prose, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, bare numbers with the unit of a rate named before, of the next, or of the last."""
    joined = _rates_named_before(prose, _of_cells(prose.text, quantities))
    for _ in range(_LENT_ON):
        joined = _joined_units(prose.text, joined)
    return _decimals(_same_beside(prose.text, joined))


def _of_cells(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Bare values of tables with the unit that their column, or else their row, gives: "Budget (£m)"."""
    cells, result = cells_of(text), list(quantities)
    for index, quantity in enumerate(result if cells else ()):
        cell = cell_at(cells, quantity.start) if quantity.bare and quantity.unit == "count" else None
        for span in (cell.column, cell.row) if cell is not None and quantity.numerator is None else ():
            unit = pattern("figure-tables", "table.unit").search(text, *span) if span else None
            if unit is not None:
                result[index] = _in_unit(quantity, unit)
                break
    return result


def _in_unit(quantity: Quantity, unit: re.Match[str]) -> Quantity:
    if unit["base"]:
        return replace(quantity, unit="rate", base=rate_base(unit), bare=False)
    named = unit["unit"].lower()
    if named.startswith("£"):
        value = without_trailing_zeros(quantity.value * _THOUSANDS.get(named.strip("£ s"), 1))
        return replace(quantity, unit="GBP", value=value, bare=False)
    if named in ("%", "percent", "per cent", "percentage"):
        return replace(quantity, unit="percent", bare=False)
    *before, _ = named.split()
    base = " ".join([*before, _WRITTEN_OUT.get(_unit_word(named), _unit_word(named)) + "s"])
    return replace(quantity, unit="duration", base=base, bare=False)


def _rates_named_before(prose: Prose, quantities: Sequence[Quantity]) -> list[Quantity]:
    """ "Calls per 1,000 population in 2018: 297 here, 354 in …": the bare numbers are rates."""
    result: list[Quantity] = []
    current, base = -1, None
    for quantity in quantities:
        if quantity.sentence != current:
            current = quantity.sentence
            opening = prose.text[prose.sentences[current][0] : quantity.start]
            lead = pattern(_FORMS, "form.rate-lead").search(opening[-300:])
            base = rate_base(lead) if lead else None
            first = pattern(_FORMS, "form.rate-opening").match(opening)
            if first and quantity.unit == "count":
                quantity = replace(quantity, unit="rate", base=rate_base(first))
        bare = quantity.bare and quantity.unit == "count" and quantity.numerator is None
        result.append(replace(quantity, unit="rate", base=base) if base and bare else quantity)
    return result


def _joined_units(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """A bare number has the unit of the one it is joined to or compared with.

    So "between 18 and 23 percent", "68.4 crimes per 1,000 people, compared with 65.1 in England and Wales".
    """
    forms = ("range", "lent", "lent-next", "lent-comparison")
    joined, lent, lent_next, compared = (pattern(_FORMS, f"form.{name}") for name in forms)
    result = list(quantities)
    for index in range(len(result) - 2, -1, -1):
        here, after = result[index], result[index + 1]
        gap = text[here.end : after.start]
        times = here.unit == "ratio" and text[after.number_end : after.end] == " times"
        if _has_own_rate(text, result, index + 1):
            continue
        in_brackets = gap == " (" and text[after.end : after.end + 1] == ")"
        if after.bare and after.unit == "count" and not in_brackets:  # "9.1 per 1,000 (England: 7.2)"
            in_brackets = _is_cell_behind(text, gap, after)
        if in_brackets and after.bare and here.unit in _LENT_IN_BRACKETS:
            # "6.4 per 1,000 people (7.2)" has another rate, "49% (190)" the number of cases
            if here.unit not in ("percent", "rate") or after.value % 1 != 0:
                result[index + 1] = _with_unit_of(here, after)
            continue
        lending = lent.search(gap) or (times and lent_next.match(gap)) or compared.match(gap)
        lent_out = here.unit in ("rate", "ratio") and here.numerator is None  # not "fell by a third, to 87"
        if lent_out and (after.bare or times) and lending:
            of_whole = here.unit == "ratio" and not times and gap.startswith((" the ", " that ", " its "))
            lender = (
                result[index - 1] if of_whole and index else here
            )  # "8.1 per 1,000, 3 times the rate of 2.7"
            if lender.unit in ("rate", "ratio"):
                result[index + 1] = _with_unit_of(lender, after)
        percent = here.unit == "percent" and after.bare and after.value <= 100
        if percent and pattern(_FORMS, "form.percent-lent").match(gap):
            result[index + 1] = _with_unit_of(here, after)
        lends = after.unit in ("percent", "rate", "duration", "ratio", "GBP") and after.numerator is None
        is_share = after.unit != "percent" or here.value <= 100  # "12,345 or 14.1%" is no range
        if here.bare and lends and is_share and joined.fullmatch(gap):
            unit, base = after.unit, after.base
            result[index] = replace(
                here, unit=unit, base=base, pattern="form.range", bare=False, open_range=True
            )
    return result


def _has_own_rate(text: str, quantities: Sequence[Quantity], index: int) -> bool:
    """Whether a bare number is a count with its rate in brackets: "1,931 (70 per 10,000 children)"."""
    here, following = quantities[index], quantities[index + 1] if index + 1 < len(quantities) else None
    behind = following is not None and text[here.end : following.start] == " ("
    return here.bare and following is not None and behind and following.unit == "rate"


def _is_cell_behind(text: str, gap: str, after: Quantity) -> bool:
    """Whether a bare number stands behind a label in a bracket that opens behind the number before."""
    opens = gap.rfind("(")
    if opens < 0 or ")" in gap[opens:] or len(gap[:opens].split()) > _FEW:
        return False
    label = pattern("figure-change", "compare.label").fullmatch(gap[opens + 1 :])
    return (
        label is not None and pattern("figure-change", "compare.cell-end").match(text, after.end) is not None
    )


def _decimals(quantities: list[Quantity]) -> list[Quantity]:
    """Bare numbers with a decimal count nothing: each has the unit of the last before it.

    So "It took 7.7 minutes; the unit made 12.4". That unit stands in its sentence or in the one before.
    """
    result = list(quantities)
    for index, quantity in enumerate(result):
        if not (quantity.bare and quantity.unit == "count" and quantity.value % 1):
            continue
        for lender in reversed(result[max(0, index - _FEW) : index]):
            if quantity.sentence - lender.sentence > 1 or (lender.unit == "count" and not lender.value % 1):
                break
            if lender.unit in _LENT_IN_BRACKETS and lender.numerator is None:
                result[index] = _with_unit_of(lender, quantity)
                break
    return result


def _same_beside(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Bare numbers set beside a time or rate are such too: "64 days, 20 more than the average of 44".

    How many more than a rate is another only where it has a decimal: "8.2 shifts per head, 1.9 more than".
    """
    result = list(quantities)
    for index in range(1, len(result)):
        here, after = result[index - 1], result[index]
        if here.unit not in ("duration", "rate") or _has_own_rate(text, result, index):
            continue
        gap = text[here.end : after.start]
        more = pattern(_FORMS, "form.more").match(text, after.number_end)
        is_more = after.unit == "count" and more is not None and more.end() >= after.end
        is_more &= here.unit == "duration" or after.value % 1 != 0
        lent = pattern(_FORMS, "form.lent").search(gap) or pattern(_FORMS, "form.lent-next").match(gap)
        beside = here.sentence == after.sentence
        lends = after.bare and lent is not None and (beside or here.unit == "duration")
        if (is_more and beside) or lends:
            result[index] = _with_unit_of(here, after)
    return result


def _with_unit_of(here: Quantity, after: Quantity) -> Quantity:
    return replace(after, unit=here.unit, base=here.base, noun=None, pattern="form.shared", bare=False)
