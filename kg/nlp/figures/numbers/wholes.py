"""Wholes that stand apart from their parts: the sample of a passage, a row of parts, what arithmetic shows.

``numbers/shares.py`` reads what the words next to a number say. Here a part gets its whole from the sample
that the passage is about ("We read 60 files. In 41, …"), from the number that a row of parts follows
("31 stations (wholetime: 6; …)", "5,487, including 1,602 fires"), and a percentage has the parts whose
quotient it is ("27 of the 169 posts were empty, a rate of 16 percent").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from kg.model.text.verbs import past_forms
from kg.nlp.figures.context import Context
from kg.nlp.figures.links.links import Links, is_points
from kg.nlp.figures.links.topic_chains import TopicChains
from kg.nlp.figures.lists import whole_of_list
from kg.nlp.figures.numbers.named_again import whole_named_again
from kg.nlp.figures.quantities import Quantity
from kg.nlp.figures.tables import counts_sample
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.subjects import word_list

_FILE = "figure-shares"
_NEAR = 4
"""How many sentences before a percentage and its part may name the whole."""
_TIMES = ("days", "weeks", "months", "years", "hours", "minutes", "times", "shifts")
Parts = tuple[Decimal, Decimal]
"""Numerator and denominator."""


def with_wholes(context: Context, links: Links, chains: TopicChains, samples: Set[int]) -> Context:
    """The context whose parts have the wholes that stand apart; ``samples`` are sizes of samples."""
    found = list(context.quantities)
    for number, sentence in enumerate(context.sentences):
        for index in sentence.quantities:
            if _has_no_parts(found[index]) and found[index].unit == "count":
                whole = _of_row_of_table(context, index) or _listed(context, found, index)
                whole = whole or _of_sample(context, links, chains, index)
                whole = whole or _set_apart(context, links, found, chains, index)
                whole = whole or _in_focus(context, links, found, samples, index)
                whole = whole or whole_named_again(context, links, found, samples, index)
                if whole is not None and found[index].value <= whole:
                    found[index] = replace(found[index], numerator=found[index].value, denominator=whole)
        for index in sentence.quantities:
            is_share = found[index].unit == "percent" and index not in links.sizes
            if is_share and found[index].denominator is None:
                whole = _next_count(context, found, index, "share.bracket-of")
                whole = whole or _of_survey(context, chains, index) or _of_asked(context, samples, index)
                whole = whole or whole_named_again(context, links, found, samples, index)
                parts = _by_arithmetic(context, links, found, number, index)
                if parts is not None:
                    found[index] = replace(found[index], numerator=parts[0], denominator=parts[1])
                    beside = _part_beside(context, found, index)
                    if beside is not None and _has_no_parts(found[beside]):
                        found[beside] = replace(found[beside], numerator=parts[0], denominator=parts[1])
                elif whole is not None and found[index].numerator is None:
                    found[index] = replace(found[index], denominator=whole)
    return replace(context, quantities=tuple(found))


def _has_no_parts(quantity: Quantity) -> bool:
    return quantity.numerator is None and quantity.denominator is None and not quantity.lead


# --- counts ------------------------------------------------------------------------------------------


def _of_row_of_table(context: Context, index: int) -> Decimal | None:
    """How many were looked at in a row of a table, where another of its columns says so."""
    cell = context.cells[index]
    if cell is None or cell.row is None or counts_sample(context.text, cell):
        return None
    for other in range(index - 1, -1, -1):
        beside = context.cells[other]
        if beside is None or (beside.table, beside.row) != (cell.table, cell.row):
            return None
        if counts_sample(context.text, beside) and context.quantities[other].unit == "count":
            return context.quantities[other].value
    return None


def _of_sample(context: Context, links: Links, chains: TopicChains, index: int) -> Decimal | None:
    """The size of the sample that a passage is about, for a part that counts nothing else."""
    quantity, sample = context.quantities[index], chains.of.get(index)
    if sample is None or index in chains.opening or sample.quantity == index or quantity.of_antecedent:
        return None
    if links.focal.get(index) == sample.quantity:
        return None  # "1,846 responses, compared with 412 for the plan before": another sample
    made_up = ("share.quota", "share.among")
    if context.previous(index) == sample.quantity and any(
        pattern(_FILE, form).search(context.before(index)) for form in made_up
    ):
        return None  # how the sample was made up: "90 files, among them 20 that …"
    again = pattern(_FILE, "share.cases-again").fullmatch(context.noun(index)) is not None
    head, of_sample = context.noun(index).split()[-1:], context.noun(sample.quantity).split()[-1:]
    same = quantity.noun is not None and (again or head == of_sample) and not _is_each(context, index)
    return sample.size if quantity.bare or same else None


def _is_each(context: Context, index: int) -> bool:
    """Whether a count is per person or time: "20 cases a detective" are no part of the cases reviewed."""
    after = context.after(index)
    per = pattern("figure-kinds", "rate.per").match(after) or pattern(_FILE, "share.each").match(after)
    return per is not None


def _listed(context: Context, found: Sequence[Quantity], index: int) -> Decimal | None:
    """The number that a row of parts follows: "including", "of whom", a bracket that adds up."""
    sentence = context.sentence(index)
    after = context.text[found[index].number_end : sentence.end]
    previous = context.previous(index)
    if previous is None:
        return None
    gap, other = context.gap(previous, index), found[previous]
    if other.unit != "count":
        return None
    if pattern(_FILE, "share.whom-behind").match(after) and (other.noun or other.denominator is None):
        return other.value
    if pattern(_FILE, "share.including").fullmatch(gap):
        return other.value
    goes_on = gap in (" and ", ", ") and other.denominator is not None and previous - 1 >= 0
    if goes_on and pattern(_FILE, "share.including").fullmatch(context.before(previous)):
        return other.denominator
    return _adds_up_to(context, found, index)


def _adds_up_to(context: Context, found: Sequence[Quantity], index: int) -> Decimal | None:
    """The count before a bracket whose counts add up to it: "31 (wholetime: 6; on-call: 25)"."""
    sentence = context.sentence(index)
    opens = context.text.rfind("(", sentence.start, found[index].start)
    closes = context.text.find(")", found[index].end, sentence.end)
    if opens < 0 or closes < 0 or ")" in context.text[opens : found[index].start]:
        return None
    inside = [i for i in sentence.quantities if opens < found[i].start < closes]
    before = [i for i in sentence.quantities if found[i].start < opens]
    if len(inside) < 2 or not before or any(found[i].unit != "count" for i in inside):
        return None
    whole = found[before[-1]].value
    return whole if sum(found[i].value for i in inside) == whole else None


def _set_apart(
    context: Context, links: Links, found: Sequence[Quantity], chains: TopicChains, index: int
) -> Decimal | None:
    """The whole that another clause, line or sentence gives."""
    whole = _next_count(context, found, index, "share.of-establishment") or _of_clause_before(
        context, found, index
    )
    return whole or _of_bullets(context, links, found, index) or _of_cases(context, chains, index)


def _next_count(context: Context, found: Sequence[Quantity], index: int, joint: str) -> Decimal | None:
    """The count that follows, where the words between are those of a rule: "(of 2,205 respondents)"."""
    following = context.next(index)
    if following is None or found[following].unit != "count":
        return None
    joined = pattern(_FILE, joint).fullmatch(context.gap(index, following))
    return found[following].value if joined else None


def _of_clause_before(context: Context, found: Sequence[Quantity], index: int) -> Decimal | None:
    """ "264 incidents had nobody assigned to them; 71 involved domestic abuse"."""
    previous, quantity = context.previous(index), found[index]
    if previous is None or not quantity.bare or quantity.unit != "count":
        return None
    other, gap = found[previous], context.gap(previous, index)
    if other.bare and other.denominator is not None and other.unit == "count":
        return _of_row(context, other, quantity, gap)
    if other.denominator is not None and other.unit == "count" and gap.endswith(" and that "):
        # "found that 54 of the 60 files were complete and that 49 had a plan"
        return other.denominator if _is_subject(context, quantity) else None
    named = other.unit == "count" and other.noun is not None and other.numerator is None
    if not named or context.text[slice(*other.noun or (0, 0))].split()[-1] in _TIMES:
        return None
    return (
        other.value
        if pattern(_FILE, "share.goes-on").fullmatch(gap) and _is_subject(context, quantity)
        else None
    )


def _of_row(context: Context, other: Quantity, quantity: Quantity, gap: str) -> Decimal | None:
    """The whole of the part before, for another part in its row: "31 were good and 9 weren’t supervised"."""
    joined = pattern(_FILE, "share.row").fullmatch(gap) is not None
    return other.denominator if joined and _is_subject(context, quantity) else None


def _is_subject(context: Context, quantity: Quantity) -> bool:
    """Whether the word behind a number is the verb of its clause."""
    word = re.match(r" ([a-z’]+)\b(?! in (?:19|20)\d\d)", context.text[quantity.end : quantity.end + 40])
    return word is not None and (word[1] in past_forms() or word[1] in word_list("auxiliaries"))


def _of_bullets(context: Context, links: Links, found: Sequence[Quantity], index: int) -> Decimal | None:
    """ "We reviewed 70 investigations. Of these: • 62 went to the right team; …"."""
    quantity, number = found[index], found[index].sentence
    if context.sentence(index).quantities[0] != index:
        return None
    whole = whole_of_list(context, links, number)
    if whole is None:
        return None
    head = context.noun(whole).split()[-1:]
    return found[whole].value if quantity.bare or context.noun(index).split()[-1:] == head else None


def _of_cases(context: Context, chains: TopicChains, index: int) -> Decimal | None:
    """ "We read 60 files. … Supervision was absent in twenty-four files", in the same paragraph."""
    quantity = context.quantities[index]
    again = pattern(_FILE, "share.cases-again").fullmatch(context.noun(index)) is not None
    if index in chains.opening or context.sentence(index).periods or not (quantity.noun and again):
        return None
    if _is_each(context, index):
        return None
    if pattern(_FILE, "share.in-cases").search(context.before(index)) is None:
        return None
    paragraph = context.sentence(index).paragraph
    for other in range(index - 1, -1, -1):
        if context.sentence(other).paragraph != paragraph:
            break
        if other in chains.opening and not chains.opening[other].is_survey:
            head, sampled = context.noun(index).split()[-1], context.noun(other).split()[-1:]
            return chains.opening[other].size if sampled and head in (*sampled, "cases") else None
    return None


def _in_focus(
    context: Context, links: Links, found: Sequence[Quantity], samples: Set[int], index: int
) -> Decimal | None:
    """The whole that the passage is about, for a number that its place in the clause makes a part.

    "Thirty-eight had no plan", "In 27, evidence was lost", "a review was absent from 25": the whole is the
    last sample or the last whole of a share in the paragraph; of a number that opens its sentence also what
    the sentence before counts. Another count between them, or another time, is a new topic.
    """
    quantity, sentence = found[index], context.sentence(index)
    opens = _opens_sentence(context, index)
    if sentence.periods or _is_each(context, index) or not (opens or _is_placed_part(context, index)):
        return None
    before = context.paragraph_before(quantity.sentence)[:_NEAR]
    places = [[i for i in sentence.quantities if i < index], *(list(s.quantities) for s in before)]
    for far, here in enumerate(places):
        for other in reversed(here):
            one = found[other]
            if one.unit != "count" or other in links.sizes:
                continue
            if one.denominator is not None and other not in samples:
                if quantity.noun is not None:  # "In nine cases" may be cases of something else
                    return None
                return one.denominator if one.denominator >= quantity.value else None
            if other in samples or (opens and far == 1 and one.noun and not links.is_base(other)):
                timed = context.text[slice(*one.noun)].split()[-1] in _TIMES if one.noun else False
                return None if timed or one.value < quantity.value else one.value
            if one.noun is not None:
                return None
    return None


def _opens_sentence(context: Context, index: int) -> bool:
    """ "Twenty-two involved domestic abuse", "Only three were told"."""
    quantity, sentence = context.quantities[index], context.sentence(index)
    words = context.text[sentence.start : quantity.start]
    return (
        quantity.bare
        and pattern(_FILE, "share.opens").fullmatch(words) is not None
        and _is_subject(context, quantity)
    )


def _is_placed_part(context: Context, index: int) -> bool:
    """ "In 27, …", "In six cases a child …", "… was absent from 25.", "and that 12 had no plan"."""
    quantity, before, after = context.quantities[index], context.before(index), context.after(index)
    again = quantity.noun is not None and (
        pattern(_FILE, "share.cases-again").fullmatch(context.noun(index)) is not None
    )
    if not (quantity.bare or again) or context.noun(index).endswith(("occasions", "instances")):
        return False
    if pattern(_FILE, "share.in-part").search(before) is not None:
        return pattern(_FILE, "share.part-end").match(after) is not None
    joined = quantity.bare and pattern(_FILE, "share.that-part").search(before) is not None
    return joined and _is_subject(context, quantity)


# --- percentages -------------------------------------------------------------------------------------


def _of_survey(context: Context, chains: TopicChains, index: int) -> Decimal | None:
    """How many answered the survey that a percentage is of; not for the share of people who answered."""
    if pattern(_FILE, "share.of-staff").match(context.after(index)) is not None:
        return None
    sentence, sample = context.sentence(index), chains.of.get(index)
    if sample is None and pattern("figure-population", "population.survey").search(sentence.text):
        counts = [context.quantities[i] for i in sentence.quantities if i < index]
        counts = [q for q in counts if q.unit == "count" and q.noun is not None]
        asked = [
            q
            for q in counts
            if pattern(_FILE, "share.answered").match(
                context.text[q.noun[0] if q.noun else q.end : sentence.end]
            )
        ]
        return asked[0].value if asked else None
    return (
        sample.size
        if sample is not None and sample.is_survey and sample.quantity < index and sample.size
        else None
    )


def _of_asked(context: Context, samples: Set[int], index: int) -> Decimal | None:
    """ "A poll of 1,048 people found that 58 percent thought …": how many were asked, in the sentence."""
    asked = [i for i in context.sentence(index).quantities if i < index and i in samples]
    if not asked or pattern(_FILE, "share.of-staff").match(context.after(index)) is not None:
        return None
    gap = context.gap(asked[-1], index)
    said = pattern(_FILE, "share.asked-said").search(gap) and not is_points(context, index)
    if pattern("figure-change", "compare.cue").search(gap):  # "…, compared with 27 percent in 2013"
        return None
    return context.quantities[asked[-1]].value if said else None


def _by_arithmetic(
    context: Context, links: Links, found: Sequence[Quantity], number: int, index: int
) -> Parts | None:
    """The parts of which a percentage is the quotient: a share near it, or a part beside it and its whole."""
    percent = found[index]
    here = sorted(context.sentences[number].quantities, key=lambda i: abs(i - index))
    before = [i for s in context.paragraph_before(number)[:1] for i in reversed(s.quantities)]
    exact = percent.value != percent.value.to_integral_value()
    own_whole = context.after(index).startswith(" of ")
    for other in () if own_whole else (*here, *(before if exact else ())):
        top, bottom = found[other].numerator, found[other].denominator
        if (
            found[other].unit in ("count", "GBP")
            and top
            and bottom
            and is_quotient(percent.value, top, bottom)
        ):
            return top, bottom
    part = _part_beside(context, found, index)
    if part is not None:
        for whole in _wholes_before(context, number, part):
            other, top = found[whole], found[part].value
            if other.unit != found[part].unit or other.value <= top or links.is_base(whole):
                continue
            if is_quotient(percent.value, top, other.value):
                return top, other.value
    return None


def _part_beside(context: Context, found: Sequence[Quantity], index: int) -> int | None:
    """ "24,112, or 8.0 percent", "£17.9m (60.5 percent)", "58 officers resigned, which is 2.6 percent"."""
    previous = context.previous(index)
    if previous is None or found[previous].unit not in ("count", "GBP"):
        return None
    beside = pattern(_FILE, "share.or-percent").fullmatch(context.gap(previous, index))
    return previous if beside else None


def _wholes_before(context: Context, number: int, part: int) -> Iterator[int]:
    """The quantities before a part, nearest first, in its sentence and in those just before it."""
    yield from (i for i in reversed(context.sentences[number].quantities) if i < part)
    for earlier in range(number - 1, max(-1, number - 1 - _NEAR), -1):
        yield from reversed(context.sentences[earlier].quantities)


def is_quotient(percent: Decimal, top: Decimal, bottom: Decimal) -> bool:
    """Whether a percentage is a quotient, rounded as it is written.

    >>> [is_quotient(Decimal(percent), Decimal(27), Decimal(169)) for percent in ("16", "16.0", "16.5")]
    [True, True, False]
    """
    step = Decimal(1).scaleb(min(0, int(percent.as_tuple().exponent)))
    return abs(top * 100 / bottom - percent) <= step / 2
