"""Whether a line states something: a sentence-like heading, told from a topic heading by its verb.

Without a model the verb is found by form: an auxiliary or modal is enough; a full verb of
``patterns/verbs.txt`` counts where it can follow a subject.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_PATTERNS = Path(__file__).parent / "patterns"
_AUXILIARY = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "isn’t",
        "aren’t",
        "wasn’t",
        "weren’t",
        "has",
        "have",
        "hasn’t",
        "haven’t",
        "had",
        "hadn’t",
        "does",
        "do",
        "doesn’t",
        "don’t",
        "did",
        "didn’t",
        "can",
        "can’t",
        "cannot",
        "could",
        "couldn’t",
        "should",
        "shouldn’t",
        "will",
        "won’t",
        "would",
        "wouldn’t",
        "may",
        "might",
        "must",
        "mustn’t",
        "needs",
        "it’s",
        "there’s",
        "they’re",
    ]
)
_PLURALS = frozenset(
    [
        "people",
        "staff",
        "police",
        "women",
        "men",
        "children",
        "they",
        "we",
        "leaders",
        "both",
        "all",
        "many",
        "most",
        "some",
        "few",
        "you",
    ]
)
_SINGULARS = frozenset(
    [
        "force",
        "service",
        "constabulary",
        "organisation",
        "brigade",
        "authority",
        "council",
        "it",
        "which",
        "that",
        "team",
        "unit",
        "room",
        "department",
        "command",
        "police",
        "everyone",
        "nobody",
        "who",
        "leadership",
        "management",
        "department",
        "board",
        "workforce",
        "this",
        "everybody",
    ]
)
_AFTER_VERB = frozenset(
    [
        "a",
        "an",
        "the",
        "its",
        "their",
        "his",
        "her",
        "this",
        "that",
        "these",
        "those",
        "to",
        "how",
        "what",
        "when",
        "where",
        "why",
        "whether",
        "who",
        "in",
        "on",
        "at",
        "with",
        "for",
        "from",
        "by",
        "into",
        "well",
        "better",
        "more",
        "less",
        "most",
        "too",
        "very",
        "as",
        "well-being",
        "between",
        "across",
        "against",
        "under",
        "over",
        "about",
        "within",
        "and",
        "or",
        "but",
        "good",
        "effective",
        "appropriate",
        "regular",
        "some",
        "any",
        "all",
        "every",
        "each",
        "each",
        "other",
        "people",
        "victims",
        "officers",
        "staff",
        "children",
        "it",
        "them",
        "him",
        "themselves",
        "itself",
        "out",
        "up",
        "down",
        "off",
        "early",
        "late",
        "quickly",
        "regularly",
        "effectively",
        "not",
        "no",
        "than",
        "clear",
        "strong",
        "high",
        "low",
        "enough",
        "information",
        "data",
        "evidence",
        "crime",
        "risk",
        "risks",
    ]
)
_BEFORE_NOUN = frozenset(
    [
        "a",
        "an",
        "the",
        "its",
        "their",
        "his",
        "her",
        "this",
        "these",
        "those",
        "of",
        "in",
        "on",
        "at",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "no",
        "our",
        "every",
        "each",
        "between",
        "through",
        "about",
        "under",
        "over",
        "against",
        "better",
        "good",
        "more",
        "effective",
        "new",
        "current",
        "future",
    ]
)
_ADVERBS = frozenset(
    [
        "still",
        "often",
        "always",
        "never",
        "also",
        "now",
        "already",
        "sometimes",
        "soon",
        "seldom",
        "well",
        "together",
    ]
)
_PREPOSITIONS = frozenset(["to", "in", "on", "at", "of", "for", "from", "with", "by", "into", "about"])
_WORD = re.compile(r"[\w’'-]+")


@cache
def verb_forms() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Base forms, third-person forms and past forms of the verbs in ``patterns/verbs.txt``."""
    text = (_PATTERNS / "verbs.txt").read_text(encoding="utf-8")
    base = [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
    return frozenset(base), frozenset(map(_third_person, base)), frozenset(map(_past, base))


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


def is_sentence_like(text: str) -> bool:
    """Whether a heading has a subject and a finite verb.

    >>> is_sentence_like("Officers use bail to keep victims safe")
    True
    >>> is_sentence_like("Catching criminals"), is_sentence_like("Use of force"), is_sentence_like("Stop and search")
    (False, False, False)
    """
    words = [word.replace("'", "’") for word in _WORD.findall(text)]
    if len(words) < 3:
        return False
    return any(_is_verb(words, at) for at in range(1, len(words)))


def _is_verb(words: list[str], at: int) -> bool:
    word, before = words[at].casefold(), words[at - 1].casefold()
    after = words[at + 1].casefold() if at + 1 < len(words) else ""
    if word in _AUXILIARY or word.endswith("n’t"):
        return not (word == "needs" and (before in _BEFORE_NOUN or not after))
    base, third, past = verb_forms()
    if before in _BEFORE_NOUN or before == "to":
        return False
    if word in third:
        if at == 1 and before not in _SINGULARS and after in _PREPOSITIONS:
            return False
        follows = after in _AFTER_VERB or after.endswith(("ly", "ing"))
        named = (
            at in (2, 3) and words[0].casefold() in ("the", "this", "each", "every", "its") and bool(after)
        )
        return before in _SINGULARS or follows or named or (at > 1 and _is_adverb(before))
    if word in base:
        return before in _PLURALS or _is_plural(before) or (_is_adverb(before) and at > 1)
    if word in past or word in (
        "began",
        "found",
        "made",
        "took",
        "gave",
        "kept",
        "led",
        "held",
        "got",
        "rose",
        "fell",
    ):
        return after in _AFTER_VERB and (before in _SINGULARS | _PLURALS or _is_plural(before))
    return False


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") or word in _ADVERBS


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "’s", "us", "is")) and len(word) > 3
