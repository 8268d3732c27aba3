"""Overviews of grades in running text, and what a report announces of its grades.

"The force is good in two areas: ‘A’ and ‘B’. It is adequate in four: …" lists areas behind each grade; "good
in two areas" without names is a tally.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model.records import Judgement, Known, Notice
from kg.model.text.numbers import find_numbers
from kg.model.text.sentences import find_sentences
from kg.nlp.document.lines import Line
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import compiled, pattern
from kg.nlp.structure.overview_lines import listed, unknown_area

_FEWEST = 2
"""Areas in a line that make it an overview; a sentence on one area is its judgement sentence."""
_FOOT = re.compile(r"[\s,;]*(?:\band)?\s*(?:\bit)?\s*\Z")


def read_prose(
    lines: Sequence[Line], words: Words
) -> tuple[tuple[Judgement, ...], tuple[Notice, ...], frozenset[int]]:
    """Judgements of lines of running text that list areas behind several grades or several behind one;
    names in quotes that no area has; and the indexes of those lines."""
    judgements: list[Judgement] = []
    notices: list[Notice] = []
    used: set[int] = set()
    body = rf"(?:{words.body}|It|it)"
    verb = r"(?:is|are)(?: graded| rated| judged)?(?: as)? "
    form = compiled(rf"(?:\A|[.;,] |\band ){body}? ?(?:{verb})?(?P<grade>{words.grade})(?= (?:in|at|for)\b)")
    subject = compiled(body)
    for at, line in enumerate(lines):
        if line.kind == "row" or line.is_open:
            continue
        found = list(_graded_in(line, subject, form, words))
        areas = [one for one in found if isinstance(one, Judgement)]
        if len({one.area for one in areas}) >= _FEWEST:
            judgements += areas
            notices += [one for one in found if isinstance(one, Notice)]
            used.add(at)
    return tuple(judgements), tuple(notices), frozenset(used)


def _graded_in(
    line: Line, subject: re.Pattern[str], form: re.Pattern[str], words: Words
) -> Iterator[Judgement | Notice]:
    shared = pattern("structure", "overview.shared-grade")
    for start, end in find_sentences(line.text):
        sentence = line.text[start:end]
        heads = list(form.finditer(sentence))
        if not heads or not subject.match(sentence):
            continue
        for nth, head in enumerate(heads):
            grade = words.grade_of(head["grade"])
            stop = heads[nth + 1].start() if nth + 1 < len(heads) else len(sentence)
            behind = shared.match(sentence[head.end() : stop])
            if grade is None or behind is None:
                continue
            begin = head.end() + behind.end()
            names = _FOOT.sub("", sentence[begin:stop])
            at = line.start + start
            for named in listed(names.rstrip("."), at + begin, words):
                area = words.area_labelled(named.area)
                if area is not None and area.graded:
                    known = (
                        Known("area", "stated", named.start, named.end),
                        Known("grade", "stated", at + head.start("grade"), at + head.end("grade")),
                    )
                    yield Judgement(area.label, grade, at, at + len(sentence), known=known)
                elif named.area is None and line.text[named.start - line.start] in "‘'“\"":
                    yield unknown_area(named, grade)


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
