"""Boxed items: causes of concern with their recommendations, areas for improvement, practices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.model.records import Box, Notice, Span
from kg.model.text.sentences import find_sentences
from kg.nlp.document.lines import Line, bullet_of
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.box_items import Item, is_lead_in, leads_in, listed_items, status_behind
from kg.nlp.structure.box_labels import BoxLabel, area_behind, line_status
from kg.nlp.structure.box_tables import BoxRow, find_box_rows
from kg.nlp.structure.due import Due, due_of_heading, find_due
from kg.nlp.structure.in_box import asks
from kg.nlp.structure.inline_items import asks_by_a_day, listed_behind, with_inline_items
from kg.nlp.structure.issue_days import IssueDays
from kg.nlp.structure.need_sentences import states_need
from kg.nlp.structure.outline import Part

_FILE = "boxes"


@dataclass(frozen=True, slots=True)
class _Days:
    """What relative deadlines of one box count from: ISO days, or None where nothing tells them."""

    issued: str | None
    published: str | None

    def due(self, text: str) -> Due | None:
        return find_due(text, self.issued, self.published)

    def due_of_field(self, text: str) -> Due:
        """The deadline that a field gives ("31 March 2025"), or at least its wording."""
        found = self.due(f"by {text}") or self.due(text)
        return replace(found, text=text) if found else Due(None, text, False, "vague")


@dataclass(frozen=True, slots=True)
class _Boxed:
    """The lines of one boxed item, with its title and the offset where the item starts."""

    start: int
    title: Part | None
    parts: tuple[Part, ...]


def find_boxes(text: str, parts: Sequence[Part], words: Words, issue: IssueDays) -> tuple[Box, ...]:
    """All boxed items in the order of the text, a cause of concern before its recommendations."""
    boxed = [part for part in parts if part.box is not None]
    others = [part for part in parts if part.box is None]
    found = [
        _of_row(row, _Days(issue.of_box("", row.words[0].start, row.words[-1].end), issue.published))
        for row in find_box_rows(others, words, issue.published)
    ]
    for items in _unlabelled(others, words):
        days = _Days(issue.of_box("", items[0].start, items[-1].parts[-1].line.end), issue.published)
        found.extend(_Reader(text, words, days).recommendation(item, None, None) for item in items)
    before = 0
    for _, group in groupby(boxed, key=lambda part: part.box):
        members = list(group)
        first, last = members[0].line, members[-1].line
        days = _Days(issue.of_box(first.text, first.start, last.end, before), issue.published)
        found.extend(_Reader(text, words, days).boxes(members))
        before = last.end
    return tuple(sorted(found, key=lambda box: (box.start, -box.end)))


def undated(boxes: Sequence[Box]) -> tuple[Notice, ...]:
    """A notice for each deadline whose wording is kept and whose day can't be told."""
    notices = {}
    for box in boxes:
        if box.due is not None or box.due_text is None or box.due_text in notices:
            continue
        if pattern("due", "due.urgent").fullmatch(box.due_text) or due_of_heading(box.due_text):
            continue
        found = find_due(box.due_text, None)
        lacks_start = found is not None and found.lacks_start
        why = "the day that it counts from is not stated" if lacks_start else "no one day is given"
        said = f"the deadline “{box.due_text}” has no date: {why}"
        notices[box.due_text] = Notice("due-not-dated", said, box.start, box.end)
    return tuple(notices.values())


def _unlabelled(parts: Sequence[Part], words: Words) -> Iterator[list[Item]]:
    """Lists that no label announces, below a line that sets the inspected body a deadline: "Within three
    months, the force should:" (reports on child protection)."""
    for at, part in enumerate(parts):
        leads = part.role == "prose" and part.top not in ("annex", "overview", "summary")
        if not (leads and is_lead_in(part.line.text) and asks_by_a_day(part.line.text, words)):
            continue
        end = next((n for n in range(at + 1, len(parts)) if parts[n].role != "item"), len(parts))
        if items := list(listed_items(parts[at:end], words, labelled=False)):
            yield items


def _of_row(row: BoxRow, days: _Days) -> Box:
    """The item of one row of a table."""
    first, last = row.words[0], row.words[-1]
    box = Box(
        kind=row.kind,
        number=row.number,
        title=None,
        text=" ".join(cell.text for cell in row.words),
        due=None,
        area=row.area,
        start=first.start,
        end=last.end,
        status=row.status,
        composed=len(row.words) > 1,
    )
    return _with_due(box, days.due_of_field(row.due) if row.due else days.due(box.text))


