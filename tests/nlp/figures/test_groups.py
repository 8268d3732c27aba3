"""Groups and concepts on their own: measures and labels are given."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_steps import context, q

from kg.nlp.figures.context import Context
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.measures.groups import find_concepts, find_groups

PERCENT = "percent"


def groups(made: Context, links: Links) -> list[tuple[str, str] | None]:
    return [g and (g.how, made.text[g.start : g.end]) for g in find_groups(made, links)]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Black people were stopped 9 percent more.", "Black people"),
        (
            "Of those, people from ethnic minority backgrounds were 9 percent.",
            "people from ethnic minority backgrounds",
        ),
        ("It searched 9 percent of female officers.", "female officers"),
        ("It searched 9 percent of officers.", None),
        ("Compared with White people, it was 9 percent.", "White people"),
    ],
)
def test_the_words_next_to_a_figure_name_its_group(text: str, group: str | None) -> None:
    assert groups(context(text, q("9 percent", PERCENT)), Links()) == [group and ("stated", group)]


def test_a_rank_has_no_group_and_a_compared_ratio_that_of_its_focal_figure() -> None:
    text = "Black people were 3 times more likely to be searched, against 2 times elsewhere."
    made = context(text, q("3 times", "ratio"), q("2 times", "ratio"))
    found = groups(made, Links(comparators={0: [1]}, focal={1: 0}))
    assert found == [("stated", "Black people"), ("carried", "Black people")]
    ranked = context("Black people had the 3rd highest rate.", q("3rd highest", "rank", value=3))
    assert groups(ranked, Links()) == [None]


LABELS = {
    "robbery": "iri/robbery",
    "recorded robbery": "iri/recorded-robbery",
    "police officers": "iri/officers",
}


@pytest.mark.parametrize(
    ("measure", "concept"),
    [
        ("change in recorded robbery", "iri/recorded-robbery"),
        ("robbery", "iri/robbery"),
        ("police officers", "iri/officers"),
        ("police officers in the force", "iri/officers"),
        ("police officers who left", None),
        ("cars", None),
        (None, None),
    ],
)
def test_the_concept_has_the_longest_label_in_the_measure(measure: str | None, concept: str | None) -> None:
    made = context("There were 9 things.", q("9 things"))
    assert find_concepts(made, [measure], [None], LABELS) == [concept]


def test_a_share_is_not_measured_by_the_people_in_it() -> None:
    made = context("In 9 of 16 cases.", q("9 of 16 cases", noun="cases", denominator=Decimal(16)))
    assert find_concepts(made, ["cases in which police officers came"], [None], LABELS) == [None]


def test_a_figure_without_a_noun_has_the_concept_before_it() -> None:
    made = context("The robbery rate was 9 percent.", q("9 percent", PERCENT))
    assert find_concepts(made, ["rate"], [None], LABELS) == ["iri/robbery"]


def test_what_a_share_is_part_of_is_not_what_it_measures() -> None:
    made = context("Reserves are 1.8 percent of its net revenue budget.", q("1.8 percent", "percent"))
    labels = {"net revenue budget": "iri/budget"}
    assert find_concepts(made, ["net revenue budget"], ["net revenue budget"], labels) == [None]
    assert find_concepts(made, ["net revenue budget"], [None], labels) == ["iri/budget"]
