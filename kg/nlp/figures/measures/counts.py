"""Measures of counts, and of what counts nothing by itself: a part of a whole, a time."""

from __future__ import annotations

import re

from kg.nlp.figures.measures.carried import own_subject
from kg.nlp.figures.measures.clause_phrases import head_phrase, is_done, subject_of
from kg.nlp.figures.measures.clauses import clause_of, has_verb, verb_at, with_relative
from kg.nlp.figures.measures.finder import MeasureFinder
from kg.nlp.figures.measures.plain import plain_subject, without_front
from kg.nlp.figures.measures.wording import (
    cases,
    is_generic,
    is_person,
    lower_first,
    match_rule,
    match_whole,
    search_rule,
)
from kg.nlp.figures.numbers.shares import whole_behind
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"
_UNNAMED = re.compile(r"^(?:It|They|Officers|Staff|Supervisors|Crews|Managers|Leaders|Social workers)\b")


def counted_phrase(finder: MeasureFinder, index: int, before: str, after: str) -> str | None:
    """What is counted, with what changed, in which cases it was so, or what was done with it."""
    quantity = finder.context.quantities[index]
    noun = pattern(_FILE, "measure.uncounted").sub("", finder.noun_of(index))
    after = after.removeprefix(noun.removeprefix(finder.context.noun(index)))
    previous = finder.context.previous(index)
    if previous is not None and whole_behind(finder.context, previous) == index:
        return f"number of {noun}"
    if index in finder.links.direction and finder.is_difference(index, quantity):
        word = {"increase": "increase in", "decrease": "reduction in"}[finder.links.direction[index]]
        return f"{word} {noun}"
    inside = None
    if quantity.numerator is not None and not quantity.of_antecedent:
        inside = match_rule("measure.in-which", before)
        if inside and is_person(noun) and not has_verb(f"things {inside['clause']}"):
            inside = None  # "social workers for 39 of 198 children": no people with social workers
    if inside is None:
        lead = search_rule("measure.in-subject", finder.zones.clause_before(index))
        if lead and quantity.numerator is None and not has_verb(f"things {lead['head']}"):
            after = _up_to_verb(finder, after)  # "Reoffending among the 142 people on its scheme fell"
            if match_whole("measure.store", lead["head"].split(" ")[-1].lower()):
                return f"{lead['head'].split(' ')[-1].lower()} of {noun}"
        elif _is_listed(finder, index):
            return f"{noun} {after.strip()}"  # "There were 804 suspects on bail and 1,377 released"
        before_pair = _changed_thing(finder, index, noun)
        if before_pair is not None:
            return before_pair
        return _with_state(noun, before, after)
    # "… advice on evidence in 9 of 16 cases, and on crime prevention in 10 of 23 cases"
    clause = without_front(inside["clause"])
    opening = match_rule("measure.same-lead", clause)
    words = finder.measure(previous) if previous is not None else None
    if opening is not None and words is not None and f" {opening[1]} " in words:
        return words.rpartition(f" {opening[1]} ")[0] + " " + clause.strip()
    return cases(noun, clause)


def _up_to_verb(finder: MeasureFinder, after: str) -> str:
    """What stands behind a noun, up to the verb of another subject."""
    tokens = after.split(" ")
    at = verb_at(["things", *(token.strip(",’‘") or "," for token in tokens if token)])
    return after if at is None else " " + " ".join([token for token in tokens if token][: at - 1])


def _is_listed(finder: MeasureFinder, index: int) -> bool:
    """Whether a number stands in a row behind "there were", so that a participle behind it is no verb."""
    there = match_rule("measure.there-were", finder.zones.clause_before(index).strip()) is not None
    return there and match_rule("measure.participle", finder.zones.clause_behind(index).strip()) is not None


