"""What each statement is about: topics of the vocabulary, by its heading or by their weight in it.

A topic that the heading names (or, where there is none, the sentence itself) is what the statement is about;
one that only its passages speak of is so if they speak of it again and again. All else is named in passing.
Of a topic and one that is a part of it, a statement is about the part (indexers call that specific entry).
How a statement speaks of a topic is asked of the clauses that do so: below “The force has an effective
planning framework” a sentence may say that risks aren’t managed well.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model.records import Box, Extraction, Finding, Span, Subject
from kg.model.text.sentences import find_sentences
from kg.model.topics import broader_topics, find_topics
from kg.nlp.structure.polarity import clause_at, is_contrary, polarity, praises

Naming = tuple[str, Span]
LEAST_SENTENCES, LEAST_SHARE = 2, 0.3
"""How many sentences of a statement, and what share of them, speak of what only its passages are about."""
_NAMES_OF_OTHERS = frozenset(
    {"UNIT", "BODY", "ORGANISATION", "DOCUMENT", "SYSTEM", "PROGRAMME", "OPERATION", "LEGISLATION", "ROLE"}
)
_GOOD_BOXES = frozenset({"innovative-practice", "promising-practice"})


@dataclass(frozen=True, slots=True)
class Told:
    """One statement: its own words (heading or sentence) with their sign, and the text below.

    ``kind`` and ``index`` name it as in ``Subject``; ``basis`` is what a topic in its own words has for one.
    """

    kind: str
    index: int
    words: Span
    sign: str
    basis: str
    below: tuple[Span, ...] = ()


def find_subjects(extraction: Extraction, namings: Sequence[Naming] | None = None) -> tuple[Subject, ...]:
    """What the findings, boxes, needs and concerns of a report are about, in this order.

    ``namings`` are all places of the text that speak of a topic (default: ``find_topics``).
    """
    text = extraction.report.text
    if namings is None:
        namings = find_topics(text, extraction.report.framework)
    finder = _Finder(text, namings, _names_of_others(extraction))
    found = [finder.subjects(statement) for statement in statements(extraction)]
    own = tuple(one for subjects in found for one in subjects)
    return (*own, *_inherited(extraction, own))


def _names_of_others(extraction: Extraction) -> list[Span]:
    """Where things of other kinds are named: the “data quality board” is a body."""
    return [(m.start, m.end) for m in extraction.mentions if m.label in _NAMES_OF_OTHERS]


class _Finder:
    def __init__(self, text: str, namings: Sequence[Naming], others: Sequence[Span]) -> None:
        self.text = text
        self.namings = sorted(namings, key=lambda naming: naming[1])
        self.starts = [start for _, (start, _) in self.namings]
        self.in_names = _within(self.namings, others)

    def subjects(self, statement: Told) -> list[Subject]:
        own = self._within(statement.words)
        sentences = [s for start, end in statement.below for s in self._sentences(start, end)]
        spoken = [self._within(sentence, but_names=True) for sentence in sentences]
        counts: dict[str, int] = {}
        for there in spoken:
            for iri in dict.fromkeys(iri for iri, _ in there):
                counts[iri] = counts.get(iri, 0) + 1
        chosen = {iri: statement.basis for iri, _ in own}
        for iri in _weighty(spoken, counts, is_named=bool(chosen)):
            chosen.setdefault(iri, "passages")
        chosen = _most_specific(chosen)
        found = []
        for iri, basis in chosen.items():
            words = [span for name, span in own if name == iri]
            below = [
                (sentence, span)
                for sentence, there in zip(sentences, spoken, strict=True)
                for name, span in there
                if name == iri
            ]
            sign, told = self._sign(statement, words, below)
            weight = (bool(words) + counts.get(iri, 0)) / (1 + len(sentences))
            places = tuple(words or dict.fromkeys(span for _, span in below))
            found.append(
                Subject(statement.kind, statement.index, iri, basis, round(weight, 2), sign, places, told)
            )
        return found

    def _sentences(self, start: int, end: int) -> list[Span]:
        return [(start + a, start + b) for a, b in find_sentences(self.text[start:end])]

    def _within(self, span: Span, but_names: bool = False) -> list[Naming]:
        """The namings inside a span; without those inside names of other things, if so asked."""
        low, high = bisect_left(self.starts, span[0]), bisect_left(self.starts, span[1])
        return [
            self.namings[at]
            for at in range(low, high)
            if self.namings[at][1][1] <= span[1] and not (but_names and at in self.in_names)
        ]

    def _sign(
        self, statement: Told, words: Sequence[Span], below: Sequence[tuple[Span, Span]]
    ) -> tuple[str, tuple[Span, ...]]:
        """How the statement speaks of a topic, and the clauses and sentences that say so."""
        if words:
            signs = {self._sign_of_clause(statement, span) for span in words}
            told = [statement.words]
            turned = [s for s, _ in below if is_contrary(self.text[slice(*s)], next(iter(signs)))]
            if turned and len(signs) == 1 and statement.kind == "finding":
                signs, told = signs | {_against(next(iter(signs)))}, [*told, *turned]
        else:
            judged = [(sentence, self._sign_below(sentence, span)) for sentence, span in below]
            signs = {sign for _, sign in judged} - {"neutral"}
            told = [sentence for sentence, sign in judged if sign != "neutral"] or [s for s, _ in below]
        return _joined(signs), tuple(dict.fromkeys(told))

    def _sign_of_clause(self, statement: Told, span: Span) -> str:
        """The sign of the clause of the statement's own words that a name stands in, where they are mixed."""
        start, end = statement.words
        if statement.sign != "mixed":
            return statement.sign
        low, high = clause_at(self.text[start:end], span[0] - start)
        sign = polarity(self.text[start + low : start + high])
        return "mixed" if sign == "neutral" else sign

    def _sign_below(self, sentence: Span, span: Span) -> str:
        """The sign of the clause that a name stands in; what is only told there is neither good nor bad."""
        words = self.text[slice(*sentence)]
        low, high = clause_at(words, span[0] - sentence[0])
        sign = polarity(words[low:high])
        return "neutral" if sign == "positive" and not praises(words[low:high]) else sign


