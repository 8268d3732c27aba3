"""How alike two wordings are: by the stems of their content words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from decimal import Decimal
from functools import cache

from kg.nlp.rules.pattern_files import word_lists

_ENDINGS = re.compile(r"(?:(?:at)?(?:ing|ed|es|e|ion|ions|or|ors|ive)|ements?|ments?|ings?|ers?|ly|s|y|ies)$")
_SHORTEST = 3
Phrase = tuple[str, str]


def words_of(text: str, besides: Collection[str] = ()) -> frozenset[str]:
    """The stems of a text's content words; ``besides`` are words (in lower case) to leave out too.

    >>> sorted(words_of("It doesn’t supervise investigations")), sorted(words_of("supervision investigates"))
    (['investig', 'supervis'], ['investig', 'supervis'])
    """
    plain = re.sub(r"[’']s?\b|(?<=n)[’'](?=t\b)", "", text.casefold())
    words = re.findall(r"[a-z]{3,}", plain)
    return frozenset(stem(word) for word in words if word not in _stop() and word not in besides)


@cache
def stem(word: str) -> str:
    """A word without its ending, never shorter than three letters.

    >>> [stem(word) for word in ("visits", "visited", "assess", "assessments", "training", "offenders")]
    ['visit', 'visit', 'assess', 'assess', 'train', 'offend']
    """
    match = _ENDINGS.search(word, _SHORTEST)
    return word if match is None or word.endswith("ss") else word[: match.start()]


@cache
def _stop() -> frozenset[str]:
    return frozenset(word_lists("following")["stop"])


def phrases_of(text: str, besides: Collection[str] = ()) -> dict[Phrase, str]:
    """Pairs of content words that stand side by side, or with only joining words between them, as their
    stems in order of the alphabet, each with its words; ``besides`` are words to leave out too.

    >>> phrases_of("Plans for pathways are late")
    {('pathway', 'plan'): 'plans for pathways', ('lat', 'pathway'): 'pathways are late'}
    """
    found: dict[Phrase, str] = {}
    plain = re.sub(r"[’']s?\b|(?<=n)[’'](?=t\b)", "", text.casefold())
    for clause in re.split(r"[,;:.()]", plain):
        before: re.Match[str] | None = None
        for word in re.finditer(r"[a-z]+", clause):
            if word[0] in _joining():
                continue
            if len(word[0]) < _SHORTEST or word[0] in _stop() or word[0] in besides:
                before = None
                continue
            if before is not None and stem(before[0]) != stem(word[0]):
                first, second = sorted((stem(before[0]), stem(word[0])))
                found.setdefault((first, second), clause[before.start() : word.end()])
            before = word
    return found


@cache
def _joining() -> frozenset[str]:
    return frozenset(word_lists("following")["joining"])


def overlap(some: Collection[str], others: Collection[str]) -> Decimal:
    """Which part of the smaller set is in the other, from 0 to 1; two words at least make a whole.

    >>> overlap({"a", "b"}, {"a", "b", "c"}), overlap({"a"}, {"a", "b"}), overlap(set(), {"a"})
    (Decimal('1'), Decimal('0.5'), Decimal('0'))
    """
    smaller = max(min(len(some), len(others)), 2)
    return Decimal(len(set(some) & set(others))) / smaller


def together(parts: Iterable[Decimal]) -> Decimal:
    """One confidence from independent grounds, each from 0 to 1: that not all of them err. Two digits.

    >>> together([Decimal("0.5"), Decimal("0.7")]), together([])
    (Decimal('0.85'), Decimal('0.00'))
    """
    missing = Decimal(1)
    for part in parts:
        missing *= 1 - part
    return (1 - missing).quantize(Decimal("0.01"))