def _changed_thing(finder: MeasureFinder, index: int, noun: str) -> str | None:
    """What rose or fell to a number of mere offences: "vehicle crime went up to 5,234 offences"."""
    clause = clause_of(finder.zones, index)
    changed = clause is not None and match_whole("clause.changing", clause.verb) is not None
    paired = changed or any(index in pair for pair in finder.links.pairs)
    if not paired or not match_whole("measure.bare-unit", noun):
        return None
    subject = clause.subject if clause and changed else subject_of(finder.zones.clause_before(index))
    if subject is None or is_generic(subject) or match_whole("clause.body", subject):
        return None
    return None if noun.split()[-1] in subject else f"{subject} ({noun})"


def time_phrase(finder: MeasureFinder, index: int, before: str, after: str) -> str | None:
    """What a time was taken for: "time to answer a call", "time that children waited for a home"."""
    aim = match_rule("measure.aim", after) if search_rule("measure.took", before + " ") else None
    if aim:
        return f"time to {aim['aim']}"
    return _time_passed(finder, index) or uncounted_phrase(finder, index, before, after)


def _time_passed(finder: MeasureFinder, index: int) -> str | None:
    """ "Children waited on average 856 days between entering care and moving in": how long they waited."""
    clause = clause_of(finder.zones, index)
    if clause is None or not match_whole("time.passed", f"{clause.verb} {clause.between}".strip()):
        return None
    whose = plain_subject(clause.subject)
    if whose is None or match_whole("clause.body", whose) or match_whole("clause.unnamed", whose):
        return None
    told = f"{clause.verb}{clause.behind}".replace(" on average", "")
    return f"time that {lower_first(whose)} {told}"


def uncounted_phrase(finder: MeasureFinder, index: int, before: str, after: str) -> str | None:
    """A number that counts nothing by itself: a part of a whole, a time, or what its clause names."""
    quantity = finder.context.quantities[index]
    if quantity.numerator is not None or quantity.unit == "duration":
        state, noun = match_rule("measure.be", after), finder.counted_before(index)
        if state and noun and quantity.bare:
            return f"{noun} that were {state['state']}"
        lead = search_rule("measure.of-lead", finder.zones.lead(index))
        if lead:
            return _with_state(lead["noun"], "", pattern(_FILE, "measure.read-again").sub("", after))
        inside = match_rule("measure.in-which", before) if quantity.numerator is not None else None
        if inside and noun:
            return cases(noun, without_front(inside["clause"]))
    own = own_subject(finder.zones, index)
    if own is not None and pattern(_FILE, "carry.subordinate").search(own):
        return own  # "the average time before a suspect was found was 37 days"
    named = search_rule("measure.rate", before)
    headed = head_phrase(finder, index)
    if headed is not None:
        return headed
    if is_done(finder, index):
        return named["rate"] if named else None
    return subject_of(before) or (named["rate"] if named else None)


def _with_state(noun: str, before: str, after: str) -> str:
    """A counted noun with what it did or what was done with it: "officers who left", "searches recorded"."""
    state, post = match_rule("measure.be", after), match_rule("measure.post", after)
    verb, done = match_rule("measure.verb", after.strip()), search_rule("measure.done", before)
    tail = ""
    if state:
        tail = state["state"]
    elif (
        verb
        and match_rule("measure.participle", after.strip())
        and not (
            is_person(noun) and (" " not in after.strip() or match_rule("measure.own-act", after.strip()))
        )
    ):
        tail = after.strip()
    elif verb:
        tail = ("who " if is_person(noun) else "that ") + after.strip()
    elif post:
        tail = post["post"]
    not_done = search_rule("measure.not-done", before)
    if not_done and not state and not verb:
        words = not_done["clause"].strip()
        tail = f"that {_UNNAMED.sub(lambda m: m[0].lower(), words)} {tail}"
    elif done and not state and not tail.startswith(("made", "recorded", "received")):
        of_things = match_whole("measure.of-things", tail) is not None
        # "incidents of antisocial behaviour recorded"
        tail = f"{tail} {done['verb']}" if of_things else f"{done['verb']} {tail}"
    return with_relative(f"{noun} {tail}".strip()) if post and tail == post["post"] else f"{noun} {tail}"


def _is_own_act(said: str) -> bool:
    """Whether a participle tells what people did, not what was done with them."""
    return " " not in said or match_rule("measure.own-act", said) is not None
