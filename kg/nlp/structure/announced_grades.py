"""What a report announces of its grades, and a warning where fewer were read."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model.records import Notice
from kg.model.text.numbers import find_numbers
from kg.nlp.document.lines import Line
from kg.nlp.rules.pattern_files import pattern


def _announced(lines: Sequence[Line]) -> tuple[int, Line] | None:
    """How many areas the report says that it grades, and the line that says so first."""
    for line in lines:
        match = pattern("structure", "announced-grades").search(line.text)
        number = next((match[name] for name in "nmk" if match[name]), None) if match else None
        if number is not None and (found := find_numbers(number)):
            return int(found[0].value), line
    return None


def missing_grades(lines: Sequence[Line], judged: int) -> tuple[Notice, ...]:
    """A warning where fewer areas have a judgement than the report announces."""
    announced = _announced(lines)
    if announced is None or judged >= announced[0]:
        return ()
    number, line = announced
    read = f"{judged} read" if judged else "none read"
    message = f"{number} judgements announced, {read}: an overview may be a picture or was lost in saving"
    return (Notice("judgements-not-read", message, line.start, line.end),)
