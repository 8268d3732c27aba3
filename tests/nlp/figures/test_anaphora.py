"""Figures that a back reference, a speaker at the end or another sentence completes."""

from __future__ import annotations

import pytest
from figure_helpers import (
    FOR,
    INS,
    OFF,
    OTH,
    PC,
    RANK,
    RATIO,
    RESP,
    SUR,
    TIME,
    Case,
    D,
    day,
    f,
    figures,
    seen,
    year,
)

CASES: list[Case] = [
    (
        "The number of suspects on bail stood at 1,802 on 1 May 2022, the force said. Their cases were 140 "
        "days old on average.",
        [f("1,802", day("2022-05-01"), FOR), f("140 days", day("2022-05-01"), FOR, unit=TIME)],
    ),
    (
        "On the evening of 3 May 2021, we saw 30 incidents in the queue. One caller had waited nine hours.",
        [f("30 incidents", day("2021-05-03"), INS), f("nine hours", day("2021-05-03"), INS, unit=TIME)],
    ),
    (
        "Calls to the harbour fell from 900 in 2019 to 600 in 2021, the force’s analysts say.",
        [
            f("900", ("2019-01-01", "2019-12-31"), FOR),
            f("600", ("2021-01-01", "2021-12-31"), FOR, way="decrease", was=D(900)),
        ],
    ),
    (
        "Between April and June 2024, the force met it for 91.5 percent of calls, BT reports, and stood 12th "
        "among forces.",
        [
            f("91.5 percent", ("2024-04-01", "2024-06-30"), OFF, unit=PC),
            f("12th", ("2024-04-01", "2024-06-30"), OFF, unit=RANK),
        ],
    ),
    (
        "A consultant screened 180 officers in 2021. One in four needed help, the firm reported.",
        [
            f("180 officers", ("2021-01-01", "2021-12-31")),
            f("One in four", ("2021-01-01", "2021-12-31"), OTH, unit=RATIO, top=D(1), bottom=D(4)),
        ],
    ),
    (
        "The force asked 70 survivors about the service that they had had. Of those, 61 felt believed.",
        [f("70 survivors", by=SUR, of=RESP), f("61", by=SUR, of=RESP, top=D(61), bottom=D(70))],
    ),
    (
        "We audited 700 reports of crime from 1 May to 31 July 2021. Our estimate is that the force records "
        "94.1 percent (with a confidence interval of +/− 2.0 percent) of them.",
        [
            f("700 reports", ("2021-05-01", "2021-07-31"), INS),
            f("94.1 percent", ("2021-05-01", "2021-07-31"), INS, unit=PC),
        ],
    ),
    (
        "Since the centre moved in October 2020, the force has become fourth fastest at answering 999 calls. "
        "This is what data from BT for May 2022 shows.",
        [f("fourth fastest", ("2022-05-01", "2022-05-31"), OFF, unit=RANK)],
    ),
    (
        "Reserves, which were £9.1m on 31 March 2021, had dwindled to £6.2m two years later.",
        [
            f("£9.1m", day("2021-03-31"), unit="GBP"),
            f("£6.2m", day("2023-03-31"), unit="GBP"),
        ],
    ),
    (
        "On 31 March 2024, the force had 2,010 vehicles. That was 30 fewer than the 2,040 it had on the same "
        "date in 2023. Over the same 12 months, its vans grew from 900 to 950.",
        [
            f("2,010 vehicles", day("2024-03-31")),
            f("30", ("2023-03-31", "2024-03-31"), way="decrease", was=D(2040)),
            f("2,040", day("2023-03-31")),
            f("900", day("2023-03-31")),
            f("950", day("2024-03-31"), way="increase", was=D(900)),
        ],
    ),
    (
        "The force introduced the scheme in June 2024. It estimates that this saved 5,000 hours between then "
        "and January 2025.",
        [f("5,000 hours", ("2024-06-01", "2025-01-31"), FOR, unit=TIME)],
    ),
    (
        "On 14 March 2025, we counted 150 exhibits in the queue. Forty came from cases of fraud. The oldest "
        "had been there for 190 days.",
        [
            f("150 exhibits", day("2025-03-14"), INS),
            f("Forty", day("2025-03-14"), INS),
            f("190 days", day("2025-03-14"), INS, unit=TIME),
        ],
    ),
    (
        "The system is due to be replaced in autumn 2023, at a cost of £9 million; the original estimate was "
        "£7 million.",
        [f("£9 million", unit="GBP"), f("£7 million", unit="GBP")],
    ),
    (
        "The average was 45 days in 2021, we found, and 80 requests were still waiting.",
        [f("45 days", ("2021-01-01", "2021-12-31"), INS, unit=TIME), f("80 requests", by=INS)],
    ),
    (
        "All 210 sergeants have attended the course, a national one, since January 2024.",
        [f("210 sergeants", ("2024-01-01", None))],
    ),
    (
        "The force told us that by May 2025 this was down to 7.2 percent.",
        [f("7.2 percent", ("2025-05-01", "2025-05-31"), FOR, unit=PC, way="decrease")],
    ),
    (
        "Its plan was drawn up after 1,900 people replied to a consultation between May and July 2023. "
        "Six in ten supported more patrols.",
        [
            f("1,900 people", ("2023-05-01", "2023-07-31"), SUR, RESP),
            f("Six in ten", ("2023-05-01", "2023-07-31"), SUR, RESP, RATIO, top=D(6), bottom=D(10)),
        ],
    ),
    (
        "The operation led to prison terms that add up to 120 years.",
        [f("120 years", unit=TIME)],
    ),
    (
        "We found 12 such crimes, out of 60 that we examined, which had not been recorded.",
        [f("12 such crimes", by=INS), f("60", by=INS)],
    ),
    (
        "Policing cost 48p per person per day in the year ending 31 March 2019.",
        [f("48p", year("2019-03-31"), unit="GBP")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:60] for text, _ in CASES])
def test_a_passage_gives_what_its_references_tell(text: str, expected: list[dict[str, object]]) -> None:
    found = figures(text)
    assert [figure.text for figure in found] == [wanted["text"] for wanted in expected]
    assert [seen(a, b) for a, b in zip(found, expected, strict=True)] == expected
