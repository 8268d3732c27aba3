"""Words of grading wherever they stand in a form that grades, and areas without a grade."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from kg.model.frameworks import AreaDef, load_frameworks
from kg.model.records import Span
from kg.model.text.sentences import find_sentences
from kg.nlp.coverage.sight import Found, Sight, plain
from kg.nlp.document.lines import bullet_of
from kg.nlp.rules.pattern_files import GRADES, compiled, pattern

_FILE = "coverage-grades"
_LONGEST_LINE = 160
_CELL = re.compile(r"[^\t|]+")


def find_grades(sight: Sight) -> Found:
    """Lines and sentences that grade something, each captured where a judgement rests on its words.

    A line may be a grade alone, or have one beside a name; a sentence says of a body that it is, or was
    graded, so. Lines that name a graded area of the framework count too, if the report grades any: captured
    where that area has a judgement.
    """
    found: list[tuple[Span, bool]] = []
    for span, told in _graded(sight):
        exact = told is not None and sight.graded.touches(*told)
        if told is not None and _is_of_another(sight, told[0], span):
            continue
        elsewhere = not exact and _is_graded_section(sight, span[0])
        found.append(
            (span, elsewhere or sight.graded.touches(*span) or (not exact and sight.judged.touches(*span)))
        )
    if sight.framework is not None:
        found += _behind_areas(sight)
    if sight.framework is not None and found:
        found += _areas(sight)
    if sight.framework is not None and (found or sight.extraction.judgements):
        found += _named_beside(sight)
    return sorted(set(found))


def is_lone_grade(line: str) -> bool:
    """Whether a line is a grade and no more."""
    return _forms()[0].fullmatch(line) is not None


def _is_graded_section(sight: Sight, position: int) -> bool:
    """Whether the words stand in the section of an area that has a judgement, which may rest on others."""
    judged = {one.area for one in (*sight.extraction.judgements, *sight.extraction.undecided)}
    inside = (s for s in sight.extraction.sections if s.start <= position < s.end)
    return any(section.area in judged for section in inside)


def _is_of_another(sight: Sight, start: int, span: Span) -> bool:
    """Whether the body that was named last in a sentence, up to these words, is another: "Cheshire
    Constabulary, which we graded as good"."""
    named = [m for m in sight.extraction.mentions if m.label == "FORCE" and start <= m.start < span[1]]
    return bool(named) and named[-1].entity not in (None, sight.extraction.report.force)


def _graded(sight: Sight) -> Iterator[tuple[Span, Span | None]]:
    """The words of grading, and the sentence that has them: of lines the grade, of sentences the words from
    the body to the grade, and each further grade."""
    lone, beside, told, more, _, apart, scale, _ = _forms()
    lined: set[int] = set()
    for start, end in sight.lines:
        words = sight.text[start:end]
        match = lone.fullmatch(words) or (beside.fullmatch(words) if len(words) < _LONGEST_LINE else None)
        if match is not None and pattern(_FILE, "grade.earlier").search(words) is None:
            lined.add(start)
            yield (start + match.start("grade"), start + match.end("grade")), None
    for start, end in sight.sentences:
        words = sight.text[start:end]
        if start in lined or pattern(_FILE, "grade.earlier").search(words):
            continue
        seen: list[Span] = []
        for match in told.finditer(words):
            seen.append(match.span())
            yield (start + match.start(), start + match.end()), (start, end)
            for other in more.finditer(words, match.end()):  # “outstanding in A, and good in B”
                seen.append(other.span())
                yield (start + other.start("grade"), start + other.end("grade")), (start, end)
        if scale.search(words):
            continue
        for match in apart.finditer(words):  # no body beside it: “‘Good’ ratings were given for …”
            if not any(begin < match.end() and match.start() < stop for begin, stop in seen):
                yield (start + match.start(), start + match.end()), (start, end)


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """A grade alone on a line, beside a name, told of a body, one more told of it behind "and", one near
    which an area may be named, one that is set apart, the scale of grades, and the bare word."""
    names = sorted({name for f in load_frameworks() for grade in f.grades for name in grade.names}, key=len)
    either = "|".join(map(re.escape, reversed(names)))

    def form(rule: str, grade: str) -> re.Pattern[str]:
        return compiled(pattern(_FILE, rule).pattern.replace(GRADES, grade), re.IGNORECASE)

    quote = "[‘’“”'\"]?"
    named = f"{quote}(?P<grade>{either}){quote}"
    more = compiled(rf"(?:,|;)? (?:and|but|,)(?: (?:it )?(?:is|was))? {named} (?:in|at|for)\b", re.IGNORECASE)
    told = form("grade.told", f"{quote}(?:{either}){quote}")
    near = form("grade.near", f"{quote}(?:{either}){quote}")
    apart, scale = (form(rule, f"(?:{either})") for rule in ("grade.apart", "grade.scale"))
    word = compiled(rf"\b(?:{either})\b", re.IGNORECASE)
    return form("grade.lone", named), form("grade.beside", named), told, more, near, apart, scale, word


