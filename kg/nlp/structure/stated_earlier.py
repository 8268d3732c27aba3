"""What a report states of the grades of earlier inspections: no judgements of its own, and worth knowing.

Behind a grade ("Good (2019: Requires improvement)"), in a sentence ("It required improvement in its 2019
assessment.") or where it still holds ("our judgment of good from 2017 has been carried over"). The wordings
are data (``structure.jsonl``, role ``earlier-told``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model.records import EarlierGrade
from kg.model.text.comparing import with_plain_typography
from kg.model.text.sentences import find_sentences
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import compiled, load_patterns
from kg.nlp.structure.earlier_grades import says_repeated
from kg.nlp.structure.outline import Part

_SPEAKING = ("prose", "grade", "topic", "item", "lead-in", "area")
"""Roles of lines that may tell what an earlier grade was."""
_LONGEST = 1000
"""Characters of a line in which it is looked for."""


def find_earlier_grades(parts: Sequence[Part], words: Words) -> tuple[EarlierGrade, ...]:
    """The grades of earlier inspections that a report states of its areas, in the order of the text: of an
    area the latest year, at its first place.

    "Good (2019: Requires improvement)", "It required improvement in its 2019 assessment.", "our judgment of
    good from the 2017 effectiveness inspection has been carried over".
    """
    found: dict[str, EarlierGrade] = {}
    for part in parts:
        if part.role in _SPEAKING and part.top != "annex" and len(part.line.text) <= _LONGEST:
            for one in _stated(part, words):
                before = found.get(one.area)
                if before is None or (before.year or "") < (one.year or ""):
                    found[one.area] = one
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.area)))


def _stated(part: Part, words: Words) -> Iterator[EarlierGrade]:
    text = with_plain_typography(part.line.text)
    stands = says_repeated(text)
    for start, end in find_sentences(text):
        sentence = text[start:end]
        named = [area.label for area in words.areas_named(sentence, running=True)]
        area = part.area or (named[0] if len(named) == 1 else None)
        if area is None or (named and area not in named):
            continue
        for form in _forms(words.grade):
            match = form.search(sentence)
            grade = words.grade_of(_present(match["grade"])) if match else None
            if match is not None and grade is not None:
                begin = part.line.start + start
                year = match["year"] or match.groupdict().get("later")
                yield EarlierGrade(area, grade, begin, begin + len(sentence), year, stands)
                break


def _forms(grade: str) -> list[re.Pattern[str]]:
    """How reports tell an earlier grade, with the names of grades (an expression) filled in."""
    told = rf"(?P<grade>{grade}|(?i:required improvement))"
    rules = (rule for rule in load_patterns("structure") if rule.role == "earlier-told")
    return [compiled(rule.regex.pattern.replace("GRADE", told), re.IGNORECASE) for rule in rules]


def _present(grade: str) -> str:
    """A grade as its scale names it: "required improvement" is "requires improvement"."""
    return re.sub("^required", "requires", grade, flags=re.IGNORECASE)
