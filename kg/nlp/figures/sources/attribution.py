"""Who says a figure, as far as its own sentence tells: force, inspectors, statistics, survey, others."""

from __future__ import annotations

from collections.abc import Sequence

from kg.nlp.figures.context import Context
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.links.topic_chains import TopicChains
from kg.nlp.figures.numbers.shares import is_share_of_cases
from kg.nlp.figures.sources.official import (
    KindsOfData,
    beside_national,
    counts_officially,
    is_national_rate,
    is_official_sentence,
)
from kg.nlp.figures.sources.speakers import Speaker, meant_by_pronoun, speaker_of, speakers_in
from kg.nlp.rules.pattern_files import pattern

_SOURCES = "figure-sources"
_NEAR = 20_000


def find_sources(
    context: Context, populations: Sequence[str], links: Links, chains: TopicChains
) -> list[str | None]:
    """The attribution of each quantity, in their order; None where the sentence names nobody.

    Who speaks comes before the sample that the figure is about, and that before the kind of data.
    """
    kinds = KindsOfData.of(context)
    sources: list[str | None] = [None] * len(context.quantities)
    for sentence in context.sentences:
        if not sentence.quantities:
            continue
        speakers = speakers_in(context, sentence)
        collected = any(kind.regex.search(sentence.text) for kind in kinds.collected)
        official = is_official_sentence(sentence, kinds)
        for index in sentence.quantities:
            speaker = speaker_of(context, sentence, index, speakers)
            if speaker is not None:
                sources[index] = _said(context, index, speaker, populations, links)
                continue
            sources[index] = _of_sample(context, index, populations, chains)
            if sources[index] is None and collected:
                sources[index] = "inspectorate"
            elif sources[index] is None:
                beside = beside_national(context, index, populations, links)
                sources[index] = _of_data(
                    context, index, beside, counts_officially(context, index, kinds, official)
                )
    return sources


def _said(context: Context, index: int, speaker: Speaker, populations: Sequence[str], links: Links) -> str:
    """The source that a speaker stands for, unless only statistics can know it or a survey has asked."""
    meant = meant_by_pronoun(context, speaker)
    if meant is not None:
        return meant
    if speaker.role == "crime-survey" and populations[index] == "survey-respondents":
        return "survey"
    if speaker.value == "force" and populations[index] == "england-and-wales":
        return "official-statistics"
    if speaker.role == "we" and is_national_rate(context, index, populations, links):
        return "official-statistics"
    return speaker.value


def _of_data(context: Context, index: int, beside_national: bool, counted: bool) -> str | None:
    """The source of a figure of which only the kind of data tells: estimates are the inspectors' own."""
    quantity = context.quantities[index]
    estimate = quantity.interval is not None and "satisf" not in context.sentence(index).text
    if estimate and not beside_national:
        return "inspectorate"
    official = beside_national or (counted and quantity.unit not in ("GBP", "duration"))
    return "official-statistics" if official else None


def _of_sample(context: Context, index: int, populations: Sequence[str], chains: TopicChains) -> str | None:
    """The speaker of the sample that a figure is about, a survey, or the inspectors' own review of cases."""
    quantity, topic = context.quantities[index], chains.of.get(index)
    if topic is not None and (topic.is_survey or populations[index] != "england-and-wales"):
        return topic.speaker
    if populations[index] == "survey-respondents":
        return "survey"
    if pattern(_SOURCES, "source.own-box").search(context.text, quantity.start, quantity.end):
        others = pattern(_SOURCES, "source.others-box").search(context.sentence(index).text)
        return "other" if others else "inspectorate"
    return "inspectorate" if is_case_review(context, index) else None


def is_case_review(context: Context, index: int) -> bool:
    """Whether a share ("41 of 52 cases") is of cases that inspectors review."""
    if not is_share_of_cases(context, index):
        return False
    position = context.quantities[index].start
    titles = context.section_titles(position)
    if not titles:
        lines = context.text[max(0, position - _NEAR) : position].split("\n")
        titles = [line for line in lines if line and not line.rstrip().endswith((".", ";", ":", ","))][-3:]
    if any(pattern(_SOURCES, "source.case-review-title").search(title) for title in titles):
        return True
    return pattern(_SOURCES, "source.reviewed-cases").search(context.noun(index).lower()) is not None
