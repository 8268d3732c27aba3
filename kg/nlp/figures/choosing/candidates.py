"""The record of a proposal, and what is common to the proposals of all slots: where the words stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from kg.model.records import Known, Span
from kg.nlp.figures.context import Context, Sentence
from kg.nlp.rules.pattern_files import pattern

_OPENS = 8
_NEAR, _FAR = 25, 90
_FILE = "figure-places"
_TENSES = {
    "past": ("figure-periods", "carry.past"),
    "present": ("figure-periods", "carry.present"),
    "ahead": ("figure-periods", "period.ahead"),
}
_CLAUSE_BEFORE = 80
_WORDS = 12
_COUNTRY = ("england", "wales")
NOWHERE: Span = (0, 0)
ONLY_RULES = "only-rules"
"""The feature of a candidate that no words propose."""
BY_WORDS = "default"
"""The first feature of a candidate that all words around a figure propose, and none of them alone."""


V = TypeVar("V", bound=Hashable)

DOUBTFUL = 0.6
"""A choice is doubtful below this probability: cross-validated, 59 of 100 such periods and 49 of 100 such
sources are wrong, of all others 12 and 15 (4,400 figures of 78 texts; docs/evaluation.md)."""


@dataclass(frozen=True, slots=True)
class Candidate(Generic[V]):
    """A value that a slot may have, how and from which words, and what is seen of it.

    ``how`` is one of the ways of ``kg.model.records.Known``, or empty for "nothing tells"; ``features`` are
    the names that the chooser has weights for. ``share`` is the probability that the chooser gave its value.
    """

    value: V
    how: str
    start: int
    end: int
    features: tuple[str, ...]
    share: float = 1.0

    @property
    def is_doubtful(self) -> bool:
        """Whether the choice was close (``DOUBTFUL``)."""
        return round(self.share, 2) < DOUBTFUL

    def known(self, slot: str) -> Known | None:
        """What is said of how a slot is known; None of one that nothing tells."""
        return Known(slot, self.how, self.start, self.end) if self.how else None


Cue = tuple[V, str, Span, list[str]]
"""A value, how it is known, the words, and features; the first feature says where the words stand."""


def candidates_of(
    cues: Iterable[Cue[V]],
    seen: Sequence[str],
    ruled: V,
    of_rules: Callable[[V], Iterable[str]],
    sentence: Sentence,
    *,
    by_value: bool,
) -> list[Candidate[V]]:
    """The candidates of a slot: the cues with what is seen of the figure, and what the rules say of each.

    Where ``by_value``, a slot has few values and each has features of its own. What only the rules say,
    ``ruled``, is a candidate too.
    """
    found: list[Candidate[V]] = []
    for value, how, span, names in cues:
        value_names = [f"={value}"] if by_value else []
        features = [
            *names,
            *crossed(value_names, [*names, *seen]),
            *crossed(names[: 1 if by_value else 2], seen),
        ]
        found.append(Candidate(value, how, *span, (*features, *of_rules(value))))
    if all(candidate.value != ruled for candidate in found):
        names = [ONLY_RULES, *crossed([f"={ruled}"] if by_value else [], [ONLY_RULES, *seen])]
        found.append(Candidate(ruled, "carried", sentence.start, sentence.end, (*names, *of_rules(ruled))))
    return found


def by_words(value: V, how: str, span: Span, seen: Iterable[str], told: Iterable[str]) -> Candidate[V]:
    """A candidate that no words name: what is seen of the figure and the words around it speak for it.

    So no value of a slot is out of reach where the grammar of its words is unknown.
    """
    names = [BY_WORDS, *(f"{BY_WORDS}.{name}" for name in seen), *told]
    return Candidate(value, how, *span, (BY_WORDS, *crossed([f"={value}"], names)))


def words_around(context: Context, sentence: Sentence, index: int) -> list[str]:
    """The words around a figure in its sentence, its noun and those of the heading above, as features.

    Names of the country are none of them: what they say depends on where they stand.
    """
    quantity = context.quantities[index]
    before = _words(context.text[sentence.start : quantity.start])[-_WORDS:]
    after = _words(context.text[quantity.end : sentence.end])[:_WORDS]
    found = {f"word.{word}" for word in (*before, *after)} | {f"before.{word}" for word in before[-3:]}
    found |= {f"noun.{word}" for word in _words(context.noun(index))[-1:]}
    titles = context.section_titles(quantity.start)
    found |= {f"title.{word}" for word in _words(titles[-1] if titles else "")}
    return sorted(found)


@lru_cache(maxsize=4096)
def _words(words: str) -> tuple[str, ...]:
    return tuple(word for word in re.findall(r"[a-z]{2,}", words.lower()) if word not in _COUNTRY)


def crossed(first: Iterable[str], second: Iterable[str]) -> Iterator[str]:
    """Each of the first with each of the second."""
    others = list(second)
    return (f"{one}&{other}" for one in first for other in others)


@lru_cache(maxsize=4096)
def parted_by(words: str) -> str:
    """The strongest boundary in words between two places: ``stop``, ``clause``, ``comma`` or ``joined``."""
    found = (kind for kind in ("stop", "clause", "comma") if pattern(_FILE, f"place.{kind}").search(words))
    return next(found, "joined")


def opening_of(sentence: Sentence) -> str:
    """The word with which a sentence goes back to what was said before it; ``none`` if it does not."""
    return _opening(sentence.text)


@lru_cache(maxsize=1024)
def _opening(words: str) -> str:
    back = pattern(_FILE, "place.opening").match(words)
    return back["word"].split()[0].lower() if back else "none"


def place_in_sentence(context: Context, sentence: Sentence, index: int, span: Span) -> list[str]:
    """Where words of the figure's own sentence stand to the figure."""
    quantity = context.quantities[index]
    before = span[0] < quantity.start
    a, b = (span[1], quantity.start) if before else (quantity.end, span[0])
    between = sum(a <= context.quantities[i].start < b for i in sentence.quantities)
    side = "before" if before else "behind"
    words = context.text[a:b] if a < b else ""
    far = "near" if len(words) <= _NEAR else "mid" if len(words) <= _FAR else "far"
    found = [
        side,
        f"{side}.past{min(between, 2)}",
        f"{side}.{parted_by(words)}",
        f"{side}.{parted_by(words)}.past{min(between, 2)}",
        f"{side}.{far}",
    ]
    if span[0] - sentence.start <= _OPENS:
        found.append("opens")
    if sentence.end - span[1] <= 2:
        found.append("closes")
    return found


