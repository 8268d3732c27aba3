"""Figures that the grammar of a sentence gives another time than the one near them, or none that is known.

"In 2021 and 2022 it had 13 and 14 dogs respectively", "in the year before 31 percent", "before 2021 it had
43", "18 percent, compared with 21 percent in 2022". Where no time is told, none is better than the next one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model.records import Period
from kg.nlp.figures.choosing.candidates import NOWHERE, Candidate
from kg.nlp.figures.context import Context, Sentence
from kg.nlp.figures.dates.sentence_periods import NONE, Dates
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-other-times"
_OWN = "inspected-force"
_UNTOLD: Candidate[Dates] = Candidate(NONE, "", *NOWHERE, ("settled",), share=0.5)
_NEAR = 80


def with_other_times(
    context: Context, populations: Sequence[str], chosen: Sequence[Candidate[Dates]]
) -> list[Candidate[Dates]]:
    """The chosen periods, but of figures whose sentence gives them others, or none that is known."""
    result = list(chosen)
    for sentence in context.sentences:
        for index in sentence.quantities:
            if context.cells[index] is None and result[index].value != NONE:
                one = result[index]
                if (
                    _is_before(context, one)
                    or _has_unread_time(context, sentence, index, one)
                    or _is_of_comparison(context, sentence, index, one, populations)
                ):
                    result[index] = _UNTOLD
        for index, paired in _paired(context, sentence):
            result[index] = _UNTOLD if paired is None else paired
    return result


def runs_of_figures(context: Context, sentence: Sentence) -> Iterator[list[int]]:
    """The figures of a sentence that stand in a row and of which only the last says what it counts."""
    run: list[int] = []
    for index in sentence.quantities:
        if run and _joins(context.gap(run[-1], index)) and context.quantities[run[-1]].noun is None:
            run.append(index)
            continue
        if len(run) > 1:
            yield run
        run = [index]
    if len(run) > 1:
        yield run


def _paired(context: Context, sentence: Sentence) -> Iterator[tuple[int, Candidate[Dates] | None]]:
    """The figures in a row with the times in a row that belong to them; None where the rows do not match."""
    if not sentence.periods or len(sentence.quantities) < 2:
        return
    rows = [*_rows_of_years(sentence), *_rows_of_periods(context, sentence)]
    respectively = pattern(_FILE, "respectively").search(sentence.text) is not None
    for run in runs_of_figures(context, sentence) if rows else ():
        fitting = next((row for row in rows if len(row) == len(run)), None)
        if fitting is not None:
            yield from zip(run, fitting, strict=True)
        elif respectively:
            yield from ((index, None) for index in run)


def _rows_of_years(sentence: Sentence) -> Iterator[list[Candidate[Dates]]]:
    """The years that stand in a row: “In 2021, 2022 and 2023”, where only the first and the last are read."""
    for row in pattern(_FILE, "row.years").finditer(sentence.text):
        years = list(pattern(_FILE, "row.year").finditer(sentence.text, *row.span()))
        yield [
            _stated((f"{year[0]}-01-01", f"{year[0]}-12-31"), sentence.start + year.start(), year[0])
            for year in years
        ]


def _rows_of_periods(context: Context, sentence: Sentence) -> Iterator[list[Candidate[Dates]]]:
    row: list[Period] = []
    for period in [*sentence.periods, None]:
        if row and period is not None and _joins(context.text[row[-1].end : period.start]):
            row.append(period)
            continue
        if len(row) > 1:
            yield [
                _stated((one.begin_date, one.end_date), one.start, context.text[one.start : one.end])
                for one in row
            ]
        row = [] if period is None else [period]


def _stated(dates: Dates, start: int, words: str) -> Candidate[Dates]:
    return Candidate(dates, "stated", start, start + len(words), ("settled",))


def _joins(gap: str) -> bool:
    return pattern(_FILE, "row.joint").fullmatch(gap) is not None


def _is_before(context: Context, chosen: Candidate[Dates]) -> bool:
    """Whether the words of a period only say until when: “before 2021” is no time in 2021."""
    words = context.text[max(0, chosen.start - 20) : chosen.start]
    return chosen.how == "stated" and pattern(_FILE, "before").search(words) is not None


def _has_unread_time(context: Context, sentence: Sentence, index: int, chosen: Candidate[Dates]) -> bool:
    """Whether words of another time, which no period has, stand between the period and its figure."""
    if chosen.how == "derived":  # "A year earlier it was": counted from the time before
        return False
    start = context.quantities[index].start
    first = max(sentence.start, start - _NEAR)
    for match in pattern(_FILE, "unread").finditer(context.text, first, start):
        a, b = match.span()
        read = any(p.start < b and a < p.end for p in sentence.periods)
        later = any(b <= p.start < start for p in sentence.periods) or b <= chosen.start < start
        if not read and not later and pattern(_FILE, "same-clause").fullmatch(context.text[b:start]):
            return True
    return False


def _is_of_comparison(
    context: Context,
    sentence: Sentence,
    index: int,
    chosen: Candidate[Dates],
    populations: Sequence[str],
) -> bool:
    """Whether a figure has the time of what it is only compared with: “18, compared with 21 in 2022”."""
    end = context.quantities[index].end
    if chosen.how != "stated" or not end < chosen.start < sentence.end:
        return False
    beside = [i for i in sentence.quantities if end < context.quantities[i].start < chosen.start]
    if not beside or populations[beside[-1]] != _OWN or populations[index] != _OWN:
        return False
    cue = pattern(_FILE, "compared").search(context.text, end, context.quantities[beside[0]].start)
    cue = cue or pattern(_FILE, "compared").search(context.text, end, context.quantities[beside[-1]].start)
    last = context.text[context.quantities[beside[-1]].end : chosen.start]
    return cue is not None and pattern(_FILE, "directly").fullmatch(last) is not None