def _areas(sight: Sight) -> Iterator[tuple[Span, bool]]:
    """The first line, or cell of a row, that names each graded area of the framework, but for those that the
    report says it does not grade."""
    judged, names = _judged(sight), _names(sight)
    seen = set(_said_ungraded(sight, names))
    for at, line in enumerate(sight.lines):
        for cell in _CELL.finditer(sight.words(line)):
            area = names.get(plain(cell[0]))
            if area is None or area.label in seen:
                continue
            seen.add(area.label)
            below = " ".join(map(sight.words, sight.lines[at + 1 : at + 4]))
            if pattern(_FILE, "grade.ungraded").search(below) is None:
                yield (line[0] + cell.start(), line[0] + cell.end()), plain(area.label) in judged


def _said_ungraded(sight: Sight, names: Mapping[str, AreaDef]) -> Iterator[str]:
    """The areas of which the report says that it gives them no grade: on their own line or row, in a sentence
    that names them, or in the list below a line that leads in what is not graded."""
    either = "|".join(re.escape(name) for name in _longest(names) if " " in name)
    named = compiled(rf"(?<![\w-])(?:{either or '(?!)'})(?![\w-])", re.IGNORECASE)
    ungraded = pattern(_FILE, "grade.ungraded")
    listed = (
        {plain(name) for area in sight.framework.areas for name in area.headings} if sight.framework else ()
    )
    leads = False
    for line in sight.lines:
        words = sight.words(line)
        told = ungraded.search(words) is not None
        item = plain(words[bullet_of(words)[1] :])
        if leads and item in names:
            yield names[item].label
        leads = (told and words.endswith(":")) or (leads and item in listed)
        for start, end in find_sentences(words) if told else ():
            said = words[start:end]
            if ungraded.search(said) and not _forms()[7].search(said):
                yield from (names[plain(match[0])].label for match in named.finditer(said))


def _behind_areas(sight: Sight) -> Iterator[tuple[Span, bool]]:
    """Lines that begin with a graded area and have a grade behind a mark, whatever stands between or after
    ("Investigating crime: Good, previously Inadequate"): captured where the area is judged by the line."""
    names = "|".join(re.escape(name) for area in _graded_areas(sight) for name in _longest(area.headings))
    line = compiled(rf"(?:{names})\s*(?:[:|\t]|[–—-] ).{{0,80}}?{_forms()[7].pattern}", re.IGNORECASE)
    for start, end in sight.lines if names else ():
        words = sight.text[start:end]
        begin = bullet_of(words)[1]
        if len(words) < _LONGEST_LINE and not words.endswith(".") and line.match(words, begin):
            yield (start + begin, end), sight.graded.touches(start, end) or sight.judged.touches(start, end)


def _named_beside(sight: Sight) -> Iterator[tuple[Span, bool]]:
    """Where a graded area is named first beside a grade: in its sentence, in a line that begins with one
    ("Good: preventing crime; …"), or in the list below a sentence that ends in a colon."""
    names = {_one_way(name): area.label for name, area in _names(sight).items() if " " in name}
    if not names:
        return
    either = "|".join(re.escape(name).replace("antisocial", "anti-?social") for name in _longest(names))
    named = compiled(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)
    near, judged = _forms()[4], _judged(sight)
    seen = set(_said_ungraded(sight, _names(sight)))
    for start, end in (*sight.sentences, *_listed_below(sight, near)):
        words = sight.text[start:end].replace("’", "'")
        told = near.search(words) or bullet_of(words)[1]
        if not told or pattern(_FILE, "grade.earlier").search(words):
            continue
        for match in named.finditer(words):
            label = names[_one_way(plain(match[0]))]
            if label not in seen:
                seen.add(label)
                span = (start + match.start(), start + match.end())
                yield span, plain(label) in judged or sight.area_words.touches(*span)


def _listed_below(sight: Sight, near: re.Pattern[str]) -> Iterator[Span]:
    """The items of each list below a line that has a grade and ends in a colon."""
    leads = False
    for line in sight.lines:
        words = sight.words(line)
        item = sight.kind(line[0]) == "list-item" or bullet_of(words)[1] > 0
        if item and leads:
            yield line
        leads = (item and leads) or (words.endswith(":") and near.search(words) is not None)


def _judged(sight: Sight) -> set[str]:
    """The areas that have a judgement, in plain words."""
    return {plain(one.area) for one in (*sight.extraction.judgements, *sight.extraction.undecided)}


def _graded_areas(sight: Sight) -> list[AreaDef]:
    return [area for area in sight.framework.areas if area.graded] if sight.framework else []


def _names(sight: Sight) -> dict[str, AreaDef]:
    """The names of the graded areas of the framework, in plain words; those of pillars only if one of them
    is graded here."""
    framework = sight.framework
    assert framework is not None
    names = {plain(name): area for area in _graded_areas(sight) for name in area.headings}
    pillars = {area.broader for area in framework.areas if area.broader}
    if any(plain(label) in _judged(sight) for label in pillars):
        return names
    return {name: area for name, area in names.items() if area.label not in pillars}


def _one_way(name: str) -> str:
    """A name with "antisocial" in the one of its two spellings."""
    return name.replace("anti-social", "antisocial")


def _longest(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))
