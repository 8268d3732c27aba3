"""Shares, "x of y": every way in which a text gives a numerator and its denominator.

First those that are written together ("9 of 16 cases", "one in four", "34 cases (out of 120)"), which are one
quantity; then those whose parts stand apart ("15.4 percent of respondents (53 of 343)", "8 of those", "Of
1,257 cases, …"), which are found when all quantities and links are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.model.text.numbers import Number, quotient
from kg.model.text.verbs import past_forms
from kg.nlp.figures.context import Context
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.lists import whole_of_list
from kg.nlp.figures.numbers.counted_nouns import counted_noun
from kg.nlp.figures.numbers.prose import Prose
from kg.nlp.figures.numbers.units import plain_value, with_unit
from kg.nlp.figures.quantities import Quantity
from kg.nlp.rules.pattern_files import load_patterns, pattern
from kg.nlp.rules.prefilter import prefiltered

_FILE = "figure-shares"
_ALL = 24
"""How many characters before a number may say that it is that of all: "every one of the 18 incidents"."""

# --- written together --------------------------------------------------------------------------------


def ratios(prose: Prose) -> list[Quantity]:
    """ "one in four calls", "seven out of ten said", "a ratio of 1:5"."""
    return list(_numbers_in_numbers(prose))


def _numbers_in_numbers(prose: Prose) -> Iterator[Quantity]:
    text, taken = prose.text, set[int]()
    for form in load_patterns(_FILE):
        if form.value != "ratio":
            continue
        for match in prefiltered(text).finditer(form.regex):
            top, bottom = plain_value(match["n"]), plain_value(match["m"])
            start, end = match.start("n"), match.end()
            if start not in prose.by_start or not 0 < top < bottom or 1900 <= bottom <= 2099:
                continue
            if start in taken or (form.role == "tenths" and _is_counted_before(prose, start, bottom)):
                continue
            if top == 1 and pattern(_FILE, "share.pronoun-one").search(prose.words_before(start, 40)):
                continue
            noun = match.span("noun") if "noun" in form.regex.groupindex else None
            if noun and text[slice(*noun)].split()[0] in past_forms():
                continue  # "needed in 34 cases, and one attended in 30"
            if form.role in ("counts", "tenths") and not pattern(_FILE, "share.verb").match(text, end):
                noun = counted_noun(text, end, prose.end_of_sentence(end))
            taken.add(start)
            yield Quantity(
                start,
                max(end, noun[1]) if noun else end,
                quotient(top, bottom),
                "ratio",
                form.id,
                prose.sentence_of(start),
                end,
                numerator=top,
                denominator=bottom,
                noun=noun,
            )


def _is_counted_before(prose: Prose, start: int, value: Decimal) -> bool:
    """Whether a number of this value stands earlier in the paragraph: of 10 files, "9 out of 10" is exact."""
    paragraph = prose.text.rfind("\n", 0, start)
    return any(paragraph < number.start < start and number.value == value for number in prose.numbers)


def share_at(prose: Prose, index: int) -> Quantity | None:
    """The share that a number opens: "9 of 16 cases", "8 of those callers", "in all 70 of the cases"."""
    number = prose.numbers[index]
    limit = prose.end_of_sentence(number.start)
    of = pattern(_FILE, "form.of").match(prose.text, number.end, limit)
    if of and index + 1 < len(prose.numbers):
        whole = prose.numbers[index + 1]
        if whole.start == of.end() and number.value <= whole.value and with_unit(prose, whole) is None:
            share = _count(prose, number, whole.end, "form.of", whole.value)
            return None if _is_one_among(prose, number, whole, share.end) else share
    those = pattern(_FILE, "form.of-antecedent").match(prose.text, number.end, limit)
    if those and number.words and number.value == 1 and not _is_counted_one(prose, number, those.end()):
        return None
    if those:
        return replace(_count(prose, number, those.end(), "form.of-antecedent", None), of_antecedent=True)
    every = pattern(_FILE, "form.all").search(prose.text, max(0, number.start - _ALL), number.start)
    if every and not number.words:
        of = pattern(_FILE, "share.of-all").match(prose.text, number.end, limit)
        found = _count(prose, number, of.end() if of else number.end, "form.all", number.value)
        return found if found.noun else None
    return None


def _is_counted_one(prose: Prose, number: Number, end: int) -> bool:
    """ "one of these deaths", "only one of them"; but "one of them had cut thefts" tells a story."""
    if pattern("figure-forms", "form.only").search(prose.words_before(number.start, 20)) is not None:
        return True
    return counted_noun(prose.text, end, prose.end_of_sentence(number.start)) is not None


def _is_one_among(prose: Prose, number: Number, whole: Number, end: int) -> bool:
    """Whether "one of three" names one place among others, as in "all now work in one of three hubs."."""
    if not (number.words and number.value == 1 and whole.words):
        return False
    return prose.text[end : end + 1] in (".", ";", ",") and len(prose.words_before(number.start, 20)) > 6


def _count(prose: Prose, number: Number, position: int, form: str, whole: Decimal | None) -> Quantity:
    """A number as part of a whole; what is counted begins at a position behind it."""
    noun = counted_noun(prose.text, position, prose.end_of_sentence(number.start))
    return Quantity(
        number.start,
        noun[1] if noun else position,
        number.value,
        "count",
        form,
        prose.sentence_of(number.start),
        number.end,
        numerator=number.value,
        denominator=whole,
        noun=noun,
    )


def only_opens_share(prose: Prose, quantity: Quantity) -> bool:
    """Whether a number is the whole of what follows: "out of 1,257 cases …, it used bail in 1,243"."""
    if pattern(_FILE, "share.lead").search(prose.words_before(quantity.start, 40)) is None:
        return False
    limit = prose.end_of_sentence(quantity.start)
    own_sample = pattern(_FILE, "share.whole-read").match(prose.text, quantity.end, limit)
    return quantity.noun is not None or own_sample is None


def follows_whole(words: str) -> bool:
    """Whether the words before a number end between a whole and its part: "Of the 225 records, …"."""
    return pattern(_FILE, "share.after-lead").search(words) is not None


def follows_sample(words: str) -> bool:
    """Whether the words before a number tell of a sample and what was found in it."""
    return pattern(_FILE, "share.found-in-sample").search(words) is not None


def is_share_of_cases(context: Context, index: int) -> bool:
    """Whether a count is of a part, or is the whole that parts of it follow."""
    quantity = context.quantities[index]
    clause = context.text[context.sentence(index).start : quantity.start]
    parted = quantity.numerator is not None or quantity.lead or follows_whole(clause)
    return parted and quantity.unit == "count"


def whole_behind(context: Context, index: int) -> int | None:
    """The count behind a percentage or ratio that it is a share of: "4 percent of over 6,000 respondents"."""
    following = context.next(index)
    if following is None or context.quantities[index].unit not in ("percent", "ratio"):
        return None
    joined = pattern(_FILE, "share.of-count").fullmatch(context.gap(index, following))
    return following if joined and context.quantities[following].unit == "count" else None


# --- parts that stand apart --------------------------------------------------------------------------


def with_shares(context: Context, links: Links) -> Context:
    """The context whose quantities have the numerators and denominators that others of the passage give.

    Each sentence is read in order: what "those" are, parts of a whole that opens the sentence, parts of a
    reviewed sample, then percentages.
    """
    found = list(context.quantities)
    for number, sentence in enumerate(context.sentences):
        for index in sentence.quantities:
            if found[index].of_antecedent and context.before(index).lower().endswith("all "):
                found[index] = replace(found[index], numerator=None)  # "All 14 of them" are no part
            elif found[index].of_antecedent:
                whole = _antecedent(context, found, number, index)
                found[index] = replace(found[index], denominator=whole)
                if whole is None and pattern(_FILE, "share.reviewed-part").search(context.before(index)):
                    found[index] = replace(
                        found[index], numerator=None
                    )  # a sample of we do not know how many
        for index, whole in _parts_of_whole(context, links, found, number).items():
            found[index] = replace(found[index], numerator=found[index].value, denominator=whole)
        for index in sentence.quantities:
            reviewed = _whole_of_part(context, found, index)
            if reviewed is not None:
                found[index] = replace(found[index], numerator=found[index].value, denominator=reviewed)
        for index in sentence.quantities:
            changed = index in links.sizes or (index in links.direction and index in links.base)
            if found[index].unit == "percent" and found[index].denominator is None and not changed:
                top, bottom = _of_percentage(context, found, links, number, index)
                if top is not None or bottom is not None:
                    found[index] = replace(found[index], numerator=top, denominator=bottom)
    return replace(context, quantities=tuple(found))


def _counts_before(context: Context, found: Sequence[Quantity], number: int) -> list[int]:
    """The counts of the sentence before in the paragraph."""
    earlier = [i for s in context.paragraph_before(number)[:1] for i in s.quantities]
    return [i for i in earlier if found[i].unit == "count"]


def _antecedent(context: Context, found: Sequence[Quantity], number: int, index: int) -> Decimal | None:
    """What "those" in "8 of those callers" are: the count before it in the sentence or the one before."""
    here = [i for i in context.sentences[number].quantities if i < index and found[i].unit == "count"]
    before = [*_counts_before(context, found, number), *here]
    before = [i for i in before if found[i].value >= found[index].value]  # no more than there are
    if not before:
        return None
    last = found[before[-1]]
    again = all(context.text[q.start : q.end].endswith(" of them") for q in (last, found[index]))
    if again and last.denominator is not None:
        return last.denominator  # "361 of them were overdue. … 41 of them were out of date"
    return last.value


def _parts_of_whole(
    context: Context, links: Links, found: Sequence[Quantity], number: int
) -> dict[int, Decimal]:
    """Parts and their whole: "Of 1,257 cases, it used bail in 1,243 cases and released … in 12 cases".

    The whole of "Of these, 12 …" is the last count of the sentence before.
    """
    parts: dict[int, Decimal] = {}
    whole: Decimal | None = None
    noun = ""
    if pattern(_FILE, "share.of-these").match(context.sentences[number].text):
        counts = _counts_before(context, found, number)
        whole = found[counts[-1]].value if counts else None
    elif (listed := whole_of_list(context, links, number)) is not None:  # "Of these:" leads each of its items
        whole, noun = found[listed].value, context.noun(listed)
    for index in context.sentences[number].quantities:
        quantity, counted = found[index], context.noun(index)
        if quantity.unit != "count":
            continue
        if quantity.lead:
            whole, noun = quantity.value, counted
        elif whole is not None and quantity.numerator is None and quantity.value <= whole:
            same_head = not counted or not noun or counted.split()[-1] == noun.split()[-1]
            if same_head or context.before(index) == " (":
                parts[index] = whole
    return parts


def _whole_of_part(context: Context, found: Sequence[Quantity], index: int) -> Decimal | None:
    """ "9,812 incidents, of which 4,310 …", "We reviewed 45 cases and found that 41 had a plan"."""
    quantity, previous = found[index], context.previous(index)
    if quantity.numerator is not None or previous is None:
        return None
    if quantity.unit == "GBP" == found[previous].unit:  # "save £4.7m by 31 March 2026, of which £1.9m"
        part = pattern(_FILE, "share.which-before").search(context.before(index))
        return found[previous].value if part and quantity.value <= found[previous].value else None
    if not quantity.bare or quantity.unit != "count":
        return None
    whole, gap = found[previous], context.before(index)
    reviewed = pattern(_FILE, "share.reviewed").search(context.before(previous))
    if whole.unit != "count" or not (whole.noun or reviewed) or quantity.value > whole.value:
        return None
    if reviewed and pattern(_FILE, "share.quota").search(gap):
        return None  # how the sample was made up: "90 files, of which at least 20 had been closed"
    in_sample = reviewed and pattern(_FILE, "share.found").search(gap)
    return whole.value if in_sample or pattern(_FILE, "share.of-which").search(gap) else None


Parts = tuple[Decimal | None, Decimal | None]
_NO_PARTS: Parts = (None, None)


def _of_percentage(
    context: Context, found: Sequence[Quantity], links: Links, number: int, index: int
) -> Parts:
    """Numerator and denominator of a percentage: those written beside it, else the whole it is of."""
    total = pattern(_FILE, "share.total").match(context.text, found[index].end)
    following, previous = context.next(index), context.previous(index)
    if following is not None and found[following].denominator is not None:
        beside = pattern(_FILE, "share.bracket").fullmatch(context.before(following))
        if beside:  # "15.4 percent (53 of 343)"
            return found[following].numerator, found[following].denominator
    if previous is not None and pattern(_FILE, "share.or-percent").fullmatch(context.gap(previous, index)):
        other = found[previous]
        if other.unit in ("count", "GBP") and other.denominator is not None:  # "53 of 343, or 15.4 percent"
            return other.numerator, other.denominator
        if other.unit == "count":
            return other.value, None
        if other.unit == "GBP" and not total:
            return _part_of_money(context, found, previous)
    if total:
        parts = _part_of_total(context, found, number, index, total["noun"])
        if parts == _NO_PARTS and previous is not None and found[previous].unit in ("count", "GBP"):
            joined = pattern(_FILE, "share.part-of-total").fullmatch(context.gap(previous, index))
            return (found[previous].value, None) if joined else _NO_PARTS
        return parts
    return None, _whole_of_percentage(context, found, links, number, index)


def _part_of_money(context: Context, found: Sequence[Quantity], part: int) -> Parts:
    """ "budget is £171.4m, of which £66.8m (39.0 percent)"."""
    whole = context.previous(part)
    of_which = pattern(_FILE, "share.of-which").search(context.before(part))
    known = whole is not None and found[whole].unit == "GBP" and of_which is not None
    return found[part].value, found[whole].value if known and whole is not None else None


def _part_of_total(context: Context, found: Sequence[Quantity], number: int, index: int, noun: str) -> Parts:
    """ "£156m …, about 20 percent of its total funding", with "£688m in funding" before it."""
    part = context.previous(index)
    if part is None or found[part].unit != "GBP":
        return _NO_PARTS
    for sentence in context.paragraph_before(number):
        for other in sentence.quantities if noun in sentence.text else ():
            if found[other].unit == "GBP" and found[other].value > found[part].value:
                return found[part].value, found[other].value
    return _NO_PARTS


def _of_which(
    context: Context, found: Sequence[Quantity], links: Links, number: int, index: int
) -> Decimal | None:
    """ "6,918 incidents, of which 41 percent were fires", "…, 62 percent of which", "Of those asked, …"."""
    previous, before = context.previous(index), context.before(index)
    if context.after(index) == " (":  # "of whom 54.9 percent (336) …": its part is told too
        return None
    if previous is not None:
        other = found[previous]
        linked = pattern(_FILE, "share.which-before").search(before) is not None
        linked = linked or pattern(_FILE, "share.which-behind").match(context.after(index)) is not None
        if other.unit == "count" and other.noun is not None and linked:
            return other.value
        row = pattern(_FILE, "share.percent-row").search(before) is not None
        return other.denominator if row and other.unit == "percent" and other.numerator is None else None
    if pattern(_FILE, "share.those-who").fullmatch(before) is None:
        return None
    counts = [i for i in _counts_before(context, found, number) if not links.is_base(i)]
    named = [i for i in counts if found[i].noun is not None and i not in links.sizes]
    return found[named[-1]].value if len(named) == 1 else None


def _whole_of_percentage(
    context: Context, found: Sequence[Quantity], links: Links, number: int, index: int
) -> Decimal | None:
    """The count a percentage is of: directly behind it, before it ("Of 120 files, 40 percent …"), or the one
    that its cases are ("recorded 9,540 searches, and … in 97.1 percent of cases").
    """
    behind, previous = whole_behind(context, index), context.previous(index)
    if behind is not None:
        return found[behind].value
    if previous is not None and found[previous].lead and found[previous].unit == "count":
        return found[previous].value
    of_which = _of_which(context, found, links, number, index)
    if of_which is not None:
        return of_which
    generic = pattern(_FILE, "share.cases").match(context.after(index))
    if generic is None:
        return None
    here = [i for i in context.sentences[number].quantities if i < index]
    wholes = [i for i in here if found[i].unit == "count" and not links.is_base(i)]
    if not wholes and generic[0].split()[-1] in ("them", "these", "those"):
        wholes = [i for i in _counts_before(context, found, number) if not links.is_base(i)]
    return found[wholes[-1]].value if wholes else None
