"""Figures in the manner of reports of all cycles and kinds, with every slot that makes one complete."""

from __future__ import annotations

from typing import Any

import pytest
from figure_helpers import (
    EW,
    FIRE,
    FOR,
    GBP,
    INS,
    NONE,
    OFF,
    OTH,
    OTHERS,
    PC,
    RANK,
    RATE,
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

POLICE: list[Case] = [
    (
        "In the 12 months to 31 March 2014, recorded crime fell by 4 percent, compared with a fall of 2 "
        "percent in England and Wales.",
        [
            f("4 percent", year("2014-03-31"), OFF, unit=PC, way="decrease", beside=[D(2)]),
            f("2 percent", year("2014-03-31"), OFF, EW, PC, way="decrease"),
        ],
    ),
    (
        "The victim satisfaction rate was 84.1 percent ± 1.1 percent in the 12 months to June 2014.",
        [f("84.1 percent", year("2014-06-30"), unit=PC, interval=D("1.1"))],
    ),
    (
        "The force has identified that it needs to save £11.6m (3 percent) in 2015/16.",
        [
            f("£11.6m", ("2015-04-01", "2016-03-31"), FOR, unit=GBP, value=D(11600000)),
            f("3 percent", ("2015-04-01", "2016-03-31"), FOR, unit=PC),
        ],
    ),
    (
        "The force made planned savings of £4.2m in 2013/14.",
        [f("£4.2m", ("2013-04-01", "2014-03-31"), unit=GBP)],
    ),
    (
        "By March 2015, the force plans to have 54 fewer police officers.",
        [f("54 fewer police officers", (None, "2015-03-31"), FOR, way="decrease")],
    ),
    (
        "The force’s crime rate in the 12 months to 31 March 2015 was 61.2 crimes per 1,000 population, "
        "compared with 56.0 per 1,000 population for England and Wales.",
        [
            f(
                "61.2 crimes per 1,000 population",
                year("2015-03-31"),
                OFF,
                unit=RATE,
                base="1000",
                beside=[D("56.0")],
            ),
            f("56.0 per 1,000 population", year("2015-03-31"), OFF, EW, RATE, base="1000"),
        ],
    ),
    (
        "As at 31 March 2017, there were 1,204 police officers and 873 police staff in the force.",
        [
            f("1,204 police officers", day("2017-03-31")),
            f("873 police staff", day("2017-03-31")),
        ],
    ),
    (
        "We examined 60 crime files and found that 17 had no investigation plan.",
        [f("60 crime files", by=INS), f("17", by=INS, top=D(17), bottom=D(60))],
    ),
    (
        "We reviewed 90 case files. Supervision was effective in 61 of them.",
        [f("90 case files", by=INS), f("61 of them", by=INS, top=D(61), bottom=D(90))],
    ),
    (
        "Of the 60 cases that we reviewed, four had been closed without the victim’s agreement.",
        [f("60 cases", by=INS), f("four", by=INS, top=D(4), bottom=D(60))],
    ),
    (
        "We dip-sampled 20 vetting files and judged that three lacked a rationale.",
        [f("20 vetting files", by=INS), f("three", by=INS, top=D(3), bottom=D(20))],
    ),
    (
        "During our inspection we spoke to 12 detectives, of whom five had no accreditation.",
        [f("12 detectives", by=INS), f("five", by=INS, top=D(5), bottom=D(12))],
    ),
    (
        "The force told us that 38 percent of its detectives were accredited. It has 42 vacancies.",
        [f("38 percent", by=FOR, unit=PC), f("42 vacancies", by=FOR)],
    ),
    (
        "The force has a budget of £310.5m for 2023/24, and it expects a shortfall of £8m by 31 March 2026.",
        [
            f("£310.5m", ("2023-04-01", "2024-03-31"), unit=GBP),
            f("£8m", (None, "2026-03-31"), FOR, unit=GBP),
        ],
    ),
    (
        "An independent evaluation by the University of Elmstead found that reoffending had fallen by 21 "
        "percent.",
        [f("21 percent", by=OTH, unit=PC, way="decrease")],
    ),
    (
        "Crown Prosecution Service data shows that 31 percent of files were sent back in the year ending "
        "31 March 2022.",
        [f("31 percent", year("2022-03-31"), OTH, unit=PC)],
    ),
    (
        "According to the charity SafeLives, 1 in 12 victims is repeatedly abused.",
        [f("1 in 12 victims", by=OTH, unit=RATIO, top=D(1), bottom=D(12))],
    ),
    (
        "The force ran a survey of its staff in May 2022. Of the 1,020 people who replied, two in five "
        "said that morale was low.",
        [
            f("1,020 people", ("2022-05-01", "2022-05-31"), SUR, RESP),
            f("two in five", ("2022-05-01", "2022-05-31"), SUR, RESP, RATIO, top=D(2), bottom=D(5)),
        ],
    ),
    (
        "In our survey, 64 percent of respondents (128 of 200) said that their workload was too high.",
        [
            f("64 percent", NONE, SUR, RESP, PC, top=D(128), bottom=D(200)),
            f("128 of 200", NONE, SUR, RESP, top=D(128), bottom=D(200)),
        ],
    ),
    (
        "The backlog of digital devices, which stood at 412 in January 2022, had fallen to 96 by "
        "December 2022.",
        [
            f("412", ("2022-01-01", "2022-01-31")),
            f("96", ("2022-12-01", "2022-12-31"), way="decrease"),
        ],
    ),
    (
        "In the year ending 31 March 2023, the force stopped and searched 4,210 people. Of these, 28.4 "
        "percent resulted in an item being found.",
        [
            f("4,210 people", year("2023-03-31"), OFF),
            f("28.4 percent", year("2023-03-31"), OFF, unit=PC),
        ],
    ),
    (
        "In the year ending 31 March 2022, Black people were 5.2 times more likely to be stopped and "
        "searched than White people, up from 4.1 times in the year ending 31 March 2021.",
        [
            f("5.2 times more likely", year("2022-03-31"), OFF, unit=RATIO, way="increase", was=D("4.1")),
            f("4.1 times", year("2021-03-31"), OFF, unit=RATIO),
        ],
    ),
    (
        "Between 1 January 2022 and 31 December 2022, the force answered 71.3 percent of 999 calls "
        "within 10 seconds, below the England and Wales rate of 78.1 percent.\nAbout the data\nData on "
        "999 calls comes from BT.",
        [
            f("71.3 percent", year("2022-12-31"), OFF, unit=PC, beside=[D("78.1")]),
            f("78.1 percent", year("2022-12-31"), OFF, EW, PC),
        ],
    ),
    (
        "The median time to attend an emergency was 11 minutes 32 seconds.",
        [f("11 minutes 32 seconds", unit=TIME, base="seconds", value=D(692))],
    ),
    (
        "In the year ending 31 March 2021, 12.1 percent of victim-based crimes led to a charge. This was "
        "an increase of 1.4 percentage points on the previous year.",
        [
            f("12.1 percent", year("2021-03-31"), OFF, unit=PC, way="increase"),
            f("1.4 percentage points", year("2021-03-31"), OFF, unit=PC, way="increase"),
        ],
    ),
    (
        "The force had 31.4 organised crime groups per million population as at 1 July 2017.\nAbout the "
        "data\nWe collected data on organised crime groups directly from all 43 forces.",
        [
            f(
                "31.4 organised crime groups per million population",
                day("2017-07-01"),
                INS,
                unit=RATE,
                base="1000000",
            )
        ],
    ),
    (
        "The arrest rate for domestic abuse was 41.2 percent in the year ending 30 June 2017.\nAnnex A – "
        "About the data\nDomestic abuse arrest rate\nThese data were collected directly from all 43 "
        "police forces in England and Wales.",
        [f("41.2 percent", year("2017-06-30"), INS, unit=PC)],
    ),
    (
        "The force served 112 Domestic Violence Protection Notices in 2019/20, the force told us.",
        [f("112 Domestic Violence Protection Notices", ("2019-04-01", "2020-03-31"), FOR)],
    ),
    (
        "Each investigator carries between 15 and 22 cases.",
        [f("15"), f("22 cases")],
    ),
    (
        "The average caseload is 14 crimes per investigator.",
        [f("14 crimes per investigator", unit=RATE, base="1")],
    ),
    (
        "Its funding is £164 per head of population, against an average of £181 for England and Wales.",
        [
            f("£164", by=OFF, unit=GBP, beside=[D(181)]),
            f("£181", by=OFF, of=EW, unit=GBP),
        ],
    ),
    (
        "The force’s 101 abandonment rate was 6.2 percent, compared with 11.4 percent for most similar "
        "forces.",
        [
            f("6.2 percent", unit=PC, beside=[D("11.4")]),
            f("11.4 percent", of=OTHERS, unit=PC),
        ],
    ),
    (
        "The force recorded 1,830 rapes in the year ending 30 June 2022, a rise of 22 percent on the "
        "year before.",
        [
            f("1,830 rapes", year("2022-06-30"), OFF, way="increase"),
            f("22 percent", year("2022-06-30"), OFF, unit=PC, way="increase"),
        ],
    ),
    (
        "We estimate that the force is recording 95.1 percent (with a confidence interval of +/- 2.2 "
        "percent) of all reported crime (excluding fraud). In 2018, we estimated that this was 88.3 "
        "percent (with a confidence interval of +/- 2.9 percent).",
        [
            f("95.1 percent", by=INS, unit=PC, interval=D("2.2"), beside=[D("88.3")]),
            f("88.3 percent", year("2018-12-31"), INS, unit=PC, interval=D("2.9")),
        ],
    ),
    (
        "It means the force fails to record about 3,900 crimes in a typical year.",
        [f("3,900 crimes", by=INS)],
    ),
    (
        "In the force control room, 18 of 61 posts were vacant at the time of our inspection.",
        [f("18 of 61 posts", top=D(18), bottom=D(61))],
    ),
    (
        "Only one supervisor had been trained, while 23 were waiting for a course.",
        [f("one supervisor"), f("23")],
    ),
    (
        "The force is ranked 4th out of 43 forces for the rate of burglary.",
        [f("4th", by=OFF, unit=RANK)],
    ),
    (
        "In the year ending 31 December 2022, the force had the third lowest rate of stop and searches "
        "of all forces in England and Wales.",
        [f("third lowest", year("2022-12-31"), OFF, unit=RANK)],
    ),
    (
        "In 2020/21, 7.4 percent of officers were on long-term sick leave. This compares with 3.1 "
        "percent for all forces in England and Wales.\nAbout the data\nData on sickness comes from the "
        "Home Office.",
        [
            f("7.4 percent", ("2020-04-01", "2021-03-31"), OFF, unit=PC, beside=[D("3.1")]),
            f("3.1 percent", ("2020-04-01", "2021-03-31"), OFF, EW, PC),
        ],
    ),
    (
        "The force serves a population of about 1.4 million people in an area of 3,500 square kilometres.",
        [f("1.4 million people"), f("3,500 square kilometres")],
    ),
    (
        "Some 27 percent of the population are from an ethnic minority background.\nAbout the "
        "data\nPopulation figures are from the 2021 census of the Office for National Statistics.",
        [f("27 percent", by=OFF, unit=PC)],
    ),
    (
        "On 3 October 2022, we found 164 domestic abuse incidents waiting for an officer; the oldest had "
        "been open for 9 days.",
        [
            f("164 domestic abuse incidents", day("2022-10-03"), INS),
            f("9 days", day("2022-10-03"), INS, unit=TIME, base="days"),
        ],
    ),
    (
        "We were told by the force that 46 officers had left since April 2021.",
        [f("46 officers", ("2021-04-01", None), FOR)],
    ),
    (
        "The Police Federation said that 120 officers had sought its help in 2022.",
        [f("120 officers", year("2022-12-31"), OTH)],
    ),
    (
        "According to the force’s own data, it dealt with 402 missing children in 2021/22, down from 455 "
        "in 2020/21.",
        [
            f("402 missing children", ("2021-04-01", "2022-03-31"), FOR, way="decrease", was=D(455)),
            f("455", ("2020-04-01", "2021-03-31"), FOR),
        ],
    ),
    (
        "Over the six months to 30 June 2021, the force referred 88 percent of victims to support "
        "services, compared with 61 percent in the same period in 2020.",
        [
            f("88 percent", ("2021-01-01", "2021-06-30"), unit=PC),
            f("61 percent", ("2020-01-01", "2020-06-30"), unit=PC),
        ],
    ),
    (
        "In the quarter ending 30 September 2022, it made 310 arrests for domestic abuse, against 262 in "
        "the same quarter of 2021.",
        [
            f("310 arrests", ("2022-07-01", "2022-09-30"), beside=[D(262)]),
            f("262", ("2021-07-01", "2021-09-30")),
        ],
    ),
    (
        "Officers should attend priority incidents within 60 minutes. In the six months to 30 September "
        "2021, they did so in 52 percent of cases.",
        [f("52 percent", ("2021-04-01", "2021-09-30"), unit=PC)],
    ),
    (
        "The policy says that 90 percent of calls should be answered within ten seconds.",
        [],
    ),
    (
        "National guidance allows 28 days for a disclosure. In 2022, it took the force 61 days on average.",
        [f("61 days", year("2022-12-31"), unit=TIME, base="days")],
    ),
    (
        "Almost two thirds of neighbourhood officers have been taken away from their duties.",
        [f("two thirds", unit=RATIO, top=D(2), bottom=D(3))],
    ),
    (
        "A third of the 27 supervisors we interviewed had received no training.",
        [f("A third", by=INS, unit=RATIO, top=D(1), bottom=D(3)), f("27 supervisors", by=INS)],
    ),
    (
        "The force spends 21 percent of its budget on investigations, more than any other force in "
        "England and Wales.",
        [f("21 percent", unit=PC)],
    ),
    (
        "Home Office data shows that the force’s charge rate was 5.6 percent in the year ending 31 March "
        "2022. The rate for rape was 3.9 percent.",
        [
            f("5.6 percent", year("2022-03-31"), OFF, unit=PC),
            f("3.9 percent", year("2022-03-31"), OFF, unit=PC),
        ],
    ),
    (
        "The number of neighbourhood officers rose from 96 in 2019 to 141 in 2022, an increase of 47 "
        "percent.",
        [
            f("96", year("2019-12-31")),
            f("141", year("2022-12-31"), way="increase", was=D(96)),
            f("47 percent", unit=PC, way="increase", was=D(96), period=year("2022-12-31")),
        ],
    ),
    (
        "The Home Office gave the force £1.2m in 2021/22 for Operation Sceptre; the police and crime "
        "commissioner added £350,000.",
        [
            f("£1.2m", ("2021-04-01", "2022-03-31"), unit=GBP),
            f("£350,000", ("2021-04-01", "2022-03-31"), unit=GBP),
        ],
    ),
    (
        "The force can send 40 public order officers to other forces at short notice.",
        [f("40 public order officers")],
    ),
    (
        "Members of the panel, which was set up in summer 2021, looked at 60 forms.",
        [f("60 forms", by=OTH)],
    ),
    (
        "In our 2019 inspection, we found that 57 percent of crimes were investigated well. This time, "
        "the figure was 81 percent.",
        [
            f("57 percent", ("2019-01-01", "2019-12-31"), INS, unit=PC),
            f("81 percent", NONE, INS, unit=PC),
        ],
    ),
    (
        "In a joint operation with Eastmoor Police, the force seized 14 firearms and £230,000 in cash.",
        [f("14 firearms"), f("£230,000", unit=GBP)],
    ),
    (
        "In Eastmoor Police, 12.3 percent of crimes led to a charge, while in Loamshire Police it was "
        "8.8 percent.",
        [
            f("12.3 percent", by=OFF, of=OTHERS, unit=PC),
            f("8.8 percent", by=OFF, unit=PC, beside=[D("12.3")]),
        ],
    ),
    (
        "HMIC found that the force needed to find savings of £134m over the spending review period.",
        [f("£134m", by=INS, unit=GBP)],
    ),
    (
        "The force plans to spend £2.3m on body-worn video in 2015/16 and £1.8m in 2016/17.",
        [
            f("£2.3m", ("2015-04-01", "2016-03-31"), FOR, unit=GBP),
            f("£1.8m", ("2016-04-01", "2017-03-31"), FOR, unit=GBP),
        ],
    ),
    (
        "Police staff numbers were cut by 15 percent between March 2010 and March 2015, compared with 19 "
        "percent nationally.",
        [
            f("15 percent", ("2010-03-01", "2015-03-31"), OFF, unit=PC, way="decrease", beside=[D(19)]),
            f("19 percent", ("2010-03-01", "2015-03-31"), OFF, EW, PC),
        ],
    ),
    (
        "In 2014/15, 54 percent of victims of antisocial behaviour were satisfied, compared with 54 "
        "percent for England and Wales.",
        [
            f("54 percent", ("2014-04-01", "2015-03-31"), OFF, unit=PC),
            f("54 percent", ("2014-04-01", "2015-03-31"), OFF, EW, PC),
        ],
    ),
]

FIRES: list[Case] = [
    (
        "Between 1 April 2022 and 31 March 2023, the service carried out 8,412 home fire safety visits.",
        [f("8,412 home fire safety visits", year("2023-03-31"))],
    ),
    (
        "In the year ending 31 March 2021, the service completed 12.4 home fire safety visits per 1,000 "
        "population, compared with an England rate of 10.7.",
        [
            f(
                "12.4 home fire safety visits per 1,000 population",
                year("2021-03-31"),
                OFF,
                unit=RATE,
                base="1000",
                beside=[D("10.7")],
            ),
            f("10.7", year("2021-03-31"), OFF, "other", RATE, base="1000"),
        ],
    ),
    (
        "In the year ending 31 December 2021, the service’s average response time to primary fires was 9 "
        "minutes and 45 seconds.",
        [f("9 minutes and 45 seconds", year("2021-12-31"), unit=TIME, base="seconds", value=D(585))],
    ),
    (
        "As at 31 March 2023, the service had 421 wholetime and 215 on-call firefighters.",
        [f("421", day("2023-03-31")), f("215 on-call firefighters", day("2023-03-31"))],
    ),
    (
        "As at 31 March 2022, 6.4 percent of firefighters were women, compared with 8.1 percent in England.",
        [
            f("6.4 percent", day("2022-03-31"), OFF, unit=PC, beside=[D("8.1")]),
            f("8.1 percent", day("2022-03-31"), OFF, "other", PC),
        ],
    ),
    (
        "The service took four prosecutions under the Regulatory Reform (Fire Safety) Order 2005 in the "
        "five years to 31 March 2022.",
        [f("four prosecutions", ("2017-04-01", "2022-03-31"))],
    ),
    (
        "In 2021/22, on-call availability was 71 percent; the service told us that it had fallen to 64 "
        "percent by March 2023.",
        [
            f("71 percent", ("2021-04-01", "2022-03-31"), unit=PC),
            f("64 percent", ("2023-03-01", "2023-03-31"), FOR, unit=PC, way="decrease"),
        ],
    ),
    (
        "The service audited 310 of its 2,100 high-risk premises in 2020/21.",
        [f("310 of its 2,100 high-risk premises", ("2020-04-01", "2021-03-31"), top=D(310), bottom=D(2100))],
    ),
    (
        "Of the 241 people who replied to our staff survey, 38 percent said that they had been bullied.",
        [f("241 people", NONE, SUR, RESP), f("38 percent", NONE, SUR, RESP, PC)],
    ),
    (
        "The service’s reserves were £7.9m as at 31 March 2022, which is 18 percent of its net revenue "
        "budget.",
        [
            f("£7.9m", day("2022-03-31"), unit=GBP),
            f("18 percent", day("2022-03-31"), unit=PC),
        ],
    ),
    (
        "The service attended 4,980 incidents in the year ending 30 June 2022. Of these, 1,120 were "
        "fires and 2,310 were false alarms.",
        [
            f("4,980 incidents", year("2022-06-30")),
            f("1,120", year("2022-06-30"), top=D(1120), bottom=D(4980)),
            f("2,310", year("2022-06-30"), top=D(2310), bottom=D(4980)),
        ],
    ),
    (
        "The firefighter cost per head of population is £21.40, below the England average of £23.82.",
        [
            f("£21.40", by=OFF, unit=GBP, beside=[D("23.82")]),
            f("£23.82", by=OFF, of="other", unit=GBP),
        ],
    ),
    (
        "Its wholetime fire engines were available 98.7 percent of the time in 2022.",
        [f("98.7 percent", year("2022-12-31"), unit=PC)],
    ),
]

LETTERS: list[Case] = [
    (
        "You told me that the number of outstanding warrants had fallen from 540 to 312 since our "
        "inspection.",
        [f("540", by=FOR), f("312", by=FOR, way="decrease", was=D(540))],
    ),
    (
        "The backlog now stands at 61 cases.",
        [f("61 cases")],
    ),
    (
        "In March 2023, there were 411 cases in the queue. The queue now stands at 88.",
        [f("411 cases", ("2023-03-01", "2023-03-31")), f("88", NONE)],
    ),
    (
        "When we returned in May 2022, we reviewed 45 cases and found that 41 had a plan.",
        [
            f("45 cases", ("2022-05-01", "2022-05-31"), INS),
            f("41", ("2022-05-01", "2022-05-31"), INS, top=D(41), bottom=D(45)),
        ],
    ),
    (
        "In your letter of 4 July 2022, you told us that 12 of the 15 recommendations are complete.",
        [f("12 of the 15 recommendations", by=FOR, top=D(12), bottom=D(15), period=NONE)],
    ),
    (
        "The inspectorate has today published a report on Loamshire Police, which serves 850,000 people.",
        [f("850,000 people")],
    ),
]

CHILDREN: list[Case] = [
    (
        "In 2018–19, 45 per cent of child protection plans were repeat plans.",
        [f("45 per cent", ("2018-04-01", "2019-03-31"), unit=PC)],
    ),
    (
        "At the time of the inspection, 364 children were in care.",
        [f("364 children")],
    ),
    (
        "At 31 March 2023, 521 children were being looked after by the local authority, a rate of 71 per "
        "10,000 children.",
        [
            f("521 children", day("2023-03-31")),
            f("71 per 10,000 children", day("2023-03-31"), unit=RATE, base="10000"),
        ],
    ),
    (
        "Of these, 134 (or 39 per cent) live outside the local authority area.",
        [f("134"), f("39 per cent", unit=PC, top=D(134))],
    ),
    (
        "Inspectors tracked 12 children’s cases.",
        [f("12 children’s cases", by=INS)],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), POLICE + LETTERS + CHILDREN, ids=[c[0][:70] for c in POLICE + LETTERS + CHILDREN]
)
def test_a_passage_gives_whole_figures(text: str, expected: list[dict[str, Any]]) -> None:
    found = figures(text)
    assert [figure.text for figure in found] == [wanted["text"] for wanted in expected]
    assert [seen(a, b) for a, b in zip(found, expected, strict=True)] == expected


@pytest.mark.parametrize(("text", "expected"), FIRES, ids=[c[0][:70] for c in FIRES])
def test_a_passage_of_a_fire_report_gives_whole_figures(text: str, expected: list[dict[str, Any]]) -> None:
    found = figures(text, force=FIRE)
    assert [figure.text for figure in found] == [wanted["text"] for wanted in expected]
    assert [seen(a, b) for a, b in zip(found, expected, strict=True)] == expected


def test_a_line_of_more_numbers_than_prose_has_is_a_table() -> None:
    row = "The rows are " + " ".join(str(number) for number in range(2, 80)) + " in all."
    assert figures(row + "\nIt has 12 vans.")[0].text == "12 vans"
