"""Finite verbs that a model’s tagger shows: evidence for headings whose verb our lexicon does not know."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.model.records import Finding

_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_NAMING = {"NOUN", "PROPN", "PRON"}
_NO_SUBJECT = ("IN", "TO", "W", "VBG", "VBN", "EX")
"""Tags, or how they begin, of words with which no subject begins: "How we …", "Using …", "In …"."""


class TaggedVerbs:
    """Tells of a line of a tagged Doc whether it is a clause; remembers of which lines it has said so."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.told: set[int] = set()

    @staticmethod
    def can_read(doc: Doc) -> bool:
        """Whether an earlier component has tagged the Doc."""
        return doc.has_annotation("TAG") or doc.has_annotation("MORPH")

    def __call__(self, start: int, end: int) -> bool:
        """Whether the words between two offsets begin with a subject and have a finite verb of their own."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        words = [token for token in span or () if not token.is_space and not token.is_punct]
        if len(words) < 3 or words[0].tag_.startswith(_NO_SUBJECT):
            return False
        verb = next((at for at, word in enumerate(words) if at and _is_finite(word)), None)
        if verb is None or any(_is_relative(word) for word in words[:verb]):
            return False
        subject = any(_names(word) for word in words[:verb])
        if subject:
            self.told.add(start)
        return subject

    def told_of(self, findings: Iterable[Finding]) -> bool:
        """Whether one of the findings stands on what this has told."""
        return any(finding.start in self.told for finding in findings)


def _is_finite(word: Token) -> bool:
    return word.tag_ in _FINITE or "Fin" in word.morph.get("VerbForm", [])


def _is_relative(word: Token) -> bool:
    """Whether what follows is a clause about a noun: "areas where the force improved"."""
    return word.tag_.startswith("W") or "Rel" in word.morph.get("PronType", [])


def _names(word: Token) -> bool:
    return word.pos_ in _NAMING or word.tag_.startswith(("NN", "PRP"))
