"""Phrases of one clause, which a reader understands alone.

The words around a number bring along what is no part of what it measures: a time or a circumstance before
the subject ("last year the service worked with"), who says so ("according to the force"), and a second clause
("who live elsewhere and this affects …"). What is left says less and is true; a clause that cannot be cut to
one gives no phrase, and a count keeps its noun.
"""

from __future__ import annotations

import re

from kg.model.text.verbs import participles, past_forms
from kg.nlp.figures.measures.clauses import has_verb
from kg.nlp.figures.measures.wording import lower_first, without_loose_start
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"
_RELATIVE = re.compile(r" (?:that|which|who|whom|whose|where|when|after|before)\b")
_JOINT = re.compile(r" (?:in which|for whom|that|who) ")
_NEED_VERB = (" in which ", " for whom ")
_ARTICLE = re.compile(r"(?:The|A|An|Its|Their|Our|Your|This|These|Those|Some|Each|All|No|There)\b")


def plain(phrase: str) -> str | None:
    """A phrase cut to its clause; None where nothing is left.

    >>> plain("cases in which in our review, a plan had been agreed")
    'cases in which a plan had been agreed'
    >>> plain("children who live outside the county and this affects their schooling")
    'children who live outside the county'
    >>> plain("sergeants who use it every day, according to the force")
    'sergeants who use it every day'
    """
    phrase = pattern(_FILE, "plain.tail").split(phrase)[0]
    joint = _JOINT.search(phrase)
    if joint is None:
        return without_loose_start(without_front(phrase))
    clause = without_front(phrase[joint.end() :])
    if not clause or (joint[0] in _NEED_VERB and not _has_any_verb(clause)):
        return None
    return f"{phrase[: joint.end()]}{clause}"


def _has_any_verb(clause: str) -> bool:
    """Whether a clause has a finite verb, also as its first or its last word: "the design team advised"."""
    return has_verb(f"things {clause}") or any(word in past_forms() for word in clause.split(" "))


def without_front(words: str) -> str:
    """A clause from its subject on, without a circumstance or an aside before it.

    >>> without_front("Overall the number of children")
    'the number of children'
    >>> without_front("your new system, the plan was old"), without_front("education, training or work")
    ('the plan was old', 'education, training or work')
    """
    words = pattern(_FILE, "plain.front").sub("", words)
    opening, comma, rest = words.partition(", ")
    if comma and not has_verb(f"things {opening}") and pattern(_FILE, "plain.subject").match(rest):
        words = rest
    return lower_first(words) if _ARTICLE.match(words) else words


def plain_subject(words: str) -> str | None:
    """The subject of a clause that is a noun phrase; None where another clause or a number stands in it.

    A clause that tells more of its noun belongs to it: "the information gathered when a victim was found".

    >>> plain_subject("Gangs Out, run by the charity Second Chance")
    'Gangs Out'
    >>> plain_subject("despite the work that it") is None
    True
    """
    words = pattern(_FILE, "plain.number").sub("", without_front(words))
    opening, comma, rest = words.partition(", ")
    if rest.startswith("whose ") and not has_verb(rest):
        return f"{opening}’s {rest.removeprefix('whose ')}"
    first = rest.split(" ")[0]
    if comma and (first in participles() or pattern(_FILE, "plain.aside").match(rest)):
        if " that " in rest:  # the verb behind may be that of the aside
            return None
        words = opening
    if pattern(_FILE, "plain.no-subject").search(words):
        return None
    if "," in words and pattern(_FILE, "plain.row").search(words) is None:
        return None
    longer = pattern(_FILE, "plain.looked-for").search(words) is not None
    return words if longer or not has_verb(_RELATIVE.split(words)[0]) else None
