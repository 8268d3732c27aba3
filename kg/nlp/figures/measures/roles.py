"""Phrases for what a number measures, by the part that it plays in its clause (see ``clauses``).

A noun that is counted gets what makes this number different from its siblings: "calls in which an officer
came late", "suspects that Operation Harbour has tracked down", "offenders who had an overdue visit".
"""

from __future__ import annotations

import re

from kg.model.text.numbers import SMALL_WORDS
from kg.model.text.verbs import bases, forms_of, participles, past_forms, thirds
from kg.nlp.figures.context import Context
from kg.nlp.figures.measures.clauses import NumberClause, clause_of, has_verb, opens_with_verb
from kg.nlp.figures.measures.plain import plain_subject
from kg.nlp.figures.measures.wording import is_generic, is_person, lower_first, passive
from kg.nlp.figures.measures.zones import Zones
from kg.nlp.figures.negations import is_negated
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"
_NUMBER = re.compile(rf"(?!(?:999|101|111|105)$)[£\d]|(?:{SMALL_WORDS})$")
SUM = "sum"
"""Stands for the noun of a sum of money."""
_IN_WHICH = ("in", "on", "during")
_BY_WHICH = ("from",)
_PRONOUN = re.compile(r"\b(?:it|them|this|that|these|those|they|one)\b")


def share_by_role(context: Context, zones: Zones, index: int, whole: str) -> str | None:
    """The phrase of a percentage of a whole, where somebody does something with that share, or it is one."""
    clause = clause_of(zones, index)
    if clause is None:
        makes_up = pattern(_FILE, "measure.accounts-for").fullmatch(zones.clause_before(index).strip())
        return as_share(inside(context, makes_up["thing"]), whole) if makes_up else None
    if clause.fronted or clause.is_subject:
        return None
    own, between = plain_subject(clause.subject), _without_range(clause.between)
    if not own or ("," in between and not pattern(_FILE, "plain.row").search(between)):
        return None
    subject, verb = inside(context, own), f"{clause.verb} {between}".strip()
    if pattern(_FILE, "clause.unnamed").fullmatch(subject) or _counts(verb):
        return None
    owner = pattern(_FILE, "clause.body").fullmatch(subject) is not None
    if pattern(_FILE, "clause.accounts").fullmatch(verb):
        return None if owner else as_share(subject, whole)
    done = pattern(_FILE, "measure.done").fullmatch(f"{verb} ")
    if done:
        return passive(whole, done["verb"])
    if between.endswith(" of"):  # "holds general reserves of 1.8 percent of its budget"
        return as_share(between.removesuffix(" of"), whole)
    if owner and not between:
        return _done_with(whole, verb)
    part = "part of " if whole.startswith(("each ", "every ")) else ""
    preposition = verb.split(" ")[-1]
    if preposition in _IN_WHICH and not is_person(whole.split(" ")[0]):
        return f"{part}{whole} in which {subject} {verb.removesuffix(' ' + preposition)}"
    return f"{part}{whole} that {subject} {verb}"


def _done_with(whole: str, verb: str) -> str | None:
    """ "it collects 70 percent of detainees before 10am": detainees collected before 10am."""
    word = verb.split(" ")[-1]
    base = bases().get(word) or thirds().get(word)
    forms = ("clause.copula", "clause.having", "clause.costs", "clause.changing")
    if base is None or is_negated(f"{verb} ") or any(pattern(_FILE, form).fullmatch(verb) for form in forms):
        return None
    done = word if word in participles() else forms_of(base).participle[0]
    return None if pattern(_FILE, "clause.stative").fullmatch(done) else passive(whole, done)


def _without_range(between: str) -> str:
    """The words between a verb and a number without those of a number before it that has the same verb.

    That is the beginning of a range ("met their target in 86 to 88 percent") or a part that stands beside it
    ("recorded 90 percent of violent crime and 97 percent of sexual offences").
    """
    beside = pattern(_FILE, "clause.part-beside").fullmatch(between)
    if beside is not None and not has_verb(f"things {beside['what']}"):
        return ""
    return pattern(_FILE, "clause.range-start").sub("", between)


