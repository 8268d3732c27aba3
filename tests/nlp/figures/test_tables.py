"""Tables of figures: which cells are values, and what their rows and columns say of them."""

from __future__ import annotations

from typing import Any

import pytest
from figure_helpers import EW, OTHERS, PC, RATE, TIME, D, figures, seen, year

from kg.nlp.figures.sources.population import body_named
from kg.nlp.figures.tables import cells_of
from kg.reading.tables import table_reading

Y24, Y23 = year("2024-03-31"), year("2023-03-31")
BODIES = [
    ["Measure", "Loamshire", "Similar forces", "England and Wales"],
    ["Crimes per 1,000 people, year ending 31 March 2024", "61.2", "70.4", "88.0"],
    ["Officers who are women", "37.5%", "36%", "35.9%"],
]
BESIDE: list[dict[str, Any]] = [
    {"value": D("61.2"), "unit": RATE, "base": "1000", "period": Y24, "beside": [D("70.4"), D("88.0")]},
    {"value": D("70.4"), "unit": RATE, "of": OTHERS, "beside": []},
    {"value": D("88.0"), "unit": RATE, "of": EW, "beside": []},
    {"value": D("37.5"), "unit": PC, "of": "inspected-force", "beside": [36, D("35.9")]},
    {"value": D(36), "of": OTHERS},
    {"value": D("35.9"), "of": EW},
]


def lines(rows: list[list[str]], joint: str) -> str:
    return "How the force compares\n" + "\n".join(joint.join(row) for row in rows) + "\nIt did well."


@pytest.mark.parametrize("joint", [" | ", "\t", "|", "\t\t", "     "])
def test_the_columns_of_a_table_are_about_bodies(joint: str) -> None:
    found = figures(lines(BODIES, joint))
    assert [seen(figure, slots) for figure, slots in zip(found, BESIDE, strict=True)] == BESIDE
    names = ["Crimes"] * 3 + ["Officers who are women"] * 3
    assert [figure.measure for figure in found] == names


def test_the_first_cell_of_a_header_may_give_its_years_their_day() -> None:
    rows = [["At 31 March", "2010", "2020 (planned)"], ["Officers", "1,310", "1,015"]]
    found = figures("Table 1: The workforce\n" + lines(rows, " | "))
    assert [f.period_begin for f in found] == ["2010-03-31", "2020-03-31"]


def test_a_header_may_be_a_span_of_months() -> None:
    rows = [["Measure", "January to March 2023", "May to July 2024"], ["Calls lost", "33.7%", "9.4%"]]
    found = figures("Table 1: Calls\n" + lines(rows, " | "))
    dates = [(f.period_begin, f.period_end) for f in found]
    assert dates == [("2023-01-01", "2023-03-31"), ("2024-05-01", "2024-07-31")]


def test_the_rows_that_readers_make_of_tables_are_read() -> None:
    pieces = table_reading(BODIES).pieces
    found = figures("\n".join(piece.text for piece in pieces))
    assert [figure.value for figure in found] == [slots["value"] for slots in BESIDE]


def test_the_rows_of_a_table_are_about_bodies() -> None:
    rows = [
        ["Force", "Burglaries", "Charged"],
        ["Loamshire Police", "910", "7%"],
        ["MSG average", "870", "8%"],
    ]
    found = figures(lines(rows, " | "))
    assert [(f.value, f.population, list(f.comparators), f.measure) for f in found] == [
        (910, "inspected-force", [870], "Burglaries"),
        (7, "inspected-force", [8], "Charged"),
        (870, "other-force", [], "Burglaries"),
        (8, "other-force", [], "Charged"),
    ]


@pytest.mark.parametrize(
    ("rows", "measures"),
    [
        ([["Offence", "2022/23", "2023/24"], ["Robbery", "310", "290"]], ["Robbery", "Robbery"]),
        ([["Year", "Robberies"], ["2022/23", "310"], ["2023/24", "290"]], ["Robberies", "Robberies"]),
    ],
)
def test_of_two_times_the_later_is_set_beside_the_earlier(rows: list[list[str]], measures: list[str]) -> None:
    earlier, later = figures(lines(rows, " | "))
    assert seen(earlier, {"value": 0, "period": 0, "beside": 0}) == {
        "value": 310,
        "period": Y23,
        "beside": [],
    }
    assert seen(later, {"value": 0, "period": 0, "beside": 0}) == {
        "value": 290,
        "period": Y24,
        "beside": [310],
    }
    assert [earlier.measure, later.measure] == measures


