"""Periods: which words are tagged, and the dates they resolve to."""

from __future__ import annotations

import pytest

from kg.nlp.components import extraction_of, make_pipeline
from kg.nlp.periods import find_periods, range_ends
from kg.nlp.periods.dates import atom_bounds


def periods(text: str) -> list[tuple[str, str | None, str | None]]:
    found = find_periods(text)
    return [(text[p.start : p.end], p.begin_date, p.end_date) for p in found]


@pytest.mark.parametrize(
    ("text", "span", "begin", "end"),
    [
        (
            "In the year ending 31 March 2023, it fell.",
            "year ending 31 March 2023",
            "2022-04-01",
            "2023-03-31",
        ),
        ("In the year ending March 2020, it fell.", "year ending March 2020", "2019-04-01", "2020-03-31"),
        ("In the 12 months to March 2013, it fell.", "12 months to March 2013", "2012-04-01", "2013-03-31"),
        (
            "In the 12 months to 30 June 2016, it fell.",
            "12 months to 30 June 2016",
            "2015-07-01",
            "2016-06-30",
        ),
        ("For the year to 31 December 2019 it fell.", "year to 31 December 2019", "2019-01-01", "2019-12-31"),
        (
            "In the quarter ending 31 March 2023, it fell.",
            "quarter ending 31 March 2023",
            "2023-01-01",
            "2023-03-31",
        ),
        (
            "In the six months to 30 September 2018 it fell.",
            "six months to 30 September 2018",
            "2018-04-01",
            "2018-09-30",
        ),
        ("The budget for 2022/23 rose.", "2022/23", "2022-04-01", "2023-03-31"),
        ("The budget for 2022-23 rose.", "2022-23", "2022-04-01", "2023-03-31"),
        ("The budget for 2022–23 rose.", "2022–23", "2022-04-01", "2023-03-31"),
        ("In the financial year 2019/20 it rose.", "financial year 2019/20", "2019-04-01", "2020-03-31"),
        ("In the first quarter of 2022/23 it rose.", "first quarter of 2022/23", "2022-04-01", "2022-06-30"),
        ("In quarter 3 of 2016–17 it rose.", "quarter 3 of 2016–17", "2016-10-01", "2016-12-31"),
        (
            "In the first three quarters of 2016–17 it rose.",
            "first three quarters of 2016–17",
            "2016-04-01",
            "2016-12-31",
        ),
        ("In July to September of 2016 it rose.", "July to September of 2016", "2016-07-01", "2016-09-30"),
        ("It had nine in mid-2016.", "mid-2016", "2016-04-01", "2016-09-30"),
        ("It changed in April 2023.", "April 2023", "2023-04-01", "2023-04-30"),
        ("On 5 September 2023, it changed.", "5 September 2023", "2023-09-05", "2023-09-05"),
        ("On 1st April 2019 it changed.", "1st April 2019", "2019-04-01", "2019-04-01"),
        ("In spring 2022 it changed.", "spring 2022", "2022-03-01", "2022-05-31"),
        ("In autumn 2015 it changed.", "autumn 2015", "2015-09-01", "2015-11-30"),
        ("In winter 2021/22 it changed.", "winter 2021/22", "2021-12-01", "2022-02-28"),
        ("In 2014, we began.", "2014", "2014-01-01", "2014-12-31"),
        ("It was higher than in 2019.", "2019", "2019-01-01", "2019-12-31"),
        (
            "It ran between May and September 2024.",
            "between May and September 2024",
            "2024-05-01",
            "2024-09-30",
        ),
        (
            "It ran from April 2021 to March 2022.",
            "from April 2021 to March 2022",
            "2021-04-01",
            "2022-03-31",
        ),
        (
            "It ran between December and March 2022.",
            "between December and March 2022",
            "2021-12-01",
            "2022-03-31",
        ),
        (
            "Between 14 and 25 October 2024, we came.",
            "Between 14 and 25 October 2024",
            "2024-10-14",
            "2024-10-25",
        ),
        (
            "between 1 April and 31 August 2023 it",
            "between 1 April and 31 August 2023",
            "2023-04-01",
            "2023-08-31",
        ),
        ("Between 2018/19 and 2020/21, it fell.", "Between 2018/19 and 2020/21", "2018-04-01", "2021-03-31"),
        ("Between 2015 and 2019, it fell.", "Between 2015 and 2019", "2015-01-01", "2019-12-31"),
        ("We were there 3 to 14 June 2019.", "3 to 14 June 2019", "2019-06-03", "2019-06-14"),
        ("Published on:\n26/04/2024", "26/04/2024", "2024-04-26", "2024-04-26"),
    ],
)
def test_each_form_resolves_to_its_dates(text: str, span: str, begin: str, end: str) -> None:
    assert periods(text) == [(span, begin, end)]


