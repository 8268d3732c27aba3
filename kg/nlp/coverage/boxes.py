"""What reports ask for and are concerned about, by its form: labels of boxes, lists of demands, concerns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from kg.model.frameworks import load_frameworks
from kg.model.records import Span
from kg.nlp.coverage.sight import Found, Sight, plain, spans_of
from kg.nlp.document.lines import bullet_of
from kg.nlp.rules.pattern_files import compiled, pattern

_FILE = "coverage-boxes"
_AREA = 2
"""The level of the sections of areas."""
_NEAR = 3
"""Lines from a label to the words that it labels."""
_OPENS = re.compile(r"[\s ]*(?:[•●○◦▪■□‣∙·–—*-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+")


def find_boxes(sight: Sight) -> Found:
    """Lines with the label of a box, headings in the place of boxes, and items of a list of demands, captured
    where a box holds them.

    An item is captured by a recommendation that it is in, or by another box that begins above its list; by a
    need, where no box is near.
    """
    return sorted({*_labels(sight), *_items(sight), *_above_main_findings(sight)})


def _above_main_findings(sight: Sight) -> Iterator[tuple[Span, bool]]:
    """Headings of findings above "Main findings" in the section of an area: boxes stand there, and web text
    may have lost the label of one."""
    titles = {plain(title) for title in sight.framework.wording.main_headings} if sight.framework else set()
    mains = [start for start, end in sight.lines if plain(sight.words((start, end))) in titles]
    areas = [section for section in sight.extraction.sections if section.area and section.level == _AREA]
    headings = sorted((finding.start, finding.end) for finding in sight.extraction.findings)
    for area in areas:
        at = bisect_left(mains, area.start)
        if at < len(mains) and mains[at] < area.end:
            first, last = bisect_left(headings, (area.start, 0)), bisect_left(headings, (mains[at], 0))
            yield from ((heading, False) for heading in headings[first:last])


def _labels(sight: Sight) -> Iterator[tuple[Span, bool]]:
    starts = {sight.line_at(box.start) for box in sight.extraction.boxes}
    inside = sight.cover((box.start, box.end) for box in sight.extraction.boxes)
    for at, line in enumerate(sight.lines):
        label = _label().match(sight.words(line))
        if label is None or not _is_followed(sight, at):
            continue
        near = any(other in starts for other in range(at, at + _NEAR + 1))
        titled = inside.touches(*line) and at not in starts and _is_plural(sight.words(line))
        yield line, near or titled


def _is_plural(words: str) -> bool:
    return words.split(":")[0].rstrip().lower().startswith(("recommendations", "areas", "causes"))


def _is_followed(sight: Sight, at: int) -> bool:
    """Whether a label stands above words of its own: no entry of a list of contents, no link."""
    if at + 1 == len(sight.lines):
        return False
    following = sight.words(sight.lines[at + 1])
    if _label().match(following):
        return False
    return len(following) > 40 or following.endswith((".", ":", ";")) or bullet_of(following)[1] > 0


@cache
def _label() -> re.Pattern[str]:
    """A line that is the label of a box in any framework, with its number or what it is about."""
    names = {label for framework in load_frameworks() for box in framework.boxes for label in box.labels}
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return compiled(rf"(?:{either})(?: \d{{1,3}})?(?:\s*[:–—-]\s.{{3,120}}|\s*:)?(?<![.!?])\Z", re.IGNORECASE)


def _items(sight: Sight) -> Iterator[tuple[Span, bool]]:
    """The items of each list that a demand ("… should:") leads in, or that stands below a plural label.

    Where one item of a list is a recommendation, or the list stands below a label of recommendations or in a
    cause of concern, each has to be one; elsewhere a need that holds the lead-in is enough.
    """
    found = sight.extraction
    asked = sight.cover(spans_of(b for b in found.boxes if b.kind == "recommendation"))
    others = sight.cover(
        spans_of(b for b in found.boxes if b.kind not in ("recommendation", "cause-of-concern"))
    )
    causes = sight.cover(spans_of(b for b in found.boxes if b.kind == "cause-of-concern"))
    needed = sight.cover(spans_of(found.needs))
    for lead, items in _lists(sight):
        held = [asked.touches(*item) or others.touches(*item) for item in items]
        strict = any(held) or causes.touches(*lead) or _label().match(sight.words(lead)) is not None
        in_need = not strict and needed.touches(*lead)
        yield from ((item, in_need or one) for item, one in zip(items, held, strict=True))


def _lists(sight: Sight) -> Iterator[tuple[Span, list[Span]]]:
    """Each lead-in or plural label with the items below it: list items, or demands in lines of their own."""
    lead: Span | None = None
    items: list[Span] = []
    for line in sight.lines:
        words = sight.words(line)
        item = sight.kind(line[0]) == "list-item" or _OPENS.match(words) is not None
        leads = not item and pattern(_FILE, "demand.lead").search(words) is not None
        demand = lead is not None and _is_label(sight, lead) and _DEMANDS.match(words) and not leads
        if lead is not None and (item or demand):
            items.append(line)
            continue
        if lead is not None and items:
            yield lead, items
        leads = leads or (_is_label(sight, line) and _is_plural(words))
        lead, items = (line if leads else None), []
    if lead is not None and items:
        yield lead, items


_DEMANDS = re.compile(r"(?:The|[A-Z][\w’]+)\b[^.:]{0,60}?\b(?:should|must|needs? to)\b")


def _is_label(sight: Sight, line: Span) -> bool:
    return _label().match(sight.words(line)) is not None


def find_concerns(sight: Sight) -> Found:
    """Statements that somebody who inspects is concerned, each captured where a concern stands in it.

    A sentence may make several ("I have concerns about …, and I am troubled by …"): each goes on to the next.
    """
    found = sight.extraction
    cover = sight.cover(spans_of(found.concerns, found.boxes))
    told: list[tuple[Span, bool]] = []
    for start, end in sight.sentences:
        starts = [
            start + m.start() for m in pattern(_FILE, "concern.stated").finditer(sight.words((start, end)))
        ]
        pieces = pairwise([start, *starts[1:], end]) if starts else ()
        told += [(piece, cover.touches(*piece)) for piece in pieces]
    return told


def find_needs(sight: Sight) -> Found:
    """Sentences that say what the inspected body has to do, captured where a need or box stands in them."""
    found = sight.extraction
    cover = sight.cover(spans_of(found.needs, found.boxes))
    marked, known = pattern(_FILE, "need.stated"), pattern(_FILE, "need.known")
    found_needs = ((span, sight.words(span).replace("'", "’")) for span in sight.sentences)
    return [(span, cover.touches(*span)) for span, said in found_needs if marked.search(known.sub("·", said))]