def place_before(sentence: Sentence, other: Sentence, far: int) -> list[str]:
    """Where words of an earlier sentence of the paragraph stand; ``far`` counts sentences back."""
    steps = min(far, 3)
    told = "figures" if other.quantities else "plain"
    return [f"back{steps}", f"back{steps}.{told}", f"back{steps}.opening.{opening_of(sentence)}"]


def seen_of(context: Context, sentence: Sentence, index: int) -> list[str]:
    """What is seen of a figure itself, whatever is proposed for it."""
    quantity = context.quantities[index]
    unit = "share" if quantity.denominator is not None else quantity.unit
    clause = context.text[max(sentence.start, quantity.start - _CLAUSE_BEFORE) : quantity.start]
    tenses = [(m.start(), name) for name, rule in _TENSES.items() for m in pattern(*rule).finditer(clause)]
    found = [f"unit.{unit}", f"tense.{max(tenses)[1] if tenses else 'none'}"]
    if not tenses:
        after = context.text[quantity.end : min(sentence.end, quantity.end + _CLAUSE_BEFORE)]
        next_tenses = [
            (m.start(), name) for name, rule in _TENSES.items() if (m := pattern(*rule).search(after))
        ]
        found.append(f"tense-after.{min(next_tenses)[1] if next_tenses else 'none'}")
    found.append(f"opening.{opening_of(sentence)}")
    if quantity.bare or quantity.of_antecedent:
        found.append("elliptic")
    if quantity.interval is not None:
        found.append("interval")
    if sentence.lead is not None:
        found.append("listed")
    return [*found, f"kind.{context.extraction.report.kind}"]


def is_quoted(context: Context, position: int) -> bool:
    """Whether a place stands in a quotation that its paragraph has opened."""
    start = context.text.rfind("\n", 0, position) + 1
    opened = list(pattern(_FILE, "place.quoted").finditer(context.text, start, position))
    if not opened:
        return False
    closing = "”" if opened[-1][0] == "“" else "’"
    tail = context.text[opened[-1].end() : position]
    return not any(tail[place + 1 : place + 2] in " .," for place, mark in enumerate(tail) if mark == closing)
