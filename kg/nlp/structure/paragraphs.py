"""Findings that have no heading: paragraphs and bullets that state what was found.

Ofsted numbers the paragraphs of a report through, and each below an area is a finding. Where nothing is
numbered, those paragraphs and bullets are that stand below a heading which says that findings follow
("Inspection findings", "Key strengths"), and the bullets directly below the heading of an area.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from itertools import groupby

from kg.model.text.headings import is_open
from kg.model.text.sentences import find_sentences
from kg.nlp.document.lines import bullet_of
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import pattern
from kg.nlp.structure.clauses import is_sentence_like
from kg.nlp.structure.outline import HEADINGS, Part

_SHORT = 14
"""Words of a numbered line that is no paragraph if it ends open: an entry of a contents list, a heading."""
_FEWEST = 3
"""Bullets below an area’s heading that are its findings; fewer may be anything."""


def find_paragraphs(parts: Sequence[Part], taken: Collection[int], words: Words) -> list[list[int]]:
    """The indexes of the parts of each finding without a heading: the one that states it, and those that
    belong to it. ``taken`` are parts of findings with headings: where there are any, all have headings."""
    numbered = _numbered(parts, taken)
    if taken:
        return numbered
    claimed = {at for finding in numbered for at in finding}
    return [*numbered, *_unnumbered(parts, claimed, words)]


def gives_reasons(part: Part) -> bool:
    """Whether a line grades and leads to its reasons: "The board requires improvement because:"."""
    return pattern("structure", "findings.reasons").search(part.line.text) is not None


def first_sentence(text: str) -> tuple[int, int]:
    """Where the first sentence of a paragraph begins and ends, without its number or bullet."""
    begin = bullet_of(text)[1]
    start, end = find_sentences(text[begin:])[0]
    return begin + start, begin + end


# Paragraphs that are numbered through.


def _numbered(parts: Sequence[Part], taken: Collection[int]) -> list[list[int]]:
    """Each numbered paragraph of an area with its list, and what goes on without a number before the next."""
    found: list[list[int]] = []
    for at, part in enumerate(parts):
        if at in taken or not _in_area(part) or part.role != "prose" or not part.line.numbered:
            continue
        if part.line.text.endswith("?") or (part.line.is_open and len(part.line.text.split()) <= _SHORT):
            continue
        found.append([at])
        loose: list[int] = []
        for after in range(at + 1, len(parts)):
            if not _in_area(parts[after]) or parts[after].line.numbered:
                break
            if parts[after].role == "prose":
                loose.append(after)
            elif parts[after].role in ("item", "row"):
                (loose if loose else found[-1]).append(after)
            elif parts[after].role not in ("caption", "furniture"):
                break
        found += _without_number(parts, at, loose, found[-1])
    return [finding for group in found for finding in _reasons(parts, group)]


def _reasons(parts: Sequence[Part], group: list[int]) -> list[list[int]]:
    """A paragraph with its list; or each item, where the paragraph only grades and leads to its reasons."""
    if not gives_reasons(parts[group[0]]):
        return [group]
    return [[at] for at in group[1:] if parts[at].role == "item"]


def _in_area(part: Part) -> bool:
    return part.box is None and part.top == "area" and part.area is not None


def _without_number(
    parts: Sequence[Part], at: int, loose: Sequence[int], before: list[int]
) -> Iterator[list[int]]:
    """Findings of paragraphs that have lost their number, as the next number shows: with 45 before 47 the one
    between is 46. If no number is lost they go on with the paragraph ``before``, unless no number comes after
    them: there the report has ended and its imprint begins."""
    number = _number(parts[at])
    following = next((_number(part) for part in parts[at + 1 :] if part.line.numbered), None)
    prose = [n for n in loose if parts[n].role == "prose"]
    if number is None or following is None or not prose:
        return
    lost = following - number - 1
    if lost <= 0:
        before += loose
        return
    firsts = prose if lost == len(prose) else prose[:1]
    for nth, first in enumerate(firsts):
        end = firsts[nth + 1] if nth + 1 < len(firsts) else loose[-1] + 1
        yield [n for n in loose if first <= n < end]


def _number(part: Part) -> int | None:
    number = bullet_of(part.line.text)[0]
    return int(number) if number and number.isdigit() else None


# Paragraphs and bullets without numbers.


def _unnumbered(parts: Sequence[Part], claimed: Set[int], words: Words) -> Iterator[list[int]]:
    done = {parts[at].area for at in claimed}
    announced = {part.area for part in parts if part.role in HEADINGS and _announces(part)}
    for heading, below in _blocks(parts):
        if heading is None or (heading.area is not None and heading.area in done):
            continue
        found = [finding for finding in _stated(parts, below, words) if claimed.isdisjoint(finding)]
        if _announces(heading):
            yield from found
        elif heading.role == "area" and heading.area not in announced:
            bullets = [finding for finding in found if parts[finding[0]].role == "item"]
            yield from bullets if len(bullets) >= _FEWEST else []


def _blocks(parts: Sequence[Part]) -> Iterator[tuple[Part | None, list[int]]]:
    """Each heading with the indexes of the lines up to the next; a heading below one that says that findings
    follow goes on with it."""
    heads: list[int | None] = []
    head: int | None = None
    begun = False  # what stands before the first paragraph are titles
    for at, part in enumerate(parts):
        begun = begun or part.role in ("prose", "item")
        if part.role in HEADINGS and not (head is not None and _is_below(part, parts[head])):
            head = at if begun or part.role == "area" else None
        elif part.role == "box-label":
            head = None
        heads.append(head)
    for opened, group in groupby(range(len(parts)), key=lambda at: heads[at]):
        yield (None if opened is None else parts[opened]), [at for at in group if at != opened]


def _is_below(part: Part, head: Part) -> bool:
    """Whether a heading parts the findings that the one above it announces."""
    inner = part.line.level is None or head.line.level is None or part.line.level > head.line.level
    example = pattern("structure", "findings.example").search(part.line.text) is not None
    return part.role == "topic" and _announces(head) and inner and not example


def _announces(part: Part) -> bool:
    """Whether a heading says that findings follow; below "Main findings" of HMICFRS each has its heading."""
    return part.role != "main" and pattern("structure", "findings.heading").search(part.line.text) is not None


def _stated(parts: Sequence[Part], below: Sequence[int], words: Words) -> Iterator[list[int]]:
    """Paragraphs and bullets that state something, each with the list that it leads into."""
    led: list[int] | None = None
    for at in below:
        part = parts[at]
        if part.role not in ("prose", "item") or part.box is not None:
            led = None
        elif part.role == "item" and led is not None:
            led.append(at)
        else:
            if led is not None:
                yield led
            led = None
            finding = [at] if _states(part, words) else None
            if finding and part.line.text.endswith(":"):
                led = finding
            elif finding:
                yield finding
    if led is not None:
        yield led


def _states(part: Part, words: Words) -> bool:
    """Whether a paragraph or bullet states what was found; a judgement sentence grades, as what leads to its
    reasons does, and a paragraph that ends open is a fragment."""
    text = part.line.text
    if any(form.match(text) for form in words.judgement_forms) or (part.role == "prose" and is_open(text)):
        return False
    if gives_reasons(part):
        return False
    start, end = first_sentence(text)
    return is_sentence_like(text[start:end])