class _Reader:
    """Makes the boxes of one label's lines."""

    def __init__(self, text: str, words: Words, days: _Days) -> None:
        self.text = text
        self.words = words
        self.days = days

    def boxes(self, parts: Sequence[Part]) -> Iterator[Box]:
        label = parts[0].label
        assert label is not None
        below = parts if parts[0].role == "box-title" else parts[1:]  # a box whose label is lost
        rest = [part for part in below if not pattern(_FILE, "none").match(part.line.text)]
        if not rest and len(parts) > 1:
            return  # "None identified."
        rows = list(find_box_rows(rest, self.words, self.days.published, label.kind))
        if rows:
            yield from (_of_row(row, self.days) for row in rows)
            return
        if label.kind in ("recommendation", "cause-of-concern"):
            rest = with_inline_items(rest, self.words)
        tracked = any(part.role == "box-field" for part in rest)
        if label.kind == "recommendation" and not tracked:
            yield from self._labelled_recommendations(parts[0], label, rest)
            return
        listed, below = _until_recommendations(rest)
        titled = any(part.role == "box-title" for part in listed)
        bulleted = any(part.role == "item" for part in listed) and not titled
        if bulleted and (label.plural or _first_text(listed).role == "item"):
            items = listed_items(listed, self.words, labelled=True)
            first = parts[0].line
            asking = first if first.text.lstrip(" #").casefold().startswith("what ") else None
            own = [self._listed(item, label, asking) for item in items]
            yield from own
            parent = (own[0].start, own[0].end) if len(own) == 1 else None
            yield from (self.recommendation(item, parent, None) for item in self._asked(below))
            return
        for boxed in _boxed(parts[0], rest, self.words, label.plural):
            yield from self._with_recommendations(boxed, label)

    def _labelled_recommendations(self, first: Part, label: BoxLabel, rest: list[Part]) -> Iterator[Box]:
        behind = listed_behind(first, self.words)
        items = list(listed_items([first, *behind, *rest], self.words, labelled=True))
        if label.rest is not None and not behind and not (items and leads_in(label)):
            at = first.line.start + label.rest_at
            due = self._own_due([label.rest])
            area = area_behind(label, self.words)
            if area is None or not items:
                box = Box(
                    "recommendation", label.number, None, label.rest, None, first.area, at, first.line.end
                )
                yield _with_due(box, due)
        heading = due_of_heading(self.text[first.line.start : first.line.end])
        for item in items:
            box = self.recommendation(item, None, label.number)
            if heading and box.due_text is None and box.lead_in is None:
                box = replace(_with_due(box, heading), lead_in=(first.line.start, first.line.end))
            yield box

    def _listed(self, item: Item, label: BoxLabel, asking: Line | None) -> Box:
        """An area for improvement, a practice or a cause of concern that is an item of a list. A label that
        asks ("What needs to improve?") leads it in; alone "The quality of plans" says nothing."""
        first, end = item.parts[0], item.parts[-1].line.end
        said = self.text[item.start : end]
        lead = self.days.due(item.lead.line.text) if item.lead else None
        own = pattern(_FILE, "item.number").match(first.line.text)
        box = Box(
            kind=label.kind,
            number=label.number or (own[1] if own else None),
            title=None,
            text=said,
            due=None,
            area=area_behind(label, self.words) or first.area,
            start=item.start,
            end=end,
            status=status_behind(said)[0],
            lead_in=item.lead_span or ((asking.start, asking.end) if asking else None),
        )
        return _with_due(box, lead or self._own_due([said]))

    def _with_recommendations(self, boxed: _Boxed, label: BoxLabel) -> Iterator[Box]:
        """A box of running text, then the recommendations in it."""
        end = boxed.parts[-1].line.end if boxed.parts else boxed.start + len(self._line_at(boxed.start))
        items: list[Item] = []
        if label.kind == "cause-of-concern":
            items = list(self._asked(boxed.parts))
        inner = [self.recommendation(item, (boxed.start, end), None) for item in items]
        area = area_behind(label, self.words)
        title = boxed.title.line.text if boxed.title else None
        if label.rest is not None and area is None:
            title = title or label.rest
        body = _body(boxed, items)
        said, composed = self._said(body)
        if not said and title is None and items:
            said = self.text[slice(*items[0].lead_span)] if items[0].lead_span else ""
        own = pattern(_FILE, "item.number").match(title or said)
        fields = [part.line.text for part in boxed.parts if part.role == "box-field"]
        box = Box(
            kind=label.kind,
            number=label.number or (own[1] if own else None),
            title=title,
            text=said or title or "",
            due=None,
            area=area or (boxed.parts[0].area if boxed.parts else None),
            start=boxed.start,
            end=end,
            status=next(filter(None, map(line_status, fields)), None),
            composed=composed,
        )
        due = self._due_of_fields(fields) or (None if inner else self._own_due(_texts(boxed)))
        yield _with_due(box, due) if due else _with_common_due(box, inner)
        yield from inner

    def _line_at(self, start: int) -> str:
        return self.text[start:].partition("\n")[0]

    def _said(self, body: Sequence[Part]) -> tuple[str, bool]:
        """The words of some lines, and whether others stood between them, which were left out."""
        if not body:
            return "", False
        begin = body[0].line.start + (bullet_of(body[0].line.text)[1] if body[0].role == "item" else 0)
        whole = self.text[begin : body[-1].line.end]
        joined = "\n".join([self.text[begin : body[0].line.end], *(part.line.text for part in body[1:])])
        same = whole.split() == joined.split()
        return (whole, False) if same else (joined, True)

    def _asked(self, parts: Sequence[Part]) -> Iterator[Item]:
        return listed_items(parts, self.words, labelled=False)

    def recommendation(self, item: Item, parent: Span | None, number: str | None) -> Box:
        said, status = item.words(self.text)
        lead = self.days.due(item.lead.line.text) if item.lead else None
        due = self.days.due(said if item.parts[0].role == "item" else _first_sentence(said)) or lead
        box = Box(
            kind="recommendation",
            number=number or item.number,
            title=None,
            text=said,
            due=None,
            area=item.parts[0].area,
            start=item.start,
            end=item.start + len(said),
            parent=parent,
            status=status,
            lead_in=item.lead_span,
        )
        own = due is not None and due.date is not None and due.kind in ("day", "month", "year", "within")
        return _with_due(box, due if own or lead is None or lead.date is None else lead)

    def _own_due(self, texts: Iterable[str]) -> Due | None:
        """The deadline that a box without recommendations sets where it asks ("By 31 March 2024, …")."""
        for said in texts:
            for start, end in find_sentences(said):
                sentence = said[start:end]
                item = sentence[:1].islower() or said is sentence or (start, end) == (0, len(said))
                if (item or states_need(sentence, self.words)) and (due := self.days.due(sentence)):
                    return due
        return None

    def _due_of_fields(self, fields: Sequence[str]) -> Due | None:
        """The deadline that a line of a tracker gives: "Due date: 31 March 2025"."""
        for text in fields:
            if match := pattern(_FILE, "field.due").match(text):
                return self.days.due_of_field(match["due"])
        return None