def _weighty(spoken: Sequence[Sequence[Naming]], counts: dict[str, int], *, is_named: bool) -> list[str]:
    """What the sentences below speak of again and again; where the heading names no topic, at least what they
    begin with and speak of most."""
    least = max(LEAST_SENTENCES, LEAST_SHARE * len(spoken))
    often = [iri for iri, count in counts.items() if count >= least]
    if often or is_named or not counts:
        return often
    first = [iri for iri, _ in spoken[0]]
    most = max(counts.values())
    return [iri for iri in dict.fromkeys(first) if counts[iri] == most][:1]


def _most_specific(chosen: Mapping[str, str]) -> dict[str, str]:
    """Without each topic of which another is a part that is known from the same ground or a better one."""
    named = {above for iri, basis in chosen.items() if basis != "passages" for above in broader_topics(iri)}
    told = {above for iri in chosen for above in broader_topics(iri)}
    return {
        iri: basis for iri, basis in chosen.items() if iri not in (told if basis == "passages" else named)
    }


def _within(namings: Sequence[Naming], names: Iterable[Span]) -> Collection[int]:
    """The indices of the namings that are a part of a longer name."""
    starts = [start for _, (start, _) in namings]
    found = set()
    for start, end in names:
        for at in range(bisect_left(starts, start), bisect_left(starts, end)):
            low, high = namings[at][1]
            if high <= end and (low, high) != (start, end):
                found.add(at)
    return found


def _against(sign: str) -> str:
    return {"positive": "negative", "negative": "positive"}.get(sign, sign)


def _joined(signs: Collection[str]) -> str:
    if len(signs) == 1:
        return next(iter(signs))
    plain = set(signs) - {"neutral"}
    return "neutral" if not plain else next(iter(plain)) if len(plain) == 1 else "mixed"


# --- the statements of a report ----------------------------------------------------------------------


def statements(extraction: Extraction) -> Iterable[Told]:
    """Findings, boxed items, needs and concerns, in this order."""
    for index, finding in enumerate(extraction.findings):
        yield _of_finding(index, finding)
    for index, box in enumerate(extraction.boxes):
        yield _of_box(extraction, index, box)
    for index, need in enumerate(extraction.needs):
        sign = "mixed" if polarity(need.text) == "mixed" else "negative"
        yield Told("need", index, (need.start, need.end), sign, "statement")
    for index, concern in enumerate(extraction.concerns):
        yield Told("concern", index, (concern.start, concern.end), "negative", "statement")


def _of_finding(index: int, finding: Finding) -> Told:
    """A finding that is a paragraph has its first sentence for heading: the rest is below."""
    words = finding.start, finding.end
    below = tuple(piece for span in finding.passages for piece in _without(span, words))
    return Told("finding", index, words, finding.polarity, "heading", below)


def _of_box(extraction: Extraction, index: int, box: Box) -> Told:
    """A box by its title, or else its first sentence; recommendations inside are statements of their own."""
    text = extraction.report.text
    inside = [(b.start, b.end) for b in extraction.boxes if b.parent == (box.start, box.end)]
    start = text.find(box.title, box.start, box.end) if box.title else -1
    said = text.find(box.text, box.start, box.end)
    if start >= 0 and box.title:
        words, basis = (start, start + len(box.title)), "heading"
    else:
        begin = said if said >= 0 else box.start
        first = next(iter(find_sentences(text[begin : box.end])), (0, box.end - begin))
        words, basis = (begin + first[0], begin + first[1]), "statement"
    below = [(words[1], box.end)]
    for span in inside:
        below = [piece for stretch in below for piece in _without(stretch, span)]
    sign = "positive" if box.kind in _GOOD_BOXES else "negative"
    return Told("box", index, words, sign, basis, tuple(below))


def _without(span: Span, taken: Span) -> list[Span]:
    """A span less what another takes of it."""
    if taken[1] <= span[0] or taken[0] >= span[1]:
        return [span]
    pieces = [(span[0], taken[0]), (taken[1], span[1])]
    return [(start, end) for start, end in pieces if start < end]


def _inherited(extraction: Extraction, own: Sequence[Subject]) -> Iterable[Subject]:
    """A recommendation that names no topic is about what the heading of the cause of concern says that it
    hangs on."""
    of_boxes: dict[int, list[Subject]] = {}
    for one in own:
        if one.kind == "box":
            of_boxes.setdefault(one.index, []).append(one)
    at = {(box.start, box.end): number for number, box in enumerate(extraction.boxes)}
    for number, box in enumerate(extraction.boxes):
        if number not in of_boxes and box.parent in at:
            above = of_boxes.get(at[box.parent], ())
            named = (one for one in above if one.basis == "heading")
            yield from (replace(one, index=number, basis="cause-of-concern") for one in named)
