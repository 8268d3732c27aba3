"""Whether a clause is asserted, or only a part of another: what somebody knows or asks, or a condition.

"Families know what needs to change" and "When legal action is necessary, it starts on time" have the verb of
a need and state none. The words before the verb are read backwards to the one that opens its clause.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from itertools import pairwise

from kg.nlp.rules.pattern_files import pattern, word_set
from kg.nlp.structure.clauses import third_person_forms

_FILE = "needs"
_TOKEN = re.compile(r"[\w’-]+|[,;:.–—()]")
_CLAUSE_ENDS = frozenset(",;:.–—()")


def is_asserted(sentence: str, verb: int) -> bool:
    """Whether the clause of the verb that begins at ``verb`` is said to be so.

    That holds for main clauses and that-clauses ("it is clear that …"), and for relative clauses only where
    the sentence says that there is what they describe ("there are areas that …"), or after a comma.

    >>> said = "It is clear that more needs to be done"
    >>> is_asserted(said, said.index("needs"))
    True
    >>> said = "Families know what needs to change"
    >>> is_asserted(said, said.index("needs"))
    False
    """
    before = list(_TOKEN.finditer(sentence, 0, verb))
    words = [match[0].casefold() for match in before]
    for at in range(len(words) - 1, -1, -1):
        word, subject = words[at], words[at + 1 :]
        if word in _CLAUSE_ENDS:
            return True
        if word == "that" and words[at - 1 : at] == ["so"]:
            return False
        if word in _set("asking") and not _has_verb(subject):
            return False
        if word == "where" and words[at - 1 : at] == ["of"]:
            return False  # "an understanding of where improvements are needed"
        relative = not subject if word in _set("relatives") else word == "where" and not _has_verb(subject)
        if relative:
            return words[at - 1 : at] == [","] or _exists(sentence[: before[at].start()])
    return True


def _has_verb(subject: list[str]) -> bool:
    """Whether the words from the opening of a clause to the verb in question hold a verb of their own."""
    if any(word in _set("finite") or word.endswith("n’t") for word in subject):
        return True
    return any(
        word in third_person_forms() and not (before in _set("before-nouns") or before.endswith("’s"))
        for before, word in pairwise(subject)
    )


def _exists(before: str) -> bool:
    """Whether the words before a relative clause say that there is what it describes."""
    return pattern(_FILE, "existing").search(before) is not None


@cache
def _set(key: str) -> Set[str]:
    return word_set(_FILE, key)
