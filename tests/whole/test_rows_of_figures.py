"""What kind of number it is, from the words of reports to the rows of the saved queries.

Each row here once told a reader the opposite of the report, or put unlike numbers side by side.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from shutil import copyfile
from typing import Any

import pyoxigraph as ox
import pytest
from samples import GOLD, ROOT

from kg.asking.analysis import audit
from kg.asking.sparql import query
from kg.dataset.build import build

TOLD = ("marchshire-2023-25", "marchshire-revisit-letter", "wealdon-2021-22")
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rows")
    for name in TOLD:
        copyfile(GOLD / name / "report.txt", folder / f"{name}.txt")
    made = folder / "store"
    build([ROOT / "seeds", *sorted(folder.glob("*.txt"))], store=made, exports=folder / "exports")
    return made


@pytest.fixture(scope="module")
def rows(store: Path) -> Any:
    found: dict[str, Rows] = {}

    def of(name: str, text: str | None = None) -> Rows:
        if name not in found:
            found[name] = query(name, store=store).dicts()
        return [row for row in found[name] if text is None or row["text"] == text]

    return of


SERIES = [
    ("officers FTE", "8,626", "level", False, 8626),
    # what failed counts the opposite
    ("advice on preserving evidence given", "9 of 16 cases", "share", True, 9),
    ("crime prevention advice given", "10 of 23 cases", "share", True, 10),
    ("effective supervision of investigations", "37 of the 68 cases", "share", True, 37),
    ("effective supervision of investigations", "31 of 68", "share", False, 31),
    ("effective supervision of investigations", "51 of 60", "share", False, 51),
    ("investigation plans", "29 of the 68", "share", True, 29),
    ("use of bail", "1,243 cases", "share", False, 1243),
    # what was looked at
    ("cases reviewed", "100 case files", "sample", False, 100),
]


@pytest.mark.parametrize(("measure", "text", "kind", "complement", "value"), SERIES)
def test_a_series_has_numbers_of_one_kind_with_their_signs(
    measure: str, text: str, kind: str, complement: bool, value: object, rows: Any
) -> None:
    found = [row for row in rows("measure-across-forces", text) if row["measure"] == measure]
    assert {(row["kind"], row["complement"], row["value"]) for row in found} == {(kind, complement, value)}


UNLIKE = [
    # the size of a change is no level: 672 fewer officers beside 8,626
    ("officers FTE", "672 fewer officers"),
    ("officers FTE", "196 officers"),
    ("domestic burglary", "27.6 percent"),
    ("robbery", "2.8 percent"),
    ("theft from the person", "39.7 percent"),
    ("vehicle crime", "7.8 percent"),
    ("funding", "13 percent"),
    ("stop and searches", "1.8 percent"),
    ("stop and searches", "25.9 percent"),
    ("stop and searches", "22.9 percent"),
    ("stop and searches", "22.2 percent"),
    ("stop and searches", "189 stop and search records"),
    # cases in which bail was used are no suspects on it
    ("suspects on bail", "1,243 cases"),
]


@pytest.mark.parametrize(("measure", "text"), UNLIKE)
def test_a_number_of_another_kind_or_unit_is_in_no_series_of_a_measure(
    measure: str, text: str, rows: Any
) -> None:
    assert rows("figures", text) != []
    assert measure not in {row["measure"] for row in rows("measure-across-forces", text)}


def test_a_topic_has_the_figures_and_measures_of_its_parts_and_no_others(store: Path, rows: Any) -> None:
    all_measures = {row["measure"]: row["topics"] for row in rows("measures")}
    assert all_measures["investigation plans"] == "investigation plans"
    found = query("measures", store=store, params={"topic": "investigations"}).dicts()
    named = {row["measure"] for row in found}
    assert {"investigation plans", "effective supervision of investigations"} <= named
    assert not named & {"funding", "officers FTE", "use of bail", "cases reviewed"}
    given = query("figures", store=store, params={"topic": "investigations"}).dicts()
    assert len(given) == sum(row["figures"] for row in found)


@pytest.mark.parametrize(
    ("measure", "text"), [("net revenue budget", "1.8 percent"), ("funding", "20.0 percent")]
)
def test_what_a_share_is_part_of_is_not_what_it_measures(measure: str, text: str, rows: Any) -> None:
    assert measure not in {row["measure"] for row in rows("measure-across-forces", text)}


PHRASED = [
    # each of three alternatives, not one phrase for all
    ("14.0 percent", "respondents who stated they would prefer telephone calls"),
    ("10.0 percent", "respondents who stated they would prefer home visit"),
    # England and Wales without the force’s name and place
    (
        "34.0 percent",
        "adults aged 16 and over who experienced or witnessed antisocial behaviour in their local area",
    ),
    ("22.2 percent", "stop and searches in which forces found the item that was the subject of the search"),
    # extra, and shares that are not their whole
    ("450 neighbourhood police officers", "extra neighbourhood police officers"),
    ("20.0 percent", "funding through the precept received as a share of its total funding"),
    (
        "2.7 percent",
        "responses received to our survey for this inspection as a share of the force’s total workforce",
    ),
    # the predicate behind what was reviewed
    (
        "35 of the 41",
        "records we reviewed for stop and searches on people from ethnic minority backgrounds "
        "that had reasonable grounds recorded",
    ),
    ("85.6 percent", "occasions in which body-worn video was used"),
    ("1,243 cases", "cases in which it used bail"),
    ("14 searches", "searches that its members had watched footage of"),
    ("11 of 60 cases", "cases in which officers arrived after the target time"),
]


@pytest.mark.parametrize(("text", "measure"), PHRASED)
def test_a_phrase_can_be_understood_alone(text: str, measure: str, rows: Any) -> None:
    assert measure in {row["measure"] for row in rows("figures", text)}


COMPARED = [
    # a rise against a fall
    ("1.8 percent", Decimal("1.8"), Decimal("-25.9"), Decimal("27.7"), "percentage points"),
    # counts of unlike wholes
    ("23 of 941 visits", 23, 214, Decimal("-0.2118"), "share"),
    ("56 of 60 investigations", 56, 39, Decimal("0.3598"), "share"),
    ("22.9 percent", Decimal("22.9"), Decimal("22.2"), Decimal("0.7"), "percentage points"),
    ("2.9 times as likely", Decimal("2.9"), Decimal("4.8"), Decimal("-1.9"), "ratio"),
]


@pytest.mark.parametrize(("text", "value", "other", "difference", "unit"), COMPARED)
def test_a_difference_has_signs_and_compares_like_with_like(
    text: str, value: object, other: object, difference: object, unit: str, rows: Any
) -> None:
    found = [
        (row["value"], row["comparator"], row["difference"], row["differenceIn"])
        for row in rows("comparators", text)
    ]
    assert found == [(value, other, difference, unit)]


ORDERS = """
@prefix kg: <https://kg.example/ontology#> .
@prefix x: <https://x.example/> .
x:one a kg:Figure ; kg:report x:report ; kg:value 14.0 ; kg:unit "%s" ; kg:valueKind "%s" ;
  kg:valueText "14" ; kg:population "inspected-force" ; kg:comparedWith x:two .
