"""Measures of shares: what a share is of, and what is said of it."""

from __future__ import annotations

import re

from kg.nlp.figures.measures.carried import opens_own_clause, own_subject
from kg.nlp.figures.measures.clause_phrases import head_phrase, subject_of
from kg.nlp.figures.measures.clauses import has_verb, opens_phrase, opens_with_verb
from kg.nlp.figures.measures.finder import MeasureFinder
from kg.nlp.figures.measures.linked import takes_up
from kg.nlp.figures.measures.plain import without_front
from kg.nlp.figures.measures.wording import cases, is_person, match_rule, passive, relative, search_rule
from kg.nlp.figures.numbers.shares import whole_behind
from kg.nlp.rules.pattern_files import pattern


def share_phrase(finder: MeasureFinder, index: int, before: str, after: str) -> str | None:
    """What a share is of: "of victims in …", "of them", or what "respondents who" did."""
    # "The gap was widest in Year 11, where attainment was poor at 4%"
    before = re.sub(r"^.*\b(?:is|are|was|were)\b.*\bwhere ", "", before)
    of, inside = match_rule("measure.of", after), match_rule("measure.in-which", before)
    quantified = _of_quantified(finder, index)
    if quantified is not None:
        return quantified
    if of and takes_up(finder, index):
        return None  # "this represents 87 percent of the workforce": what does, an earlier sentence tells
    what, whole = of["what"] if of else "", whole_behind(finder.context, index)
    if whole is not None:
        what = f"{finder.context.noun(whole)} {finder.zones.around(whole)[1].strip()}".strip()
    what = pattern("figure-measures", "mend.these-things").sub("", what)  # "of these searches"
    them = match_rule("measure.them", what)
    if them:
        tail = what[them.end() :]
        answered = match_rule("measure.answerers", tail)
        if answered:  # "61 percent of those who took part said …": no people of an earlier sentence
            return f"respondents who{tail[answered.end() :]}"
        told = "" if not tail or opens_phrase(tail) else " that were"
        what = f"{finder.counted_before(index) or them[0]}{told}{tail}"
    if what and inside and match_rule("measure.short-noun", what):
        return cases(what, without_front(inside["clause"]))
    if what:
        done = search_rule("measure.done-by", before)
        return passive(what, done["verb"]) if done else relative(what)
    headed = head_phrase(finder, index)
    if headed is not None:
        return headed
    named = search_rule("measure.rate", before)
    if named and not opens_own_clause(finder.zones, index):
        return named["rate"]
    if not match_rule("measure.verb", after.strip()):
        if before.endswith("("):
            return None  # what a bracket behind a clause is said of, its words do not tell
        return own_subject(finder.zones, index) or subject_of(before)
    opens = finder.context.quantities[index].start == finder.context.sentence(index).start
    known = opens or finder.context.quantities[index].denominator is not None
    noun = finder.counted_before(index) if known else _counted_here(finder, index)
    if "survey" in finder.context.lead_in(index):
        return f"respondents who {after.strip()}"
    said = re.sub(r"^is\b", "are", after.strip()) if noun else after.strip()
    return f"{noun or 'share'} {'who' if noun and is_person(noun) else 'that'} {said}"


def _counted_here(finder: MeasureFinder, index: int) -> str | None:
    """What is counted by a number before in the clause: "in our review of 218 records, 31.2 per cent"."""
    previous = finder.context.previous(index)
    if previous is None or not finder.context.noun(previous):
        return None
    told = finder.context.text[
        finder.context.quantities[previous].end : finder.context.quantities[index].start
    ]
    return finder.context.noun(previous) if not has_verb(f"things{told}") and ";" not in told else None


def _of_quantified(finder: MeasureFinder, index: int) -> str | None:
    """What a bracket gives the size of: "almost all interviews (seven of eight) were detailed"."""
    context, quantity = finder.context, finder.context.quantities[index]
    start = context.sentence(index).start
    told = search_rule("quantified.before", context.text[start : quantity.start])
    closed = re.match(
        r"[^()]{0,80}\)(?P<said>[^,;:.()]*)", context.text[quantity.end : context.sentence(index).end]
    )
    if told is None or closed is None:
        return None
    said = closed["said"].strip()
    if not said or not has_verb(f"things {said}"):
        return None
    noun = relative(told["noun"])
    if pattern("figure-measures", "quantified.in").search(context.text[start : quantity.start]):
        return cases(noun, said)  # "in the vast majority of cases (93%) contact is made"
    return f"{noun} {'who' if is_person(noun) else 'that'} {said}" if opens_with_verb(noun, said) else None
