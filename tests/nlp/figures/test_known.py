"""How the slots of a figure are known, and from which words."""

from __future__ import annotations

import pytest
from figure_helpers import figures

Said = tuple[str, str]


def known(text: str, span: str) -> dict[str, Said]:
    figure = next(figure for figure in figures(text) if figure.text.startswith(span))
    return {one.slot: (one.how, text[one.start : one.end]) for one in figure.known}


@pytest.mark.parametrize(
    ("text", "span", "slot", "said"),
    [
        (
            "In the year ending 31 March 2023, the force told us that it had 9 vans.",
            "9 vans",
            "period",
            ("stated", "year ending 31 March 2023"),
        ),
        ("The force told us that it had 9 vans.", "9 vans", "attribution", ("stated", "The force told us")),
        (
            "In 2022/23, the force recorded 840 thefts. That is 4.4 for every 1,000 residents.",
            "4.4",
            "period",
            ("carried", "2022/23"),
        ),
        (
            "In 2022/23, the rate in England and Wales was 5.2 thefts per 1,000 population.",
            "5.2 thefts per 1,000 population",
            "population",
            ("stated", "England and Wales"),
        ),
        ("There were 9 vans.", "9 vans", "population", ("implied", "9 vans")),
        (
            "We examined 40 cases. In 9 of them, nobody was told.",
            "9",
            "attribution",
            ("carried", "We examined"),
        ),
        (
            "It searched 9 percent of female officers.",
            "9 percent",
            "group",
            ("stated", "female officers"),
        ),
    ],
)
def test_each_slot_names_the_words_that_it_is_known_from(text: str, span: str, slot: str, said: Said) -> None:
    assert known(text, span)[slot] == said


def test_what_is_not_known_has_no_words() -> None:
    assert known("There were 9 vans.", "9 vans").keys() == {"population"}