@pytest.mark.parametrize(
    "text",
    [
        "Rates use the 2021 census.",
        "The Equality Act 2010 applies.",
        "PEEL 2023–2025 is our programme.",
        "In PEEL 2018/19 it was good.",
        "The ‘Police and Crime Plan 2021–2025’ says so.",
        "We use ONS mid-2020 population estimates.",
        "It had 2022 officers.",
        "In the same period it fell.",
        "The following year it fell.",
        "It may march on.",
        "Our 2014 national crime data inspection found more.",
        "At the time of our inspection it was low.",
    ],
)
def test_years_in_names_and_references_without_antecedent_are_no_periods(text: str) -> None:
    assert periods(text) == []


@pytest.mark.parametrize(
    ("reference", "begin", "end"),
    [
        ("the previous year", "2021-04-01", "2022-03-31"),
        ("the preceding 12 months", "2021-04-01", "2022-03-31"),
        ("the same period", "2022-04-01", "2023-03-31"),
        ("this period", "2022-04-01", "2023-03-31"),
        ("the same year", "2022-04-01", "2023-03-31"),
        ("the following year", "2023-04-01", "2024-03-31"),
        ("the same period in 2019", "2018-04-01", "2019-03-31"),
        ("the same period of the previous year", "2021-04-01", "2022-03-31"),
    ],
)
def test_a_reference_takes_the_dates_of_the_period_before_it(reference: str, begin: str, end: str) -> None:
    text = f"In the year ending 31 March 2023 it fell. In {reference} it rose."
    assert periods(text)[1] == (reference.removeprefix("the "), begin, end)


def test_the_same_period_is_the_main_one_not_the_one_compared_with() -> None:
    text = "In 2022/23 it rose compared with the year ending 31 March 2019. In the same period crime fell."
    assert periods(text)[-1] == ("same period", "2022-04-01", "2023-03-31")


def test_a_reference_does_not_reach_into_another_paragraph() -> None:
    assert len(periods("In 2022/23 it rose.\nThe number of calls fell in the same period.")) == 1


def test_a_reference_that_opens_a_paragraph_goes_back_to_the_one_before() -> None:
    dated = ("2022-04-01", "2023-03-31")
    told = periods("In 2022/23 it rose.\nMore calls are lost\nIn the same year, 31 were lost.")
    assert [dates[1:] for dates in told] == [dated, dated]
    told = periods("On 31 March 2023 it had 40 officers.\nIn the 12 months to that date, it lost 31.")
    assert told[1][1:] == dated


def test_the_same_year_as_a_day_is_the_year_told_that_ends_on_it() -> None:
    told = periods("It planned 40 in 2022/23. On 31 March 2023 it had 4 staff. In the same year, it made 31.")
    assert told[2][1:] == ("2022-04-01", "2023-03-31")


def test_a_period_inside_a_name_belongs_to_the_name() -> None:
    text = "It follows the Plan of April 2023 now."
    assert find_periods(text, names=[(text.index("Plan"), text.index(" now"))]) == []


def test_a_day_that_does_not_exist_is_no_period() -> None:
    assert periods("On 31 February 2023 it fell.") == []


