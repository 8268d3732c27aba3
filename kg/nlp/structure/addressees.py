"""Whom a boxed item asks to act: the subject of the sentence that asks, in its words or its lead-in.

"By 31 July 2024, *Northmoor Police* should: …" is addressed to Northmoor Police, "*It* should …" to whom the
item before was addressed. What names nobody ("Every investigation should have a plan") has no addressee.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model.records import Box, Known, Span
from kg.model.text.sentences import find_sentences
from kg.nlp.document.lines import bullet_of
from kg.nlp.rules.pattern_files import pattern

_FILE = "addressees"
ASKING = ("area-for-improvement", "recommendation")
"""Kinds of boxed items that ask for something themselves; a cause of concern has recommendations."""


def with_addressees(text: str, boxes: Sequence[Box]) -> tuple[Box, ...]:
    """The boxes in their order, those that ask with the words that say whom (slot ``addressee``)."""
    done: list[Box] = []
    before: dict[Span, Span] = {}
    for box in boxes:
        carried = before.get(box.parent) if box.parent else None
        found = _addressee(text, box, carried) if box.kind in ASKING else None
        if found is not None:
            if box.parent:
                before[box.parent] = found.start, found.end
            box = replace(box, known=(*box.known, found))
        done.append(box)
    return tuple(done)


def _addressee(text: str, box: Box, before: Span | None) -> Known | None:
    """Whom a box asks; by a pronoun, whom the one ``before`` it in the same cause of concern asks."""
    for span in filter(None, (box.lead_in, (box.start, box.end))):
        for start, end in _sentences(text, span):
            subject = _subject(text[start:end])
            if subject is None:
                continue
            begin, stop = start + subject[0], start + subject[1]
            if pattern(_FILE, "pronoun").match(text[begin:stop]):
                return None if before is None else Known("addressee", "carried", *before)
            if match := pattern(_FILE, "addressee").match(text[begin:stop]):
                at = begin + match.start("who")
                return Known("addressee", "stated", at, at + len(match["who"]))
            return None
    return None


def _sentences(text: str, span: Span) -> Iterator[Span]:
    for start, end in find_sentences(text[slice(*span)]):
        begin = span[0] + start
        yield begin + bullet_of(text[begin : span[0] + end])[1], span[0] + end


def _subject(sentence: str) -> Span | None:
    """Where the words before the verb that asks stand, without what opens the sentence."""
    opening = pattern(_FILE, "opening").match(sentence)
    begin = opening.end() if opening else 0
    asked = pattern(_FILE, "asked").search(sentence, begin)
    return (begin, asked.start()) if asked else None
