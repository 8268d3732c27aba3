"""Words of measures: shortening, turning clauses round, telling people from things."""

from __future__ import annotations

import re

from kg.nlp.figures.numbers.counted_nouns import ends_counted_noun
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-measures"
_MOST_WORDS = 16


def is_generic(words: str) -> bool:
    """Whether the words do not say what is measured: "the figure for England and Wales"."""
    return pattern(_FILE, "measure.generic").match(words) is not None


def cases(noun: str, clause: str) -> str:
    """A phrase as "cases in which officers kept victims up to date", without a verb "cases with a plan"."""
    words = without_loose_ends(clause) or ""
    first, _, rest = words.partition(" ")
    if first[1:].islower() and not rest[:1].isupper():
        words = first.lower() + " " + rest
    link = "in which" if pattern(_FILE, "measure.verb").search(words) else "with"
    return f"{noun} {link} {words}"


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


def without_loose_ends(words: str | None) -> str | None:
    """At most sixteen words without connecting words at the ends; None if nothing is left."""
    if not words:
        return None
    words = re.sub(r"\s+", " ", words).strip()
    kept = " ".join(words.split(" ")[:_MOST_WORDS])
    kept = (
        pattern(_FILE, "measure.loose-end")
        .sub("", pattern(_FILE, "measure.loose-start").sub("", kept))
        .strip()
    )
    return kept if re.search(r"[A-Za-z]{3}", kept) else None
