"""Events: what a report says to have begun, ended or changed at a stated time.

"In April 2023, the force introduced a new operating model": a verb of beginning, ending or changing, in a
clause that asserts it, with a day, month or year that is bound to the verb. Anything less is none: a plan, a
condition, a span of time in which something was counted ("in 2022/23 it closed 412 cases").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from kg.model.iris import period_bounds
from kg.model.records import Event, Extraction, Mention, Span
from kg.model.text.sentences import find_sentences
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "events"
_CLAUSE_END = re.compile(r"[;:.,–—()]")
_LONGEST = 366
"""Days: what lasts longer is a span that things are counted in, no time at which one begins."""


def find_events(extraction: Extraction) -> list[Event]:
    """The events of a report, in the order of the text; at most one of each verb and date."""
    text = extraction.report.text
    sentences = find_sentences(text)
    starts = [start for start, _ in sentences]
    figures = sorted(figure.start for figure in extraction.figures)
    headings = {(section.start, section.start + len(section.title)) for section in extraction.sections}
    found: list[Event] = []
    for mention in extraction.mentions:
        if mention.label != "PERIOD" or mention.nominal or not _is_point(mention):
            continue
        at = bisect_left(starts, mention.start + 1) - 1
        if at >= 0 and mention.end <= sentences[at][1] and sentences[at] not in headings:
            found += _of_date(text, sentences[at], mention, figures)
    return sorted(found, key=lambda event: (event.start, event.verb, event.time))


def _is_point(mention: Mention) -> bool:
    """Whether a period is a day, a month, a season or a year as one names the time of an event."""
    begin, end = period_bounds(mention.entity or "")
    if begin is None or end is None:
        return False
    try:
        days = (date.fromisoformat(end) - date.fromisoformat(begin)).days
    except ValueError:
        return False
    return days < _LONGEST and pattern(_FILE, "span").search(mention.text) is None


_FAR = 1000
"""Characters before a date and behind it in which its verb may stand: a line of dates is one sentence."""


def _of_date(text: str, sentence: Span, mention: Mention, figures: Sequence[int]) -> Iterator[Event]:
    """The event that a date of a sentence is the time of: of the nearest verb before it that it is bound to,
    or, where it opens the sentence, of the first verb behind it."""
    start, end = sentence
    before = text[max(start, mention.start - _FAR) : mention.start]
    after = text[mention.end : min(end, mention.end + _FAR)]
    start = mention.start - len(before)
    for verb, value in _verbs(before, reverse=True):
        gap = before[verb.end() :]
        if pattern(_FILE, "bound").fullmatch(gap) and not _counts(figures, start + verb.end(), mention.start):
            if _is_told(before[: verb.start()]):
                yield _event(sentence, (start + verb.start(), start + verb.end()), mention, value)
            return
    if start == sentence[0] and pattern(_FILE, "opens").fullmatch(before) and after.startswith(","):
        for verb, value in _verbs(after, reverse=False):
            subject, behind = after[1 : verb.start()], mention.end + verb.end()
            until = behind + len(_CLAUSE_END.split(text[behind:end])[0])
            simple = pattern(_FILE, "subject").fullmatch(subject)
            if simple and _is_told(subject) and not _counts(figures, mention.end, until):
                yield _event(sentence, (mention.end + verb.start(), behind), mention, value)
            return


def _verbs(words: str, *, reverse: bool) -> list[tuple[re.Match[str], str]]:
    """The verbs of a stretch of text, each with its kind of event."""
    found = [
        (match, form.value)
        for form in load_patterns(_FILE)
        if form.value
        for match in form.regex.finditer(words)
    ]
    return sorted(found, key=lambda one: one[0].start(), reverse=reverse)


def _is_told(before: str) -> bool:
    """Whether the words before a verb, back to the last clause, say that it did happen."""
    clause = _CLAUSE_END.split(before)[-1]
    return pattern(_FILE, "not-told").search(clause) is None and pattern(_FILE, "noun").search(clause) is None


def _counts(figures: Sequence[int], start: int, end: int) -> bool:
    """Whether a figure stands between two positions: then the time is that of what was counted."""
    at = bisect_left(figures, start)
    return at < len(figures) and figures[at] < end


def _event(sentence: Span, verb: Span, mention: Mention, value: str) -> Event:
    return Event(value, *sentence, verb, (mention.start, mention.end), mention.entity or "")
