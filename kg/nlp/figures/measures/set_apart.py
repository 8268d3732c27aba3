"""Measures told outside the clause of a number: by a list, a row, a bracket, what is said of some of them."""

from __future__ import annotations

import re

from kg.model.text.verbs import participles
from kg.nlp.figures.lists import head_of_list, whole_of_list
from kg.nlp.figures.measures.clauses import has_verb, opens_with_verb, verb_at
from kg.nlp.figures.measures.finder import MeasureFinder
from kg.nlp.figures.measures.wording import (
    is_generic,
    is_person,
    lower_first,
    match_rule,
    match_whole,
    search_rule,
    without_loose_ends,
)
from kg.nlp.figures.measures.zones import clause_after
from kg.nlp.figures.sources.population import body_named
from kg.nlp.figures.tables import is_time, without_unit
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"
_VALUES = re.compile(r"[^\sA-Za-z]*\d[^\s]*|[(),;:|]")


def put_on(finder: MeasureFinder, index: int) -> str | None:
    """What somebody puts a number on: "the cost, which shopkeepers put at 40% and the force at 31%"."""
    previous = finder.context.previous(index)
    if previous is not None and match_rule("measure.also-at", finder.context.gap(previous, index)):
        return put_on(finder, previous)
    quantity = finder.context.quantities[index]
    told = search_rule(
        "measure.put-at", finder.context.text[finder.context.sentence(index).start : quantity.start]
    )
    return without_loose_ends(told["thing"] or told["what"]) if told else None


def of_table(finder: MeasureFinder, index: int) -> str | None:
    """What the row and the column of a value name: "Burglary | 310 | 290" under times, "calls (abandoned)".

    A cell that names a time or whom it is about tells nothing of what is measured; nor does "Number".
    """
    context, cell = finder.context, finder.context.cells[index]
    if cell is None:
        return None
    named = []
    for span in (cell.row, cell.column):
        words = "" if span is None else finder.zones.without_times(*span)
        is_body = span is not None and body_named(context.text[slice(*span)], context.force_name) is not None
        words = without_unit(words)
        is_body = is_body or is_time(words)
        if words and not is_body and pattern("figure-tables", "table.generic").fullmatch(words) is None:
            named.append(words)
    if len(named) == 2 and named[0].casefold() != named[1].casefold():
        return f"{named[0]} ({lower_first(named[1])})"
    is_total = cell.row is not None and pattern("figure-tables", "table.total").fullmatch(
        context.text[slice(*cell.row)]
    )
    if named and is_total and cell.column is not None and not is_time(context.text[slice(*cell.column)]):
        return None  # "All | 25 | 27" under "Good" and "Inadequate": of what, the rows above say
    if not named and cell.caption is not None:
        caption = pattern("figure-tables", "table.caption").match(finder.zones.without_times(*cell.caption))
        return caption["what"] if caption else None
    return named[0] if named else None


def of_fact(finder: MeasureFinder, index: int) -> str | None:
    """The label of a line without an end mark: "Crimes per 1,000 people, 2023: 59.7 (England: 86.4)"."""
    context = finder.context
    number = context.quantities[index].start
    start, end = context.text.rfind("\n", 0, number) + 1, context.text.find("\n", number)
    fact = pattern("figure-tables", "table.fact-line").fullmatch(context.text[start:number])
    if fact is None or context.text[start : end if end > 0 else None].rstrip().endswith((".", ";", ",")):
        return None
    if pattern("figure-tables", "table.label").fullmatch(fact["label"]) is None:
        return None
    if has_verb(f"things {_VALUES.sub(' ', context.text[number : end if end > 0 else None])}"):
        return None  # "Public perceptions: 83% of respondents were confident in the service"
    words = without_unit(finder.zones.without_times(start + fact.start("label"), start + fact.end("label")))
    if is_generic(words):
        return None
    return words if words.endswith(")") else without_loose_ends(words)


def of_list(finder: MeasureFinder, index: int) -> str | None:
    """What a lead-in and its item say together: "Of this number: • 40 live with relatives"."""
    context, sentence = finder.context, finder.context.sentence(index)
    head = head_of_list(context, index)
    if head is not None:
        return without_loose_ends(head)
    whole = whole_of_list(context, finder.links, context.quantities[index].sentence)
    if whole is None:
        return None
    among, noun = finder.plain(whole) or context.noun(whole), context.noun(whole)
    if len(among.split()) == len(noun.split()) + 1:  # "files reviewed"
        among = noun
    if context.previous(index) is not None:
        return None
    behind = finder.zones.clause_behind(index)
    item = context.paragraph_before(context.quantities[index].sentence)
    start = item[-1].start if item else sentence.start
    # "eight live with relatives, of whom 75% …": small numbers in words are read with a noun only
    unread = match_rule("measure.unread-part", context.text[start : context.quantities[index].start])
    if unread is not None:
        part = _narrowed(finder, among, noun, f" {unread['said']}")
        return _narrowed(finder, part, noun, behind) if part else None
    counted = context.noun(index).split()[-1:]
    if item or (counted and counted != noun.split()[-1:]):
        return None
    return _narrowed(finder, among, noun, behind)


