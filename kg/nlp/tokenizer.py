"""The tokenizer of our own pipelines: the words that the finders of mentions read, in linear time."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

from kg.model.text.comparing import with_plain_typography
from kg.nlp.mentions.words import word_spans


class WordTokenizer(DummyTokenizer):
    """Text to a ``Doc`` whose tokens are words with their hyphens, single signs, and white space.

    spaCy’s own English tokenizer takes signs off a run without spaces one by one and copies the rest each
    time; this one reads the text once. There is nothing in it that must be saved.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text as a Doc, without loss.

        >>> [token.text for token in WordTokenizer(Vocab())("The  force’s re-use.")]
        ['The', ' ', 'force', '’s', 're-use', '.']
        """
        words: list[str] = []
        spaces: list[bool] = []
        end = 0
        for start, stop in word_spans(with_plain_typography(text)):
            if start > end:
                _add_gap(text[end:start], words, spaces)
            words.append(text[start:stop])
            spaces.append(False)
            end = stop
        if end < len(text):
            _add_gap(text[end:], words, spaces)
        return Doc(self.vocab, words, spaces)


def _add_gap(gap: str, words: list[str], spaces: list[bool]) -> None:
    """White space: a blank belongs to the word before it, all else is a token."""
    if words and gap[0] == " ":
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


@registry.tokenizers("kg.WordTokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], WordTokenizer]:
    """What ``[nlp.tokenizer] @tokenizers = "kg.WordTokenizer.v1"`` in a pipeline’s config asks for."""
    return lambda nlp: WordTokenizer(nlp.vocab)
