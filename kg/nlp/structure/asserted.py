"""What a sentence asserts: ``asserted`` is the sentence without its conditions, purposes, questions and
relative clauses; ``is_asserted`` asks it of the clause of one verb.

"When children who are at risk go missing, staff know what to do" says nothing bad of anybody, and "Families
know what needs to change" states no need. Clauses are found by the words that open them and close at a comma,
at the end, or before the next finite verb. The two differ in that-clauses: what somebody says or knows ("it
recognises that it needs …") is no strength or fault of its own, and is a need all the same.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from itertools import pairwise

from kg.model.text.plurals import looks_plural
from kg.model.text.verbs import is_base
from kg.nlp.rules.pattern_files import pattern, word_set
from kg.nlp.structure.clauses import base_forms, third_person_forms
from kg.nlp.structure.finite_verbs import is_finite

HIDDEN = "·"
"""Stands for a clause that a sentence doesn't assert."""
_TOKEN = re.compile(r"[\w’-]+|[,;:.–—()]")
_STOPS = frozenset(",;:.–—()")


def asserted(sentence: str) -> str:
    """The sentence with a dot in the place of each clause that it doesn't assert.

    >>> asserted("When children who are at risk go missing, staff know what to do")
    '·, staff know ·'
    >>> asserted("Children who are unable to return home are well supported")
    'Children · are well supported'
    >>> asserted("There are children who wait too long")
    'There are children who wait too long'
    """
    words = _Words(sentence)
    pieces: list[str] = []
    kept = at = 0
    while at < len(words.low):
        if kind := words.opening(at):
            pieces += [sentence[kept : words.spans[at][0]], HIDDEN]
            at = words.closing(at, kind)
            kept = words.spans[at - 1][1]
        else:
            at += 1
    return "".join((*pieces, sentence[kept:]))


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
        if word in _STOPS:
            return True
        if word == "that" and words[at - 1 : at] == ["so"]:
            return False
        asks = word in _set("asking_what") or (word in _set("asking_when") and word != "where")
        if asks and not _has_verb(subject):
            return False
        if word == "where" and words[at - 1 : at] == ["of"]:
            return False  # "an understanding of where improvements are needed"
        relative = not subject if word in _set("relatives") else word == "where" and not _has_verb(subject)
        if relative:
            told = pattern("needs", "existing").search(sentence[: before[at].start()])
            return words[at - 1 : at] == [","] or told is not None
    return True


def _has_verb(subject: list[str]) -> bool:
    """Whether the words from the opening of a clause to the verb in question hold a verb of their own."""
    if any(word in _set("auxiliaries") for word in subject):
        return True
    return any(
        word in third_person_forms() and not (before in _set("before_noun") or before.endswith("’s"))
        for before, word in pairwise(subject)
    )


