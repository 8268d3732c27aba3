"""Singular forms of nouns and names, by the rules of spelling."""

from __future__ import annotations

import re

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
