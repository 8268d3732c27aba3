"""Polarity of a finding heading: positive, negative, mixed or neutral, by a lexicon and clause rules.

A heading is cut into clauses at contrasts ("but", "although", ", with more to do"). A clause is negative
when it has a negative cue that nothing turns around ("reduces delays", "no backlog"), or says that
something needs to, should or could be done. A plain statement of what is done is a strength.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.nlp.rules.pattern_files import compiled, one_of, word_lists


@dataclass(frozen=True, slots=True)
class _Lexicon:
    contrast: re.Pattern[str]
    negative: re.Pattern[str]
    need: re.Pattern[str]
    negation: re.Pattern[str]
    benign: re.Pattern[str]
    remedied: re.Pattern[str]
    eased: re.Pattern[str]
    worsened: re.Pattern[str]
    flawed: re.Pattern[str]
    neutral: re.Pattern[str]
    positive: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    any_of = {key: one_of(words) for key, words in word_lists("polarity").items()}
    near = rf"(?:(?: (?!{_FINITE}\b)[\w’-]+){{0,5}}?|(?: [\w’-]+){{0,3}}? {_THAT}(?: [\w’-]+){{0,4}}?)"
    more = rf"(?:(?:,| and| or)(?: [\w’-]+){{0,2}}? {any_of['nouns']})*"
    remedied = rf"\b{any_of['remedies']}{near} {any_of['nouns']}{more}\b"
    moves = r"(?: [\w’-]+){0,6}?"
    shrinking, growing = any_of["shrinking"], any_of["growing"]
    contrast = (
        rf"(?:[,;:–—-]? ?\b{any_of['contrast']}\b|, (?:yet|others|some|not all)\b|;|, then\b),? ?"
        r"|, (?=less so\b)"
    )
    return _Lexicon(
        contrast=_compiled(contrast),
        negative=_compiled(rf"\b{any_of['negative']}\b"),
        need=_compiled(rf"\b{any_of['need']}"),
        negation=_compiled(rf"\b{any_of['negation']}\b"),
        benign=_compiled(rf"\b{any_of['benign']}\b"),
        remedied=_compiled(remedied),
        eased=_compiled(rf"\b{any_of['bad']}{moves} (?:{_HAVE} )*{shrinking}\b"),
        worsened=_compiled(
            rf"\b(?:{any_of['bad']}{moves} (?:{_HAVE} )*{growing}"
            rf"|{any_of['good']}{moves} (?:{_HAVE} )+{shrinking})\b"
        ),
        flawed=_compiled(
            rf",? and (?:then )?(?:[\w’-]+ (?:[\w’-]+ )?(?:is|are|remains?) )?"
            rf"(?:\w+ly |very |too |often |still )?{any_of['flaws']}\b"
        ),
        neutral=_compiled(any_of["neutral"]),
        positive=_compiled(rf"\b{any_of['positive']}\b"),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return compiled(pattern, re.IGNORECASE)


_FINITE = r"(?:has|have|had|is|are|was|were|does|do|get|gets|take|takes|remains?|lacks?|goes|go)"
_THAT = r"(?:when|where|if|that|who|how|what|why|whether)"
_HAVE = (
    r"(?:has|have|is|are|was|were|now|been|all|almost|nearly|largely|steadily|sharply|also|still|keeps?"
    r"|continues? to)"
)
_JOINT = re.compile(
    r",? (?:and|with|which|so)(?= (?:it |they |its |the \w+ |there (?:is|are) |this |some |many |more "
    r"|further |we |also |still |often )*"
    r"(?:need|needs|should|must|could|more to|more work|work to|room|scope|doesn’t|don’t"
    r"|isn’t|aren’t|hasn’t|haven’t|can’t|lacks?|too|fails?|improvements? (?:is|are) needed)\b)"
)
_OPENING = re.compile(
    r"^(?:although|though|while|whilst|even though|whereas)\b(?P<first>[^,]*), (?P<rest>.*)", re.IGNORECASE
)
_DESPITE = re.compile(
    r"^(?:despite|in spite of|notwithstanding)\b(?P<first>[^,]*), (?P<rest>.*)", re.IGNORECASE
)
_DESPITE_AFTER = re.compile(r",? (?:despite|in spite of|notwithstanding)\b(?P<rest>.*)", re.IGNORECASE)
_BETTER = re.compile(
    r"\b(?:progress|improvements?|investment|efforts?|work|changes|recruitment|training)\b", re.IGNORECASE
)


def polarity(heading: str) -> str:
    """``positive``, ``negative``, ``mixed`` or ``neutral``.

    >>> polarity("The force works well with partners"), polarity("Victims wait too long")
    ('positive', 'negative')
    >>> polarity("Investigations start well but lose momentum")
    'mixed'
    """
    signs = {_sign(clause) for clause in _clauses(heading.replace("'", "’"))}
    if {"positive", "negative"} <= signs:
        return "mixed"
    for sign in ("negative", "positive"):
        if sign in signs:
            return sign
    return "neutral"


def _clauses(heading: str) -> list[str]:
    text = re.sub(
        r"^(?:Overall|In general|Generally|However|In some cases|In many cases|In most cases),? ", "", heading
    )
    if match := _DESPITE.match(text):
        first = [match["first"]] if _BETTER.search(match["first"]) else []
        return first + _clauses(match["rest"])
    if match := _DESPITE_AFTER.search(text):
        rest = [match["rest"]] if _BETTER.search(match["rest"]) else []
        return _clauses(text[: match.start()]) + rest
    if match := _OPENING.match(text):
        return [match["first"], *_clauses(match["rest"])]
    parts = [piece for part in _lexicon().contrast.split(text) for piece in _JOINT.split(part)]
    pieces = [piece for part in parts for piece in _turned(part)]
    return [piece for piece in pieces if piece.strip(" ,;:–—-")] or [text]


def _turned(part: str) -> list[str]:
    """A part in two where it praises and then finds fault: "clear at the top and confused below"."""
    match = _lexicon().flawed.search(part)
    if match and _lexicon().positive.search(part[: match.start()]):
        return [part[: match.start()], part[match.start() :]]
    return [part]


def _sign(clause: str) -> str:
    words = _lexicon()
    plain = words.benign.sub(" · ", words.eased.sub(" positive ", clause))
    if words.need.search(plain):
        return "negative"
    if words.worsened.search(plain) and not words.remedied.search(plain):
        return "negative"
    plain = words.remedied.sub(" positive ", plain)
    if words.negation.search(plain) or words.negative.search(plain):
        return "negative"
    if words.neutral.search(clause) and not words.positive.search(clause):
        return "neutral"
    return "positive"
