"""The kinds of fault that were found in figures of texts that the rules had never seen, each with variants.

One list a kind; the first text of each is the example of the catalogue of faults, the others are made for it.
"""

from __future__ import annotations

from typing import Any

import pytest
from figure_helpers import (
    EW,
    FIRE,
    FOR,
    INS,
    NONE,
    OFF,
    OTH,
    OTHERS,
    PC,
    RANK,
    RATE,
    RESP,
    SUR,
    TIME,
    D,
    Dates,
    figures,
    seen,
    year,
)

Row = tuple[str, list[dict[str, Any]]]
Y24, Y23, Y22, Y20 = year("2024-03-31"), year("2023-03-31"), year("2022-03-31"), year("2020-03-31")


def calendar(first: int, last: int | None = None) -> Dates:
    return f"{first}-01-01", f"{last or first}-12-31"


COMPARED_YEAR: list[Row] = [  # P1, L1
    (
        "In the year ending 31 March 2024, the force recorded 3,840 thefts, down by 15.5% on 2022/23. That "
        "is 4.4 "
        "for every 1,000 residents. The England and Wales rate rose from 5.1 to 5.6.",
        [
            {"text": "3,840 thefts", "period": Y24, "way": "decrease"},
            {"text": "15.5%", "period": Y24, "way": "decrease", "was": None},
            {"text": "4.4 for every 1,000 residents", "period": Y24, "beside": [D("5.6")]},
            {"text": "5.1", "unit": RATE, "base": "1000", "of": EW},
            {"text": "5.6", "unit": RATE, "period": Y24, "of": EW, "way": "increase", "was": D("5.1")},
        ],
    ),
    (
        "In 2023/24, 12.4% of cases were solved (2022/23: 11.8%; England and Wales: 13.0%).",
        [
            {"text": "12.4%", "period": Y24, "beside": [D("11.8"), D("13.0")]},
            {"text": "11.8%", "period": Y23, "beside": []},
            {"text": "13.0%", "period": Y24, "of": EW},
        ],
    ),
    (
        "In 2023/24, the force charged 1,204 burglaries, up 6% on 2022/23.",
        [
            {"text": "1,204 burglaries", "period": Y24, "way": "increase"},
            {"text": "6%", "period": Y24, "way": "increase"},
        ],
    ),
    (
        "Robbery fell 9 percent on 2021/22 to 410 offences in 2022/23.",
        [
            {"text": "9 percent", "period": Y23, "way": "decrease", "was": None},
            {"text": "410 offences", "period": Y23, "way": "decrease"},
        ],
    ),
    (
        "In 2023, the force answered 71% of calls in time (2022: 64%).",
        [
            {"text": "71%", "period": calendar(2023), "beside": [64]},
            {"text": "64%", "period": calendar(2022)},
        ],
    ),
    (
        "In the year ending 31 March 2024, the force’s charge rate fell from 12.1 percent to 9.3 percent, "
        "compared "
        "with 12.1 percent in England and Wales.",
        [
            {"text": "12.1 percent", "of": "inspected-force", "beside": []},
            {"text": "9.3 percent", "period": Y24, "was": D("12.1"), "beside": [D("12.1")]},
            {"text": "12.1 percent", "of": EW, "period": Y24},
        ],
    ),
    (
        "In 2023/24, the force charged 9.1 percent of burglaries and 4.0 percent of thefts, compared with "
        "11.2 and "
        "5.1 percent in 2021/22.",
        [
            {"text": "9.1 percent", "period": Y24, "beside": [D("11.2")]},
            {"text": "4.0 percent", "period": Y24, "beside": [D("5.1")]},
            {"text": "11.2", "period": Y22, "unit": PC},
            {"text": "5.1 percent", "period": Y22},
        ],
    ),
]
LATER_YEAR: list[Row] = [  # P2
    (
        "The force has 410 officers and 95 staff, and pay makes up 79% of its £61.0m budget for 2025/26.",
        [
            {"text": "410 officers", "period": NONE},
            {"text": "95 staff", "period": NONE},
            {"text": "£61.0m", "period": year("2026-03-31")},
        ],
    ),
    (
        "It now has 21 for 940 (45 each), and the unit expects 2 more in November 2025.",
        [
            {"text": "21", "period": NONE},
            {"text": "940", "period": NONE},
            {"text": "45", "period": NONE},
            {"text": "2", "period": ("2025-11-01", "2025-11-30")},
        ],
    ),
    (
        "It holds 310 vans and 12 boats, and will buy 9 drones in April 2026.",
        [
            {"text": "310 vans", "period": NONE},
            {"text": "12 boats", "period": NONE},
            {"text": "9 drones", "period": ("2026-04-01", "2026-04-30")},
        ],
    ),
]
OWN_REVIEW: list[Row] = [  # P3
    (
        "In 2023, the force recorded 700 uses. We reviewed 45 videos. Force was reasonable in 42 of them, "
        "and "
        "explained in 30 of the 38 where it could be.",
        [
            {"text": "700 uses", "period": calendar(2023)},
            {"text": "45 videos", "period": NONE},
            {"text": "42 of them", "period": NONE, "top": 42, "bottom": 45},
            {"text": "30 of the 38", "period": NONE, "top": 30, "bottom": 38},
        ],
    ),
    (
        "In 2022, the force recorded 900 thefts. Inspectors read 30 files. In 21 of them there was a plan.",
        [
            {"text": "900 thefts", "period": calendar(2022)},
            {"text": "30 files", "period": NONE, "by": INS},
            {"text": "21 of them", "period": NONE, "bottom": 30},
        ],
    ),
]
SIBLINGS: list[Row] = [  # P4, D1
    (
        "In 2023, 70.0 percent of callers and 63.5 percent of victims were satisfied; both are higher than "
        "in 2020, "
        "when they were 58.0 and 49.5 percent.",
        [
            {"text": "70.0 percent", "period": calendar(2023), "way": "increase", "was": D("58.0")},
            {"text": "63.5 percent", "period": calendar(2023), "way": "increase", "was": D("49.5")},
            {"text": "58.0", "unit": PC, "period": calendar(2020)},
            {"text": "49.5 percent", "period": calendar(2020)},
        ],
    ),
    (
        "In 2021/22, 31 percent of officers and 24 percent of staff left; both are lower than in 2019/20, "
        "when they "
        "were 36 and 29 percent.",
        [
            {"text": "31 percent", "way": "decrease", "was": 36},
            {"text": "24 percent", "way": "decrease", "was": 29},
            {"text": "36", "unit": PC, "period": Y20},
            {"text": "29 percent", "period": Y20},
        ],
    ),
    (
        "The average wait was 41 seconds in 2024, longer than in 2022, when it was 29 seconds.",
        [
            {"text": "41 seconds", "period": calendar(2024), "way": "increase", "was": 29},
            {"text": "29 seconds", "period": calendar(2022), "way": None},
        ],
    ),
    (
        "At the time of our inspection, 142 devices were waiting. This is far better than in September "
        "2015, when "
        "there were 418.",
        [
            {"text": "142 devices", "way": "decrease", "was": 418},
            {"text": "418", "period": ("2015-09-01", "2015-09-30")},
        ],
    ),
]
EXPRESSIONS: list[Row] = [  # P5
    (
        "In the first four months of 2024, the force recorded 812 burglaries.",
        [{"text": "812 burglaries", "period": ("2024-01-01", "2024-04-30")}],
    ),
    (
        "In the last two months of 2023, 41 officers left.",
        [{"text": "41 officers", "period": ("2023-11-01", "2023-12-31")}],
    ),
    (
        "In the first five months of 2022/23, it made 310 arrests.",
        [{"text": "310 arrests", "period": ("2022-04-01", "2022-08-31")}],
    ),
    (
        "In our 2018 inspection, we found that 31 percent of calls were abandoned.",
        [{"text": "31 percent", "period": calendar(2018), "by": INS}],
    ),
    (
        "On 3 June 2024 we visited the control room, and 14 calls were waiting.",
        [{"text": "14 calls", "period": ("2024-06-03", "2024-06-03"), "by": INS}],
    ),
    (
        "The force has 12 analysts. Four years before, it had 19.",
        [{"text": "12 analysts", "period": NONE, "beside": [19]}, {"text": "19", "period": NONE}],
    ),
]
EARLIER: list[Row] = [  # C1, C2: the comparator stands in a clause of its own
    ("The backlog stood at 54; it had been 211 in June 2021.", [{"text": "54", "beside": [211]}]),
    (
        "It now has five inspecting officers, where it had nine in 2018.",
        [{"text": "five inspecting officers", "beside": [9]}],
    ),
    (
        "A device now waits 23 days on average; it used to be 94.",
        [{"text": "23 days", "beside": [94]}, {"text": "94", "unit": TIME}],
    ),
    (
        "In 2023/24 it made 310 visits. In 2019/20 it made 420, so this is a fall of 26 percent.",
        [{"text": "310 visits", "way": "decrease", "was": 420, "beside": []}],
    ),
    # of a later time it is none, nor where the verb is another, nor what something else had been
    (
        "It had 1,190 exhibits in its queue in November 2022. By 30 April 2024 there were 146.",
        [{"text": "1,190 exhibits", "beside": []}],
    ),
    ("In 2021 it recorded 90 thefts. In 2019 it bought 12.", [{"text": "90 thefts", "beside": []}]),
    (
        "It fitted lines at 53 sites. Drownings, of which there had been 17 in 2020, fell.",
        [{"text": "53 sites", "beside": []}],
    ),
    # another count that follows "more than" is no base
    (
        "On 31 March 2024 it employed 2,214 officers, 38 more than on the same date in 2023, and 1,377 "
        "staff.",
        [{"text": "2,214 officers", "was": None, "beside": []}, {"text": "38", "was": None, "beside": []}],
    ),
    # points are no percentages
    (
        "In 2024, 13.2% of crimes were solved. That is 2.1 points more than in 2023. It is 1.4 points "
        "below the "
        "average for England and Wales (14.6%).",
        [{"text": "1.4 points", "beside": []}],
    ),
]
SPEAKERS: list[Row] = [  # T1, T3, T4, T5
    (
        "The cost of theft, which shopkeepers put at 40% of losses and the force at 31%, is rising.",
        [{"text": "40%", "by": OTH}, {"text": "31%", "by": FOR}],
    ),
    (
        "The council put the number of missing children at 41 and the force at 28.",
        [{"text": "41", "by": OTH}, {"text": "28", "by": FOR}],
    ),
    (
        "The force estimated its savings at £2.1m, but the police and crime commissioner at £1.4m.",
        [{"text": "£2.1m", "by": FOR}, {"text": "£1.4m", "by": OTH}],
    ),
    (
        "In a 2022 return to the Home Office the force had put the total at 35.",
        [{"text": "35", "by": FOR}],
    ),
    (
        "We reviewed 60 cases. In 41 of them, officers made a plan. Supervisors had checked 33 of these "
        "plans. The "
        "plan was missing in 12 cases.",
        [
            {"text": "60 cases", "by": INS},
            {"text": "41 of them", "by": INS, "bottom": 60},
            {"text": "33 of these plans", "by": INS, "bottom": 41},
            {"text": "12 cases", "by": INS, "bottom": 60},
        ],
    ),
    (
        "We read 50 files. In 30 of them there was a plan. Sergeants had checked 12 of these plans.",
        [{"text": "12 of these plans", "by": INS, "top": 12, "bottom": 30}],
    ),
    (
        "The force’s own figures show that 81 percent of calls were answered in time. The average wait was "
        "14 "
        "seconds.",
        [{"text": "81 percent", "by": FOR}, {"text": "14 seconds", "by": FOR}],
    ),
]
ASKED: list[Row] = [  # Q1
    (
        "In our staff survey, 64% of respondents agreed. In 2022, it was 41%. Sixty percent of constables, "
        "but only "
        "33 percent of police staff, had time.",
        [
            {"text": "64%", "of": RESP, "by": SUR, "beside": [41]},
            {"text": "41%", "of": RESP, "by": SUR, "period": calendar(2022)},
            {"text": "Sixty percent", "of": RESP, "by": SUR},
            {"text": "33 percent", "of": RESP, "by": SUR},
        ],
    ),
    (
        "The force surveyed its staff. Of those who replied, 54 percent felt supported. A further 22 "
        "percent did not "
        "know. Only 12 percent were unhappy.",
        [{"text": text, "of": RESP, "by": SUR} for text in ("54 percent", "22 percent", "12 percent")],
    ),
    (
        "In our staff survey, 64% of respondents agreed. Fifty percent of sergeants, but only 21 percent of "
        "constables, felt valued.",
        [{"text": "Fifty percent", "of": RESP}, {"text": "21 percent", "of": RESP}],
    ),
    # what is counted of others is no answer
    (
        "In our staff survey, 64% of respondents agreed. Twelve percent of burglaries were solved.",
        [{"text": "64%", "of": RESP}, {"text": "Twelve percent", "of": "inspected-force"}],
    ),
]
NEIGHBOURS: list[Row] = [  # Q2, Q3
    (
        "The force solved 9.1 percent of burglaries. The national one is 6.2 percent, and the most similar "
        "group of "
        "forces averages 7.4 percent.",
        [
            {"text": "9.1 percent", "of": "inspected-force", "beside": [D("6.2"), D("7.4")]},
            {"text": "6.2 percent", "of": EW},
            {"text": "7.4 percent", "of": OTHERS},
        ],
    ),
    (
        "A neighbouring force solves 14 percent of burglaries. The force solved 9.1 percent.",
        [{"text": "14 percent", "of": OTHERS}, {"text": "9.1 percent", "of": "inspected-force"}],
    ),
    ("Another force solves 14 percent of burglaries.", [{"text": "14 percent", "of": OTHERS}]),
    ("It lent 12 officers to another force.", [{"text": "12 officers", "of": "inspected-force"}]),
]
LENT_UNITS: list[Row] = [  # U1
    (
        "The rate of domestic burglary was 5.2 for each 1,000 households (7.2 in England and Wales).",
        [{"text": "7.2", "unit": RATE, "base": "1000", "of": EW}],
    ),
    (
        "The average wait rose from 7.2 to 7.7 minutes; the unit made 12.4.",
        [
            {"text": "7.2", "unit": TIME},
            {"text": "7.7 minutes", "unit": TIME},
            {"text": "12.4", "unit": TIME},
        ],
    ),
    ("Waits fell from 12.5 to 9.4 days; the city team managed 7.1.", [{"text": "7.1", "unit": TIME}]),
    ("A standard case took 19 days, an urgent one 4.", [{"text": "4", "unit": TIME}]),
    ("In 2023/24, 31.5% of calls were late (2022/23: 29.8).", [{"text": "29.8", "unit": PC, "period": Y23}]),
    ("It had 0.8 engines for every 10,000 residents (England: 0.5).", [{"text": "0.5", "unit": RATE}]),
    # a whole number may count, and a count lends nothing
    ("Waits fell to 9.4 days; the city team made 31.", [{"text": "31", "unit": "count"}]),
    ("It has 40 officers and a ratio that is now 1.5.", [{"text": "1.5", "unit": "count"}]),
]
PARTS: list[Row] = [  # R1
    (
        "We reviewed 63 records. In 52 there was a plan and 11 weren’t supervised.",
        [{"text": "52", "top": 52, "bottom": 63}, {"text": "11", "top": 11, "bottom": 63}],
    ),
    (
        "It has 27 sergeants and 9,000 open cases, 3,000 of them over a year old.",
        [{"text": "3,000 of them", "top": 3000, "bottom": 9000}],
    ),
    (
        "It examined 40 files; 31 were good and 9 weren’t supervised.",
        [{"text": "31", "bottom": 40}, {"text": "9", "bottom": 40}],
    ),
    (
        "It has 14 teams and 8,000 open cases, 2,100 of them over a year old.",
        [{"text": "2,100 of them", "top": 2100, "bottom": 8000}],
    ),
    # the size of a change is no share of what changed
    (
        "It recorded 903 crimes in 2023, which is 5.4 percent more than in the previous year.",
        [{"text": "5.4 percent", "top": None, "bottom": None}],
    ),
]
FOUND: list[Row] = [  # F1 to F7
    (
        "The hub has four desks, one of which is empty. Waits of five to eight weeks were usual. The "
        "average was 7 "
        "minutes 20.",
        [
            {"text": "four desks", "value": 4},
            {"text": "one", "value": 1, "top": 1, "bottom": 4},
            {"text": "five", "value": 5, "unit": TIME, "base": "weeks"},
            {"text": "eight weeks", "value": 8, "unit": TIME, "base": "weeks"},
            {"text": "7 minutes 20", "value": 440, "unit": TIME, "base": "seconds"},
        ],
    ),
    (
        "The unit has three vans, one of which is broken.",
        [{"text": "three vans"}, {"text": "one", "value": 1, "bottom": 3}],
    ),
    ("It has nine boats, only one of which floats.", [{"text": "one", "value": 1, "bottom": 9}]),
    (
        "Waits of two to four months were usual. The median was 3 minutes 40.",
        [
            {"text": "two", "unit": TIME},
            {"text": "four months", "value": 4},
            {"text": "3 minutes 40", "value": 220},
        ],
    ),
    (
        "It went up from 30th place to 9th place.",
        [{"text": "30th place", "unit": RANK}, {"text": "9th place"}],
    ),
    (
        "Sickness absence was 6.5 days for each officer and 9.2 for each member of staff.",
        [{"text": "6.5 days", "unit": TIME, "base": "days"}, {"text": "9.2", "unit": TIME, "base": "days"}],
    ),
    # F3, F6: those left out are what the text counts, and the clause says the opposite of them
    (
        "All but three of the 31 callers were told.",
        [{"text": "three of the 31 callers", "value": 3, "top": 3, "bottom": 31, "complement": True}],
    ),
    (
        "All but one of the 31 callers were told.",
        [{"text": "one of the 31 callers", "value": 1, "bottom": 31, "complement": True}],
    ),
    (
        "In all but 2 of the 19 cases, a plan was made.",
        [{"text": "2 of the 19 cases", "value": 2, "bottom": 19, "complement": True}],
    ),
    (
        "A medium-risk case was late in 19 cases, a high-risk one in 23.",
        [{"text": "19 cases", "value": 19}, {"text": "23", "value": 23, "unit": "count", "bottom": None}],
    ),
    ("A low-risk visit was late in 12 cases, a high-risk one in 30.", [{"text": "30", "unit": "count"}]),
]
COLUMNS: list[Row] = [  # a column has the time that its header names
    (
        "Crimes that the force recorded\nOffence | 2022/23 | 2023/24\nBurglary | 310 | 290\nRobbery | 45 | "
        "61",
        [
            {"text": "310", "period": Y23, "beside": []},
            {"text": "290", "period": Y24, "beside": [310]},
            {"text": "45", "period": Y23},
            {"text": "61", "period": Y24},
        ],
    ),
    (
        "Calls answered\nMeasure\t2022/23\t2023/24\n999 calls answered\t81%\t90%",
        [{"text": "81%", "period": Y23}, {"text": "90%", "period": Y24}],
    ),
    (
        "Table 1: Workforce at 31 March\nRole | 2023 | 2024\nOfficers | 1,204 | 1,300",
        [
            {"text": "1,204", "period": ("2023-03-31", "2023-03-31")},
            {"text": "1,300", "period": ("2024-03-31", "2024-03-31")},
        ],
    ),
    # a header of places names no time
    (
        "Calls lost\nPlace | North | South\nLines | 310 | 290",
        [{"text": "310", "period": NONE}, {"text": "290", "period": NONE}],
    ),
]
FALSE: list[str] = [  # F8
    "The board marked six of these as complete.",
    "The panel marked five of them as adequate.",
    "The standard is 15 minutes.",
    "The limit is 28 days.",
    "He was 17 years old.",
    "She was 15 when it happened.",
    "We read each and every one.",
    "They helped one another.",
]
FIRE_RATES: list[Row] = [  # T2
    (
        "In 2022/23, the service attended 3.1 fires per 1,000 population. The England rate was 2.9.",
        [
            {"text": "3.1 fires per 1,000 population", "by": OFF, "beside": [D("2.9")]},
            {"text": "2.9", "of": "other"},
        ],
    ),
    (
        "In 2022/23, firefighters cost £24.10 a head, against £22.80 in England.",
        [{"text": "£24.10", "by": OFF, "beside": [D("22.80")]}, {"text": "£22.80", "by": OFF, "of": "other"}],
    ),
    (
        "In the year ending 31 March 2023, the service carried out 6.2 visits per 1,000 population, "
        "against 10.4 in "
        "England.",
        [
            {"text": "6.2 visits per 1,000 population", "by": OFF},
            {"text": "10.4", "unit": RATE, "of": "other"},
        ],
    ),
]
APART: list[Row] = [  # each statement of a sentence has its own time; each pair is of one thing
    (
        "The committee was told in June 2022 that 23 recruits had left since 1 April 2021.",
        [{"text": "23 recruits", "period": ("2021-04-01", None)}],
    ),
    (
        "Of the 310 officers who joined between April 2021 and March 2023, 42 (13.5 percent) had resigned by "
        "31 March 2024.",
        [
            {"text": "42", "period": ("2024-03-31",) * 2},
            {"text": "13.5 percent", "period": ("2024-03-31",) * 2},
        ],
    ),
    (
        "It forecasts a gap of £9.1m by 2027/28 and told us that it has found £4.4m of savings.",
        [{"text": "£4.4m", "period": NONE}],
    ),
    (
        "Officers were on time in 86 percent of emergencies from January to June 2024. That is 1.2 times the "
        "proportion in the year ending 31 December 2022.",
        [{"text": "1.2 times", "period": ("2024-01-01", "2024-06-30")}],
    ),
    (
        "We read 150 records made from 1 January to 31 December 2023. Grounds were recorded in an estimated "
        "90.5 percent of them. At our last inspection, it was 81.0 percent.",
        [{"text": "81.0 percent", "period": NONE}],
    ),
    (
        "In 2023/24 its funding came to £180.5m, of which £61.2m was raised through council tax. The Home "
        "Office says that funding for all forces in that year was £17.2bn.",
        [{"text": "£180.5m", "beside": []}, {"text": "£61.2m", "beside": []}],
    ),
    (
        "The survey suggests that 25.2 percent of adults in the area suffered it in the year ending 31 March "
        "2024. The estimate for England and Wales was 33.1 percent. In 2019/20 the local estimate was 31.4 "
        "percent.",
        [{"text": "25.2 percent", "beside": [D("31.4"), D("33.1")]}, {"text": "33.1 percent", "beside": []}],
    ),
    (
        "We reviewed 80 case files, of which at least 25 had been closed early.",
        [{"text": "25", "top": None, "bottom": None}],
    ),
]
TABLE = [
    *APART,
    *COMPARED_YEAR,
    *LATER_YEAR,
    *OWN_REVIEW,
    *SIBLINGS,
    *EXPRESSIONS,
    *EARLIER,
    *SPEAKERS,
    *ASKED,
    *NEIGHBOURS,
    *LENT_UNITS,
    *PARTS,
    *FOUND,
    *COLUMNS,
]
PHRASES = [
    (
        "The cost of theft, which shopkeepers put at 40% of losses and the force at 31%, is rising.",
        ["cost of theft"] * 2,
    ),
    (
        "The council put the number of missing children at 41 and the force at 28.",
        ["number of missing children"] * 2,
    ),
    ("The hub has four desks, one of which is empty.", ["desks in the hub", "desks that are empty"]),
    (
        "The team has nine examiners, four of whom had left by May.",
        ["examiners in the team", "examiners who had left by May"],
    ),
    ("It has 9,000 open cases, 3,000 of them over a year old.", ["open cases", "open cases over a year old"]),
    (
        "Home Office data shows that its average response time was 9 minutes 41 seconds.",
        ["average response time (seconds)"],
    ),
    ("Offence | 2022/23 | 2023/24\nBurglary | 310 | 290", ["Burglary", "Burglary"]),
]


