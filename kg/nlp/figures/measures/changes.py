"""Measures of changes: "reduced the number of suspects by 40 percent"."""

from __future__ import annotations

from kg.nlp.figures.measures.carried import is_about_all, own_subject
from kg.nlp.figures.measures.clause_phrases import subject_of
from kg.nlp.figures.measures.clauses import clause_of
from kg.nlp.figures.measures.finder import MeasureFinder
from kg.nlp.figures.measures.linked import of_neighbour
from kg.nlp.figures.measures.wording import is_generic, match_rule, without_loose_ends
from kg.nlp.figures.measures.zones import clause_after
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"


def change_phrase(finder: MeasureFinder, index: int, before: str, after: str) -> str | None:
    """ "reduced the number of suspects by 40 percent", "a 28 percent fall in burglary"."""
    found = pattern("figure-change", "change.object").search(finder.context.before(index))
    found = found or pattern("figure-change", "change.noun-object").match(finder.context.after(index))
    thing = next((words for words in found.groups() if words), "") if found else ""
    changed = without_loose_ends(clause_after(thing)) if thing else None
    changed = changed or _what_changes(finder, index)
    subject = changed or subject_of(finder.zones.clause_before(index))
    if subject is None or is_generic(subject):
        subject = of_neighbour(finder, index)
    per = match_rule("measure.per-head", finder.context.after(index))
    told = per is not None and subject is not None and per[0] not in subject
    return f"change in {subject}{per[0] if per and told else ''}" if subject else None


def _what_changes(finder: MeasureFinder, index: int) -> str | None:
    """The subject of a verb of change; a neighbour tells what "it" and "the number" take up."""
    clause = clause_of(finder.zones, index)
    if clause is None or not pattern(_FILE, "clause.changing").fullmatch(clause.verb):
        return None
    if is_about_all(clause.subject):
        return of_neighbour(finder, index)
    return own_subject(finder.zones, index)
