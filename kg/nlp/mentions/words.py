"""A text prepared for the finders of mentions: its words with offsets, plain typography, sentence starts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.model.records import Span
from kg.model.text.comparing import with_plain_typography
from kg.model.text.sentences import find_sentences
from kg.nlp.rules.pattern_files import compiled
from kg.nlp.rules.prefilter import prefiltered

VOCAB = Vocab()
"""The words of texts and vocabularies, as spaCy's matchers know them."""
_WORD = re.compile(r"[^\W_]+(?:[-'&][^\W_]+)*|\S")
_POSSESSIVE = re.compile(r"(?<=\w)'s$", re.IGNORECASE)


class Word(NamedTuple):
    """A word or sign; ``text`` has plain quotes and dashes, a possessive ’s is a word of its own."""

    start: int
    end: int
    text: str
    lower: str
    opens: bool
    """It is the first word of a sentence or line (after signs)."""


@dataclass(frozen=True, slots=True)
class Text:
    """``plain`` has the length of ``raw``, so offsets are the same in both."""

    raw: str
    plain: str
    words: tuple[Word, ...]
    index: dict[int, int]
    """Position in ``words`` by start offset."""
    sentences: tuple[Span, ...]
    lowered: Doc
    """The words in small letters, for spaCy's matchers; a token's place is that of its word."""
    names: frozenset[str] = frozenset()
    """The words that have a capital inside a sentence and never a small letter: names."""

    def sentence(self, start: int) -> Span:
        """The sentence around an offset; the offset alone where there is none."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle][1] <= start:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sentences) and self.sentences[low][0] <= start:
            return self.sentences[low]
        return start, start


def prepare(raw: str, sentences: Sequence[Span] | None = None) -> Text:
    """The text with its words and ``sentences`` (default: ours); kept for all finders of a report.

    >>> [word.text for word in prepare("The force’s re-use (BT).").words]
    ['The', 'force', "'s", 're-use', '(', 'BT', ')', '.']
    """
    return _prepared(raw, tuple(find_sentences(raw) if sentences is None else sentences))


@lru_cache(maxsize=2)
def _prepared(raw: str, sentences: tuple[Span, ...]) -> Text:
    flat = with_plain_typography(raw)
    words = split(flat, {start for start, _ in sentences})
    lowered = Doc(VOCAB, [word.lower for word in words])
    small = {word.lower for word in words if word.text == word.lower}
    names = {word.text for word in words if not word.opens and word.text[0].isupper()}
    known = frozenset(name for name in names if name.lower() not in small)
    places = {word.start: i for i, word in enumerate(words)}
    return Text(raw, flat, words, places, sentences, lowered, known)


def split(flat: str, starts: set[int] | None = None) -> tuple[Word, ...]:
    """The words of plain text. ``starts`` are the offsets at which sentences begin."""
    words: list[Word] = []
    opens = False
    for start, end in word_spans(flat):
        text = flat[start:end]
        opens = opens or starts is None or start in starts
        words.append(Word(start, end, text, text.lower(), opens))
        opens = opens and not (text[0].isalnum() or text == "'s")
    return tuple(words)


def word_spans(flat: str) -> Iterator[Span]:
    """Words, with hyphens and apostrophes inside, and signs of plain text; a possessive ’s stands alone."""
    for match in _WORD.finditer(flat):
        start, end = match.span()
        cut = _POSSESSIVE.search(match[0]) if "'" in match[0] else None
        if cut:
            yield start, start + cut.start()
            start += cut.start()
        yield start, end


def occurrences(name: str, flat: str) -> Iterator[re.Match[str]]:
    """Where a name stands in plain text as words of its own, and not as a part of a compound."""
    return prefiltered(flat).finditer(compiled(rf"(?<![\w-]){re.escape(name)}(?![\w-])"))
