"""Who is asked by a sentence: what the noun phrase before "should", "needs to" and their like stands for.

A noun phrase is read by its grammar: its determiner, the noun that heads it, what belongs to that ("in
custody", "who work nights") and whether another is joined to it. The head tells what it is: people of the
body by their office (listed nouns, or any that names people by what they do: "dispatchers"), one of its
boards, teams and papers, a body by its name, people it works for, somebody else, or a thing. "Every
officer", "police officers" and the like are everybody, whom rules and no needs are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from kg.model.text.verbs import is_base
from kg.nlp.rules.pattern_files import compiled, one_of, pattern, word_lists
from kg.nlp.structure.finite_verbs import has_main_verb
from kg.nlp.structure.subjects import Word, is_in, words_of

_FILE = "needs"
_LONGEST = 160
"""Characters of a subject that are read; real ones have up to 120."""


class Who(Enum):
    """What a subject stands for."""

    BODY = "the inspected body, by name, noun or pronoun"
    LEADER = "the body’s leader, or one of its chief officers"
    OFFICE = "people of the body by their office: custody sergeants, officers in the control room"
    PEOPLE = "its people at large: officers, staff, crews"
    GROUP = "a board, team, policy or plan of the body"
    NAMED = "another body, by its name"
    THING = "something that is no person and no group"
    OTHERS = "everybody of a kind, people the body works for, or bodies that are not inspected"


@dataclass(frozen=True, slots=True)
class Subject:
    """The words that may be the subject of a verb; none where the verb shares the subject of the one before.

    ``joined``: behind "and" or the like, so that more may belong to it; ``reported``: in a clause that says
    what somebody knows or says.
    """

    words: str
    start: int
    joined: bool
    reported: bool


def subjects_before(plain: str, verb: int) -> Iterator[Subject]:
    """The noun phrases that may be the subject of the verb at an offset, the shortest first: from each place
    where a clause can begin."""
    first = max(0, verb - _LONGEST)
    before = _APPOSITION.sub(" ", _adverbs().sub("", plain[first:verb]))
    starts = {m.end(): m[0] for m in pattern(_FILE, "clause-start").finditer(before)}
    if first == 0:
        starts[0] = ""
    for at in sorted(starts, reverse=True):
        told = starts[at]
        joined = told.strip().casefold() in ("and", "but", "yet", "or")
        reported = bool(told) and not pattern(_FILE, "could-start").fullmatch(told)
        yield Subject(before[at:].strip(" ,"), first + at, joined, reported)


_APPOSITION = re.compile(r", [^,.;:]{3,80},\s*$")
"""What stands between commas behind a subject: "the board, chaired by the chief constable,"."""


@cache
def _adverbs() -> re.Pattern[str]:
    """Adverbs, and what stands between commas, at the end of the words before a verb."""
    return compiled(
        rf"(?:(?:^|(?<= ))(?:{one_of(word_lists(_FILE)['adverbs'])}|[a-z]+ly),? )+$", re.IGNORECASE
    )


@lru_cache(maxsize=4096)
def who_is(subject: str, body: str) -> Who | None:
    """What a noun phrase stands for; None if it is none, or not one that anything is asked of.

    ``body`` is a regular expression for the inspected body.

    >>> who_is("custody staff", "the force"), who_is("police officers", "the force")
    (<Who.OFFICE: ...>, <Who.OTHERS: ...>)
    """
    said = _without_clause(subject)
    if not said:
        return None
    if _is_body(said, body) or _is_body(re.sub(r"^both ", "", said, flags=re.IGNORECASE), body):
        return Who.BODY
    if compiled(rf"(?:{_group('leaders')}|{_group('own')})(?: {_group('others')})?", re.IGNORECASE).fullmatch(
        said
    ):
        return Who.LEADER
    if len(said) > 2 and pattern(_FILE, "named-body").fullmatch(said):
        return Who.NAMED
    line = words_of(re.sub(rf"^{body}[’']s?\s", "its ", said, flags=re.IGNORECASE))
    if not line or not _is_noun_phrase(line):
        return None
    return _by_head(line)


def _without_clause(subject: str) -> str:
    """A subject without the relative clause at its end: "leaders who work nights"."""
    return re.sub(r",? (?:who|that|which|whose) [^.;:]*$", "", subject).strip()


def _is_body(said: str, body: str) -> bool:
    pronoun = rf"(?:it|they|you|{_group('together')})"
    both = rf"{body}(?:,? {_group('others')})?"
    return compiled(rf"(?:{pronoun}|{both})", re.IGNORECASE).fullmatch(said) is not None


def _is_noun_phrase(line: list[Word]) -> bool:
    """Whether words have no finite verb among them, and do not end or begin with what no noun phrase does."""
    if is_in(line[-1].low, "function_words", "articles") or line[-1].low in _words("not-in-groups"):
        return False
    if any(is_in(word.low, "auxiliaries") and word.low not in ("need", "needs") for word in line):
        return False
    return not (len(line) > 1 and (is_in(line[-1].low, "pronouns") or has_main_verb(line)))


def _by_head(line: list[Word]) -> Who | None:
    group = line[: next((n for n in range(1, len(line)) if _ends_group(line, n)), len(line))]
    head, first = group[-1].low, group[0].low
    further = len(group) < len(line)
    if is_in(first, "function_words") or first in _words("not-subjects"):
        return None
    if _matches("anybody", first):
        people = any(_matches(key, head) for key in ("roles", "workers", "clients", "outsiders"))
        return Who.OTHERS if people else Who.THING
    if _matches("clients", head) or _matches("outsiders", head):
        return Who.OTHERS
    if _matches("roles", head) or _is_agent(head):
        return Who.OFFICE
    if _matches("workers", head):
        told = [
            word for word in group[:-1] if not (is_in(word.low, "articles") or _matches("everyday", word.low))
        ]
        return Who.OFFICE if told or further else Who.PEOPLE
    if _matches("people-at-large", head):
        return Who.PEOPLE
    if _matches("groups", head) or _matches("groups", " ".join(word.low for word in group[-2:])):
        named = is_in(first, "articles") or first.endswith(("’s", "s’"))
        return Who.GROUP if named else Who.PEOPLE
    return Who.THING


def _ends_group(line: list[Word], at: int) -> bool:
    """Whether a word behind a noun begins what belongs to it, or what is joined to it."""
    low = line[at].low
    if low == "and" and at + 1 < len(line) and not is_in(line[at + 1].low, "articles"):
        return False  # "the efficiency and productivity board"
    return is_in(low, "joints", "function_words", "relatives") or low in ("responsible", "who")


def _is_agent(noun: str) -> bool:
    """Whether a noun names people by what they do, by its form: "dispatchers", of "dispatch"."""
    single = noun.removesuffix("s")
    if not single.endswith(("er", "or")) or single in _words("no-agents"):
        return False
    stem = single[:-2]
    doubled = stem[:-1] if stem[-1:] == stem[-2:-1] else stem
    return len(stem) > 2 and any(is_base(verb) for verb in (stem, f"{stem}e", doubled))


def _group(key: str) -> str:
    return one_of(word_lists(_FILE)[key])


def _matches(key: str, word: str) -> bool:
    return compiled(_group(key), re.IGNORECASE).fullmatch(word) is not None


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(word_lists(_FILE)[key])
