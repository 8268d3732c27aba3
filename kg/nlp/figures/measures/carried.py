"""Whether a figure may have the phrase of another: not where its own clause says what it measures."""

from __future__ import annotations

import re

from kg.model.text.numbers import SMALL_WORDS
from kg.nlp.figures.context import Context
from kg.nlp.figures.measures.clauses import clause_of, has_verb
from kg.nlp.figures.measures.plain import plain_subject
from kg.nlp.figures.measures.wording import without_loose_ends
from kg.nlp.figures.measures.zones import Zones
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"
_NUMBER = re.compile(rf"(?<![\w-])(?!(?:999|101|111|105) )(?:[£\d]|(?:{SMALL_WORDS})\b)")
"""A number, but for the telephone numbers that calls are named by."""


def speaks_for_itself(zones: Zones, index: int, words: str) -> bool:
    """Whether the clause of a figure has a subject or a verb of its own, which ``words``, the phrase of
    another figure, don't know: "recorded 9 of 10 violent crimes. The estimate for sexual offences was 97".

    A clause that has another number before this one sets the two side by side. "It", "the figure for all
    forces" and "the rate" take up what was said.
    """
    clause = clause_of(zones, index)
    if clause is None:
        return False
    if clause.fronted or clause.is_subject:
        return opens_own_clause(zones, index)
    if clause.between.startswith(",") or _NUMBER.search(f"{clause.subject} {clause.between}"):
        return False
    if _says_how_much(clause.verb):
        return not _takes_up(clause.subject, words)
    # "when it made 4,481", "similar forces obtained 39"
    return bool(clause.between) or not _is_said(clause.verb, words)


def is_of_another_subject(zones: Zones, index: int, words: str) -> bool:
    """Whether a figure that is set beside another is said of a thing which the phrase of that does not know:
    "£98m of it was raised from council tax. Funding for all forces was £17bn."
    """
    clause = clause_of(zones, index)
    if clause is None or not _says_how_much(clause.verb):
        return False
    return own_subject(zones, index) is not None and speaks_for_itself(zones, index, words)


def with_own_place(context: Context, index: int, words: str | None) -> str | None:
    """The phrase of a focal figure with the place of this one: "… in the Vale, 34 in Wexford"."""
    behind = context.text[context.quantities[index].end : context.sentence(index).end]
    place = pattern(_FILE, "carry.own-place").match(behind)
    if words is None or place is None:
        return words
    return pattern(_FILE, "carry.place").sub(lambda _: place[0].lstrip(",").removesuffix("’s"), words)


def own_subject(zones: Zones, index: int) -> str | None:
    """The subject of a clause that only says how much it is: "funding for all forces was £17bn"."""
    clause = clause_of(zones, index)
    if clause is None or clause.fronted or clause.is_subject or not _says_how_much(clause.verb):
        return None
    subject = plain_subject(pattern(_FILE, "measure.reported").sub("", clause.subject))
    if subject is None:
        return None
    names_it = not _NUMBER.search(f"{subject} {clause.between}") and not _takes_up(subject, "")
    head = pattern(_FILE, "carry.subordinate").split(subject)[0]
    return without_loose_ends(subject) if names_it and not has_verb(head) else None


def opens_own_clause(zones: Zones, index: int) -> bool:
    """Whether a figure is the subject of a clause with a verb: "… fair, and 12 percent knew how"."""
    clause = clause_of(zones, index)
    return clause is not None and not clause.verb and has_verb(f"things {clause.behind.strip()}")


def is_about_all(subject: str) -> bool:
    """Whether a subject takes up what was said before: "it", "the number", "the England and Wales rate"."""
    return pattern(_FILE, "carry.takes-up").fullmatch(subject) is not None


def _takes_up(subject: str, words: str) -> bool:
    known = words.casefold().split(" ")
    named = (without_loose_ends(subject) or "").casefold().split(" ")
    return is_about_all(subject) or all(word in known for word in named)


def _says_how_much(verb: str) -> bool:
    forms = ("clause.copula", "clause.changing", "clause.accounts")
    return any(pattern(_FILE, form).fullmatch(verb) for form in forms)


def _is_said(verb: str, words: str) -> bool:
    last = verb.split(" ")[-1].casefold()
    return (
        last in words.casefold().split(" ") or pattern(_FILE, "carry.light-verb").fullmatch(last) is not None
    )
