"""Spans, values and units of figures: numbers with their unit or counted noun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kg.model.records import Span
from kg.model.text.numbers import ORDINAL, Number, ordinal_value
from kg.nlp.figures.numbers.counted_nouns import counted_noun
from kg.nlp.figures.numbers.prose import Prose
from kg.nlp.figures.numbers.shares import (
    follows_sample,
    follows_whole,
    only_opens_share,
    ratios,
    share_at,
)
from kg.nlp.figures.numbers.units import measured_times, with_shared_units, with_unit
from kg.nlp.figures.quantities import Quantity
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.rules.prefilter import prefiltered

_FORMS = "figure-forms"
Found = tuple[Quantity, int]
"""A quantity, and where the words end that it takes."""


def find_quantities(text: str, sentences: Sequence[Span], numbers: Sequence[Number]) -> list[Quantity]:
    """All quantities of a text in order; ``numbers`` are those that may be figures.

    What is written in a form of its own comes first (ratios, times, ranks); of the other numbers each is read
    with its unit, else as a share, else as a count.
    """
    if not sentences:
        return []
    prose = Prose.of(text, sentences, numbers)
    special = [*ratios(prose), *_multiples(prose), *measured_times(prose)]
    found: list[Found] = [(quantity, quantity.end) for quantity in special if _is_in_prose(prose, quantity)]
    found += _ranks(prose)
    taken = bytearray(len(text) + 1)
    for quantity, end in found:
        taken[quantity.start : end] = b"\1" * (end - quantity.start)
    for index, number in enumerate(prose.numbers):
        read = None if taken[number.start] else _of_number(prose, index)
        if read is not None:
            found.append(read)
            taken[number.start : read[1]] = b"\1" * (read[1] - number.start)
    return with_shared_units(prose, sorted((quantity for quantity, _ in found), key=lambda q: q.start))


def _is_in_prose(prose: Prose, quantity: Quantity) -> bool:
    return quantity.sentence not in prose.tables and quantity.end <= prose.sentences[quantity.sentence][1]


# --- forms that are read before plain numbers --------------------------------------------------------


def _multiples(prose: Prose) -> list[Quantity]:
    """ "twice as likely"."""
    form, two = "form.twice", Decimal(2)
    return [
        Quantity(*match.span(), two, "ratio", form, prose.sentence_of(match.start()), match.end())
        for match in prefiltered(prose.text).finditer(pattern(_FORMS, form))
    ]


def _ranks(prose: Prose) -> list[Found]:
    """ "the third highest of 43 forces", "ranked 12th"; the scope of a rank is no figure."""
    found: list[Found] = []
    for match in ORDINAL.finditer(prose.text):
        start, end = match.span()
        value, sentence = Decimal(ordinal_value(match)), prose.sentence_of(start)
        way = pattern(_FORMS, "form.rank-way").match(prose.text, end)
        if way and value > 1:
            rank = Quantity(start, way.end(), value, "rank", "form.rank", sentence, end)
        elif pattern(_FORMS, "form.ranked").search(prose.text, max(0, start - 60), start):
            rank = Quantity(start, end, value, "rank", "form.ranked", sentence, end)
        else:
            continue
        scope = pattern(_FORMS, "form.rank-scope").match(prose.text, rank.end)
        found.append((rank, scope.end() if scope else rank.end))
    return found


# --- plain numbers -----------------------------------------------------------------------------------


def _of_number(prose: Prose, index: int) -> Found | None:
    """The quantity of a number, with its unit, as a share or as a count."""
    number = prose.numbers[index]
    found = with_unit(prose, number) or share_at(prose, index)
    if found is not None:
        return found, found.end
    counted = _count(prose, number)
    if counted is None:
        return None
    # "out of nine forces": a whole in words is no figure, unless it counts the report's own boxes
    boxes = pattern("figure-periods", "carry.never").search(prose.text, counted[0].start, counted[0].end)
    return None if counted[0].lead and number.words and not boxes else counted


def _count(prose: Prose, number: Number) -> Found | None:
    text, limit = prose.text, prose.end_of_sentence(number.start)
    if number.words and number.value == 1:
        return _only_one(prose, number)
    noun = None if _opens_predicate_or_time(prose, number) else counted_noun(text, number.end, limit)
    if noun is None and number.words:
        return (_bare(prose, number), number.end) if _is_bare_word(prose, number) else None
    if noun is not None and pattern(_FORMS, "form.time").fullmatch(text[slice(*noun)]):
        return None  # a time that nobody measured
    if number.words and not number.value:
        return None
    noun = None if number.value == 1 else noun
    if noun is None and number.start in (0, text.rfind("\n", 0, number.start) + 1):
        return None  # a page or item number
    found = _bare(prose, number)
    if noun is not None:
        found = replace(found, end=noun[1], noun=noun, pattern="form.count", bare=False)
    return replace(found, lead=only_opens_share(prose, found)), found.end


def _bare(prose: Prose, number: Number) -> Quantity:
    sentence = prose.sentence_of(number.start)
    return Quantity(
        number.start, number.end, number.value, "count", "form.bare", sentence, number.end, bare=True
    )


def _opens_predicate_or_time(prose: Prose, number: Number) -> bool:
    """Whether what follows is not counted: "Of 225 records, 207 contained", "to 1,210 four years later"."""
    limit = prose.end_of_sentence(number.start)
    if pattern(_FORMS, "form.moment").match(prose.text, number.end, limit):
        return True
    if pattern("figure-nouns", "noun.verb").match(prose.text, number.end, limit) is None:
        return False
    before = prose.words_before(number.start, 200)
    return follows_whole(before) or follows_sample(before)


def _only_one(prose: Prose, number: Number) -> Found | None:
    """ "just one exercise", "7 notices and one prosecution": "one" counts where the text says that it is few,
    or counts other things beside it.
    """
    limit = prose.end_of_sentence(number.start)
    noun = pattern("figure-nouns", "noun.one").match(prose.text, number.end, limit)
    beside = (
        pattern(_FORMS, "form.one-beside-before").search(prose.words_before(number.start, 80)) is not None
        or pattern(_FORMS, "form.one-beside-after").match(prose.text, number.end, limit) is not None
    )
    if pattern(_FORMS, "form.only").search(prose.words_before(number.start, 20)) is None and not beside:
        return (_bare(prose, number), number.end) if _is_one_of_parts(prose, number) else None
    if noun is None:
        return None
    tail = pattern("figure-nouns", "noun.tail").match(prose.text, noun.end(), limit)
    end = tail.end() if tail else noun.end()
    one = replace(_bare(prose, number), end=end, noun=(noun.start("noun"), end), pattern="form.only-one")
    return replace(one, bare=False), one.end


def _is_one_of_parts(prose: Prose, number: Number) -> bool:
    """ "it took 67 days to resolve another eight, and one had been open for 211"."""
    before = prose.words_before(number.start, 200)
    clause = pattern(_FORMS, "form.clause").search(before)
    subject = pattern(_FORMS, "form.subject").match(
        prose.text, number.end, prose.end_of_sentence(number.start)
    )
    return clause is not None and subject is not None and _counts_before(prose, number, sentences=1)


def _is_bare_word(prose: Prose, number: Number) -> bool:
    """Whether a number in words without a noun counts: as a part of a whole, or an end of a range."""
    text, limit = prose.text, prose.end_of_sentence(number.start)
    before = prose.words_before(number.start, 200)
    if follows_whole(before) or follows_sample(before):
        return True
    if any(pattern(_FORMS, form).search(before) for form in ("form.of-which", "form.rest")):
        return True
    if pattern(_FORMS, "form.more-than").match(text, number.end, limit):
        return True
    if _has_antecedent(prose, number):
        return True
    if pattern(_FORMS, "form.part-in").match(before):  # "In nine, the handler did not ask"
        part = text.startswith(", ", number.end)
    else:
        opens = not before or pattern(_FORMS, "form.clause").search(before) is not None
        part = opens and pattern(_FORMS, "form.subject").match(text, number.end, limit) is not None
    return part or _opens_range(prose, number)


def _opens_range(prose: Prose, number: Number) -> bool:
    """ "from two to five officers", "waits of five to eight weeks", "between four and seven months"."""
    to = pattern(_FORMS, "form.range-end").match(prose.text, number.end, prose.end_of_sentence(number.start))
    if to is None or to.end() not in prose.by_start:
        return False
    return "and" not in to[0] or prose.text.endswith("between ", 0, number.start)


def _has_antecedent(prose: Prose, number: Number) -> bool:
    """Whether a number at the end of its phrase counts what was counted just before: "nine examiners, four of
    whom …", "19 inspectors in all. You have borrowed two from …".
    """
    limit = prose.end_of_sentence(number.start)
    if pattern(_FORMS, "form.bare-never").search(prose.words_before(number.start, 30)):
        return False
    after = pattern(_FORMS, "form.bare-after").match(prose.text, number.end, limit)
    ends = after is not None or number.end == limit
    ranged = pattern(_FORMS, "form.range-start").search(prose.words_before(number.start, 60)) is not None
    return ends and (ranged or _counts_before(prose, number, sentences=2))


def _counts_before(prose: Prose, number: Number, sentences: int) -> bool:
    """Whether things are counted earlier in the sentence, or in the one before in the paragraph."""
    here = prose.sentence_of(number.start)
    start = prose.sentences[max(0, here + 1 - sentences)][0]
    start = max(start, prose.text.rfind("\n", 0, number.start) + 1)
    return any(
        start <= other.start < number.start
        and counted_noun(prose.text, other.end, prose.end_of_sentence(other.start)) is not None
        for other in prose.numbers
    )
