"""The items that the lines of a box hold: bullets with the lists inside them, and asking paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model.records import Span
from kg.model.text.sentences import find_sentences
from kg.nlp.document.lines import bullet_of
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import load_patterns, pattern
from kg.nlp.structure.box_labels import BoxLabel
from kg.nlp.structure.due import is_deadline
from kg.nlp.structure.in_box import asks
from kg.nlp.structure.inline_items import asks_by_a_day
from kg.nlp.structure.list_levels import list_levels
from kg.nlp.structure.outline import Part

_FILE = "boxes"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked for: its lines (the parts of a list inside it too) and the lead-in above.

    ``number`` is its own number or letter; ``lead`` the line that says who has to do it, and by when.
    """

    parts: tuple[Part, ...]
    number: str | None = None
    lead: Part | None = None

    @property
    def start(self) -> int:
        first = self.parts[0]
        return first.line.start + (bullet_of(first.line.text)[1] if first.role == "item" else 0)

    @property
    def lead_span(self) -> Span | None:
        """The words of the lead-in, without the bullet that it may have."""
        if self.lead is None:
            return None
        begin = bullet_of(self.lead.line.text)[1] if self.lead.role == "item" else 0
        if self.lead.label is not None:
            begin = self.lead.label.rest_at
        return self.lead.line.start + begin, self.lead.line.end

    def words(self, text: str) -> tuple[str, str | None]:
        """What the item says, without the status behind it and what joins it to the next; and that status."""
        said = text[self.start : self.parts[-1].line.end]
        if self.parts[0].role != "item":
            return said, None
        status, end = status_behind(said)
        return pattern(_FILE, "item.end").sub("", said[:end]), status


def status_behind(text: str) -> tuple[str | None, int]:
    """The status that stands behind the words of an item (open, closed, superseded), and where they end."""
    for form in load_patterns(_FILE):
        if form.role == "status" and (match := form.regex.search(text)):
            return form.value, match.start()
    return None, len(text)


def is_lead_in(text: str) -> bool:
    """Whether a line only says who has to act, and by when: what has to be done stands below it.

    >>> is_lead_in("By 30 June 2025, the force should:")
    True
    >>> is_lead_in("Leaders should make sure that practice reduces risk:")
    False
    """
    return pattern(_FILE, "lead-in").search(text) is not None


def leads_in(label: BoxLabel) -> bool:
    """Whether what stands behind a label leads in its list: "Recommendations: within a year, it should"."""
    return label.rest is not None and is_lead_in(label.rest.rstrip(" :") + ":")


def listed_items(parts: Sequence[Part], words: Words, labelled: bool) -> Iterator[Item]:
    """The items of a box in order: those of its lists, and each asking paragraph if ``labelled``.

    ``labelled`` says that a label announces items ("Recommendations"); without it only a list is one whose
    lead-in asks, and a paragraph that begins with a deadline.
    """
    lead: Part | None = None
    number: str | None = None
    asked = False
    at = 0
    while at < len(parts):
        part = parts[at]
        following = parts[at + 1] if at + 1 < len(parts) else None
        if part.role == "item":
            end = _end_of_list(parts, at, words)
            if labelled or lead is not None:
                yield from _of_list(parts[at:end], lead, number)
            at = end
            continue
        if part.role == "box-label":
            labelled, lead = True, part if part.label and leads_in(part.label) else None
            asked = False
            number = part.label.number if part.label else None
        elif part.role == "topic":
            lead = part if is_deadline(part.line.text) else None
        elif part.role in ("prose", "box-title"):
            said = part.line.text
            asking = asks(said, words) or pattern(_FILE, "recommending").search(said) is not None
            leading = asking or pattern(_FILE, "recommendations").search(said) is not None
            announces = leading and pattern(_FILE, "announcing").search(said) is not None
            grouped = following is not None and following.role == "topic" and announces
            if grouped or (following is not None and following.role == "item"):
                lead = part if leading or labelled else lead
            elif pattern(_FILE, "announcing.recommendations").search(said):
                labelled, lead = True, part  # a letter quotes them, each in a paragraph
            elif asked and not _asks_at_once(said, words):
                pass  # what a letter says of the recommendation that it quotes: how far it is met
            elif asking and (labelled or asks_by_a_day(said, words)):
                asked = True
                quoted = lead is not None and said.startswith(("‘", "“", "'", '"'))
                lead = lead if quoted else None
                yield Item((part,), number, lead)
        at += 1


def _asks_at_once(text: str, words: Words) -> bool:
    """Whether a paragraph asks in its first sentence."""
    start, end = find_sentences(text)[0]
    first = text[start:end]
    return asks(first, words) or pattern(_FILE, "recommending").search(first) is not None


def _end_of_list(parts: Sequence[Part], at: int, words: Words) -> int:
    """Where a list ends; a paragraph that asks for nothing goes on with the item before it."""
    while at < len(parts):
        part = parts[at]
        goes_on = (
            part.role == "prose" and not asks(part.line.text, words) and not part.line.text.endswith(":")
        )
        if part.role != "item" and not goes_on:
            break
        at += 1
    return at


def _of_list(parts: Sequence[Part], lead: Part | None, number: str | None) -> Iterator[Item]:
    """The items of one list; those below a lead-in that is an item itself take its place.

    ``number`` is that of the label above, "Recommendation 2", which counts for all of them.
    """
    marked = [part for part in parts if part.role == "item"]
    found = list_levels([part.line.text for part in marked], is_lead_in, [part.line.depth for part in marked])
    levels = dict(zip(map(id, marked), found, strict=True))
    for item in _at_level(parts, levels, 0, lead):
        yield replace(item, number=number) if number else item


def _at_level(parts: Sequence[Part], levels: dict[int, int], level: int, lead: Part | None) -> Iterator[Item]:
    starts = [at for at, part in enumerate(parts) if levels.get(id(part)) == level]
    for nth, at in enumerate(starts):
        end = starts[nth + 1] if nth + 1 < len(starts) else len(parts)
        own = parts[at:end]
        if len(own) > 1 and is_lead_in(own[0].line.text):
            yield from _at_level(own[1:], levels, level + 1, own[0])
        else:
            yield Item(tuple(own), bullet_of(own[0].line.text)[0], lead)