def test_a_forecast_of_several_years_compares_nothing() -> None:
    rows = [
        ["Year", "Budget", "Gap"],
        ["2022/23", "£90m", "£1m"],
        ["2023/24", "£91m", "£2m"],
        ["2024/25", "£92m", "£4m"],
    ]
    found = figures(lines(rows, " | "))
    assert [f.measure for f in found] == ["Budget", "Gap"] * 3
    assert not any(f.comparators for f in found)
    assert [f.period_begin for f in found[::2]] == ["2022-04-01", "2023-04-01", "2024-04-01"]


@pytest.mark.parametrize(
    ("header", "cell", "value", "unit", "base"),
    [
        ("Budget (£m)", "12.5", 12_500_000, "GBP", None),
        ("Cost (£000)", "340", 340_000, "GBP", None),
        ("Satisfied (%)", "81", 81, PC, None),
        ("Average wait (days)", "14", 14, TIME, "days"),
        ("Rate per 10,000 people", "6.5", D("6.5"), RATE, "10000"),
    ],
)
def test_a_header_gives_its_values_their_unit(
    header: str, cell: str, value: Any, unit: str, base: Any
) -> None:
    (figure,) = figures(f"By unit\nUnit | {header}\nMarine unit | {cell}\nIt is small.")
    assert (figure.value, figure.unit, figure.base) == (value, unit, base)


def test_what_row_and_column_name_is_told_together() -> None:
    found = figures("Workloads\nTeam | Cases | Number\nFraud team | 41 | 12\nThat is many.")
    assert [figure.measure for figure in found] == ["Fraud team (cases)", "Fraud team"]


def test_a_numbered_caption_says_what_bodies_and_times_leave_open() -> None:
    rows = [
        "Table 3: Officers in post",
        "Force | 2023 | 2024",
        "Loamshire Police | 1,204 | 1,190",
        "So it is.",
    ]
    text = "\n".join(rows)
    assert [figure.measure for figure in figures(text)] == ["Officers in post", "Officers in post"]


def test_cells_with_labels_of_their_own_are_facts() -> None:
    text = (
        "At a glance\nCalls answered in time: 93% | Calls abandoned: 12.4% | Stations closed: 4\nThat is all."
    )
    told = [("Calls answered in time", 93), ("Calls abandoned", D("12.4")), ("Stations closed", 4)]
    assert [(figure.measure, figure.value) for figure in figures(text)] == told


@pytest.mark.parametrize(
    "text",
    [
        "Contents\nOur findings | 4\nInvestigating crime | 12",
        "Contents\nOur findings     4\nInvestigating crime     12",
        "Judgments\nGrade | Areas\nGood | 4\nAdequate | 3",
        "Standards\nCall | Target\nGrade one calls | 15 minutes\nGrade two calls | 60 minutes",
        "Versions\nVersion | 3",
    ],
)
def test_pages_tallies_and_targets_are_no_values(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("line", "measure", "beside"),
    [
        ("Crimes per 1,000 people, year ending 31 March 2024: 61.2 (England and Wales: 88)", "Crimes", [88]),
        ("- Forecast gap for 2024/25: £1.9m", "Forecast gap", []),
        (
            "Change in staff between 2019 and 2024: down 7.9 percent (England: up 1.4 percent)",
            "Change in staff",
            [D("1.4")],
        ),
        ("Stations: 31 wholetime fire stations", "wholetime fire stations", []),
    ],
)
def test_the_label_of_a_line_of_facts_is_the_measure(line: str, measure: str, beside: list[Any]) -> None:
    figure = figures(f"Key facts\n{line}\nThe rest follows.")[0]
    assert (figure.measure, list(figure.comparators)) == (measure, beside)


def test_a_label_with_down_before_the_number_is_a_fall() -> None:
    fall, rise = figures("Key facts\nChange in staff: down 7.9 percent (England: up 1.4 percent)\nSo it is.")
    assert [(f.kind, f.sign, f.direction) for f in (fall, rise)] == [
        ("change", "-", "decrease"),
        ("change", "+", "increase"),
    ]


def test_a_long_table_is_read_in_time() -> None:
    rows = [["Team", "2023", "2024"], *([f"Team number {chr(97 + n % 26)}", "1", "2"] for n in range(3000))]
    assert len(cells_of(lines(rows, " | "))) == 6000


def test_one_country_alone_is_another_population_than_england_and_wales() -> None:
    assert body_named("England", None) == "other"
    assert body_named("England and Wales", None) == "england-and-wales"
    assert body_named("England team", None) is None


def test_the_caption_of_a_table_says_whose_its_values_are() -> None:
    table = "Type of case\tGood\tInadequate\nMissing children\t4\t8\nOnline abuse\t2\t12\n"
    found = figures(f"Case audits\nTable 1: Our assessment of cases, by type\n{table}")
    assert {figure.attribution for figure in found} == {"inspectorate"} and len(found) == 4
