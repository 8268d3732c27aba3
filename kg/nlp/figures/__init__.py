"""Figures: every measured value that a report states, with its slots (see ``kg.model.records.Figure``).

``find_figures`` is the list of steps. Each is a pure function over the text and what the steps before have
found; wordings are data in ``patterns/figure-*.jsonl``, and each figure names the form that found it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from kg.model.measures import Measure
from kg.model.records import DOUBTFUL_SLOT, Extraction, Figure, Known, Notice, Period, Span
from kg.model.text.comparing import with_plain_numerals
from kg.model.text.numbers import find_numbers
from kg.nlp.figures.choosing.candidates import Candidate
from kg.nlp.figures.choosing.chooser import Chooser, Proposals, Ranker, neighbours
from kg.nlp.figures.choosing.other_times import with_other_times
from kg.nlp.figures.choosing.periods import PeriodProposals
from kg.nlp.figures.choosing.populations import PopulationProposals, of_page
from kg.nlp.figures.choosing.settled import (
    with_changes_of_blocks,
    with_dates_behind_rates,
    with_dates_of_bases,
    with_dates_of_lists,
    with_times_directly_behind,
)
from kg.nlp.figures.choosing.sources import SourceProposals
from kg.nlp.figures.choosing.subjects import with_named_subjects
from kg.nlp.figures.concepts import LinkedMeasure, find_concepts, measures_read_with
from kg.nlp.figures.context import Context
from kg.nlp.figures.dates.document_samples import find_document_samples
from kg.nlp.figures.dates.occasions import find_occasions
from kg.nlp.figures.dates.periods import find_figure_periods
from kg.nlp.figures.dates.sentence_periods import Dates
from kg.nlp.figures.kinds import NumberKind, find_kinds, find_sample_sizes, find_sizes
from kg.nlp.figures.kinds.samples import find_samples, known_sample
from kg.nlp.figures.links.changes import find_changes
from kg.nlp.figures.links.comparisons import with_comparisons
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.links.topic_chains import find_topic_chains
from kg.nlp.figures.measures.groups import find_groups
from kg.nlp.figures.measures.measure import find_measures
from kg.nlp.figures.measures.parts import is_composed, known_phrase, of_others, parts_of
from kg.nlp.figures.numbers.exclusions import candidate_numbers, without_requirements
from kg.nlp.figures.numbers.intervals import with_intervals
from kg.nlp.figures.numbers.prose import short_sentences
from kg.nlp.figures.numbers.shares import with_shares
from kg.nlp.figures.numbers.spans import find_quantities
from kg.nlp.figures.numbers.wholes import with_wholes
from kg.nlp.figures.sources.attribution import find_sources
from kg.nlp.figures.sources.carried import with_carried_sources
from kg.nlp.figures.sources.population import find_populations


def find_figures(
    text: str,
    sentences: Sequence[Span],
    extraction: Extraction,
    periods: Sequence[Period],
    measures: Sequence[Measure] | None = None,
    chooser: Chooser | None = None,
) -> list[Figure]:
    """All figures of a text in order, with every slot that the text gives.

    ``extraction`` gives the force's name, sections, blocks and mentions; numbers inside a mention that is
    no METRIC are part of its name. ``measures`` are those that it can be of; the default are those that
    reports of its framework are read with. ``chooser`` chooses where the text leaves a choice; the default
    is the ranker with the weights of the package.
    """
    ranker = Ranker.of_package() if chooser is None else chooser
    text = with_plain_numerals(text)
    vocabulary = measures_read_with(extraction.report.framework) if measures is None else measures
    spans = short_sentences(text, sentences)
    # numbers, their spans and units
    names = [(m.start, m.end) for m in extraction.mentions if m.label != "METRIC"]
    numbers = candidate_numbers(text, find_numbers(text), periods, names, extraction.report.blocks)
    stated = with_intervals(text, spans, find_quantities(text, spans, numbers))
    context = without_requirements(Context.of(text, spans, stated, periods, extraction))
    # whom they are about, and what they have to do with one another
    chains = find_topic_chains(context)
    changes = find_changes(context)
    of_whom = PopulationProposals(context, chains, find_populations(context, chains))
    whom = Proposals(of_whom.of, partial(neighbours, context, changes))
    about = of_page(context, with_named_subjects(context, ranker.choose("population", context, whom)))
    populations = [str(one.value) for one in about]
    links = with_comparisons(context, populations, changes)
    # who says them and when they were: what the rules tell, and what the chooser makes of it
    named = find_sources(context, populations, links, chains)
    dated = find_figure_periods(context, links, populations, chains, named)
    told = with_carried_sources(context, links, named, dated.carried)
    read_of = find_document_samples(context, chains, find_occasions(context))
    said_by = SourceProposals(context, links, chains, populations, named, told, read_of)
    at_time = PeriodProposals(context, links, chains, populations, told, dated.dates, dated.carried, read_of)
    who = Proposals(said_by.of, said_by.near, said_by.handed)
    sources = ranker.choose("source", context, who)
    dates = ranker.choose("period", context, Proposals(at_time.of, at_time.near, at_time.handed))
    dates = with_times_directly_behind(context, with_dates_behind_rates(context, dates))
    dates = with_dates_of_bases(links, with_dates_of_lists(context, links, dates))
    dates = with_changes_of_blocks(context, dates)
    dates = with_other_times(context, populations, dates)
    # what they are parts of, what they measure, and what kind of number they are
    read = find_sample_sizes(context, links, chains)
    complete = with_wholes(with_shares(context, links), links, chains, read)
    phrases = find_measures(complete, links, find_sizes(complete, links, chains))
    phrases = [of_others(p, complete.force_name, whom) for p, whom in zip(phrases, populations, strict=True)]
    kinds = find_kinds(complete, links, chains, phrases)
    concepts = find_concepts(complete, phrases, kinds, vocabulary)
    groups = find_groups(complete, links)
    samples = find_samples(complete, chains, populations, kinds)
    wholes = [known_phrase(complete, index, "of", kind.of) for index, kind in enumerate(kinds)]
    kept = [index for index, q in enumerate(complete.quantities) if not q.lead or q.noun]
    places = {index: place for place, index in enumerate(kept)}
    return [
        _figure(
            complete,
            index,
            measure=phrases[index],
            kind=kinds[index],
            concept=concepts[index],
            period=dates[index],
            population=about[index],
            source=sources[index],
            group=groups[index],
            whole=wholes[index],
            sample=samples.get(index),
            links=links,
            places=places,
        )
        for index in kept
    ]


def doubts_of(figures: Sequence[Figure]) -> Iterator[Notice]:
    """A notice for each figure with slots that were a close choice."""
    for figure in figures:
        if figure.doubtful:
            slots, are = " and ".join(figure.doubtful), "is" if len(figure.doubtful) == 1 else "are"
            said = f"{slots} of “{figure.text}” {are} a close choice: read the sentence"
            yield Notice(DOUBTFUL_SLOT, said, figure.start, figure.end)


def _way(unit: str, text: str, kind: NumberKind) -> str | None:
    """The direction of a measured change of which only the number tells: "26 seconds longer", "38 more".

    What was lost or added one by one ("lost 312 officers") has a sign, but is no trend of a level.
    """
    beside = unit == "count" and not {"more", "fewer"}.isdisjoint(text.split())
    if kind.kind != "change" or not (beside or unit in ("percent", "duration", "rate")):
        return None
    return {"+": "increase", "-": "decrease"}.get(kind.sign or "")


def _figure(
    context: Context,
    index: int,
    *,
    measure: str | None,
    kind: NumberKind,
    concept: LinkedMeasure | None,
    period: Candidate[Dates],
    population: Candidate[str],
    source: Candidate[str | None],
    group: Known | None,
    whole: Known | None,
    sample: int | None,
    links: Links,
    places: Mapping[int, int],
) -> Figure:
    """The figure of a quantity; ``places`` are the places of the quantities among the figures."""
    choices: dict[str, Candidate[Any]] = {"period": period, "population": population, "attribution": source}
    known = [*(chosen.known(slot) for slot, chosen in choices.items()), group, whole]
    known.append(known_sample(context, index, sample))
    quantity, sentence = context.quantities[index], context.sentence(index)
    base, others = links.base.get(index), links.comparators.get(index, ())
    text = context.text[quantity.start : quantity.end]
    return Figure(
        start=quantity.start,
        end=quantity.end,
        text=text,
        value=quantity.value,
        unit=quantity.unit,
        base=quantity.base,
        measure=measure,
        measure_composed=is_composed(context, index, measure),
        measure_parts=parts_of(context, index, measure),
        concept=None if concept is None else concept.iri,
        numerator=quantity.numerator,
        denominator=quantity.denominator,
        period_begin=period.value[0],
        period_end=period.value[1],
        population=population.value,
        group=None if group is None else context.text[group.start : group.end],
        attribution=source.value,
        direction=links.direction.get(index) or _way(quantity.unit, text, kind),
        base_value=None if base is None else context.quantities[base].value,
        change_from=None if base is None else places.get(base),
        comparators=tuple(context.quantities[i].value for i in others),
        compared_with=tuple(places[i] for i in others if i in places),
        interval=quantity.interval,
        interval_level=quantity.interval_level,
        kind=kind.kind,
        sign=kind.sign,
        bound=kind.bound,
        complement=kind.complement if concept is None else concept.complement,
        of=kind.of,
        of_sample=kind.of_sample,
        sample=None if sample is None else places.get(sample),
        sentence_start=sentence.start,
        sentence_end=sentence.end,
        pattern=quantity.pattern,
        known=tuple(one for one in known if one is not None),
        doubtful=tuple(slot for slot, chosen in choices.items() if chosen.is_doubtful),
    )
