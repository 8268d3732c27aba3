"""Where the words of a phrase stand in the report, and whether it is in the report’s words at all."""

from __future__ import annotations

import re

from kg.model.records import Known, Span
from kg.nlp.figures.context import Context

_FAR = 2
"""How many sentences before a figure may have words of its measure."""


def parts_of(context: Context, index: int, phrase: str | None) -> tuple[Span, ...]:
    """The runs of a report’s words that a phrase is made of, in its order; what joins them is in none.

    Each is looked for in the figure’s sentence, else in those just before it. A phrase that is one part, as
    long as the phrase, stands in the report as it is: it can be quoted.
    """
    if not phrase:
        return ()
    words, found, at = phrase.split(" "), list[Span](), 0
    texts = _places(context, index)
    while at < len(words):
        run = _longest_run(context, words, at, texts)
        if run is None:
            at += 1
            continue
        span, length = run
        found.append(span)
        at += length
    return tuple(found)


def is_composed(context: Context, index: int, phrase: str | None) -> bool:
    """Whether the words of a phrase don’t stand together in the sentence of a figure or just before it."""
    return phrase is not None and not any(
        phrase in context.text[start:end] for start, end in _places(context, index)
    )


def known_phrase(context: Context, index: int, slot: str, phrase: str | None) -> Known | None:
    """From which words a phrase is known: stated in the sentence, carried from one before, or from none."""
    whole = phrase or ""
    for words in dict.fromkeys((whole, whole.partition(" (")[0])):  # "all crime (excluding fraud)"
        for place, (start, end) in enumerate(_places(context, index)) if words else ():
            at = context.text.find(words, start, end)
            if at >= 0:
                return Known(slot, "carried" if place else "stated", at, at + len(words))
    return None


def _places(context: Context, index: int) -> list[Span]:
    """The figure’s sentence, the lead-in of its list, and the sentences before it, nearest first."""
    sentence = context.sentence(index)
    lead = [] if sentence.lead is None else [context.sentences[sentence.lead]]
    before = context.paragraph_before(context.quantities[index].sentence)[:_FAR]
    return [(one.start, one.end) for one in (sentence, *lead, *before)]


def _longest_run(context: Context, words: list[str], at: int, places: list[Span]) -> tuple[Span, int] | None:
    """The longest run of words from a place on that stands in one of the texts, and how many they are."""
    best: tuple[Span, int] | None = None
    for start, end in places:
        length = 0 if best is None else best[1]
        while at + length < len(words):
            run = " ".join(words[at : at + length + 1])
            found = context.text.find(run, start, end)
            if found < 0:
                break
            length += 1
            best = (found, found + len(run)), length
    return best


def of_others(phrase: str | None, force: str | None, population: str) -> str | None:
    """The phrase of a figure about others without the name and place of the inspected body, which it has from
    the figure that it is compared with.

    >>> of_others("adults in the West Midlands who felt safe", "West Midlands Police", "england-and-wales")
    'adults who felt safe'
    """
    if not phrase or not force or population in ("inspected-force", "survey-respondents"):
        return phrase
    place = re.sub(r" (?:Police|Constabulary|Fire and Rescue Service|Service|Council)$", "", force)
    who = "the force" if population == "other-force" else "forces"
    elsewhere = re.sub(rf" in (?:the )?{re.escape(place)}\b(?! (?:Police|Constabulary))", "", phrase)
    return elsewhere.replace(force, who)
