"""Plain facts below a claim of the inspector that show it, though no word of theirs praises or finds fault.

Below "The force doesn't use protective orders often enough" stands "The force obtained 14 orders. Similar
forces obtained 39 on average." A reader takes that for what the claim rests on; so do reasons for a grade,
where there are few in so many words. Facts of praise are deeds ("Analysts turn the alerts into patrol
plans"), high shares and changes for the better; those of a fault are figures, but no deeds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from kg.model.records import Extraction, Figure, Span
from kg.model.text.comparing import content_stems
from kg.model.text.verbs import bases, is_base, pasts, thirds
from kg.nlp.bearing import favours, is_unasserted, sentences_of
from kg.nlp.rules.pattern_files import load_patterns, pattern, word_set
from kg.nlp.structure.finite_verbs import is_finite
from kg.nlp.structure.polarity import clause_spans, point, polarity
from kg.nlp.subjects import Told
from kg.nlp.telling_figures import TellingFigures, share_of

_FILE = "reasons"
_TOKEN = re.compile(r"[\w’-]+|[^\w\s]")
_MANY, _HALF = Decimal("0.7"), Decimal("0.5")
"""From what share on a figure may show what is praised; up to it, what is found fault with, and up to a half
whatever is counted."""
_ACTORS = frozenset({"FORCE", "UNIT", "ROLE", "BODY", "OPERATION", "PROGRAMME", "DOCUMENT", "SYSTEM"})
"""The labels of those whose deeds a body answers for."""
_AGAINST = {"positive": "negative", "negative": "positive"}
_REVIEWED = re.compile(r"\b(?:cases|files|records|reports)\b")
_LONGEST = 60
"""Words of a sentence in which its main verb is looked for."""


class PlainFacts:
    """The plain facts of a report, by the claims that they stand below."""

    def __init__(self, extraction: Extraction, telling: TellingFigures) -> None:
        self.text = extraction.report.text
        self.telling = telling
        self.figures = sorted(extraction.figures, key=lambda figure: figure.start)
        self.starts = [figure.start for figure in self.figures]
        self.actors = sorted((m.start, m.end) for m in extraction.mentions if m.label in _ACTORS)
        self.others = sorted((m.start, m.end) for m in extraction.mentions if m.label == "ORGANISATION")
        self.actor_starts = [start for start, _ in self.actors]

    def below(self, told: Told, sign: str, claims: str, taken: Collection[int]) -> tuple[Span, ...]:
        """The facts of a sign that show what a statement claims, the most telling first.

        ``claims`` are the words of all claims of this sign about its area: a fact has words in common with
        them, or weighs by itself. ``taken`` is where sentences begin that are something else.
        """
        if told.kind not in ("finding", "box") or not told.below:
            return ()
        mixed = told.sign == "mixed"
        own = self.text[slice(*told.words)]
        stems = _stems(" ".join(_clauses(own, sign)) if mixed else f"{own} {claims}")
        against = _stems(" ".join(_clauses(own, _AGAINST[sign]))) - stems if mixed else frozenset[str]()
        found = []
        for span in told.below:
            for fact in self._with_comparison(
                [s for s in sentences_of(self.text, span) if s[0] not in taken]
            ):
                rank = self._rank(fact, sign, stems)
                if rank is None or (mixed and not self._shows_one_side(fact, stems, against)):
                    continue
                found.append((rank, fact))
        return tuple(fact for _, fact in sorted(found))

    def _shows_one_side(self, fact: Span, stems: Collection[str], against: Collection[str]) -> bool:
        """Whether a fact below a heading of two sides has words of the one (``stems``) and not of both: “of
        sexual offences 97 percent, and of violent crime 90” shows neither by itself."""
        told = _stems(self.text[slice(*fact)])
        return _have_in_common(stems, told) and not _have_in_common(against, told)

    def _with_comparison(self, sentences: Sequence[Span]) -> Iterator[Span]:
        """The sentences, each with the next if that says what its figure is to be compared with."""
        skip = False
        for number, (start, end) in enumerate(sentences):
            if skip:
                skip = False
                continue
            after = sentences[number + 1] if number + 1 < len(sentences) else None
            if after and self.text[end : after[0]] == " " and self._figures((start, end)):
                skip = pattern(_FILE, "compared-next").search(self.text[slice(*after)]) is not None
            yield (start, after[1]) if after and skip else (start, end)

    def _figures(self, span: Span) -> list[Figure]:
        return self.figures[bisect_left(self.starts, span[0]) : bisect_left(self.starts, span[1])]

    def _rank(self, fact: Span, sign: str, stems: Collection[str]) -> int | None:
        """How telling a fact is, 0 the most; None if it does not show the claim."""
        said = self.text[slice(*fact)]
        first = sentences_of(self.text, fact)[0]
        opening = self.text[slice(*first)]
        if not _is_told(opening) or pattern(_FILE, "row").search(said):
            return None
        if pattern(_FILE, "tally").search(opening) and (sign == "positive" or self._is_alone(fact, first)):
            return None
        shared = _have_in_common(stems, _stems(said))
        if sign == "negative":
            return self._rank_of_fault(fact, first, is_shared=shared)
        if polarity(point(opening)) not in ("positive", "neutral") or any(
            p.regex.search(said) for p in load_patterns(_FILE) if p.role == "unpraised"
        ):
            return None
        figures = self._figures(fact)
        if pattern(_FILE, "less-harm").search(said) or (shared and self._shows_strength(figures, said)):
            return 0
        small = any(share_of(f) is not None and (share_of(f) or 1) < _MANY for f in figures)
        if first != fact or small or "negative" in map(self.telling.way_of, figures):
            return None
        if self._is_deed(first):
            return 1 if shared else 2
        return 1 if shared and pattern(_FILE, "overseen").search(said) else None

    def _is_alone(self, fact: Span, first: Span) -> bool:
        """Whether nothing is said that the figure of a fact is to be compared with."""
        return first == fact and not pattern(_FILE, "set-against").search(self.text[slice(*fact)])

    def _rank_of_fault(self, fact: Span, first: Span, *, is_shared: bool) -> int | None:
        """How telling a fact is below a fault: figures that are set against others, then others; none of
        money, or of what is good."""
        figures, said = self._figures(fact), self.text[slice(*first)]
        weighs = pattern(_FILE, "burden").search(said) is not None
        if favours(point(said)) or (pattern(_FILE, "idle-count").search(said) and not weighs):
            return None
        if not figures:
            return 1 if weighs and re.search(r"\blast \w+ed\b", said) else None
        if all(f.kind == "sample" for f in figures):
            return None
        if any(f.unit == "GBP" for f in figures) or "positive" in map(self.telling.way_of, figures):
            return None
        shares = [share for figure in figures if (share := share_of(figure)) is not None]
        few = bool(shares) and min(shares) < _MANY
        if first != fact or pattern(_FILE, "set-against").search(said):
            return 0
        if self._is_deed(first):
            return 1 if few and is_shared else None
        if few and min(shares) < _HALF and any(f.of_sample or _REVIEWED.search(f.text) for f in figures):
            return 1
        there = pattern(_FILE, "there-is").search(said) is not None
        return 1 if weighs or (is_shared and there and (few or not shares)) else None

    def _shows_strength(self, figures: Sequence[Figure], said: str) -> bool:
        """Whether figures tell of most of a whole, or of a change for the better."""
        signs = {self.telling.way_of(figure) for figure in figures} - {""}
        shares = [share for figure in figures if (share := share_of(figure)) is not None]
        many = bool(shares) and min(shares) >= _MANY and all(f.kind in ("share", "sample") for f in figures)
        many = many and (len(shares) < 2 or not pattern(_FILE, "set-against").search(said))
        return signs == {"positive"} or (many and not signs)

    def _is_deed(self, sentence: Span) -> bool:
        """Whether a sentence says that the body, its people or its units do something: its main verb is in
        the active, and none of what is only there, told or counted."""
        opening = pattern(_FILE, "teller").match(self.text, *sentence)
        start = opening.end() if opening else sentence[0]
        tokens = list(_TOKEN.finditer(self.text, start, sentence[1]))[:_LONGEST]
        words = [token[0] for token in tokens]
        at = next((n for n in range(1, len(words)) if is_finite(words, n) or _has_object(words, n)), None)
        if at is None:
            return False
        verb = words[at].casefold()
        if verb in ("has", "have", "had"):
            behind = (word.casefold() for word in words[at + 1 : at + 4])
            verb = next((word for word in behind if word in bases()), "")
        base = thirds().get(verb) or bases().get(verb) or pasts().get(verb) or (verb if is_base(verb) else "")
        idle = base in word_set(_FILE, "idle-verbs")
        idle = idle or pattern(_FILE, "idle-deed").match(self.text, tokens[at].start()) is not None
        return bool(base) and not idle and self._acts(start, tokens[at].start())

    def _acts(self, start: int, end: int) -> bool:
        """Whether the subject before a verb is the body, its people or a unit of it."""
        subject = self.text[start:end]
        if pattern(_FILE, "not-its-own").search(subject):
            return False
        last = bisect_left(self.others, (end, 0)) - 1
        if last >= 0 and self.others[last][0] >= start and " and " not in subject:
            own = bisect_left(self.actor_starts, end) - 1
            if own < 0 or self.actor_starts[own] < self.others[last][0]:
                return False  # "After Operation Oak, another service offered advice"
        if pattern(_FILE, "actors").search(subject):
            return True
        first = bisect_left(self.actor_starts, start)
        return any(stop <= end for _, stop in self.actors[first : bisect_left(self.actor_starts, end)])


def _is_told(said: str) -> bool:
    """Whether a sentence states a fact in its own right: no norm, plan or aside, and none that turns."""
    if is_unasserted(said) or pattern("polarity", "turning-sentence").search(said):
        return False
    return not pattern(_FILE, "no-fact").search(said)


def _has_object(words: Sequence[str], at: int) -> bool:
    """Whether a word that may be a noun is a verb for what stands around it: a noun before, and behind it
    what begins an object ("the unit *turns* the alerts into plans"); or before it the comma that ends what is
    put in ("a dashboard, built last year, *shows* searches")."""
    low = words[at].casefold()
    if low not in thirds() and not is_base(low) and low not in pasts():
        return False
    if words[at - 1] == "," and "," in words[: at - 1] and low in thirds():
        return True
    before = next(
        (word for word in reversed(words[:at]) if word[0].isalnum() and not word.endswith("ly")), ""
    )
    behind = words[at + 1].casefold() if at + 1 < len(words) else ""
    is_noun = before.casefold() not in word_set(_FILE, "no-nouns")
    return is_noun and behind in word_set(_FILE, "object-openings")


def _clauses(claim: str, sign: str) -> list[str]:
    """The clauses of a claim that speak so."""
    clauses = (claim[low:high] for low, high in clause_spans(claim))
    return [clause for clause in clauses if polarity(clause) == sign]


def _stems(text: str) -> frozenset[str]:
    return content_stems(text) - word_set(_FILE, "common-stems")


def _have_in_common(some: Collection[str], others: Collection[str]) -> bool:
    """Whether words of two texts mean the same: equal stems, or one with more to it ("call", "caller")."""
    if not set(some).isdisjoint(others):
        return True
    return any(a.startswith(b) or b.startswith(a) for a in some if len(a) > 3 for b in others if len(b) > 3)