def as_share(thing: str, whole: str) -> str:
    """ "reserves as a share of the net budget"; the thing alone where its whole is named elsewhere."""
    elsewhere = re.fullmatch(r"(?:this|that|it|these|those|the total)", whole) is not None
    return thing if elsewhere else f"{thing} as a share of {whole}"


def phrase_by_role(context: Context, zones: Zones, index: int, noun: str) -> str | None:
    """The phrase of a number that counts ``noun``; None where its clause adds nothing to the noun, or where
    it does not show which part the number plays.
    """
    clause = clause_of(zones, index)
    if clause is None or not noun:
        return None
    if clause.fronted:
        return f"{noun} in which {inside(context, clause.behind)}"
    if clause.is_subject:
        return _of_subject(context, index, noun, clause)
    return _of_predicate(context, index, noun, clause)


def _of_subject(context: Context, index: int, noun: str, clause: NumberClause) -> str | None:
    """ "63 had an overdue visit": offenders who had an overdue visit."""
    quantity = context.quantities[index]
    said = clause.behind.strip()
    if quantity.noun is not None and not quantity.of_antecedent:
        # what stands behind a noun is read with it, unless only grammar tells that it is a verb
        known = any(pattern(_FILE, f"measure.{form}").match(f" {said}") for form in ("be", "post"))
        if known or pattern(_FILE, "measure.verb").match(said) or not opens_with_verb(noun, said):
            return None
        return f"{noun} {'who' if is_person(noun) else 'that'} {said}"
    if not said or not pattern(_FILE, "clause.predicate").match(said):
        return None
    being = pattern(_FILE, "clause.being").match(said)
    if being is not None and said[being.end() :].split(" ")[0] in participles():
        return f"{noun} {said[being.end() :]}"
    return f"{noun} {'who' if is_person(noun) else 'that'} {said}"


