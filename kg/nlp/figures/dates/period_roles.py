"""What a period does in its sentence: date figures, or be a limit, a start, a comparison, an aside."""

from __future__ import annotations

from kg.model.records import Period
from kg.nlp.figures.context import Context, Sentence, is_previous
from kg.nlp.rules.pattern_files import load_patterns, pattern

_FILE = "figure-periods"


def role_of(context: Context, sentence: Sentence, period: Period) -> str:
    """ "by", "since", "event" or "compared" for what stands before a period; "" for one that dates."""
    before = context.text[sentence.start : period.start]
    after_figure = any(context.quantities[i].end < period.start for i in sentence.quantities)
    if is_previous(period) and after_figure:
        return "compared"
    onwards = pattern(_FILE, "period.onwards").match(context.text, period.end)
    if before.rstrip().lower().endswith("from") and onwards:
        return "since"
    return next((form.value for form in load_patterns(_FILE) if form.value and form.regex.search(before)), "")


def is_aside(context: Context, sentence: Sentence, period: Period, position: int) -> bool:
    """Whether a period stands in a relative clause between commas that the position is outside of."""
    one = pattern(_FILE, "period.of-one").search(context.text, sentence.start, period.start)
    if one is not None and position < one.start():
        return True
    clause = pattern(_FILE, "period.relative").search(context.text, sentence.start, period.start)
    if clause is None:
        return False
    end = context.text.find(",", period.end, sentence.end)
    return end >= 0 and not clause.start() < position < end


def opens_clause(context: Context, sentence: Sentence, index: int, period: Period) -> bool:
    """Whether a period opens a later clause: "; in 2022, it was 9"."""
    between = context.text[context.quantities[index].end : period.start]
    behind = any(context.quantities[i].start > period.end for i in sentence.quantities)
    return behind and pattern(_FILE, "period.opens-clause").search(between) is not None


def leads_clause(context: Context, sentence: Sentence, index: int, period: Period) -> bool:
    """Whether a period opens the clause of a figure, no other figure between: "; in 2022 it was 9"."""
    start = context.quantities[index].start
    between = any(period.end <= context.quantities[i].start < start for i in sentence.quantities)
    if period.end > start or between:
        return False
    if pattern("figure-places", "place.stop").search(context.text, period.end, start):
        return False
    return (
        pattern(_FILE, "period.leads-clause").search(context.text, sentence.start, period.start) is not None
    )


def opens_next(context: Context, period: Period, following: int) -> bool:
    """Whether a period between two figures belongs to the second: "… and in 2022 it was 9"."""
    tail = context.text[period.end : context.quantities[following].start]
    lead = context.text[max(0, period.start - 24) : period.start]
    opens = pattern(_FILE, "period.opens-next").search(lead) is not None
    return opens and not tail.lstrip().startswith((".", ";"))


def is_own_level(context: Context, sentence: Sentence, index: int, gap: str) -> bool:
    """Whether a period is a figure's own: ", by 2023/24", "than the 87 percent of the previous year"."""
    if pattern(_FILE, "period.own-level").fullmatch(gap):
        return True
    before = context.text[sentence.start : context.quantities[index].start]
    compared = pattern(_FILE, "period.before-compared").search(before)
    return compared is not None and pattern(_FILE, "period.compared-level").fullmatch(gap) is not None


def is_level(context: Context, sentence: Sentence, period: Period) -> bool:
    """Whether "by March 2022" dates a level reached then ("had reached nine weeks"), no sum till then."""
    before = context.text[sentence.start : period.start]
    if not pattern(_FILE, "period.by-date").search(before):
        return False
    opens = pattern(_FILE, "period.by-opens").search(before) is not None
    after = context.text[period.end : sentence.end]
    clause = after if opens and after.strip(" .)") else before
    ahead = pattern(_FILE, "period.ahead").search(clause)
    return ahead is None and pattern(_FILE, "period.level").search(clause) is not None


def is_left_undated(context: Context, index: int, between: str, role: str) -> bool:
    """Whether a figure after a period and some words is a price, or of the present or an earlier time."""
    if pattern(_FILE, "period.formerly").search(between):
        return True
    if context.quantities[index].unit == "GBP":
        return pattern(_FILE, "period.cost-of").search(between) is not None
    present = pattern(_FILE, "period.present-after").match(context.after(index))
    if present is None or pattern(_FILE, "period.since-clause").search(between) is None:
        return False
    return role == "since" or "still" in present[0]
