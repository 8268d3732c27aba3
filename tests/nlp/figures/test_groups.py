"""Groups on their own."""

from __future__ import annotations

import pytest
from figure_steps import context, q

from kg.nlp.figures.context import Context
from kg.nlp.figures.links.links import Links
from kg.nlp.figures.measures.groups import find_groups

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
