"""The day on which recommendations were issued, from which "within 28 days" counts.

A report issues its own: they count from its publication. A letter that revisits a body quotes those of an
earlier document ("On 4 July 2023, we issued the cause of concern and made the following recommendations"):
they count from the day that it names, and if it names none, or several, nothing tells.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.model.records import Report
from kg.model.text.sentences import find_sentences
from kg.nlp.document.lines import HEAD
from kg.nlp.periods.dates import date_in
from kg.nlp.rules.pattern_files import load_patterns, pattern
from kg.nlp.structure.outline import Part

_FILE = "due"


class IssueDays:
    """Which day the boxes of one report were issued on; ``graded`` reports issue their own.

    ``quotes`` says whether the report quotes what an earlier document issued.
    """

    def __init__(self, parts: Sequence[Part], report: Report, graded: bool) -> None:
        day = report.published if report.published and len(report.published) == len("2018-05-01") else None
        self.published = day  # from a month alone no deadline can be counted
        self.stated = tuple(_statements(parts))
        earlier = bool(self.stated) or _says(parts, "issued-before") or _follows_up(parts, report.title)
        self.quotes = not graded and earlier and not (not self.stated and _says(parts, "issues-now"))

    def of_box(self, label: str, start: int, end: int, after: int = 0) -> str | None:
        """The ISO day on which the box with this label and span was issued; None if that can't be told.

        The box itself may state it; else, in a document that quotes, the text before it does: of several
        days those between ``after``, the end of the box before, and ``start`` are asked first.
        """
        if pattern(_FILE, "new-label").match(label):
            return self.published
        for since, until in ((start, end), (after, start), (0, start)):
            days = {day for offset, day in self.stated if since <= offset < until}
            if days:
                return days.pop() if len(days) == 1 else None
            if not self.quotes:
                return self.published
        return None


def _statements(parts: Sequence[Part]) -> list[tuple[int, str]]:
    """(offset, ISO day) of each sentence that says when causes of concern or recommendations were issued."""
    found = []
    for part in parts:
        # The whole line: "We published our report on 15 February 2024. It made nine recommendations."
        about = pattern(_FILE, "issued.about").search(part.line.text)
        if about is None or part.role not in ("prose", "item", "lead-in"):
            continue
        for start, end in find_sentences(part.line.text):
            sentence = part.line.text[start:end]
            for form in load_patterns(_FILE):
                match = form.regex.search(sentence) if form.role == "issued" else None
                if match and (day := date_in(match["day"])):
                    found.append((part.line.start + start, day))
                    break
    return found


def _follows_up(parts: Sequence[Part], title: str | None) -> bool:
    heads = [part.line.text for part in parts[:HEAD] if len(part.line.text) < 120]
    heads += [part.line.text for part in parts if part.line.kind == "heading"]
    return any(pattern(_FILE, "follows-up").search(text) for text in (title or "", *heads))


def _says(parts: Sequence[Part], rule: str) -> bool:
    said = (part.line.text for part in parts if part.role in ("prose", "lead-in"))
    return any(pattern(_FILE, rule).search(text) for text in said)
