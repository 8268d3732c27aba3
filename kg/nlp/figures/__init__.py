"""Figures: every measured value that a report states, with its slots (see ``kg.model.records.Figure``).

One finder for each slot, put together here: spans (``figure_spans``), population, change and comparators,
attribution, period, shares, measure. All are pure functions over the text and spans; wordings are data in
``patterns/figure-*.jsonl`` and each figure names the form that found it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from kg.model.gazetteer import load_gazetteer
from kg.model.records import Extraction, Figure, Period, Span
from kg.model.text.numbers import Number, find_numbers
from kg.nlp.figures.dates.periods import PeriodFinder
from kg.nlp.figures.links.comparison import find_links
from kg.nlp.figures.links.discourse import Topics
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.links.scene import Scene
from kg.nlp.figures.links.shares import with_shares
from kg.nlp.figures.measures.groups import ConceptFinder, find_group
from kg.nlp.figures.measures.measure import MeasureFinder
from kg.nlp.figures.numbers.exclusions import candidate_numbers
from kg.nlp.figures.numbers.intervals import with_intervals
from kg.nlp.figures.numbers.spans import SpanFinder
from kg.nlp.figures.sources.attribution import carry_sources, find_sources
from kg.nlp.figures.sources.population import find_populations
from kg.nlp.rules.pattern_files import pattern

_LONGEST_SENTENCE = 1500
_MOST_NUMBERS = 45


def find_figures(
    text: str,
    sentences: Sequence[Span],
    extraction: Extraction,
    periods: Sequence[Period],
    measures: Mapping[str, str] | None = None,
) -> list[Figure]:
    """All figures of a text in order, with every slot that the text gives.

    ``extraction`` gives the force's name, sections, blocks and mentions; numbers inside a mention that is
    no METRIC are part of its name. ``measures`` maps labels of measures to IRIs; the default is the
    vocabulary of the package.
    """
    sentences = _short(text, sentences)
    names = [(m.start, m.end) for m in extraction.mentions if m.label != "METRIC"]
    numbers = candidate_numbers(text, find_numbers(text), periods, names, extraction.report.blocks)
    crowded = _crowded(sentences, numbers)
    drafts = with_intervals(text, sentences, SpanFinder(text, sentences, numbers, crowded).find())
    scene = Scene(text, sentences, drafts, periods, extraction)
    reached = [draft for index, draft in enumerate(drafts) if not _is_demanded(scene, index)]
    if len(reached) < len(drafts):
        scene = Scene(text, sentences, reached, periods, extraction)
    topics = Topics(scene)
    populations = find_populations(scene, topics)
    links = find_links(scene, populations)
    sources = find_sources(scene, populations, links, topics)
    finder = PeriodFinder(scene, links, populations, sources, topics)
    dates = finder.find()
    sources = carry_sources(scene, sources, finder.carried, links)
    scene.drafts = tuple(with_shares(scene, links))
    measure = MeasureFinder(scene, links)
    concepts = ConceptFinder(scene, known_measures() if measures is None else measures)
    kept = [index for index, draft in enumerate(scene.drafts) if not draft.lead or draft.noun]
    places = {index: place for place, index in enumerate(kept)}
    return [
        _figure(
            scene, index, populations[index], sources[index], dates[index], links, measure, concepts, places
        )
        for index in kept
    ]


def _is_demanded(scene: Scene, index: int) -> bool:
    """Whether a figure is what the body should reach: in a bullet under "… should:"."""
    lead = scene.sentence(index).lead
    if lead is None:
        return False
    return pattern("figure-forms", "form.demand").search(scene.sentences[lead].text) is not None


def _short(text: str, sentences: Sequence[Span]) -> list[Span]:
    """The sentences, what is too long for prose (a table without line breaks) cut at spaces."""
    spans: list[Span] = []
    for start, end in sentences:
        while end - start > _LONGEST_SENTENCE:
            cut = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
            cut = start + _LONGEST_SENTENCE if cut < 0 else cut
            spans.append((start, cut))
            start = cut + (text[cut : cut + 1] == " ")
        spans.append((start, end))
    return spans


def _crowded(sentences: Sequence[Span], numbers: Sequence[Number]) -> frozenset[int]:
    """Indices of the sentences with more numbers than prose has: each is a table in one line."""
    starts = [start for start, _ in sentences]
    counts = Counter(bisect_right(starts, number.start) - 1 for number in numbers)
    return frozenset(place for place, count in counts.items() if count > _MOST_NUMBERS)


@cache
def known_measures() -> dict[str, str]:
    """Labels of the measure vocabulary, with their plurals, and the IRIs they name."""
    phrases = load_gazetteer().phrases("MEASURE")
    return {phrase.text: phrase.entry.iri for phrase in phrases}


def _figure(
    scene: Scene,
    index: int,
    population: str,
    source: str | None,
    dates: tuple[str | None, str | None],
    links: Links,
    measure: MeasureFinder,
    concepts: ConceptFinder,
    places: Mapping[int, int],
) -> Figure:
    """The figure of a draft; ``places`` are the places of the drafts among the figures."""
    draft, sentence = scene.drafts[index], scene.sentence(index)
    words = measure.measure(index)
    base, others = links.base.get(index), links.comparators.get(index, ())
    return Figure(
        start=draft.start,
        end=draft.end,
        text=scene.text[draft.start : draft.end],
        value=draft.value,
        unit=draft.unit,
        base=draft.base,
        measure=words,
        concept=concepts.concept(index, words),
        numerator=draft.numerator,
        denominator=draft.denominator,
        period_begin=dates[0],
        period_end=dates[1],
        population=population,
        group=find_group(scene, links, index),
        attribution=source,
        direction=links.direction.get(index),
        base_value=None if base is None else scene.drafts[base].value,
        change_from=None if base is None else places.get(base),
        comparators=tuple(scene.drafts[i].value for i in others),
        compared_with=tuple(places[i] for i in others if i in places),
        interval=draft.interval,
        interval_level=draft.interval_level,
        sentence_start=sentence.start,
        sentence_end=sentence.end,
        pattern=draft.pattern,
    )
