"""Lists inside lists: levels by signs, numbers, colons and what the format says."""

from __future__ import annotations

import pytest

from kg.nlp.structure.box_items import is_lead_in
from kg.nlp.structure.list_levels import list_levels


@pytest.mark.parametrize(
    ("items", "levels"),
    [
        (["- one", "- two"], [0, 0]),
        (["1. Act by:", "- asking", "- telling.", "2. Plan."], [0, 1, 1, 0]),
        (
            ["1. Act by:", "a) asking;", "b) telling.", "2. Plan by:", "i) x", "ii) y", "3. Do."],
            [0, 1, 1, 0, 1, 1, 0],
        ),
        (["- Support, including:", "− planning", "− money.", "- Checks."], [0, 1, 1, 0]),
        (["- Support, including:", "- planning", "- money.", "- Checks."], [0, 1, 1, 0]),
        (["• a", "o b", "o c", "▪ d", "• e"], [0, 1, 1, 2, 0]),
        (["• a:", "– b", "– c", "• d"], [0, 1, 1, 0]),
        (
            ["1. Act by:", "1.a) asking", "1.b) telling", "2. Plan by:", "2.a) x", "3. Do."],
            [0, 1, 1, 0, 1, 0],
        ),
        (["1. Act by:", "1.1. asking", "1.2. telling", "2. Plan."], [0, 1, 1, 0]),
        (["h) x", "i) y", "j) z"], [0, 0, 0]),
        (["(i) x", "(ii) y", "(iii) z"], [0, 0, 0]),
        (["12. x", "14. y", "15. z"], [0, 0, 0]),
        (["12. x", "Without its number.", "14. y"], [0, 0, 0]),
        (["1. a", "2. b", "1. c", "2. d"], [0, 0, 0, 0]),
        (["- Plan as follows:", "- Visits", "- Checks"], [0, 0, 0]),
        (["- By 30 June, the force should:", "- Train", "- Review"], [0, 1, 1]),
    ],
)
def test_levels(items: list[str], levels: list[int]) -> None:
    assert list_levels(items, is_lead_in) == levels


def test_the_depth_that_a_format_gives_tells_lists_of_one_sign_apart() -> None:
    items = ["- Plan as follows:", "- Visits", "- Checks", "- Train"]
    assert list_levels(items, is_lead_in, [1, 2, 2, 1]) == [0, 1, 1, 0]


@pytest.mark.parametrize(
    "text",
    [
        "By 30 June 2025, the force should:",
        "The service must make sure that:",
        "To address this cause of concern, the force should immediately:",
        "The force should, within three months:",
        "Northmoor Police needs to take the following steps:",
    ],
)
def test_lead_ins(text: str) -> None:
    assert is_lead_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Leaders should make sure that practice reduces risk:",
        "Strengthen the response to children who run away by:",
        "Support for young carers, including:",
        "The force should act.",
    ],
)
def test_lines_with_something_to_do_are_no_lead_ins(text: str) -> None:
    assert not is_lead_in(text)