class _Words:
    """The words and signs of a sentence, to ask where a clause opens and where it closes."""

    def __init__(self, sentence: str) -> None:
        found = list(_TOKEN.finditer(sentence))
        self.sentence = sentence
        self.spans = [match.span() for match in found]
        self.words = [match[0] for match in found]
        self.low = [word.casefold() for word in self.words]

    def opening(self, at: int) -> str:
        """What kind of clause opens at a word: ``so that``, ``what``, ``when``, ``who``, or none."""
        word, before = self.low[at], self.low[at - 1] if at else ""
        after = self.low[at + 1] if at + 1 < len(self.low) else ""
        if (word, after) in (("so", "that"), ("in", "order")):
            return "so that"
        if not after or after in _STOPS:
            return ""
        if word in _set("asking_what") or (word == "which" and before in _set("knowing")):
            return "what"
        if word == "should" and at and after in _set("pronouns") | {"a", "an", "any", "the"}:
            return "when"  # “should they wish to”
        if word in _set("asking_when"):
            told = word == "where" and (
                self._exists(at) or self._is_evident(at) or (before == "," and not self._leads(at))
            )
            return "" if told or self._is_idle(at, before, after) else "when"
        if word in _set("contact"):
            return "who" if self._is_contact(at) else ""
        if word in _set("relatives"):
            noun = self.low[at - 2] if before == "," and at > 1 else before
            of_people = noun in _set("people") or (
                before not in (",", "on") and word in ("who", "whom", "whose")
            )
            each = not {"every", "each", "any"}.isdisjoint(self.low[max(0, at - 3) : at - 1])
            return "who" if (of_people or each) and not self._exists(at) else ""
        return ""

    def closing(self, opened: int, kind: str) -> int:
        """The place behind the clause that opened at a word."""
        leads = kind == "when" and self._leads(opened)
        verbs, last, at = int(self.low[opened + 1 : opened + 2] == ["to"]), opened, opened + 1
        while at < len(self.low):
            word = self.low[at]
            if word in ";:–—.)" or word in _set("turning") or self.low[at + 1 : at + 2] == ["but"]:
                break
            if word == "," and self._ends_at_comma(at, kind, verbs, leads):
                break
            if word == "(":
                at = next((n for n in range(at, len(self.low)) if self.low[n] == ")"), at)
            elif inner := self.opening(at):
                at = self.closing(at, inner)
                continue
            elif self._is_verb(at, opened, kind):
                if verbs and kind != "so that" and not leads and self._begins_another(last, at):
                    break
                verbs, last = verbs + 1, at
            at += 1
        return max(at, opened + 1)

    def _is_contact(self, at: int) -> bool:
        """Whether a pronoun opens a relative clause without a relative pronoun: “the steps they take”."""
        noun = self.low[at - 1] if at else ""
        if self.low[max(0, at - 2) : at - 1] and self.low[at - 2] in _set("pronouns"):
            return False  # “this means he may”
        plain = noun and noun not in _STOPS and not _is_small(noun) and not is_finite(self.words, at - 1)
        fixed = any(word in _set("before_noun") for word in self.low[max(0, at - 4) : at - 1])
        return bool(plain and fixed) and noun not in _no_nouns()

    def _is_idle(self, at: int, before: str, after: str) -> bool:
        """Whether the words open no clause: “only once”, “once a week”, “until recently”, “if at all”,
        “before the meeting”."""
        third = self.low[at + 2] if at + 2 < len(self.low) else ""
        often = after in ("a", "per", "every") and third in _set("times")
        when = self.low[at] == "before" and after in _set("before_noun")  # “before the meeting”
        return (
            when
            or before == "only"
            or after in _set("times_of_when")
            or often
            or (after, third) == ("at", "all")
        )

    def _exists(self, at: int) -> bool:
        """Whether the words before a clause say that there is what it describes."""
        return pattern("clauses", "existing").search(self.sentence, 0, self.spans[at][0]) is not None

    def _is_evident(self, at: int) -> bool:
        """Whether the words before a clause say that it is clear."""
        return pattern("clauses", "evident").search(self.sentence, 0, self.spans[at][0]) is not None

    def _leads(self, at: int) -> bool:
        """Whether the main clause is still to come, behind a comma."""
        before = [word for word in self.low[:at] if word not in ("-", "and")]
        first = not before or before[-1] in (",", "that") or before[-1] in _set("turning")
        return first and "," in self.low[at:]

    def _ends_at_comma(self, at: int, kind: str, verbs: int, leads: bool) -> bool:
        after = self.low[at + 1] if at + 1 < len(self.low) else ""
        if kind == "so that":
            return True
        if leads:
            main = any(self._is_verb(n, at, "") for n in range(at + 2, len(self.low)))
            return verbs > 0 and main and after not in _set("going_on")
        return verbs > 0 and after not in ("including", "such", "or")

    def _is_verb(self, at: int, opened: int, kind: str) -> bool:
        word, before = self.low[at], self.low[at - 1]
        if before == "to":
            return False
        if at == opened + 1:  # “who go missing”; “when risks rise” begins with its subject
            known = word in third_person_forms() | base_forms()
            return kind == "who" and (known or is_finite(self.words, at))
        plain = word in _only_verbs() and before not in _set("before_noun") and not before.endswith("’s")
        after_plural = is_base(word) and (before in _set("plurals") or looks_plural(before))
        behind_adverb = word in third_person_forms() and before.endswith("ly")  # “or separately varies”
        behind_bracket = before == ")" and word in _set("auxiliaries")  # “the team (FRT) did not …”
        return plain or after_plural or behind_adverb or behind_bracket or is_finite(self.words, at)

    def _begins_another(self, last: int, at: int) -> bool:
        """Whether a verb is of another clause: no part of the verb before it, nor joined to that by “and”."""
        between = self.low[last + 1 : at]
        if not between:
            subject = self.low[last - 1]
            return self.low[last] not in _set("auxiliaries") and (
                subject in _set("plurals") or looks_plural(subject)
            )
        near = [word for word in between if not _is_small(word)]
        if near[-1:] and near[-1] in ("and", "or"):
            joint = len(between) - 1 - between[::-1].index(near[-1])
            adverbs = between[joint + 1 :] and joint and _is_small(between[joint - 1])
            return bool(adverbs)  # “whether they live together or separately varies”
        return not all(word in _set("auxiliaries") or _is_small(word) for word in between)


def _is_small(word: str) -> bool:
    return word.endswith("ly") or word in ("not", "also", "being", "been") or word in _set("adverbs")


@cache
def _only_verbs() -> Set[str]:
    """Base forms that are no nouns: “receive”."""
    return base_forms() - _set("nouns_too")


@cache
def _no_nouns() -> Set[str]:
    """Words behind which a pronoun opens no relative clause: “explain why it …”, “although they …”."""
    keys = ("before_noun", "function_words", "asking_what", "asking_when", "turning", "relatives")
    return frozenset().union(*(_set(key) for key in keys))


@cache
def _set(key: str) -> Set[str]:
    return word_set("clauses", key)
