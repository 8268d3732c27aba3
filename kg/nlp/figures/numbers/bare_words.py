"""Numbers in words whose noun is left out: parts of what was counted before, ends of ranges, rows of counts.

A number in digits counts without a noun; one in words may be a pronoun ("one") or a known pair ("the two"),
so its place in the sentence has to show that it counts: "of whom six …", "three are wholetime, two are
day-crewed", "In nine, …", "but for seven we found none".
"""

from __future__ import annotations

import re

from kg.model.text.numbers import Number
from kg.nlp.figures.numbers.counted_nouns import counted_noun
from kg.nlp.figures.numbers.prose import Prose
from kg.nlp.figures.numbers.shares import follows_sample, follows_whole
from kg.nlp.figures.numbers.units import with_unit
from kg.nlp.rules.pattern_files import pattern

_FORMS = "figure-forms"
_HEDGED = re.compile(r",? (?:(?:and|but|with|at least) )*(?:only |just )$|, (?:and|but|with) $")
_WORD_BEHIND = re.compile(r" (?P<word>[a-z’]+)\b")


def is_bare_word(prose: Prose, number: Number) -> bool:
    """Whether a number in words without a noun counts: as a part of a whole, in a row, in a range."""
    text, limit = prose.text, prose.end_of_sentence(number.start)
    before = prose.words_before(number.start, 200)
    if is_all_but(prose, number) or follows_whole(before) or follows_sample(before):
        return True
    if _is_part(prose, number, before):
        return True
    if pattern(_FORMS, "form.more-than").match(text, number.end, limit):
        return True
    return _has_antecedent(prose, number) or _opens_range(prose, number)


def is_one_of_parts(prose: Prose, number: Number) -> bool:
    """Whether "one" counts: "…, and one had been open for 211", "numbered eight, one of whom", "all but one".

    At the beginning of a sentence it does only beside a sentence that opens as this one: "Sixty-one had been
    recorded. One had not."
    """
    before = prose.words_before(number.start, 200)
    limit = prose.end_of_sentence(number.start)
    if is_all_but(prose, number):
        return True
    if pattern(_FORMS, "form.part-behind").match(prose.text, number.end, limit):
        before = _HEDGED.sub(", ", before)
        directly = any(prose.text[one.end : number.start] == ", " for one in prose.numbers)
        return directly or (before.endswith(", ") and counts_before(prose, number, sentences=1))
    if not before:
        return _opens_as_sentence_before(prose, number)
    clause = pattern(_FORMS, "form.clause").search(before)
    subject = pattern(_FORMS, "form.subject").match(prose.text, number.end, limit)
    return clause is not None and subject is not None and counts_before(prose, number, sentences=1)


def is_all_but(prose: Prose, number: Number) -> bool:
    """Whether a number is what is left out of all: "all but one passed"."""
    return prose.words_before(number.start, 8).lower().endswith("all but ")


def counts_before(prose: Prose, number: Number, sentences: int) -> bool:
    """Whether things are counted earlier in the sentence, or in the one before in the paragraph."""
    here = prose.sentence_of(number.start)
    start = prose.sentences[max(0, here + 1 - sentences)][0]
    start = max(start, prose.text.rfind("\n", 0, number.start) + 1)
    return any(_counts(prose, other) for other in prose.numbers if start <= other.start < number.start)


def _counts(prose: Prose, number: Number) -> bool:
    if counted_noun(prose.text, number.end, prose.end_of_sentence(number.start)) is not None:
        return True
    return not number.words and not number.money and with_unit(prose, number) is None


def _is_part(prose: Prose, number: Number, before: str) -> bool:
    """Whether the words around a number make it a part of what was counted before."""
    text, limit = prose.text, prose.end_of_sentence(number.start)
    counted = counts_before(prose, number, sentences=2)
    if pattern(_FORMS, "form.of-which").search(before):
        return True
    if pattern(_FORMS, "form.rest").search(before):
        return counted
    if pattern(_FORMS, "form.part-in").search(before):  # "In nine, the handler did not ask"
        clause = pattern(_FORMS, "form.clause-behind").match(text, number.end, limit) is not None
        return text.startswith(", ", number.end) or (clause and counted)
    subject = pattern(_FORMS, "form.subject").match(text, number.end, limit) is not None
    opens = not before or pattern(_FORMS, "form.clause").search(before) is not None
    if subject and (opens or (counted and not pattern(_FORMS, "form.bare-never").search(before[-30:]))):
        return True
    defined = before.endswith(("the ", "those ")) and pattern(_FORMS, "form.defined-behind").match(
        text, number.end
    )
    return (bool(defined) and counted) or _is_parallel(prose, number, before) or _is_graded(prose, number)


def _is_parallel(prose: Prose, number: Number, before: str) -> bool:
    """Whether a number stands in a row as the one before: "three are wholetime, two are day-crewed"."""
    behind = _WORD_BEHIND.match(prose.text, number.end)
    if behind is None or pattern(_FORMS, "form.row-joint").search(before) is None:
        return False
    if pattern(_FORMS, "form.row-word").fullmatch(behind["word"]) is None:
        return False
    start = prose.sentences[prose.sentence_of(number.start)][0]
    others = [one for one in prose.numbers if start <= one.start < number.start]
    return any(f" {behind['word']} " in prose.text[other.end : number.start] for other in others[-1:])


def _is_graded(prose: Prose, number: Number) -> bool:
    """ "18 achieved, five partly achieved and six not": cases graded as those of the number before."""
    form, text = pattern(_FORMS, "form.graded-row"), prose.text
    sentence = prose.sentences[prose.sentence_of(number.start)]
    others = [one for one in prose.numbers if sentence[0] <= one.start < number.start]
    return all(form.match(text[one.end : sentence[1]]) for one in (number, *others[-1:])) and bool(others)


def _opens_as_sentence_before(prose: Prose, number: Number) -> bool:
    here = prose.sentence_of(number.start)
    form = pattern(_FORMS, "form.part-sentence")
    pair = [prose.text[slice(*span)] for span in prose.sentences[max(0, here - 1) : here + 1]]
    told = len(pair) == 2 and all(form.match(sentence) is not None for sentence in pair)
    return told and not pair[0].lower().startswith("one ")


def _opens_range(prose: Prose, number: Number) -> bool:
    """ "from two to five officers", "waits of five to eight weeks", "between four and seven months"."""
    to = pattern(_FORMS, "form.range-end").match(prose.text, number.end, prose.end_of_sentence(number.start))
    if to is None or to.end() not in prose.by_start:
        return False
    return "and" not in to[0] or prose.text.endswith("between ", 0, number.start)


def _has_antecedent(prose: Prose, number: Number) -> bool:
    """Whether a number at the end of its phrase counts what was counted just before: "nine examiners, four of
    whom …", "19 inspectors in all. You have borrowed two from …"; "only three" does anyhow.
    """
    limit = prose.end_of_sentence(number.start)
    if pattern(_FORMS, "form.bare-never").search(prose.words_before(number.start, 30)):
        return False
    after = pattern(_FORMS, "form.bare-after").match(prose.text, number.end, limit)
    if after is None and number.end != limit:
        return False
    if pattern(_FORMS, "form.only").search(prose.words_before(number.start, 20)):
        return True
    ranged = pattern(_FORMS, "form.range-start").search(prose.words_before(number.start, 90)) is not None
    return ranged or counts_before(prose, number, sentences=2)
