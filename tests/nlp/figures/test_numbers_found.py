"""Which numbers are figures: counts without a noun of their own, in words, in labels; and what is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from figure_helpers import figures

COUNTED = [
    # a noun that was said before
    ("It trained nine examiners, four of whom have left.", ["9", "4"]),
    ("The unit has 19 examiners in all. It has borrowed two from Kent.", ["19", "2"]),
    ("Work was planned at 17 stations, and has begun at five.", ["17", "5"]),
    ("It resolved 13 grievances, took 67 days over another eight, and one had been open for longer.", 4),
    ("The force has six nurses, where others have about ten.", ["6", "10"]),
    ("We read 40 records. All but three were signed.", ["40", "3"]),
    ("Each detective has nineteen cases; a colleague had thirty-three.", ["19", "33"]),
    # rows of counts, with one among them
    ("It issued 19 notices and 7 orders, and has brought one prosecution.", ["19", "7", "1"]),
    ("The unit is made up of one sergeant and two constables.", ["1", "2"]),
    ("We issued one cause of concern, with four recommendations.", ["1", "4"]),
    ("Of 25 stations, three are wholetime, two are day-crewed and 20 on-call.", ["25", "3", "2", "20"]),
    ("It had 64 reports. Sixty-one had been recorded as rape and two as assault.", ["64", "61", "2"]),
    ("It had 64 reports. Sixty-one had been recorded. One had not.", ["64", "61", "1"]),
    ("We read 12 records; help came late, and in four the log gave no reason.", ["12", "4"]),
    ("A crime should have been recorded in 12 cases, but for seven we found none.", ["12", "7"]),
    ("It detained 30 children. Those held under the Act numbered eight, one of whom ran.", ["30", "8", "1"]),
    ("All but one passed the test.", ["1"]),
    ("It was in touch with only three at the time.", ["3"]),
    ("Of 38 recruits, six were women and none from Wales.", ["38", "6", "0"]),
    ("We read the files of 18 girls. None had been moved.", ["18", "0"]),
    ("We heard 20 calls. Among the seven that dealt with fraud, some were lost.", ["20", "7"]),
    ("It took 318 calls, an average of six a week.", ["318", "6"]),
    ("Of the 33 cases, eight were good, 14 required improvement and eleven were inadequate.", 4),
    ("In 36 of the remaining 119 cases the plan was late.", ["36"]),
    ("It has 112 call handlers and 31 standard letters.", ["112", "31"]),
    # ranges and changes in words
    ("Examiners went down from 14 in 2014 to eight at the end of 2018.", ["14", "8"]),
    ("Teams will grow from fifty-eight to seventy-two by April.", ["58", "72"]),
    ("Officers wait between four and seven months for results.", ["4", "7"]),
    ("Waits of five to eight weeks were usual.", ["5", "8"]),
    # words above a hundred, dozens, pence
    ("It manages a hundred and twelve people.", ["112"]),
    ("A dozen victims heard nothing; half a dozen moved away.", ["12", "6"]),
    ("It spends 86 pence of every pound on pay.", ["0.86"]),
    ("It spends eighty-six pence of every pound on pay.", ["0.86"]),
    # parts
    ("We heard 14 calls; it acted on 13 of the other 14.", ["14", "13"]),
    ("Training has reached 85 of your 96 managers.", ["85"]),
    ("All staff work in one of three hubs.", ["3"]),
    ("It had reviewed only one of these deaths.", ["1"]),
    ("Among the thirty-four forces that gave figures, ours was slow.", ["34"]),
    ("In 2021 it took more than two days to arrive.", ["2"]),
    ("This puts Loamshire Police 41st among forces.", ["41"]),
]
LABELLED = [
    ("Fire stations: 31 (wholetime: 6; day-crewed: 4; on-call: 21)", ["31", "6", "4", "21"]),
    ("Firefighters on 31 March 2024: 246 wholetime and 288 on-call", ["246", "288"]),
    ("Spending per person in 2023/24: £43.10 (England: £46.75)", ["43.10", "46.75"]),
    ("Workforce: 1,610 officers, 1,022 police staff and 141 PCSOs", ["1610", "1022", "141"]),
    # facts without a verb, and cells of a row
    ("1,204 officers, of whom 31 percent are women", ["1204", "31"]),
    ("87 PCSOs, about 40 percent of them women", ["87", "40"]),
    ("5.2 percent of residents are Welsh, by the 2011 census", ["5.2"]),
    ("999 calls answered | June | 58.3% | 87.9%", ["58.3", "87.9"]),
    ("Average wait on 101 | 3 minutes 5 seconds | 50 seconds", ["185", "50"]),
    ("Officers\t2,714\t£4.5m", ["2714", "4500000"]),
]
TIMES = [
    ("Help came after six hours on average.", ["6"]),
    ("It usually came, typically after 2 hours 15 minutes.", ["135"]),
    ("Rural services do it in 10 minutes 31 seconds.", ["631"]),
    ("Three reviews were overdue by at least eight months.", ["3", "8"]),
    ("One boy, aged 12, waited more than five months for an interview.", ["5"]),
    ("More than half had been there for over ten days.", ["0.5", "10"]),
    ("A year earlier it was over 6 minutes.", ["6"]),
    ("The profiles are no more than six months old.", ["6"]),
    ("Waits have come down to about three minutes.", ["3"]),
]
LIMITS = [
    "Reports had waited that were open for more than three months.",
    "None is more than 28 days late.",
    "Cases that have been open for over 12 months are reviewed.",
    "Records are kept for over 12 months.",
    "Victims get a call after 28 days.",
]
NO_VALUES = [
    "Good | 3 | 4",
    "Recommendation 3 | 12 | 14",
    "1 | Leadership | 3",
    "Judgment | 2014 | 2015",
    "21 November 2024, 00:01",
    "Police leadership, 3 findings",
]
NO_FIGURES = [
    "We heard how one of them had cut thefts from boats.",
    "One of them, Safe Harbour, moved to the docks.",
    "The force is one of five forces whose reports are published today.",
    "It works with the council and the two services share a building.",
    "This fell well short of the 380 that it had set itself.",
    "The standard is that an engine should arrive within 10 minutes in 80 percent of cases.",
    "The force should recruit 12 detectives and visit 80 percent of victims.",
    "Officers must complete 25 visits.",
    "Calls are slow (target: 85%).",
    "Our inspectors spent four days with the force.",
    "I am concerned about its performance in two respects.",
    "ISBN: 978-1-78655-000-4",
    "The new system, Project Sentry 2, is a good start.",
    "Its plan is called Fit for ’28.",
    "Brother and sister groups of two were placed together.",
    "It opened on the 3rd of May.",
    "On 3rd May and again on the 4th it closed.",
    "It has one or two of the tools.",
    "The two of them met.",
    "One had been there before. One was told to leave.",
    "None had been moved.",
    "Good: none",
    "One of them, the harbour, was shut; one of which we know.",
    "Its nine areas: eight were good and one as inadequate.",
    "It arrives within its target of 15 minutes (or 20 in rural areas).",
    "The force was asked for 46 more officers.",
    "It should have cut the share of calls that are lost to below 10 percent.",
    "It asked people in all 43 force areas.",
]


def values(text: str) -> list[Decimal]:
    return [figure.value for figure in figures(text)]


@pytest.mark.parametrize(("text", "expected"), [*COUNTED, *LABELLED])
def test_a_count_is_found_however_it_is_said(text: str, expected: list[str] | int) -> None:
    found = values(text)
    assert len(found) == expected if isinstance(expected, int) else found == [Decimal(v) for v in expected]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_names_asks_or_tells_is_no_figure(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_a_time_that_something_took_is_found(text: str, expected: list[str]) -> None:
    assert values(text) == [Decimal(value) for value in expected]


@pytest.mark.parametrize("text", LIMITS)
def test_a_time_that_tells_some_from_others_is_a_limit(text: str) -> None:
    assert values(text) == []


MINUS_SIGNS = ("-", "−", "–", "—", "\u2011", "\ufe63", "\uff0d", "- ", "− ", "minus ")


@pytest.mark.parametrize("text", NO_VALUES)
def test_a_row_of_names_and_a_line_that_is_a_title_have_no_values(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officers, 2010 to 2015: –15 percent (England: –12 percent)", [("15", "-"), ("12", "-")]),
        ("Change in staff | −3% | +4%", [("3", "-"), ("4", "+")]),
        ("It was in 10–15 percent of cases.", [("10", None), ("15", None)]),
        ("Fees – 12 percent of income – rose.", [("12", None)]),
        *((f"Recorded crime changed by {sign}3.5% in 2023.", [("3.5", "-")]) for sign in MINUS_SIGNS),
        ("The estimate is 40% plus or minus 5 calls.", [("40", None)]),
    ],
)
def test_a_sign_is_of_a_change(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(str(one.value), one.sign) for one in figures(text)] == expected


def test_a_demand_does_not_hide_what_is_there_already() -> None:
    assert values("The force should review all its 45 cases.") == [45]
    assert values("The force should have told 12 victims.") == [12]
    assert values("It must save £4m by 2027.") == [4000000]


def test_a_margin_in_words_is_no_figure() -> None:
    text = "The rate is 95.7 percent, although the interval around it (4.2 points either way) is wide."
    assert values(text) == [Decimal("95.7")]


def test_a_margin_is_the_interval_of_its_estimate() -> None:
    (figure,) = figures("It is estimated that 46 percent (give or take 5 percentage points) feel safe.")
    assert (figure.value, figure.interval) == (46, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a share that is rounded, and one that is counted
        ("7 out of 10 callers waited.", [("0.7", "ratio")]),
        ("Seven out of ten were late.", [("0.7", "ratio")]),
        ("We read 10 files. A plan was made in 9 out of 10 files.", [("10", "count"), ("9", "count")]),
        # a count beside its percentage, and a range
        ("They are Cornish (12,345 or 14.1%).", [("12345", "count"), ("14.1", "percent")]),
        ("Between 18 and 23 percent left.", [("18", "percent"), ("23", "percent")]),
        # a pronoun is no numerator
        ("The risk was assessed in 19 cases, a high-risk one in 23.", [("19", "count"), ("23", "count")]),
        ("About one in 23 calls was lost.", [("0.043478261", "ratio")]),
        # units that are lent on
        (
            "That is 4.4 for every 1,000 residents. The England and Wales rate rose from 5.1 to 5.6.",
            [("4.4", "rate"), ("5.1", "rate"), ("5.6", "rate")],
        ),
        ("It has 21 incidents of anti-social behaviour per 1,000 people.", [("21", "rate")]),
        ("It was 31.5 percent, 4.2 points above the average.", [("31.5", "percent"), ("4.2", "percent")]),
        ("A device waits 23 days on average; it used to be 94.", [("23", "duration"), ("94", "duration")]),
        ("Its own analysis gives a ratio of 5.1.", [("5.1", "ratio")]),
        ("Audits per 100 premises in 2018: 1.1 (England: 3.0)", [("1.1", "rate"), ("3.0", "rate")]),
        ("For burglary it was 5.1 against 5.9 percent.", [("5.1", "percent"), ("5.9", "percent")]),
        ("It was 99 percent, whereas at Bell it was only 41.", [("99", "percent"), ("41", "percent")]),
        ("It was 31 percent in 2020. That is 2.1 points more.", [("31", "percent"), ("2.1", "percent")]),
        ("It rose by 11 points to 89 percent.", [("11", "percent"), ("89", "percent")]),
        ("It has 3 calls per officer, beside 2.1 in Kent.", [("3", "rate"), ("2.1", "rate")]),
        (
            "It made 8.1 visits per 1,000 people, three times the English rate of 2.7.",
            [("8.1", "rate"), ("3", "ratio"), ("2.7", "rate")],
        ),
        (
            "It lost 8.2 shifts per firefighter, 1.9 more than in 2019.",
            [("8.2", "rate"), ("1.9", "rate")],
        ),
        (
            "A tenth were stopped (1.7 times); it is eleven times faster.",
            [("0.1", "ratio"), ("1.7", "ratio"), ("11", "ratio")],
        ),
        (
            "The rate is 5.2 per 1,000 people. That is 441 fewer than before.",
            [("5.2", "rate"), ("441", "count")],
        ),
    ],
)
def test_a_number_has_the_unit_of_what_it_is_set_beside(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(str(one.value), one.unit) for one in figures(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The force has the smallest budget of all. Its waits are the fourth longest in the country.",
        "It has the largest area. It had the third highest cost in England.",
        "Its stations are the smallest; its calls are the second fewest of all forces.",
    ],
)
def test_the_measure_of_a_rank_has_nothing_of_the_sentence_beside_it(text: str) -> None:
    (rank,) = figures(text)
    assert rank.unit == "rank"
    assert not any(word in (rank.measure or "") for word in ("smallest", "budget", "area", "stations"))


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f"])
def test_spaces_that_end_no_line_part_thousands(space: str) -> None:
    text = f"The force answered 1{space}243 calls and had £2{space}400{space}000. It had 184{space}999 calls."
    assert values(text) == [Decimal("1243"), Decimal("2400000"), Decimal("184")]


@pytest.mark.parametrize("sentence", ["It answered 1 243 calls.", "Crime fell by 12 345 678 offences."])
def test_digits_that_may_be_one_number_or_several_are_none(sentence: str) -> None:
    # PDF loses which space it was; half of "1 243" is a wrong figure that nobody sees.
    assert [figure for figure in figures(sentence) if figure.unit == "count"] == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The force charged 9·3% of suspects in 2023.", [("9.3", "percent")]),
        ("It had 12·5 crimes per 1,000 population.", [("12.5", "rate")]),
        ("The saving was £1 243 in 2023.", [("1243", "GBP")]),
        ("The deficit was £-3.5m in 2023.", [("-3500000", "GBP")]),
        ("The deficit was −£3.5m in 2023.", [("-3500000", "GBP")]),
        ("In 2023 456 officers left. The force answered 85 101 calls.", [("456", "count"), ("85", "count")]),
    ],
)
def test_numbers_of_other_hands(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert [(str(one.value), one.unit) for one in figures(sentence)] == expected