def _until_recommendations(parts: Sequence[Part]) -> tuple[Sequence[Part], Sequence[Part]]:
    """The lines above the label of the recommendations in a box, and those from it on."""
    at = next((at for at, part in enumerate(parts) if part.role == "box-label"), len(parts))
    return parts[:at], parts[at:]


def _first_text(parts: Sequence[Part]) -> Part:
    return next(part for part in parts if part.role not in ("topic", "box-field"))


def _boxed(label: Part, rest: list[Part], words: Words, plural: bool) -> Iterator[_Boxed]:
    """One boxed item for each title, or, below a plural label, for each asking paragraph; else a single one.

    The first has the label line.
    """
    titles = [at for at, part in enumerate(rest) if part.role == "box-title" and not _after_label(rest, at)]
    if titles:
        for nth, at in enumerate(titles):
            end = titles[nth + 1] if nth + 1 < len(titles) else len(rest)
            first = 0 if nth == 0 else at
            start = label.line.start if nth == 0 else rest[at].line.start
            yield _Boxed(start, rest[at], tuple(rest[first:end]))
    elif plural:
        starts = [
            at for at, part in enumerate(rest) if at == 0 or asks(_first_sentence(part.line.text), words)
        ]
        for nth, at in enumerate(starts):
            end = starts[nth + 1] if nth + 1 < len(starts) else len(rest)
            start = label.line.start if nth == 0 else rest[at].line.start
            yield _Boxed(start, None, tuple(rest[at:end]))
    else:
        yield _Boxed(label.line.start, None, tuple(rest))


def _after_label(rest: list[Part], at: int) -> bool:
    return at > 0 and rest[at - 1].role == "box-label"


def _first_sentence(text: str) -> str:
    start, end = find_sentences(text)[0]
    return text[start:end]


def _texts(boxed: _Boxed) -> list[str]:
    return [part.line.text[bullet_of(part.line.text)[1] :] for part in boxed.parts]


def _body(boxed: _Boxed, items: Sequence[Item]) -> list[Part]:
    """The lines that say what a box is about: without title, labels, fields and recommendations."""
    taken = {id(part) for item in items for part in item.parts}
    leads = [item.lead for item in items if item.lead is not None]
    taken |= {id(lead) for lead in leads if len(find_sentences(lead.line.text)) == 1}
    taken |= {id(boxed.title)} if boxed.title else set()
    return [part for part in boxed.parts if part.role in ("prose", "item", "row") and id(part) not in taken]


def _with_due(box: Box, due: Due | None) -> Box:
    if due is None:
        return box
    return replace(box, due=due.date, due_text=due.text, due_derived=due.derived)


def _with_common_due(box: Box, inner: Iterable[Box]) -> Box:
    """The box with the deadline of its recommendations, if those that have one share it: derived, as no words
    set it for the box."""
    timed = [rec for rec in inner if rec.due_text is not None]
    if len({(rec.due, rec.due or rec.due_text) for rec in timed}) != 1:
        return box
    return replace(box, due=timed[0].due, due_text=timed[0].due_text, due_derived=True)
