"""Topic chains: what goes on from sentence to sentence, who says it, and what does not go on."""

from __future__ import annotations

from typing import Any

import pytest
from figure_helpers import (
    EW,
    FOR,
    GBP,
    INS,
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
from figure_steps import Marked, context, q

from kg.nlp.figures.links.topic_chains import find_topic_chains, visit_before

SAMPLE_CASES: list[Case] = [
    (
        "We listened to 48 calls in February 2023. In nine, the handler did not ask about risk. Of these, "
        "four were about domestic abuse.",
        [
            f("48 calls", ("2023-02-01", "2023-02-28"), INS),
            f("nine", ("2023-02-01", "2023-02-28"), INS),
            f("four", ("2023-02-01", "2023-02-28"), INS),
        ],
    ),
    (
        "My team returned in May 2024. They examined 60 investigations and 25 case files.\n"
        "In 52 of the 60 investigations, there was a plan.\nOf the victims whose files we read, 14 had been "
        "told the result.",
        [
            f("60 investigations", ("2024-05-01", "2024-05-31"), INS),
            f("25 case files", ("2024-05-01", "2024-05-31"), INS),
            f("52 of the 60 investigations", ("2024-05-01", "2024-05-31"), INS, top=D(52), bottom=D(60)),
            f("14", ("2024-05-01", "2024-05-31"), INS),
        ],
    ),
    (
        "Our review covered 75 cases. Supervisors had recorded a plan in 41. The force has 45 detectives.",
        [f("75 cases", by=INS), f("41", by=INS), f("45 detectives")],
    ),
    (
        "We examined 50 files. In 2023, the force made 12 arrests.",
        [f("50 files", by=INS), f("12 arrests", ("2023-01-01", "2023-12-31"))],
    ),
    (
        "Some 1,402 people took part in the staff survey in June 2023. Of them, 64 percent trust their "
        "leaders. A year earlier, the figure was 58 percent.",
        [
            f("1,402 people", ("2023-06-01", "2023-06-30"), SUR, RESP),
            f("64 percent", ("2023-06-01", "2023-06-30"), SUR, RESP, PC),
            f("58 percent", ("2022-06-01", "2022-06-30"), SUR, RESP, PC),
        ],
    ),
    (
        "The force told us that it had 240 vacancies on 30 September 2023. Six months earlier, there were "
        "310.",
        [f("240 vacancies", day("2023-09-30"), FOR), f("310", day("2023-03-31"), FOR)],
    ),
    (
        "Sickness stood at 6 percent in 2021/22. The force told us that it had halved, to 3 percent, by "
        "2022/23.",
        [
            f("6 percent", year("2022-03-31"), FOR, unit=PC),
            f("3 percent", year("2023-03-31"), FOR, unit=PC, way="decrease", was=D(6)),
        ],
    ),
    (
        "The backlog stood at 340 devices in May 2023. These are the force’s own figures.",
        [f("340 devices", ("2023-05-01", "2023-05-31"), FOR)],
    ),
    (
        "Between April and June 2023, the force received 8,100 calls; in the same three months of 2022, it "
        "received 7,450.",
        [
            f("8,100 calls", ("2023-04-01", "2023-06-30")),
            f("7,450", ("2022-04-01", "2022-06-30")),
        ],
    ),
    (
        "Cycle theft came down by 25 percent: there were 400 incidents between April and September 2023 and "
        "300 in the same months of 2024.",
        [
            f("25 percent", ("2024-04-01", "2024-09-30"), unit=PC, way="decrease"),
            f("400 incidents", ("2023-04-01", "2023-09-30")),
            f("300", ("2024-04-01", "2024-09-30")),
        ],
    ),
    (
        "In March 2019, 60 percent of the drones were in use. It had risen to 70 percent two years later.",
        [
            f("60 percent", ("2019-03-01", "2019-03-31"), unit=PC),
            f("70 percent", ("2021-03-01", "2021-03-31"), unit=PC, way="increase", was=D(60)),
        ],
    ),
    (
        "In 2022/23, officers used Taser 210 times. That was down from 260 times in 2021/22. It was drawn "
        "but not fired in 170 cases.",
        [
            f("210 times", year("2023-03-31"), way="decrease", was=D(260)),
            f("260 times", year("2022-03-31")),
            f("170 cases", year("2023-03-31")),
        ],
    ),
    (
        "The force’s own audit of 50 stop and search records, in May 2023, found that 44 had reasonable "
        "grounds.",
        [
            f("50 stop and search records", ("2023-05-01", "2023-05-31"), FOR),
            f("44", ("2023-05-01", "2023-05-31"), FOR),
        ],
    ),
    (
        "A poll of 1,050 residents in November 2022 found that 54 percent trust the force. In the same month "
        "of 2021, the figure had been 61 percent.",
        [
            f("1,050 residents", ("2022-11-01", "2022-11-30"), SUR, RESP),
            f("54 percent", ("2022-11-01", "2022-11-30"), SUR, RESP, PC),
            f("61 percent", ("2021-11-01", "2021-11-30"), SUR, RESP, PC),
        ],
    ),
    (
        "The average wait was 21 days in 2022/23, six more than the England and Wales average of 15.",
        [
            f("21 days", year("2023-03-31"), OFF, unit=TIME),
            f("six", year("2023-03-31"), OFF, unit=TIME),
            f("15", year("2023-03-31"), OFF, EW, TIME),
        ],
    ),
]

CASES: list[Case] = [
    *SAMPLE_CASES,
    (
        "In the year ending 31 March 2023, the force received 212,480 999 calls. It answered 88.1 "
        "percent of them within ten seconds. It employs 140 call handlers.\nAbout the data\nBT supplies "
        "the data on 999 calls.",
        [
            f("212,480 999 calls", year("2023-03-31"), OFF),
            f("88.1 percent", year("2023-03-31"), OFF, unit=PC),
            f("140 call handlers"),
        ],
    ),
    (
        "At the time of our inspection, 12 of the 48 detective posts were vacant. The force told us that "
        "it had hired nine trainees since January 2023.",
        [
            f("12 of the 48 detective posts", top=D(12), bottom=D(48)),
            f("nine trainees", ("2023-01-01", None), FOR),
        ],
    ),
    (
        "The control room, which moved to a new site in May 2021, has 88 staff.",
        [f("88 staff")],
    ),
    (
        "In 2020/21, the force spent £4.1m on overtime. In 2021/22, this had risen to £5.6m, an increase "
        "of 37 percent.",
        [
            f("£4.1m", ("2020-04-01", "2021-03-31"), unit=GBP),
            f("£5.6m", ("2021-04-01", "2022-03-31"), unit=GBP, way="increase", was=D(4100000)),
            f("37 percent", ("2021-04-01", "2022-03-31"), unit=PC, way="increase"),
        ],
    ),
    (
        "A report by the charity Crest Advisory in 2020 found that 41 percent of local young people "
        "feared knife crime.",
        [f("41 percent", year("2020-12-31"), OTH, unit=PC)],
    ),
    (
        "The local authority told us that 16 of the 30 referrals it received in June 2022 were late.",
        [f("16 of the 30 referrals", ("2022-06-01", "2022-06-30"), OTH, top=D(16), bottom=D(30))],
    ),
    (
        "We visited three custody suites. In two of them, we found that records of detention were "
        "incomplete.",
        [f("three custody suites", by=INS), f("two of them", by=INS, top=D(2), bottom=D(3))],
    ),
    (
        "We looked at 24 complaints and saw that in nine the complainant had not been told the outcome.",
        [f("24 complaints", by=INS), f("nine", by=INS, top=D(9), bottom=D(24))],
    ),
    (
        "The public contact survey of March 2022, to which 2,405 residents responded, showed that 58 "
        "percent felt safe.",
        [
            f("2,405 residents", ("2022-03-01", "2022-03-31"), SUR, RESP),
            f("58 percent", ("2022-03-01", "2022-03-31"), SUR, RESP, PC),
        ],
    ),
    (
        "In the year ending 30 September 2022, the force recorded 71.5 crimes per 1,000 population; the "
        "rate for England and Wales was 92.1.",
        [
            f(
                "71.5 crimes per 1,000 population",
                year("2022-09-30"),
                OFF,
                unit=RATE,
                base="1000",
                beside=[D("92.1")],
            ),
            f("92.1", year("2022-09-30"), OFF, EW, RATE, base="1000"),
        ],
    ),
    (
        "On 31 March 2022, 9.2 percent of the force’s officers were from an ethnic minority background, "
        "up from 7.5 percent on 31 March 2019.",
        [
            f("9.2 percent", day("2022-03-31"), unit=PC, way="increase", was=D("7.5")),
            f("7.5 percent", day("2019-03-31"), unit=PC),
        ],
    ),
    (
        "The average wait for a forensic result is 19 weeks. The laboratory told us that it was 11 weeks "
        "in 2020.",
        [
            f("19 weeks", unit=TIME, base="weeks"),
            f("11 weeks", year("2020-12-31"), OTH, unit=TIME, base="weeks"),
        ],
    ),
    (
        "The force estimates that the new system will save 14,000 hours a year.",
        [f("14,000 hours", by=FOR, unit=TIME, base="hours")],
    ),
    (
        "By 31 March 2024, it expects to have recruited a further 84 officers.",
        [f("84 officers", (None, "2024-03-31"), FOR)],
    ),
    (
        "The reoffending board found that, of 61 offenders on the scheme, 49 had stopped offending.",
        [f("61 offenders"), f("49", top=D(49), bottom=D(61))],
    ),
    (
        "In the year ending 31 December 2021, 19.3 percent of rapes were closed because the victim "
        "withdrew. This was the second lowest rate in England and Wales.",
        [
            f("19.3 percent", year("2021-12-31"), OFF, unit=PC),
            f("second lowest", year("2021-12-31"), OFF, unit=RANK),
        ],
    ),
    (
        "More than half of the 31 neighbourhood teams were short of officers, we were told by the force.",
        [f("31 neighbourhood teams", by=FOR)],
    ),
    (
        "The number of outstanding suspects was 1,204 in April 2021. By the end of March 2022, it was 618.",
        [
            f("1,204", ("2021-04-01", "2021-04-30")),
            f("618", ("2022-03-31", "2022-03-31")),
        ],
    ),
    (
        "Officers used force 7,310 times in 2021/22. Handcuffs were used on 4,655 occasions.",
        [
            f("7,310 times", ("2021-04-01", "2022-03-31")),
            f("4,655 occasions", ("2021-04-01", "2022-03-31")),
        ],
    ),
    (
        "The force shares its firearms range with two neighbouring forces and trains 26 of their officers.",
        [f("two neighbouring forces"), f("26")],
    ),
    (
        "Neighbouring forces answer 82 percent of calls in time, but Loamshire Police answers 61 percent.",
        [
            f("82 percent", of=OTHERS, unit=PC),
            f("61 percent", unit=PC, beside=[D(82)]),
        ],
    ),
    (
        "- Officers: 1,912\n- Staff: 1,140\n- Recorded crimes per 1,000 people in the year ending 31 "
        "March 2022: 81.4 in Loamshire, 92.2 in England and Wales.",
        [
            f("1,912", by=OFF),
            f("1,140", by=OFF),
            f("81.4", year("2022-03-31"), OFF, unit=RATE, base="1000", beside=[D("92.2")]),
            f("92.2", year("2022-03-31"), OFF, EW, RATE, base="1000"),
        ],
    ),
    (
        "The force raised its share of council tax by 1.99 percent in 2019/20.",
        [f("1.99 percent", ("2019-04-01", "2020-03-31"), unit=PC, way="increase")],
    ),
    (
        "It holds 2,140 firearms certificates, and 94 percent of renewals were on time in 2022, the "
        "force told us.",
        [
            f("2,140 firearms certificates", by=FOR),
            f("94 percent", year("2022-12-31"), FOR, unit=PC),
        ],
    ),
    (
        "One in every six calls to 101 was abandoned in the 12 months to 30 June 2022.",
        [f("One in every six calls", year("2022-06-30"), unit=RATIO, top=D(1), bottom=D(6))],
    ),
    (
        "The digital forensics unit had cut the number of waiting devices from 702 in March 2022 to 350 "
        "a year later.",
        [
            f("702", ("2022-03-01", "2022-03-31")),
            f("350", ("2023-03-01", "2023-03-31"), way="decrease", was=D(702)),
        ],
    ),
    (
        "We found that 13 of the 80 recordings that we listened to were rude or abrupt. In the other 67, "
        "call handlers were polite.",
        [
            f("13 of the 80 recordings", by=INS, top=D(13), bottom=D(80)),
            f("67", by=INS),
        ],
    ),
    (
        "According to the National Police Chiefs’ Council, the force and its partners ran three pilots.",
        [f("three pilots", by=OTH)],
    ),
    (
        "Home Office figures show that £212m was given to the force in 2021/22.",
        [f("£212m", ("2021-04-01", "2022-03-31"), OFF, unit=GBP)],
    ),
    (
        "Data supplied by the force shows that there were 3,410 live crime investigations on 1 September "
        "2021. Of these, 612 had no investigator.",
        [
            f("3,410 live crime investigations", day("2021-09-01"), FOR),
            f("612", day("2021-09-01"), FOR, top=D(612), bottom=D(3410)),
        ],
    ),
    (
        "In 2022, the force trained 95 percent of its officers in first aid. Eastmoor Police trained 71 "
        "percent.",
        [
            f("95 percent", year("2022-12-31"), unit=PC, beside=[D(71)]),
            f("71 percent", year("2022-12-31"), None, OTHERS, PC),
        ],
    ),
    (
        "Unison members said that seven in ten staff worked extra hours without pay.",
        [f("seven in ten staff", by=OTH, unit=RATIO, top=D(7), bottom=D(10))],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0][:70] for case in CASES])
