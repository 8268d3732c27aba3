"""Boxed items: causes of concern with their recommendations, areas for improvement, practices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.model.records import Box, Notice, Span
from kg.model.text.sentences import find_sentences
from kg.nlp.document.lines import bullet_of
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import load_patterns, pattern
from kg.nlp.structure.due import Due, find_due
from kg.nlp.structure.issue_days import IssueDays
from kg.nlp.structure.need_sentences import states_need
from kg.nlp.structure.outline import Part

_FILE = "structure"


@dataclass(frozen=True, slots=True)
class _Item:
    """The lines of one boxed item, with its title and the offset where the item starts."""

    start: int
    title: Part | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Days:
    """What relative deadlines of one box count from: ISO days, or None where nothing tells them."""

    issued: str | None
    published: str | None

    def due(self, text: str) -> Due | None:
        return find_due(text, self.issued, self.published)


def find_boxes(text: str, parts: Sequence[Part], words: Words, issue: IssueDays) -> tuple[Box, ...]:
    """All boxed items in the order of the text, a cause of concern before its recommendations."""
    boxed = [part for part in parts if part.box is not None]
    found: list[Box] = []
    before = 0
    for _, group in groupby(boxed, key=lambda part: part.box):
        members = list(group)
        first, last = members[0].line, members[-1].line
        days = _Days(issue.of_box(first.text, first.start, last.end, before), issue.published)
        found.extend(_group(text, members, words, days))
        before = last.end
    return tuple(sorted(found, key=lambda box: (box.start, -box.end)))


def undated(boxes: Sequence[Box], issue: IssueDays) -> tuple[Notice, ...]:
    """A notice for each deadline whose wording is kept and whose day can't be told."""
    notices = {}
    for box in boxes:
        if box.due is not None or box.due_text is None or box.due_text in notices:
            continue
        if pattern("due", "due.urgent").fullmatch(box.due_text):
            continue
        quoted = (
            "the day of issue that it counts from is not stated" if issue.quotes else "no day can be told"
        )
        said = f"the deadline “{box.due_text}” has no date: {quoted}"
        notices[box.due_text] = Notice("due-not-dated", said, box.start, box.end)
    return tuple(notices.values())


def _group(text: str, parts: list[Part], words: Words, days: _Days) -> Iterator[Box]:
    label = words.box_label(parts[0].line.text)
    assert label is not None
    kind, number, plural = label
    if kind == "recommendation":
        yield from _recommendations(parts[1:], words, days, None, number)
        return
    for item in _items(parts, plural, words):
        yield from _box(text, item, kind, number, words, days)


def _items(parts: list[Part], plural: bool, words: Words) -> Iterator[_Item]:
    """One item for each title, bullet without a lead-in or asking paragraph; the first has the label line."""
    label, rest = parts[0], parts[1:]
    if not rest:
        return
    titles = [at for at, part in enumerate(rest) if part.role == "box-title" and not _after_label(rest, at)]
    if titles:
        for nth, at in enumerate(titles):
            end = titles[nth + 1] if nth + 1 < len(titles) else len(rest)
            first = 0 if nth == 0 else at
            yield _Item(
                label.line.start if nth == 0 else rest[at].line.start, rest[at], tuple(rest[first:end])
            )
    elif (plural and any(part.role == "item" for part in rest)) or rest[0].role == "item":
        yield from (_bullet_item(part) for part in rest if part.role == "item")
    elif plural:
        yield from _paragraph_items(label, rest, words)
    else:
        yield _Item(label.line.start, None, tuple(rest))


def _after_label(rest: list[Part], at: int) -> bool:
    return at > 0 and rest[at - 1].role == "box-label"


def _bullet_item(part: Part) -> _Item:
    return _Item(part.line.start + bullet_of(part.line.text)[1], None, (part,))


def _paragraph_items(label: Part, rest: list[Part], words: Words) -> Iterator[_Item]:
    starts = [at for at, part in enumerate(rest) if at == 0 or states_need(_first_sentence(part), words)]
    for nth, at in enumerate(starts):
        end = starts[nth + 1] if nth + 1 < len(starts) else len(rest)
        start = label.line.start if nth == 0 else rest[at].line.start
        yield _Item(start, None, tuple(rest[at:end]))


