"""What a report states of the grades of earlier inspections: no judgements of its own, and worth knowing.

Behind a grade ("Good (2019: Requires improvement)"), in a sentence ("It required improvement in its 2019
assessment.") or where it still holds ("our judgment of good from 2017 has been carried over"). The wordings
are data (``structure.jsonl``, role ``earlier-told``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.model.records import EarlierGrade, Judgement
from kg.model.text.comparing import with_plain_typography
from kg.model.text.sentences import find_sentences
from kg.nlp.document.wording import Words
from kg.nlp.rules.pattern_files import compiled, load_patterns, pattern
from kg.nlp.structure.earlier_grades import carries_over, says_repeated
from kg.nlp.structure.outline import Part

_SPEAKING = ("prose", "grade", "topic", "item", "lead-in", "area")
"""Roles of lines that may tell what an earlier grade was."""
_LONGEST = 1000
"""Characters of a line in which it is looked for."""


def find_earlier_grades(
    parts: Sequence[Part], words: Words, judgements: Sequence[Judgement] = ()
) -> tuple[EarlierGrade, ...]:
    """The grades of earlier inspections that a report states of its areas, in the order of the text: of an
    area the latest year, at its first place. ``judgements`` are the report’s own: one that it says to be
    carried over ("so that grade stands") is the earlier grade, though the sentence does not name it again.

    "Good (2019: Requires improvement)", "It required improvement in its 2019 assessment.", "our judgment of
    good from the 2017 effectiveness inspection has been carried over".
    """
    found: dict[str, EarlierGrade] = {}
    given = {judgement.area: judgement.grade for judgement in judgements}
    for part in parts:
        if part.role in _SPEAKING and part.top != "annex" and len(part.line.text) <= _LONGEST:
            for one in _stated(part, words, given):
                before = found.get(one.area)
                if before is None or (before.year or "") < (one.year or ""):
                    found[one.area] = one
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.area)))


def _stated(part: Part, words: Words, given: Mapping[str, str]) -> Iterator[EarlierGrade]:
    text = with_plain_typography(part.line.text)
    stands = says_repeated(text)
    for start, end in find_sentences(text):
        sentence = text[start:end]
        named = [area.label for area in words.areas_named(sentence, running=True)]
        area = part.area or (named[0] if len(named) == 1 else None)
        if area is None or (named and area not in named):
            continue
        begin = part.line.start + start
        grade, year = _told(sentence, words) or _carried(sentence, given.get(area))
        if grade is not None:
            yield EarlierGrade(area, grade, begin, begin + len(sentence), year, stands)


def _told(sentence: str, words: Words) -> tuple[str, str | None] | None:
    """The earlier grade that a sentence names, with its year."""
    for form in _forms(words.grade):
        match = form.search(sentence)
        grade = words.grade_of(_present(match["grade"])) if match else None
        if match is not None and grade is not None:
            return grade, match["year"] or match.groupdict().get("later")
    return None


def _carried(sentence: str, grade: str | None) -> tuple[str | None, str | None]:
    """The grade of the report itself where a sentence says that it is taken over, and the year it is from."""
    if grade is None or not carries_over(sentence):
        return None, None
    year = pattern("structure", "earlier.from-year").search(sentence)
    return grade, year and year["year"]


def _forms(grade: str) -> list[re.Pattern[str]]:
    """How reports tell an earlier grade, with the names of grades (an expression) filled in."""
    told = rf"(?P<grade>{grade}|(?i:required improvement))"
    rules = (rule for rule in load_patterns("structure") if rule.role == "earlier-told")
    return [compiled(rule.regex.pattern.replace("GRADE", told), re.IGNORECASE) for rule in rules]


def _present(grade: str) -> str:
    """A grade as its scale names it: "required improvement" is "requires improvement"."""
    return re.sub("^required", "requires", grade, flags=re.IGNORECASE)