def test_range_ends_gives_the_bounds_of_both_ends() -> None:
    ends = range_ends("between August 2023 and January 2024")
    assert ends is not None
    assert [day.isoformat() for bounds in ends for day in bounds] == [
        "2023-08-01",
        "2023-08-31",
        "2024-01-01",
        "2024-01-31",
    ]


def test_a_financial_year_must_be_two_years_that_follow() -> None:
    assert atom_bounds("2021/25") is None or atom_bounds("2021/25") == atom_bounds("2021")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Between April and June 2023 it rose; in the same months of 2022 it fell.", "2022-04-01"),
        ("It rose from 1 May to 31 July 2023. In those three months it was high.", "2023-05-01"),
        ("In the year ending 30 June 2022 it was 9. Five years before that, it was 7.", "2016-07-01"),
        ("On 30 September 2023 it was 9. Six months earlier, it was 7.", "2023-03-31"),
        ("On 30 September 2023 it was 9, up from 7, as it was two years earlier.", "2021-09-30"),
        ("In the year to 31 March 2022 it was 9, where seven years earlier there were 7.", "2014-04-01"),
        ("At the end of May 2017 it was 9, more than a year previously (7).", "2017-05-31"),
        ("In May 2017 it was 9, which they were a year previously (7).", "2016-05-01"),
        (
            "In the three months to June 2023 it was 9. In the three months before that, it was 7.",
            "2023-01-01",
        ),
        ("- In 2022/23: 9.\n- In the same year, late: 4.", "2022-04-01"),
    ],
)
def test_a_period_may_be_told_from_the_one_before(text: str, expected: str) -> None:
    assert find_periods(text)[-1].begin_date == expected


def test_the_end_of_a_month_is_a_day() -> None:
    found = find_periods("At the end of September 2024 it rose.")
    assert [(p.begin_date, p.end_date) for p in found] == [("2024-09-30", "2024-09-30")]


@pytest.mark.parametrize(
    ("text", "words", "begin"),
    [
        (
            "At 31 March 2021 it had 12. In the 12 months to that date, it had 30.",
            "12 months to that date",
            "2020-04-01",
        ),
        (
            "On 30 June 2020 it had 12. In the quarter ending on that day, it had 30.",
            "quarter ending on that day",
            "2020-04-01",
        ),
        ("By 31 March 2024 there were 12. In the year to then, 30 left.", "year to then", "2023-04-01"),
    ],
)
def test_a_length_that_ends_on_the_day_named_before_is_a_time_of_its_own(
    text: str, words: str, begin: str
) -> None:
    day, length = periods(text)
    assert length == (words, begin, day[2])


def test_a_date_that_is_no_day_is_not_gone_back_to() -> None:
    assert [words for words, *_ in periods("In 2023 it had 12. In the year to that date, it had 30.")] == [
        "2023"
    ]


@pytest.mark.parametrize("dash", "–‐‑‒—―−─━-")
@pytest.mark.parametrize(
    ("years", "begin", "end"),
    [
        ("2012{}15", "2012-01-01", "2015-12-31"),
        ("2012{}2014", "2012-01-01", "2014-12-31"),
        ("2015{}16", "2015-04-01", "2016-03-31"),
    ],
)
def test_a_range_of_years_is_read_with_any_dash(dash: str, years: str, begin: str, end: str) -> None:
    text = f"Figures for {years.format(dash)} show that visits took 42 days."
    (period,) = find_periods(text)
    assert (text[period.start : period.end], period.begin_date, period.end_date) == (
        years.format(dash),
        begin,
        end,
    )
    assert [figure.text for figure in extraction_of(make_pipeline()(text)).figures] == ["42 days"]


@pytest.mark.parametrize("years", ["2009-12", "2015–12", "2015–15"])
def test_what_may_be_a_month_or_goes_back_is_no_range_of_years(years: str) -> None:
    (period,) = find_periods(f"It was counted in {years}.")
    assert period.end_date == f"{years[:4]}-12-31"
