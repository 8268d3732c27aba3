"""Measures of sums of money."""

from __future__ import annotations

from kg.nlp.figures.measures.clause_phrases import head_phrase, is_done, subject_of
from kg.nlp.figures.measures.clauses import clause_of
from kg.nlp.figures.measures.finder import MeasureFinder
from kg.nlp.figures.measures.wording import lower_first, match_rule, match_whole, says_what, search_rule
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-measures"


def sum_phrase(finder: MeasureFinder, index: int, before: str, after: str) -> str | None:
    """What a sum of money is: named before or behind it, of what, or what was done with it."""
    of, done = match_rule("measure.of", after), search_rule("measure.done", before)
    in_kind = None if after.startswith(" in ") else of
    worth, named = search_rule("measure.worth", before), search_rule("measure.rate", before)
    if worth:
        return "value of " + worth["what"].split(" ")[-1]
    of_what = match_rule("measure.worth-of", after)
    if of_what:  # "recovered £86,000 worth of machinery"
        return f"value of {of_what['what']}" + (f" {done['verb']}" if done else "")
    each = match_rule("measure.for-each", after)
    if each and done:  # "received £196 for each resident"
        return f"sum {done['verb']}{each[0]}"
    previous = finder.context.previous(index)
    beside = previous is not None and match_whole("measure.or-each", finder.context.gap(previous, index))
    if each and beside and previous is not None:
        return f"{finder.measure(previous) or 'sum'}{each[0]}"  # "a budget of £31.6m, or £44.10 for each …"
    its_noun = match_rule("measure.sum-noun", after)
    if its_noun and not of:
        return its_noun["noun"]
    if "of which" in before:
        return f"part that {after.strip()}"
    clause = clause_of(finder.zones, index)
    if clause is not None and clause.verb.split(" ")[-1] in ("cost", "costs") and clause.subject:
        forms = ("clause.body", "clause.unnamed")
        if says_what(clause.subject) and not any(match_whole(form, clause.subject) for form in forms):
            return f"cost of {lower_first(clause.subject)}"
    if named:
        return named["rate"]
    for form in load_patterns(_FILE):
        if form.role == "money" and form.regex.search(before):
            told = of or pattern(_FILE, "measure.spent-on").match(after)
            return f"{form.value}{after}" if told else form.value
    if of and done:
        return f"{of['what']} {done['verb']}"
    headed = head_phrase(finder, index)
    if headed is not None:
        return headed
    if is_done(finder, index) or (in_kind and clause is None):
        # who took "£2m of cannabis off the streets" is not what is measured
        return _taken(finder, index, in_kind["what"]) if in_kind else None
    return subject_of(before + "was x") or (of["what"] if of else None)


def _taken(finder: MeasureFinder, index: int, what: str) -> str:
    """ "heroin that Operation Marlpit took off the streets"."""
    clause, parts = clause_of(finder.zones, index), match_whole("measure.things-then", what)
    whose = clause is not None and not match_whole("clause.body", clause.subject)
    if clause is None or parts is None or not whose:
        return what
    return f"{parts['things']} that {clause.subject} {clause.verb}{parts['then']}"
