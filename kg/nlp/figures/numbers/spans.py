"""Spans, values and units of figures: numbers with their unit or counted noun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.model.records import Span
from kg.model.text.numbers import ORDINAL, Number, ordinal_value
from kg.model.text.verbs import past_forms
from kg.nlp.figures.numbers.bare_words import counts_before, is_all_but, is_bare_word, is_one_of_parts
from kg.nlp.figures.numbers.counted_nouns import counted_noun
from kg.nlp.figures.numbers.fractions import parts_and_multiples
from kg.nlp.figures.numbers.prose import Prose
from kg.nlp.figures.numbers.shares import follows_sample, follows_whole, only_opens_share, ratios, share_at
from kg.nlp.figures.numbers.units import measured_times, with_shared_units, with_unit
from kg.nlp.figures.quantities import Quantity, is_signed
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
    special = [*ratios(prose), *parts_and_multiples(prose), *measured_times(prose)]
    found: list[Found] = [(quantity, quantity.end) for quantity in special if _is_in_prose(prose, quantity)]
    found += [*_ranks(prose), *_nones(prose)]
    taken = bytearray(len(text) + 1)
    for quantity, end in found:
        taken[quantity.start : end] = b"\1" * (end - quantity.start)
    for index, number in enumerate(prose.numbers):
        read = None if taken[number.start] else _of_number(prose, index)
        if read is not None:
            quantity = read[0]
            if is_signed(text, quantity):  # its kind has the sign
                read = replace(quantity, value=abs(quantity.value)), read[1]
            found.append(read)
            taken[number.start : read[1]] = b"\1" * (read[1] - number.start)
    return with_shared_units(prose, sorted((quantity for quantity, _ in found), key=lambda q: q.start))


def _is_in_prose(prose: Prose, quantity: Quantity) -> bool:
    return quantity.sentence not in prose.tables and quantity.end <= prose.sentences[quantity.sentence][1]


# --- forms that are read before plain numbers --------------------------------------------------------


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


def _nones(prose: Prose) -> Iterator[Found]:
    """ "six were women and none from Wales": a count of none of those that were counted just before."""
    for match in prefiltered(prose.text).finditer(pattern(_FORMS, "form.none")):
        number = Number(*match.span(), Decimal(0), words=True)
        if prose.sentences and counts_before(prose, number, sentences=2):
            yield _bare(prose, number), number.end


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
        return (_bare(prose, number), number.end) if is_bare_word(prose, number) else None
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
    if pattern(_FORMS, "form.more-than").match(prose.text, number.end, limit):  # "one more than in 2022"
        return _bare(prose, number), number.end
    noun = pattern("figure-nouns", "noun.one").match(prose.text, number.end, limit)
    if noun is not None and noun["noun"].split()[0] in past_forms():
        noun = None  # "needed in 34 cases, and one attended in 30"
    if is_all_but(prose, number) and pattern("figure-nouns", "noun.verb").match(
        prose.text, number.end, limit
    ):
        noun = None  # "all but one passed"
    beside = (
        pattern(_FORMS, "form.one-beside-before").search(prose.words_before(number.start, 80)) is not None
        or pattern(_FORMS, "form.one-beside-after").match(prose.text, number.end, limit) is not None
    )
    only = pattern(_FORMS, "form.only").search(prose.words_before(number.start, 20)) is not None
    if noun is None or not (only or beside):
        return (_bare(prose, number), number.end) if is_one_of_parts(prose, number) else None
    tail = pattern("figure-nouns", "noun.tail").match(prose.text, noun.end(), limit)
    end = tail.end() if tail else noun.end()
    one = replace(_bare(prose, number), end=end, noun=(noun.start("noun"), end), pattern="form.only-one")
    return replace(one, bare=False), one.end