def _first_sentence(part: Part) -> str:
    return re.split(r"(?<=[.!?]) (?=[A-Z])", part.line.text, maxsplit=1)[0]


def _box(text: str, item: _Item, kind: str, number: str | None, words: Words, days: _Days) -> Iterator[Box]:
    first, last = item.parts[0], item.parts[-1]
    words_start = first.line.start + (bullet_of(first.line.text)[1] if first.role == "item" else 0)
    end = last.line.end
    title = item.title.line.text if item.title else None
    span = (item.start, end)
    inner = list(_recommendations(item.parts, words, days, span)) if kind == "cause-of-concern" else []
    due = _own_due(item, words, days) if not inner else None
    own_number = pattern(_FILE, "item.number").match(title or first.line.text)
    box = Box(
        kind=kind,
        number=number or (own_number[1] if own_number else None),
        title=title,
        text=text[words_start:end],
        due=due.date if due else None,
        area=first.area,
        start=item.start,
        end=end,
        due_text=due.text if due else None,
        due_derived=bool(due and due.derived),
        status=_status(last.line.text)[0] if first.role == "item" else None,
    )
    yield _with_common_due(box, inner)
    yield from inner


def _with_common_due(box: Box, inner: Iterable[Box]) -> Box:
    """The box with the deadline of its recommendations, if those that have one share it."""
    timed = [rec for rec in inner if rec.due_text is not None]
    if len({rec.due for rec in timed}) != 1:
        return box
    return replace(box, due=timed[0].due, due_text=timed[0].due_text, due_derived=timed[0].due_derived)


def _own_due(item: _Item, words: Words, days: _Days) -> Due | None:
    """The deadline that an item without recommendations sets where it asks ("By 31 March 2024, …")."""
    for part in item.parts:
        said = part.line.text[bullet_of(part.line.text)[1] :]
        for start, end in find_sentences(said):
            asks = part.role == "item" or states_need(said[start:end], words)
            if asks and (due := days.due(said[start:end])):
                return due
    return None


def _recommendations(
    parts: Iterable[Part], words: Words, days: _Days, parent: Span | None, number: str | None = None
) -> Iterator[Box]:
    """Each bullet after a lead-in that asks, and each asking paragraph after the recommendations' label."""
    lead: Part | None = None
    due: Due | None = None
    labelled = parent is None
    for part, following in _pairs(parts):
        if part.role == "box-label":
            label = words.box_label(part.line.text)
            labelled, number, lead, due = True, label[1] if label else None, None, None
        elif part.role == "item" and (labelled or lead is not None):
            yield _recommendation(part, due, days, parent, number)
        elif part.role in ("prose", "box-title"):
            said = part.line.text
            asks = states_need(said, words) or pattern(_FILE, "recommending").search(said) is not None
            leads = following is not None and following.role == "item"
            if leads and (asks or labelled):
                lead, due = part, days.due(part.line.text)
            elif not leads and asks and labelled:
                lead = None
                yield _recommendation(part, days.due(_first_sentence(part)), days, parent, number)


def _pairs(parts: Iterable[Part]) -> Iterator[tuple[Part, Part | None]]:
    listed = list(parts)
    return zip(listed, [*listed[1:], None], strict=True)


def _recommendation(part: Part, due: Due | None, days: _Days, parent: Span | None, number: str | None) -> Box:
    line = part.line
    mark, begin = bullet_of(line.text) if part.role == "item" else (None, 0)
    status, end = _status(line.text)
    words = line.text
    if part.role == "item":
        words = pattern(_FILE, "item.end").sub("", words[begin : max(begin, end)])
    own = days.due(words) if due is None or due.date is None else None
    due = own or due
    return Box(
        kind="recommendation",
        number=number or mark,
        title=None,
        text=words,
        due=due.date if due else None,
        area=part.area,
        start=line.start + begin,
        end=line.start + begin + len(words),
        due_text=due.text if due else None,
        due_derived=bool(due and due.derived),
        parent=parent,
        status=status,
    )


def _status(text: str) -> tuple[str | None, int]:
    """The status that stands behind the words of an item (open, closed, superseded), and where they end."""
    for form in load_patterns(_FILE):
        if form.role == "status" and (match := form.regex.search(text)):
            return form.value, match.start()
    return None, len(text)
