"""Samples of a report: what was read or asked is told once, and later figures are parts of it."""

from __future__ import annotations

import time

import pytest
from figure_steps import Marked, context, p, q

from kg.nlp.figures.dates.document_samples import DocumentSamples, find_document_samples
from kg.nlp.figures.dates.occasions import find_occasions
from kg.nlp.figures.links.topic_chains import find_topic_chains

MAY = p("May 2024", "2024-05-01", "2024-05-31")


def found(text: str, *marked: Marked) -> DocumentSamples:
    made = context(text, *marked)
    return find_document_samples(made, find_topic_chains(made), find_occasions(made))


def ways(samples: DocumentSamples, index: int) -> list[tuple[int, str]]:
    """The sizes of the samples that a figure may be part of, and how its words lead there."""
    return [(int(sample.size), way) for sample, way in samples.of(index)]


@pytest.mark.parametrize(
    ("text", "marked", "size", "by"),
    [
        ("In May 2024, we examined 60 files.", [MAY, q("60 files")], 60, "inspectorate"),
        ("Our inspection of 42 cells found nets.", [q("42 cells")], 42, "inspectorate"),
        ("Of the 112 incidents that we reviewed, most were slow.", [q("112 incidents")], 112, "inspectorate"),
        ("We read the notes and the plans for 12 groups.", [q("12 groups")], 12, "inspectorate"),
        ("Of them, 64 people completed a questionnaire.", [q("64 people")], 64, "survey"),
        ("Before that, 268 people answered our staff survey.", [q("268 people")], 268, "survey"),
    ],
)
def test_a_sample_is_told_by_its_size_and_who_took_it(
    text: str, marked: list[Marked], size: int, by: str
) -> None:
    (sample,) = found(text, *marked).all
    assert (int(sample.size), sample.by) == (size, by)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The force examined 60 files.", [q("60 files")]),
        ("We found that 60 files were lost.", [q("60 files")]),
        ("We examined whether officers who had seen their own notes had lost 60 files.", [q("60 files")]),
        ("In all, 64 people answered the call.", [q("64 people")]),
    ],
)
def test_a_number_that_nobody_read_or_asked_is_no_sample(text: str, marked: list[Marked]) -> None:
    assert found(text, *marked).all == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In May 2024, we examined 60 files.", "own"),
        ("We examined 60 files. All of them had been closed in May 2024.", "behind"),
        ("In May 2024 there was news. We examined 60 files.", "before"),
        ("We examined 60 files.\nTo see more, we inspected the force in May 2024.", "visit"),
    ],
)
def test_a_sample_has_its_time_in_or_beside_its_sentence_or_that_of_the_visit(text: str, place: str) -> None:
    marks = sorted([MAY, q("60 files")], key=lambda mark: text.index(mark.words))
    (sample,) = found(text, *marks).all
    assert [(period.begin_date, where) for period, where in sample.times] == [("2024-05-01", place)]


@pytest.mark.parametrize(
    ("later", "marked", "way"),
    [
        ("In 21 of the 60, reasons were missing.", q("21 of the 60", numerator=21, denominator=60), "whole"),
        ("The same 60 files were short.", q("60 files"), "size"),
        ("Of the files that we examined, 9 were late.", q("9"), "read"),
        ("Late notes were in 9 of those files.", q("9"), "things"),
        ("Late notes were in 9 plans.", q("9 plans"), ""),
    ],
)
def test_a_figure_far_on_is_part_of_a_sample_by_its_words(later: str, marked: Marked, way: str) -> None:
    text = f"In May 2024, we examined 60 files.\nThe force is good.\nReasons are weak\n{later}"
    samples = found(text, MAY, q("60 files"), marked)
    assert ways(samples, 1) == ([(60, way)] if way else [])


def test_the_figures_that_follow_in_a_paragraph_go_on_with_the_sample() -> None:
    text = "In May 2024, we examined 60 files.\nOf the files that we examined, 9 were late. Then 4 were lost."
    samples = found(text, MAY, q("60 files"), q("9"), q("4"))
    assert ways(samples, 2) == [(60, "on")]


def test_very_many_samples_are_read_in_time() -> None:
    line = "We examined 60 files. "
    text = line * 2000
    started = time.process_time()
    samples = found(text, *[q("60 files")] * 2000)
    assert len(samples.all) == 2000
    assert all(samples.of(index) for index in range(2000))
    assert time.process_time() - started < 20
