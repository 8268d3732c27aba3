"""Which clauses of a phrase are negated, and what they say without that: “weren’t good”, “were good”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model.text.verbs import forms_of
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-negations"


def is_negated(words: str) -> bool:
    """Whether words have a negation in them that is no part of a name or of a state.

    >>> is_negated("incidents had no plan"), is_negated("incidents had no officer assigned to them")
    (True, False)
    """
    plain = pattern("figure-kinds", "opposite.no-opposite").sub("", words)
    return pattern("figure-kinds", "opposite.not").search(plain) is not None


def negated_clauses(phrase: str) -> list[str]:
    """The clauses of a phrase that are negated, each from what the negation governs.

    What “no” and “without” stand before is negated, of a verb what stands on both sides of it.

    >>> negated_clauses("cases with effective supervision in which no plan was made")
    ['no plan was made']
    >>> negated_clauses("calls in which advice wasn’t given")
    ['advice wasn’t given']
    >>> negated_clauses("investigations that weren’t effective")
    ['investigations weren’t effective']
    """
    found = []
    for clause in pattern(_FILE, "clause").split(pattern(_FILE, "relative").sub(r"\g<head> ", phrase)):
        if is_negated(f"{clause} in"):  # the number stood behind: “a record was missing in 8 of 20”
            before = pattern(_FILE, "determiner").search(clause)
            found.append(clause[before.start() :].strip() if before else clause.strip())
    return found


def is_said_in(clause: str, sentence: str) -> bool:
    """Whether the negation of a clause, with its next word, is that of a sentence, or the sentence has none.

    “46 weren’t effective. Thirty-one had no plan”: what the second counts is not what weren’t effective.
    """
    cue = pattern("figure-kinds", "opposite.not").search(f"{clause} in")
    words = "" if cue is None else " ".join(clause[cue.start() :].split()[:2])
    return words.lower() in sentence.lower() or not is_negated(sentence)


def affirmed(clause: str) -> Iterator[str]:
    """A negated clause without its negation, in the forms that a name of a measure can have.

    >>> list(affirmed("call handlers didn’t use THRIVE"))
    ['call handlers used THRIVE']
    >>> list(affirmed("investigations weren’t effective"))
    ['investigations were effective', 'investigations effective']
    >>> list(affirmed("no investigation plan"))
    ['investigation plan']
    """
    plain = pattern(_FILE, "determiner").sub("", clause, count=1)
    plain = pattern(_FILE, "do-not").sub(lambda found: forms_of(found["verb"].lower()).past[0], plain)
    be = pattern(_FILE, "be-not")
    kept = be.sub(lambda found: found["be"], plain)
    for words in dict.fromkeys((kept, be.sub("", plain))):
        yield re.sub(r"\s+", " ", words).strip()
