"""What the words between a figure and a period tell: whether it dates that figure or something else."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from kg.model.records import Period
from kg.nlp.figures.links.scene import Scene, Sentence
from kg.nlp.rules.pattern_files import pattern

_FILE = "figure-periods"


def is_aside(scene: Scene, sentence: Sentence, period: Period, position: int) -> bool:
    """Whether a period stands in a relative clause between commas that the position is outside of."""
    one = pattern(_FILE, "period.of-one").search(scene.text, sentence.start, period.start)
    if one is not None and position < one.start():
        return True
    clause = pattern(_FILE, "period.relative").search(scene.text, sentence.start, period.start)
    if clause is None:
        return False
    end = scene.text.find(",", period.end, sentence.end)
    return end >= 0 and not clause.start() < position < end


def opens_clause(scene: Scene, sentence: Sentence, index: int, period: Period) -> bool:
    """Whether a period opens a later clause: "; in 2022, it was 9", "and it did so in 2022"."""
    between = scene.text[scene.drafts[index].end : period.start]
    behind = any(scene.drafts[i].start > period.end for i in sentence.drafts)
    if re.search(r", (?:and|but) (?:it|they) did so\b", between):
        return True
    return behind and re.search(r"; (?:but |and )?[Ii]n (?:the )?$", between) is not None


def is_own_level(scene: Scene, sentence: Sentence, index: int, gap: str) -> bool:
    """Whether a period is a figure's own: ", by 2023/24", "than the 87 percent of the previous year"."""
    if pattern(_FILE, "period.own-level").fullmatch(gap):
        return True
    before = scene.text[sentence.start : scene.drafts[index].start]
    compared = pattern(_FILE, "period.before-compared").search(before)
    return compared is not None and pattern(_FILE, "period.compared-level").fullmatch(gap) is not None


def is_level(scene: Scene, sentence: Sentence, period: Period) -> bool:
    """Whether "by March 2022" dates a level reached then ("had reached nine weeks"), no sum till then."""
    before = scene.text[sentence.start : period.start]
    if not pattern(_FILE, "period.by-date").search(before):
        return False
    opens = pattern(_FILE, "period.by-opens").search(before) is not None
    after = scene.text[period.end : sentence.end]
    clause = after if opens and after.strip(" .)") else before
    ahead = pattern(_FILE, "period.ahead").search(clause)
    return ahead is None and pattern(_FILE, "period.level").search(clause) is not None


def is_left_undated(scene: Scene, index: int, between: str, role: str) -> bool:
    """Whether a figure after a period and some words is a price, or of the present or an earlier time."""
    if pattern(_FILE, "period.formerly").search(between):
        return True
    if scene.drafts[index].unit == "GBP":
        return pattern(_FILE, "period.cost-of").search(between) is not None
    present = pattern(_FILE, "period.present-after").match(scene.after(index))
    if present is None or pattern(_FILE, "period.since-clause").search(between) is None:
        return False
    return role == "since" or "still" in present[0]


def is_size(scene: Scene, index: int) -> bool:
    """Whether a figure is the size of a change ("154 more"), not a level that has changed."""
    draft = scene.drafts[index]
    words = scene.text[draft.number_end : scene.sentence(index).end]
    return pattern("figure-change", "change.fewer").match(words) is not None


def amounts_to(scene: Scene, change: int, first: int, last: int, direction: str) -> bool:
    """Whether a change in percent is that from one count to another, rounded as reports do."""
    base, value = scene.drafts[first], scene.drafts[last]
    if base.unit != value.unit or base.unit == "percent" or not base.value:
        return False
    if (value.value > base.value) != (direction == "increase"):
        return False
    share = abs(value.value - base.value) * 100 / abs(base.value)
    return abs(share - scene.drafts[change].value) < Decimal("0.6")


def looks_back(scene: Scene, index: int) -> bool:
    """Whether a figure that opens a sentence has the measure of the sentence before: "In 2019 it made 9"."""
    before, words = scene.before(index), scene.sentence(index).text
    return any(
        pattern("figure-discourse", form).match(zone) is not None
        for form, zone in (("topic.elliptic", before), ("topic.same-measure", words))
    )


def refers_back(scene: Scene, index: int) -> bool:
    """Whether a figure is of what the sentence before counts: "The oldest had …", "It had 19"."""
    sentence, words = scene.sentence(index), scene.sentence(index).text
    forms = ("topic.one-of-them", "topic.bare-had", "topic.they-made")
    if any(pattern("figure-discourse", form).search(words) for form in forms):
        return True
    opens = scene.drafts[index].pattern == "form.bare" and scene.drafts[index].start == sentence.start
    return opens and pattern("figure-discourse", "topic.counts-open").match(words) is not None


def days_at_ends(period: Period) -> tuple[str, str] | None:
    """The days that "the same 12 months" lie between; None for periods of another form."""
    if period.pattern != "period.same-days" or period.begin_date is None or period.end_date is None:
        return None
    return (date.fromisoformat(period.begin_date) - timedelta(days=1)).isoformat(), period.end_date


def opens_next(scene: Scene, period: Period, following: int) -> bool:
    """Whether a period between two figures belongs to the second: "… and in 2022 it was 9"."""
    tail = scene.text[period.end : scene.drafts[following].start]
    lead = scene.text[max(0, period.start - 24) : period.start].lower()
    opens = any(
        lead.rstrip().endswith(w)
        for w in ("and in", "and in the", "and for", "but in", "and by", "whereas in")
    )
    opens = opens or ("whereas" in lead or " while " in lead)
    return opens and not tail.lstrip().startswith((".", ";"))