def read(text: str, expected: list[dict[str, Any]], force: str = "Loamshire Police") -> list[dict[str, Any]]:
    """Of each figure of the text that is expected, in order, the slots that are expected of it."""
    found = iter(figures(text, force=force))
    result = []
    for slots in expected:
        figure = next((one for one in found if one.text == slots["text"]), None)
        if figure is None:
            return [*result, {"text": f"no {slots['text']}"}]
        rest = {name: slots[name] for name in slots if name != "complement"}
        result.append(
            seen(figure, rest) | ({"complement": figure.complement} if "complement" in slots else {})
        )
    return result


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_a_figure_is_read_as_the_text_says_it(text: str, expected: list[dict[str, Any]]) -> None:
    assert read(text, expected) == expected


@pytest.mark.parametrize(("text", "expected"), FIRE_RATES, ids=[row[0] for row in FIRE_RATES])
def test_a_rate_of_a_fire_service_beside_england_is_an_official_statistic(
    text: str, expected: list[dict[str, Any]]
) -> None:
    assert read(text, expected, FIRE) == expected


@pytest.mark.parametrize(("text", "phrases"), PHRASES, ids=[row[0] for row in PHRASES])
def test_what_a_figure_measures_can_be_understood_alone(text: str, phrases: list[str]) -> None:
    assert [figure.measure for figure in figures(text)] == phrases


def test_counts_of_unlike_things_are_not_set_beside_one_another() -> None:
    text = "The intercept team stopped 655 vehicles. Six other forces have asked about it."
    assert [figure.comparators for figure in figures(text)] == [(), ()]


@pytest.mark.parametrize("text", FALSE)
def test_what_is_no_measured_value_is_no_figure(text: str) -> None:
    assert [figure.text for figure in figures(text)] == []
