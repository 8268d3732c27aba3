"""Phrases that are put right when they are made: pronouns named, loose times cut, second predicates joined.

The phrase of a figure is cut from its sentence, and a cut may leave what nobody understands alone: a pronoun
for what the sentence before counts ("them in which a charge followed"), a time ("cases in the year"), the
number of the whole ("90 cases we reviewed"), a clause before the clause ("in which the scheme began, the
force has declined …"). Each function mends one of these; what cannot be mended is None, which is better than
wrong.
"""

from __future__ import annotations

import re

from kg.model.text.verbs import is_base, participles, past_forms
from kg.nlp.figures.measures.clauses import has_verb, opens_with_verb, verb_at
from kg.nlp.figures.measures.finder import MeasureFinder
from kg.nlp.figures.measures.wording import is_person, match_rule, match_whole, search_rule
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"
_WHO = re.compile(r" (?:who|that|which) ")


def mended(finder: MeasureFinder, index: int, phrase: str) -> str | None:
    """A phrase that can be read alone, or None where its words do not allow one.

    ``phrase`` is without a unit in brackets; what is right is returned as it is.
    """
    named = _with_named_head(finder, index, phrase)
    if named is None or any(match_rule(form, named) for form in ("mend.ends-open", "mend.no-thing")):
        return None
    words = _said_once(finder, index, pattern(_FILE, "mend.number").sub("", named))
    words = pattern(_FILE, "mend.label-end").sub("", words)
    words = _own_clause_only(_without_stranded(words))
    words = _with_both_predicates(finder, index, _with_predicate(finder, index, named, words))
    words = _with_superlative(finder, index, _without_time(words))
    words = _of_other_people(finder, index, _who_or_that(_sum_only(finder, index, words)))
    return None if _is_of_share(finder, index, words) else words


def _with_named_head(finder: MeasureFinder, index: int, phrase: str) -> str | None:
    """ "them in which …" with what they are, as the paragraph counts it: "crimes in which …"."""
    answered = match_rule("mend.answerers", phrase)
    if answered is not None:
        return f"respondents who {phrase[answered.end() :]}"
    phrase = pattern(_FILE, "mend.these-things").sub("", phrase)
    pronoun = match_rule("mend.pronoun", phrase)
    if pronoun is None:
        return phrase
    if finder.context.quantities[index].unit == "duration":
        return None  # the phrase of a share, carried to a time
    noun = _counted_in_paragraph(finder, index)
    rest = pattern(_FILE, "mend.doubled-be").sub("", phrase[pronoun.end() :])
    return f"{noun}{rest}" if noun is not None and rest else None


def _counted_in_paragraph(finder: MeasureFinder, index: int) -> str | None:
    """The things of the whole of a figure, else what the paragraph counted last."""
    context, whole = finder.context, finder.context.quantities[index].denominator
    earlier = [i for i in reversed(context.paragraph_quantities(index)) if i < index and context.noun(i)]
    same = [i for i in earlier if whole is not None and context.quantities[i].value == whole]
    return context.noun((same or earlier)[0]) if same or earlier else None


def _said_once(finder: MeasureFinder, index: int, phrase: str) -> str:
    """ "90 children who are taught at home and 166 children who are …": what is said of these, once."""
    twice = match_rule("mend.said-twice", phrase)
    if twice is None:
        return phrase
    behind = finder.zones.clause_behind(index).rstrip(" .,;")
    own = behind.startswith((" who ", " that "))
    return f"{twice['noun']}{behind}" if own else f"{twice['noun']} {twice['who']}{phrase[twice.end() :]}"


def _sum_only(finder: MeasureFinder, index: int, phrase: str) -> str:
    """What a sum is of, without the clause before it: "plan sets out savings" is savings."""
    if finder.context.quantities[index].unit != "GBP" or _WHO.search(phrase) or " of " in phrase:
        return phrase
    tokens = phrase.split(" ")
    found = verb_at(tokens)
    last = tokens[found + 1 :] if found is not None else []
    last = last[1:] if last and match_whole("mend.particle", last[0]) else last
    return " ".join(last) if last and match_whole("mend.sum-noun", last[-1]) else phrase


def _of_other_people(finder: MeasureFinder, index: int, phrase: str) -> str:
    """ "6.4% of Asian applicants were refused, compared with 2.0% of White applicants": of the latter."""
    joint = _WHO.search(phrase)
    if joint is None or index not in finder.links.focal:
        return phrase
    own = match_rule("mend.own-people", finder.zones.around(index)[1])
    people = re.split(r" (?:of|from|in|at|with) ", phrase[: joint.start()])[0]
    if own is None or own["who"].casefold() in phrase.casefold() or not is_person(people):
        return phrase
    return f"{own['who']}{phrase[joint.start() :]}"