def _of_predicate(context: Context, index: int, noun: str, clause: NumberClause) -> str | None:
    """ "the panel watched 14 searches", "its team has 19 officers", "the panel met three times"."""
    verb, between = clause.verb, _without_range(clause.between)
    if clause.behind.startswith(" to be ") and not between:
        return f"{noun} {verb.split(' ')[-1]}{clause.behind}"  # "we judged 52 of them to be good"
    changed = pattern(_FILE, "clause.changed").fullmatch(f"{verb} {between}")
    if changed and noun != SUM:  # "cut its queue from 412 devices to 96"
        return f"{changed['thing']} ({noun})"
    own = plain_subject(clause.subject)
    if not own or own.split(" ")[-1] == noun.split(" ")[-1]:
        return None
    subject = inside(context, own)
    owner = pattern(_FILE, "clause.body").fullmatch(subject) is not None
    unnamed = pattern(_FILE, "clause.unnamed").fullmatch(subject) is not None
    counted = _counts(between)
    judged = pattern(_FILE, "clause.judging").fullmatch(verb.split(" ")[-1])
    as_what = pattern(_FILE, "clause.judged-as").fullmatch(clause.behind)
    if (not between or counted) and judged and as_what:
        return f"{noun} {verb.split(' ')[-1]}{clause.behind}"  # "we judged nine of them inadequate"
    if noun == SUM and pattern(_FILE, "clause.will-change").fullmatch(f"{verb} {between}"):
        return None if unnamed or owner else _without_article(subject)  # "reserves will fall to £11m"
    if noun == SUM and (between.endswith((" of", " by", " be")) or _is_no_sum(verb, between, clause.behind)):
        return None
    if unnamed or "," in between or pattern(_FILE, "clause.exists").fullmatch(subject):
        return None
    having = pattern(_FILE, "clause.having").fullmatch(verb) and (not between or counted)
    if having or pattern(_FILE, "clause.changing").fullmatch(verb):
        narrowed = _behind_noun(context, index, clause.behind)
        if pattern(_FILE, "measure.bare-unit").fullmatch(noun) and not (having or owner or narrowed):
            if context.quantities[index].noun is None or is_generic(subject):
                return None
            return f"{_without_article(subject)} ({noun})"  # "vehicle crime fell to 410 offences"
        if having and pattern(_FILE, "clause.relative-behind").match(clause.behind):
            return None  # "had only 14 cases that were more than a month old"
        named = owner or noun.split()[-1] in subject or (narrowed and not narrowed.startswith(" of "))
        joint = "of" if noun.endswith("members") else "in"
        if is_person(subject.split()[-1]):
            joint = "for"  # "most workers have between 15 and 18 cases"
        return None if named else f"{noun} {joint} {_without_article(subject)}"
    if pattern(_FILE, "clause.put").fullmatch(verb) and between.endswith(" at"):
        return between.removesuffix(" at")
    preposition = between.split(" ")[-1].lower()
    if preposition in _BY_WHICH and pattern(_FILE, "clause.copula").fullmatch(verb.split(" ")[0]):
        told = between[: -len(preposition) - 1] if between != preposition else ""
        missing = " ".join(part for part in (verb, told) if part)
        return f"{noun} {preposition} which {subject} {missing}"  # "supervision was missing from 33 of 91"
    state = preposition in _IN_WHICH and " " in between  # "children were strip-searched on 19 occasions"
    reached = owner and not between and verb.split(" ")[-1] == "reached"
    if counted or (pattern(_FILE, "clause.copula").fullmatch(verb) and not state and not reached):
        return None
    if preposition in _IN_WHICH and not is_person(noun):
        told = " ".join(part for part in (subject, verb, between[: -len(preposition) - 1]) if part)
        return f"{noun} in which {told.strip()}"
    if owner and not between and is_negated(f"{verb} "):
        return f"{noun} that {subject} {verb}"  # "Of 146 crimes, the force had not recorded 28"
    if owner and not between:
        done = verb.split(" ")[-1]
        narrowed = _behind_noun(context, index, clause.behind) if noun != SUM else ""
        known = pattern(_FILE, "measure.done").fullmatch(f"{verb} ") is not None or noun == SUM
        regular = done in participles() and done in past_forms() and not narrowed.startswith(" of ")
        more = pattern(_FILE, "clause.relative-behind").match(clause.behind) is not None
        stative = pattern(_FILE, "clause.stative").fullmatch(done) is not None
        if known or more or stative or not regular:  # "stop and searches recorded"
            return None
        narrowed = "" if _PRONOUN.search(narrowed) else narrowed
        return f"{noun} {done}{narrowed}"  # "emergencies reached on time"
    behind = " each" if clause.behind.startswith(" each") else _behind_noun(context, index, clause.behind)
    if behind.startswith(" of "):
        noun, behind = noun + behind, ""
    return f"{noun} that {subject} {verb} {between}".strip() + behind


def _is_no_sum(verb: str, between: str, behind: str) -> bool:
    """Whether the verb of a sum says how much something is, or what the sum is of stands behind it."""
    said = f"{verb} {between}".strip()
    forms = ("clause.accounts", "clause.changing", "clause.copula")
    told = any(pattern(_FILE, form).fullmatch(words) for form in forms for words in (verb, said))
    return told or verb.split(" ")[-1] in ("cost", "costs") or behind.startswith(" of ")


def inside(context: Context, words: str) -> str:
    """Words of the beginning of a sentence inside another; a name keeps its capital.

    A name is what the report writes with a capital inside sentences too.
    """
    first = words.split(" ")[0]
    is_name = first[:1].isupper() and re.search(rf"[a-z,] {re.escape(first)}\b", context.text) is not None
    return words if is_name else lower_first(words)


def _counts(words: str) -> bool:
    """Whether words have numbers: the row of which a number is a part."""
    return any(_NUMBER.match(word) for word in words.split(" "))


def _behind_noun(context: Context, index: int, behind: str) -> str:
    """What narrows the noun behind it: " in high-risk roles"; nothing that begins a clause."""
    post = pattern(_FILE, "clause.narrows").match(behind)
    return "" if post is None or context.quantities[index].bare else post[0]


def _without_article(words: str) -> str:
    return re.sub(r"^(?:its|their|your|our) ", "the ", words)
