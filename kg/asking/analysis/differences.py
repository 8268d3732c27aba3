"""What two datasets say differently, for an editor who corrects a report or its analysis.

Reports are the same by their IRI. Statements of a report are paired by what stays when a text is corrected,
the surest sign first: all that is said; the IRI; the words in their section; the words alone; the words
but for their numbers; most of the words. Offsets are no sign and no difference, since one added word
moves all that follow. Each step looks up keys, so that time grows with the number of statements.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from dataclasses import asdict, dataclass
from heapq import nsmallest
from typing import Any

import pyoxigraph as ox

from kg.asking.analysis.reasons import place_of, wrapped
from kg.asking.analysis.statements import (
    REPORT_SLOTS,
    STATED,
    Reader,
    ReportStatements,
    Slots,
    Statement,
)
from kg.asking.results import Results
from kg.model.errors import CannotRead
from kg.model.terms import text_literal
from kg.model.text.comparing import content_stems, name_key
from kg.model.text.display import shortened
from kg.model.vocab import local_name

LIKE = 0.5
"""Least share of the words (of both together) that a reworded statement has in common with what it was."""
COMMON = 12
"""A word that more wordings have than this tells none of them apart; so many are looked at closely."""
QUOTE = 160
"""Characters of a quote that are shown in a terminal; JSON and CSV have all."""


@dataclass(frozen=True, slots=True)
class SlotChange:
    """A slot with what is said in it before and after, in words; None where nothing is."""

    slot: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that was ``added``, ``removed`` or ``changed``: ``before`` and ``after``, None where it is
    not there. ``slots`` has what changed, or all that an added or removed statement says."""

    change: str
    kind: str
    slots: tuple[SlotChange, ...]
    before: Statement | None
    after: Statement | None

    @property
    def shown(self) -> Statement:
        """The statement as it is, or as it was if it is gone."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class ReportDiff:
    """A report that was ``added``, ``removed`` or ``changed``.

    ``counts`` are the statements of an added or removed report by kind; they are not listed one by one.
    """

    change: str
    report: str
    id: str
    title: str
    slots: tuple[SlotChange, ...] = ()
    changes: tuple[Change, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Diff:
    """The reports that differ, by id, and how many are the same. True where there is any difference."""

    reports: tuple[ReportDiff, ...]
    same: int

    def __bool__(self) -> bool:
        return bool(self.reports)

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        reports = [asdict(report) | {"counts": dict(report.counts)} for report in self.reports]
        return {"same": self.same, "reports": reports}

    def results(self) -> Results:
        """A row for each slot that differs, and one for each report that was added or removed."""
        rows = [row for report in self.reports for row in _rows(report)]
        terms = tuple(tuple(text_literal(None if v is None else str(v)) for v in row) for row in rows)
        return Results(COLUMNS, terms)

    def __str__(self) -> str:
        return "\n".join(as_lines(self))


def find_differences(old: ox.Store, new: ox.Store) -> Diff:
    """What ``new`` says otherwise than ``old``. Raises CannotRead if one of them has no report."""
    readers = (Reader(old), Reader(new))
    before, after = (reader.reports() for reader in readers)
    for name, reports in (("old", before), ("new", after)):
        if not reports:
            raise CannotRead(f"the {name} dataset has no report: give the folder of a store or of exports")
    names = Names(readers)
    found = [_report_diff(before.get(iri), after.get(iri), names) for iri in sorted({*before, *after})]
    differ = sorted((report for report in found if report), key=lambda report: (report.id, report.report))
    return Diff(tuple(differ), len(found) - len(differ))


class Names:
    """The words for what slots hold: names of things, from the new dataset before the old."""

    def __init__(self, readers: tuple[Reader, Reader]) -> None:
        self._readers = readers
        self._known: dict[str, str] = {}

    def changed(self, properties: Iterable[str], old: Slots, new: Slots) -> tuple[SlotChange, ...]:
        """The slots that differ. Things of one name (an area of two frameworks) are told by their IRIs."""
        found = []
        for slot in properties:
            values = old.get(slot, ()), new.get(slot, ())
            if values[0] == values[1]:
                continue
            texts = [self._text(each) for each in values]
            if texts[0] == texts[1]:
                texts = ["; ".join(each) for each in values]
            found.append(SlotChange(slot.replace("_", " "), texts[0], texts[1]))
        return tuple(found)

    def _text(self, values: tuple[str, ...]) -> str | None:
        return "; ".join(map(self._name, values)) or None

    def _name(self, value: str) -> str:
        if not re.match(r"[a-z]+://", value):
            return value
        if value not in self._known:
            labels = (reader.label(value) for reader in reversed(self._readers))
            self._known[value] = next(filter(None, labels), local_name(value))
        return self._known[value]


def _report_diff(
    old: ReportStatements | None, new: ReportStatements | None, names: Names
) -> ReportDiff | None:
    """What differs in one report, or None."""
    if old is None or new is None:
        one, change = (new, "added") if old is None else (old, "removed")
        assert one is not None
        counted = Counter(statement.kind for statement in one.statements)
        counts = tuple((kind, counted[kind]) for kind in STATED if counted[kind])
        return ReportDiff(change, one.iri, one.id, one.title, counts=counts)
    slots = names.changed(REPORT_SLOTS, old.slots, new.slots)
    changes = _changes(old.statements, new.statements, names)
    return ReportDiff("changed", new.iri, new.id, new.title, slots, changes) if slots or changes else None


def _changes(old: Sequence[Statement], new: Sequence[Statement], names: Names) -> tuple[Change, ...]:
    """The changes of one report: kind by kind, each in the order of the text."""
    found = []
    for kind, (_, properties) in STATED.items():
        pairs, gone, come = align([s for s in old if s.kind == kind], [s for s in new if s.kind == kind])
        some = [Change("changed", kind, names.changed(properties, a.slots, b.slots), a, b) for a, b in pairs]
        some = [change for change in some if change.slots]
        some += [Change("removed", kind, names.changed(properties, s.slots, {}), s, None) for s in gone]
        some += [Change("added", kind, names.changed(properties, {}, s.slots), None, s) for s in come]
        found += sorted(some, key=lambda change: (change.shown.start, change.shown.end, change.change))
    return tuple(found)


# --- which statement is which ---------------------------------------------------------------------------

Pairs = list[tuple[Statement, Statement]]
Aligned = tuple[Pairs, list[Statement], list[Statement]]


def align(old: Sequence[Statement], new: Sequence[Statement]) -> Aligned:
    """Pairs of statements of one kind that are the same one, then those of ``old`` and of ``new`` without a
    partner. Both are in the order of the text, and so are those that a sign does not tell apart."""
    pairs: Pairs = []
    gone, come = list(old), list(new)
    for key in _KEYS:
        found, gone, come = _by_key(gone, come, key)
        pairs += found
    stayed = {_words(s) for s in gone} & {_words(s) for s in come}
    for step in (_by_key_without_numbers, _by_likeness):
        found, gone, come = step(gone, come, stayed)
        pairs += found
    return pairs, gone, come


def _words(statement: Statement) -> str:
    """The words by which a statement is known: the sentence of a figure, else a heading or the quote."""
    heading = statement.slots.get("heading", ("",))[0]
    return name_key(statement.sentence or heading or statement.quote)


def _place(statement: Statement) -> int | None:
    """Where a figure stands in its sentence."""
    return None if statement.sentence_start is None else statement.start - statement.sentence_start


def _said(statement: Statement) -> Hashable:
    return tuple(sorted(statement.slots.items()))


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+(?:[.,]\d+)*", "0", name_key(text))


def _judged(statement: Statement) -> Hashable:
    """A body is judged once in an area; of a grade for another area the words decide."""
    judged = statement.slots.get("area"), statement.slots.get("body")
    return judged if statement.kind == "judgement" and all(judged) else None


_KEYS: tuple[Callable[[Statement], Hashable], ...] = (
    lambda s: (_words(s), _place(s), s.section, _said(s)),
    lambda s: (_words(s), _place(s), _said(s)),
    lambda s: s.iri,
    _judged,
    lambda s: (_words(s), _place(s), s.section),
    lambda s: (_words(s), _place(s)),
    lambda s: (_words(s), s.end - s.start + (_place(s) or 0)) if s.kind == "figure" else None,
)
"""What two statements have in common that are one; the surest sign first. None is no sign."""


def _by_key(
    old: Sequence[Statement], new: Sequence[Statement], key: Callable[[Statement], Hashable]
) -> Aligned:
    waiting: dict[Hashable, deque[Statement]] = defaultdict(deque)
    for statement in new:
        waiting[key(statement)].append(statement)
    waiting.pop(None, None)
    pairs, gone = [], []
    for statement in old:
        partners = waiting.get(key(statement))
        if partners:
            pairs.append((statement, partners.popleft()))
        else:
            gone.append(statement)
    taken = {id(partner) for _, partner in pairs}
    return pairs, gone, [statement for statement in new if id(statement) not in taken]


def _by_key_without_numbers(old: Sequence[Statement], new: Sequence[Statement], stayed: Set[str]) -> Aligned:
    """Corrected numbers. Two figures of a sentence that stayed are two: their places in it would agree."""

    def key(statement: Statement) -> Hashable:
        words = _words(statement)
        same = not words or words in stayed
        return None if same else (_without_numbers(words), _without_numbers(statement.quote))

    return _by_key(old, new, key)


def _by_likeness(old: Sequence[Statement], new: Sequence[Statement], stayed: Set[str]) -> Aligned:
    """Reworded statements: wordings that share most of their words, the likest first. Figures of a
    reworded sentence are paired by their unit; those of one that stayed are told by their places in it."""
    before, after = _by_words(old), _by_words(new)
    stems = {words: content_stems(words) for words in (*before, *after)}
    having: dict[str, list[str]] = defaultdict(list)
    for words in after:
        for stem in stems[words]:
            having[stem].append(words)
    likest = []
    for place, words in enumerate(before):
        near = (having[stem] for stem in stems[words] if stem in having and len(having[stem]) <= COMMON)
        shared = Counter(other for others in near for other in others)
        for _, other in nsmallest(COMMON, ((-count, other) for other, count in shared.items())):
            like = len(stems[words] & stems[other]) / len(stems[words] | stems[other])
            if like >= LIKE and not {words, other} & stayed:
                likest.append((-like, place, words, other))
    pairs: Pairs = []
    used: set[tuple[str, str]] = set()
    for _, _, words, other in sorted(likest):
        if ("old", words) not in used and ("new", other) not in used:
            used |= {("old", words), ("new", other)}
            pairs += _by_key(before[words], after[other], lambda s: s.slots.get("unit", ()))[0]
    taken = {id(statement) for pair in pairs for statement in pair}
    return pairs, [s for s in old if id(s) not in taken], [s for s in new if id(s) not in taken]


def _by_words(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        found[_words(statement)].append(statement)
    return found


# --- in words -------------------------------------------------------------------------------------------

COLUMNS = (
    "change", "report", "title", "kind", "slot", "old", "new", "section", "quote", "start", "end", "oldQuote",
    "oldStart", "oldEnd", "statement",
)  # fmt: skip
"""Of the table: ``kind`` is “report” where the report itself differs; ``quote``, ``start`` and ``end`` are of
the statement as it is, ``oldQuote`` … as it was."""


def _rows(report: ReportDiff) -> list[tuple[object, ...]]:
    head = (report.id, report.title)
    nothing = (None,) * 7
    if report.change != "changed":
        return [(report.change, *head, "report", None, None, None, *nothing, report.report)]
    rows: list[tuple[object, ...]] = [
        ("changed", *head, "report", s.slot, s.old, s.new, *nothing, report.report) for s in report.slots
    ]
    for change in report.changes:
        now, was = change.after, change.before
        place = (change.shown.section, *_quoted(now), *_quoted(was), change.shown.iri)
        rows += [
            (change.change, *head, change.kind, s.slot, s.old, s.new, *place)
            for s in change.slots or _NO_SLOTS
        ]
    return rows


_NO_SLOTS = (SlotChange("", None, None),)
"""What a statement that came or went has where the data says nothing of it: a row all the same."""


def _quoted(statement: Statement | None) -> tuple[object, object, object]:
    return (None,) * 3 if statement is None else (statement.quote, statement.start, statement.end)


def as_lines(diff: Diff, width: int = 100) -> list[str]:
    """The differences as lines for a terminal: report by report, each statement with its words and place."""
    lines = []
    for report in diff.reports:
        lines += wrapped(f"{report.title} ({report.id}): {report.change}", width)
        if report.counts:
            told = ", ".join(f"{kind} {count}" for kind, count in report.counts)
            lines += wrapped(f"statements: {told}", width, "  ")
        for slot in report.slots:
            lines += _slot_lines("changed", slot, width, "  ")
        for change in report.changes:
            lines += _change_lines(change, width)
        lines.append("")
    counted = Counter(report.change for report in diff.reports)
    told = "".join(f", {counted[change]} {change}" for change in ("changed", "added", "removed"))
    return [*lines, f"reports: {diff.same} the same{told}"]


def _change_lines(change: Change, width: int) -> list[str]:
    lines = wrapped(f"{change.change} {change.kind}: {_words_and_place(change.shown)}", width, "  ", "    ")
    for slot in change.slots:
        if change.change != "changed" and change.shown.quote in (slot.old, slot.new):
            continue  # the heading or statement is the quote
        lines += _slot_lines(change.change, slot, width, "      ")
    if change.before and change.after and change.before.quote != change.after.quote:
        lines += wrapped(f"before: {_words_and_place(change.before)}", width, "      ", "        ")
    return lines


def _words_and_place(statement: Statement) -> str:
    quote = f"“{shortened(statement.quote, QUOTE)}” " if statement.quote else ""
    return f"{quote}({place_of(statement)})"


def _slot_lines(change: str, slot: SlotChange, width: int, indent: str) -> list[str]:
    old, new = (shortened(text or "nothing", QUOTE) for text in (slot.old, slot.new))
    said = {"added": new, "removed": old}.get(change, f"{old} → {new}")
    return wrapped(f"{slot.slot}: {said}", width, indent, indent + "  ")