def test_a_paragraph_gives_whole_figures(text: str, expected: list[dict[str, Any]]) -> None:
    found = figures(text)
    assert [figure.text for figure in found] == [wanted["text"] for wanted in expected]
    assert [seen(a, b) for a, b in zip(found, expected, strict=True)] == expected


# --- the step on its own


def chain(text: str, *marks: Marked) -> tuple[dict[int, int], set[int]]:
    """For each quantity the one that states the size of its sample; and which of them do."""
    chains = find_topic_chains(context(text, *marks))
    return {index: sample.quantity for index, sample in chains.of.items()}, set(chains.opening)


@pytest.mark.parametrize(
    ("text", "marks", "of", "opening"),
    [
        (
            "We reviewed 45 cases. In 9, there was no plan.",
            [q("45 cases"), q("9")],
            {0: 0, 1: 0},
            {0},
        ),
        (  # somebody else speaks
            "We reviewed 45 cases. The force told us of 9.",
            [q("45 cases"), q("9")],
            {0: 0},
            {0},
        ),
        (  # more than the sample has
            "We reviewed 45 cases. There were 90.",
            [q("45 cases"), q("90")],
            {0: 0},
            {0},
        ),
        (  # another paragraph
            "We reviewed 45 cases.\nThere were 9.",
            [q("45 cases"), q("9")],
            {0: 0},
            {0},
        ),
        (  # the size names the sample again, however far
            "We reviewed 45 cases.\nIt went well.\nIt had a plan in 9 of 45 cases.",
            [q("45 cases"), q("9 of 45 cases", noun="cases", denominator=D(45))],
            {0: 0, 1: 0},
            {0},
        ),
        ("The force has 45 cases. In 9, there was no plan.", [q("45 cases"), q("9")], {}, set()),
    ],
)
def test_a_sample_is_the_topic_of_what_tells_of_its_parts(
    text: str, marks: list[Marked], of: dict[int, int], opening: set[int]
) -> None:
    assert chain(text, *marks) == (of, opening)


def test_a_survey_is_a_topic_too() -> None:
    made = context("In our survey, 620 people answered. Of these, 31 agreed.", q("620 people"), q("31"))
    chains = find_topic_chains(made)
    assert chains.of[1].is_survey
    assert chains.of[1].size == 620


def test_the_sentence_before_a_sample_may_tell_when_inspectors_came() -> None:
    made = context("We came back in May. We reviewed 45 cases.", q("45 cases"))
    visit = visit_before(made, find_topic_chains(made), 0)
    assert visit is not None
    assert visit.text == "We came back in May."
