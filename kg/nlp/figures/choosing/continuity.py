"""How a sentence goes on from an earlier one: what it begins with, what both speak of, its own time.

Who spoke and when it was is carried on as long as the text stays with its topic: "In our survey 58 percent of
402 felt heard. Of these, 40 had left" goes on, "In 2023/24, 109 officers left" begins something else.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.nlp.figures.context import Context, Sentence, refers_to_known_time
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-places"
_SHORT = 4
_HEAD = 3
_MANY = 2
_ANEW = ("body", "number", "the-new", "bare-new")


def goes_on(context: Context, sentence: Sentence, other: Sentence, far: int) -> list[str]:
    """Names for how a sentence goes on from an earlier one, ``far`` sentences before it."""
    start, time = _opening(sentence, other)
    about = _subject(sentence.text[start:], other.text, context.force_name or "")
    shared = min(len(_things(sentence.text) & _things(other.text)), _MANY)
    step = "next" if far == 1 else "later"
    return [
        f"on.{about}",
        f"on.{step}.{about}",
        f"on.shared{shared}",
        f"on.{time}",
        f"on.{about}.shared{shared}",
        f"on.{about}.{time}",
        f"on.{step}.{time}.shared{shared}",
    ]


def begins_anew(context: Context, sentence: Sentence, other: Sentence) -> bool:
    """Whether a sentence has a time and a subject of its own, and shares no topic with an earlier one."""
    start, time = _opening(sentence, other)
    if time not in ("dated", "opens-dated") or any(refers_to_known_time(p) for p in sentence.periods):
        return False
    about = _subject(sentence.text[start:], other.text, context.force_name or "")
    return about in _ANEW and not _things(sentence.text) & _things(other.text)


def _opening(sentence: Sentence, other: Sentence) -> tuple[int, str]:
    """Where the subject of a sentence begins, and what time it has: none, its own, that of the other one."""
    adjunct = pattern(_FILE, "place.adjunct").match(sentence.text)
    start = adjunct.end() if adjunct else 0
    if not sentence.periods:
        return start, "undated"
    first = sentence.periods[0]
    before = sentence.text[: first.start - sentence.start]
    opens = first.start - sentence.start < start or pattern(_FILE, "place.opened").match(before) is not None
    if opens:
        start = max(start, first.end - sentence.start + 1)
    if any((p.begin_date, p.end_date) == (first.begin_date, first.end_date) for p in other.periods):
        return start, "same-time"
    return start, "opens-dated" if opens else "dated"


@lru_cache(maxsize=4096)
def _subject(words: str, before: str, body: str) -> str:
    """What a sentence begins with; a noun is known if the text before has it."""
    back = pattern(_FILE, "place.subject").match(words)
    if back is not None:
        return next(name for name, found in back.groupdict().items() if found)
    if body and words.startswith(body):
        return "body"
    head = re.findall(r"[A-Za-z’-]+", words)[:_HEAD]
    known = "known" if {_stem(word.lower()) for word in head} & _things(before) else "new"
    the = "the" if head and head[0].lower() == "the" else "bare"
    return f"{the}-{known}"


@lru_cache(maxsize=4096)
def _things(words: str) -> frozenset[str]:
    """What a text speaks of: its longer words, but those of every report, without their endings."""
    every = pattern(_FILE, "place.everywhere")
    found = re.findall(r"[a-z]+", words.lower())
    return frozenset(_stem(w) for w in found if len(w) >= _SHORT and not every.fullmatch(w))


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    """A word without its ending: "callers" and "calls" are of "call"."""
    short = re.sub(r"(?:ers?|ings?|ed|e?s|ies|y|e)$", "", word)
    return short if len(short) >= _SHORT - 1 else word
