"""Words of measures: shortening, turning clauses round, telling people from things."""

from __future__ import annotations

import re

from kg.nlp.figures.numbers.counted_nouns import ends_counted_noun
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"
_MOST_WORDS = 24
CHANGE_IN = re.compile(r"^(?:(?:change|increase|reduction|difference) in |extra )")
TIME_UNIT = re.compile(r" \((?:\w+ )?\w+s\)$")


def match_rule(rule: str, words: str) -> re.Match[str] | None:
    """A match of a rule of measures at the start of words."""
    return pattern(_FILE, rule).match(words)


def match_whole(rule: str, words: str) -> re.Match[str] | None:
    """A match of a rule of measures with all of the words."""
    return pattern(_FILE, rule).fullmatch(words)


def search_rule(rule: str, words: str) -> re.Match[str] | None:
    """The first match of a rule of measures in words."""
    return pattern(_FILE, rule).search(words)


def is_generic(words: str) -> bool:
    """Whether the words do not say what is measured: "the figure for England and Wales"."""
    return pattern(_FILE, "measure.generic").match(words) is not None


def says_what(words: str) -> bool:
    """Whether a phrase says what is measured to somebody who reads it alone.

    >>> says_what("officers"), says_what("It spends"), says_what("cases in which officers looked at it")
    (False, False, False)
    >>> says_what("has significantly"), says_what("callers who"), says_what("change in in which they")
    (False, False, False)
    >>> says_what("officers who left"), says_what("calls that it has no record of")
    (True, True)
    """
    return not any(
        pattern(_FILE, form).search(words)
        for form in ("measure.empty", "measure.cut-off", "measure.open", "measure.senseless")
    )


def cases(noun: str, clause: str) -> str:
    """A phrase as "cases in which officers kept victims up to date", without a verb "cases with a plan"."""
    told = pattern(_FILE, "measure.loose-end").sub("", pattern(_FILE, "cases.start").sub("", clause.strip()))
    told = pattern(_FILE, "plain.tail").split(told)[0]
    words = lower_first(" ".join(told.split()[:_MOST_WORDS]))
    which = "for whom" if is_person(noun) else "in which"
    if pattern(_FILE, "measure.verb").search(words):
        return f"{noun} {which} {words}"
    return f"{noun} with {re.sub(r'^(?:the|an?|its|their) ', '', words)}"


def lower_first(words: str) -> str:
    """Words of the beginning of a sentence inside another one; a name keeps its capital.

    >>> lower_first("Officers were late"), lower_first("Operation Harbour led")
    ('officers were late', 'Operation Harbour led')
    """
    first, space, rest = words.partition(" ")
    lowered = len(first) == 1 or (first[1:].islower() and not rest[:1].isupper())
    if first != "I" and lowered:
        return first.lower() + space + rest
    return words


def is_person(noun: str) -> bool:
    """Whether a counted noun names people, of whom one says "who"."""
    return pattern(_FILE, "measure.person").search(noun) is not None


def relative(what: str) -> str:
    """ "police officers left the force" → "police officers who left the force"."""
    words = what.split(" ")
    for place in range(1, len(words)):
        if words[place] in ("who", "whom", "whose", "that", "which"):
            return what
        verb = pattern(_FILE, "measure.verb").fullmatch(words[place])
        if pattern(_FILE, "measure.adjective").fullmatch(words[place]) and words[-1] != words[place]:
            continue
        if pattern(_FILE, "measure.no-subject").fullmatch(words[place - 1]):
            continue
        if verb and pattern(_FILE, "measure.participle-before").match(" ".join(words[place:])):
            continue  # "children looked after are placed nearby": the verb comes
        if verb and (
            ends_counted_noun(words[place - 1]) or place > 2 or words[place][:2] in ("wa", "we", "ar")
        ):
            noun = " ".join(words[:place])
            who = "who" if any(is_person(w) for w in words[:place]) else "that"
            return f"{noun} {who} {' '.join(words[place:])}"
    return what


def passive(what: str, verb: str) -> str:
    """ "999 calls within ten seconds", "answered" → "999 calls answered within ten seconds"."""
    words = what.split(" ")
    for place, word in enumerate(words):
        if ends_counted_noun(word) or word == "crime":
            return " ".join([*words[: place + 1], verb, *words[place + 1 :]])
    return f"{what} {verb}"


def without_loose_start(words: str | None) -> str | None:
    """At most twenty-four words without connecting words at the beginning; None if nothing is left.

    A preposition may end a relative clause: "the searches that the panel had watched footage of".
    """
    if not words:
        return None
    words = re.sub(r"(?:[\s,.”’]|\b(?:and|or|which))+$", "", re.sub(r"\s+", " ", words).strip(" ,"))
    kept = words.split(" ")
    if len(kept) > _MOST_WORDS:
        return without_loose_ends(words)
    made = pattern(_FILE, "measure.loose-start").sub("", words).strip()
    return made if re.search(r"[A-Za-z]{3}", made) else None


def without_loose_ends(words: str | None) -> str | None:
    """At most twenty-four words without connecting words at the ends; None if nothing is left."""
    if not words:
        return None
    words = re.sub(r"\s+", " ", words).strip()
    kept = " ".join(words.split(" ")[:_MOST_WORDS])
    bracket = re.search(r" \([a-z -]+\)$", kept)
    kept = kept.removesuffix(bracket[0]) if bracket else kept  # "vehicle crime (offences)"
    kept = (
        pattern(_FILE, "measure.loose-end")
        .sub("", pattern(_FILE, "measure.loose-start").sub("", kept))
        .strip()
    )
    kept += bracket[0] if bracket and kept else ""
    return kept if re.search(r"[A-Za-z]{3}", kept) else None
