"""Figures of a text as tests state them: a span and the slots that it must have."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kg.model.records import Extraction, Figure, Mention, Report, Section, Source
from kg.model.text.sentences import find_sentences
from kg.nlp.figures import find_figures
from kg.nlp.figures.choosing.candidates import Candidate
from kg.nlp.figures.choosing.chooser import Chooser, Proposals, Ranker
from kg.nlp.figures.context import Context
from kg.nlp.periods import find_periods

FORCE = "Loamshire Police"


def figures(
    text: str,
    *,
    sections: tuple[Section, ...] = (),
    mentions: tuple[Mention, ...] = (),
    force: str = FORCE,
    chooser: Chooser | None = None,
) -> list[Figure]:
    report = Report(
        "x", None, None, None, force, None, None, None, Source("x.txt", "", "text/plain"), text, ""
    )
    sentences = find_sentences(text)
    extraction = Extraction(report, sections=sections, mentions=mentions)
    return find_figures(text, sentences, extraction, find_periods(text), measures=(), chooser=chooser)


class Seen:
    """Chooses as the package does and keeps what was proposed, by the number’s words."""

    def __init__(self) -> None:
        self.proposed: dict[str, dict[str, list[Candidate[Any]]]] = {}

    def choose(self, slot: str, context: Context, proposals: Proposals[Any]) -> list[Candidate[Any]]:
        self.proposed[slot] = {
            context.text[q.start : q.end]: proposals.of(index) for index, q in enumerate(context.quantities)
        }
        return Ranker.of_package().choose(slot, context, proposals)


def proposed(text: str, slot: str, words: str, feature: str) -> set[Any]:
    """The values that are proposed with a feature that begins so."""
    seen = Seen()
    figures(text, chooser=seen)
    found = seen.proposed[slot][words]
    return {one.value for one in found if any(name.startswith(feature) for name in one.features)}


FIRE = "Loamshire Fire and Rescue Service"
Dates = tuple[str | None, str | None]
NONE: Dates = (None, None)


def year(end: str) -> Dates:
    """The twelve months to the last day of a month, "2023-03-31" or "2022-12-31"."""
    if end.endswith("12-31"):
        return end[:4] + "-01-01", end
    month = int(end[5:7]) + 1
    return f"{int(end[:4]) - 1}-{month:02}-01", end


def day(date: str) -> Dates:
    return date, date


def f(
    span: str,
    period: Dates = NONE,
    by: str | None = None,
    of: str = "inspected-force",
    unit: str = "count",
    **more: Any,
) -> dict[str, Any]:
    return {"text": span, "period": period, "by": by, "of": of, "unit": unit, **more}


def seen(figure: Figure, names: dict[str, Any]) -> dict[str, Any]:
    slots = {
        "text": figure.text,
        "period": (figure.period_begin, figure.period_end),
        "by": figure.attribution,
        "of": figure.population,
        "unit": figure.unit,
        "value": figure.value,
        "base": figure.base,
        "top": figure.numerator,
        "bottom": figure.denominator,
        "way": figure.direction,
        "was": figure.base_value,
        "beside": list(figure.comparators),
        "interval": figure.interval,
    }
    return {name: slots[name] for name in names}


D = Decimal
PC, RATE, GBP, RATIO, RANK, TIME = "percent", "rate", "GBP", "ratio", "rank", "duration"
OFF, INS, SUR, OTH, FOR = "official-statistics", "inspectorate", "survey", "other", "force"
EW, RESP, OTHERS = "england-and-wales", "survey-respondents", "other-force"
Case = tuple[str, list[dict[str, Any]]]
