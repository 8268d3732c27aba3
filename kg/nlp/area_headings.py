"""Which lines open the section of an area.

The name of an area also stands in contents lists, in overviews ("Good / Investigating crime / …") and in
annexes. Of several lines that could open the section, one counts that a judgement, findings or boxes follow,
else the one with the most text before the next.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.nlp.lines import Line
from kg.nlp.wording import Words

_NEAR = 7
_TABLE = ("overview",)


def find_area_headings(lines: Sequence[Line], words: Words) -> tuple[dict[int, str], list[int]]:
    """Index of a line to the label of the area that it opens, and the indexes of all other area lines."""
    candidates = {at: area for at, line in enumerate(lines) if (area := _candidate(line, words))}
    tops = {at: role for at, line in enumerate(lines) if (role := _top(line, words))}
    scores = {at: _score(at, lines, candidates, tops, words) for at in candidates}
    chosen: dict[int, str] = {}
    for area in dict.fromkeys(candidates.values()):
        mine = [at for at in candidates if candidates[at] == area]
        best = max(mine, key=lambda at: (scores[at], -at))
        if scores[best] > (0, 0, 0):
            chosen[_first_of_run(best, mine, lines)] = area
            chosen[best] = area
    return chosen, [at for at in candidates if at not in chosen]


def _candidate(line: Line, words: Words) -> str | None:
    if line.is_item or line.kind == "row" or len(line.text) > 200:
        return None
    if not line.is_open and not line.text.endswith(("?", ":")):
        return None
    area, _ = words.area_heading(line.text)
    return area.label if area else None


def _top(line: Line, words: Words) -> str | None:
    role = words.role_of(line.text) if not line.is_item else None
    return role if role in ("overview", "summary", "annex") else None


def _first_of_run(best: int, mine: Sequence[int], lines: Sequence[Line]) -> int:
    """The first of directly successive lines that name the same area (a heading and its question)."""
    while best - 1 in mine:
        best -= 1
    return best


def _score(
    at: int, lines: Sequence[Line], candidates: dict[int, str], tops: dict[int, str], words: Words
) -> tuple[int, int, int]:
    """(followed by a judgement, findings or box; marked as a heading; characters of its own text)."""
    stop = next((other for other in range(at + 1, len(lines)) if _stops(at, other, candidates, tops)), len(lines))
    own = lines[at + 1 : stop]
    amount = sum(len(line.text) for line in own if not words.grade_line(line.text))
    region = next((tops[other] for other in range(at, -1, -1) if other in tops), None)
    strong = any(_speaks(line, words) for line in own[:_NEAR])
    if amount == 0 and not _leads_to_part(at, stop, candidates, words):
        return (0, 0, 0)
    if region in ("overview", "annex") and not strong and not _has_markup(lines, at):
        return (0, 0, 0)
    return (int(strong), int(lines[at].kind == "heading"), amount + 1)


def _has_markup(lines: Sequence[Line], at: int) -> bool:
    return lines[at].kind == "heading" and lines[at].level is not None and lines[at].level <= 2


def _stops(at: int, other: int, candidates: dict[int, str], tops: dict[int, str]) -> bool:
    return other in tops or (other in candidates and candidates[other] != candidates[at])


def _leads_to_part(at: int, stop: int, candidates: dict[int, str], words: Words) -> bool:
    """Whether a pillar's heading is directly followed by that of one of its areas."""
    inner = words.framework.area(candidates[stop]) if words.framework and stop in candidates else None
    return inner is not None and inner.broader == candidates[at]


def _speaks(line: Line, words: Words) -> bool:
    if words.role_of(line.text) == "main" or words.box_label(line.text) or words.lead_ins.fullmatch(line.text):
        return True
    return any(form.match(line.text) for form in words.judgement_forms)
