"""Names of the vocabularies in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from kg.model.gazetteer import Entry, Gazetteer, Phrase
from kg.model.labels import LABEL, TAGGED
from kg.model.text.comparing import with_plain_typography
from kg.nlp.mentions.candidates import Candidate
from kg.nlp.mentions.lexicon import words
from kg.nlp.mentions.words import VOCAB, Text, word_spans
from kg.nlp.rules.pattern_files import pattern

_YEARS = re.compile(r" (?:19|20)\d\d(?:[-/](?:20)?\d\d)?\b")
_RANKS = {"FORCE": 1, "PLACE": 4}


Words = tuple[str, ...]


class KnownNames:
    """The phrases of vocabularies, found by spaCy’s ``PhraseMatcher`` in the words of a text.

    The words are those of ``words.Text``, plain and in small letters, not the tokens of the ``Doc`` that is
    read: so "Clare’s Law" is "Clare's law", and names are the same after any tokenizer.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.entries: dict[Words, list[tuple[Words | None, Entry]]] = {}
        for phrase in sorted(phrases, key=lambda p: p.entry.iri):
            flat = with_plain_typography(phrase.text)
            as_written = tuple(flat[start:end] for start, end in word_spans(flat))
            found = self.entries.setdefault(tuple(word.lower() for word in as_written), [])
            found.append((as_written if phrase.exact else None, phrase.entry))
        self.matcher = PhraseMatcher(VOCAB)
        self.matcher.add("name", [Doc(VOCAB, list(words)) for words in self.entries])

    def find(self, text: Text) -> Iterator[tuple[int, int, Entry]]:
        """(first word, number of words, entry) of the longest name at each place; several may share it."""
        by_start: dict[int, int] = {}
        for _, start, end in sorted(self.matcher(text.lowered), key=lambda match: (match[1], -match[2])):
            if by_start.get(start, end) != end:
                continue
            as_written = tuple(word.text for word in text.words[start:end])
            for exactly, entry in self.entries[tuple(word.lower for word in text.words[start:end])]:
                if exactly in (None, as_written):
                    by_start[start] = end
                    yield start, end - start, entry


@lru_cache(maxsize=8)
def known_names(gazetteer: Gazetteer, topics: bool = False) -> KnownNames:
    """The names that are tagged, or the topics."""
    return KnownNames(gazetteer.phrases(*(("TOPIC",) if topics else TAGGED)))


def find_known(text: Text, gazetteer: Gazetteer) -> list[Candidate]:
    """Candidates for every name of the vocabularies; a year after a plan or an act belongs to its name."""
    found = []
    for i, size, entry in known_names(gazetteer).find(text):
        first, last = text.words[i], text.words[i + size - 1]
        in_line = "\n" not in text.raw[first.start : last.end]
        ordinary = size == 1 and (_ordinary(text, i) or _inside_a_name(text, i))
        if in_line and first.text[0].isalnum() and not ordinary:
            found.append(_candidate(text, first.start, last.end, entry, gazetteer))
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


def _inside_a_name(text: Text, i: int) -> bool:
    """Whether a one-word name that is an ordinary word stands in a longer name: "Vale *Refuge* & Outreach",
    "*Mind* of my own"."""
    word = text.words[i]
    if word.lower not in words("ordinary") or not word.text[0].isupper():
        return False
    before = text.words[i - 1] if i and text.plain[text.words[i - 1].end : word.start] == " " else None
    named_before = before is not None and before.text[0].isupper() and not before.opens
    return pattern("mention-context", "goes-on-as-name").match(text.plain, word.end) is not None or (
        named_before and pattern("mention-context", "joined-behind").match(text.plain, word.end) is not None
    )


def find_topics(text: Text, gazetteer: Gazetteer) -> dict[int, int]:
    """Topics of several words by the position of their last word: how many words they have."""
    ends: dict[int, int] = {}
    for i, size, _ in known_names(gazetteer, topics=True).find(text):
        if size > 1:
            ends[i + size - 1] = max(size, ends.get(i + size - 1, 0))
    return ends
