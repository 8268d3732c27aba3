"""Where a text speaks of the topics of the vocabulary: what questions ask for, and what is no mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from kg.model.gazetteer import Gazetteer, load_gazetteer
from kg.model.records import Span
from kg.model.text.comparing import with_plain_typography

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_BETWEEN = re.compile(r"[\s&/-]+")
Words = tuple[str, ...]
Phrases = dict[str, list[tuple[Words, bool, str]]]
"""By first word in lower case: the words of a name, whether case matters, the topic; longest names first."""


def find_topics(text: str, gazetteer: Gazetteer | None = None) -> list[tuple[str, Span]]:
    """IRIs of topics with the spans where one of their names stands, in text order; the longest name wins.

    A name with a capital letter is found as written, others in any case; hyphens count as spaces. Without
    a gazetteer that of the package is used.

    >>> [(iri.rpartition("/")[2], span) for iri, span in find_topics("Its stop-and-search powers")]
    [('stop-and-search', (4, 19))]
    """
    return list(_found(text, _own_phrases() if gazetteer is None else read_phrases(gazetteer)))


@cache
def _own_phrases() -> Phrases:
    return read_phrases(load_gazetteer())


def read_phrases(gazetteer: Gazetteer) -> Phrases:
    """The names of all topics, ready for looking up."""
    names: set[tuple[Words, bool, str]] = set()
    for phrase in gazetteer.phrases("TOPIC"):
        text = (
            with_plain_typography(phrase.text) if phrase.exact else with_plain_typography(phrase.text).lower()
        )
        names.add((tuple(_WORD.findall(text)), phrase.exact, phrase.entry.iri))
    phrases: Phrases = {}
    for words, exact, iri in sorted(names, key=lambda name: (-len(name[0]), name)):
        if words:
            phrases.setdefault(words[0].lower(), []).append((words, exact, iri))
    return phrases


def _found(text: str, phrases: Phrases) -> Iterator[tuple[str, Span]]:
    words = list(_WORD.finditer(with_plain_typography(text)))
    position = 0
    while position < len(words):
        if words[position][0].lower() not in phrases:
            position += 1
            continue
        found = _names_at(words, position, phrases)
        length = max((len(name) for name, _ in found), default=1)
        end = words[position + length - 1].end()
        for iri in dict.fromkeys(iri for name, iri in found if len(name) == length):
            yield iri, (words[position].start(), end)
        position += length


def _names_at(words: list[re.Match[str]], position: int, phrases: Phrases) -> list[tuple[Words, str]]:
    """The names that begin at a word, with their topics."""
    found = []
    for name, exact, iri in phrases.get(words[position][0].lower(), ()):
        there = words[position : position + len(name)]
        said = tuple(word[0] if exact else word[0].lower() for word in there)
        if said == name and _is_joined(there):
            found.append((name, iri))
    return found


def _is_joined(words: list[re.Match[str]]) -> bool:
    """True if only spaces, hyphens and the like stand between the words."""
    return all(_BETWEEN.fullmatch(one.string, one.end(), two.start()) for one, two in pairwise(words))