x:two a kg:Figure ; kg:report x:report ; kg:value 39.0 ; kg:unit "%s" ; kg:valueKind "%s" ;
  kg:population "%s" .
"""


@pytest.mark.parametrize(
    ("unit", "kind", "population", "difference"),
    [
        ("count", "level", "other-force", None),
        ("GBP", "level", "england-and-wales", None),
        ("count", "level", "inspected-force", -25),
        ("percent", "share", "england-and-wales", -25),
        ("rate", "rate", "other-force", -25),
    ],
)
def test_a_count_of_one_body_has_no_difference_from_that_of_another(
    unit: str, kind: str, population: str, difference: object
) -> None:
    made = ox.Store()
    made.load(ORDERS % (unit, kind, unit, kind, population), format=ox.RdfFormat.TURTLE)
    (row,) = query("comparators", store=made).dicts()
    assert row["difference"] == difference


def test_what_the_report_says_of_a_difference_is_carried(rows: Any) -> None:
    (row,) = rows("comparators", "36.8 percent")
    assert row["significance"] == "not statistically significant"
    assert [row["significance"] for row in rows("comparators", "22.9 percent")] == [None]


def test_the_size_of_a_change_is_no_value_that_changed(rows: Any) -> None:
    texts = {row["text"] for row in rows("trends") if row["how"] == "two figures"}
    assert not texts & {"672 fewer officers", "196 officers", "27.6 percent", "1.8 percent", "2.8 percent"}
    (row,) = rows("trends", "15,590")
    assert (row["earlier"], row["later"], row["percentChange"]) == (21542, 15590, Decimal("-27.6"))
    assert all(row["unit"] and row["kind"] for row in rows("trends"))


@pytest.mark.parametrize("text", ["Two of the three recommendations", "214 of 906", "23 of 941 visits"])
def test_all_there_are_is_no_case_review(text: str, rows: Any) -> None:
    assert rows("case-reviews", text) == []
    (row,) = rows("shares", text)
    assert row["ofSample"] is False


def test_a_sample_has_one(rows: Any) -> None:
    (row,) = rows("case-reviews", "9 of 16 cases")
    assert (row["low"], row["high"]) == (Decimal("0.3318"), Decimal("0.769"))
    seeds = [row for row in rows("case-reviews") if row["force"] == "West Midlands Police"]
    assert len(seeds) == 8
    assert all(row["low"] is not None for row in seeds)


SAID = [
    ("20.0 percent", "share", None, "about"),
    ("450 neighbourhood police officers", "change", "+", "exact"),
    ("£15", "change", "+", "exact"),
    ("225 requests", "level", None, "about"),  # "each month": a time is no base of a rate
    ("36.8 percent", "share", None, "about"),
    ("4.8 times", "ratio", None, "exact"),
    ("fifth highest", "rank", None, "exact"),
    ("343 responses", "sample", None, "exact"),
]


@pytest.mark.parametrize(("text", "kind", "sign", "bound"), SAID)
def test_a_figure_says_what_it_is(text: str, kind: str, sign: str, bound: str, rows: Any) -> None:
    assert [(row["kind"], row["sign"], row["bound"]) for row in rows("figures", text)] == [
        (kind, sign, bound)
    ]


def test_the_audit_calls_nothing_wrong_that_the_text_calls_approximate(store: Path) -> None:
    verdicts = {(check.text, check.verdict) for check in audit(store=store) if check.verdict != "agrees"}
    assert verdicts == {
        ("15.4 percent", "disagrees"),
        ("20.0 percent", "approximate"),
        ("1,243 cases", "rest"),
    }


SAYS_NOTHING = re.compile(
    r"(?i)^(?:the )?(?:officers|staff|people|occasions|records|cases|callers|courts|victims|times)$"
    r"|^(?!.* (?:that|who|which|whom) ).* (?:in|of|for|on|at|to|with|by|from|than|more|per)$"
    r"|’s?$|^(?:it|they|we) "
)


def test_no_phrase_is_one_generic_word_or_breaks_off(store: Path) -> None:
    found = query("SELECT DISTINCT ?text { ?figure kg:measureText ?text }", store=store).dicts()
    texts = [row["text"] for row in found]
    assert len(texts) > 100
    assert [text for text in texts if SAYS_NOTHING.search(text)] == []
