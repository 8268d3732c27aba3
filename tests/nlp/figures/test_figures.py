"""Figures: which numbers are measured values, and what each slot of them says."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from figure_helpers import figures
from samples import GOLD

from kg.model.measures import Measure
from kg.model.records import Extraction, Figure, Mention, Report, Section, Source
from kg.model.text.sentences import find_sentences
from kg.nlp.figures import find_figures


def spans(text: str) -> list[str]:
    return [f.text for f in figures(text)]


Y23 = ("2022-04-01", "2023-03-31")
Y22 = ("2021-04-01", "2022-03-31")
NONE = (None, None)

CASES: list[tuple[str, dict[str, dict[str, Any]]]] = [
    (
        "In the year ending 31 March 2023, the force’s 101 abandonment rate was 33.2 percent, compared with "
        "an England and Wales rate of 14.1 percent.",
        {
            "33.2 percent": {
                "value": "33.2",
                "unit": "percent",
                "period": Y23,
                "population": "inspected-force",
                "attribution": "official-statistics",
                "comparators": ["14.1"],
                "measure": "101 abandonment rate",
            },
            "14.1 percent": {
                "value": "14.1",
                "period": Y23,
                "population": "england-and-wales",
                "attribution": "official-statistics",
                "comparators": [],
            },
        },
    ),
    (
        "In the 12 months to March 2013, recorded crime fell by 6.1 percent.",
        {
            "6.1 percent": {
                "value": "6.1",
                "unit": "percent",
                "period": ("2012-04-01", "2013-03-31"),
                "direction": "decrease",
                "base_value": None,
                "attribution": "official-statistics",
                "measure": "change in recorded crime",
            }
        },
    ),
    (
        "The force told us that one in five officers had never had a performance review.",
        {
            "one in five officers": {
                "value": "0.2",
                "unit": "ratio",
                "numerator": "1",
                "denominator": "5",
                "attribution": "force",
                "period": NONE,
            }
        },
    ),
    (
        "The service spends £1.2bn a year.",
        {"£1.2bn": {"value": "1200000000", "unit": "GBP", "attribution": None}},
    ),
    (
        "We estimate that the force recorded 95.2 percent (± 0.4 percent) of reported crime.",
        {"95.2 percent": {"value": "95.2", "interval": "0.4", "attribution": "inspectorate"}},
    ),
    (
        "The force took on average 21 days to examine a device.",
        {"21 days": {"value": "21", "unit": "duration", "base": "days"}},
    ),
    (
        "The average time to answer a 101 call was 2 minutes 14 seconds in 2019/20.",
        {
            "2 minutes 14 seconds": {
                "value": "134",
                "unit": "duration",
                "base": "seconds",
                "period": ("2019-04-01", "2020-03-31"),
            }
        },
    ),
    (
        "The average wait was 1 hour and 20 minutes.",
        {"1 hour and 20 minutes": {"value": "80", "unit": "duration", "base": "minutes"}},
    ),
    (
        "The proportion of officers from an ethnic minority background rose by 0.3 percentage points.",
        {"0.3 percentage points": {"value": "0.3", "unit": "percent", "direction": "increase"}},
    ),
    (
        "In 2022/23, the force made 1,022 disclosures, up from 960 in 2021/22.",
        {
            "1,022 disclosures": {
                "value": "1022",
                "unit": "count",
                "period": Y23,
                "direction": "increase",
                "base_value": "960",
                "comparators": [],
            },
            "960": {"value": "960", "unit": "count", "period": Y22, "direction": None},
        },
    ),
    (
        "Between 18 and 23 percent of callers gave up.",
        {"18": {"value": "18", "unit": "percent"}, "23 percent": {"value": "23", "unit": "percent"}},
    ),
    (
        "The rate was 18 to 23 per cent.",
        {"18": {"value": "18", "unit": "percent"}, "23 per cent": {"value": "23"}},
    ),
    ("It solved 9.1 per cent of burglaries.", {"9.1 per cent": {"value": "9.1", "unit": "percent"}}),
    ("It solved 18% of burglaries.", {"18%": {"value": "18", "unit": "percent"}}),
    (
        "The force has 1,000 fewer officers than in 2010.",
        {"1,000 fewer officers": {"value": "1000", "unit": "count", "direction": "decrease"}},
    ),
    ("There were more than 200 open cases.", {"200 open cases": {"value": "200", "unit": "count"}}),
    (
        "It was ranked 4th out of 43 forces.",
        {"4th": {"value": "4", "unit": "rank", "population": "inspected-force"}},
    ),
    (
        "Around two thirds (66 percent) of victims were satisfied.",
        {
            "two thirds": {"value": "0.666666667", "unit": "ratio", "numerator": "2", "denominator": "3"},
            "66 percent": {"value": "66", "unit": "percent"},
        },
    ),
    (
        "We reviewed 40 cases and found that 32 of them had a plan.",
        {
            "40 cases": {"value": "40", "attribution": "inspectorate"},
            "32 of them": {
                "value": "32",
                "numerator": "32",
                "denominator": "40",
                "attribution": "inspectorate",
            },
        },
    ),
    (
        "Of the 45 investigations that we examined, 12 were not supervised.",
        {
            "45 investigations": {"value": "45", "attribution": "inspectorate", "denominator": None},
            "12": {
                "value": "12",
                "unit": "count",
                "numerator": "12",
                "denominator": "45",
                "attribution": "inspectorate",
            },
        },
    ),
    (
        "Recorded robbery fell from 1,200 offences in 2018/19 to 900 offences in 2022/23.",
        {
            "1,200 offences": {"value": "1200", "period": ("2018-04-01", "2019-03-31"), "direction": None},
            "900 offences": {"value": "900", "period": Y23, "direction": "decrease", "base_value": "1200"},
        },
    ),
    (
        "Between 31 March 2015 and 31 March 2023, the number of PCSOs fell from 310 to 122, a reduction "
        "of 60.6 percent.",
        {
            "310": {"value": "310", "period": ("2015-03-31", "2015-03-31")},
            "122": {
                "value": "122",
                "period": ("2023-03-31", "2023-03-31"),
                "direction": "decrease",
                "base_value": "310",
            },
            "60.6 percent": {
                "value": "60.6",
                "direction": "decrease",
                "base_value": "310",
                "period": ("2015-03-31", "2023-03-31"),
            },
        },
    ),
    (
        "The force recorded 92.4 crimes per 1,000 people in the year ending 31 March 2023, higher than the "
        "rate of 85.1 for all forces in England and Wales.",
        {
            "92.4 crimes per 1,000 people": {
                "value": "92.4",
                "unit": "rate",
                "base": "1000",
                "period": Y23,
                "population": "inspected-force",
                "attribution": "official-statistics",
            },
            "85.1": {
                "value": "85.1",
                "population": "england-and-wales",
                "attribution": "official-statistics",
                "period": Y23,
            },
        },
    ),
    (
        "As at 31 March 2023, 14.5 percent of the workforce had more than 30 cases each.",
        {
            "14.5 percent": {"value": "14.5", "period": ("2023-03-31", "2023-03-31")},
            "30 cases": {"value": "30"},
        },
    ),
    (
        "According to the Home Office, the force arrested 4,301 people in the year ending 31 March 2023.",
        {"4,301 people": {"value": "4301", "period": Y23, "attribution": "official-statistics"}},
    ),
    (
        "In our survey, 61 of 98 respondents (62.2 percent) said that they had enough time.",
        {
            "61 of 98 respondents": {
                "value": "61",
                "numerator": "61",
                "denominator": "98",
                "population": "survey-respondents",
                "attribution": "survey",
            },
            "62.2 percent": {
                "value": "62.2",
                "numerator": "61",
                "denominator": "98",
                "population": "survey-respondents",
                "attribution": "survey",
            },
        },
    ),
    (
        "The force estimates that it will need to save £14.6 million by 31 March 2026.",
        {
            "£14.6 million": {
                "value": "14600000",
                "unit": "GBP",
                "attribution": "force",
                "period": (None, "2026-03-31"),
            }
        },
    ),
    (
        "Staff told us that they had waited six months for training.",
        {"six months": {"value": "6", "unit": "duration", "base": "months", "attribution": "other"}},
    ),
    (
        "You told us that 78 officers had been trained since April 2022.",
        {"78 officers": {"value": "78", "attribution": "force", "period": ("2022-04-01", None)}},
    ),
    (
        "The service attended 3,418 incidents in the year ending 31 December 2021, a 4 percent increase on "
        "the previous year.",
        {
            "3,418 incidents": {"value": "3418", "period": ("2021-01-01", "2021-12-31")},
            "4 percent": {"value": "4", "direction": "increase", "period": ("2021-01-01", "2021-12-31")},
        },
    ),
    (
        "Officers were four times more likely to use force on Black people.",
        {"four times more likely": {"value": "4", "unit": "ratio"}},
    ),
    (
        "Black people were twice as likely to be searched.",
        {"twice as likely": {"value": "2", "unit": "ratio", "group": "Black people"}},
    ),
    ("It has 2.1 million residents.", {"2.1 million residents": {"value": "2100000", "unit": "count"}}),
    (
        "The force has the third highest charge rate in England and Wales, at 9.8 percent.",
        {
            "third highest": {"value": "3", "unit": "rank", "population": "inspected-force"},
            "9.8 percent": {"value": "9.8", "population": "inspected-force"},
        },
    ),
    (
        "Calls abandoned rose from 4 percent to 9 percent.",
        {
            "4 percent": {"value": "4"},
            "9 percent": {"value": "9", "direction": "increase", "base_value": "4"},
        },
    ),
    (
        "On 1 June 2022, 112 of 1,430 visits were overdue (7.8 percent).",
        {
            "112 of 1,430 visits": {
                "value": "112",
                "numerator": "112",
                "denominator": "1430",
                "period": ("2022-06-01", "2022-06-01"),
            },
            "7.8 percent": {
                "value": "7.8",
                "numerator": "112",
                "denominator": "1430",
                "period": ("2022-06-01", "2022-06-01"),
            },
        },
    ),
    (
        "In 2014/15 crime fell in Loamshire by 3 percent, whereas it rose by 2 percent in England and Wales.",
        {
            "3 percent": {
                "value": "3",
                "direction": "decrease",
                "population": "inspected-force",
                "comparators": ["2"],
            },
            "2 percent": {
                "value": "2",
                "direction": "increase",
                "population": "england-and-wales",
                "period": ("2014-04-01", "2015-03-31"),
            },
        },
    ),
    (
        "The force had 16 vacancies and 22 officers on restricted duties on 30 June 2018.",
        {
            "16 vacancies": {"value": "16", "period": ("2018-06-30", "2018-06-30")},
            "22 officers": {"value": "22", "period": ("2018-06-30", "2018-06-30")},
        },
    ),
    (
        "The backlog reduced to 44 devices.",
        {"44 devices": {"value": "44", "direction": "decrease", "base_value": None}},
    ),
    (
        "The rate is 1.9 times the England and Wales average.",
        {"1.9 times": {"value": "1.9", "unit": "ratio"}},
    ),
    (
        "In Borsetshire Police the rate was 12 percent.",
        {"12 percent": {"value": "12", "population": "other-force"}},
    ),
    (
        "The workforce is 4.2 percent Asian, compared with 7.9 percent of the local population.",
        {
            "4.2 percent": {"value": "4.2", "comparators": ["7.9"]},
            "7.9 percent": {"value": "7.9", "comparators": []},
        },
    ),
    (
        "In three cases the victim wasn’t told.",
        {"three cases": {"value": "3", "unit": "count"}},
    ),
]


MORE: list[tuple[str, dict[str, dict[str, Any]]]] = [
    (
        "In the 12 months to 31 March 2018, it recorded 87.5 crimes per 1,000 people "
        "(England and Wales: 83.8).",
        {
            "87.5 crimes per 1,000 people": {"population": "inspected-force", "comparators": ["83.8"]},
            "83.8": {"unit": "rate", "base": "1000", "population": "england-and-wales"},
        },
    ),
    (
        "We examined reports from 1 January to 31 March 2021. We estimate that it recorded 92.3 percent "
        "of crime.",
        {"92.3 percent": {"period": ("2021-01-01", "2021-03-31"), "attribution": "inspectorate"}},
    ),
    (
        "Of the 226 people who answered our survey, 14 percent (32 respondents) had been bullied.",
        {
            "226 people": {"population": "survey-respondents", "attribution": "survey"},
            "14 percent": {"numerator": "32", "denominator": "226", "attribution": "survey"},
            "32 respondents": {"numerator": "32", "denominator": "226"},
        },
    ),
    (
        "The backlog stood at 600 devices in May 2022. By September 2022 it had been reduced to 250.",
        {
            "600 devices": {"period": ("2022-05-01", "2022-05-31")},
            "250": {"period": ("2022-09-01", "2022-09-30"), "direction": "decrease", "base_value": "600"},
        },
    ),
    (
        "The service attended 5,320 incidents in 2022/23. Of these, 2,100 were false alarms.",
        {
            "5,320 incidents": {"period": Y23},
            "2,100": {
                "numerator": "2100",
                "denominator": "5320",
                "period": Y23,
                "measure": "incidents that were false alarms",
            },
        },
    ),
    (
        "We reviewed 45 cases and found that 41 had a risk assessment.",
        {"45 cases": {"denominator": None}, "41": {"numerator": "41", "denominator": "45"}},
    ),
    (
        "It attended 9,812 incidents, of which 4,310 (43.9 percent) were false alarms.",
        {
            "9,812 incidents": {"numerator": None},
            "4,310": {"numerator": "4310", "denominator": "9812"},
            "43.9 percent": {"numerator": "4310", "denominator": "9812"},
        },
    ),
    (
        "The force expects a deficit of £3.2m in 2024/25, rising to £9.6m in 2026/27.",
        {
            "£3.2m": {"attribution": "force", "period": ("2024-04-01", "2025-03-31")},
            "£9.6m": {
                "direction": "increase",
                "base_value": "3200000",
                "period": ("2026-04-01", "2027-03-31"),
            },
        },
    ),
    (
        "Reserves stood at £6.4m on 31 March 2023, down from £7.9m a year earlier.",
        {
            "£6.4m": {"direction": "decrease", "base_value": "7900000"},
            "£7.9m": {"period": ("2022-03-31", "2022-03-31")},
        },
    ),
    (
        "The force introduced the scheme in 2019 and has since trained 450 officers.",
        {"450 officers": {"period": NONE}},
    ),
    (
        "Since the scheme began in 2019, it has trained 450 officers.",
        {"450 officers": {"period": ("2019-01-01", None)}},
    ),
    (
        "In our survey, 44 percent of officers said they were happy, and 23 percent of staff said so.",
        {
            "44 percent": {"population": "survey-respondents", "attribution": "survey"},
            "23 percent": {"population": "survey-respondents", "attribution": "survey"},
        },
    ),
    (
        "We found that the force solved 3.6 percent of rapes (England and Wales: 4.2 percent).",
        {
            "3.6 percent": {"attribution": "official-statistics", "comparators": ["4.2"]},
            "4.2 percent": {"attribution": "official-statistics", "population": "england-and-wales"},
        },
    ),
    (
        "Its clear-up rate (14.3 percent) is lower than that of similar forces (17.0 percent).",
        {
            "14.3 percent": {"comparators": ["17.0"], "population": "inspected-force"},
            "17.0 percent": {"population": "other-force"},
        },
    ),
    (
        "It received 245,320 999 calls in 2022/23, an increase of 14 percent on the previous year.",
        {
            "245,320 999 calls": {"value": "245320", "direction": "increase", "base_value": None},
            "14 percent": {"direction": "increase", "measure": "change in 999 calls received"},
        },
    ),
    (
        "The force has 45 officers in its crime reduction team, paid by the Home Office.",
        {"45 officers": {"attribution": None}},
    ),
    (
        "In 12 of 60 incidents, the record was wrong. It was right in the other 48.",
        {"12 of 60 incidents": {"attribution": "inspectorate"}, "48": {"attribution": "inspectorate"}},
    ),
    (
        "You told us that you have recruited 28 people since our inspection, and that the rate fell from "
        "31.0 percent in January 2023 to 9.4 percent in September 2023.",
        {
            "28 people": {"attribution": "force", "period": NONE},
            "31.0 percent": {"attribution": "force", "period": ("2023-01-01", "2023-01-31")},
            "9.4 percent": {"attribution": "force", "direction": "decrease", "base_value": "31.0"},
        },
    ),
    (
        "In 2022/23, it recorded 400 rapes. The Police Federation told us that 12 officers had left.",
        {"400 rapes": {}, "12 officers": {"attribution": "other", "period": NONE}},
    ),
    (
        "In 2022, the force recorded 96.1 percent (+/− 1.6 percent) of violent crime.",
        {"96.1 percent": {"attribution": "inspectorate", "population": "inspected-force"}},
    ),
    (
        "In 2023, 44 percent of callers and 45 percent of victims were satisfied, compared with 46 percent "
        "of victims in England and Wales.",
        {
            "44 percent": {"population": "inspected-force", "comparators": []},
            "45 percent": {"population": "inspected-force", "comparators": ["46"]},
            "46 percent": {"population": "england-and-wales"},
        },
    ),
    (
        "The average time for proceedings has fallen from 79 weeks to 41 weeks and, since "
        "October 2013, it has been 21 weeks.",
        {
            "79 weeks": {"period": NONE},
            "41 weeks": {"period": NONE},
            "21 weeks": {"period": ("2013-10-01", None)},
        },
    ),
    (
        "The average wait came down from 60 days to 52 days; since March 2022, callers have waited 30 days.",
        {
            "60 days": {"period": NONE},
            "52 days": {"period": NONE},
            "30 days": {"period": ("2022-03-01", None)},
        },
    ),
]


def _slot(figure: Figure, name: str) -> Any:
    if name == "period":
        return figure.period_begin, figure.period_end
    if name == "comparators":
        return [str(value) for value in figure.comparators]
    value = getattr(figure, name)
    return str(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize(("text", "expected"), CASES + MORE, ids=[case[0][:60] for case in CASES + MORE])
def test_a_sentence_gives_its_figures_with_their_slots(
    text: str, expected: dict[str, dict[str, Any]]
) -> None:
    found = figures(text)
    assert [f.text for f in found] == list(expected)
    for figure in found:
        wanted = expected[figure.text]
        assert {name: _slot(figure, name) for name in wanted} == wanted, figure.text


def test_a_number_inside_a_mention_belongs_to_the_name() -> None:
    text = "It runs Vision 25 projects."
    mention = Mention(8, 17, "Vision 25", "PROGRAMME", None, None)
    assert figures(text, mentions=(mention,)) == []


def test_a_name_inside_a_figure_leaves_the_figure_alone() -> None:
    text = "It gained 14 Stalking Protection Orders."
    mention = Mention(13, 39, "Stalking Protection Orders", "LEGISLATION", None, None)
    assert [f.text for f in figures(text, mentions=(mention,))] == ["14 Stalking Protection Orders"]


def test_the_share_of_a_count_has_the_count_as_denominator() -> None:
    found = figures("It recorded 9,540 searches, and officers used video in 97.1 percent of cases.")
    assert (found[1].numerator, found[1].denominator) == (None, Decimal(9540))


def test_those_callers_are_the_ones_of_the_figure_before() -> None:
    found = figures("In 11 of 60 cases officers were late, and 8 of those callers weren’t told.")
    assert (found[1].text, found[1].numerator, found[1].denominator) == ("8 of those callers", 8, 11)


def test_a_share_of_a_budget_has_both_sums() -> None:
    found = figures("The budget for 2023/24 is £171.4m, of which £66.8m (39.0 percent) is from council tax.")
    assert (found[2].numerator, found[2].denominator) == (Decimal(66800000), Decimal(171400000))


def test_a_period_is_carried_to_a_sentence_that_goes_on_about_the_same_data() -> None:
    found = figures("In 2022/23, it recorded 400 rapes. This was a rise of 12 percent.")
    assert (found[1].period_begin, found[1].period_end) == Y23


def test_a_period_is_not_carried_to_the_next_paragraph() -> None:
    assert figures("In 2022/23, it lost £4m.\nIt sold 12 cars.")[1].period_begin is None


def test_an_increase_named_in_the_next_sentence_has_the_base_of_the_pair() -> None:
    found = figures(
        "Between 2018 and 2023, posts rose from 1,492 to 1,688. This is an increase of 196 officers."
    )
    assert (found[2].direction, found[2].base_value) == ("increase", 1492)


def test_the_base_is_no_comparator() -> None:
    found = figures(
        "It rose by 7.8 percent, with 38,941 crimes in 2022/23 compared with 36,130 crimes in 2018/19."
    )
    assert [f.comparators for f in found] == [(), (), ()]
    assert [f.base_value for f in found] == [36130, 36130, None]


def test_pairs_in_two_sentences_are_compared_one_to_one() -> None:
    found = figures(
        "In October 2024, we found a plan in 56 of 60 cases, and supervision in 51 of 60. "
        "In January 2024, the numbers were 39 of 68 and 31 of 68."
    )
    assert [f.comparators for f in found] == [(39,), (31,), (), ()]


def test_an_interval_has_the_level_that_the_report_states() -> None:
    found = figures("We estimate 90.3 percent (+/− 4.4 percent).\nIntervals are at the 95 percent level.")
    assert (found[0].interval, found[0].interval_level) == (Decimal("4.4"), Decimal(95))


def test_what_about_the_data_names_is_official() -> None:
    text = "In 2022/23, 3.3 percent of officers were on sick leave."
    about = "\nAbout the data\nData on sickness is from the Home Office."
    assert [figures(text)[0].attribution, figures(text + about)[0].attribution] == [
        None,
        "official-statistics",
    ]


def test_bullets_have_the_population_and_source_of_their_lead_in() -> None:
    found = figures("Of those surveyed:\n- 84.5 percent agreed with it; and\n- 71.5 percent trusted it.")
    assert {(f.population, f.attribution) for f in found} == {("survey-respondents", "survey")}


def test_a_share_of_cases_in_the_victim_service_assessment_is_the_inspectorates() -> None:
    text = "Officers kept victims up to date in 41 of 52 cases."
    section = Section("s", "Victim service assessment", 2, 0, len(text), None)
    assert figures(text, sections=(section,))[0].attribution == "inspectorate"


def test_the_sentence_of_a_figure_is_recorded() -> None:
    found = figures("It is so. It has 12 dogs.")
    assert (found[0].sentence_start, found[0].sentence_end) == (10, 25)


def test_a_very_long_line_without_sentences_is_read_piecewise() -> None:
    found = figures("5 percent of all the people that were asked or " * 2000)
    assert len(found) == 2000
    assert all(f.end <= f.sentence_end <= f.sentence_start + 1500 for f in found)


def test_figures_lie_in_order_within_their_sentences_and_do_not_overlap(seed_text: str) -> None:
    found = figures(seed_text)
    assert all(seed_text[f.start : f.end] == f.text for f in found)
    assert all(f.sentence_start <= f.start < f.end <= f.sentence_end for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def level(iri: str, phrase: str) -> Measure:
    return Measure(iri, (phrase,), frozenset({"count"}), frozenset({"level", "rate"}))


def test_the_concept_is_the_longest_label_in_the_measure() -> None:
    report = Report("x", None, None, None, None, None, None, None, Source("x", "", "text/plain"), "", "")
    text = "The force recorded 1,870 stalking offences."
    vocabulary = [level("urn:crime", "offences"), level("urn:stalking", "stalking offences")]
    found = find_figures(text, find_sentences(text), Extraction(report), [], vocabulary)
    assert found[0].concept == "urn:stalking"


def test_a_share_of_cases_is_not_measured_by_the_people_in_them() -> None:
    report = Report("x", None, None, None, None, None, None, None, Source("x", "", "text/plain"), "", "")
    text = "Call handlers gave advice in 9 of 16 cases."
    vocabulary = [level("urn:posts", "call handlers")]
    found = find_figures(text, find_sentences(text), Extraction(report), [], vocabulary)
    assert found[0].concept is None


def test_nothing_is_derived() -> None:
    assert not any(f.derived for f in figures("It solved 9 of 16 cases."))


SAMPLES = {
    "marchshire-2023-25": "Marchshire Police",
    "marchshire-revisit-letter": "Marchshire Police",
    "wealdon-2021-22": "Wealdon Constabulary",
}


def _gold(folder: Path) -> dict[tuple[int, int], tuple[Any, ...]]:
    rows = map(json.loads, (folder / "figures.jsonl").read_text(encoding="utf-8").splitlines())
    return {
        (r["start"], r["end"]): (
            float(r["value"]),
            r["unit"],
            r["period_begin"],
            r["period_end"],
            r["population"],
            r["attribution"],
        )
        for r in rows
    }


def _complete(found: list[Figure], limit: int | None = None) -> dict[tuple[int, int], tuple[Any, ...]]:
    return {
        (f.start, f.end): (float(f.value), f.unit, f.period_begin, f.period_end, f.population, f.attribution)
        for f in found
        if limit is None or f.start < limit
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_the_figures_of_a_sample_are_complete(name: str) -> None:
    """All are found; without head and sections, slots chosen by evidence may be wrong in a tenth.

    What a whole report gives is in ``tests/floor.json``.
    """
    text = (GOLD / name / "report.txt").read_text(encoding="utf-8")
    found, gold = _complete(figures(text, force=SAMPLES[name])), _gold(GOLD / name)
    assert {place: slots[:2] for place, slots in found.items()} == {p: slots[:2] for p, slots in gold.items()}
    assert sum(found[place] == slots for place, slots in gold.items()) >= len(gold) * 9 // 10


def test_the_figures_of_the_real_report_are_complete(seed_text: str) -> None:
    gold = _gold(GOLD / "west-midlands-2023-25-part")
    assert _complete(figures(seed_text, force="West Midlands Police"), 22000) == gold


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("It has 450 officers.", "urn:officers"),
        ("It has 156 officers who ski.", None),
        ("It has 9 bike officers.", None),
    ],
)
def test_people_are_measured_only_as_a_whole(text: str, concept: str | None) -> None:
    report = Report("x", None, None, None, None, None, None, None, Source("x", "", "text/plain"), "", "")
    vocabulary = [level("urn:officers", "officers")]
    found = find_figures(text, find_sentences(text), Extraction(report), [], vocabulary)
    assert found[0].concept == concept
