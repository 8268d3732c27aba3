"""The subject of a verb in a line: its words, its nouns, and what agrees with it."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache

from kg.model.text.plurals import looks_plural
from kg.model.text.verbs import participles
from kg.nlp.rules.pattern_files import word_set

_ADJECTIVES = ("al", "ive", "ous", "ful", "ic", "able", "ible", "ary", "less", "est")
_WORD = re.compile(r"[\w’'-]+|[,;:–—]")
_BRACKETS = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r"[‘“]([^‘’“”]*)[’”](?!\w)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line, in small letters too; ``mark`` the comma, colon or the like before it."""

    text: str
    low: str
    mark: str

    @property
    def is_name(self) -> bool:
        return self.text[0].isupper()


def words_of(text: str) -> list[Word]:
    """The words of a line without what stands in brackets."""
    found: list[Word] = []
    mark = ""
    plain_text = _QUOTED.sub(r"\1", _BRACKETS.sub(" ", text).replace("'", "’"))
    for token in _WORD.findall(plain_text):
        if token in ",;:–—":
            mark = token
            continue
        if plain := token.strip("’-"):
            owner = token.endswith("s’")
            found.append(Word(plain + "’" if owner else plain, plain.casefold() + "’" * owner, mark))
            mark = ""
    return found


@dataclass(frozen=True, slots=True)
class Subject:
    """What stands before a verb. ``head`` is the noun that it begins with, ``near`` the one directly before
    the verb: the same, unless a preposition or a clause stands between (``long``)."""

    head: Word
    near: Word
    long: bool
    joined: bool
    determined: bool
    adverb: bool
    """An adverb stands before the verb: no noun can."""
    bare: bool
    """The near noun has no other noun before it."""
    first: Word

    @property
    def is_pronoun(self) -> bool:
        return not self.long and is_in(self.near.low, "pronouns", "bare_determiners", "relatives")

    @property
    def takes_plural(self) -> bool:
        """Whether a verb in the plural agrees."""
        if not self.long and is_in(self.near.low, "relatives", "plural_determiners"):
            return True
        of_many = self.long and (
            self.head.low.isdigit() or is_in(self.head.low, "quantities", "plural_determiners")
        )
        return self.joined or of_many or is_plural(self.head if self.long else self.near)

    @property
    def takes_singular(self) -> bool:
        """Whether a verb in the third person agrees."""
        noun = self.head if self.long else self.near
        either = noun.low in word_list("singulars") or noun.low.endswith(("ss", "ics"))
        return either or not (is_plural(noun) or noun.low in word_list("plural_determiners"))


def subject_of(line: Sequence[Word], at: int, start: int) -> Subject | None:
    """The subject of a verb at this place; None if no noun can be."""
    near = at - 1
    while near > start and (
        is_adverb(line[near].low)
        or (line[near].low == "and" and is_adverb(line[near + 1].low) and is_adverb(line[near - 1].low))
    ):
        near -= 1
    if near < start:
        return None
    start = _after_opening(line, start, near)
    joint = next((n for n in range(start + 1, near + 1) if _is_joint(line, n)), None)
    head = joint - 1 if joint is not None and can_head(line, joint - 1, start) else near
    if not can_head(line, near, start) and (
        head == near or is_in(line[near].low, "not_heads", "before_noun")
    ):
        return None
    joined = any(
        line[n].low == "and" and (joint is None or n < joint or line[n + 1].low in word_list("articles"))
        for n in range(start + 1, near)
    )
    determined = any(line[n].low in word_list("articles") for n in range(max(start, near - 3), near))
    if joint is not None and line[joint].low in word_list("bare_relatives"):
        near = head  # "staff we spoke to"
    bare = near == start or line[near - 1].low in word_list("articles")
    return Subject(
        line[head],
        line[near],
        head != near,
        joined,
        determined,
        is_adverb(line[at - 1].low),
        bare,
        line[start],
    )


def _is_joint(line: Sequence[Word], at: int) -> bool:
    """Whether a word joins to a noun what belongs to it: a preposition, a relative pronoun, or a participle
    after a plural ("professionals *providing* support", "children *looked* after")."""
    low, before = line[at].low, line[at - 1]
    if is_in(low, "joints", "relatives") or (
        low != "the" and is_in(low, "bare_relatives") and not line[at].mark
    ):
        return True
    many = is_plural(before) or before.low in word_list("plural_determiners")
    return many and (low.endswith("ing") or low in participles())


def _after_opening(line: Sequence[Word], start: int, near: int) -> int:
    """Where the subject begins behind a phrase or clause that the line begins with: "In custody, …"."""
    if start == 0 and (is_in(line[0].low, "function_words", "subordinators") or line[0].low.endswith("ing")):
        return next((n for n in range(near, 0, -1) if line[n].mark), start)
    return start


def can_head(line: Sequence[Word], at: int, start: int) -> bool:
    """Whether a word can be the last one of a subject: no determiner, adjective, number or possessive."""
    low = line[at].low
    if is_in(low, "not_heads", "before_noun"):
        return is_pronoun(line, at, start)
    if is_in(low, "singulars", "plurals", "pronouns", "relatives", "nouns_like_adjectives"):
        return True
    numbered = low.isdigit() and not (at > start and line[at - 1].is_name)  # "Table 1 shows …"
    shape = low.endswith(("’s", "s’", "’")) or numbered or is_adverb(low)
    if low.endswith("ed") and ("-" in low or low in participles()):
        return False
    return not (shape or low.endswith(_ADJECTIVES) or low in word_list("function_words"))


def is_pronoun(line: Sequence[Word], at: int, start: int) -> bool:
    """Whether a determiner is the whole subject: "This helps", "Some wait too long"."""
    opens = at == start or line[at].mark or (at == start + 1 and is_adverb(line[start].low))
    return opens and line[at].low in word_list("bare_determiners")


def is_plural(word: Word) -> bool:
    initials = word.text.endswith("s") and word.text[:-1].isupper() and len(word.text) > 2
    return initials or word.low in word_list("plurals") or looks_plural(word.low)


def is_agent(noun: str) -> bool:
    """Whether a plural names people by what they do: "officers", "inspectors"."""
    return noun in word_list("plurals") or noun.endswith(("ers", "ors", "ists", "teams", "units", "forces"))


def begins_with_preposition(line: Sequence[Word], subject: Subject) -> bool:
    """Whether the words before a verb are a phrase that opens the line: "In most plans the voice …"."""
    return subject.first is line[0] and line[0].low in word_list("joints")


def can_be_noun(noun: Word) -> bool:
    """Whether a word by itself can be a noun: no adjective by its ending."""
    return can_head((noun,), 0, 0) or noun.low.isdigit()


def is_adverb(word: str) -> bool:
    return (word.endswith("ly") and word not in word_list("not_adverbs")) or word in word_list("adverbs")


@cache
def word_list(key: str) -> Set[str]:
    return word_set("clauses", key)


def is_in(word: str, *keys: str) -> bool:
    """Whether a word is in one of the lists."""
    return any(word in word_list(key) for key in keys)
