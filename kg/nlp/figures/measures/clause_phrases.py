"""Phrases from the clause before a number: its subject, or the noun whose size the number is."""

from __future__ import annotations

import re

from kg.nlp.figures.measures.clauses import clause_of, has_verb
from kg.nlp.figures.measures.finder import MeasureFinder
from kg.nlp.figures.measures.roles import inside
from kg.nlp.figures.measures.wording import match_rule, match_whole, search_rule, without_loose_ends
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"


def is_done(finder: MeasureFinder, index: int) -> bool:
    """Whether the verb before a number tells what somebody did, not how much something is."""
    clause = clause_of(finder.zones, index)
    if clause is None or not clause.verb or not clause.subject:
        return False
    said = f"{clause.verb} {clause.between}".strip()
    forms = ["clause.copula", "clause.changing", "clause.accounts"]
    if finder.context.quantities[index].unit != "GBP" or not clause.behind.startswith(" of "):
        forms.append("clause.costs")
    return not any(match_whole(form, words) for form in forms for words in (clause.verb, said))


def head_phrase(finder: MeasureFinder, index: int) -> str | None:
    """The noun that a number is the size of, with whose it is: "the desk had a staff turnover of 26%"."""
    head = search_rule("measure.head-of", finder.zones.lead(index))
    if head is None or has_verb(f"things {head['head']}"):
        return None
    clause = clause_of(finder.zones, index)
    of_body = clause is None or not clause.subject or match_whole("clause.body", clause.subject)
    if of_body or clause is None or match_whole("clause.unnamed", clause.subject):
        return str(head["head"])
    if match_whole("clause.having", clause.verb):
        whose = inside(finder.context, clause.subject)
        return f"{head['head']} of {re.sub(r'^(?:its|their|your|our) ', 'the ', whose)}"
    return str(head["head"])


def subject_of(words: str) -> str | None:
    """The noun phrase before the verb of a clause."""
    words = (pattern(_FILE, "measure.subject-start").split(words)[-1] or words).strip()
    match = match_rule("measure.changed", words) or match_rule("measure.subject", words)
    return without_loose_ends(match["subject"]) if match else None
