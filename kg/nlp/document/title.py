"""The title of a report: a heading, else a line near the start that has the form of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from kg.model.frameworks import Framework
from kg.model.text.comparing import without_punctuation
from kg.nlp.document.framework import count_names
from kg.nlp.document.lines import HEAD, Line
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import compiled, pattern, word_set

_OPENING = 8
"""Lines among which a page has its short title: "Skip to content", a notice and then "Norfolk 2016"."""


def title_forms(words: Words, body: str | None = None) -> list[re.Pattern[str]]:
    """The forms of a title, with the form of a name in the slot of the body (default: all that are known)."""
    body = body or "(?:" + "|".join(words.wording.body_patterns or (r"(?!)",)) + ")"
    return [compiled(form.replace("{body}", f"(?P<body>{body})", 1)) for form in words.wording.title_patterns]


def find_title(lines: Sequence[Line], words: Words, frameworks: Sequence[Framework]) -> Line | None:
    """The line that is the title: a heading of level 1, else an early line that has the form of one."""
    for line in lines[: HEAD * 2]:
        if line.kind == "heading" and line.level == 1 and words.role_of(line.text) is None:
            return line
    for line in lines[:_OPENING]:
        if is_short_title(line.text):
            return line
    opening = list(takewhile(lambda line: _may_be_title(line, words), lines[:5]))
    for line in opening:
        first = line is lines[0] and (
            any(count_names(framework, line.text) for framework in frameworks)
            or any(compiled(form).search(line.text) for form in words.wording.programme_patterns)
        )
        if first or any(form.fullmatch(line.text) for form in title_forms(words)):
            return line
    forms = [pattern("document", rule) for rule in ("title-place", "title-words")]
    return next((line for line in opening[:1] if any(form.fullmatch(line.text) for form in forms)), None)


def _may_be_title(line: Line, words: Words) -> bool:
    return words.role_of(line.text) is None and line.is_open and len(line.text) <= 200


def is_short_title(text: str) -> bool:
    """Whether a text is the name of a place and a year or cycle, and no more.

    >>> is_short_title("Norfolk 2016"), is_short_title("Norfolk PEEL 2018"), is_short_title("May 2016")
    (True, True, False)
    """
    match = pattern("document", "place-and-year").fullmatch(text)
    return match is not None and word_set("document", "not-places").isdisjoint(match["place"].lower().split())


def find_title_in_letter(lines: Sequence[Line], words: Words, frameworks: Sequence[Framework]) -> Line | None:
    """A line near the start of a letter that names its framework as a title would."""
    for line in lines[: HEAD * 2]:
        named = line.is_open and len(line.text) < 200 and not line.is_item and line.kind != "row"
        if named and words.role_of(line.text) is None and any(count_names(f, line.text) for f in frameworks):
            return line
    return None


def full_title(title: Line, lines: Sequence[Line], words: Words) -> str:
    """The title line, and the one below where the first is the name of the body and no more."""
    below = lines[lines.index(title) + 1 :][:1]
    alone = without_punctuation(title.text) in map(without_punctuation, words.names)
    if alone and below and words.framework and count_names(words.framework, below[0].text):
        return f"{title.text}: {below[0].text}"
    return title.text
