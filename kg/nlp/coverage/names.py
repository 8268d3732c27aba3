"""Names as a reader sees them: capitalised words within sentences, whatever they name."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from kg.model.records import Span
from kg.nlp.mentions.words import Word, prepare
from kg.nlp.rules.pattern_files import compiled, one_of, pattern, word_lists, word_set


def find_names(text: str) -> list[Span]:
    """Spans of capitalised names, in order; "of", "for", "&" and ’s join two of their words.

    A word that only opens its sentence is none, unless it has capitals inside, stands before a name or has
    its capital inside a sentence too, and is never written small in the text. Groups of people ("Black
    people"), days and months, forms of address and single letters ("band D") are no names.

    >>> text = "However, the Harbour Trust and Asian people met. NCRS helps. Rural Watch met a Fund for Art."
    >>> [text[start:end] for start, end in find_names(text)]
    ['Harbour Trust', 'NCRS', 'Rural Watch', 'Fund for Art']
    """
    prepared = prepare(text)
    small = {word.text for word in prepared.words if word.text.islower()}
    inside = {
        word.text
        for before, word in pairwise(prepared.words)
        if _is_capital(word) and not word.opens and before.text.islower()
    }
    alone = inside - {word.capitalize() for word in small}
    names: list[Span] = []
    at, words = 0, prepared.words
    while at < len(words):
        end = _end(words, at, small, alone)
        if end > at and not _is_group(prepared.plain, words[at].start, words[end - 1].end):
            names.append((words[at].start, words[end - 1].end))
        at = max(end, at + 1)
    return names


def find_programmes(text: str) -> list[Span]:
    """Names of programmes of inspection of which only the first word has a capital.

    >>> find_programmes("PEEL: Police effectiveness, efficiency and legitimacy 2018/19")
    [(6, 61)]
    """
    return [match.span() for match in pattern("coverage-names", "programmes").finditer(text)]


def _end(words: tuple[Word, ...], at: int, small: set[str], alone: set[str]) -> int:
    """The index after the last word of the name that begins at a word; that word's where none does."""
    if not _is_capital(words[at]) or (words[at].opens and not _opens_name(words, at, small, alone)):
        return at
    end = at + 1
    while end < len(words) and _follows(words[end - 1], words[end]):
        joined = end
        while joined < len(words) and words[joined].text in word_set("coverage-names", "joins"):
            joined += 1
        if joined == len(words) or not _is_capital(words[joined]):
            break
        end = joined + 1
    return end


def _follows(before: Word, word: Word) -> bool:
    gap = 0 if word.text == "'s" else 1
    return word.start - before.end == gap and not word.opens


def _opens_name(words: tuple[Word, ...], at: int, small: set[str], alone: set[str]) -> bool:
    word = words[at]
    if word.text.isupper() or any(letter.isupper() for letter in word.text[1:]) or word.text in alone:
        return True
    following = words[at + 1] if at + 1 < len(words) else None
    return (
        following is not None
        and _follows(word, following)
        and _is_capital(following)
        and word.lower not in small
        and not _is_adverb(word.lower)
    )


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") or word in word_set("coverage-names", "openers")


def _is_capital(word: Word) -> bool:
    capital = word.text[0].isupper() and len(word.text) > 1
    return capital and _plain().fullmatch(word.text) is None


@cache
def _plain() -> re.Pattern[str]:
    lists = word_lists("coverage-names")
    return compiled(rf"{one_of(lists['plain'])}|{one_of(lists['calendar'])}")


@cache
def _groups() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words for groups of people, and a word for people behind any others."""
    lists = word_lists("coverage-names")
    group, people = one_of(lists["groups"]), one_of(lists["people"])
    named = compiled(rf"{group}(?:[ -]{group})*")
    before_people = compiled(
        rf"(?:,? (?:and|or)|,|/)?(?: [A-Z]\w+)*(?:,? (?:and|or))?(?: [\w-]+)? {people}\b"
    )
    return named, before_people


def _is_group(text: str, start: int, end: int) -> bool:
    """Whether a name is a group of people: by its words, or as one word before "people" and the like."""
    named, before_people = _groups()
    if named.fullmatch(text, start, end):
        return True
    adjective = pattern("coverage-names", "adjective").search(text[start:end]) is not None
    return adjective and " " not in text[start:end] and before_people.match(text, end) is not None
