"""Parts and wholes that stand apart: samples, rows of parts, and percentages that arithmetic explains."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_helpers import figures

Parts = tuple[int | None, int | None]


def parts(text: str) -> dict[str, Parts]:
    def whole(value: Decimal | None) -> int | None:
        return None if value is None else int(value)

    return {one.text: (whole(one.numerator), whole(one.denominator)) for one in figures(text)}


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        # the sample of the passage
        ("We reviewed 60 case files. In 41 cases, advice was given.", "41 cases", (41, 60)),
        ("We listened to 55 calls. In 40, nobody had rung back.", "40", (40, 55)),
        ("We read 45 plans; only 14 had been signed.", "14", (14, 45)),
        ("We read 40 visit records. All but three showed a plan.", "three", (3, 40)),
        ("Of 70 records that we reviewed, 8 didn’t contain reasonable grounds.", "8", (8, 70)),
        ("The queue held 318 incidents. Twenty-two involved abuse.", "Twenty-two", (22, 318)),
        ("We read 64 files. A review was late or missing in 27.", "27", (27, 64)),
        ("Six incidents were closed. It has 9 teams.", "9 teams", (None, None)),
        ("It was late in every one of the 18 incidents.", "18 incidents", (18, 18)),
        ("Eight engines out of 27 were unavailable.", "Eight engines", (8, 27)),
        ("It plans to save £4.7m, of which £1.9m has been found.", "£1.9m", (1900000, 4700000)),
        ("Crews went to 6,918 incidents, of which 43 percent were false.", "43 percent", (None, 6918)),
        ("A poll of 820 residents found that 61 percent felt safe.", "61 percent", (None, 820)),
        ("Group | Records reviewed | Assessed\nChildren | 30 | 26\nWomen | 25 | 24", "26", (26, 30)),
        # rows of parts
        ("Fire stations: 31 (wholetime: 6; day-crewed: 4; on-call: 21)", "6", (6, 31)),
        ("Fire stations: 31 (wholetime: 6; day-crewed: 4; on-call: 21)", "21", (21, 31)),
        ("Calls: 5,487, including 1,602 fires and 2,311 false alarms", "2,311 false alarms", (2311, 5487)),
        ("It trained nine examiners, four of whom have left.", "four", (4, 9)),
        # what arithmetic shows
        ("27 of the 169 posts were empty, a vacancy rate of 16 per cent.", "16 per cent", (27, 169)),
        ("Forty-two of the 163 respondents (25.8 percent) agreed.", "25.8 percent", (42, 163)),
        ("We examined 90 investigations. Supervision was good in 51 (57%).", "57%", (51, 90)),
        ("It has £29.6m. Of this, £17.9m (60.5 percent) is tax.", "60.5 percent", (17900000, 29600000)),
        ("It has 2,214 officers. 58 officers left, or 2.6 percent of the total.", "2.6 percent", (58, 2214)),
        # surveys
        ("In our survey, 38 percent (of 2,205 respondents) felt safe.", "38 percent", (None, 2205)),
        ("Of the 612 people who answered our survey, 18 percent had doubts.", "18 percent", (None, 612)),
    ],
)  # fmt: skip
def test_a_part_has_its_whole(text: str, figure: str, expected: Parts) -> None:
    assert parts(text)[figure] == expected


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        # another quotient, another whole, an earlier level, how a sample was made up
        ("27 of the 169 posts were empty, and sickness was 14 per cent.", "14 per cent"),
        ("In 18 of 19 cases it met, and 95% of reviews were on time.", "95%"),
        ("We read 90 case files, among them 20 that the force had closed.", "20"),
        ("Fire stations: 31 (wholetime: 6; day-crewed: 4)", "6"),
        ("The survey drew 171 responses, from 32 percent of the workforce.", "32 percent"),
        ("Officers completed 712 audits. All 14 of them hold a diploma.", "14 of them"),
    ],
)
def test_what_is_no_part_has_no_parts(text: str, figure: str) -> None:
    found = {one.text: one for one in figures(text)}[figure]
    assert found.numerator is None or found.denominator is None


def test_a_change_in_percent_has_its_direction() -> None:
    told = {
        one.text: one.direction
        for one in figures("That was 26 seconds longer than in 2022. It lost 12 officers.")
    }
    assert told == {"26 seconds": "increase", "12 officers": None}
