"""Periods that are known only when all sentences are read: of differences, estimates and rankings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from kg.nlp.figures.dates.period_forms import amounts_to
from kg.nlp.figures.links.discourse import Topics
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.links.scene import Scene
from kg.nlp.rules.pattern_files import load_patterns, pattern

Dates = tuple[str | None, str | None]

_NONE: Dates = (None, None)
_PARAGRAPHS = 2


def completed(
    scene: Scene, links: Links, topics: Topics, populations: Sequence[str], dates: Sequence[Dates]
) -> list[Dates]:
    """The dates of the drafts with those that follow from what other sentences say."""
    result = list(dates)
    _of_focal(links, populations, result)
    _of_differences(scene, links, result)
    _of_estimates(scene, links, topics, result)
    _of_sources(scene, result)
    return result


def _of_focal(links: Links, populations: Sequence[str], dates: list[Dates]) -> None:
    """A comparator without a period of its own, of another population, has that of its focal figure."""
    for focal, others in links.comparators.items():
        for other in others:
            if dates[other] == _NONE and populations[other] != populations[focal]:
                dates[other] = dates[focal]


def _of_differences(scene: Scene, links: Links, dates: list[Dates]) -> None:
    """A change in percent that two dated counts beside it amount to has the period of the later one."""
    for index, direction in links.direction.items():
        if scene.drafts[index].unit != "percent" or index in links.base:
            continue
        number = scene.drafts[index].sentence
        near = [*scene.paragraph_before(number)[:1], scene.sentences[number]]
        counts = [i for s in near for i in s.drafts if dates[i][1] is not None]
        for first, last in permutations(counts, 2):
            later = (dates[first][1] or "") < (dates[last][1] or "")
            if later and amounts_to(scene, index, first, last, direction):
                dates[index] = dates[last]


def _of_estimates(scene: Scene, links: Links, topics: Topics, dates: list[Dates]) -> None:
    """Estimates with a confidence interval have the time of the sample that inspectors read for them.

    The sample stands in the paragraph of the estimate or in one of the two before it.
    """
    sample: int | None = None
    for index, draft in enumerate(scene.drafts):
        if index in topics.opening and dates[index] != _NONE:
            sample = index
        elif sample is not None and draft.interval is not None and dates[index] == _NONE:
            apart = scene.sentence(index).paragraph - scene.sentence(sample).paragraph
            if apart <= _PARAGRAPHS and not scene.sentence(index).periods and not links.is_base(index):
                dates[index] = dates[sample]


def _of_sources(scene: Scene, dates: list[Dates]) -> None:
    """ "This is what data for April 2022 shows": the time of the figures of the sentence before."""
    for number, sentence in enumerate(scene.sentences):
        if sentence.drafts or not sentence.periods:
            continue
        before = scene.paragraph_before(number)[:1]
        told = pattern("figure-discourse", "topic.source-after").search(sentence.text)
        if not told or not any(
            form.regex.search(sentence.text) for form in load_patterns("figure-attribution")
        ):
            continue
        period = sentence.periods[0]
        for index in before[0].drafts if before else ():
            if None in dates[index]:
                dates[index] = period.begin_date, period.end_date
