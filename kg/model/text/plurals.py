"""Singular and plural forms of nouns and names, by the rules of spelling."""

from __future__ import annotations

import re

_PLURALS = ((re.compile(r"(?<=[^aeiou])y$"), "ies"), (re.compile(r"(?:s|x|ch|sh)$"), r"\g<0>es"))
_HEADS_OF = re.compile(r"^(.*?)( (?:of|for|with|on|to|at)\b.*)$")
_SIBILANT = re.compile(r"(?:x|ch|sh|ss)es$", re.IGNORECASE)


def singular_word(word: str) -> str:
    """A word without the ending of a plural; words that only look like plurals stay.

    >>> [singular_word(word) for word in ("bodies", "branches", "areas", "LPAs", "process", "crisis", "its")]
    ['body', 'branch', 'area', 'LPA', 'process', 'crisis', 'it']
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if _SIBILANT.search(word):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s")) and len(word) > 2:
        return word[:-1]
    return word


def singular(name: str) -> str:
    """A name with its last word in the singular.

    >>> singular("local policing areas"), singular("safeguarding bodies"), singular("BCUs")
    ('local policing area', 'safeguarding body', 'BCU')
    """
    head, space, last = name.rpartition(" ")
    return head + space + singular_word(last)


def looks_plural(word: str) -> bool:
    """Whether a word has the ending of a plural, and more than three letters.

    >>> [looks_plural(word) for word in ("officers", "searches", "process", "force’s", "its", "people")]
    [True, True, False, False, False, False]
    """
    return len(word) > 3 and singular_word(word) != word


def plural(name: str) -> str:
    """A name with its head noun in the plural: the last word, or the one before "of", "for", "with" …

    >>> plural("domestic violence protection order"), plural("duty of care"), plural("MARAC")
    ('domestic violence protection orders', 'duties of care', 'MARACs')
    """
    if match := _HEADS_OF.match(name):
        return plural(match[1]) + match[2]
    for ending, replacement in _PLURALS:
        if ending.search(name) and not name[-2:].isupper():
            return ending.sub(replacement, name)
    return name + "s"