def _is_of_share(finder: MeasureFinder, index: int, phrase: str) -> bool:
    """Whether a time has the phrase of a share before it, which no time is of."""
    if finder.context.quantities[index].unit != "duration" or not _WHO.search(phrase):
        return False
    before = range(max(0, index - 3), index)
    return any(
        finder.made.get(i) == phrase and finder.context.quantities[i].unit in ("percent", "ratio")
        for i in before
    )


def _without_stranded(phrase: str) -> str:
    """The noun of a clause that is no sentence about it: "members that please pass thanks to"."""
    stranded = match_whole("mend.stranded", phrase)
    return stranded["noun"] if stranded is not None else phrase


def _own_clause_only(phrase: str) -> str:
    """ "requests in which the scheme began, the force has declined": the clause that the number stands in."""
    noun, joint, clause = phrase.partition(" in which ")
    for comma in re.finditer(r", (?!and\b|or\b)", clause):
        first, last = clause[: comma.start()], clause[comma.end() :]
        if joint and has_verb(f"things {first}") and has_verb(last):
            return f"{noun} in which {last}"
    return phrase


def _with_predicate(finder: MeasureFinder, index: int, named: str, words: str) -> str:
    """The things of a whole with what is said of the part: "Of the 90 cases that we read, 12 began late"."""
    lead = search_rule("measure.of-lead", finder.zones.lead(index))
    if lead is None or lead["noun"].strip() != named:
        return words
    said = finder.zones.clause_behind(index).strip(" .,")
    negated = said.split(" ")[0].endswith("n’t")
    if not said or not (negated or opens_with_verb("things", said)):
        return words
    noun = pattern(_FILE, "mend.we-read").sub("", words)
    return f"{noun} {'who' if is_person(noun) else 'that'} {said}"


def _with_both_predicates(finder: MeasureFinder, index: int, phrase: str) -> str:
    """ "children who adopted in Kent waited" → "children adopted in Kent who waited"; "who had a review had a
    plan" → "who had a review and had a plan".
    """
    joint = _WHO.search(phrase)
    if joint is None:
        return _with_who(phrase)
    said = phrase[joint.end() :].split(" ")
    tokens = ["things", *(word.strip(",") or "," for word in said)]  # a comma may stand alone
    second = verb_at(["things", *tokens[2:]])
    preposition = len(said) > 1 and match_whole("mend.preposition", said[1]) is not None
    if second is None or not 2 <= second < len(said) or match_rule("mend.joined", " ".join(said[1:second])):
        return phrase
    verb = said[0] in (participles() | past_forms()) or match_whole("mend.having", said[0])
    # "children who died in Kent were …": the report has the relative clause
    own = verb and f"{joint[0]}{said[0]} " in finder.context.sentence(index).text
    if said[0] in participles() and preposition and not own:
        return f"{phrase[: joint.start()]} {' '.join(said[:second])}{joint[0]}{' '.join(said[second:])}"
    if (own or match_whole("mend.having", said[0])) and match_whole("mend.having", said[second]):
        return f"{phrase[: joint.end()]}{' '.join(said[:second])} and {' '.join(said[second:])}"
    return phrase


def _with_who(phrase: str) -> str:
    """ "children wait less than 20 months" → "children who wait less than 20 months"."""
    tokens = phrase.split(" ")
    at = verb_at(tokens)
    if at is None or not is_base(tokens[at]) or not is_person(tokens[at - 1]):
        return phrase
    if match_rule("mend.other-subject", " ".join(tokens[: at + 1])):
        return phrase
    return " ".join([*tokens[:at], "who", *tokens[at:]])


def _without_time(phrase: str) -> str:
    """ "care leavers in the last quarter" is of care leavers; what people answered may have a time."""
    phrase = pattern(_FILE, "mend.time-inside").sub("", phrase)
    return phrase if _WHO.search(f"{phrase} ") else pattern(_FILE, "mend.time-end").sub("", phrase)


def _with_superlative(finder: MeasureFinder, index: int, phrase: str) -> str:
    """ "The average wait was 26 minutes. The longest, of 2 hours, …" is no average wait."""
    told = search_rule("mend.superlative", finder.zones.lead(index))
    average = match_rule("mend.average", phrase)
    return phrase if told is None or average is None else f"{told['most'].lower()} {phrase[average.end() :]}"


def _who_or_that(phrase: str) -> str:
    """ "posts who are empty" → "posts that are empty"."""
    noun, joint, said = phrase.partition(" who ")
    things = joint and not is_person(re.split(r" (?:of|in|at|on|with|for) ", noun)[0]) and not is_person(noun)
    known = things and match_whole("mend.things", noun.split(" ")[-1]) is not None
    return f"{noun} that {said}" if known else phrase
