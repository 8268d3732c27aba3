"""Where the counted noun ends: from a number over premodifiers to the first plural noun."""

from __future__ import annotations

import re

from kg.model.records import Span
from kg.nlp.rules.pattern_files import pattern

_TOKEN = re.compile(r" (?P<w>‘[^’\n]{1,40}’|“[^”\n]{1,40}”|[A-Za-z][\w’'&-]*|(?:999|101|111)(?= [a-z]))")
_USE_OF_FORCE = re.compile(r" use of (?:force|powers)(?= [a-z])")
"""A compound before its noun: "6,214 use of force forms"."""

_FILE = "figure-nouns"
_LONGEST = 8


def ends_counted_noun(word: str) -> bool:
    """Whether a word can be the plural noun that ends a counted phrase.

    >>> [ends_counted_noun(word) for word in ("searches", "people", "process", "children’s")]
    [True, True, False, False]
    """
    if pattern(_FILE, "noun.irregular").fullmatch(word):
        return True
    return len(word) > 2 and word[-1] == "s" and not word.endswith(("’s", "'s")) and not _is_singular(word)


def _is_singular(word: str) -> bool:
    return pattern(_FILE, "noun.not-plural").fullmatch(word) is not None


def is_stop(word: str) -> bool:
    """Whether a word cannot be part of a counted noun phrase: preposition, auxiliary, pronoun …"""
    return pattern(_FILE, "noun.stop").fullmatch(word) is not None


def counted_noun(text: str, position: int, limit: int) -> Span | None:
    """The span of the counted noun phrase that begins after a number, or None.

    >>> text = "5,192 knife and sharp instrument offences in the year"
    >>> text[slice(*counted_noun(text, 5, len(text)))]
    'knife and sharp instrument offences'
    >>> counted_noun("41 reviewed had reasonable grounds", 2, 34) is None
    True
    """
    end = _plural_end(text, position, limit)
    if end is None:
        return None
    tail = pattern(_FILE, "noun.tail").match(text, end, limit)
    return position + 1, tail.end() if tail else end


def _plural_end(text: str, position: int, limit: int) -> int | None:
    compound = _USE_OF_FORCE.match(text, position, limit)
    cursor, previous = compound.end() if compound else position, ""
    for step in range(_LONGEST):
        token = _TOKEN.match(text, cursor, limit)
        if token is None:
            return None
        word = token["w"]
        if word.lower() in ("and", "or", "&"):
            if not step or ends_counted_noun(previous):
                return None
        elif is_stop(word):
            return None
        elif ends_counted_noun(word):
            return _continued(text, token.end(), limit, word)
        cursor, previous = token.end(), word
    return None


def _continued(text: str, end: int, limit: int, word: str) -> int:
    """A plural that often modifies another ("firearms officers") gives way to it."""
    if pattern(_FILE, "noun.plural-premodifier").fullmatch(word):
        token = _TOKEN.match(text, end, limit)
        if token and ends_counted_noun(token["w"]) and not is_stop(token["w"]):
            return token.end()
    return end