def fronted_level(finder: MeasureFinder, index: int) -> str | None:
    """What is at a level that stands before it: "At 33%, the re-referral rate remains high"."""
    if not match_whole("measure.at-level", finder.zones.lead(index)):
        return None
    behind = finder.context.text[finder.context.quantities[index].end : finder.context.sentence(index).end]
    told = match_rule("measure.at-level-what", behind)
    tokens = told["what"].split(" ") if told else []
    verb = verb_at(tokens)
    if verb and tokens[verb - 1] in ("who", "that", "which"):  # the main verb comes behind the relative
        behind_it = verb_at(["things", *tokens[verb + 1 :]])
        verb = None if behind_it is None else verb + behind_it
    return without_loose_ends(" ".join(tokens[:verb])) if verb else None


def of_whom(finder: MeasureFinder, index: int) -> str | None:
    """What is said of some of those counted before: "40 live with relatives, of whom 9% are boys"."""
    context, previous = finder.context, finder.context.previous(index)
    if previous is None:
        return None
    gap, noun = context.gap(previous, index), context.noun(previous)
    whole = whole_of_list(context, finder.links, context.quantities[index].sentence)
    if whole is not None and gap in (" (", " (or "):
        return finder.measure(previous)
    part = finder.measure(previous) if match_rule("measure.whom", gap) else None
    if part is None or not (noun or whole is not None):
        return None
    noun = noun or context.noun(whole or 0)
    return _narrowed(finder, part, noun, finder.zones.clause_behind(index))


def _narrowed(finder: MeasureFinder, among: str, noun: str, said: str) -> str | None:
    """What was counted, with what is said of some of it: "children in care who live with relatives"."""
    clause = clause_after(said.split(",")[0]).strip()
    passive_form = match_rule("measure.be", f" {clause}")
    if passive_form and passive_form["state"].split(" ")[0] in participles():
        joint = " and " if re.search(r" (?:who|that|which) ", among) else " "
        return f"{among}{joint}{passive_form['state']}"
    if not clause or not opens_with_verb(noun, re.sub(r"^[a-z]+ly ", "", clause)):
        return None
    who = "and" if re.search(r" (?:who|that|which) ", among) else "who" if is_person(noun) else "that"
    return f"{among} {who} {clause}"


def of_part(finder: MeasureFinder, index: int) -> str | None:
    """A part with what is said of it alone: "four desks, one of which is empty"."""
    quantity, sentence = finder.context.quantities[index], finder.context.sentence(index)
    after = finder.context.text[quantity.number_end : sentence.end]
    behind = finder.zones.clause_behind(index)
    if search_rule("measure.part-that", finder.zones.lead(index)) and re.match(
        r" (?:that|who|which) ", behind
    ):
        whole = finder.counted_before(index)  # "90 files, among them 20 that the force had closed"
        return without_loose_ends(f"{whole}{behind.split(':')[0]}") if whole else None
    said, state = match_rule("measure.of-which", after), match_rule("measure.of-them-state", after)
    noun = finder.antecedent_of(index) if said or state else None
    if noun is None:
        return None
    noun = pattern(_FILE, "measure.uncounted").sub("", noun)
    if said is None:
        return without_loose_ends(f"{noun} {state['state']}") if state else None
    verb = re.sub(r"^is\b", "are", re.sub(r"^was\b", "were", re.sub(r"^has\b", "have", said["said"])))
    return without_loose_ends(f"{noun} {'who' if said['who'] == 'whom' else 'that'} {verb}")


def thing_of_part(finder: MeasureFinder, index: int) -> str | None:
    """What is said of a thing of some of those counted: "visits to 361 of them were overdue".

    The predicate is the thing’s; without it the phrase would count who has such things at all.
    """
    quantity = finder.context.quantities[index]
    if quantity.unit not in ("count", "percent", "ratio") or finder.context.previous(index) is not None:
        return None
    thing = match_rule("measure.thing-of", finder.zones.around(index)[0].strip())
    said = finder.zones.clause_behind(index).strip(" .")
    noun = finder.noun_of(index) if quantity.noun else finder.antecedent_of(index)
    if thing is None or noun is None or search_rule("measure.be-or-have", said) is None:
        return None
    whom = "whom" if is_person(noun) else "which"
    return f"{noun} {thing['role']} {whom} {lower_first(thing['thing'])} {said}"


def of_alternative(finder: MeasureFinder, index: int) -> str | None:
    """What a bracket behind one of several alternatives gives.

    So "76 percent would prefer video calling to telephone calls (14 percent) or a visit (10 percent)".
    """
    before, place = finder.context.before(index), finder.context.previous(index)
    if not before.endswith(" (") or finder.context.quantities[index].unit != "percent":
        return None
    while place is not None and finder.context.quantities[place].unit == "percent":
        focal = finder.measure(place)
        told = pattern(_FILE, "measure.alternatives").match(focal) if focal else None
        thing = pattern(_FILE, "measure.alternative").search(before)
        if told and thing and not finder.context.before(place).endswith("("):
            return f"{told['who']} {without_loose_ends(thing['thing'])}"
        place = finder.context.previous(place)
    return None
