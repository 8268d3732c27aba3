"""Names of the vocabularies in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.model.gazetteer import Entry, Gazetteer, Phrase, plain
from kg.model.labels import LABEL, TAGGED
from kg.nlp.mentions.candidates import Candidate
from kg.nlp.mentions.lexicon import words
from kg.nlp.mentions.words import Text, Word, split

_YEARS = re.compile(r" (?:19|20)\d\d(?:[-/](?:20)?\d\d)?\b")
_RANKS = {"FORCE": 1, "PLACE": 4}


@dataclass(frozen=True, slots=True)
class _Key:
    lower: tuple[str, ...]
    texts: tuple[str, ...]
    exact: bool
    entry: Entry


class Index:
    """Phrases by their first word; the longest are tried first."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.keys: dict[str, list[_Key]] = {}
        for phrase in phrases:
            parts = split(plain(phrase.text))
            key = _Key(
                tuple(w.lower for w in parts), tuple(w.text for w in parts), phrase.exact, phrase.entry
            )
            self.keys.setdefault(key.lower[0], []).append(key)
        for keys in self.keys.values():
            keys.sort(key=lambda k: (-len(k.lower), k.entry.iri))

    def at(self, text: Text, i: int) -> Iterator[tuple[int, Entry]]:
        """(number of words, entry) of the longest phrases that begin at word ``i``."""
        keys = self.keys.get(text.words[i].lower)
        if keys is None:
            return
        found = 0
        for key in keys:
            size = len(key.lower)
            if size < found:
                return
            if _matches(key, text.words[i : i + size]):
                found = size
                yield size, key.entry


def _matches(key: _Key, there: tuple[Word, ...]) -> bool:
    if len(there) < len(key.lower):
        return False
    if len(there) > 1 and (there[1].lower != key.lower[1] or there[-1].lower != key.lower[-1]):
        return False
    if tuple([word.lower for word in there]) != key.lower:
        return False
    return not key.exact or tuple([word.text for word in there]) == key.texts


@lru_cache(maxsize=8)
def index_of(gazetteer: Gazetteer, topics: bool = False) -> Index:
    """The index of the names that are tagged, or of the topics."""
    return Index(gazetteer.phrases(*(("TOPIC",) if topics else TAGGED)))


def find_known(text: Text, gazetteer: Gazetteer) -> list[Candidate]:
    """Candidates for every name of the vocabularies; a year after a plan or an act belongs to its name."""
    index, found = index_of(gazetteer), []
    for i, word in enumerate(text.words):
        if word.lower not in index.keys or not word.text[0].isalnum():
            continue
        for size, entry in index.at(text, i):
            last = text.words[i + size - 1]
            if "\n" in text.raw[word.start : last.end] or (size == 1 and _ordinary(text, i)):
                continue
            found.append(_candidate(text, word.start, last.end, entry, gazetteer))
    return found


def _candidate(text: Text, start: int, end: int, entry: Entry, gazetteer: Gazetteer) -> Candidate:
    rule = f"{entry.vocabulary}:{entry.iri.rpartition('/')[2]}"
    rank = _RANKS.get(entry.label, 2)
    dated = _YEARS.match(text.plain, end) if LABEL[entry.label].is_dated else None
    if dated:
        known = gazetteer.find(text.raw[start : dated.end()], entry.label)
        if not known and entry.label == "LEGISLATION":
            return Candidate(start, dated.end(), entry.label, rule, rank=rank)
        own = known[0] if known else entry
        return Candidate(start, dated.end(), entry.label, rule, own, own.iri, own.name, rank=rank)
    return Candidate(start, end, entry.label, rule, entry, entry.iri, entry.name, rank=rank)


def _ordinary(text: Text, i: int) -> bool:
    """Whether a one-word name is an ordinary word that a sentence begins with."""
    word = text.words[i]
    if not word.opens or word.lower not in words("ordinary") or word.text.isupper():
        return False
    after = text.words[i + 1] if i + 1 < len(text.words) else None
    return after is not None and after.text[0].isalnum() and after.lower not in ("is", "was", "has", "will")


def find_topics(text: Text, gazetteer: Gazetteer) -> dict[int, int]:
    """Topics of several words by the position of their last word: how many words they have."""
    index, ends = index_of(gazetteer, topics=True), dict[int, int]()
    for i, word in enumerate(text.words):
        for size, _ in index.at(text, i) if word.lower in index.keys else ():
            if size > 1:
                ends[i + size - 1] = max(size, ends.get(i + size - 1, 0))
    return ends
