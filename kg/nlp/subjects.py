"""What each statement is about: topics of the vocabulary, by its heading or by their weight in it.

A topic that the heading names (or, where there is none, the sentence itself) is what the statement is about;
one that only its passages speak of is so if they speak of it again and again. All else is named in passing.
Of a topic and one that is a part of it, a statement is about the part (indexers call that specific entry).
How a statement speaks of a topic is asked of the clauses that do so: below “The force has an effective
planning framework” a sentence may say that risks aren’t managed well.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model.records import Box, Extraction, Finding, Span, Subject
from kg.model.text.sentences import find_sentences
from kg.model.text.verbs import is_base
from kg.model.topics import broader_topics, topics_of
from kg.nlp.rules.pattern_files import pattern, word_set
from kg.nlp.structure.polarity import clause_at, clause_spans, cues, is_contrary, point, polarity, praises

Naming = tuple[str, Span]
LEAST_SENTENCES, LEAST_SHARE = 2, 0.4
"""How many sentences of a statement, and what share of them, speak of what only its passages are about."""
LEAST_ASIDE = 0.2
"""What share of the sentences below, if not two, speaks of what the heading names only in a purpose."""
_CAUSED = 5
"""Within how many words before an infinitive stands the verb that asks or helps somebody to do so."""
_FILE = "subjects"
_PEOPLE = re.compile(r"(?:ers|ors|detectives)$")
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
    topics: frozenset[str] | None = None
    """Those that its words can name, where they stand together with words of others."""


def find_subjects(extraction: Extraction, namings: Sequence[Naming] | None = None) -> tuple[Subject, ...]:
    """What the findings, boxes, needs and concerns of a report are about, in this order.

    ``namings`` are all places of the text that speak of a topic (default: as ``topics_of`` finds them).
    """
    text = extraction.report.text
    if namings is None:
        namings = topics_of(extraction.report).find(text)
    finder = _Finder(text, namings, _names_of_others(extraction))
    found = [finder.subjects(statement) for statement in statements(extraction)]
    own = tuple(one for subjects in found for one in subjects)
    return (*own, *_carried(extraction, own))


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
        own = [
            naming
            for naming in self._within(statement.words)
            if (statement.topics is None or naming[0] in statement.topics)
            and not self._only_does(statement, naming[1])
        ]
        sentences = [s for start, end in statement.below for s in self._sentences(start, end)]
        spoken = [self._themes(sentence) for sentence in sentences]
        counts: dict[str, int] = {}
        for there in spoken:
            for iri in dict.fromkeys(iri for iri, _ in there):
                counts[iri] = counts.get(iri, 0) + 1
        aside = self._only_aside(statement, own)
        least = min(LEAST_SENTENCES, LEAST_ASIDE * len(sentences)) or 1
        chosen = {iri: statement.basis for iri, _ in own if iri not in aside or counts.get(iri, 0) >= least}
        parts = [iri for iri in sorted(aside) if not chosen.keys().isdisjoint(broader_topics(iri))]
        chosen |= dict.fromkeys(parts, statement.basis)  # "… to have oversight of investigations"
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
            sign, told = self._sign(statement, own, iri, below)
            weight = (bool(words) + counts.get(iri, 0)) / (1 + len(sentences))
            places = tuple(words or dict.fromkeys(span for _, span in below))
            found.append(
                Subject(statement.kind, statement.index, iri, basis, round(weight, 2), sign, places, told)
            )
        return found

    def _only_does(self, statement: Told, name: Span) -> bool:
        """Whether a name is only of those who do, say or are asked to do what a statement is about: “Leaders
        should reassess cases”, “Leaders recognise that …”, “valued by leaders”."""
        if self.text[slice(*name)].casefold() not in word_set(_FILE, "doers"):
            return False
        before, behind = self.text[statement.words[0] : name[0]], self.text[name[1] : statement.words[1]]
        asked = statement.sign == "negative" and statement.kind in ("need", "box")
        says = pattern(_FILE, "telling").match(behind) or pattern(_FILE, "agent").search(before)
        return says is not None or (asked and pattern(_FILE, "asked").match(behind) is not None)

    def _only_aside(self, statement: Told, own: Sequence[Naming]) -> set[str]:
        """The topics that only a purpose, a remark or an example names, where the main part of the words
        names another (the force *shares what it learns* “to improve training”), those who are only said to do
        it (“Leaders have a clear plan”), and in a need those of clauses that ask for nothing (one with a list
        asks in all); and always those that one concedes (“While retention is a priority, …”)."""
        words = statement.words
        text, main, stated = self.text[slice(*words)], set[str](), set[str]()
        asks = statement.kind == "need" and "\n" not in text
        conceded = len(text) - len(point(text)) if asks else 0
        is_opened = asks and pattern("polarity", "opening").match(text) is not None
        for iri, (start, end) in own:
            if start - words[0] < conceded:
                continue
            stated.add(iri)
            low, high = clause_at(text, start - words[0])
            if asks and (low, high) != (0, len(text)) and "need" not in cues(text[low:high]):
                continue
            if pattern(_FILE, "example").search(text[low : start - words[0]]):
                continue
            doer = start == words[0] and self.text[start:end].casefold() in word_set(_FILE, "doers")
            low = max(low, conceded)
            if start - words[0] < low + main_part(text[low:high]) and not doer:
                main.add(iri)
        named = {iri for iri, _ in own}
        return named - main if main else named - stated if is_opened else set()

    def _sentences(self, start: int, end: int) -> list[Span]:
        return [(start + a, start + b) for a, b in find_sentences(self.text[start:end])]

    def _within(self, span: Span) -> list[Naming]:
        """The namings inside a span."""
        return [self.namings[at] for at in self._indices(span)]

    def _indices(self, span: Span) -> list[int]:
        low, high = bisect_left(self.starts, span[0]), bisect_left(self.starts, span[1])
        return [at for at in range(low, high) if self.namings[at][1][1] <= span[1]]

    def _themes(self, sentence: Span) -> list[Naming]:
        """The namings inside a sentence but those inside names of other things, and people with whom it
        begins: “Social workers visit children” tells what they do, and needn’t be about them."""
        found = [self.namings[at] for at in self._indices(sentence) if at not in self.in_names]
        return [(iri, span) for iri, span in found if not self._acts(sentence, span)]

    def _acts(self, sentence: Span, span: Span) -> bool:
        before, name = self.text[sentence[0] : span[0]], self.text[slice(*span)]
        return pattern(_FILE, "opening").search(before) is not None and _PEOPLE.search(name) is not None

    def _sign(
        self,
        statement: Told,
        own: Sequence[Naming],
        topic: str,
        below: Sequence[tuple[Span, Span]],
    ) -> tuple[str, tuple[Span, ...]]:
        """How the statement speaks of a topic, and the clauses and sentences that say so."""
        if any(iri == topic for iri, _ in own):
            signs = self._signs_of_words(statement, own, topic)
            told = [statement.words]
            turned = [s for s, _ in below if is_contrary(self.text[slice(*s)], next(iter(signs)))]
            if turned and len(signs) == 1 and statement.kind == "finding":
                signs, told = signs | {_against(next(iter(signs)))}, [*told, *turned]
        else:
            judged = [(sentence, self._sign_below(sentence, span)) for sentence, span in below]
            signs = {sign for _, sign in judged} - {"neutral"}
            told = [sentence for sentence, sign in judged if sign != "neutral"] or [s for s, _ in below]
        sign = _joined(signs)
        return sign, tuple(dict.fromkeys(told if sign != "mixed" else self._both_ways(told)))

    def _both_ways(self, told: Sequence[Span]) -> list[Span]:
        """Of sentences that speak both ways one that does so in itself, or else the first and the first that
        speaks otherwise: whoever is told that a finding is mixed has to see why."""
        signs = [(span, polarity(self.text[slice(*span)])) for span in told]
        both = [span for span, sign in signs if sign == "mixed"][:1]
        other = [span for span, sign in signs if sign != signs[0][1]][:1]
        return both or [told[0], *other] if other else list(told)

    def _signs_of_words(self, statement: Told, own: Sequence[Naming], topic: str) -> set[str]:
        """The signs of those clauses of the statement's own words that name a topic, and of those that name
        none and go on about it: “Support is easy to find, but many people have no time to use it”."""
        if statement.sign != "mixed":
            return {statement.sign}
        start, end = statement.words
        signs = set()
        for low, high in clause_spans(self.text[start:end]):
            named = {iri for iri, (at, _) in own if low <= at - start < high}
            if not named or topic in named:
                clause = self.text[start + low : start + high]
                sign = polarity(clause)
                if statement.kind == "need" and not (sign == "positive" and praises(clause)):
                    sign = "negative"  # what a need says without praise is a part of what is asked for
                signs.add(sign)
        return signs - {"neutral"} or {"mixed"}

    def _sign_below(self, sentence: Span, span: Span) -> str:
        """The sign of the clause that a name stands in; what is only told there is neither good nor bad."""
        words = self.text[slice(*sentence)]
        low, high = clause_at(words, span[0] - sentence[0])
        sign = polarity(words[low:high])
        return "neutral" if sign == "positive" and not praises(words[low:high]) else sign


def main_part(clause: str) -> int:
    """Where the main part of a clause ends: before a purpose, a reason or a remark.

    >>> clause = "The force uses video to keep victims safe"
    >>> clause[: main_part(clause)]
    'The force uses video'
    >>> main_part("It needs to improve") == len("It needs to improve")
    True
    """
    for match in pattern(_FILE, "aside").finditer(clause):
        before = clause[: match.start()].casefold().split()[-_CAUSED:]
        if match["verb"] is None:
            return match.start()
        meant = before[-1:] and before[-1] in word_set(_FILE, "complements")
        asked = not word_set(_FILE, "causing").isdisjoint(before)
        if is_base(match["verb"].casefold()) and not (meant or asked):
            return match.start()
    return len(clause)


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
    inside: dict[Span | None, list[Span]] = {}
    for box in extraction.boxes:
        inside.setdefault(box.parent, []).append((box.start, box.end))
    for index, box in enumerate(extraction.boxes):
        yield _of_box(extraction.report.text, index, box, inside.get((box.start, box.end), ()))
    for index, need in enumerate(extraction.needs):
        mixed = polarity(need.text) == "mixed" and "\n" not in need.text
        sign = "mixed" if mixed else "negative"
        yield Told("need", index, (need.start, need.end), sign, "statement")
    finder = topics_of(extraction.report)
    for index, concern in enumerate(extraction.concerns):
        named = frozenset(iri for iri, _ in finder.find(concern.text)) if concern.composed else None
        words = concern.start, concern.end
        yield Told("concern", index, words, "negative", "statement", topics=named)


def _of_finding(index: int, finding: Finding) -> Told:
    """A finding that is a paragraph has its first sentence for heading: the rest is below."""
    words = finding.start, finding.end
    below = tuple(piece for span in finding.passages for piece in _outside(span, [words]))
    return Told("finding", index, words, finding.polarity, "heading", below)


def _of_box(text: str, index: int, box: Box, inside: Sequence[Span]) -> Told:
    """A box by its title, or else its first sentence; recommendations inside are statements of their own."""
    start = text.find(box.title, box.start, box.end) if box.title else -1
    said = text.find(box.text, box.start, box.end)
    if start >= 0 and box.title:
        words, basis = (start, start + len(box.title)), "heading"
    else:
        begin = said if said >= 0 else box.start
        first = next(iter(find_sentences(text[begin : box.end])), (0, box.end - begin))
        words, basis = (begin + first[0], begin + first[1]), "statement"
    below = tuple(_outside((words[1], box.end), sorted(inside)))
    sign = "positive" if box.kind in _GOOD_BOXES else "negative"
    return Told("box", index, words, sign, basis, below)


def _outside(span: Span, taken: Iterable[Span]) -> Iterable[Span]:
    """What of a span others leave, which are in order."""
    begin, end = span
    for start, until in taken:
        if start >= end:
            break
        if begin < start:
            yield begin, start
        begin = max(begin, until)
    if begin < end:
        yield begin, end


def _carried(extraction: Extraction, own: Sequence[Subject]) -> Iterable[Subject]:
    """What a statement is about that names no topic: a recommendation, what its cause of concern is about; a
    need, what its boxed item is about or, if it points back ("find out why"), the finding that it is in."""
    of: dict[tuple[str, int], list[Subject]] = {}
    for one in own:
        of.setdefault((one.kind, one.index), []).append(one)
    boxes = extraction.boxes
    at = {(box.start, box.end): number for number, box in enumerate(boxes)}
    for number, box in enumerate(boxes):
        if ("box", number) not in of and box.parent in at:
            yield from _handed_on(of.get(("box", at[box.parent]), ()), "box", number)
    in_order = sorted(at)
    passages = sorted(
        (start, end, number)
        for number, finding in enumerate(extraction.findings)
        for start, end in ((finding.start, finding.end), *finding.passages)
    )
    for number, need in enumerate(extraction.needs):
        if ("need", number) in of:
            continue
        around = _box_around(need.start, in_order, boxes, at)
        last = bisect_left(passages, (need.start + 1,)) - 1
        if around is not None:
            yield from _handed_on(of.get(("box", around), ()), "need", number)
        elif last >= 0 and passages[last][1] > need.start and pattern(_FILE, "pointing").search(need.text):
            yield from _handed_on(of.get(("finding", passages[last][2]), ()), "need", number)


def _box_around(
    position: int, in_order: Sequence[Span], boxes: Sequence[Box], at: Mapping[Span, int]
) -> int | None:
    """The index of the innermost box around a position; a recommendation may stand in a cause of concern."""
    last = bisect_left(in_order, (position + 1,)) - 1
    number = at[in_order[last]] if last >= 0 else None
    while number is not None and boxes[number].end <= position:
        parent = boxes[number].parent
        number = None if parent is None else at.get(parent)
    return number


def _handed_on(above: Iterable[Subject], kind: str, index: int) -> Iterable[Subject]:
    """What the own words of another statement are about, as that of one that hangs on it: where they praise
    one thing and find fault with another, the other."""
    named = [one for one in above if one.basis != "passages"]
    faulty = [one for one in named if one.polarity != "positive"]
    return (
        replace(one, kind=kind, index=index, basis="carried", polarity="negative") for one in faulty or named
    )
